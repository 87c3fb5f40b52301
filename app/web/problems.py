"""What a person did wrong, in words. Raised by services, shown beside the field by views."""


class InputError(Exception):
    """Input that breaks a rule. Nothing was changed.

    `field` is the name of the form field (None: the act as a whole); `message` names the rule and
    the way out, in the language of the person.
    """

    def __init__(self, field: str | None, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


class NotFound(Exception):
    """There is no such thing, or this person may not know whether there is."""


class Conflict(Exception):
    """The thing has changed meanwhile, or is not in a state in which this can be done."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
