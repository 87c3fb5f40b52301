"""The supervisory authority of Finland as its own public pages tell how to reach it.

Data, with the place it was read from: when the office moves, only this changes.
"""

from dataclasses import dataclass

from app.retention.definition_models import LocalizedText
from app.retention.policies import Certainty


@dataclass(frozen=True)
class Authority:
    """An authority to complain to (GDPR Art. 77). `certainty`, `source`: as of a retention rule."""

    name: LocalizedText
    visits: LocalizedText
    post: LocalizedText
    telephone: str
    email: str
    website: str
    certainty: Certainty
    source: str


OMBUDSMAN = Authority(
    name=LocalizedText(
        fi="Tietosuojavaltuutetun toimisto",
        sv="Dataombudsmannens byrå",
        en="Office of the Data Protection Ombudsman",
    ),
    visits=LocalizedText(
        fi="Lintulahdenkuja 4, 00530 Helsinki",
        sv="Fågelviksgränden 4, 00530 Helsingfors",
        en="Lintulahdenkuja 4, 00530 Helsinki, Finland",
    ),
    post=LocalizedText(
        fi="PL 800, 00531 Helsinki",
        sv="PB 800, 00531 Helsingfors",
        en="PL 800, 00531 Helsinki, Finland",
    ),
    telephone="029 566 6700",
    email="tietosuoja@om.fi",
    website="tietosuoja.fi",
    certainty=Certainty.VERIFIED,
    source="tietosuoja.fi/yhteystiedot, tietosuoja.fi/sv/kontaktuppgifter",
)
