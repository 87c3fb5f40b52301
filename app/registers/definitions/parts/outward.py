"""What the register tells people and offers them, and what its printed description looked like."""

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from app.registers.definitions.parts.purposes import Statute
from app.registers.definitions.parts.responsible import Named
from app.registers.definitions.references import RegisterKey
from app.registers.definitions.vocabulary import MarketingChannel, RequestForm, Right
from app.retention.definition_models import Key, LocalizedText, StrictModel, Text, refused
from app.web.i18n import gettext as _

# What no legal basis and no register takes away: GDPR Arts. 77 and 21(2)–(3).
_ALWAYS = (Right.COMPLAINT, Right.PROHIBIT_MARKETING)


class RightOffered(StrictModel):
    """A right as the register offers it; `form` None: no form is asked for.

    `not_applicable`: why people do not have the right here, in the words of the organisation.
    """

    right: Right
    text: LocalizedText | None = None
    form: RequestForm | None = None
    addressed_to: tuple[LocalizedText, ...] = ()
    not_applicable: LocalizedText | None = None

    @model_validator(mode="after")
    def _offered_or_not(self) -> Self:
        if self.not_applicable is None:
            return self
        if self.right in _ALWAYS:
            raise refused(
                _("This right always applies."),
                _("Leave “not_applicable” out; the law gives the right without a condition."),
            )
        if self.text or self.form or self.addressed_to:
            raise refused(
                _("A right is said not to apply and described as one that people may use."),
                _("Give “not_applicable” alone, or leave it out and say in “text” what applies."),
            )
        return self


class OwnMarketing(StrictModel):
    """Marketing of the controller's own activity, by permission for each channel."""

    about: LocalizedText
    permission: RequestForm
    channels: Annotated[tuple[MarketingChannel, ...], Field(min_length=1)]


class DirectMarketing(StrictModel):
    """The purposes for which the person may forbid processing, and the controller's own marketing.

    `made`: whether the data is used for it; None: the register does not say that as such.
    `disclosed_outside` None: the register does not say whether others get the data for this.
    """

    made: bool | None = None
    prohibited_purposes: tuple[Named, ...] = ()
    disclosed_outside: bool | None = None
    statutes: tuple[Statute, ...] = ()
    own: OwnMarketing | None = None

    @property
    def is_possible(self) -> bool:
        """Whether anything is left that people might forbid: all but a plain “no marketing”."""
        return self.made is not False or bool(self.prohibited_purposes)

    @model_validator(mode="after")
    def _own_is_made(self) -> Self:
        if self.made is False and self.own is not None:
            raise refused(
                _("“made” says that there is no direct marketing, and “own” tells of some."),
                _("Leave out “own”, or write “made: true”."),
            )
        return self


class NoticeTexts(StrictModel):
    """Texts of the privacy notice that do not follow from the other parts.

    `covers`: other registers that this register's notice tells of as well; theirs refer to it.
    """

    introduction: LocalizedText | None = None
    informing: LocalizedText | None = None
    covers: tuple[RegisterKey, ...] = ()


class PrintedField(StrictModel):
    """A heading of the printed description on which the definition rests."""

    number: Text
    heading: Text


class Remark(StrictModel):
    """Something in the printed description that a person should settle and no check can compute."""

    key: Key
    text: LocalizedText


class Version(StrictModel):
    """Name and day of the printed version."""

    label: Text | None = None
    adopted_on: date
