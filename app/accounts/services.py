"""Sign-in, sign-out, users and grants: the only writers of the account tables."""

import hashlib
import re
import secrets
from datetime import timedelta

from sqlalchemy import func, select

from app import clock
from app.accounts.models import Grant, SignInFailure, User, UserSession
from app.accounts.passwords import MINIMUM_LENGTH, hash_password, password_matches
from app.accounts.permissions import Actor, Role
from app.audit.events import Event, ObjectType
from app.audit.services import record
from app.config import settings
from app.db import db, transaction
from app.web.i18n import LANGUAGES
from app.web.i18n import gettext as _
from app.web.problems import InputError, NotFound

FAILURE_WINDOW = timedelta(minutes=15)
# A person mistypes a few times; a guesser needs thousands. Counted for name and address together,
# so that nobody can lock out another person by failing with that person's name from elsewhere.
FAILURES_FOR_NAME = 5
FAILURES_FROM_ADDRESS = 50

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,62}")


class Throttled(Exception):
    """Too many failed sign-ins; the password was not even looked at."""


def digest(text: str) -> str:
    """SHA-256 of a token or a name, as stored in the session and failure tables."""
    return hashlib.sha256(text.encode()).hexdigest()


def actor_of(user: User) -> Actor:
    """The acting person as the rest of the program sees one."""
    grants = frozenset((Role(grant.role), grant.register_id) for grant in user.grants)
    return Actor(user.id, user.display_name, grants)


def actor_named(username: str) -> Actor:
    """The person who signs in with this name, for commands. Raises `NotFound`."""
    user = db.session.scalar(select(User).where(User.username == username.strip().lower()))
    if user is None or not user.is_active:
        raise NotFound(username)
    return actor_of(user)


def sign_in(
    username: str, password: str, address: str, *, replacing: str | None = None
) -> str | None:
    """Check a password and open a session: its token, or None when name or password is wrong.

    `replacing`: the token of the session that the same browser had before; it ends.

    Raises `Throttled` after too many failures. Known and unknown names take the same time.
    """
    username = username.strip().lower()
    _refuse_guessing(username, address)
    user = db.session.scalar(select(User).where(User.username == username))
    usable = user is not None and user.is_active
    matches = password_matches(password, user.password_hash if user and usable else None)
    if user is None or not matches:
        reason = "password" if user else "name"
        _note_failure(username, address, user.id if user else None, reason)
        return None
    with transaction() as session:
        now = clock.now()
        earlier = session.get(UserSession, digest(replacing)) if replacing else None
        if earlier is not None and earlier.ended_at is None:
            earlier.ended_at = now
        token = secrets.token_urlsafe(32)
        opened = UserSession(token_hash=digest(token), user_id=user.id)
        opened.created_at = opened.last_seen_at = now
        session.add(opened)
        record(Event.AUTH_SIGNED_IN, actor_id=user.id, details={"method": "password"})
    return token


def _refuse_guessing(username: str, address: str) -> None:
    for_name, from_address = _failures(username, address)
    if for_name >= FAILURES_FOR_NAME or from_address >= FAILURES_FROM_ADDRESS:
        raise Throttled


def _failures(username: str, address: str) -> tuple[int, int]:
    """Failures within the window: for the name from the address, and from the address in all."""
    recent = select(func.count()).where(
        SignInFailure.address_hash == digest(address),
        SignInFailure.at > clock.now() - FAILURE_WINDOW,
    )
    for_name = recent.where(SignInFailure.username_hash == digest(username))
    return db.session.scalar(for_name) or 0, db.session.scalar(recent) or 0


def _note_failure(username: str, address: str, user_id: int | None, reason: str) -> None:
    """Count a failure. The log tells once that further attempts wait, not at each of them: a
    stranger must not be able to fill it."""
    with transaction() as session:
        session.add(
            SignInFailure(
                username_hash=digest(username), address_hash=digest(address), at=clock.now()
            )
        )
        session.flush()
        record(Event.AUTH_FAILED, actor_id=user_id, details={"reason": reason})
        for_name, from_address = _failures(username, address)
        if for_name == FAILURES_FOR_NAME or from_address == FAILURES_FROM_ADDRESS:
            record(Event.AUTH_THROTTLED, actor_id=user_id, details={"scope": "sign_in"})


