"""Document types that were merged, notices that cover other registers: what must fit together."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.registers.definitions import DefinitionError, RegisterDefinition, load_registers
from app.registers.definitions.consistency import faults

Build = Callable[[dict[str, Any]], RegisterDefinition]


def words(text: str) -> dict[str, str]:
    return {"fi": text}


def register(build: Build, data: dict[str, Any], *types: tuple[str, str | None]) -> Any:
    for key, into in types:
        kind = {"key": key, "name": words(key)}
        data["document_types"].append(kind | ({"merged_into": into} if into else {}))
    return build(data)


def codes(definition: RegisterDefinition) -> list[str]:
    return [fault.code for fault in faults(definition, {})]


def test_a_merged_type_is_known_but_not_offered(build: Build, data: dict[str, Any]) -> None:
    found = register(build, data, ("vanha", "lausunto"), ("vanhin", "vanha"))

    assert codes(found) == []
    assert found.document_type("vanhin").name.fi == "vanhin"
    assert found.merged_type("vanhin").key == "lausunto"
    assert found.spellings_of("lausunto") == ("lausunto", "vanha", "vanhin")
    assert "vanha" not in {kind.key for kind in found.offered_types()}


def test_types_that_merge_into_each_other_are_refused(build: Build, data: dict[str, Any]) -> None:
    found = register(build, data, ("a", "b"), ("b", "c"), ("c", "a"))

    assert codes(found) == ["circular_merge"] * 3


def test_a_type_cannot_be_merged_into_itself(build: Build, data: dict[str, Any]) -> None:
    assert codes(register(build, data, ("a", "a"))) == ["circular_merge"]


def test_a_merged_type_cannot_be_stored_any_more(build: Build, data: dict[str, Any]) -> None:
    data["storage_rules"].append(data["storage_rules"][0] | {"document_type": "vanha"})

    found = register(build, data, ("vanha", "lausunto"))

    (fault,) = faults(found, {})
    assert fault.code == "merged_type_used"
    assert fault.loc[-1] == "document_type"
    assert "lausunto" in fault.remedy


def test_each_kind_of_reference_is_followed(build: Build, data: dict[str, Any]) -> None:
    data["purposes"][0] |= {"data_categories": ["olematon"], "data_subjects": ["ei"]}
    data["data_categories"][0] |= {"retention_rule": "puuttuu", "data_subjects": ["ei"]}
    data["notice"] = {"covers": ["toinen", "kuntoutus"]}

    found = faults(build(data), {"registers": {"kuntoutus"}, "retention_rules": set()})

    assert {fault.loc: fault.code for fault in found if fault.loc[0] != "storage_rules"} == {
        ("purposes", 0, "data_categories", 0): "dangling_reference",
        ("purposes", 0, "data_subjects", 0): "dangling_reference",
        ("data_categories", 0, "retention_rule"): "dangling_reference",
        ("data_categories", 0, "data_subjects", 0): "dangling_reference",
        ("notice", "covers", 0): "dangling_reference",
        ("notice", "covers", 1): "self_reference",
    }


REGISTER = "kind: register\nschema_version: 1\nkey: {key}\nname: {{fi: Nimi}}\n"


def write(folder: Path, key: str, *covers: str) -> None:
    notice = f"notice:\n  covers: [{', '.join(covers)}]\n" if covers else ""
    (folder / f"{key}.yaml").write_text(REGISTER.format(key=key) + notice, "utf-8")


def test_one_notice_may_cover_two_registers(tmp_path: Path) -> None:
    write(tmp_path, "asiakkaat", "verkkopalvelu")
    write(tmp_path, "verkkopalvelu")

    first, second = load_registers(tmp_path, policies=None)

    assert first.notice.covers == (second.key,)


def test_notices_that_cover_each_other_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "asiakkaat", "verkkopalvelu")
    write(tmp_path, "verkkopalvelu", "asiakkaat")

    with pytest.raises(DefinitionError) as caught:
        load_registers(tmp_path, policies=None)

    assert {problem.code for problem in caught.value.problems} == {"circular_notice"}


def test_a_notice_cannot_cover_a_register_that_is_not_there(tmp_path: Path) -> None:
    write(tmp_path, "asiakkaat", "verkkopalvelu")

    with pytest.raises(DefinitionError) as caught:
        load_registers(tmp_path, policies=None)

    (problem,) = caught.value.problems
    assert (problem.code, problem.line) == ("dangling_reference", 6)
    assert load_registers(tmp_path, policies=None, others={"verkkopalvelu"})


def test_the_first_form_of_special_data_is_still_read(build: Build, data: dict[str, Any]) -> None:
    (special,) = build(data).data_categories[1].special

    assert special.category == "health"
