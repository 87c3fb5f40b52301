"""An open request keeps the client's documents from disposal."""

from collections.abc import Sequence

from sqlalchemy import select

from app.db import db
from app.documents.blockers import register_blocker
from app.documents.models import Document
from app.requests.models import DataSubjectRequest
from app.web.i18n import lazy_gettext as _l

OPEN_REQUEST = "open_request"


def documents_asked_for(document_ids: Sequence[int]) -> dict[int, str]:
    """Those of the documents whose client has a request that is not closed.

    What a person has asked to see may not disappear meanwhile, whatever its retention rule says
    (GDPR Arts. 5(1)(a), 15, 18(1)).
    """
    asked_for = (
        select(Document.id)
        .join(DataSubjectRequest, DataSubjectRequest.client_id == Document.client_id)
        .where(Document.id.in_(document_ids), DataSubjectRequest.closed_on.is_(None))
    )
    return dict.fromkeys(db.session.scalars(asked_for), OPEN_REQUEST)


def register() -> None:
    """Add the question to those that are asked before documents are disposed of."""
    register_blocker(documents_asked_for, {OPEN_REQUEST: _l("the client's request is open")})
