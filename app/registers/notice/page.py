"""The privacy notice as a page of its own, and the public pages that lead to it.

They name their stylesheet, other languages and files by relative addresses, so that the same bytes
work on the public pages here and in a folder on the organisation's site.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import current_app

from app.registers.notice.model import Changes, Notice
from app.web.i18n import LANGUAGES, current_language


def notice_html(
    notice: Notice,
    *,
    version: str,
    organisation: str,
    changes: Changes | None = None,
    languages: Sequence[str] = tuple(LANGUAGES),
) -> bytes:
    """The page of a notice in the language in use. `version` is the line below the title.

    `languages`: those in which the notice is made, to choose from.
    """
    return public_page(
        "edition",
        {code: f"{code}.html" for code in languages},
        organisation=organisation,
        depth=2,
        notice=notice,
        version=version,
        changes=changes,
    )


def public_page(
    name: str, addresses: Mapping[str, str], *, organisation: str, depth: int, **values: Any
) -> bytes:
    """A public page in the language in use. `addresses`: the same page in each language.

    `depth`: how many folders it stands below the stylesheet. It is rendered without Flask's own
    variables: nothing of a request or a person may get in.
    """
    template = current_app.jinja_env.get_template(f"registers/public/{name}.html")
    page = template.render(
        addresses=addresses,
        chosen=current_language(),
        languages=LANGUAGES,
        organisation=organisation,
        stylesheet=f"{'../' * depth}notice.css",
        **values,
    )
    return page.encode()
