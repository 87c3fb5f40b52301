"""What is done about destruction: held, proposed, approved, witnessed, carried out, recovered."""

from app.destruction.models import DisposalCertificate as Certificate
from app.destruction.services.certificates import certificate_page, certify, find_certificate
from app.destruction.services.execution import execute
from app.destruction.services.holds import lift_hold, set_hold
from app.destruction.services.lists import approve, cancel, propose, return_for_change
from app.destruction.services.paper import confirm_paper
from app.destruction.services.recovery import recover

__all__ = [
    "Certificate",
    "approve",
    "cancel",
    "certificate_page",
    "certify",
    "confirm_paper",
    "execute",
    "find_certificate",
    "lift_hold",
    "propose",
    "recover",
    "return_for_change",
    "set_hold",
]
