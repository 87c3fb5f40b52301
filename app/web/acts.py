"""What pages that do something share: sending a form, its status, and keys in the address."""

from collections.abc import Callable
from typing import TypeVar

from flask import request

from app.web.forms import Form, database_id
from app.web.problems import InputError

Done = TypeVar("Done")


def done(form: Form, act: Callable[[], Done]) -> Done | None:
    """What the act gave; None when nothing valid was sent, and then the form says why."""
    if not form.validate_on_submit():
        return None
    try:
        return act()
    except InputError as problem:
        form.attach(problem)
        return None


def status(form: Form) -> int:
    """422 when the form came back with errors."""
    return 422 if form.errors else 200


def key(name: str) -> int | None:
    """A key from the address; None for what cannot be one."""
    return request.args.get(name, type=database_id)
