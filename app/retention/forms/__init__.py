"""Input of the pages of retention rules."""

from app.retention.forms.changing import KEEP, MOVE, DecisionForm, RuleForm
from app.retention.forms.confirming import ConfirmForm

__all__ = ["KEEP", "MOVE", "ConfirmForm", "DecisionForm", "RuleForm"]
