"""Options that several commands have."""

import click

from app.web.i18n import DEFAULT_LANGUAGE, LANGUAGES

language_option = click.option(
    "--language",
    "code",
    type=click.Choice(list(LANGUAGES)),
    default=DEFAULT_LANGUAGE,
    show_default=True,
    help="Language of the sentences.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
