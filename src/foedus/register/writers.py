"""Many writers of one process behind one transaction at a time: whoever comes first commits for all who wait.

A durable commit costs about as much for a hundred entries as for one. So while one commit runs, appends gather; the
first of them then commits them together, and hands on to whoever gathered meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock

from foedus.problems import Conflict
from foedus.register.store import Appended, Register, Submission, settled

MOST = 1_000  # submissions in one transaction


@dataclass(slots=True, eq=False)
class _Ticket:
    """One append that waits. Its lock is let go when it is settled, or when it is its turn to commit for all."""

    submission: Submission
    outcome: Appended | Conflict | BaseException | None = None
    turn: Lock = field(default_factory=Lock)


class Writers:
    """Appends to a register for any number of threads. Each waits until its entries are there for good."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self._lock = Lock()
        self._waiting: list[_Ticket] = []
        self._busy = False

    def append(
        self, entries: Sequence[bytes], *, expected_size: int | None = None, key: str | None = None
    ) -> Appended:
        """As `Register.append`."""
        return self.submit(Submission(tuple(entries), key, expected_size))

    def submit(self, submission: Submission) -> Appended:
        """As `Register.submit`."""
        ticket = _Ticket(submission)
        ticket.turn.acquire()
        with self._lock:
            self._waiting.append(ticket)
            first, self._busy = not self._busy, True
        if not first:
            ticket.turn.acquire()
        if ticket.outcome is None:
            self._lead()
        outcome = ticket.outcome
        if isinstance(outcome, BaseException) and not isinstance(outcome, Conflict):
            raise outcome
        assert outcome is not None
        return settled(outcome)

    def _lead(self) -> None:
        """Commit what waits, and hand on."""
        with self._lock:
            mine, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
        outcomes: Sequence[Appended | Conflict | BaseException]
        try:
            outcomes = self.register.commit([ticket.submission for ticket in mine])
        except BaseException as error:  # noqa: BLE001 - each who waits is told
            outcomes = [error] * len(mine)
        with self._lock:
            following = self._waiting[0] if self._waiting else None
            self._busy = following is not None
        if following is not None:
            following.turn.release()
        for ticket, outcome in zip(mine, outcomes, strict=True):
            ticket.outcome = outcome
            ticket.turn.release()