def user_of_session(token: str) -> User | None:
    """The person of a live session; None when it ended, idled out or the user was disabled."""
    found = db.session.get(UserSession, digest(token))
    if found is None or found.ended_at is not None:
        return None
    now = clock.now()
    idle = timedelta(minutes=settings().session_idle_minutes)
    longest = timedelta(hours=settings().session_hours)
    if now - found.last_seen_at > idle or now - found.created_at > longest:
        return None
    user = db.session.get(User, found.user_id)
    if user is None or not user.is_active:
        return None
    if now - found.last_seen_at > timedelta(minutes=1):
        with transaction() as session:
            fresh = session.get(UserSession, digest(token))
            if fresh is not None:
                fresh.last_seen_at = now
    return user


def sign_out(token: str, actor: Actor) -> None:
    """End the session; its token is worthless from here on."""
    with transaction() as session:
        found = session.get(UserSession, digest(token))
        if found is not None and found.ended_at is None:
            found.ended_at = clock.now()
            record(Event.AUTH_SIGNED_OUT, actor_id=actor.user_id, details={"reason": "asked"})


def confirm_password(actor: Actor, password: str, address: str) -> None:
    """Ask for the password again before an act that cannot be undone.

    Raises `InputError` for a wrong one; failures count as failed sign-ins.
    """
    user = db.session.get(User, actor.user_id)
    assert user is not None
    _refuse_guessing(user.username, address)
    if password_matches(password, user.password_hash):
        return
    _note_failure(user.username, address, user.id, "confirmation")
    raise InputError("password", _("The password is not right. Type your own password again."))


def add_user(
    username: str,
    display_name: str,
    password: str,
    *,
    language: str = "fi",
    by: Actor | None = None,
) -> User:
    """Create a person who can sign in. Raises `InputError` for a bad name or password.

    `by` is None when it is done on the machine's own command line.
    """
    if not _USERNAME.fullmatch(username):
        raise InputError(
            "username",
            _("A user name has 2–63 characters: a–z, 0–9, full stop, hyphen, underscore."),
        )
    if len(password) < MINIMUM_LENGTH:
        raise InputError(
            "password",
            _("The password must have at least %(count)s characters.", count=MINIMUM_LENGTH),
        )
    if not display_name.strip():
        raise InputError("display_name", _("Give the person's name."))
    if language not in LANGUAGES:
        raise InputError("language", _("Choose Finnish, Swedish or English."))
    with transaction() as session:
        if session.scalar(select(User.id).where(User.username == username)):
            raise InputError("username", _("There is already a user with this name."))
        user = User(
            username=username,
            display_name=display_name.strip(),
            password_hash=hash_password(password),
            language=language,
            created_at=clock.now(),
            grants=[],
        )
        session.add(user)
        session.flush()
        record(
            Event.USER_CREATED,
            actor_id=by.user_id if by else None,
            object_type=ObjectType.USER,
            object_id=user.id,
        )
    return user


def give_role(
    user_id: int, role: Role, register_id: int | None = None, *, by: Actor | None = None
) -> None:
    """Grant a role in one register, or in all when `register_id` is None. Again is no error."""
    with transaction() as session:
        same_scope = (
            Grant.register_id.is_(None) if register_id is None else Grant.register_id == register_id
        )
        held = select(Grant.id).where(Grant.user_id == user_id, Grant.role == role, same_scope)
        if session.scalar(held):
            return
        session.add(
            Grant(user_id=user_id, role=role, register_id=register_id, granted_at=clock.now())
        )
        record(
            Event.GRANT_GIVEN,
            actor_id=by.user_id if by else None,
            register_id=register_id,
            object_type=ObjectType.USER,
            object_id=user_id,
            details={"role": str(role)},
        )


def keep_preferences(
    actor: Actor, *, language: str | None = None, theme: str | None = None
) -> None:
    """Keep a person's own choice of language or theme."""
    with transaction() as session:
        user = session.get(User, actor.user_id)
        if user is None:
            return
        if language in LANGUAGES:
            user.language = language
        if theme in ("system", "light", "dark"):
            user.theme = theme
