"""What a verification says, and the verification of an exported log by an outsider.

The export is one payload per line, entry number n on line n+1. With it, a signed checkpoint and the
verification key, anyone can recompute the root: neither the database nor the network is needed.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path

from app.audit.checkpoint import CheckpointRefused, Verifier
from app.audit.tree import EMPTY_ROOT, BlockTree, leaf_hash, root


class Status(StrEnum):
    """The outcome of a verification."""

    INTACT = "intact"
    TAMPERED = "tampered"
    # There is nothing to compare with: no checkpoint, or one that cannot be read.
    UNUSABLE = "unusable"


class Problem(StrEnum):
    """What was found wrong first."""

    OUT_OF_SEQUENCE = "out_of_sequence"
    ENTRY_CHANGED = "entry_changed"
    COLUMNS_DIFFER = "columns_differ"
    TREE_DIFFERS = "tree_differs"
    SHORTER_THAN_SIGNED = "shorter_than_signed"
    NOT_AS_SIGNED = "not_as_signed"
    CHECKPOINT_FORGED = "checkpoint_forged"
    CHECKPOINT_LOST = "checkpoint_lost"
    NEVER_SIGNED = "never_signed"


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """The result: how many entries there are, how many a signature covers, what is wrong first.

    `bad_seq` is the first entry that is wrong; where only the tree or a signature disagrees, the
    first one that may be: everything before it is proved.
    """

    status: Status
    size: int
    signed_size: int
    root: str
    problem: Problem | None = None
    bad_seq: int | None = None

    @property
    def exit_code(self) -> int:
        """0 intact, 1 tampered, 2 unusable."""
        return list(Status).index(self.status)


def verify_export(log: Path, notes: Sequence[str], vkey: str) -> VerifyReport:
    """Verify an exported log against signed checkpoints.

    Raises `CheckpointRefused` for a malformed key and `OSError` for an unreadable file.
    """
    verifier = Verifier.parse(vkey)
    try:
        signed = [verifier.open_checkpoint(note) for note in notes]
    except CheckpointRefused:
        return VerifyReport(Status.UNUSABLE, 0, 0, EMPTY_ROOT.hex(), Problem.CHECKPOINT_FORGED)
    roots = _roots(log, {checkpoint.size for checkpoint in signed})
    size, top = max(roots.items())
    good = 0
    for checkpoint in sorted(signed, key=lambda checkpoint: checkpoint.size):
        found = roots.get(checkpoint.size)
        if found != checkpoint.root:
            problem = Problem.NOT_AS_SIGNED if found else Problem.SHORTER_THAN_SIGNED
            bad_seq = good if found else size
            return VerifyReport(Status.TAMPERED, size, good, top.hex(), problem, bad_seq)
        good = checkpoint.size
    if not signed:
        return VerifyReport(Status.UNUSABLE, size, 0, top.hex(), Problem.NEVER_SIGNED)
    return VerifyReport(Status.INTACT, size, good, top.hex())


def _roots(log: Path, wanted: Collection[int]) -> dict[int, bytes]:
    """The root hashes of an exported log at the `wanted` sizes and at its end."""
    tree = BlockTree()
    roots = {0: EMPTY_ROOT}
    with log.open("rb") as lines:
        while block := list(islice(lines, tree.block_size)):
            tree.go_on([leaf_hash(line.removesuffix(b"\n")) for line in block])
            for size in sorted(wanted):
                if tree.start < size <= tree.size:
                    roots[size] = root(size, tree.node)
    return roots | {tree.size: root(tree.size, tree.node)}
