"""Who may see which act: nothing of one under seal comes out of any question that somebody below it asks."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.accounts import bodies, cases, duties, judged, period, says, sitting, sittings, sources, topics
from foedus.accounts.calendar import named
from foedus.problems import NotFound, Problem
from foedus.record.acts import MODELS
from foedus.record.canonical import plain
from foedus.record.envelope import Classification
from foedus.record.record import Record, Redacted
from foedus.record.seen import LADDER, Clearance, kept_from, lower, may_see, seen
from foedus.secretariat import Organisation, overview
from tests import sealed
from tests.folders import EVIDENCE, FIRST_FREE_LINE, acts, loaded, one_problem
from tests.properties import records
from tests.sealed import NUMBERS, WORDS

DAYS = [date(2010 + number, month, 15) for number in NUMBERS.values() for month in (5, 7, 12)]


@pytest.fixture(scope="module")
def leagues(tmp_path_factory: pytest.TempPathFactory) -> dict[Clearance, Organisation]:
    """The league as each sees it."""
    whole = sealed.league(tmp_path_factory.mktemp("league"))
    return {clearance: sealed.as_seen(whole, clearance) for clearance in LADDER}


def _everywhere(asked: Callable[[Organisation, date], Any]) -> Callable[[Organisation], Any]:
    return lambda organisation: [asked(organisation, day) for day in DAYS]


def _sessions(organisation: Organisation) -> Any:
    questions = organisation.questions()
    held = [e.id for e in organisation.record.entries if e.kind == "session"]
    return [sitting.sitting(questions, named(questions, name).id).to_json() for name in held]


def _refusal(organisation: Organisation) -> str:
    with pytest.raises(NotFound) as refused:
        organisation.who("nobody/at/all", "2012-01-01")
    with pytest.raises(NotFound) as other:
        sitting.sitting(organisation.questions(), "no session")
    return f"{refused.value} {other.value} {refused.value.known} {other.value.known}"


QUESTIONS: dict[str, Callable[[Organisation], Any]] = {
    "the entries": lambda o: [plain(entry) for entry in o.record.entries],
    "what is written where": lambda o: sorted(o.record.places),
    "who": _everywhere(lambda o, day: [o.who(name, day).to_json() for name in o.questions().names()]),
    "why": _everywhere(lambda o, day: [row.because() for row in o.who("chairman", day).rows]),
    "why the other": _everywhere(lambda o, day: [r.because_of_each() for r in o.who("secretary", day).rows]),
    "a timeline": lambda o: [o.timeline(name).to_json() for name in o.questions().names()],
    "an overview": _everywhere(lambda o, day: overview(o, day).to_json()),
    "the findings": lambda o: [finding.to_json() for finding in o.findings()],
    "duties": _everywhere(lambda o, day: duties.owed(o.questions(), day, None, None).to_json()),
    "requests": lambda o: cases.cases(o.questions()).to_json(),
    "bodies": _everywhere(lambda o, day: bodies.bodies(o.questions(), day).to_json()),
    "what sources say": _everywhere(lambda o, day: says.says(o.questions(), "secretary", day).to_json()),
    "what rests on sources": lambda o: sources.sources(o.questions()).to_json(),
    "a session": _sessions,
    "sessions": lambda o: sittings.sittings(o.questions()).to_json(),
    "statements": lambda o: topics.statements(o.questions(), None, None, None).to_json(),
    "a period": lambda o: period.between(o.questions(), "2010-01-01", "2019-01-01").to_json(),
    "decisions": lambda o: judged.decisions(o.questions(), o.weights).to_json(),
    "a name there is not": _refusal,
}


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("act", LADDER)
@pytest.mark.parametrize("reader", LADDER)
def test_an_act_is_told_to_those_who_may_see_it_and_nothing_of_it_to_others(
    leagues: dict[Clearance, Organisation], reader: Clearance, act: Clearance, question: str
) -> None:
    told = json.dumps(QUESTIONS[question](leagues[reader]), ensure_ascii=False, default=str)
    assert (WORDS[act].lower() in told.lower()) == (NUMBERS[act] <= NUMBERS[reader])


@pytest.mark.parametrize("order", [LADDER, LADDER[::-1]], ids=["from below", "from above"])
def test_what_others_were_told_before_changes_nothing_of_what_somebody_is_told(
    leagues: dict[Clearance, Organisation], tmp_path: Path, order: tuple[Clearance, ...]
) -> None:
    """A server makes what one sees from what it made for another, as far as the two are alike."""
    whole = last = sealed.league(tmp_path)
    for asked in QUESTIONS.values():
        asked(whole)
    for clearance in order:
        last = last.with_record(seen(whole.record, clearance))
        for name, asked in QUESTIONS.items():
            assert asked(last) == asked(leagues[clearance]), f"{clearance}: {name}"


def test_what_is_kept_from_somebody_is_counted_and_said(leagues: dict[Clearance, Organisation]) -> None:
    each = len(sealed.acts("secret"))
    for clearance, without in zip(LADDER, (3 * each, 2 * each, each, 0), strict=True):
        answer = leagues[clearance].who("chairman", "2012-01-01")
        assert answer.to_json()["basis"]["withheld"] == without
        said = (
            f"{without} entries are under seal for whoever asks here; with them the answer might be another."
        )
        assert kept_from(answer.basis.record) == ((said,) if without else ())


def test_one_entry_under_seal_is_it(tmp_path: Path) -> None:
    found = loaded(tmp_path, acts(f"{TALK}, classification: secret, {EVIDENCE}"))
    assert kept_from(seen(found.record, "public")) == (
        "1 entry is under seal for whoever asks here; with it the answer might be another.",
    )


def test_whoever_reads_a_record_is_told_what_was_redacted_by_whom_and_why(tmp_path: Path) -> None:
    record = loaded(tmp_path, {}).record
    record = replace(
        record, redacted=(Redacted(7, "the secretariat", date(2026, 1, 5), "a court ordered it."),)
    )
    assert kept_from(record) == (
        "Entry 7 was redacted on 5 January 2026 by the secretariat: a court ordered it.",
    )


def test_of_many_redactions_the_last_is_told_and_how_many_there_are(tmp_path: Path) -> None:
    many = tuple(Redacted(at, "the secretariat", date(2026, 1, at + 1), f"reason {at}") for at in range(4))
    record = loaded(tmp_path, {}).record
    assert len(kept_from(replace(record, redacted=many[:3]))) == 3
    assert kept_from(replace(record, redacted=many)) == (
        "4 entries were redacted, the last of them, entry 3, on 4 January 2026 by the secretariat: reason 3.",
    )


def test_what_is_kept_back_is_told_however_the_record_is_asked(tmp_path: Path) -> None:
    whole = loaded(tmp_path, acts(f"{TALK}, classification: secret, {EVIDENCE}"))
    found = replace(whole, record=seen(whole.record, "public"))
    for organisation in (found, found.published("2025-06-01"), found.adding(whole.record.entries[-1])):
        for known in (None, date(2024, 1, 1)):
            assert organisation.questions(known).basis(None).to_json()["withheld"] == 1


# what may name what

TALK = "id: talk, kind: statement, by: {state: ARM}, says: more"


@pytest.mark.parametrize("own", LADDER)
@pytest.mark.parametrize("other", LADDER)
def test_an_act_names_only_what_whoever_sees_it_may_see(
    tmp_path: Path, own: Clearance, other: Clearance
) -> None:
    entries = acts(
        f"{TALK}{_classified(other)}, {EVIDENCE}",
        f"id: against, kind: dispute, of: talk, by: {{state: BLR}}, says: no{_classified(own)}, {EVIDENCE}",
    )
    if LADDER.index(other) <= LADDER.index(own):
        assert loaded(tmp_path, entries).record.by_id["against"].classification == (
            None if own == "public" else own
        )
        return
    assert one_problem(tmp_path, entries) == Problem(
        "record/acts.yaml",
        FIRST_FREE_LINE + 1,
        f"“against”, which is {own}, names “talk”, which is {other}.",
        f"Classify it as {other} too, or do not name “talk” in it.",
    )


def _classified(clearance: Clearance) -> str:
    return "" if clearance == "public" else f", classification: {clearance}"


@pytest.mark.parametrize(
    "repair",
    [
        "id: repair, kind: statement, by: {state: ARM}, says: other, corrects: talk",
        "id: repair, kind: withdrawal, withdraws: talk",
    ],
)
def test_a_repair_is_classified_as_high_as_what_it_repairs(tmp_path: Path, repair: str) -> None:
    lines = acts(f"{TALK}, classification: secret, {EVIDENCE}", f"{repair}, {EVIDENCE}")
    told = one_problem(tmp_path, lines)
    assert told.what == "“repair”, which is public, names “talk”, which is secret."
    loaded(
        tmp_path,
        acts(f"{TALK}, classification: secret, {EVIDENCE}", f"{repair}, classification: secret, {EVIDENCE}"),
    )


def test_a_correction_under_seal_stands_for_those_who_may_see_it_and_for_them_alone(tmp_path: Path) -> None:
    repair = (
        "id: repair, kind: statement, by: {state: ARM}, says: other, corrects: talk, classification: secret"
    )
    whole = loaded(tmp_path, acts(f"{TALK}, {EVIDENCE}", f"{repair}, {EVIDENCE}"))
    told = {
        clearance: topics.statements(sealed.as_seen(whole, clearance).questions(), None, None, None).to_json()
        for clearance in LADDER
    }
    assert {clearance: ("more" in str(each), "other" in str(each)) for clearance, each in told.items()} == {
        "public": (True, False),
        "restricted": (True, False),
        "confidential": (True, False),
        "secret": (False, True),
    }


def test_an_id_taken_by_a_classified_act_is_taken(tmp_path: Path) -> None:
    told = one_problem(tmp_path, acts(f"{TALK}, classification: secret, {EVIDENCE}", f"{TALK}, {EVIDENCE}"))
    assert told.what == f"The id “talk” is taken, by line {FIRST_FREE_LINE} of record/acts.yaml."


def test_a_classification_that_is_none_is_refused_with_those_there_are(tmp_path: Path) -> None:
    told = one_problem(tmp_path, acts(f"{TALK}, classification: public, {EVIDENCE}"))
    assert str(told).endswith("What exists: confidential, restricted, secret.")


def test_whatever_field_of_an_act_holds_ids_is_among_what_it_names() -> None:
    """Else an act could name one of a higher classification unnoticed."""
    checked = 0
    for kind, model in MODELS.items():
        properties = model.model_json_schema(by_alias=False)["properties"]
        pattern = json.dumps(properties["id"]["pattern"])
        fields = {name for name, held in properties.items() if pattern in json.dumps(held)} - {
            "id",
            "corrects",
        }
        several = {name for name in fields if properties[name].get("type") == "array"}
        ids = {name: (f"id-{name}",) if name in several else f"id-{name}" for name in fields}
        assert set(model.model_construct(None, **ids).mentions) == {f"id-{name}" for name in fields}, kind
        checked += len(fields)
    assert checked > len(MODELS) / 2


# the laws

CLEARANCES = st.sampled_from(LADDER)
FEW = settings(max_examples=max(settings().max_examples // 5, 1))  # a record takes longer to draw than to see


@st.composite
def classified(draw: st.DrawFn) -> Record:
    """A random record whose entries are classified at random."""
    made = records.record(lambda low, high: draw(st.integers(low, high)), draw(st.integers(0, 12)))
    levels = [None, *get_args(Classification)]
    entries = [e.model_copy(update={"classification": draw(st.sampled_from(levels))}) for e in made.entries]
    return replace(made, entries=tuple(entries))


@FEW
@given(record=classified(), one=CLEARANCES, other=CLEARANCES)
def test_who_has_a_higher_clearance_sees_at_least_as_much_in_the_same_order(
    record: Record, one: Clearance, other: Clearance
) -> None:
    low, high = sorted((one, other), key=LADDER.index)
    few, many = seen(record, low), seen(record, high)
    assert [entry for entry in many.entries if entry in few.entries] == list(few.entries)
    assert few.withheld >= many.withheld
    assert len(few.entries) + few.withheld == len(record.entries)
    assert seen(many, low) == few
    assert all(may_see(low, entry.classification) for entry in few.entries)


@FEW
@given(classified())
def test_who_may_see_all_sees_the_record_itself(record: Record) -> None:
    assert seen(record, "secret") is record


@FEW
@given(classified())
def test_the_clearances_that_see_less_are_those_for_which_the_record_is_another(record: Record) -> None:
    views = {clearance: seen(record, clearance).entries for clearance in LADDER}
    assert {views[c] for c in lower(record)} == {views[c] for c in LADDER} - {record.entries}
