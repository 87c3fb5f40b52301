"""Steps: the data form that is stored and sent."""

import json
from datetime import date
from enum import StrEnum

from app.calendar.steps import Step


class Code(StrEnum):
    COUNTED = "counted"


def test_a_step_is_plain_json_data() -> None:
    step = Step(Code.COUNTED, date(2026, 3, 5), {"days": 14, "law": "gdpr"})
    data = {"code": "counted", "day": "2026-03-05", "values": {"days": 14, "law": "gdpr"}}
    assert json.loads(json.dumps(step.as_data())) == data


def test_a_step_without_a_day_has_none() -> None:
    assert Step(Code.COUNTED).as_data() == {"code": "counted", "day": None, "values": {}}
