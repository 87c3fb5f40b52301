"""From the data of a definition file to its typed model, with each fault in words and by line."""

import difflib
import json
import re
from enum import StrEnum
from typing import TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from app.retention.definition_files import (
    MAX_PROBLEMS,
    DefinitionError,
    DefinitionFile,
    DefinitionProblem,
    Loc,
    quoted,
)
from app.retention.definition_models import KEY_PATTERN, REFUSED, LocalizedText
from app.web.i18n import gettext as _
from app.web.i18n import lazy_gettext as _l
from app.web.i18n import ngettext as _n

Model = TypeVar("Model", bound=BaseModel)

# What a value of the wrong form should have been, by the error type of pydantic.
_EXPECTED = {
    "string_type": _l("text"),
    "bool_type": _l("true or false"),
    "int_type": _l("a whole number"),
    "tuple_type": _l("a list"),
    "model_type": _l("a group of keys"),
    "model_attributes_type": _l("a group of keys"),
    "date_type": _l("a day as year-month-day"),
    "date_parsing": _l("a day as year-month-day"),
    "date_from_datetime_parsing": _l("a day as year-month-day"),
    "date_from_datetime_inexact": _l("a day as year-month-day"),
}

_DAYS = {kind for kind in _EXPECTED if kind.startswith("date_")}
_EXAMPLE_OF_A_DAY = _l("Write a day of the calendar as year-month-day: 2026-03-05.")

# The forms of the definitions in words, with an example: nobody has to read a pattern.
_FORMS = {
    KEY_PATTERN: _l("Use lower-case letters a–z, digits and single hyphens."),
    r"^[A-Z]{2}$": _l("Write two capital letters, as SE."),
    r"^[0-9]{7}-[0-9]$": _l("Write seven digits, a hyphen and a digit, as 1234567-1."),
    r"^([0-9]{1,4}/[0-9]{4}|\(EU\) [0-9]{1,4}/[0-9]{1,4})$": _l(
        "Write the number, a slash and the year, as 1050/2018; an act of the European Union as "
        "(EU) 2021/1060."
    ),
    r"^[A-Z]{1,3}[0-9]{1,3}[a-z]?$": _l("Write capital letters and a number, as T12 or E3a."),
}


def validate(file: DefinitionFile, model: type[Model]) -> Model:
    """The file's content as a `model`. Raises DefinitionError with every fault in it."""
    try:
        # JSON has lists where the models have tuples, and text where they have days and words.
        return model.model_validate_json(json.dumps(file.content))
    except ValidationError as error:
        found = _faults_of_their_own(error.errors(include_url=False))
        problems = [_problem(file, model, fault) for fault in found[:MAX_PROBLEMS]]
        if len(found) > MAX_PROBLEMS:
            problems.append(more_problems(file, len(found) - MAX_PROBLEMS))
        raise DefinitionError(problems) from error


def _faults_of_their_own(found: list[ErrorDetails]) -> list[ErrorDetails]:
    """All but the emptiness of a list that is only empty without its bad members."""
    inside = {tuple(fault["loc"])[:-1] for fault in found}
    return [f for f in found if f["type"] != "too_short" or tuple(f["loc"]) not in inside]


def _problem(
    file: DefinitionFile, model: type[BaseModel], fault: ErrorDetails
) -> DefinitionProblem:
    code, message, remedy = fault_in_words(model, fault)
    return file.problem(code, tuple(fault["loc"]), message, remedy)


def more_problems(file: DefinitionFile, count: int) -> DefinitionProblem:
    """What stands for the problems of a file beyond the first `MAX_PROBLEMS`."""
    message = _n("There is %(num)s problem more.", "There are %(num)s problems more.", count)
    return file.problem(
        "more_problems", (), message, _("Mend those above first, then check again.")
    )


def fault_in_words(model: type[BaseModel], fault: ErrorDetails) -> tuple[str, str, str]:
    """The code of a fault that pydantic found, what is wrong, and what to do about it."""
    context = fault.get("ctx", {})
    kind = fault["type"]
    if kind == REFUSED:
        return "bad_value", context["message"], context["remedy"]
    if kind == "extra_forbidden":
        return _key_fault(model, fault)
    if kind == "missing":
        return "missing_key", _("The key is missing."), _what_to_add(model, fault["loc"])
    if kind in _EXPECTED or _is_needless_list(fault):
        return "bad_type", *_form_fault(model, fault)
    if kind in {"enum", "literal_error"}:
        message = _("“%(value)s” is not one of the allowed words.", value=quoted(fault["input"]))
        words = ", ".join(re.findall("'([^']*)'", context["expected"]) or [context["expected"]])
        return "bad_word", message, _("Use one of these: %(words)s.", words=words)
    return "bad_value", *_text_fault(kind, fault)


def fault_in_a_form(model: type[BaseModel], fault: ErrorDetails) -> str:
    """What is wrong with what was typed and what to do: forms have fields, and no keys to add."""
    if fault["type"] == "missing":
        return "{} {}".format(_("This is needed here."), _("Fill it in."))
    code, message, remedy = fault_in_words(model, fault)
    if code == "bad_word":
        remedy = _("Choose one of the choices of the list.")
    return f"{message} {remedy}"


def _key_fault(model: type[BaseModel], fault: ErrorDetails) -> tuple[str, str, str]:
    if _is_cut_text(model, fault):
        rest = quoted(fault["loc"][-1])
        message = _("A comma cuts the text: “%(value)s” is read as a key.", value=rest)
        return "unquoted_comma", message, _("Put the whole text in quotation marks.")
    return "unknown_key", _("There is no such key here."), _known_keys(model, fault["loc"])


