"""What a bad file is answered: the line, the field, the rule and the way out, in few plain words.

The mistakes are those that people make in an editor, and those of somebody who means harm.
"""

from pathlib import Path

import pytest

from app.registers.definitions import DefinitionProblem, RegisterDefinition, load_registers
from app.registers.definitions.names import in_words_of_forms
from app.registers.definitions.parts import DirectMarketing, StorageRule
from app.retention.definition_files import MAX_PROBLEMS, DefinitionError
from app.web.i18n import language

HEADER = "kind: register\nschema_version: 1\nkey: x\nname: {fi: X}\n"


def problems(path: Path, text: str, code: str = "en") -> tuple[DefinitionProblem, ...]:
    file = path / "a.yaml"
    file.write_text(text, "utf-8")
    with language(code), pytest.raises(DefinitionError) as refused:
        load_registers(file, policies=None)
    return refused.value.problems


@pytest.mark.parametrize(
    ("part", "line", "message", "remedy"),
    [
        ("notice:\n\tcovers: []", 6, "A tab stands", "Indent with spaces"),
        ("retention: {fi: @a}", 5, "another meaning", "quotation marks"),
        ("retention: {fi: *a*}", 5, "an asterisk", "quotation marks"),
        ("retention:\n  fi: Huom: a", 6, "A colon and a space", "quotation marks"),
        ("retention: {fi: Huom: a}", 5, "a colon or a bracket", "quotation marks"),
        ("retention:\n  fi: [a] b", 6, "only a part of a text", "the whole text"),
        ("retention\n  fi: a", 6, "has no colon", "key: value"),
        ("retention: {fi: 'a}", 6, "never closed", "Close it"),
        ('retention: {fi: "C:\\Users"}', 5, "A backslash", "single quotation"),
        ("retention: {fi: #1}", 6, "There is no value", "begins with #"),
        ("---\nkey: y", 5, "several documents", "Take out the lines"),
        ("services:\n  - {<<: {key: a}}", 6, "cannot be merged", "Write the keys out"),
        ("services:", 5, "Nothing is written", "leave the key out"),
        ("automated_decisions: {made: }", 5, "Nothing is written", "Give true or false"),
        ("automated_decisions: {made: yes}", 5, "“yes” has", "Give true or false"),
        ("version: {adopted_on: 2026-02-30}", 5, "“2026-02-30” has", "2026-03-05"),
        ("version: {adopted_on: 30.2.2026}", 5, "“30.2.2026” has", "2026-03-05"),
        ("version: {adopted_on: 20260305}", 5, "“20260305” has", "2026-03-05"),
        ("statutes: [{name: {fi: a}, number: 1050}]", 5, "“1050” has", "in quotation marks"),
        ("languages: [no]", 5, "“no” is not one", "fi, sv, en"),
        ("languages: []", 5, "The list is empty", "Name one"),
        ("retention: {FI: a}", 5, "no such key", "“fi”"),
        ('notice: {"\\u00a0covers": []}', 5, "no such key", "what is not seen"),
        ("r\u0435tention: {fi: a}", 5, "no such key", "the letters a–z alone"),
    ],
)
def test_a_mistake_is_told_once_with_its_line_and_remedy(
    tmp_path: Path, part: str, line: int, message: str, remedy: str
) -> None:
    (found,) = problems(tmp_path, f"{HEADER}{part}\n")

    assert found.line == line
    assert message in found.message
    assert remedy in found.remedy


@pytest.mark.parametrize(
    ("version", "remedy"),
    [
        ("2", "Update Seloste"),
        ("0", "bring the keys up"),
        ("'1'", "without quotation marks"),
        ("one", "without quotation marks"),
        ("", "bring the keys up"),
    ],
)
def test_another_version_of_the_format_has_its_way_out(
    tmp_path: Path, version: str, remedy: str
) -> None:
    text = HEADER.replace("schema_version: 1", f"schema_version: {version}")

    (found,) = problems(tmp_path, text)

    assert (found.line, found.key) == (2, "schema_version")
    assert "None" not in found.message
    assert remedy in found.remedy


@pytest.mark.parametrize("code", ["fi", "sv"])
def test_what_the_parser_says_is_said_in_the_language_in_use(tmp_path: Path, code: str) -> None:
    (found,) = problems(tmp_path, HEADER + "retention:\n  fi: Huom: a\n", code)

    assert "mapping" not in found.message
    assert found.message != problems(tmp_path, HEADER + "retention:\n  fi: Huom: a\n")[0].message


def test_the_kinds_are_offered_as_they_are_written(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, HEADER.replace("kind: register", "kind: rekisteri"), "fi")

    assert "”kind: register”" in found.remedy


def test_of_very_many_references_to_nothing_the_first_are_told(tmp_path: Path) -> None:
    members = ", ".join(f"{{key: k{n}, name: {{fi: a}}, documents: [d{n}]}}" for n in range(150))

    found = problems(tmp_path, f"{HEADER}data_categories: [{members}]\n")

    assert len(found) == MAX_PROBLEMS + 1
    assert found[-1].message == "There are 50 problems more."


@pytest.mark.parametrize(
    ("text", "model", "said"),
    [
        ("Give “media” or “presentation_only”.", StorageRule, "Give “Media” or “Only shown"),
        ("Write “made: true”.", DirectMarketing, "Write “Is the data used for direct marketing: Y"),
        ("“a” is not among “document_types”.", RegisterDefinition, "not among “Types of doc"),
        ("Leave “fi” alone.", RegisterDefinition, "Leave “fi” alone."),
    ],
)
def test_a_form_names_fields_where_a_file_names_keys(
    text: str, model: type[RegisterDefinition], said: str
) -> None:
    with language("en"):
        assert said in in_words_of_forms(text, model)
    with language("fi"):
        finnish = in_words_of_forms(text.replace("“", "”"), model)

    assert "_" not in finnish
