"""Printed pages: the certificate, made from its statement alone, and the list of paper to fetch."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from app.config import settings
from app.destruction.certificate import statement_hash
from app.destruction.explain import METHOD_WORDS, obstacle_text, read_obstacle
from app.destruction.queries.paper import PaperLine
from app.web.i18n import current_language, format_date, format_datetime
from app.web.i18n import gettext as _
from app.web.i18n import ngettext as _n
from app.web.pdf import Letter

# A reference such as A-12345/123456 stays on one line.
_WIDTHS = (1.6, 2.1, 1.4, 1.2, 3.7)
_LINE_LENGTH = 88


def certificate_letter(statement: str, note: str, vkey: str) -> bytes:
    """The certificate as a PDF in the language in use; the same statement gives the same bytes."""
    facts = json.loads(statement)
    letter = Letter(
        _("Certificate of destruction"),
        subtitle=_pick(facts["register"]["name"]),
        reference=facts["list"],
        organisation=facts["organisation"],
    )
    letter.facts(_steps(facts))
    documents = facts["documents"]
    letter.heading(_("Destroyed"))
    letter.paragraph(
        _n(
            "%(num)d document was destroyed: no file of it can be opened from any copy, and its"
            " paper does not exist.",
            "%(num)d documents were destroyed: no file of theirs can be opened from any copy, and"
            " their paper does not exist.",
            len(documents),
        )
    )
    if documents:
        letter.table(_headings(), [_row(each, facts["rules"]) for each in documents], _WIDTHS)
    if facts["left_out"]:
        letter.heading(_("Left out of the list"))
        letter.table(
            [_("Reference"), _("Document"), _("Reason"), _("Already destroyed")],
            [_left_out(each) for each in facts["left_out"]],
            (1.1, 2.4, 3, 3.5),
        )
    letter.heading(_("Retention rules"))
    letter.table(
        [_("Rule"), _("Name"), _("Basis")],
        [
            [_rule(rule), _pick(rule["name"]), _pick(rule["law"])]
            for rule in facts["rules"].values()
        ],
        (1, 3, 5),
    )
    _proof(letter, facts, statement, note, vkey)
    return letter.to_bytes()


def pick_letter(
    reference: str, register: str, lines: Sequence[PaperLine], names: Mapping[int, str]
) -> bytes:
    """The paper of a list in the order of the places, with room to tick and to sign.

    `names` are the clients' names: folders on paper bear them.
    """
    letter = Letter(
        _("Papers to be fetched for destruction"),
        subtitle=register,
        reference=reference,
        organisation=settings().organisation,
    )
    letter.paragraph(
        _(
            "Fetch only what stands here, and let another person see how it is destroyed."
            " Destroy this page with the papers: it names clients."
        )
    )
    letter.table(
        [_("Place"), _("Reference"), _("Client"), _("Document"), _("Sheets"), "☐"],
        [
            [
                line.place,
                line.document.reference,
                names[line.document.client_id],
                line.document.title,
                str(line.item.sheets or "–"),
                "",
            ]
            for line in lines
        ],
        (2.7, 1.6, 2.2, 2.4, 0.9, 0.5),
    )
    letter.signature_lines(
        [_("Destroyed by, method and day"), _("Witness: I saw the papers being destroyed")]
    )
    return letter.to_bytes()


def _steps(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    words = {
        "proposed": _("Proposed"),
        "approved": _("Approved"),
        "executed": _("Carried out"),
    }
    rows = [(_("List"), facts["list"]), (_("Due on"), _day(facts["as_of"]))]
    for name, label in words.items():
        step = facts["steps"][name]
        rows.append((label, f"{step['by']['name']}, {_instant(step['at'])}"))
    return rows


def _headings() -> list[str]:
    return [_("Reference"), _("Document"), _("Rule"), _("Kept until"), _("How it was destroyed")]


def _row(document: Mapping[str, Any], rules: Mapping[str, Any]) -> list[str]:
    return [
        _reference(document),
        _pick(document["title"]),
        _rule(rules[str(document["rule"])]),
        _day(document["last_kept_on"]) or "–",
        _items(document["items"]) or _("Entry of the register, destroyed with its note"),
    ]


def _left_out(document: Mapping[str, Any]) -> list[str]:
    return [
        _reference(document),
        _pick(document["title"]),
        obstacle_text(read_obstacle(document["obstacle"])),
        _items(document["items"]) or "–",
    ]


def _items(items: Sequence[Mapping[str, Any]]) -> str:
    return "\n".join(_item(item) for item in items)


def _item(item: Mapping[str, Any]) -> str:
    method = str(METHOD_WORDS[item["method"]])
    if item["medium"] == "atk":
        return _(
            "File %(number)s: %(method)s, verified %(at)s",
            number=item["item"],
            method=method,
            at=_instant(item["verified_at"]),
        )
    return _(
        "Paper %(number)s: %(method)s, %(day)s; confirmed by %(person)s, witness %(witness)s",
        number=item["item"],
        method=method,
        day=_day(item["destroyed_on"]),
        person=item["confirmed_by"]["name"],
        witness=item["witness"]["name"],
    )


def _proof(letter: Letter, facts: Mapping[str, Any], statement: str, note: str, vkey: str) -> None:
    letter.heading(_("How to check this certificate"))
    letter.paragraph(
        _(
            "The statement of this certificate can be fetched as a file with its signature. The"
            " signature, the statement and the public key prove together that nothing of it was"
            " changed; neither the database nor the network is needed. The entries of the access"
            " log that tell of this destruction are among those signed for here."
        )
    )
    log = facts["log"]
    letter.facts(
        [
            (_("Access log"), log["origin"]),
            (_("Entries signed for"), str(log["size"])),
            (_("Root hash of the log"), _broken(log["root"])),
            (_("Hash of the destruction journal"), _broken(facts["journal"])),
            (_("Hash of the statement (SHA-256)"), statement_hash(statement)),
            (_("Public key"), _broken(vkey)),
            (_("Signature"), _broken(note.rstrip("\n").rpartition("\n")[2])),
        ]
    )


def _reference(document: Mapping[str, Any]) -> str:
    return f"A-{document['client']}/{document['document']}"


def _rule(rule: Mapping[str, Any]) -> str:
    return f"{rule['code'] or rule['key']} · v{rule['version']}"


def _pick(texts: Mapping[str, str]) -> str:
    return texts.get(current_language()) or texts["fi"]


def _day(text: str | None) -> str:
    return format_date(date.fromisoformat(text)) if text else ""


def _instant(text: str) -> str:
    return format_datetime(datetime.fromisoformat(text))


def _broken(text: str) -> str:
    """A long code in lines that fit the page."""
    return "\n".join(text[at : at + _LINE_LENGTH] for at in range(0, len(text), _LINE_LENGTH))
