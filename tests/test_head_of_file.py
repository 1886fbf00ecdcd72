"""What the head of a record file says holds for each of its entries that says nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.folders import ACTS, ENTRIES, FILES, SOURCES, loaded, one_problem, problems

HEAD = "recorded: 2025-01-01\nrecorded by: the tests\n"
BARE = "  - {id: bare, kind: membership, party: KAZ, of: organisation, from: 2001-01-01}\n"
OWN = "  - {id: own, kind: membership, party: RUS, of: organisation, from: 2001-01-01, evidence: [{known: recalled}]}\n"


def test_evidence_at_the_head_is_that_of_each_entry_without_its_own(tmp_path: Path) -> None:
    text = f"{HEAD}evidence: [{{source: page}}, {{source: other}}]\nentries:\n{BARE}{OWN}{ENTRIES}"
    record = loaded(tmp_path, {ACTS: text, SOURCES: FILES[SOURCES] + "other: {kind: named-media}\n"}).record
    assert record.sources_of("bare") == ("page", "other")
    assert (record.sources_of("own"), record.strength("own")) == ((), "recalled")


def test_without_evidence_at_the_head_an_entry_without_its_own_is_refused(tmp_path: Path) -> None:
    told = one_problem(tmp_path, {ACTS: f"{HEAD}entries:\n{ENTRIES}{BARE}"})
    assert (told.what, told.line) == ("The key “evidence” is missing.", 3 + ENTRIES.count("\n") + 1)


@pytest.mark.parametrize(
    ("evidence", "says"),
    [
        ("evidence: [{sorce: page}]", "“sorce”"),
        ("evidence: []", "“evidence” holds too little: at least 1 is needed."),
        ("evidence:", "The key “evidence” has nothing after it."),
        ("evidence: page", "“evidence” should be a list, not “page”."),
    ],
)
def test_a_fault_of_the_evidence_at_the_head_is_told_once_on_its_line(
    evidence: str, says: str, tmp_path: Path
) -> None:
    found = problems(
        tmp_path, {ACTS: f"{HEAD}{evidence}\nentries:\n{BARE}{BARE.replace('bare', 'two')}{ENTRIES}"}
    )
    assert {problem.line for problem in found} == {3}
    assert any(says in problem.what for problem in found)


def test_a_source_at_the_head_that_is_not_listed_is_told_of_each_entry(tmp_path: Path) -> None:
    told = one_problem(tmp_path, {ACTS: f"{HEAD}evidence: [{{source: pge}}]\nentries:\n{BARE}{ENTRIES}"})
    assert told.what == "“bare” names the source “pge”, which is not in sources.yaml."
