"""Where pages are. Every address carries the two dates that were asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote, urlencode

from foedus.accounts.belonging import session_of, stands_for
from foedus.record.acts import Request, Response
from foedus.record.record import Record
from foedus.terms.words import slug


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of one organisation's pages."""

    organisation: str
    on: date | None
    known: str = ""  # as known when: a day, or a point of the register's growth; as the reader gave it

    def page(self, path: str, anchor: str = "") -> str:
        """An address by its path, with the dates asked for and, after `#`, the place on the page."""
        return self._with(path, self.on) + (f"#{quote(anchor, safe='/')}" if anchor else "")

    def on_day(self, path: str, day: date) -> str:
        """The same page on another day."""
        return self._with(path, day)

    def at(self, path: str, day: date, known: str) -> str:
        """The same page on a day, as known when."""
        return replace(self, known=known).on_day(path, day)

    def _with(self, path: str, on: date | None, **more: str) -> str:
        asked = {**self._asked(on), **more}
        return f"{path}?{urlencode(asked)}" if asked else path

    def here(self, sort: str, anchor: str) -> str:
        """The page one is on with a table sorted, at that table."""
        return f"{self._with('', self.on, sort=sort)}#{quote(anchor, safe='/')}"

    @property
    def asked(self) -> tuple[tuple[str, str], ...]:
        """The dates asked for, by name, for a form that keeps them."""
        return tuple(self._asked(self.on).items())

    def _asked(self, on: date | None) -> dict[str, str]:
        given = {"on": on.isoformat() if on else "", "known": self.known}
        return {name: text for name, text in given.items() if text}

    def path(self, *parts: str) -> str:
        """`/csto/office/chairman/`: a path below the organisation."""
        return "".join(f"/{quote(part, safe='/')}" for part in (self.organisation, *parts)) + "/"

    def home(self) -> str:
        return self._with("/", self.on)

    def overview(self) -> str:
        return self.page(self.path())

    def members(self, anchor: str = "") -> str:
        return self.page(self.path("members"), anchor)

    def state(self, code: str) -> str:
        return self.page(self.path("state", code))

    def person(self, name: str) -> str:
        return self.page(self.path("person", slug(name)))

    def offices(self) -> str:
        return self.page(self.path("offices"))

    def organs(self) -> str:
        return self.page(self.path("organs"))

    def bodies(self) -> str:
        return self.page(self.path("bodies"))

    def requests(self) -> str:
        return self.page(self.path("requests"))

    def request(self, entry: str, anchor: str = "") -> str:
        return self.page(self.path("request", entry), anchor)

    def topics(self) -> str:
        return self.page(self.path("topics"))

    def topic(self, name: str) -> str:
        return self.page(self.path("topic", name))

    def sources(self) -> str:
        return self.page(self.path("sources"))

    def source(self, name: str) -> str:
        return self.page(self.path("source", name))

    def search(self, words: str = "") -> str:
        path = self.path("search")
        return self._with(path, self.on, q=words) if words else self.page(path)

    def office(self, name: str) -> str:
        return self.page(self.path("office", name))

    def organ(self, name: str) -> str:
        return self.page(self.path("organ", name))

    def session(self, entry: str, anchor: str = "") -> str:
        return self.page(self.path("session", entry), anchor)

    def article(self, instrument: str, number: str, anchor: str = "") -> str:
        return self.page(self.path("article", instrument, number), anchor)

    def decisions(self) -> str:
        return self.page(self.path("decisions"))

    def decision(self, entry: str) -> str:
        return self.page(self.path("decision", entry))

    def decide(self, on: date | None, ballots: Mapping[str, str]) -> str:
        """The page where ballots are set by hand, with some set."""
        return self._with(self.path("decide"), on, **ballots)

    def laboratory(self) -> str:
        """The page where another rule is put in the place of the one in force."""
        return self.page(self.path("laboratory"))

    def power(self) -> str:
        """The page of each member's power over time."""
        return self.page(self.path("power"))

    def sessions(self) -> str:
        return self.page(self.path("sessions"))

    def charter(self) -> str:
        return self.page(self.path("charter"))

    def readings(self, rule: str = "") -> str:
        return self.page(self.path("readings"), rule)

    def findings(self) -> str:
        return self.page(self.path("findings"))

    def record(self, anchor: str = "") -> str:
        return self.page(self.path("record"), anchor)

    def register(self, index: int | None = None) -> str:
        """The register, or one entry of it."""
        return self.page(self.path("register", *([] if index is None else [str(index)])))

    def entry(self, record: Record, entry: str) -> str:
        """Where an entry is shown: a request and the answers to it on its own page, what belongs to a session on the
        page of that, everything else in the list of the record.
        """
        match record.by_id.get(entry):
            case Request() as asked:
                return self.request(asked.id)
            case Response() as answer if isinstance(record.by_id.get(answer.to), Request):
                return self.request(stands_for(record, answer.to), answer.id)
        session = session_of(record, entry)
        if session is None:
            return self.record(entry) if entry in record.by_id else ""
        return self.session(session, entry if entry != session else "")
