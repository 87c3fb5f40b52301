"""Fictional names, and identity codes from the range that is never given to anybody (900–999)."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

FIRST_NAMES = (
    "Aino-Testi Eevi", "Väinö Testi", "Helmi", "Eino", "Aada", "Onni", "Saimi", "Toivo", "Lyyli",
    "Urho", "Impi", "Tauno", "Aune", "Veikko", "Hilja", "Reino", "Martta", "Kalle", "Sylvi",
    "Armas", "Elsa", "Frans", "Greta", "Hjalmar", "Ingrid", "Åke", "Märta", "Östen", "Amal",
    "Bilal", "Dao", "Farah", "Ivan", "Jelena", "Kofi", "Lan", "Mirza", "Nadia", "Oleksij", "Zahra",
)  # fmt: skip
LAST_NAMES = (
    "Virtanen", "Esimerkki", "Koekangas", "Testilä", "Mallinen", "Näytesuo", "Harjoitus",
    "Kuvitteellinen", "Keksitty", "Mallikas", "Kokeilija", "Demonen", "Tarinainen", "Satuniemi",
    "Lavaste", "Kulissi", "Exempelström", "Provgren", "Påhittsson", "Mallberg", "Haddadtest",
    "Nguyentest", "Petrovtest", "Osmantest", "Kimtest",
)  # fmt: skip
STREETS = ("Esimerkkikatu", "Mallitie", "Kuvitelmankuja", "Näytepolku", "Harjoitusraitti")

_CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"


@dataclass(frozen=True)
class Fictional:
    """A person who does not exist."""

    last_name: str
    first_names: str
    birth_date: date
    identity_code: str
    address: str
    email: str


def artificial_code(born: date, individual: int) -> str:
    """An identity code of the artificial range with its right check character."""
    digits = f"{born:%d%m%y}{individual:03d}"
    sign = "A" if born.year >= 2000 else "-"
    return f"{digits[:6]}{sign}{digits[6:]}{_CHECK_CHARACTERS[int(digits) % 31]}"


def fictional(number: int, random: Random) -> Fictional:
    """Person number `number`; the same each time for the same number and random state."""
    born = date(1956, 1, 1) + timedelta(days=random.randrange(365 * 48))
    last, first = random.choice(LAST_NAMES), random.choice(FIRST_NAMES)
    return Fictional(
        last_name=last,
        first_names=first,
        birth_date=born,
        identity_code=artificial_code(born, 900 + number % 100),
        address=f"{random.choice(STREETS)} {1 + number % 60}",
        email=f"asiakas{number}@example.invalid",
    )
