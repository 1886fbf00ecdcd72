"""Requests for help, what was found and done about them; tasks given, and what was reported on them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from foedus.record.envelope import Cited, Dated, EntryId, Person
from foedus.terms.dates import When


class Addressee(Person):
    """Whom a request was put to, on what basis where it is another than the organisation's own, and what was asked of
    this one where it is another thing than of the rest.
    """

    basis: str = ""
    asks: str = ""


class Request(Dated):
    """A member's request for help: to whom, for what, under which article."""

    kind: Literal["request"]
    by: Person
    asks: str
    addressees: tuple[Addressee, ...] = Field(min_length=1)
    invokes: Cited | None = None
    alleged: str = ""
    about: tuple[EntryId, ...] = ()

    @property
    def mentions(self) -> tuple[str, ...]:
        return self.about


class Response(Dated):
    """How someone answered a request: `at` the session it was given at, `under` the article named by whoever answered."""

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

    @property
    def mentions(self) -> tuple[str, ...]:
        return (self.to, *((self.at,) if self.at else ()))


class Determination(Dated):
    """That somebody found a request's trigger to be given: what was found, in the words of a duty's trigger."""

    kind: Literal["determination"]
    of: EntryId
    by: Person
    finds: Literal["aggression", "armed attack", "threat"]
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
    """What was reported on a task, or came of it: by whom and at which session."""

    kind: Literal["report"]
    of: EntryId
    by: Person
    says: str
    at: EntryId | None = None

    @property
    def mentions(self) -> tuple[str, ...]:
        return (self.of, *((self.at,) if self.at else ()))
