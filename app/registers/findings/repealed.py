"""Finnish acts that registers still cite although they have been repealed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

# “523/1999”, but not the end of a longer number such as 1523/1999.
_NUMBER = re.compile(r"(?<![0-9/])[0-9]{1,4}/[0-9]{4}(?![0-9/])")


@dataclass(frozen=True)
class RepealedAct:
    """An act by its Finnish name, the first day without it, and what came in its place.

    `is_verified`: the day was read in a source, not only known.
    """

    number: str
    name: str
    repealed_on: date
    successor: str
    is_verified: bool = False


REPEALED_ACTS = {
    act.number: act
    for act in (
        RepealedAct(
            "471/1987", "henkilörekisterilaki", date(1999, 6, 1), "GDPR (EU) 2016/679, 1050/2018"
        ),
        RepealedAct(
            "523/1999",
            "henkilötietolaki",
            date(2019, 1, 1),
            "GDPR (EU) 2016/679, 1050/2018",
            is_verified=True,
        ),
        RepealedAct(
            "493/1999",
            "laki maahanmuuttajien kotouttamisesta ja turvapaikanhakijoiden vastaanotosta",
            date(2011, 9, 1),
            "681/2023",
        ),
        RepealedAct(
            "1386/2010",
            "laki kotoutumisen edistämisestä",
            date(2025, 1, 1),
            "681/2023",
            is_verified=True,
        ),
        RepealedAct(
            "1295/2002", "laki julkisesta työvoimapalvelusta", date(2013, 1, 1), "380/2023"
        ),
        RepealedAct(
            "916/2012",
            "laki julkisesta työvoima- ja yrityspalvelusta",
            date(2025, 1, 1),
            "380/2023",
        ),
        RepealedAct(
            "1369/2014",
            "laki työllistymistä edistävästä monialaisesta yhteispalvelusta",
            date(2025, 1, 1),
            "381/2023",
        ),
        RepealedAct(
            "477/2001", "laki yksityisyyden suojasta työelämässä", date(2004, 10, 1), "759/2004"
        ),
        RepealedAct(
            "159/2007",
            "laki sosiaali- ja terveydenhuollon asiakastietojen sähköisestä käsittelystä",
            date(2021, 11, 1),
            "703/2023",
        ),
        RepealedAct(
            "516/2004", "sähköisen viestinnän tietosuojalaki", date(2015, 1, 1), "917/2014"
        ),
        RepealedAct(
            "634/2011",
            "laki julkisen hallinnon tietohallinnon ohjauksesta",
            date(2020, 1, 1),
            "906/2019",
        ),
        RepealedAct("605/1996", "työaikalaki", date(2020, 1, 1), "872/2019"),
        RepealedAct(
            "254/2015", "laki sosiaalihuollon asiakasasiakirjoista", date(2024, 1, 1), "703/2023"
        ),
        RepealedAct(
            "784/2021",
            "laki sosiaali- ja terveydenhuollon asiakastietojen sähköisestä käsittelystä",
            date(2024, 1, 1),
            "703/2023",
        ),
    )
}


def repealed_acts_in(text: str, as_of: date | None) -> Iterator[RepealedAct]:
    """The acts whose number `text` cites and that are repealed on `as_of` (None: ever)."""
    for number in dict.fromkeys(_NUMBER.findall(text)):
        act = REPEALED_ACTS.get(number)
        if act is not None and (as_of is None or act.repealed_on <= as_of):
            yield act
