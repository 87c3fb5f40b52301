"""`docs/register-format.md` tells the truth: its examples load, and it leaves out no key."""

import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from app.registers.definitions import load_registers
from app.registers.definitions.model import RegisterDefinition
from app.retention.policies import PolicyFile, PolicySet, load_policies

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "register-format.md").read_text("utf-8")
EXAMPLES = [
    document
    for block in re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    for document in block.split("---\n")
]


def models_and_words(model: Any, seen: set[Any]) -> Iterator[Any]:
    """Every model and vocabulary that a definition is made of."""
    if model in seen:
        return
    seen.add(model)
    if isinstance(model, type) and issubclass(model, BaseModel):
        yield model
        for field in model.model_fields.values():
            yield from models_and_words(field.annotation, seen)
    elif isinstance(model, type) and issubclass(model, StrEnum):
        yield model
    for part in get_args(model):
        yield from models_and_words(part, seen)


PARTS = [
    part for root in (RegisterDefinition, PolicyFile) for part in models_and_words(root, set())
]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples of the documentation as files."""
    folder = tmp_path_factory.mktemp("examples")
    for number, example in enumerate(EXAMPLES):
        kind = re.match(r"kind: (\w+)", example)
        assert kind, "an example begins with its kind"
        (folder / kind[1]).mkdir(exist_ok=True)
        (folder / kind[1] / f"{number:02}.yaml").write_text(example, "utf-8")
    return folder


def test_every_example_can_be_loaded(written: Path) -> None:
    own = load_policies(written / "retention_policies")
    bundled = load_policies(ROOT / "retention_policies")

    found = load_registers(written / "register", policies=PolicySet.of([*own, *bundled]))

    assert len(found) + 1 == len(EXAMPLES)
    assert len(found) > 8


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_every_key_and_every_word_is_named(part: type[BaseModel] | type[StrEnum]) -> None:
    if issubclass(part, StrEnum):
        # A row of derogations is named by its first and its last.
        names = [member.value for member in part if not re.match(r"49\(1\)\([b-f]\)", member)]
    else:
        names = list(part.model_fields)

    missing = [
        name for name in names if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", TEXT)
    ]

    assert not missing
