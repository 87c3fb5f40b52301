"""Tables of people: users, what they may do in which register, their sessions, failed sign-ins."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, PrimaryKey


class User(Base):
    """A person who signs in. Never deleted, because the log refers to the person."""

    __tablename__ = "user_account"

    id: Mapped[PrimaryKey]
    username: Mapped[str] = mapped_column(String(64), unique=True)
    display_name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(255))
    language: Mapped[str] = mapped_column(String(2), default="fi")
    theme: Mapped[str] = mapped_column(String(6), default="system")
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]

    grants: Mapped[list["Grant"]] = relationship(back_populates="user", lazy="selectin")


class Grant(Base):
    """A role in one register, or in all of them when `register_id` is empty."""

    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("user_id", "role", "register_id"),)

    id: Mapped[PrimaryKey]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    role: Mapped[str] = mapped_column(String(32))
    register_id: Mapped[int | None] = mapped_column(ForeignKey("register.id"))
    granted_at: Mapped[datetime]

    user: Mapped[User] = relationship(back_populates="grants")


class UserSession(Base):
    """A signed-in session. The cookie holds a random token, this row only its hash."""

    __tablename__ = "user_session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class SignInFailure(Base):
    """A failed sign-in, kept to slow down guessing; survives a restart."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (Index("ix_sign_in_failure_source", "username_hash", "address_hash", "at"),)

    id: Mapped[PrimaryKey]
    username_hash: Mapped[str] = mapped_column(String(64))
    address_hash: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime]
