"""The Merkle tree: compared with published hashes and with an independent implementation."""

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from app.audit.tree import (
    EMPTY_ROOT,
    Frontier,
    Tree,
    completed,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    peaks,
    root,
    verify_consistency,
    verify_inclusion,
)

LARGEST = 130

# The leaves and the roots of the first 0…8 of them, as the tests of Certificate Transparency have
# them.
PUBLISHED_LEAVES = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
PUBLISHED_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def entry(number: int) -> bytes:
    return f"entry {number}".encode()


@pytest.fixture(scope="module")
def tree() -> Tree:
    return Tree(leaf_hash(entry(number)) for number in range(LARGEST))


@pytest.fixture(scope="module")
def oracle() -> InmemoryTree:
    oracle = InmemoryTree(algorithm="sha256")
    for number in range(LARGEST):
        oracle.append_entry(entry(number))
    return oracle


def test_published_roots_are_met() -> None:
    tree = Tree(leaf_hash(bytes.fromhex(leaf)) for leaf in PUBLISHED_LEAVES)

    assert [root(size, tree.node).hex() for size in range(9)] == PUBLISHED_ROOTS


def test_every_root_is_the_oracle_s(tree: Tree, oracle: InmemoryTree) -> None:
    for size in range(1, LARGEST + 1):
        assert root(size, tree.node) == oracle.get_root(size)


def test_every_entry_is_proved_to_be_in_every_larger_tree(tree: Tree, oracle: InmemoryTree) -> None:
    for size in range(1, LARGEST + 1):
        top = oracle.get_root(size)
        for index in range(size):
            proof = inclusion_proof(index, size, tree.node)
            assert len(proof) <= size.bit_length()
            assert verify_inclusion(leaf_hash(entry(index)), index, size, proof, top)


def test_every_tree_is_proved_to_continue_every_smaller_one(
    tree: Tree, oracle: InmemoryTree
) -> None:
    for second in range(1, LARGEST + 1):
        for first in range(1, second + 1):
            proof = consistency_proof(first, second, tree.node)
            roots = oracle.get_root(first), oracle.get_root(second)
            assert verify_consistency(first, second, *roots, proof)


def test_forged_inclusion_is_refused(tree: Tree) -> None:
    chance = random.Random(6962)  # noqa: S311  # picks cases, protects nothing
    for _ in range(2000):
        size = chance.randint(2, LARGEST)
        index, other = chance.sample(range(size), 2)
        proof, top = inclusion_proof(index, size, tree.node), root(size, tree.node)
        leaf = tree.node(0, index)
        flipped = list(proof)
        at = chance.randrange(len(proof))
        flipped[at] = bytes([flipped[at][0] ^ 1]) + flipped[at][1:]

        assert not verify_inclusion(leaf, index, size, flipped, top)
        assert not verify_inclusion(leaf, index, size, proof[:-1], top)
        assert not verify_inclusion(leaf, index, size, [*proof, bytes(32)], top)
        assert not verify_inclusion(leaf, other, size, proof, top)
        assert not verify_inclusion(tree.node(0, other), index, size, proof, top)


def test_forged_consistency_is_refused(tree: Tree) -> None:
    chance = random.Random(9162)  # noqa: S311  # picks cases, protects nothing
    for _ in range(2000):
        first, second = sorted(chance.sample(range(1, LARGEST + 1), 2))
        proof = consistency_proof(first, second, tree.node)
        old, new = root(first, tree.node), root(second, tree.node)
        flipped = list(proof)
        at = chance.randrange(len(proof))
        flipped[at] = bytes([flipped[at][0] ^ 1]) + flipped[at][1:]

        assert not verify_consistency(first, second, old, new, flipped)
        assert not verify_consistency(first, second, old, new, proof[:-1])
        assert not verify_consistency(first, second, old, new, [*proof, bytes(32)])
        assert not verify_consistency(first, second, new, old, proof)
        assert not verify_consistency(first, second, bytes(32), new, proof)


def test_a_tree_that_was_rewritten_continues_nothing(tree: Tree) -> None:
    rewritten = Tree(leaf_hash(entry(n) + b"!" * (n == 3)) for n in range(LARGEST))
    old, new = root(50, tree.node), root(LARGEST, rewritten.node)

    proof = consistency_proof(50, LARGEST, rewritten.node)

    assert not verify_consistency(50, LARGEST, old, new, proof)


@pytest.mark.parametrize(("index", "size"), [(-1, 5), (5, 5), (0, 0)])
def test_what_is_not_in_the_tree_has_no_proof(tree: Tree, index: int, size: int) -> None:
    with pytest.raises(IndexError):
        inclusion_proof(index, size, tree.node)
    assert not verify_inclusion(bytes(32), index, size, [], EMPTY_ROOT)


@pytest.mark.parametrize(("first", "second"), [(0, 5), (6, 5), (0, 0)])
def test_a_larger_tree_does_not_lead_to_a_smaller(tree: Tree, first: int, second: int) -> None:
    with pytest.raises(IndexError):
        consistency_proof(first, second, tree.node)
    assert not verify_consistency(first, second, bytes(32), bytes(32), [])


def test_the_same_tree_needs_no_proof() -> None:
    assert verify_consistency(5, 5, b"x", b"x", [])
    assert not verify_consistency(5, 5, b"x", b"x", [bytes(32)])
    assert not verify_consistency(5, 5, b"x", b"y", [])


def test_a_leaf_is_never_taken_for_a_node(tree: Tree) -> None:
    pair = tree.node(0, 0) + tree.node(0, 1)

    assert leaf_hash(pair) != root(2, tree.node)


@given(st.integers(min_value=0, max_value=1 << 40))
def test_peaks_cover_the_tree_without_gap_from_large_to_small(size: int) -> None:
    found = peaks(size)
    bounds = [(idx << level, (idx + 1) << level) for level, idx in found]

    assert sum(1 << level for level, _ in found) == size
    assert all(end == start for (_, end), (start, _) in pairwise(bounds))
    assert [level for level, _ in found] == sorted({level for level, _ in found}, reverse=True)


@given(st.integers(0, 200), st.integers(0, 200))
def test_growing_from_the_edge_gives_the_nodes_of_the_whole(before: int, added: int) -> None:
    leaves = [leaf_hash(entry(number)) for number in range(before + added)]
    whole = Tree(leaves)
    edge = Frontier(before, [whole.node(*peak) for peak in peaks(before)])

    new = [node for leaf in leaves[before:] for node in edge.append(leaf)]

    assert edge.root() == root(before + added, whole.node)
    assert all(whole.node(level, idx) == digest for level, idx, digest in new)
    assert len(new) == completed(before + added) - completed(before)
