"""Forms made from the models of a definition, and what was typed into them read back as data.

An input is a field, a group of fields (a nested model) or a numbered list of groups. Its name in
the form is its place in the model: `statutes-0-name-fi`. What is left empty is not stated.
"""

import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from app.registers.definitions import LocalizedText, words
from app.registers.definitions.names import label
from app.registers.definitions.references import target_of
from app.registers.editor.keys import NAMES, after_name
from app.retention.definition_files import Loc
from app.retention.definition_keys import KEY_RULE
from app.web.i18n import LANGUAGES, parse_date
from app.web.i18n import gettext as _

Choice = tuple[str, str]
# Texts that fit on one line.
_SHORT = {
    *("name", "recipient", "role", "place", "country", "organisation", "key", "number", "contact"),
    *("label", "section", "heading"),
}


@dataclass
class Input:
    """One input of a form. `kind` says how it is drawn and read."""

    name: str
    label: str
    kind: str
    key: str | int = ""
    value: str = ""
    chosen: tuple[str, ...] = ()
    choices: Sequence[Choice] = ()
    children: list["Input"] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    lang: str | None = None
    default: Any = None
    hint: str = ""
    made_from: str = ""

    @property
    def control(self) -> str:
        """The id of the first control, which can have the focus."""
        if self.kind in ("group", "list") and self.children:
            return self.children[0].control
        return f"{self.name}-c1" if self.kind == "checks" and self.choices else self.name

    @property
    def next_control(self) -> str:
        """The id that the first control of one more group of a list will have."""
        last = self.children[-1]
        return f"{self.name}-{len(self.children)}{last.control[len(last.name) :]}"

    def read(self, as_of: date) -> Any:
        """What the input says as data; None when it is empty or says what is meant anyway."""
        if self.kind == "group":
            found = {child.key: child.read(as_of) for child in self.children}
            return {key: value for key, value in found.items() if value is not None} or None
        if self.kind == "list":
            return [each for each in (c.read(as_of) for c in self.children) if each] or None
        if self.kind == "checks":
            return list(self.chosen) or None
        if self.kind == "lines":
            return [line.strip() for line in self.value.splitlines() if line.strip()] or None
        read = self._read_one(self.value.strip(), as_of)
        return None if read == self.default else read

    def _read_one(self, text: str, as_of: date) -> Any:
        if not text:
            return None
        if self.kind == "flag":
            return True
        if self.kind == "yesno":
            return text == "yes"
        if self.kind == "day":
            try:
                return parse_date(text, as_of).isoformat()
            except ValueError:
                self.errors.append(
                    _(
                        "“%(typed)s” is not a day of the calendar. Write the day as 5.3.2026.",
                        typed=text[:40],
                    )
                )
        return text

    def nearest(self, loc: Loc, as_of: date) -> "Input":
        """The input at a place in what was read, or the group that should hold it."""
        if not loc:
            return self
        if self.kind == "list" and isinstance(loc[0], int):
            said = [child for child in self.children if child.read(as_of)]
            return said[loc[0]].nearest(loc[1:], as_of) if loc[0] < len(said) else self
        child = next((each for each in self.children if each.key == loc[0]), None)
        return child.nearest(loc[1:], as_of) if child else self

    def all_errors(self, above: str = "") -> list[tuple[str, str]]:
        """Each error with the control where it is mended, in the order of the form.

        A field is called by all that it stands in: a page has several that are called “Role”.
        """
        name = " – ".join(filter(None, (above, self.label)))
        own = [(self.control, f"{name}: {error}" if name else error) for error in self.errors]
        # The members of a list say the label of the list themselves: “Laws 1”.
        within = above if self.kind == "list" else name
        return own + [found for child in self.children for found in child.all_errors(within)]

    def leaves(self, above: str = "") -> list[tuple[str, "Input"]]:
        """The inputs that hold something themselves, each called by all that it stands in."""
        # The members of a list say the label of the list themselves: “Laws 1”.
        own = "" if self.kind == "list" else self.label
        name = " – ".join(filter(None, (above, own)))
        if self.kind in ("group", "list"):
            return [leaf for child in self.children for leaf in child.leaves(name)]
        return [(name, self)]

    def shown(self) -> str:
        """What the input says, as a person reads it."""
        chosen = {*self.chosen, self.value}
        if self.kind == "flag":
            return "✓" if self.value else ""
        if self.choices:
            return ", ".join(words_ for value, words_ in self.choices if value and value in chosen)
        return self.value


