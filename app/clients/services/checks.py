"""What a person typed about a client, checked field by field."""

import re
from datetime import date

from app import clock
from app.accounts.permissions import Role
from app.clients import explain, rules
from app.clients.rules import Contact, IdentityCodeParts, Name
from app.config import settings
from app.registers.definitions import RegisterDefinition
from app.registers.queries import current_definition
from app.web.i18n import LANGUAGES
from app.web.i18n import gettext as _
from app.web.problems import InputError, NotFound

# Who keeps clients' details. A data protection officer watches and does not do the work.
EDITORS = (Role.STAFF, Role.REGISTER_OWNER, Role.RECORDS_MANAGER)

NAME_LENGTH = 100
OLDEST_BIRTH = date(1850, 1, 1)

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_PHONE = re.compile(r"\+?[0-9][0-9 ()/-]{3,}")
_CONTACT_LENGTHS = {"address": 200, "postal_code": 12, "city": 80, "phone": 40, "email": 200}


def checked_code(register_id: int, typed: str | None) -> IdentityCodeParts | None:
    """The typed identity code; None for an empty field. Raises `InputError("identity_code")`.

    A register that does not list identity codes among its data may not get any: they may be
    processed only where that is laid down (1050/2018 s. 29).
    """
    if not typed or not typed.strip():
        return None
    try:
        code = rules.read_identity_code(
            typed,
            artificial_allowed=settings().accepts_artificial_codes,
            as_of=clock.today(),
        )
    except rules.CodeRefused as refused:
        raise InputError("identity_code", explain.code_fault(refused)) from None
    if not any(category.identity_code for category in published(register_id).data_categories):
        raise InputError(
            "identity_code",
            _(
                "The published register does not list identity codes among its data. Leave the "
                "code empty and give the birth date."
            ),
        )
    return code


def checked_name(
    last_name: str, first_names: str, birth_date: date | None, code: IdentityCodeParts | None
) -> Name:
    """Name and day of birth, which a typed identity code must agree with. Raises `InputError`."""
    last_name, first_names = (" ".join(part.split()) for part in (last_name, first_names))
    for field, text, message in (
        ("last_name", last_name, _("Give the last name.")),
        ("first_names", first_names, _("Give the first names.")),
    ):
        if not any(map(str.isalpha, text)):
            raise InputError(field, message)
        if len(text) > NAME_LENGTH:
            raise InputError(field, _("At most %(count)s characters fit here.", count=NAME_LENGTH))
    return Name(last_name, first_names, _checked_birth(birth_date, code))


def _checked_birth(birth_date: date | None, code: IdentityCodeParts | None) -> date:
    if code is not None:
        if not rules.agrees(code, birth_date):
            raise InputError(
                "birth_date",
                _("The birth date and the identity code disagree. Correct the one that is wrong."),
            )
        return code.born_on
    if birth_date is None:
        raise InputError("birth_date", _("Give the birth date or the identity code."))
    if not OLDEST_BIRTH <= birth_date <= clock.today():
        raise InputError("birth_date", _("This cannot be a birth date. Check the year."))
    return birth_date


def checked_contact(contact: Contact) -> Contact:
    """Contact details without stray spaces. Raises `InputError` for what cannot be right."""
    parts = {field: " ".join(getattr(contact, field).split()) for field in _CONTACT_LENGTHS}
    for field, text in parts.items():
        most = _CONTACT_LENGTHS[field]
        if len(text) > most:
            raise InputError(field, _("At most %(count)s characters fit here.", count=most))
    if parts["email"] and not _EMAIL.fullmatch(parts["email"]):
        raise InputError("email", _("An e-mail address looks like name@organisation.fi."))
    if parts["phone"] and not _PHONE.fullmatch(parts["phone"]):
        raise InputError("phone", _("A phone number has digits only, as in 040 123 4567."))
    return Contact(**parts, non_disclosure=contact.non_disclosure)


def checked_language(code: str) -> str:
    """The language in which the client is written to. Raises `InputError("language")`."""
    if code not in LANGUAGES:
        raise InputError("language", _("Choose Finnish, Swedish or English."))
    return code


def published(register_id: int) -> RegisterDefinition:
    """The register's definition in force. Raises `InputError` when nothing is published."""
    try:
        return current_definition(register_id)
    except NotFound:
        raise InputError(
            None,
            _("The register has no published version in force yet, so no work can be done in it."),
        ) from None
