"""What is done to a data subject's request, from its arrival to its close."""

from app.requests.services.answering import close, hand_over
from app.requests.services.deadline import extend, resume, suspend
from app.requests.services.packages import Download, build_package, open_package, pick_list
from app.requests.services.registering import register_request, verify_identity

__all__ = [
    "Download",
    "build_package",
    "close",
    "extend",
    "hand_over",
    "open_package",
    "pick_list",
    "register_request",
    "resume",
    "suspend",
    "verify_identity",
]
