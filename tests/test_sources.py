"""What rests on each source, what rests on it alone, and what it is on record as silent about."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.accounts.sources import OfSource, source, sources
from foedus.problems import NotFound
from foedus.secretariat import opened
from tests.folders import SOURCES, acts, loaded, rule

TWO = {SOURCES: "page: {kind: agency}\nother: {kind: secondary, title: A study}\n"}


def other(where: Path, *evidence: str) -> OfSource:
    """The second source of a small folder, in which further statements rest on this evidence, one after the other."""
    said = [
        f"id: s{n}, kind: statement, by: {{state: ARM}}, says: so, evidence: [{chains}]"
        for n, chains in enumerate(evidence)
    ]
    return source(loaded(where, {**acts(*said), **TWO}).questions(), "other").sources[0]


@pytest.mark.parametrize(
    ("chains", "alone"),
    [
        ("{source: other}", True),
        ("{source: other}, {source: other, speaker: A}", True),
        ("{source: other}, {source: page}", False),
        ("{source: other}, {known: recalled}", False),
        ("{source: other}, {source: page, mode: denied}", True),  # a denial supports nothing
        ("{known: inferred, from: [other]}", True),
        ("{known: inferred, from: [other, page]}", False),
        ("{source: other, mode: expected}", False),
    ],
)
def test_an_entry_rests_on_a_source_alone_where_no_other_chain_supports_it(
    chains: str, tmp_path: Path, *, alone: bool
) -> None:
    (entry,) = other(tmp_path, chains).entries
    assert entry.alone is alone
    assert entry.supports is ("expected" not in chains)


def test_a_source_that_is_silent_is_told_apart_from_one_that_speaks(tmp_path: Path) -> None:
    found = other(tmp_path, "{source: page}, {source: other, mode: silent}", "{source: other}")
    assert [entry.id for entry in found.entries] == ["s1"]
    assert [line.id for line in found.silences] == ["s0"]


def test_rules_and_texts_that_name_a_source_rest_on_it(tmp_path: Path) -> None:
    more = rule(
        "{id: depot, kind: depositary, of: charter, state: ARM, in force: {from: c1}, basis: reported, sources: [other]}"
    )
    organisation = loaded(tmp_path, {**more, **TWO})
    (found,) = source(organisation.questions(), "other").sources
    assert [(r.id, r.citation, r.basis, r.alone) for r in found.rules] == [
        ("depot@c1", "Charter, Article 1", "reported", True)
    ]


def test_a_source_that_nothing_names_is_listed_all_the_same(tmp_path: Path) -> None:
    told = sources(loaded(tmp_path, TWO).questions()).sources
    assert [(each.id, each.name, len(each.entries)) for each in told] == [
        ("page", "page", 4),
        ("other", "A study", 0),
    ]


def test_a_source_is_found_by_the_beginning_of_its_id(tmp_path: Path) -> None:
    questions = loaded(tmp_path, TWO).questions()
    assert source(questions, "oth").sources[0].id == "other"
    with pytest.raises(NotFound, match="Did you mean “other”"):
        source(questions, "ohter")


# -- the CSTO's


def test_the_offer_of_a_working_group_rests_on_the_seed_alone() -> None:
    (seed,) = source(opened("csto").questions(), "seed").sources
    assert {"body/armenia-border-group", "arm-2022/2022-09-13-offer"} <= {entry.id for entry in seed.alone}
    assert "2022-11-23/yerevan" not in {entry.id for entry in seed.alone}


def test_the_seed_reports_that_the_tajik_website_is_silent_on_the_rest_of_a_speech() -> None:
    (seed,) = source(opened("csto").questions(), "seed").sources
    assert [line.id for line in seed.silences] == ["2022-11-23/yerevan/rahmon-border-silence"]
    assert "Tajik president's official website" in seed.silences[0].witnesses[0].told()


def test_every_source_of_an_entry_lists_that_entry() -> None:
    questions = opened("csto").questions()
    record = questions.standing.record
    listed = {
        (each.id, entry)
        for each in sources(questions).sources
        for entry in (*(e.id for e in each.entries), *(s.id for s in each.silences))
    }
    assert listed == {(name, entry.id) for entry in record.entries for name in record.sources_of(entry.id)}
