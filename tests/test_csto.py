"""The CSTO's folder as shipped: its answers rest on what they say they rest on, and on nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

import foedus
from foedus.engine.answers import Questions
from foedus.engine.findings.evidence import expectations_failed
from foedus.engine.law import articles
from foedus.engine.standing import Standing
from foedus.problems import NotFound
from foedus.record.acts import Appointment, Expect, Session
from foedus.record.record import Record
from foedus.secretariat import Organisation

QUESTIONS = ("chairman", "secretary-general", "council", "UZB", "ARM")


@pytest.fixture(scope="module")
def csto() -> Organisation:
    return foedus.load("csto")


def telling_days(organisation: Organisation) -> list[date]:
    """The first and the last day of every segment of every timeline asked about."""
    days: set[date] = set()
    for question in QUESTIONS:
        for start, _, _ in organisation.timeline(question).parts:
            if start.year > 1:
                days |= {start, start - timedelta(days=1)}
    return sorted(days)


def answered(organisation: Organisation, record: Record, days: list[date]) -> dict[tuple[str, date], Any]:
    """Every answer with its reason, without the basis, which names the whole record."""
    questions = Questions("csto", Standing(organisation.charter, record), record.about.record_to)
    answers: dict[tuple[str, date], Any] = {}
    for question in QUESTIONS:
        for day in days:
            told = questions.who(question, day).to_json()
            del told["basis"]
            answers[question, day] = told
    return answers


def cited(answer: dict[str, Any]) -> set[str]:
    reasons = [answer["reason"]] if answer["reason"] else [row["reason"] for row in answer["holders"]]
    return {entry for reason in reasons for entry in reason["entries"]}


def test_taking_away_a_cited_entry_changes_the_answer_or_its_reason_and_any_other_changes_neither(
    csto: Organisation,
) -> None:
    days = telling_days(csto)
    before = answered(csto, csto.record, days)
    rested_on = {entry for answer in before.values() for entry in cited(answer)}
    never_cited = {entry.id for entry in csto.record.entries} - rested_on  # taken away together, for speed
    for taken in [*({entry} for entry in sorted(rested_on)), never_cited]:
        left = tuple(entry for entry in csto.record.entries if entry.id not in taken)
        after = answered(csto, replace(csto.record, entries=left), days)
        for asked, answer in before.items():
            if taken & cited(answer):
                assert after[asked] != answer, f"{asked} rests on {taken}, and does not change without it"
            else:
                assert after[asked] == answer, f"{asked} does not cite {taken}, and changes without it"
    kinds = {csto.record.by_id[entry].kind for entry in rested_on}
    assert {"session", "designation", "membership", "national-office", "national-law", "appointment"} <= kinds


def test_the_chair_recorded_at_each_regular_session_since_2015_agrees_with_the_answer(
    csto: Organisation,
) -> None:
    expected = {
        session.id
        for e in csto.record.of_kind(Expect)
        if isinstance(session := csto.record.by_id[e.at], Session) and session.type == "regular"
    }
    regular = {
        s.id
        for s in csto.record.of_kind(Session)
        if s.type == "regular" and s.when.latest >= date(2015, 1, 1)
    }
    assert expected == regular
    assert not list(expectations_failed(csto.standing()))


def test_expectations_are_never_input(csto: Organisation) -> None:
    days = telling_days(csto)
    without = replace(csto.record, entries=tuple(e for e in csto.record.entries if not isinstance(e, Expect)))
    assert answered(csto, without, days) == answered(csto, csto.record, days)


def test_a_wrong_expectation_is_an_error(csto: Organisation) -> None:
    entry = csto.record.by_id["2023-11-23/minsk/chair"]
    assert isinstance(entry, Expect)
    wrong = entry.model_copy(update={"holder": entry.holder.model_copy(update={"state": "KAZ"})})
    entries = tuple(wrong if e.id == entry.id else e for e in csto.record.entries)
    (finding,) = expectations_failed(Standing(csto.charter, replace(csto.record, entries=entries)))
    assert finding.severity == "error"
    assert [i.entries[0] for i in finding.instances] == [entry.id]


def test_nothing_is_known_before_anything_was_recorded(csto: Organisation) -> None:
    answer = csto.who("chairman", "2022-06-01", known="2020-01-01")
    assert (answer.status, answer.holder) == ("unknown", None)


def test_the_secretaries_general_since_2015_go_round_in_the_order_of_the_russian_alphabet(
    csto: Organisation,
) -> None:
    """Армения, Беларусь, Казахстан, Кыргызстан, Россия, Таджикистан; whoever only acted is out of turn."""
    order = ["ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK"]
    appointed = [a for a in csto.record.of_kind(Appointment) if not a.acting and a.from_.earliest.year > 2015]
    assert [a.state for a in appointed] == order[: len(appointed)]
    (rule,) = (r.says for r in csto.charter.rules if r.says.id == "secretary-general-rotation")
    assert "Armenia, Belarus, Kazakhstan, Kyrgyzstan, Russia, Tajikistan" in " ".join(rule.note.split())


def test_uzbekistan_under_the_treaty_is_not_known_since_its_return_was_announced(csto: Organisation) -> None:
    """Karimov held that the Treaty was only paused; no act that made it a party again was found."""
    days = ("1999-04-20", "1999-04-21", "2006-06-22", "2006-06-23", "2010-01-01", "2013-01-01")
    told = [csto.who("treaty/UZB", day).status for day in days]
    assert told == ["certain"] * 3 + ["unknown"] * 3
    assert csto.who("UZB", "2010-01-01").status == "certain"


def test_an_article_of_one_instrument_is_asked_for_by_both_names(csto: Organisation) -> None:
    both, one = (articles(csto.charter, date(2022, 11, 23), asked) for asked in ("4", "treaty/4"))
    assert [a.instrument.id for a in both] == ["charter", "treaty"]
    assert [a.instrument.id for a in one] == ["treaty"]
    for asked, named in (("treatty/4", "treaty"), ("treaty/44", "article of the treaty")):
        with pytest.raises(NotFound, match=named):
            articles(csto.charter, date(2022, 11, 23), asked)
