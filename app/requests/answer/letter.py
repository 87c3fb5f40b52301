"""The answer as a letter: everything that the data file holds, in words."""

from datetime import date

from app.config import settings
from app.registers.notice.words import article
from app.requests.answer.model import Answer, DocumentFact, FileFact, Person, PersonalData
from app.web.i18n import LANGUAGES, format_date, format_datetime
from app.web.i18n import gettext as _
from app.web.i18n import ngettext as _n
from app.web.pdf import Letter


def answer_letter(answer: Answer) -> bytes:
    """The PDF, in the language in use; that is to be the language of the answer."""
    letter = Letter(
        _("Answer to your request"),
        subtitle=f"{answer.kind_words} {answer.reference}",
        reference=answer.reference,
        organisation=settings().organisation,
    )
    letter.facts(
        [
            (_("Request"), f"{answer.kind_words} {answer.reference}"),
            (_("Received on"), format_date(answer.received_on)),
            (_("Register"), answer.register),
            (_("Controller and contact"), "\n".join(answer.controllers) or "–"),
            (_("Data as it stood"), format_datetime(answer.built_at)),
        ]
    )
    letter.paragraph(
        _("The same is in the file data.json, in a form that another program can read.")
    )
    if answer.information is not None:
        _information(letter, answer)
    if answer.data is not None:
        _data(letter, answer.data)
    if answer.log is not None:
        _log(letter, answer)
    return letter.to_bytes()


def _information(letter: Letter, answer: Answer) -> None:
    letter.heading(_("How your data is processed"))
    for item in answer.information or ():
        letter.subheading(item.title)
        letter.bullets(item.lines)
        letter.note(article(item.article))


def _data(letter: Letter, data: PersonalData) -> None:
    letter.heading(_("Your details"))
    letter.paragraph(
        _(
            "From here on, and in the files of the package, is the copy of your data (GDPR Article "
            "15(3)). The first copy is free of charge."
        )
    )
    letter.facts(_person_rows(data.person))
    letter.heading(_("Services"))
    _table_or_none(
        letter,
        [_("Service"), _("Started on"), _("Ended on"), _("Number")],
        [
            [each.service, _day(each.started_on), _day(each.ended_on), each.coaching_number or "–"]
            for each in data.episodes
        ],
        [5, 2, 2, 2],
    )
    letter.heading(_("Consents"))
    _table_or_none(
        letter,
        [_("Service"), _("Given on"), _("Withdrawn on")],
        [[each.service, _day(each.given_on), _day(each.withdrawn_on)] for each in data.consents],
        [5, 2, 2],
    )
    _notices(letter, data)
    _requests(letter, data)
    _documents(letter, data)


def _notices(letter: Letter, data: PersonalData) -> None:
    letter.heading(_("Privacy notices given"))
    _table_or_none(
        letter,
        [_("Notice"), _("Given on"), _("How"), _("Language")],
        [
            [
                f"{each.register}\n{_('Edition %(number)s', number=each.edition)}",
                _day(each.given_on),
                each.channel_words,
                LANGUAGES.get(each.language, each.language),
            ]
            for each in data.notices
        ],
        [5, 2, 4, 2],
    )


def _requests(letter: Letter, data: PersonalData) -> None:
    letter.heading(_("Your requests"))
    _table_or_none(
        letter,
        [_("Request"), _("Received on"), _("Outcome"), _("As written down")],
        [
            [
                f"{each.reference} {each.kind}",
                _day(each.received_on),
                " ".join(part for part in (each.outcome, _day(each.closed_on, "")) if part) or "–",
                each.details or "–",
            ]
            for each in data.requests
        ],
        [4, 2, 3, 5],
    )


def _documents(letter: Letter, data: PersonalData) -> None:
    letter.heading(_("Documents"))
    _table_or_none(
        letter,
        [_("Document"), _("Dated"), _("Kept as"), _("Kept for")],
        [
            [_document_words(each), _day(each.dated_on), _forms(each), _kept_for(each)]
            for each in data.documents
        ],
        [5, 2, 5, 4],
    )
    if data.omissions:
        letter.heading(_("Not included"))
        letter.table(
            [_("Document"), _("Dated"), _("Why")],
            [[each.type, _day(each.dated_on), each.words] for each in data.omissions],
            [4, 2, 5],
        )


def _log(letter: Letter, answer: Answer) -> None:
    letter.heading(_("Who has handled your data"))
    letter.paragraph(
        _(
            "Each handling that the access log knows: when, what was done, what for and in which "
            "role. The names of employees are not given (Court of Justice of the European Union, "
            "C-579/21)."
        )
    )
    _table_or_none(
        letter,
        [_("Time"), _("What was done"), _("Purpose"), _("Role")],
        [[format_datetime(x.at), x.act, x.purpose, x.role] for x in answer.log or ()],
        [3, 5, 4, 3],
    )


def _person_rows(person: Person) -> list[tuple[str, str]]:
    rows = [
        (_("Last name"), person.last_name),
        (_("First names"), person.first_names),
        (_("Date of birth"), format_date(person.born_on)),
        (_("Identity code"), person.identity_code or "–"),
        (_("Client number"), str(person.client_number)),
        (_("Address"), person.address or "–"),
        (_("Telephone"), person.phone or "–"),
        (_("E-mail"), person.email or "–"),
        (_("Language"), LANGUAGES.get(person.language, person.language)),
    ]
    if person.non_disclosure:
        rows.append((_("Non-disclosure for personal safety"), _("in force")))
    return rows


def _table_or_none(
    letter: Letter, headers: list[str], rows: list[list[str]], widths: list[float]
) -> None:
    if rows:
        letter.table(headers, rows, widths)
    else:
        letter.paragraph(_("Nothing is on record."))


def _day(day: date | None, nothing: str = "–") -> str:
    return format_date(day) if day else nothing


def _document_words(document: DocumentFact) -> str:
    lines = [document.type, document.service]
    if document.note:
        lines.append(_("Note: %(note)s", note=document.note))
    if document.presented_from:
        lines.append(
            _(
                "Only shown; covers %(first)s–%(last)s",
                first=_day(document.presented_from),
                last=_day(document.presented_until),
            )
        )
    return "\n".join(lines)


def _forms(document: DocumentFact) -> str:
    """On what the document is kept: files of the package, paper, or nothing any more."""
    lines = [_file_words(file) for file in document.files]
    if document.papers:
        paper = _n("on paper, %(num)d piece", "on paper, %(num)d pieces", document.papers)
        if document.sheets:
            sheets = _n("%(num)d sheet", "%(num)d sheets", document.sheets)
            paper = f"{paper}, {sheets}"
        lines.append(_("%(paper)s; a copy is given on paper", paper=paper))
    if document.destroyed_on:
        lines.append(_("destroyed on %(day)s", day=_day(document.destroyed_on)))
    return "\n".join(lines) or "–"


def _file_words(file: FileFact) -> str:
    size = _n("%(num)d byte", "%(num)d bytes", file.size)
    return f"{file.path} ({file.media_type}, {size})"


def _kept_for(document: DocumentFact) -> str:
    if document.last_kept_on is None:
        return document.retention
    until = _("until %(day)s", day=_day(document.last_kept_on))
    return f"{document.retention}\n{until}"
