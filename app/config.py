"""Settings of one installation: defaults, then `instance/seloste.toml`, then `SELOSTE_…` variables.

A default is given only where it is right in production and fit to be published; secrets have none,
they are generated at the first start.
"""

import os
import secrets
from pathlib import Path

from flask import current_app
from pydantic import Field, PositiveInt
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

PROJECT_PATH = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """All settings, typed. Paths that are not given stand below `instance_path`."""

    model_config = SettingsConfigDict(env_prefix="SELOSTE_", extra="forbid", frozen=True)

    instance_path: Path = Field(
        PROJECT_PATH / "instance", description="Folder of everything this installation owns."
    )
    database: str = Field("", description="SQLAlchemy address of the database; empty for SQLite.")
    master_key_file: Path | None = Field(
        None, description="File with the master key; keep it on another disk than the data."
    )
    registers_path: Path = Field(
        PROJECT_PATH / "registers", description="Folder of the register definitions."
    )
    policies_path: Path = Field(
        PROJECT_PATH / "retention_policies", description="Folder of the retention rules."
    )
    organisation: str = Field("", description="Name shown in the header and on letters.")
    demo: bool = Field(False, description="An instance with fictional people; never the real one.")
    allow_artificial_codes: bool = Field(
        False, description="Accept identity codes whose individual number is 900–999."
    )
    secure_cookies: bool = Field(
        True, description="Send the session cookie over HTTPS only; off only on a local machine."
    )
    trusted_proxies: int = Field(0, ge=0, le=4, description="Reverse proxies in front of the app.")
    max_upload_bytes: PositiveInt = Field(25 * 1024 * 1024, description="Largest file, in bytes.")
    disposal_waiting_days: int = Field(
        7,
        ge=0,
        le=90,
        description="Days in which an approved destruction list can still be cancelled.",
    )
    session_idle_minutes: PositiveInt = Field(30, description="Signed out after this idle time.")
    session_hours: PositiveInt = Field(10, description="Signed out after this time in any case.")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  # pydantic-settings' signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003  # likewise
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Explicit arguments first, then the environment, then the instance's file."""
        instance = Path(os.environ.get("SELOSTE_INSTANCE_PATH", PROJECT_PATH / "instance"))
        toml = TomlConfigSettingsSource(settings_cls, instance / "seloste.toml")
        return init_settings, env_settings, toml

    @property
    def https_only(self) -> bool:
        """Whether cookies and pages keep to HTTPS; a demo on one's own machine has none."""
        return self.secure_cookies and not self.demo

    @property
    def accepts_artificial_codes(self) -> bool:
        """Whether identity codes 900–999 pass; a demo has no others."""
        return self.allow_artificial_codes or self.demo

    @property
    def data_path(self) -> Path:
        """Folder of the database and the encrypted files."""
        return self.instance_path / "data"

    @property
    def database_url(self) -> str:
        """SQLAlchemy address of the database."""
        return self.database or f"sqlite:///{self.data_path / 'seloste.db'}"

    @property
    def files_path(self) -> Path:
        """Folder of the encrypted files."""
        return self.data_path / "files"

    @property
    def keys_path(self) -> Path:
        """The key store: a database of its own, apart from the data it opens."""
        return self.instance_path / "keys" / "keys.db"

    @property
    def master_key_path(self) -> Path:
        """File with the master key."""
        return self.master_key_file or self.instance_path / "master" / "master.key"

    @property
    def journal_path(self) -> Path:
        """The destruction journal: replayed when an interrupted act or a restore is completed."""
        return self.instance_path / "journal" / "destruction.jsonl"

    @property
    def checkpoint_path(self) -> Path:
        """The newest signed checkpoint of the log, kept outside the database."""
        return self.instance_path / "checkpoint" / "latest.txt"


def settings() -> Settings:
    """Settings of the running application."""
    found = current_app.config["SELOSTE"]
    assert isinstance(found, Settings)
    return found


def session_secret(instance_path: Path) -> str:
    """The secret that signs sessions: read from the instance, generated there the first time."""
    path = instance_path / "secret.key"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    secret = secrets.token_hex(32)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secret + "\n")
    return secret
