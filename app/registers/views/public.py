"""Public pages of privacy notices: no sign-in, no cookies, nothing of drafts, may be cached."""

from collections.abc import Sequence

import structlog
from flask import Blueprint, Response, request

from app import clock
from app.accounts.permissions import public
from app.config import settings
from app.registers import editions
from app.registers.site import (
    STYLESHEET,
    index_page,
    query_address,
    register_page,
    site_languages,
)
from app.web.i18n import current_language
from app.web.security import cacheable

blueprint = Blueprint("notices", __name__, url_prefix="/notices")
log = structlog.get_logger()

# Seconds: pages change when something is published; archived files never do.
_PAGE_AGE = 300
_FILE_AGE = 86400


@blueprint.get("/")
@public
@cacheable
def index() -> Response:
    """All public notices."""
    notices = editions.public_notices(clock.today())
    content = index_page(
        notices,
        _chosen(site_languages(notices)),
        organisation=settings().organisation,
        address=query_address,
    )
    return _page(content)


@blueprint.get("/notice.css")
@public
@cacheable
def stylesheet() -> Response:
    """The stylesheet, where the archived pages look for it."""
    answer = Response(STYLESHEET.read_bytes(), mimetype="text/css")
    return _kept(answer, _PAGE_AGE)


@blueprint.get("/<string:key>/")
@blueprint.get("/<string:key>/index.html")
@public
@cacheable
def register(key: str) -> Response:
    """The notices of a register: in force, to come, past."""
    notice = editions.public_notice(key, clock.today())
    code = _chosen(notice.languages)
    content = register_page(
        notice,
        code,
        organisation=settings().organisation,
        address=query_address,
        home=query_address((code,), code),
    )
    return _page(content)


@blueprint.get("/<string:key>/<int:number>/<string:code>.html")
@public
@cacheable
def page(key: str, number: int, code: str) -> Response:
    """An archived notice, byte for byte."""
    return _archived(key, number, code, editions.HTML)


@blueprint.get("/<string:key>/<int:number>/<string:code>.pdf")
@public
@cacheable
def printed(key: str, number: int, code: str) -> Response:
    """An archived notice as the PDF that was made with it."""
    return _archived(key, number, code, editions.PDF)


def _archived(key: str, number: int, code: str, media_type: str) -> Response:
    try:
        file = editions.edition_file(key, number, code, media_type)
    except editions.NoticeTampered as problem:
        log.exception("notice_tampered", file_id=problem.file_id)
        raise
    answer = Response(file.content, mimetype=media_type)
    answer.set_etag(file.sha256)
    return _kept(answer, _FILE_AGE)


def _chosen(languages: Sequence[str]) -> str:
    """Of the languages of a page the one asked for, else what the reader or the browser prefers."""
    asked = request.args.get("language", "")
    preferred = request.accept_languages.best_match(languages) or languages[0]
    return next(c for c in (asked, current_language(), preferred) if c in languages)


def _page(content: bytes) -> Response:
    answer = Response(content, mimetype="text/html")
    answer.vary.add("Accept-Language")
    return _kept(answer, _PAGE_AGE)


def _kept(answer: Response, seconds: int) -> Response:
    answer.cache_control.public = True
    answer.cache_control.max_age = seconds
    if not answer.get_etag()[0]:
        answer.add_etag()
    answer.make_conditional(request)
    return answer
