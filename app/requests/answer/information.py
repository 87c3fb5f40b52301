"""What GDPR Art. 15(1)(a)–(h) and (2) want told, taken from the register in force.

The register's own words come from the sections of its privacy notice, which answer the same
questions for Art. 13 and 14. The rights are told whatever the register says: the law gives them.
"""

from app.registers.definitions import RegisterDefinition
from app.registers.notice import Section, build_notice
from app.requests.answer.model import Information
from app.retention.policies import Policies
from app.web.i18n import gettext as _

# The letter of Art. 15 and the point of Art. 13 whose section of the notice answers it; for the
# categories and the source only Art. 14 has one.
_SECTIONS = (
    ("15(1)(a)", "13(1)(c)"),
    ("15(1)(b)", "14(1)(d)"),
    ("15(1)(c)", "13(1)(e)"),
    ("15(1)(d)", "13(2)(a)"),
    ("15(1)(f)", "13(2)(d)"),
    ("15(1)(g)", "14(2)(f)"),
    ("15(1)(h)", "13(2)(f)"),
    ("15(2)", "13(1)(f)"),
)


def information(definition: RegisterDefinition, policies: Policies) -> tuple[Information, ...]:
    """The items in the order of the article, in the language in use."""
    sections = build_notice(definition, policies).sections
    items = [
        Information(article, section.heading, _lines(section))
        for article, point in _SECTIONS
        for section in sections
        if section.law.startswith(point)
    ]
    return tuple(sorted([*items, _rights()], key=lambda item: item.article))


def controllers(definition: RegisterDefinition) -> tuple[str, ...]:
    """Who answers for the register and how to reach them: controllers, protection officer."""
    sections = build_notice(definition, {}).sections
    return tuple(
        line
        for section in sections
        if section.law.startswith(("13(1)(a)", "13(1)(b)"))
        for line in _stated(section)
    )


def _lines(section: Section) -> tuple[str, ...]:
    return _stated(section) or (_("The register does not state this."),)


def _stated(section: Section) -> tuple[str, ...]:
    # A label that is a sentence, such as that of a retention, needs no colon after its full stop.
    between = "\n" if section.labels_above else " "
    rows = (
        f"{label}{'' if label.endswith('.') else ':'}{between}{value}"
        for label, value in section.rows
    )
    return (*section.paragraphs, *rows, *section.bullets)


def _rights() -> Information:
    lines = (
        _("You may ask for wrong or incomplete data to be rectified (Article 16)."),
        _("You may ask for data to be erased, unless a law requires it to be kept (Article 17)."),
        _("You may ask for the processing to be restricted while a dispute goes on (Article 18)."),
        _("You may object to processing on grounds of your particular situation (Article 21)."),
    )
    return Information("15(1)(e)", _("Your rights"), lines)
