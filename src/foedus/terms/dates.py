"""Days, vague days and periods.

`on: A` happened on that day; `on: A/B` lasted from A through B and takes effect at the end of B.
`between: A/B` is one unknown day of the range, both ends in. A bare year or month is one unknown day in it.
`from` is the first day in, `until` the first day out. Inside, every period is half-open.
The notation follows EDTF level 0-1 (ISO 8601-2); the meaning is the one written here.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import core_schema

ONE_DAY = timedelta(days=1)
LAST_YEAR = 9998  # so that the day after any day exists
_PARTS = re.compile(r"^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?$")
_ONE_DATE = r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
DATE_SCHEMA = {"type": "string", "pattern": f"^{_ONE_DATE}$"}
RANGE_SCHEMA = {"type": "string", "pattern": f"^{_ONE_DATE}(/{_ONE_DATE})?$"}
YEAR_SCHEMA = {"type": "integer", "minimum": 1, "maximum": LAST_YEAR}


def parse_day(text: str) -> date:
    """A full ISO day. ValueError, in a sentence, for anything else."""
    if _PARTS.match(text.strip()) is None:
        msg = f"“{text}” is no day. Write it as YYYY-MM-DD."
        raise ValueError(msg)
    first, last = _bounds(text)
    if first != last:
        msg = f"“{text}” is not one day. Write it as YYYY-MM-DD."
        raise ValueError(msg)
    return first


def _bounds(text: str) -> tuple[date, date]:
    """First and last day that a day, a month or a year may mean."""
    match = _PARTS.match(text.strip())
    if match is None:
        msg = f"“{text}” is not a date. Write it as YYYY-MM-DD, YYYY-MM or YYYY."
        raise ValueError(msg)
    year, month, day = (int(part) if part is not None else None for part in match.groups())
    if year is not None and year > LAST_YEAR:
        msg = f"“{text}” is later than any day counted here. The last year is {LAST_YEAR}."
        raise ValueError(msg)
    try:
        first = date(year or 0, 1 if month is None else month, 1 if day is None else day)
        if day is not None:
            return first, first
        last_month = 12 if month is None else month
        return first, date(first.year, last_month, calendar.monthrange(first.year, last_month)[1])
    except ValueError as error:
        msg = f"“{text}” is no day of the calendar."
        raise ValueError(msg) from error


@lru_cache(maxsize=4096)  # an act's dates are asked for more than once, and many are recorded on one day
def _range(text: str) -> tuple[date, date]:
    """Both ends of `A/B`, or of a bare date. Each end may itself be a month or a year."""
    left, slash, right = text.partition("/")
    if not slash:
        return _bounds(left)
    first, last = _bounds(left)[0], _bounds(right)[1]
    if last < first:
        msg = f"“{text}” ends before it begins."
        raise ValueError(msg)
    return first, last


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of its month where that has no such day."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def show_day(day: date) -> str:
    """`1 December 2022`."""
    return f"{day.day} {day:%B %Y}"


@dataclass(frozen=True, slots=True)
class When:
    """When something took effect: on one day from `earliest` through `latest`, both in.

    `began` is the first day of something that lasted; it moves no edge. `approximate` is shown only.
    """

    earliest: date
    latest: date
    began: date
    approximate: bool = False

    @property
    def vague(self) -> bool:
        """Whether the day is not settled."""
        return self.earliest != self.latest

    def __str__(self) -> str:
        if self.vague:
            return f"one day of {self.earliest}/{self.latest}"
        day = f"{self.began}/{self.latest}" if self.began != self.latest else str(self.latest)
        return f"about {day}" if self.approximate else day

    @classmethod
    def lasted(cls, text: str, *, approximate: bool = False) -> When:
        """From `on`: a day, a stretch of days, or a bare month or year (one unknown day in it)."""
        first, last = _range(text)
        if "/" in text:
            if any(len(set(_bounds(end))) > 1 for end in text.split("/")):
                msg = (
                    f"“{text}” does not say on which day it began or ended. Give two days, or say “between”."
                )
                raise ValueError(msg)
            return cls(last, last, first, approximate)
        return cls(first, last, first, approximate)

    @classmethod
    def one_day_of(cls, text: str, *, approximate: bool = False) -> When:
        """From `between`: one unknown day, both ends in."""
        first, last = _range(text)
        return cls(first, last, first, approximate)

    @classmethod
    def read(cls, value: Any) -> When:
        """From what `from`, `until` or `effective` may hold: a date, `{between: A/B}`, `{on: …}`."""
        if isinstance(value, When):
            return value
        if isinstance(value, int) and not isinstance(value, bool):
            return cls.lasted(str(value))
        if isinstance(value, str):
            if "/" in value:
                msg = f"“{value}” is a range. Say {{between: {value}}} for one unknown day of it."
                raise ValueError(msg)
            return cls.lasted(value)
        if isinstance(value, dict) and len(value.keys() & {"between", "on"}) == 1 and len(value) <= 2:
            approximate = value.get("approximate", False)
            if set(value) <= {"between", "on", "approximate"} and isinstance(approximate, bool):
                make = cls.lasted if "on" in value else cls.one_day_of
                return make(str(value.get("on", value.get("between"))), approximate=approximate)
            if not isinstance(approximate, bool):
                msg = f"“approximate” is true or false, not “{approximate}”."
                raise ValueError(msg)
        msg = "A date is YYYY-MM-DD, {between: A/B} or {on: A, approximate: true}."
        raise ValueError(msg)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.read)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"anyOf": [DATE_SCHEMA, YEAR_SCHEMA, _keyed("between"), _keyed("on")]}


def _keyed(key: str) -> dict[str, Any]:
    """A date under a key: what `read` takes besides a plain date, as JSON Schema."""
    held = {"anyOf": [RANGE_SCHEMA, YEAR_SCHEMA]}
    properties = {key: held, "approximate": {"type": "boolean"}}
    return {"type": "object", "additionalProperties": False, "required": [key], "properties": properties}


def show_when(when: When) -> str:
    """In words: `1 December 2022`, `5-6 January 2022`, `31 July 2009 to 1 August 2009`, `some day from … to …`."""
    last = show_day(when.latest)
    if when.vague:
        return f"some day from {show_day(when.earliest)} to {last}"
    about = "about " if when.approximate else ""
    if when.began == when.latest:
        return about + last
    same = (when.began.year, when.began.month) == (when.latest.year, when.latest.month)
    return about + (f"{when.began.day}-{last}" if same else f"{show_day(when.began)} to {last}")


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day in (`start`) to the first day out (`end`); `end` None is open."""

    start: date
    end: date | None = None

    def holds(self, day: date) -> bool:
        """Whether `day` lies in the period."""
        return self.start <= day and (self.end is None or day < self.end)

    def overlaps(self, other: Period) -> bool:
        """Whether the two share a day."""
        return (self.end is None or other.start < self.end) and (other.end is None or self.start < other.end)

    def __str__(self) -> str:
        return f"from {self.start}" + (f" until {self.end}" if self.end else "")
