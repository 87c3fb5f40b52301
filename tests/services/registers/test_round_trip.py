"""File, database and file again: any register comes out as it went in, with its comments."""

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings

from app.db import transaction
from app.registers import queries, services
from app.registers.definitions import RegisterDefinition, load_register
from app.registers.models import RegisterVersion
from app.registers.writing import to_yaml
from app.retention.services import load_rules
from tests.fixtures.generated import coherent, definitions

RULES = ["yksi", "kaksi"]
COMMENT = "# Tarkistettu toukokuussa\n"

Property = Callable[..., None]


@pytest.fixture(autouse=True)
def rules(app: Flask, tmp_path: Path) -> None:
    """The retention rules that the registers name."""
    path = tmp_path / "rules.yaml"
    members = "".join(
        f"  - {{key: {key}, name: {{fi: S}}, retention_trigger: event, disposal_action: destroy,"
        " mandate: {citation: {fi: Laki}, certainty: verified}}\n"
        for key in RULES
    )
    path.write_text(
        f"kind: retention_policies\nschema_version: 1\ntitle: {{fi: S}}\nrules:\n{members}"
    )
    load_rules(path)


def examples(database: str) -> Callable[[Property], Property]:
    number = 12 if database == "sqlite" else 4
    return settings(max_examples=number, suppress_health_check=list(HealthCheck))


def newest(key: str) -> RegisterVersion:
    return queries.numbered_version(key, None)


def exported(key: str) -> str:
    """What `seloste registers export` prints."""
    version = newest(key)
    return to_yaml(queries.parse_definition(version.content), version.source)


def test_any_register_comes_out_as_it_went_in(database: str, tmp_path: Path) -> None:
    numbers = count(1)

    @examples(database)
    @given(definition=definitions())
    def holds(definition: RegisterDefinition) -> None:
        key = f"generated-{next(numbers)}"
        definition = coherent(definition, key, RULES)
        path = tmp_path / "register.yaml"
        written = COMMENT + to_yaml(definition)
        path.write_text(written, "utf-8")

        services.load([path])

        assert newest(key).content_hash == definition.content_hash
        assert exported(key) == written

    holds()


def test_any_change_in_the_database_comes_out_with_the_comments_of_the_file(
    database: str, tmp_path: Path
) -> None:
    numbers = count(1)

    @examples(database)
    @given(before=definitions(), after=definitions())
    def holds(before: RegisterDefinition, after: RegisterDefinition) -> None:
        key = f"generated-{next(numbers)}"
        before, after = coherent(before, key, RULES), coherent(after, key, RULES)
        path = tmp_path / "register.yaml"
        path.write_text(COMMENT + to_yaml(before), "utf-8")
        services.load([path])
        # As the editor saves: the content changes, the source stays.
        with transaction():
            newest(key).content = after.to_json()
            newest(key).content_hash = after.content_hash

        path.write_text(exported(key), "utf-8")

        assert load_register(path, policies=None) == after
        assert exported(key).startswith(COMMENT)
        # And back: the file says what the database says, so nothing changes.
        assert services.load([path]).changed == ()

    holds()


def test_the_order_of_a_file_stays(tmp_path: Path) -> None:
    """Keys in an order of their own, and lists in the order that people see."""
    path = tmp_path / "register.yaml"
    text = (
        "name: {fi: Nimi}  # tekstin perässä\nkey: x\nschema_version: 1\nkind: register\n\n"
        "services:\n    # ensin toinen\n  - {name: {fi: B}, key: b}\n  - {name: {fi: A}, key: a}\n"
    )
    path.write_text(text, "utf-8")

    services.load([path])

    assert exported("x") == text
    assert [each.key for each in queries.definition_of(newest("x").id).services] == ["b", "a"]
