"""What happens by itself while the program serves: entries get their place in the log, the log's
state is signed, and once a day what was left undone is made up for."""

from collections.abc import Callable
from datetime import datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask

from app import clock
from app.audit.services import sequence_pending, sign_checkpoint
from app.documents.services import catch_up_clocks, follow_changes, sweep_orphans
from app.registers.services import renew_editions

SETTLED = timedelta(minutes=1)


def start_scheduler(app: Flask) -> BackgroundScheduler:
    """Start the jobs of one installation in a thread of this process."""
    scheduler = BackgroundScheduler(
        timezone="UTC",
        # A job that is late (a busy start, a machine that slept) runs once, as soon as it can.
        job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None},
    )
    jobs: tuple[tuple[Callable[[Flask], None], dict[str, int | datetime]], ...] = (
        (sequence_log, {"seconds": 5}),
        (sign_log, {"minutes": 5}),
        # Soon after the start, too: a program that is restarted every night would never reach its
        # 24 hours. Not at once: the server's worker is forked first, from a process at rest.
        (catch_up, {"hours": 24, "next_run_time": clock.now() + SETTLED}),
    )
    for job, every in jobs:
        scheduler.add_job(job, "interval", args=[app], **every)
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
    """Compute the clocks anew that later events moved: a new episode, a withdrawn consent, a
    changed retention rule that takes earlier documents along. Then remove the keys and files
    that acts cut off before their commit have left behind, and archive the privacy notices whose
    periods a retention rule has changed."""
    with app.app_context():
        catch_up_clocks()
        follow_changes(clock.today())
        sweep_orphans()
        renew_editions(clock.today())
