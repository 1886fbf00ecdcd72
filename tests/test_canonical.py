"""The one byte form of an entry (RFC 8785) and the tree over all of them (RFC 6962), by known answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.record.canonical import canonical, tree_root
from tests.folders import EVIDENCE, acts, loaded

HEADED = "kind: national-office, state: ARM, role: head-of-state, title: president, from: 2001-01-01"

# the leaves and roots of the test vectors of Certificate Transparency, the log that RFC 6962 describes
LEAVES = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
]  # fmt: skip
ROOTS = [
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


@pytest.mark.parametrize("size", range(len(ROOTS)))
def test_the_root_is_the_merkle_tree_hash_of_rfc_6962(size: int) -> None:
    assert tree_root([bytes.fromhex(leaf) for leaf in LEAVES[:size]]) == ROOTS[size]


def test_an_entry_is_canonical_json_of_rfc_8785_without_defaults(tmp_path: Path) -> None:
    entry = loaded(
        tmp_path, acts(f'id: x, {HEADED}, person: "Ø\\n\\"ф", acting: false, {EVIDENCE}')
    ).record.by_id["x"]
    expected = (
        '{"evidence":[{"source":"page"}],"from":"2001-01-01","id":"x","kind":"national-office",'
        '"person":"Ø\\n\\"ф","recorded":"2025-01-01","recorded by":"the tests","role":"head-of-state",'
        '"state":"ARM","title":"president"}'
    )
    assert canonical(entry).decode() == expected
