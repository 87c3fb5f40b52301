"""Why data is used and what allows it, whether it must be given, and what machines decide."""

from collections.abc import Iterator, Sequence

from app.registers.definitions import Purpose, RegisterDefinition
from app.registers.definitions.parts import Named
from app.registers.notice.model import Section
from app.registers.notice.words import (
    OBLIGATIONS,
    basis_words,
    condition_words,
    identity_code_words,
    law_words,
    offence_words,
    sentence,
)
from app.web.i18n import gettext as _
from app.web.i18n import listed, pick


def purposes(definition: RegisterDefinition) -> Section:
    """Art. 13(1)(c)–(d): each purpose with what makes it lawful."""
    rows = tuple(
        (pick(purpose.text), "\n".join(purpose_lines(definition, purpose)))
        for purpose in definition.purposes
    )
    laws = listed(law_words(statute) for statute in definition.statutes)
    said = (_("Laws that concern all of this: %(laws)s.", laws=laws),) if laws else ()
    heading = _("Why do we use your data, and what allows it?")
    return Section(heading, "13(1)(c)–(d), 14(1)(c)", said, rows=rows, labels_above=True)


def purpose_lines(definition: RegisterDefinition, purpose: Purpose) -> Iterator[str]:
    """What makes a purpose lawful, whom it concerns and by which data, line by line."""
    bases = "; ".join(basis_words(basis) for basis in purpose.legal_bases)
    yield _("Legal basis: %(basis)s", basis=bases or _("not stated yet"))
    if purpose.legitimate_interest is not None:
        yield _("The interest: %(interest)s", interest=pick(purpose.legitimate_interest))
    if purpose.article_9_condition is not None:
        ground = condition_words(purpose.article_9_condition)
        yield _("Special categories of data: %(ground)s", ground=ground)
    if purpose.identity_code_ground is not None:
        ground = identity_code_words(purpose.identity_code_ground)
        yield _("Identity code: %(ground)s", ground=ground)
    if purpose.article_10_ground is not None:
        ground = offence_words(purpose.article_10_ground)
        yield _("Data on offences: %(ground)s", ground=ground)
    if purpose.statutes:
        laws = "; ".join(law_words(statute) for statute in purpose.statutes)
        yield _("Law: %(laws)s", laws=laws)
    if purpose.data_subjects:
        yield _("Concerns: %(whom)s", whom=_names(definition.data_subjects, purpose.data_subjects))
    if purpose.data_categories:
        used = _names(definition.data_categories, purpose.data_categories)
        yield _("Data used: %(data)s", data=used)


def _names(parts: Sequence[Named], keys: tuple[str, ...]) -> str:
    return listed(pick(part.name) for part in parts if part.key in keys)


def obligation(definition: RegisterDefinition) -> Section:
    """Art. 13(2)(e): must the data be given, and what follows if not."""
    told = [(pick(purpose.text), obligation_words(purpose)) for purpose in definition.purposes]
    asks, silent = definition.asks_the_person, sentence(_("not stated yet"))
    rows = tuple((use, words or f"{silent}.") for use, words in told if words or asks)
    if not any(words for _use, words in told):
        rows = ()
    heading = _("Must you give us your data?")
    return Section(heading, "13(2)(e)", rows=rows, optional=not asks, labels_above=True)


def obligation_words(purpose: Purpose) -> str:
    """Whether a purpose obliges people to give data; empty where the register is silent."""
    found = purpose.data_obligation
    if found is None:
        return ""
    lines = (str(OBLIGATIONS[found.obligation]), pick(found.consequences))
    return " ".join(line for line in lines if line)


def automated(definition: RegisterDefinition) -> Section:
    """Art. 13(2)(f): decisions without a person, and profiling (Art. 22)."""
    heading, law = _("Does a machine decide about you?"), "13(2)(f), 14(2)(g)"
    stated = definition.automated_decisions
    if stated is None:
        return Section(heading, law)
    said = [pick(stated.text)] if stated.text is not None else []
    if stated.made:
        said.insert(0, _("Yes. A machine makes some decisions without a person."))
        said.append(
            _(
                "You may ask for a person to look at such a decision, say what you think of it and "
                "contest it, unless a law provides otherwise."
            )
        )
    else:
        said.insert(0, _("No. A person makes every decision about you."))
    if stated.profiling:
        said.append(_("We also profile: a machine assesses you by your data."))
    elif stated.profiling is False and stated.text is None:
        said.append(_("We do not profile you."))
    return Section(heading, law, tuple(said))
