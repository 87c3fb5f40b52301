"""Which texts of a notice are in another language than the notice, for want of a translation."""

from collections.abc import Iterable, Mapping

from app.registers.definitions import RegisterDefinition
from app.registers.notice.words import sentence
from app.retention.definition_models import located_texts
from app.web.i18n import LANGUAGES, current_language, pick


def foreign(registers: Iterable[RegisterDefinition]) -> Mapping[str, str]:
    """The language of each text that the registers do not have in the language in use.

    A text that some part has in that language as well, such as a name, is not among them.
    """
    code = current_language()
    found: dict[str, str] = {}
    own = set()
    for register in registers:
        for _place, text in located_texts(register, ()):
            said = pick(text)
            if getattr(text, code):
                own.add(said)
            else:
                other = next(each for each in LANGUAGES if getattr(text, each) == said)
                found |= {said: other, sentence(said): other}
    return {said: other for said, other in found.items() if said not in own}
