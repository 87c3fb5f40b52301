"""Words for a retention period that tell no end: “until further notice”, “as long as needed”.

GDPR Art. 13(2)(a) asks for the period or the criteria for it. The Article 29 Working Party holds
(guidelines on transparency, WP260 rev.01, annex) that “as long as necessary” is neither.
"""

import re

# What such a sentence may say beside: whose data, and that it is kept.
_BESIDE = r"""
    (?:asiakas|henkilö|jäsen)?tie(?:dot|toja|tojasi|tosi) | niitä | ne | rekisteri(?:ssä|n)?
    | säilyte(?:tään|ttävä) | säilytämme | säilyvät | säilytys(?:aika)? | voimassa | on
    | vi | de | uppgifterna | dina | bevaras? | sparas? | bevarar | sparar | lagras? | gäller
    | we | they | it | the | your | personal | data | information | is | are | will | be
    | kept | keep | retain(?:ed)? | store[ds]?
"""
_OPEN = r"""
    toistaiseksi | määräämättömän \s ajan
    | niin \s kauan \s kuin (?:\s (?:on|se|ne|niitä))* \s (?:tarpeen|tarpeellis\w*|tarvitaan)
    | tarpeellisen \s ajan | tarvittavan \s ajan
    | tills \s vidare
    | så \s länge (?:\s som)? (?:\s (?:det|de|är|uppgifterna))* \s (?:behövs|nödvändig\w*)
    | until \s further \s notice | indefinitely | for \s an \s indefinite \s (?:time|period)
    | (?:for \s)? as \s long \s as (?:\s (?:it|they|is|are))* \s (?:needed|necessary|required)
"""
_NO_END = re.compile(
    rf"\W* (?: (?:{_BESIDE}) [\s,:]+ )* (?:{_OPEN}) (?: [\s,]+ (?:{_BESIDE}) )* \W*",
    re.IGNORECASE | re.VERBOSE,
)


def is_left_open(text: str) -> bool:
    """Whether a text on a retention period says only that it is open.

    “Toistaiseksi, kunnes jäsenyys päättyy” says what ends it, and is not left open.
    """
    return _NO_END.fullmatch(text) is not None
