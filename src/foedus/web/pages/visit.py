"""One visit: which organisation is asked about, on which day, as known on which other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from foedus.accounts.calendar import in_order
from foedus.accounts.in_office import opens_term
from foedus.charter.charter import Charter
from foedus.charter.kinds import Sessions
from foedus.engine.answers import Questions
from foedus.engine.sentences import Voice
from foedus.engine.standing import Standing
from foedus.problems import NotFound
from foedus.record.acts import Session
from foedus.record.record import Record
from foedus.register.ledger import EMPTY, Ledger
from foedus.register.mark import Mark
from foedus.register.store import Head
from foedus.secretariat import Live, Organisation
from foedus.web.pages.addresses import Addresses


@dataclass(frozen=True)
class Visit:
    """The question every page begins with. `asked_*` is what the reader gave; `today` is what the clock says; `sort` the
    column to sort by, after a minus where from its end. `as_of`: the organisation is as its register had it then. `live`:
    the register it was read from, as it is now.
    """

    organisation: Organisation
    today: date
    asked_on: date | None = None
    asked_known: date | None = None
    sort: str = ""
    as_of: Mark | None = None
    live: Live | None = None

    @cached_property
    def on(self) -> date:
        """The day asked for; else today, or the record's last day where that is earlier."""
        return self.asked_on or min(self.today, self.organisation.record.about.record_to)

    @cached_property
    def questions(self) -> Questions:
        return self.organisation.questions(self.asked_known)

    @cached_property
    def to(self) -> Addresses:
        """Where other pages are, on the same two dates."""
        return Addresses(self.organisation.name, self.asked_on, self.known_text)

    @cached_property
    def head(self) -> Head:
        """The head of the register that the organisation was read from; that of an empty one where there is none."""
        return self.organisation.head or Head()

    @cached_property
    def ledger(self) -> Ledger:
        """Where in the register what stands; there may be more than the organisation was read from."""
        return EMPTY if self.live is None else self.live.ledger()

    def index(self, entry: str) -> int | None:
        """Where in the register an act stands; None where it does not in the open."""
        at = self.ledger.acts.get(entry)
        return at if at is not None and at < self.head.size else None

    @property
    def known_text(self) -> str:
        """As known when, as the reader gave it; empty where not at all."""
        return str(self.as_of or self.asked_known or "")

    @cached_property
    def voice(self) -> Voice:
        return Voice(self.record, self.standing.title)

    @cached_property
    def columns(self) -> set[str]:
        """The columns that the page can be sorted by, noted while it is made."""
        return set()

    def check(self) -> None:
        """NotFound, with the nearest, where the page, once made, has no such column to sort by."""
        asked = self.sort.removeprefix("-")
        if asked and asked not in self.columns:
            raise NotFound("column here to sort by", asked, self.columns)

    @property
    def standing(self) -> Standing:
        return self.questions.standing

    @property
    def record(self) -> Record:
        return self.standing.record

    @property
    def charter(self) -> Charter:
        return self.standing.charter

    @cached_property
    def sessions(self) -> tuple[Session, ...]:
        """Every session, in order of time."""
        return in_order(self.record)

    @property
    def holds_sessions(self) -> bool:
        """Whether the charter speaks of sessions, or any is on record."""
        return bool(self.sessions) or any(self.charter.of_kind(Sessions))

    def opens_term(self, session: Session) -> str:
        """Whether a session opens a term of some office: `surely`, `maybe`, or not (empty)."""
        return opens_term(self.charter, session)
