"""The Merkle tree of RFC 6962 over the entries of the log: hashes, roots, proofs. Pure.

Only complete subtrees are ever looked up: `node(level, idx)` is the hash of the `idx`-th subtree of
2^level leaves from the left, `node(0, idx)` the hash of a leaf. A complete subtree never changes,
so it can be stored once and for all; everything about any size of the log follows from these.
"""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

HASH_BYTES = 32
# The height of a block, see `BlockTree`: 4096 entries.
BLOCK_LEVEL = 12
EMPTY_ROOT = sha256(b"").digest()

NodeReader = Callable[[int, int], bytes]


def leaf_hash(data: bytes) -> bytes:
    """The hash of one entry (RFC 6962, 2.1: the prefix keeps leaves and nodes apart)."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two neighbouring subtrees."""
    return sha256(b"\x01" + left + right).digest()


class Tree:
    """The nodes of a tree held in memory, level by level; grows at its right edge."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self.levels: list[list[bytes]] = [[]]
        self.extend(leaves)

    @property
    def size(self) -> int:
        """The number of leaves."""
        return len(self.levels[0])

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add leaf hashes and every subtree they complete."""
        self.levels[0].extend(leaves)
        level = 0
        while len(self.levels[level]) > 1:
            below = self.levels[level]
            level += 1
            if level == len(self.levels):
                self.levels.append([])
            done = 2 * len(self.levels[level])
            pairs = zip(below[done::2], below[done + 1 :: 2], strict=False)
            self.levels[level].extend(
                sha256(b"\x01" + left + right).digest() for left, right in pairs
            )

    def node(self, level: int, idx: int) -> bytes:
        """The hash of a complete subtree."""
        return self.levels[level][idx]


class BlockTree:
    """A tree of any size that is gone through once, from left to right, block by block.

    Holds the present block and one hash for each whole block before it, so that a log of millions
    is verified in little memory.
    """

    def __init__(self, level: int = BLOCK_LEVEL) -> None:
        self._level = level
        self.block_size = 1 << level
        self.start = 0
        self.block = Tree()
        self.blocks = Tree()

    @property
    def size(self) -> int:
        """The number of leaves so far."""
        return self.start + self.block.size

    def go_on(self, leaves: Sequence[bytes]) -> None:
        """Take the next block: `block_size` leaf hashes, fewer only at the end of the log."""
        self.start += self.block.size
        self.block = Tree(leaves)
        if self.block.size == self.block_size:
            self.blocks.extend([self.block.node(self._level, 0)])

    def node(self, level: int, idx: int) -> bytes:
        """The hash of a complete subtree that is a whole block, above one, or in this block."""
        if level >= self._level:
            return self.blocks.node(level - self._level, idx)
        return self.block.node(level, idx - (self.start >> level))


class Frontier:
    """The right edge of a growing tree: all that is needed to add leaves and to know the root."""

    def __init__(self, size: int = 0, hashes: Iterable[bytes] = ()) -> None:
        self.size = size
        self._hashes = list(hashes)

    def append(self, leaf: bytes) -> list[tuple[int, int, bytes]]:
        """Add a leaf hash; the inner nodes this completes, as (level, idx, hash)."""
        nodes = []
        level, found = 0, leaf
        while self.size >> level & 1:
            found = node_hash(self._hashes.pop(), found)
            level += 1
            nodes.append((level, self.size >> level, found))
        self._hashes.append(found)
        self.size += 1
        return nodes

    def root(self) -> bytes:
        """The root hash."""
        return _fold(self._hashes) if self._hashes else EMPTY_ROOT


def peaks(size: int) -> list[tuple[int, int]]:
    """The complete subtrees, as (level, idx) from left to right, that make up a tree of `size`."""
    found = []
    start = 0
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            found.append((level, start >> level))
            start += 1 << level
    return found


def completed(size: int) -> int:
    """How many inner nodes (complete subtrees of two leaves or more) a tree of `size` has."""
    return sum(size >> level for level in range(1, size.bit_length()))


def root(size: int, node: NodeReader) -> bytes:
    """The root hash of the first `size` leaves."""
    return _range_hash(0, size, node) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, node: NodeReader) -> list[bytes]:
    """The hashes that lead from leaf `index` to the root of the first `size` leaves.

    `IndexError` unless 0 <= index < size.
    """
    if not 0 <= index < size:
        raise IndexError(index)
    proof: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _left_part(end - start)
        if index < middle:
            proof.append(_range_hash(middle, end, node))
            end = middle
        else:
            proof.append(_range_hash(start, middle, node))
            start = middle
    return proof[::-1]


def consistency_proof(first: int, second: int, node: NodeReader) -> list[bytes]:
    """The hashes which show that the first `first` of `second` leaves are those of old.

    `IndexError` unless 0 < first <= second.
    """
    if not 0 < first <= second:
        raise IndexError(first)
    proof: list[bytes] = []
    start, end = 0, second
    while first != end:
        middle = start + _left_part(end - start)
        if first <= middle:
            proof.append(_range_hash(middle, end, node))
            end = middle
        else:
            proof.append(_range_hash(start, middle, node))
            start = middle
    # The old root itself is known to whoever asks; a part of it is not.
    if start:
        proof.append(_range_hash(start, end, node))
    return proof[::-1]


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], expected_root: bytes
) -> bool:
    """Whether `proof` shows that `leaf` is entry `index` of the tree (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    position, last, found = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if position & 1 or position == last:
            found = node_hash(sibling, found)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and found == expected_root


def verify_consistency(
    first: int, second: int, first_root: bytes, second_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether `proof` shows that the larger tree only added to the smaller (RFC 9162, 2.1.4.2)."""
    if not 0 < first <= second:
        return False
    if first == second:
        return not proof and first_root == second_root
    hashes = list(proof) if first & (first - 1) else [first_root, *proof]
    if not hashes:
        return False
    # Levels at which the old tree's last leaf is a right child were complete then already.
    done = ((first - 1) ^ first).bit_length() - 1
    return _climb_both(first - 1 >> done, second - 1 >> done, hashes) == (first_root, second_root)


def _climb_both(position: int, last: int, hashes: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """The roots of the old and of the new tree that a consistency proof leads to."""
    old = new = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return None
        if position & 1 or position == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        position, last = position >> 1, last >> 1
    return (old, new) if last == 0 else None


def _range_hash(start: int, end: int, node: NodeReader) -> bytes:
    """The hash over leaves [start, end) where start is a boundary of the tree."""
    return _fold([node(level, (start >> level) + idx) for level, idx in peaks(end - start)])


def _fold(hashes: Sequence[bytes]) -> bytes:
    found = hashes[-1]
    for left in hashes[-2::-1]:
        found = node_hash(left, found)
    return found


def _left_part(size: int) -> int:
    """The largest power of two below `size`: where RFC 6962 splits a range."""
    return 1 << (size - 1).bit_length() - 1
