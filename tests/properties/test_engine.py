"""The engine against a naive interpreter: random acts, corrections and late arrivals, every day looked at."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from foedus.charter.charter import Charter
from foedus.charter.read import read_charter
from foedus.engine.clusters import MAX_OVERLAP
from foedus.engine.standing import Standing
from foedus.engine.timelines import Segment
from foedus.record.about import ABOUT, About
from foedus.record.acts import ACTS, AnyAct, Designation, Session, Withdraws
from foedus.record.envelope import Lasting
from foedus.record.evidence import Source
from foedus.record.record import Record
from tests.folders import CHARTER, FILES
from tests.properties.naive import Answer, Naive, Version, Who, known, named

FIRST = date(2020, 1, 1)
HORIZON = 9
STATES = ("ARM", "BEL", "CHE")
OUTSIDER = "DNK"
ABOUT_ALL: About = ABOUT.adapter.validate_python(
    {
        "id": "tiny",
        "name": "Tiny League",
        "short": "TL",
        "instruments": ("charter.md",),
        "record to": "2030-12-31",
        "coverage": tuple(
            {"kind": kind, "grade": "complete"}
            for kind in (
                "membership",
                "session",
                "designation",
                "appointment",
                "national-office",
                "national-law",
            )
        ),
    }
)
SOURCES = MappingProxyType({"page": Source(kind="agency")})
TEXT: Charter = read_charter(
    [("charter.md", FILES[CHARTER].replace("types: [regular, informal]", "types: [regular, other]"))]
)[0]


def day(number: int) -> str:
    return (FIRST + timedelta(days=number)).isoformat()


def entry(**written: Any) -> AnyAct:
    """An act from the keys it is written with; a trailing underscore is not part of a key."""
    keys = {key.rstrip("_").replace("_", " "): value for key, value in written.items() if value is not None}
    common = {"recorded": "2025-01-01", "recorded by": "the clerk", "evidence": ({"source": "page"},)}
    return ACTS.adapter.validate_python(common | keys)


def standing(entries: list[AnyAct], known_on: date | None = None, *, charter: Charter = TEXT) -> Standing:
    return Standing(charter, Record(ABOUT_ALL, SOURCES, tuple(entries), {}).known(known_on))


@st.composite
def whens(draw: st.DrawFn, first: int = 0, vague: int = 2) -> Any:
    """A day, or one unknown day of a few."""
    start = draw(st.integers(first, HORIZON))
    last = start + draw(st.sampled_from([0, 0, 0, *range(1, vague + 1)]))
    return day(start) if last == start else {"between": f"{day(start)}/{day(last)}"}


@st.composite
def terms(draw: st.DrawFn, /, kind: str, name: str, **says: Any) -> AnyAct:
    """Something that lasts, perhaps with an end."""
    start = draw(st.integers(0, HORIZON - 1))
    from_ = draw(whens(first=start))
    until = draw(st.none() | whens(first=start + 1))
    try:
        return entry(id=name, kind=kind, from_=from_, until=until, **says)
    except ValueError:  # it would end before it begins
        return entry(id=name, kind=kind, from_=day(start), until=day(HORIZON + 1), **says)


def in_order(entries: list[AnyAct]) -> list[AnyAct]:
    """Entries of which no more is vague than the engine puts in order: of more it gives candidates, and no worlds."""
    ends = [when for each in entries if isinstance(each, Lasting) for _, when in each.dates]
    assume(sum(when.vague for when in ends) <= MAX_OVERLAP)
    return entries


@st.composite
def memberships(draw: st.DrawFn) -> list[AnyAct]:
    statuses = ("member", "suspended", "left")
    return in_order(
        [
            draw(
                terms(
                    "membership",
                    f"m{n}",
                    party="ARM",
                    of="organisation",
                    status=draw(st.sampled_from(statuses)),
                )
            )
            for n in range(draw(st.integers(0, 3)))
        ]
    )


@st.composite
def appointments(draw: st.DrawFn) -> list[AnyAct]:
    return in_order(
        [
            draw(
                terms("appointment", f"a{n}", office="secretary-general", person=draw(st.sampled_from("PQR")))
            )
            for n in range(draw(st.integers(0, 3)))
        ]
    )


@st.composite
def chairs(draw: st.DrawFn) -> list[AnyAct]:
    """Sessions, hand-overs and the heads of the states; everyone in STATES is a member throughout. At most three things
    are vague, or the worlds would be too many to write out.
    """
    acts: list[AnyAct] = []
    vague = draw(st.lists(st.sampled_from(["s0", "s1", "s2", "type", "d0", "d1"]), max_size=3, unique=True))
    odd = draw(st.integers(0, 2)) if "type" in vague else -1
    for n in range(draw(st.integers(1, 3))):
        types = (
            {"one of": ("other", "regular")}
            if n == odd
            else draw(st.sampled_from(["regular", "regular", "other"]))
        )
        host = draw(st.sampled_from([*STATES, OUTSIDER, None]))
        start = draw(st.integers(0, HORIZON))
        dated = {"between": f"{day(start)}/{day(start + 1)}"} if f"s{n}" in vague else {"on": day(start)}
        acts.append(entry(id=f"s{n}", kind="session", organ="council", type=types, host=host, **dated))
    openers = [s for s in acts if isinstance(s, Session) and "regular" in s.types]
    for n in range(draw(st.integers(0, 2)) if openers else 0):
        start = draw(st.integers(0, HORIZON))
        effective = {"between": f"{day(start)}/{day(start + 2)}"} if f"d{n}" in vague else day(start)
        term, to = draw(st.sampled_from(openers)), draw(st.sampled_from(STATES))
        acts.append(
            entry(
                id=f"d{n}", kind="designation", office="chairman", opened_by=term.id, to=to,
                effective=effective, authority="decided",
            )
        )  # fmt: skip
    until = draw(st.none() | st.just(day(HORIZON - 2)))
    for state in STATES:
        acts.append(
            entry(id=f"m{state}", kind="membership", party=state, of="organisation", from_="2001-01-01")
        )
        acts.append(
            entry(
                id=f"h{state}", kind="national-office", state=state, role="head-of-state", person=f"of {state}",
                title="president", from_="2001-01-01", until=until,
            )
        )  # fmt: skip
    return draw(st.permutations(acts))


def told(segment: Segment, *, status: bool = False) -> tuple[str, frozenset[Who]]:
    """A segment as the naive side says it."""
    holders = (p.holder for p in segment.possible)
    return segment.status, frozenset(
        None if h is None else (h.state or "", h.as_ if status else h.person or "") for h in holders
    )


DAYS = [FIRST + timedelta(days=n) for n in range(-1, HORIZON + 4)]


@given(memberships())
def test_a_states_status_is_on_every_day_what_the_worlds_give(entries: list[AnyAct]) -> None:
    timeline, naive = standing(entries).party("ARM"), Naive(entries, STATES)
    for on, expected in naive.party("ARM", DAYS).items():
        assert told(timeline.at(on), status=True) == expected, on


@given(appointments())
def test_an_appointees_office_is_on_every_day_what_the_worlds_give(entries: list[AnyAct]) -> None:
    timeline, naive = standing(entries).office("secretary-general"), Naive(entries, STATES)
    for on, expected in naive.appointed(DAYS).items():
        assert told(timeline.at(on)) == expected, on


@given(chairs())
def test_the_chair_is_on_every_day_what_the_worlds_give(entries: list[AnyAct]) -> None:
    timeline, naive = standing(entries).office("chairman"), Naive(entries, STATES)
    for on, expected in naive.chair(DAYS).items():
        assert_told(timeline.at(on), expected)


def assert_told(segment: Segment, expected: Answer) -> None:
    """Unknown is told apart: in some world no term has opened yet, or by nobody, and the record need not tell."""
    if segment.status == "unknown":
        assert None in expected[1]
    else:
        assert told(segment) == expected, segment.start


def test_a_hand_over_for_a_term_that_had_its_holder_by_another_takes_no_effect_in_the_next() -> None:
    # two pages tell of one hand-over, one of them of a day that may lie after the next session
    since = {"from_": "2001-01-01"}
    head = {"kind": "national-office", "role": "head-of-state", "title": "president"}
    acts = [entry(id=f"m{s}", kind="membership", party=s, of="organisation", **since) for s in STATES]
    acts += [entry(id=f"h{s}", state=s, person=f"of {s}", **head, **since) for s in STATES]
    hand_over = {"kind": "designation", "office": "chairman", "opened_by": "s0", "authority": "presumed"}
    session = {"kind": "session", "organ": "council", "type": "regular"}
    acts += [
        entry(id="s0", host="BEL", on=day(0), **session),
        entry(id="d0", to="ARM", effective={"between": f"{day(0)}/{day(4)}"}, **hand_over),
        entry(id="d1", to="ARM", effective=day(0), **hand_over),
        entry(id="s1", host="CHE", on=day(2), **session),
    ]
    segment = standing(acts).office("chairman").at(FIRST + timedelta(days=5))
    assert {p.holder.state for p in segment.possible if p.holder is not None} == {"CHE"}


@st.composite
def recorded(draw: st.DrawFn, made: st.SearchStrategy[list[AnyAct]]) -> list[AnyAct]:
    """Entries recorded on several days, some of them corrected or taken back, and takings back taken back. A correction
    tells what another entry of its kind does.
    """
    entries = [
        e.model_copy(update={"recorded": e.recorded.lasted(f"2025-01-0{draw(st.integers(1, 3))}")})
        for e in draw(made)
    ]
    for n in range(draw(st.integers(0, 4)) if entries else 0):
        target = draw(st.sampled_from(entries))
        when = f"2025-01-0{draw(st.integers(target.recorded.latest.day, 9))}"
        if draw(st.booleans()) or target.corrects is not None or isinstance(target, Withdraws):
            entries.append(entry(id=f"r{n}", recorded=when, kind="withdrawal", withdraws=target.id))
        else:
            alike = draw(st.sampled_from([e for e in entries if e.kind == target.kind]))
            repairs = {"id": f"r{n}", "corrects": target.id, "recorded": target.recorded.lasted(when)}
            entries.append(alike.model_copy(update=repairs))
    return entries


@given(recorded(appointments()))
def test_what_was_known_on_a_day_is_answered_from_what_stood_on_that_day(entries: list[AnyAct]) -> None:
    for number in range(1, 10):
        on_record = date(2025, 1, number)
        timeline = standing(entries, on_record).office("secretary-general")
        naive = Naive(known(entries, on_record), STATES)
        for on, expected in naive.appointed(DAYS).items():
            if timeline.at(on).status != "unknown":  # before anything was recorded, nothing was claimed
                assert told(timeline.at(on)) == expected, (on_record, on)


@given(recorded(chairs()), st.integers(1, 9))
def test_the_chair_as_known_on_a_day_is_what_the_worlds_of_what_stood_then_give(
    entries: list[AnyAct], number: int
) -> None:
    on_record = date(2025, 1, number)
    timeline = standing(entries, on_record).office("chairman")
    naive = Naive(named(known(entries, on_record)), STATES)
    for on, expected in naive.chair(DAYS).items():
        assert_told(timeline.at(on), expected)


@given(recorded(memberships()), st.integers(1, 9))
def test_a_states_status_as_known_on_a_day_is_what_the_worlds_of_what_stood_then_give(
    entries: list[AnyAct], number: int
) -> None:
    on_record = date(2025, 1, number)
    assume(
        any(e.recorded.latest <= on_record for e in entries)
    )  # before anything was recorded, nothing was claimed
    timeline, naive = standing(entries, on_record).party("ARM"), Naive(known(entries, on_record), STATES)
    for on, expected in naive.party("ARM", DAYS).items():
        assert told(timeline.at(on), status=True) == expected, on


@given(recorded(chairs()), st.integers(1, 9))
def test_what_was_known_before_stays_what_it_was_whatever_is_recorded_later(
    entries: list[AnyAct], number: int
) -> None:
    day_known = date(2025, 1, number)
    before = [e for e in entries if e.recorded.latest <= day_known]
    assume(before)
    one, other = (standing(e, day_known).office("chairman") for e in (before, entries))
    assert one.course == other.course


HOLDERS = {False: "{role: head-of-state, of: host}", True: "{seat in: council, of: host}"}
SEATS = """
```rule
{id: seats, kind: composition, organ: council, seats: each member, of: organisation, holder: head-of-state, or: {role: head-of-government, where: national law empowers it}, in force: {from: c1}, basis: seen}
```
"""


@cache
def charter_with(versions: tuple[Version, ...]) -> Charter:
    """The charter whose rule on the chair has these versions."""
    text = FILES[CHARTER].replace("types: [regular, informal]", "types: [regular, other]")
    before, _, after = text.partition("```rule\nid: chair\n")
    told = before[: before.index("```rule\n{id: seats")] + SEATS
    for version in versions:
        until = f", until: {version.end}" if version.end is not None else ""
        told += (
            "\n```rule\nid: chair\nkind: office\noffice: chairman\nname: Chairman\nof: council\n"
            f"term: {{opened by: session, where: {{organ: council, type: {version.opener}}}}}\n"
            f"holder: {HOLDERS[version.seat]}\nunless: {{designation: {{by: council}}}}\n"
            f"in force: {{from: {version.start}{until}}}\nbasis: seen\n```\n"
        )
    charter, problems, _ = read_charter([("charter.md", told + after.partition("```")[2])])
    assert not problems, problems
    return charter


@st.composite
def rules_on_the_chair(draw: st.DrawFn) -> tuple[Version, ...]:
    """One version, or two, perhaps with days between them on which none is in force."""
    opener, seat = st.sampled_from(["regular", "other"]), st.booleans()
    start = FIRST + timedelta(days=draw(st.integers(0, 2)))
    if draw(st.booleans()):
        return (Version(start, None, draw(opener), draw(seat)),)
    end = FIRST + timedelta(days=draw(st.integers(3, 5)))
    later = end + timedelta(days=draw(st.integers(0, 1)))
    return Version(start, end, draw(opener), draw(seat)), Version(later, None, draw(opener), draw(seat))


@st.composite
def governed(draw: st.DrawFn) -> list[AnyAct]:
    """The same acts, and heads of government, whom the law of some states empowers from some day on."""
    acts = draw(chairs())
    for state in STATES:
        says = {"state": state, "role": "head-of-government", "person": f"minister of {state}"}
        acts.append(entry(id=f"g{state}", kind="national-office", title="m", from_="2001-01-01", **says))
        if draw(st.booleans()):
            from_ = day(draw(st.integers(0, HORIZON)))
            law = {"state": state, "empowers": "head-of-government", "fact": "it does"}
            acts.append(entry(id=f"l{state}", kind="national-law", from_=from_, **law))
    return acts


@given(governed(), rules_on_the_chair())
def test_the_chair_is_on_every_day_what_the_worlds_give_whatever_the_rule_and_its_versions(
    entries: list[AnyAct], versions: tuple[Version, ...]
) -> None:
    sessions = [e.when for e in entries if isinstance(e, Session)]
    changes = {v.start for v in versions}
    assume(
        not any(w.earliest < day <= w.latest for w in sessions for day in changes)
    )  # which rule opened it is settled
    timeline = standing(entries, charter=charter_with(versions)).office("chairman")
    for on, expected in Naive(entries, STATES, versions).chair(DAYS).items():
        assert_told(timeline.at(on), expected)


@given(chairs(), st.randoms())
def test_the_order_of_arrival_does_not_matter_to_the_final_answer(entries: list[AnyAct], random: Any) -> None:
    spans = [when for e in entries for _, when in e.dates if isinstance(e, (Session, Designation))]
    assume(  # the record's order decides between acts of one day, and nothing else
        all(a.latest < b.earliest or b.latest < a.earliest for i, a in enumerate(spans) for b in spans[:i])
    )
    shuffled = list(entries)
    random.shuffle(shuffled)
    one, other = (standing(e).office("chairman") for e in (entries, shuffled))
    assert [told(one.at(on)) for on in DAYS] == [told(other.at(on)) for on in DAYS]


def lasting(number: int, first: int, status: str) -> AnyAct:
    """A status whose first day and last are vague."""
    return entry(
        id=f"m{number:02}", kind="membership", party="ARM", of="organisation", status=status,
        from_={"between": f"{day(first)}/{day(first + 6)}"}, until={"between": f"{day(first + 3)}/{day(first + 9)}"},
    )  # fmt: skip


@pytest.mark.parametrize("number", [3, 12, 40])
def test_of_vague_terms_too_many_to_order_every_status_is_possible_and_none_forgotten(number: int) -> None:
    statuses = ("member", "suspended", "left")
    entries: list[AnyAct] = [lasting(n, n % 3, statuses[n % 3]) for n in range(number)]
    segment = standing(entries).party("ARM").at(FIRST + timedelta(days=5))
    assert {p.holder.as_ for p in segment.possible if p.holder is not None} >= set(statuses)
