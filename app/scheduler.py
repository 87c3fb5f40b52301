"""What happens by itself while the program serves: entries get their place in the log, and the
log's state is signed."""

from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask

from app.audit.services import sequence_pending, sign_checkpoint
from app.documents.services import catch_up_clocks


def start_scheduler(app: Flask) -> BackgroundScheduler:
    """Start the jobs of one installation in a thread of this process."""
    scheduler = BackgroundScheduler(timezone="UTC")
    jobs = (
        (sequence_log, {"seconds": 5}),
        (sign_log, {"minutes": 5}),
        (catch_up, {"hours": 24}),
    )
    for job, every in jobs:
        scheduler.add_job(job, "interval", args=[app], max_instances=1, coalesce=True, **every)
    scheduler.start()
    return scheduler


def sequence_log(app: Flask) -> None:
    """Give the entries recorded since the last time their place in the log."""
    with app.app_context():
        sequence_pending()


def sign_log(app: Flask) -> None:
    """Sign the state of the log, if anything was added to it."""
    with app.app_context():
        sign_checkpoint()


def catch_up(app: Flask) -> None:
    """Compute the clocks anew that later events moved: a new episode, a withdrawn consent."""
    with app.app_context():
        catch_up_clocks()
