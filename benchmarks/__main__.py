"""Prints each measured figure as a ratio to its raw limit, both sides alternating in one run."""

import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from app import create_app
from app.audit.events import Event
from app.audit.services import record, sequence_pending, verify_log
from app.config import Settings
from app.crypto import create_keys
from app.db import db, transaction
from app.db.migrate import upgrade

ROUNDS = 15
RESULTS = Path(__file__).parent / "results.json"


def rate(act: Callable[[], object], seconds: float = 0.15) -> float:
    """How often per second `act` runs, measured over one short slice."""
    count, started = 0, time.perf_counter()
    while (elapsed := time.perf_counter() - started) < seconds:
        act()
        count += 1
    return count / elapsed


def paired(ours: Callable[[], object], raw: Callable[[], object]) -> dict[str, float]:
    """Median rates of both sides and the median of their ratio over alternating rounds."""
    ours(), raw()
    rounds = [(rate(ours), rate(raw)) for _round in range(ROUNDS)]
    return {
        "ours_per_s": round(statistics.median(a for a, _b in rounds), 1),
        "raw_per_s": round(statistics.median(b for _a, b in rounds), 1),
        "ratio": round(statistics.median(a / b for a, b in rounds), 2),
    }


def append_to_log() -> None:
    """One audit entry, durable on its own (goal P1)."""
    with transaction():
        record(Event.AUTH_SIGNED_IN, actor_id=1, details={"method": "password"})


def main() -> None:
    """Measure P1 and P9 on a fresh SQLite instance and print them as a table and as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(instance_path=Path(folder)))
        with app.app_context():
            upgrade(db.engine)
            create_keys()
            descriptor = os.open(Path(folder) / "raw", os.O_CREAT | os.O_WRONLY)
            block = os.urandom(4096)

            def raw_write() -> None:
                os.pwrite(descriptor, block, 0)
                os.fdatasync(descriptor)

            results = {
                "P1 durable audit append : fdatasync of 4 KiB": paired(append_to_log, raw_write)
            }
            sequence_pending()
            started = time.perf_counter()
            report = verify_log()
            results["P9 log verification"] = {
                "entries": report.size,
                "entries_per_s": round(report.size / (time.perf_counter() - started)),
            }
            db.engine.dispose()
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    for name, figures in results.items():
        print(f"{name:<50} {figures}")


if __name__ == "__main__":
    main()