def _is_cut_text(model: type[BaseModel], fault: ErrorDetails) -> bool:
    """Whether an unquoted comma in `{fi: Nimi, tai huoltaja}` made a key of the rest of a text."""
    at = model_at(model, fault["loc"][:-1])
    return at is LocalizedText and fault["input"] is None


def _is_needless_list(fault: ErrorDetails) -> bool:
    one = {"enum", "literal_error", "string_type"}
    return fault["type"] in one and isinstance(fault["input"], list)


def _form_fault(model: type[BaseModel], fault: ErrorDetails) -> tuple[str, str]:
    if _is_needless_list(fault):
        return _("A list stands where one value is allowed."), _("Give one of them.")
    if fault["type"] == "model_type" and model_at(model, fault["loc"]) is LocalizedText:
        message = _("The text does not say in which language it is.")
        return message, _("Write it as {fi: …, sv: …, en: …}.")
    if fault["input"] is None:
        return _("Nothing is written after the key."), _not_nothing(model, fault)
    message = _("The value has the wrong form.")
    if not isinstance(fault["input"], dict | list):
        message = _("“%(value)s” has the wrong form.", value=_as_written(fault["input"]))
    if fault["type"] in _DAYS:
        return message, str(_EXAMPLE_OF_A_DAY)
    remedy = _("Give %(expected)s here.", expected=_EXPECTED[fault["type"]])
    if fault["type"] == "string_type" and not isinstance(fault["input"], dict | list):
        remedy = _("Put the value in quotation marks, so that it is text.")
    if fault["type"] == "model_type":
        keys = ", ".join(_fields_at(model, fault["loc"]))
        remedy = _("Give a group of keys here: %(keys)s.", keys=keys)
    return message, remedy


def _not_nothing(model: type[BaseModel], fault: ErrorDetails) -> str:
    """The remedy for a key with no value: one that must be there is not left out."""
    *above, name = fault["loc"]
    field = model_at(model, tuple(above)).model_fields.get(str(name))
    if field is not None and field.is_required():
        expected = _EXAMPLE_OF_A_DAY if fault["type"] in _DAYS else _EXPECTED[fault["type"]]
        return (
            str(expected)
            if fault["type"] in _DAYS
            else _("Give %(expected)s here.", expected=expected)
        )
    return _("Write a value, or leave the key out.")


def _as_written(value: object) -> str:
    """A value as YAML writes it."""
    return quoted(json.dumps(value) if isinstance(value, bool) else value)


def _what_to_add(model: type[BaseModel], loc: Loc) -> str:
    """The remedy for a missing key: the words it allows, or how its value is written."""
    field = model_at(model, loc[:-1]).model_fields.get(str(loc[-1]))
    annotation = field.annotation if field is not None else None
    words = _vocabulary_in(annotation)
    if words is not None:
        allowed = ", ".join(member.value for member in words)
        return _("Add it with one of these: %(words)s.", words=allowed)
    inner = _model_in(annotation)
    if inner is LocalizedText:
        return _("Add it as {fi: …, sv: …, en: …}.")
    if inner is not None:
        return _("Add it as a group of keys: %(keys)s.", keys=", ".join(inner.model_fields))
    return _("Add it.")


def _vocabulary_in(annotation: object) -> type[StrEnum] | None:
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return annotation
    return next(filter(None, map(_vocabulary_in, get_args(annotation))), None)


def _text_fault(kind: str, fault: ErrorDetails) -> tuple[str, str]:
    if kind == "too_short":
        return _("The list is empty."), _("Name one at least.")
    if kind == "string_too_short":
        return _("The value is empty."), _("Write it, or leave the key out.")
    if kind == "string_too_long":
        limit = fault["ctx"]["max_length"]
        return _("The text is too long."), _("Use at most %(limit)s characters.", limit=limit)
    if kind == "string_pattern_mismatch":
        message = _("“%(value)s” is not written as it should be.", value=quoted(fault["input"]))
        return message, str(_FORMS.get(fault["ctx"]["pattern"]) or _("Correct the value."))
    return fault["msg"], _("Correct the value.")


def _known_keys(model: type[BaseModel], loc: Loc) -> str:
    """The remedy for an unknown key: the nearest known one, or all of them."""
    *above, key = loc
    known = sorted(_fields_at(model, tuple(above)))
    plain = "".join(c for c in str(key).lower() if c.isprintable()).strip()
    near = difflib.get_close_matches(plain, known, n=1)
    if not str(key).isprintable():
        return _("Take out what is not seen in the key, and type spaces with the space bar.")
    if near and not plain.isascii():
        return _("Write “%(key)s” with the letters a–z alone.", key=near[0])
    if near:
        return _("Did you mean “%(key)s”?", key=near[0])
    return _("Remove it; known keys are %(keys)s.", keys=", ".join(known))


def _fields_at(model: type[BaseModel], loc: Loc) -> list[str]:
    """Names of the fields of the model that stands at `loc` inside `model`."""
    return list(model_at(model, loc).model_fields)


def model_at(model: type[BaseModel], loc: Loc) -> type[BaseModel]:
    """The model that stands at `loc` inside `model`, or the last one on the way there."""
    for part in loc:
        if isinstance(part, str):
            field = model.model_fields.get(part)
            model = (field and _model_in(field.annotation)) or model
    return model


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_model_in, get_args(annotation))), None)
