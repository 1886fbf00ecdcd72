"""The CSTO's record against the data it was compiled from: nothing lost, no date changed on the way."""

from __future__ import annotations

from typing import Any

import pytest
from ruamel.yaml import YAML

import foedus
from foedus.record.acts import Appointment, Designation, Entry, Expect, Membership, NationalOffice, Session
from foedus.terms.dates import When
from tests.conftest import SHARED_DATA

pytestmark = pytest.mark.data
Data = dict[str, Any]


@pytest.fixture(scope="module")
def data() -> Data:
    loaded: Data = YAML(typ="safe").load((SHARED_DATA / "csto" / "csto-record.yaml").read_text("utf-8"))
    return loaded


@pytest.fixture(scope="module")
def record() -> foedus.Organisation:
    return foedus.load("csto")


def span(date: object) -> tuple[str, str]:
    """Earliest and latest day of a date as the data writes it."""
    if isinstance(date, dict) and "between" in date:
        first, last = str(date["between"]).split("/")
        return first, last
    day = str(date["on"] if isinstance(date, dict) else date).split("/")[-1]
    return day, day


def spanned(when: When | None) -> tuple[str, str] | None:
    return None if when is None else (str(when.earliest), str(when.latest))


def of_kind(organisation: foedus.Organisation, kind: type[Entry]) -> list[Any]:
    return list(organisation.record.of_kind(kind))


def test_every_session_is_there_with_its_day_host_and_type(data: Data, record: foedus.Organisation) -> None:
    def types(kind: Any) -> tuple[str, ...]:
        return tuple(kind["one_of"]) if isinstance(kind, dict) else (kind,)

    theirs = sorted((span(s), s.get("host") or "", types(s["kind"])) for s in data["sessions"])
    ours = sorted((spanned(s.when), s.host or "", s.types) for s in of_kind(record, Session))
    assert ours == theirs


def test_every_hand_over_is_there_with_its_day_and_authority(data: Data, record: foedus.Organisation) -> None:
    theirs = sorted(
        (h["opened_by"], h["to"], h.get("from") or "", span(h["effective"]), h["authority"])
        for h in data["handovers"]
    )
    ours = sorted(
        (d.opened_by.partition("/")[0], d.to, d.from_ or "", spanned(d.effective), d.authority)
        for d in of_kind(record, Designation)
    )
    assert ours == theirs


def test_every_secretary_general_is_there(data: Data, record: foedus.Organisation) -> None:
    theirs = [
        (
            s["name"],
            s["state"],
            span(s["from"]),
            span(s["until"]) if "until" in s else None,
            s.get("acting", False),
        )
        for s in data["secretaries_general"]
    ]
    ours = [
        (a.person, a.state, spanned(a.from_), spanned(a.until), a.acting)
        for a in of_kind(record, Appointment)
    ]
    assert sorted(ours) == sorted(theirs)


@pytest.mark.parametrize("role", ["head-of-state", "head-of-government"])
def test_every_head_is_there(role: str, data: Data, record: foedus.Organisation) -> None:
    key = {"head-of-state": "heads_of_state", "head-of-government": "heads_of_government"}[role]
    theirs = sorted(
        (state, head["person"], head["office"], span(head["from"]), head.get("acting", False))
        for state, heads in data[key].items()
        for head in heads
    )
    ours = sorted(
        (o.state, o.person, o.title, spanned(o.from_), o.acting)
        for o in of_kind(record, NationalOffice)
        if o.role == role
    )
    assert ours == theirs
    ends = {
        (state, head["person"], span(head["from"]), span(head["until"]))
        for state, heads in data[key].items()
        for head in heads
        if "until" in head
    }
    for o in of_kind(record, NationalOffice):
        if o.role == role and o.until is not None:
            assert (o.state, o.person, spanned(o.from_), spanned(o.until)) in ends, o.id


def test_every_term_of_membership_is_there(data: Data, record: foedus.Organisation) -> None:
    terms = [
        (of, term)
        for of, key in (("treaty", "treaty_terms"), ("organisation", "organisation_terms"))
        for term in data["membership"][key]
    ]
    theirs = sorted(
        (of, term["state"], span(term["from"]), span(term["until"]) if "until" in term else ("", ""))
        for of, term in terms
    )
    ours = sorted(
        (m.of, m.party, spanned(m.from_), spanned(m.until) or ("", ""))
        for m in of_kind(record, Membership)
        if m.status == "member"
    )
    assert ours == theirs


def test_every_chair_that_a_page_names_is_expected(data: Data, record: foedus.Organisation) -> None:
    theirs = sorted((span(s)[1], s["chair"]) for s in data["sessions"] if "chair" in s)
    sessions = record.record.by_id
    ours = sorted((str(sessions[e.at].when.latest), e.holder.state) for e in of_kind(record, Expect))  # type: ignore[union-attr]
    assert ours == theirs


def test_every_source_is_there_with_its_address_and_kind(data: Data, record: foedus.Organisation) -> None:
    sources = record.record.sources
    for name, theirs in data["sources"].items():
        ours = sources[name]
        assert (ours.kind, ours.url, ours.published) == (
            theirs["kind"],
            theirs.get("url", ""),
            str(theirs.get("published", "")),
        ), name
