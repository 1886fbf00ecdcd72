"""The CSTO's record as its maker keeps it: topics across years, tasks and what came of them, pages of before an act."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import foedus
from foedus.record.acts import (
    Appointment,
    Attendance,
    Body,
    Dated,
    Decided,
    Discussion,
    Documents,
    Entry,
    Expect,
    Mandate,
    Report,
    Session,
    Statement,
    TreatyAction,
)
from foedus.terms.attribution import SUPPORTING
from foedus.terms.dates import When

RECORD = foedus.load("csto").record


def day_of(entry: Entry) -> date | None:
    """The first day on which a page can have seen the act; None for what is said, planned or lasts."""
    match entry:
        case Statement() | Appointment():
            return None
        case Dated():
            return entry.when.began
        case Body():
            return entry.from_.earliest
        case Attendance() | Decided() | Discussion() | Documents():
            session = RECORD.by_id[entry.session]
            return session.when.began if isinstance(session, Session) else None
        case Expect():
            session = RECORD.by_id[entry.at]
            return session.when.began if isinstance(session, Session) else None
        case _:
            return None


def seen_before(entry: Entry) -> Iterator[str]:
    """Sources that are said to support an act and were published before it."""
    day = day_of(entry)
    for evidence in entry.evidence:
        if day is None or evidence.source is None or evidence.mode not in SUPPORTING:
            continue
        published = RECORD.sources[evidence.source].published
        if published and When.lasted(published).latest < day:
            yield evidence.source


def test_a_page_published_before_an_act_does_no_more_than_expect_it() -> None:
    early = {entry.id: list(seen_before(entry)) for entry in RECORD.entries}
    assert {name: found for name, found in early.items() if found} == {}


def test_every_topic_joins_acts_of_more_than_one_day() -> None:
    for topic in RECORD.about.topics:
        found = [entry for entry in RECORD.entries if topic in entry.topics]
        assert len({entry.dates or entry.mentions for entry in found}) > 1, topic


def test_what_rahmon_raised_once_again_at_yerevan_was_raised_before() -> None:
    raised = [
        entry.id
        for entry in RECORD.entries
        if "tajik-afghan-border" in entry.topics and entry.kind in {"statement", "request"}
    ]
    assert raised == [
        "tjk-2013",
        "tjk-2021",
        "2013-09-23/sochi/rahmon-border",
        "2022-11-23/yerevan/rahmon-border",
    ]


def test_the_changes_of_the_founding_texts_asked_for_by_december_2010_came_in_time() -> None:
    """Set at Yerevan in August 2010 for December; the protocols are of 10 December 2010."""
    task = RECORD.by_id["mandate/2010-08-20/founding-texts"]
    assert isinstance(task, Mandate)
    (report,) = (r for r in RECORD.of_kind(Report) if r.of == task.id)
    assert task.due is not None
    assert task.due.earliest <= report.when.earliest <= task.due.latest
    assert report.when.latest == date(2010, 12, 10)


def test_the_mission_sent_in_september_2022_was_reported_on_in_october() -> None:
    reports = {r.of: r for r in RECORD.of_kind(Report)}
    assert reports["mandate/2022-09-13/mission"].at == "2022-10-28/online"


def test_the_five_who_signed_in_2009_and_the_two_who_did_not_are_the_members_of_that_day() -> None:
    """Five of seven; Belarus was not there, Uzbekistan had reservations, and Belarus joined later that year."""
    agreement = RECORD.by_id["2009-06-14/moscow/forces-agreement"]
    assert isinstance(agreement, Decided)
    members = foedus.load("csto").who("council", "2009-06-14").rows
    assert {*agreement.signed_by, *agreement.not_signed_by} == {
        row.holder.state for row in members if row.holder
    }
    assert len(agreement.signed_by) == 5


def test_a_number_of_documents_stands_only_where_a_page_gives_one() -> None:
    counts = {d.session[:10]: d.adopted for d in RECORD.of_kind(Documents) if d.tabled is None}
    assert counts == {
        "2005-06-23": 11,
        "2010-08-20": 0,
        "2022-05-16": None,
        "2022-11-23": None,
        "2025-11-27": 16,
    }


def test_armenias_freeze_of_2024_is_an_announcement_and_leaves_it_a_member() -> None:
    freeze = RECORD.by_id["ARM/2024-02-22/freeze"]
    assert isinstance(freeze, TreatyAction)
    assert freeze.action == "announcement"
    (row,) = foedus.load("csto").who("ARM", "2024-06-01").rows
    assert row.holder is not None
    assert row.holder.as_ == "member"
