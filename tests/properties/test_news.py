"""Late news against a fold of the whole record: whatever comes in and in whatever order, the timelines are the same.

And two laws the quick way rests on: what is told apart before it is made an event is what the event is; and what is
recorded in short is the same only if the steps are.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.engine import worlds
from foedus.engine.standing import Standing
from foedus.engine.tenures import Tenures
from foedus.engine.timelines import Segment, Timeline
from foedus.record.live import repaired
from foedus.record.record import Record
from foedus.secretariat import Organisation
from tests.properties import records

CHARTER = records.charter()
FEW = settings(max_examples=max(settings().max_examples // 5, 1))


def timelines(standing: Standing) -> dict[str, Timeline]:
    found = {name: standing.office(name) for name in standing.offices()}
    for organ in standing.organs():
        found |= {f"{organ} {whose}": seat for whose, seat in standing.seats(organ).items()}
    return found | {state: standing.party(state) for state in standing.parties()}


def assert_same(standing: Standing) -> None:
    """That a standing, however made, is as if made from its record alone."""
    record = standing.record
    fresh = Standing(CHARTER, Record(record.about, record.sources, record.entries, record.places))
    found, expected = timelines(standing), timelines(fresh)
    assert found.keys() == expected.keys()
    for name, timeline in found.items():
        assert timeline.course == expected[name].course
        assert list(map(told, timeline.segments)) == list(map(told, expected[name].segments))


def told(segment: Segment) -> object:
    """All that a segment says, its reason at length, but for its days."""
    branches = [(branch.holder, branch.ways, branch.grounds) for branch in segment.reason.branches]
    return segment.status, segment.possible, segment.authority, branches


@FEW
@given(st.data())
def test_a_record_as_known_on_other_days_gives_the_same_from_a_standing_of_another_day(
    data: st.DataObject,
) -> None:
    def draw(low: int, high: int) -> int:
        return data.draw(st.integers(low, high))

    record = records.record(draw, draw(3, 25))
    standing = None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worlds, "REST", draw(1, 3))  # so that there are rests in so short a record
        for _ in range(3):
            day = records.FIRST + timedelta(days=draw(0, records.DAYS))
            standing = Standing(CHARTER, record.known(day), standing)
            assert_same(standing)


@FEW
@given(st.data())
def test_an_act_that_comes_in_late_gives_what_the_whole_record_gives(data: st.DataObject) -> None:
    def draw(low: int, high: int) -> int:
        return data.draw(st.integers(low, high))

    record = records.record(draw, draw(3, 25)).known(None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worlds, "REST", draw(1, 3))
        standing = Standing(CHARTER, record)
        timelines(standing)
        for number in range(100, 103):
            act = records.act(draw, number, record.entries)
            if repaired(act) is None:
                record = record.adding(act)
                standing = Standing(CHARTER, record, standing)
                assert_same(standing)


@FEW
@given(st.data())
def test_every_timeline_as_known_on_a_day_stays_what_it_was_whatever_comes_in_later(
    data: st.DataObject,
) -> None:
    def draw(low: int, high: int) -> int:
        return data.draw(st.integers(low, high))

    record = records.record(draw, draw(3, 25))
    known = draw(0, records.DAYS - 1)
    day = records.FIRST + timedelta(days=known)
    organisation = Organisation(CHARTER, record)
    before = {name: timeline.course for name, timeline in timelines(organisation.standing(day)).items()}
    for number in range(100, 103):
        act = records.act(draw, number, organisation.record.entries)
        later = act.recorded.lasted(records.iso(draw(known + 1, records.DAYS)))
        organisation = organisation.adding(act.model_copy(update={"recorded": later}))
        organisation.standing().offices()
        after = {name: timeline.course for name, timeline in timelines(organisation.standing(day)).items()}
        assert after == before


@FEW
@given(st.data())
def test_entries_that_come_in_one_by_one_in_any_order_give_what_they_give_together(
    data: st.DataObject,
) -> None:
    # Of acts of one day, and of repairs recorded on one, the record's order decides: the days are all different here
    def draw(low: int, high: int) -> int:
        return data.draw(st.integers(low, high))

    record = records.settled(draw, draw(3, 15))
    expected = told_all(Standing(CHARTER, record.known(None)))
    arriving = data.draw(st.permutations(record.entries))
    organisation = Organisation(CHARTER, Record(record.about, {}, tuple(arriving[:1]), {}))
    for act in arriving[1:]:
        organisation.standing().office("chair")
        organisation = organisation.adding(act)
    assert told_all(organisation.standing()) == expected


def told_all(standing: Standing) -> object:
    """What the timelines say on every day, in whatever order."""
    days = [records.FIRST + timedelta(days=n) for n in range(-6, 2 * records.DAYS)]
    return {
        name: [
            (s.status, frozenset(p.holder for p in s.possible), s.authority) for s in map(timeline.at, days)
        ]
        for name, timeline in timelines(standing).items()
    }


@FEW
@given(st.data())
def test_an_entry_written_anew_under_its_old_name_gives_what_the_whole_record_gives(
    data: st.DataObject,
) -> None:
    def draw(low: int, high: int) -> int:
        return data.draw(st.integers(low, high))

    record = records.record(draw, draw(3, 20)).known(None)
    standing = Standing(CHARTER, record)
    timelines(standing)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worlds, "REST", 1)
        for place in (draw(0, len(record.entries) - 1) for _ in range(3) if record.entries):
            act = records.act(draw, 100, record.entries).model_copy(update={"id": record.entries[place].id})
            if repaired(act) is None:
                entries = (*record.entries[:place], act, *record.entries[place + 1 :])
                record = Record(record.about, record.sources, entries, record.places)
                standing = Standing(CHARTER, record, standing)
                assert_same(standing)


def test_a_term_whose_session_is_written_anew_is_told_anew_to_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # the tenure is the same as before from the day the hand-over that lapsed took effect, yet not its doubt: the record
    # does not claim to hold every session of the time that the term's own is now said to have opened in
    monkeypatch.setattr(worlds, "REST", 1)
    on, iso = records.written, records.iso
    gap = {"kind": "session", "grade": "sample", "from": iso(10), "until": iso(14)}
    about = records.head(40, [*({"kind": kind, "grade": "complete"} for kind in records.COVERED), gap])
    since = {"from": iso(0)}
    regular = {"kind": "session", "organ": "council", "type": "regular"}
    lapses = {
        "kind": "designation",
        "office": "chair",
        "to": "BLR",
        "effective": iso(17),
        "authority": "decided",
    }
    acts = [
        on(
            id="head",
            kind="national-office",
            state="KAZ",
            role="head-of-state",
            person="K",
            title="T",
            **since,
        ),
        on(id="member", kind="membership", party="KAZ", of="organisation", **since),
        on(id="s0", on=iso(2), host="KAZ", **regular),
        on(id="d0", opened_by="s0", **lapses),
        on(id="s1", on=iso(5), host="KAZ", **regular),
    ]
    before = Standing(CHARTER, Record(about, {}, tuple(acts), {}))
    assert before.office("chair").at(records.FIRST + timedelta(days=18)).status == "certain"
    acts[-1] = on(id="s1", on=iso(12), host="KAZ", **regular)
    after = Standing(CHARTER, Record(about, {}, tuple(acts), {}), before)
    assert after.office("chair").at(records.FIRST + timedelta(days=18)).status == "unknown"
    assert_same(after)


@FEW
@given(st.data())
def test_a_record_with_an_entry_added_knows_its_entries_as_if_read_with_it(data: st.DataObject) -> None:
    def draw(low: int, high: int) -> int:
        return data.draw(st.integers(low, high))

    record = records.record(draw, draw(1, 12))
    _ = record.by_id, record.last_recorded  # what is known already is carried on
    act = records.act(draw, 100, record.entries)
    added = record.adding(act)
    read = Record(record.about, record.sources, (*record.entries, act), record.places)
    assert added == read
    assert added.by_id == read.by_id
    assert added.last_recorded == read.last_recorded
    assert all(list(added.of_kind(kind)) == list(read.of_kind(kind)) for kind in map(type, read.entries))


@FEW
@given(st.data())
def test_an_act_told_as_plain_is_the_plain_event_it_would_be(data: st.DataObject) -> None:
    def draw(low: int, high: int) -> int:
        return data.draw(st.integers(low, high))

    standing = Standing(CHARTER, records.record(draw, draw(3, 25)).known(None))
    versions = standing.office_rules("chair")
    tenures = Tenures.read(standing.record, versions, standing.member_of("council"))
    for act in tenures.acts:
        plain = tenures.plainly(act)
        assert plain is None or plain == worlds.plainly(tenures.event(act))


@FEW
@given(st.data())
def test_segments_that_follow_each_other_say_different_things(data: st.DataObject) -> None:
    def draw(low: int, high: int) -> int:
        return data.draw(st.integers(low, high))

    standing = Standing(CHARTER, records.record(draw, draw(3, 25)).known(None))
    edges = {day for rule in standing.office_rules("chair") for day in (rule.period.start, rule.period.end)}
    for one, other in pairwise(standing.office("chair").segments):
        assert told(one) != told(other) or other.start in edges
