"""Reads the bytes of a file that anyone may have put there: never waits, never reads on and on."""

import errno
import os
import stat
from pathlib import Path

from app.web.i18n import gettext as _
from app.web.i18n import lazy_gettext as _l

_REASONS = {
    errno.ENOENT: _l("it is not there"),
    errno.EACCES: _l("it may not be read"),
    errno.EPERM: _l("it may not be read"),
    errno.ELOOP: _l("its links lead in a circle"),
    errno.ENAMETOOLONG: _l("its name is too long"),
    errno.EISDIR: _l("it is not an ordinary file"),
    errno.EIO: _l("it is not an ordinary file"),
    errno.ENXIO: _l("it is not an ordinary file"),
}


def read_bytes(path: Path, limit: int) -> bytes:
    """The content of an ordinary file; of one larger than `limit` bytes the first `limit` + 1.

    Raises OSError, also for a folder, a device, and a pipe, which is not waited for.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        with os.fdopen(descriptor, "rb", closefd=False) as stream:
            return stream.read(limit + 1)
    finally:
        os.close(descriptor)


def unreadable(error: OSError) -> tuple[str, str]:
    """Why a file or folder cannot be read and what to do, in the language in use."""
    reason = _REASONS.get(error.errno or 0, error.strerror or error)
    message = _("The file cannot be read: %(reason)s.", reason=reason)
    return message, _("Check that it exists and may be read.")
