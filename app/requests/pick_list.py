"""The pick list of an access request: which papers to fetch from where, and who has them.

For staff, who copy the papers for the person; it is no part of the answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.clients.models import Client
from app.clients.queries import names_of
from app.config import settings
from app.documents.queries import items_of_client
from app.requests.models import DataSubjectRequest
from app.web.i18n import format_date
from app.web.i18n import gettext as _
from app.web.pdf import Letter


@dataclass(frozen=True, slots=True)
class Paper:
    """One piece of paper to fetch."""

    place: str | None
    holder: str
    document: str
    dated: str
    sheets: int | None
    handed_to: str | None


def papers_of(client: Client) -> list[Paper]:
    """The papers of a client in the order of the way: by place, then holder; in no place last."""
    papers = [
        Paper(
            item.place,
            item.holder or "–",
            f"{row.title} ({row.service})",
            format_date(row.dated_on),
            item.sheets,
            item.handed_to,
        )
        for row, item in items_of_client(client.id)
        if item.medium == "man"
    ]
    return sorted(papers, key=_way)


def pick_list_pdf(request: DataSubjectRequest, client: Client, papers: Sequence[Paper]) -> bytes:
    """The list as a PDF in the language in use, with room to tick each paper off."""
    letter = Letter(
        _("Papers to copy"),
        subtitle=_("Request %(reference)s", reference=request.reference),
        reference=request.reference,
        organisation=settings().organisation,
    )
    letter.facts(
        [
            (_("Client"), names_of([client.id])[client.id]),
            (_("Client number"), str(client.number)),
            (_("Papers"), str(len(papers))),
        ]
    )
    if not papers:
        letter.paragraph(_("Nothing of this client is on paper."))
    for place in dict.fromkeys(paper.place for paper in papers):
        letter.heading(place or _("With the holder, in no place"))
        letter.table(
            [_("Holder"), _("Document"), _("Dated"), _("Sheets"), _("Copied")],
            [_row(paper) for paper in papers if paper.place == place],
            [4, 6, 2.5, 1.5, 1.8],
        )
    letter.signature_lines([_("Collected and copied by, day"), _("Originals returned by, day")])
    return letter.to_bytes()


def _way(paper: Paper) -> tuple[bool, str, str]:
    return paper.place is None, (paper.place or "").casefold(), paper.holder.casefold()


def _row(paper: Paper) -> list[str]:
    holder = paper.holder
    if paper.handed_to:
        holder = _("%(holder)s, being handed to %(other)s", holder=holder, other=paper.handed_to)
    return [holder, paper.document, paper.dated, str(paper.sheets or "–"), ""]