@dataclass(frozen=True)
class Builder:
    """Makes inputs. `targets`: what references may name, by the list they refer to; `typed`: the
    form as it came, or None for a form that shows what is stored; `spare`: empty groups at the
    end of each list; `more`: the list that gets one more.
    """

    targets: Mapping[str, Sequence[Choice]]
    typed: Mapping[str, Sequence[str]] | None = None
    spare: int = 1
    more: str = ""

    def group(
        self,
        model: type[BaseModel],
        value: Mapping[str, Any],
        names: Sequence[str],
        prefix: str = "",
    ) -> Input:
        """The inputs of some fields of a model."""
        children = [self._field(model, name, value.get(name), prefix) for name in names]
        return Input(prefix.rstrip("-") or "all-fields", "", "group", children=children)

    def _field(self, model: type[BaseModel], name: str, value: Any, prefix: str) -> Input:
        info = model.model_fields[name]
        kind, many = type_of(info.annotation)
        made = Input(f"{prefix}{name}", label(model, name), "text", name)
        target = target_of(info)
        if target is not None:
            return self._choose(made, many, value, self.targets[target], info)
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            return self._choose(made, many, value, [(m.value, _words(m)) for m in kind], info)
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            nested = self._list if many else self._nested
            return nested(made, kind, value or ())
        return self._plain(made, kind, value, many=many, info=info)

    def _plain(self, made: Input, kind: Any, value: Any, *, many: bool, info: FieldInfo) -> Input:
        if many:
            made.kind, made.hint = "lines", _("One on each line.")
            return self._fill(made, "\n".join(value or ()))
        if kind is bool and info.default is not False:
            made.kind, made.choices = "yesno", [("", "–"), ("yes", _("Yes")), ("no", _("No"))]
            return self._fill(made, {True: "yes", False: "no", None: ""}[value])
        if kind is bool:
            made.kind = "flag"
            return self._fill(made, "yes" if value else "")
        if kind is date:
            made.kind = "day"
            day = date.fromisoformat(value) if value else None
            return self._fill(made, f"{day.day}.{day.month}.{day.year}" if day else "")
        made.kind = "text" if made.key in _SHORT else "area"
        if _is_code(info):
            made.kind = "code"
        if made.key == "key":
            near = made.name.removesuffix("key")
            names = (f"{near}{name}-{code}" for name in NAMES for code in LANGUAGES)
            made.made_from = " ".join(names)
            made.hint = f"{_('Left empty, it is made from the name.')} {KEY_RULE}"
        return self._fill(made, value or "")

    def _choose(
        self, made: Input, many: bool, value: Any, choices: Sequence[Choice], info: FieldInfo
    ) -> Input:
        if many:
            made.kind, made.choices = "checks", choices
            typed = self.typed
            stored = (value,) if isinstance(value, str) else tuple(value or ())
            if made.key == "languages":
                # Their order counts: the first is obligatory, and a form sends them as they stand.
                # A register that names none has them all.
                stored = stored or tuple(info.default)
                made.hint = _("Every text is written at least in the first of those chosen.")
                made.choices = sorted(choices, key=lambda c: (*stored, c[0]).index(c[0]))
            made.chosen = stored if typed is None else tuple(typed.get(made.name, ()))
            return made
        made.kind = "select"
        made.default = str(info.default) if isinstance(info.default, str) else None
        blank = [] if made.default else [("", "–")]
        # What is named stays a choice, even where it would not be offered any more.
        kept = [(value, value)] if value and value not in dict(choices) else []
        made.choices = [*blank, *choices, *kept]
        return self._fill(made, value or made.default or "")

    def _nested(self, made: Input, model: type[BaseModel], value: Any) -> Input:
        made.kind = "group"
        made.children = self.group(model, value or {}, after_name(model), f"{made.name}-").children
        if model is LocalizedText:
            for child in made.children:
                child.kind = "text" if made.key in _SHORT else "area"
                child.lang = str(child.key)
        return made

    def _list(self, made: Input, model: type[BaseModel], values: Any) -> Input:
        made.kind, made.hint = "list", _("Empty the fields of one to remove it.")
        count = len(values)
        if self.typed is not None:
            heads = [name[len(made.name) + 1 :].split("-")[0] for name in self.typed]
            starts = [name.startswith(f"{made.name}-") for name in self.typed]
            numbers = [int(h) for h, s in zip(heads, starts, strict=True) if s and h.isdecimal()]
            count = min(max(numbers, default=0), 199)
        for number in range(count + self.spare + (made.name == self.more)):
            value = values[number] if number < len(values) else {}
            one = Input(f"{made.name}-{number}", f"{made.label} {number + 1}", "group", number)
            made.children.append(self._nested(one, model, value))
        return made

    def _fill(self, made: Input, value: str) -> Input:
        if self.typed is None:
            made.value = value
        else:
            made.value = (list(self.typed.get(made.name, ())) or [""])[0]
        return made


def _is_code(info: FieldInfo) -> bool:
    """Whether a text has a fixed form, such as the two letters of a country."""
    inner = [rule for part in get_args(info.annotation) for rule in get_args(part)[1:]]
    return any(getattr(rule, "pattern", None) for rule in (*info.metadata, *inner))


def _words(member: StrEnum) -> str:
    return f"{words(member)} ({member})" if member[0].isdigit() else words(member)


def type_of(annotation: Any) -> tuple[Any, bool]:
    """What a field holds, and whether it holds many."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return type_of(inner[0])
    if origin in (Union, types.UnionType):
        return type_of(next(each for each in inner if each is not types.NoneType))
    if origin is tuple:
        return type_of(inner[0])[0], True
    return annotation, False
