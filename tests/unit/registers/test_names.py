"""The names of parts and fields: everything that people can write has one, in each language."""

import pytest
from pydantic import BaseModel

from app.registers.definitions import RegisterDefinition, parts
from app.registers.definitions.names import FIELDS, PARTS, label, part_label, part_word

PART_NAMES = set(RegisterDefinition.model_fields) - {"kind", "schema_version", "key"}
MODELS = [
    each for each in vars(parts).values() if isinstance(each, type) and issubclass(each, BaseModel)
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_has_a_label(model: type[BaseModel]) -> None:
    for field in model.model_fields:
        assert label(model, field)


def test_every_part_has_a_label_and_a_word_for_a_sentence() -> None:
    for part in PART_NAMES:
        assert part_label(part)
        assert part_word(part)


def test_nothing_is_named_that_does_not_exist() -> None:
    written = {field for model in MODELS for field in model.model_fields}

    assert set(FIELDS) <= written
    assert set(PARTS) == PART_NAMES
