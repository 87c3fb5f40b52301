"""Why a file is not accepted. The words for it are with the pages that upload."""

from enum import StrEnum


class Refusal(StrEnum):
    """The reasons."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TYPE_NOT_ALLOWED = "type_not_allowed"
    NOT_WHAT_IT_SAYS = "not_what_it_says"
    BROKEN = "broken"


class FileRefused(ValueError):
    """The file may not be stored; `code` says why."""

    def __init__(self, code: Refusal) -> None:
        super().__init__(code.value)
        self.code = code
