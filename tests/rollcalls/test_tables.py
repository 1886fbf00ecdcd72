"""Roll calls as they come: a long table, two tables, Parquet, Popolo's vote events; and what is wrong with them."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from foedus.problems import BadInput
from foedus.rollcalls.roll_calls import RollCalls, roll_calls
from foedus.rollcalls.tables import read

LONG = """\
vote,on,member,ballot,title,outcome
A,2022-02-25,Norway,yes,The situation,not carried
A,2022-02-25,Russian Federation,No,The situation,not carried
A,2022-02-25,India,abstain,The situation,not carried
B,2021-01-01,Norway,yes,Another,carried
B,2021-01-01,India,,Another,carried
"""
EVENTS = {
    "vote_events": [
        {
            "identifier": "42",
            "motion": {"text": "That it be adopted"},
            "start_date": "2013-01-01T12:30Z",
            "result": "pass",
            "votes": [
                {"voter_id": "NOR", "option": "yes"},
                {"voter": {"name": "India"}, "option": "not voting"},
            ],
        }
    ]
}


def csv_(text: str) -> RollCalls:
    return roll_calls(read("votes.csv", text.encode()))


def faults(*files: tuple[str, str]) -> list[str]:
    with pytest.raises(BadInput) as caught:
        roll_calls([table for name, text in files for table in read(name, text.encode())])
    return [str(problem) for problem in caught.value.problems]


def test_a_long_table_has_each_vote_with_its_day_and_who_cast_what() -> None:
    calls = csv_(LONG)
    assert [(head.id, head.day, head.title, head.carried) for head in calls.votes] == [
        ("B", date(2021, 1, 1), "Another", True),
        ("A", date(2022, 2, 25), "The situation", False),
    ]
    assert dict(calls.cast(1)) == {"Norway": "yes", "Russian Federation": "no", "India": "abstain"}


def test_a_ballot_left_empty_is_one_that_is_not_recorded() -> None:
    assert dict(csv_(LONG).cast(0)) == {"Norway": "yes", "India": None}


def test_votes_and_positions_may_stand_in_two_tables_whatever_their_order() -> None:
    heads = "vote_id,date,resolution,draft,outcome\n7,1994-01-06,893 (1994),S/1994/11,Adopted unanimously\n"
    cast = "vote_id,member_state,vote\n7,Brazil,Yes\n7,China,Abstain\n"
    for files in ((heads, cast), (cast, heads)):
        calls = roll_calls([t for at, text in enumerate(files) for t in read(f"{at}.csv", text.encode())])
        assert [(head.title, head.carried) for head in calls.votes] == [("893 (1994)", True)]
        assert dict(calls.cast(0)) == {"Brazil": "yes", "China": "abstain"}


def test_parquet_reads_as_the_same_table_does_in_csv(tmp_path: Path) -> None:
    import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415
    import pyarrow.parquet as pq  # type: ignore[import-untyped]  # noqa: PLC0415

    names, *rows = (line.split(",") for line in LONG.splitlines())
    columns = {name: [row[at] or None for row in rows] for at, name in enumerate(names)}
    columns["on"] = [date.fromisoformat(day or "") for day in columns["on"]]  # type: ignore[misc]
    pq.write_table(pa.table(columns), tmp_path / "votes.parquet")
    calls = roll_calls(read("votes.parquet", (tmp_path / "votes.parquet").read_bytes()))
    same = csv_(LONG)
    assert calls.votes == same.votes
    assert [list(calls.cast(at)) for at in range(2)] == [list(same.cast(at)) for at in range(2)]


def test_without_pyarrow_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(BadInput, match="pyarrow is needed, and it is not installed"):
        read("votes.parquet", b"")


def test_what_is_no_parquet_is_refused() -> None:
    with pytest.raises(BadInput, match="no Parquet file"):
        read("votes.parquet", b"votes")


@pytest.mark.parametrize("form", [EVENTS, EVENTS["vote_events"], EVENTS["vote_events"][0]])
def test_popolos_vote_events_are_votes_one_or_many(form: Any) -> None:
    calls = roll_calls(read("events.json", json.dumps(form).encode()))
    (head,) = calls.votes
    assert (head.id, head.day, head.title, head.carried) == (
        "42",
        date(2013, 1, 1),
        "That it be adopted",
        True,
    )
    assert dict(calls.cast(0)) == {"NOR": "yes", "India": "absent"}


def test_every_fault_is_told_with_its_line() -> None:
    bad = LONG.replace("abstain", "abstian").replace("2021-01-01", "2021-13-01").replace("India,,", ",yes,")
    assert faults(("votes.csv", bad)) == [
        "votes.csv:4: “abstian” is no ballot. Did you mean “abstain”?",
        "votes.csv:5: “2021-13-01” is no day of vote “B”. Write it as 2022-11-23.",
        "votes.csv:6: This row names no member.",
    ]


def test_an_outcome_that_says_neither_is_refused_and_not_guessed() -> None:
    told = faults(("votes.csv", LONG.replace(",not carried", ",deferred")))
    assert told == ["votes.csv:2: “deferred” is no outcome. Write “carried” or “not carried”."]


def test_a_vote_with_two_days_is_refused() -> None:
    told = faults(("votes.csv", LONG.replace("A,2022-02-25,India", "A,2022-02-26,India")))
    assert told == ["votes.csv:4: Vote “A” has two days. Keep one."]


def test_a_position_in_a_vote_that_no_table_has_is_refused() -> None:
    heads = "vote_id,date\n7,1994-01-06\n"
    told = faults(("heads.csv", heads), ("cast.csv", "vote_id,member,ballot\n7,Brazil,yes\n8,Brazil,no\n"))
    assert told == ["cast.csv:3: There is no vote “8” in the table of votes."]


def test_a_row_of_another_length_is_refused() -> None:
    assert faults(("votes.csv", LONG + "C,2022-01-01\n")) == [
        "votes.csv:7: This row has 2 fields where there are 6 columns."
    ]


def test_a_table_without_the_columns_says_which_it_has_and_which_are_wanted() -> None:
    (told,) = faults(("votes.csv", "a,b\n1,2\n"))
    assert "No table has columns for a vote, a member and a ballot. There is: votes.csv: a, b." in told
    assert told.endswith("Call them “vote”, “on”, “member” and “ballot”.")


def test_two_tables_of_positions_are_not_chosen_between() -> None:
    (told,) = faults(("a.csv", LONG), ("b.csv", LONG))
    assert "several tables of who cast what: a.csv and b.csv" in told


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("votes.xlsx", b"", "Roll calls are read from .csv, .parquet and .json files."),
        ("votes.csv", b"vote\n\xff", "The file is not UTF-8, at byte 5."),
        ("votes.json", b"{", "This is not JSON"),
        ("votes.json", b"[{}]", "Event 1 is no vote event: it has no list “votes”."),
    ],
)
def test_a_file_that_holds_no_table_is_refused(name: str, data: bytes, why: str) -> None:
    with pytest.raises(BadInput) as caught:
        read(name, data)
    assert why in str(caught.value)


def test_votes_between_two_days_are_those_from_the_first_and_before_the_second() -> None:
    kept = csv_(LONG).between(date(2021, 1, 1), date(2022, 2, 25))
    assert [head.id for head in kept.votes] == ["B"]
    assert dict(kept.cast(0)) == {"Norway": "yes", "India": None}
    assert set(kept.members) == {"Norway", "India"}
