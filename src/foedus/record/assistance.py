"""Requests for help, what was found and done about them; tasks given, and what was reported on them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from foedus.record.envelope import Cited, Dated, EntryId, Person
from foedus.terms.dates import When
from foedus.terms.states import State
from foedus.terms.triggers import Trigger


class Addressee(Person):
    """Whom a request was put to, on what basis where it is another than the organisation's own, and what was asked of
    this one where it is another thing than of the rest.
    """

    basis: str = ""
    asks: str = ""


class Request(Dated):
    """A member's request for help: to whom, for what, under which article. `alleged` is what it says has happened, and
    `alleges` which trigger of a duty that is; left out where it is none, or no page lets one tell.
    """

    kind: Literal["request"]
    by: Person
    asks: str
    addressees: tuple[Addressee, ...] = Field(min_length=1)
    invokes: Cited | None = None
    alleged: str = ""
    alleges: Trigger | None = None
    about: tuple[EntryId, ...] = ()

    @property
    def mentions(self) -> tuple[str, ...]:
        return self.about


class Response(Dated):
    """How someone answered a request: `at` the session it was given at, `under` the article named by whoever answered.

    `taking part` are the states that did what was done, where a page names them; else it is whoever is in `by`. A
    `withdrawal` by the requester takes the request back, one by others ends the help.
    """

    kind: Literal["response"]
    to: EntryId
    by: Person
    how: Literal[
        "consultation", "statement", "offer", "mission", "decision", "no decision",
        "refusal", "deployment", "withdrawal", "no haste",
    ]  # fmt: skip
    what: str
    at: EntryId | None = None
    under: Cited | None = None
    taking_part: tuple[State, ...] = ()

    @property
    def mentions(self) -> tuple[str, ...]:
        return (self.to, *((self.at,) if self.at else ()))


class Determination(Dated):
    """That somebody found a request's trigger to be given: what was found, in the words of a duty's trigger."""

    kind: Literal["determination"]
    of: EntryId
    by: Person
    finds: Trigger
    says: str = ""

    @property
    def mentions(self) -> tuple[str, ...]:
        return (self.of,)


class Mandate(Dated):
    """A task given to somebody: by whom, at which session, until when where a day was set."""

    kind: Literal["mandate"]
    to: Person
    by: Person
    task: str
    at: EntryId | None = None
    due: When | None = None
    about: tuple[EntryId, ...] = ()

    @property
    def dates(self) -> tuple[tuple[str, When], ...]:
        return (("on", self.when), *((("due", self.due),) if self.due else ()))

    @property
    def mentions(self) -> tuple[str, ...]:
        return ((self.at,) if self.at else ()) + self.about


class Report(Dated):
    """What was reported on a task, or came of it; or on what was done about a request: by whom, at which session, and
    `to` whom, where that is told.
    """

    kind: Literal["report"]
    of: EntryId
    by: Person
    to: Person | None = None
    says: str
    at: EntryId | None = None

    @property
    def mentions(self) -> tuple[str, ...]:
        return (self.of, *((self.at,) if self.at else ()))
