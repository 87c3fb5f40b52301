"""Tables of clients. What identifies a person is encrypted under the client's own key."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, PrimaryKey


class Client(Base):
    """A data subject in one register."""

    __tablename__ = "client"
    __table_args__ = (UniqueConstraint("register_id", "number"),)

    id: Mapped[PrimaryKey]
    register_id: Mapped[int] = mapped_column(ForeignKey("register.id"))
    number: Mapped[int]
    key_id: Mapped[str] = mapped_column(String(32), unique=True)
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    identity_code_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    contact_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    birth_year: Mapped[int]
    language: Mapped[str] = mapped_column(String(2), default="fi")
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))

    episodes: Mapped[list["Episode"]] = relationship(
        back_populates="client", order_by="Episode.started_on"
    )


class ClientToken(Base):
    """Blind index: keyed hashes of the identity code and of name prefixes, one register apart."""

    __tablename__ = "client_token"
    __table_args__ = (Index("ix_client_token_lookup", "register_id", "kind", "token", "client_id"),)

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(4), primary_key=True)
    token: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    register_id: Mapped[int] = mapped_column(ForeignKey("register.id"))


class IdentityCode(Base):
    """At most one client of a register has an identity code; held as a keyed hash."""

    __tablename__ = "identity_code"

    register_id: Mapped[int] = mapped_column(ForeignKey("register.id"), primary_key=True)
    token: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), unique=True)


class Episode(Base):
    """A client's time in one service. Its end starts the clocks of most documents."""

    __tablename__ = "episode"
    __table_args__ = (Index("ix_episode_worker", "worker_id", "ended_on"),)

    id: Mapped[PrimaryKey]
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    service_key: Mapped[str] = mapped_column(String(80))
    worker_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    coaching_number: Mapped[str | None] = mapped_column(String(40))
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    created_at: Mapped[datetime]

    client: Mapped[Client] = relationship(back_populates="episodes")


class Consent(Base):
    """A client's separate consent to a service's processing (GDPR Art. 7(1): shown when asked)."""

    __tablename__ = "consent"

    id: Mapped[PrimaryKey]
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    service_key: Mapped[str] = mapped_column(String(80))
    register_version_id: Mapped[int] = mapped_column(ForeignKey("register_version.id"))
    given_on: Mapped[date]
    withdrawn_on: Mapped[date | None]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime]


class NoticeGiven(Base):
    """Which edition of a privacy notice a client was given, when and how (GDPR Arts. 13 and 14)."""

    __tablename__ = "notice_given"

    id: Mapped[PrimaryKey]
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("notice_edition.id"), index=True)
    language: Mapped[str] = mapped_column(String(2))
    channel: Mapped[str] = mapped_column(String(16))
    given_on: Mapped[date]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime]


class CaseloadException(Base):
    """Why a worker opened a client outside the own caseload; valid for that day's work."""

    __tablename__ = "caseload_exception"
    __table_args__ = (Index("ix_caseload_exception_lookup", "user_id", "client_id"),)

    id: Mapped[PrimaryKey]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    reason_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    opened_at: Mapped[datetime]
    valid_until: Mapped[datetime]
