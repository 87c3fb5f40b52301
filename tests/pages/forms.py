"""What a browser would send of a form that a page shows."""

from bs4 import BeautifulSoup, Tag

Typed = dict[str, object]


def typed(page: BeautifulSoup, **changes: object) -> Typed:
    """The fields of the page's form as they stand, some of them typed anew; buttons are none.

    Check boxes, and fields whose name stands several times, are lists.
    """
    form = page.select_one("main form[data-guard]")
    assert form is not None
    found: dict[str, list[str]] = {}
    lists = set()
    for control in form.select("input, textarea, select"):
        name, kind = str(control.get("name") or ""), control.get("type")
        if name in ("", "csrf_token"):
            continue
        if kind in ("radio", "checkbox") and not control.has_attr("checked"):
            continue
        if kind == "checkbox" or name in found:
            lists.add(name)
        found.setdefault(name, []).append(_value(control))
    stand = {name: values if name in lists else values[0] for name, values in found.items()}
    return {**stand, **changes}


def _value(control: Tag) -> str:
    if control.name == "textarea":
        # Browsers leave out the line break with which it may begin.
        return control.get_text().removeprefix("\n")
    if control.name == "select":
        chosen = control.select_one("option[selected]") or control.select_one("option")
        return str(chosen["value"]) if chosen is not None else ""
    return str(control.get("value", ""))
