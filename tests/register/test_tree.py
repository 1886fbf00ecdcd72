"""The tree and its proofs, beside the definitions of RFC 6962 and by known answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.problems import Altered
from foedus.register.log.proofs import Prover, check_consistency, check_inclusion
from foedus.register.log.tree import Tree, leaf_hash, root_of
from foedus.register.memory import MemoryRegister
from tests.register import naive
from tests.test_canonical import LEAVES, ROOTS

ENTRIES = [bytes.fromhex(leaf) for leaf in LEAVES]
MANY = [b"%d" % number for number in range(700)]


# known answers: the reference tree of Certificate Transparency's tests
def _hex(*hashes: str) -> list[bytes]:
    return [bytes.fromhex(text) for text in hashes]


INCLUSION = [  # (index, size, proof)
    (0, 1, []),
    (
        0, 8,
        _hex(
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ),
    ),
    (
        5, 8,
        _hex(
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ),
    ),
    (2, 3, _hex("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")),
    (
        1, 5,
        _hex(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ),
    ),
]  # fmt: skip
CONSISTENCY = [  # (earlier, size, proof)
    (1, 1, []),
    (
        1, 8,
        _hex(
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ),
    ),
    (
        6, 8,
        _hex(
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ),
    ),
    (
        2, 5,
        _hex(
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ),
    ),
]  # fmt: skip


def _prover(entries: list[bytes]) -> Prover:
    register = MemoryRegister()
    register.append([entry or b"-" for entry in entries])
    return Prover(register.hashes)


def _reference() -> Prover:
    """Proofs over the reference leaves, the first of which is empty and so no entry of a register."""
    tree = [leaf_hash(entry) for entry in ENTRIES]
    return Prover(lambda rank, first, until: tree[first:until] if rank == 0 else [])


@pytest.mark.parametrize("size", range(len(ROOTS)))
def test_the_root_grows_as_in_the_reference_tree(size: int) -> None:
    assert root_of(leaf_hash(entry) for entry in ENTRIES[:size]).hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size", "proof"), INCLUSION)
def test_inclusion_proofs_are_those_of_the_reference_tree(index: int, size: int, proof: list[bytes]) -> None:
    assert _reference().inclusion(index, size) == proof
    check_inclusion(index, size, leaf_hash(ENTRIES[index]), proof, bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize(("earlier", "size", "proof"), CONSISTENCY)
def test_consistency_proofs_are_those_of_the_reference_tree(
    earlier: int, size: int, proof: list[bytes]
) -> None:
    assert _reference().consistency(earlier, size) == proof
    check_consistency(earlier, size, proof, bytes.fromhex(ROOTS[earlier]), bytes.fromhex(ROOTS[size]))


sizes = st.integers(1, 300) | st.sampled_from([511, 512, 513, 700])


@given(size=sizes, pauses=st.sets(st.integers(1, 699), max_size=40))
def test_a_tree_that_grows_in_any_steps_has_the_root_of_its_definition(size: int, pauses: set[int]) -> None:
    tree, at = Tree(), 0
    for until in (*sorted(pause for pause in pauses if pause < size), size):
        tree, _ = tree.grown(leaf_hash(entry) for entry in MANY[at:until])
        at = until
    assert tree.root == naive.root(MANY[:size])
    assert Tree.unpacked(size, tree.packed()) == tree


WHOLE = _prover(MANY)


@given(size=sizes, data=st.data())
def test_an_inclusion_proof_is_that_of_its_definition_and_checks(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof = WHOLE.inclusion(index, size)
    assert proof == naive.path(index, MANY[:size])
    check_inclusion(index, size, leaf_hash(MANY[index]), proof, naive.root(MANY[:size]))


@given(size=sizes, data=st.data())
def test_a_consistency_proof_is_that_of_its_definition_and_checks(size: int, data: st.DataObject) -> None:
    earlier = data.draw(st.integers(1, size))
    proof = WHOLE.consistency(earlier, size)
    assert proof == naive.proof(earlier, MANY[:size])
    check_consistency(earlier, size, proof, naive.root(MANY[:earlier]), naive.root(MANY[:size]))


@given(size=st.integers(2, 300), data=st.data())
def test_a_proof_with_anything_changed_is_refused(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    root, leaf = WHOLE.root(size), leaf_hash(MANY[index])
    proof = WHOLE.inclusion(index, size)
    which = data.draw(st.integers(0, len(proof) - 1))
    bit = data.draw(st.integers(0, 255))
    flipped = (int.from_bytes(proof[which], "big") ^ 1 << bit).to_bytes(32, "big")
    for spoilt in (
        [*proof[:which], flipped, *proof[which + 1 :]],
        [*proof[:which], *proof[which + 1 :]],
        [*proof, flipped],
    ):
        with pytest.raises(Altered):
            check_inclusion(index, size, leaf, spoilt, root)
    with pytest.raises(Altered):
        check_inclusion(index, size, leaf_hash(b"something else"), proof, root)


@given(size=st.integers(2, 300), data=st.data())
def test_a_tree_that_was_rewritten_does_not_continue_the_earlier(size: int, data: st.DataObject) -> None:
    earlier = data.draw(st.integers(1, size - 1))
    changed = data.draw(st.integers(0, earlier - 1))
    entries = [*MANY[:changed], b"rewritten", *MANY[changed + 1 : size]]
    other = _prover(entries)
    with pytest.raises(Altered, match=f"The tree of {size} entries does not continue the one of {earlier}"):
        check_consistency(
            earlier, size, other.consistency(earlier, size), WHOLE.root(earlier), other.root(size)
        )


def test_every_tree_continues_the_empty_one_and_none_a_longer() -> None:
    assert WHOLE.consistency(0, 5) == []
    check_consistency(0, 5, [], WHOLE.root(0), WHOLE.root(5))
    with pytest.raises(Altered):
        check_consistency(0, 5, [], WHOLE.root(1), WHOLE.root(5))
    with pytest.raises(Altered):
        check_consistency(6, 5, [], WHOLE.root(6), WHOLE.root(5))
    with pytest.raises(Altered):
        check_consistency(5, 5, [], WHOLE.root(6), WHOLE.root(5))


@pytest.mark.parametrize(("index", "size"), [(5, 5), (-1, 5), (0, 0)])
def test_there_is_no_proof_of_an_entry_outside_the_tree(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="There is no entry"):
        WHOLE.inclusion(index, size)
    with pytest.raises(Altered, match="There is no entry"):
        check_inclusion(index, size, leaf_hash(b"0"), [], WHOLE.root(1))
