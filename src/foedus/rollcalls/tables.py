"""A table as columns of text: each value once, and for each row which it is. Made from CSV, Parquet or Popolo's JSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.problems import BadInput, Problem

Places = NDArray[np.int32]
NOTHING = -1  # the place of a value that is not there


@dataclass(frozen=True, slots=True)
class Column:
    """For each row the place of its value among `values`, or `NOTHING`."""

    at: Places
    values: tuple[str, ...]

    def value(self, row: int) -> str:
        """A row's value; empty where there is none."""
        place = int(self.at[row])
        return "" if place == NOTHING else self.values[place]


@dataclass(frozen=True, slots=True)
class Table:
    """Columns by name, in order; and of what file. `lines` are those its rows stand on, where it has lines."""

    file: str
    columns: Mapping[str, Column]
    rows: int
    lines: tuple[int, ...] = ()

    def line(self, row: int) -> int:
        """Where a row stands: its line, or in a table without lines its number from 1."""
        return self.lines[row] if self.lines else row + 1


def column(values: Iterable[str | None]) -> Column:
    """A column of the values of all rows; empty ones are nothing."""
    places: dict[str, int] = {}
    at = [NOTHING if not v else places.setdefault(v, len(places)) for v in values]
    return Column(np.array(at, dtype=np.int32), tuple(places))


def from_csv(file: str, text: str) -> Table:
    """The table of a CSV text with a line of names first. BadInput, with every row of another length."""
    reader = csv.reader(f"{line}\n" for line in text.split("\n"))
    try:
        head = [name.strip() for name in next(reader, [])]
        rows, lines = [], []
        for row in reader:
            if row:
                rows.append(row)
                lines.append(reader.line_num)
    except csv.Error as error:
        raise BadInput([Problem(file, reader.line_num, f"This is not CSV: {error}.")]) from error
    wrong = [
        Problem(file, line, f"This row has {len(row)} fields where there are {len(head)} columns.")
        for line, row in zip(lines, rows, strict=True)
        if len(row) != len(head)
    ]
    if wrong:
        raise BadInput(wrong)
    columns = {name: column(row[at].strip() for row in rows) for at, name in enumerate(head)}
    return Table(file, columns, len(rows), tuple(lines))


def from_parquet(file: str, data: bytes) -> Table:
    """The table of a Parquet file. BadInput where it is none, or where pyarrow is not installed."""
    try:
        import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415 - not needed by whoever reads no Parquet
        import pyarrow.parquet as pq  # type: ignore[import-untyped]  # noqa: PLC0415
    except ImportError as error:
        what = "To read Parquet, pyarrow is needed, and it is not installed."
        raise BadInput([Problem(file, 0, what, "Install it (pip install pyarrow), or give CSV.")]) from error
    try:
        read = pq.read_table(pa.BufferReader(data))
    except (pa.ArrowInvalid, OSError) as error:
        raise BadInput([Problem(file, 0, "This is no Parquet file that can be read.")]) from error
    columns = {name: _dictionary(pa, read.column(name)) for name in read.column_names}
    return Table(file, {name: c for name, c in columns.items() if c is not None}, read.num_rows)


def _dictionary(pa: Any, chunked: Any) -> Column | None:
    """A column as text; None for one of a kind that has no text, such as lists."""
    try:
        if not pa.types.is_dictionary(chunked.type):
            chunked = chunked.cast(pa.string()).dictionary_encode()
        coded = chunked.combine_chunks()
        coded = coded.chunk(0) if isinstance(coded, pa.ChunkedArray) else coded
        values = tuple(str(value) for value in coded.dictionary.to_pylist())
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid, IndexError):
        return None
    at = coded.indices.fill_null(NOTHING).to_numpy(zero_copy_only=False).astype(np.int32)
    return Column(at, values)


def from_popolo(file: str, text: str) -> tuple[Table, Table]:
    """Vote events as Popolo describes them: a table of the votes, and one of who cast what. The text holds one event, a
    list of them, or a list under `vote_events`. BadInput, with every fault.
    """
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        what = f"This is not JSON: {getattr(error, 'msg', 'it is nested too deep')}."
        raise BadInput([Problem(file, line, what)]) from error
    events = data.get("vote_events", [data]) if isinstance(data, dict) else data
    problems: list[Problem] = []
    heads: list[dict[str, str | None]] = []
    cast: list[dict[str, str | None]] = []
    for number, event in enumerate(events if isinstance(events, list) else [events], 1):
        votes = event.get("votes") if isinstance(event, dict) else None
        if not isinstance(votes, list) or not all(isinstance(vote, dict) for vote in votes):
            what = f"Event {number} is no vote event: it has no list “votes”."
            problems.append(Problem(file, 0, what, "Popolo's vote events have one."))
            continue
        head = _head(event, number)
        heads.append(head)
        cast += [{"vote_id": head["vote_id"]} | _cast(vote) for vote in votes]
    if problems:
        raise BadInput(problems)
    return _table(file, heads, _HEADS), _table(file, cast, _CAST)


_HEADS = ("vote_id", "date", "title", "outcome")
_CAST = ("vote_id", "member", "ballot")


def _head(event: Mapping[str, Any], number: int) -> dict[str, str | None]:
    motion = event.get("motion") if isinstance(event.get("motion"), dict) else {}
    assert motion is not None
    name = event.get("identifier") or event.get("id") or event.get("motion_id") or str(number)
    day = event.get("start_date") or event.get("end_date") or motion.get("date") or ""
    title = motion.get("text") or motion.get("classification") or event.get("title")
    said = event.get("result") or motion.get("result")
    return {"vote_id": str(name), "date": str(day)[:10], "title": _text(title), "outcome": _text(said)}


def _cast(vote: Mapping[str, Any]) -> dict[str, str | None]:
    voter = vote.get("voter") if isinstance(vote.get("voter"), dict) else {}
    assert voter is not None
    name = voter.get("name") or vote.get("voter_id") or voter.get("id")
    return {"member": _text(name), "ballot": _text(vote.get("option"))}


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _table(file: str, rows: list[dict[str, str | None]], names: tuple[str, ...]) -> Table:
    return Table(file, {name: column(row[name] for row in rows) for name in names}, len(rows))


def read(file: str, data: bytes) -> tuple[Table, ...]:
    """The tables of a file, by the end of its name: .csv, .parquet or .json. BadInput for what cannot be read."""
    kind = file.rpartition(".")[2].lower()
    if kind == "parquet":
        return (from_parquet(file, data),)
    readers: Mapping[str, Callable[[str], tuple[Table, ...]]] = {
        "csv": lambda text: (from_csv(file, text),),
        "json": lambda text: from_popolo(file, text),
    }
    if kind not in readers:
        what = "Roll calls are read from .csv, .parquet and .json files."
        raise BadInput([Problem(file, 0, what, "Give one of these, or a folder of them.")])
    try:
        return readers[kind](data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        what = f"The file is not UTF-8, at byte {error.start}."
        raise BadInput([Problem(file, 0, what, "Save it as UTF-8.")]) from error
