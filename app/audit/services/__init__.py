"""What is done to the log: entries recorded, put in sequence, signed for, verified and exported."""

from app.audit.services.exporting import export_log
from app.audit.services.recording import OutsideTransaction, record, record_view
from app.audit.services.sequencing import sequence_pending
from app.audit.services.signing import LogRolledBack, accept_rollback, sign_checkpoint, signer
from app.audit.services.verifying import verify_log

__all__ = [
    "LogRolledBack",
    "OutsideTransaction",
    "accept_rollback",
    "export_log",
    "record",
    "record_view",
    "sequence_pending",
    "sign_checkpoint",
    "signer",
    "verify_log",
]
