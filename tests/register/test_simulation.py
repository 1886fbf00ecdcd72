"""Many clients write over a network that loses, repeats, delays and reorders, to a store that fails and begins again.

All chance comes from one seed, which is printed; a run is made again by `SEED=… pytest tests/register/test_simulation.py`.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest

from foedus.problems import Conflict, Unreachable
from foedus.register.log.scrub import scrub
from foedus.register.memory import MemoryRegister
from foedus.register.store import Appended, Head, Register, Submission
from tests.conftest import SOAK
from tests.register import naive
from tests.register.backends import Backend

SEEDS = [int(os.environ["SEED"])] if "SEED" in os.environ else range(2_000 if SOAK else 60)
CLIENTS, EACH = 5, 12


@dataclass
class Client:
    """A client that appends one thing after another, each again and again until it is told that it is on record."""

    name: str
    told: list[tuple[Submission, Appended]] = field(default_factory=list)
    conflicts: int = 0
    number: int = 0
    known: int = 0  # how many entries it believes there are
    waiting: Submission | None = None

    def next(self, chance: random.Random) -> Submission | None:
        """What it sends now: what it waits for, again, or something new; None where it is done."""
        if self.waiting is None and self.number < EACH:
            entries = tuple(
                f"{self.name}/{self.number}/{row}".encode() for row in range(chance.randint(1, 3))
            )
            expected = self.known if chance.random() < 0.3 else None
            self.waiting = Submission(entries, f"{self.name}/{self.number}", expected)
        return self.waiting

    def hear(self, submission: Submission, answer: Appended | Conflict) -> None:
        """An answer, which may be old or heard before."""
        if isinstance(answer, Appended):
            self.known = max(self.known, answer.head.size)
            self.told.append((submission, answer))
            if self.waiting is not None and self.waiting.key == submission.key:
                self.waiting, self.number = None, self.number + 1
        elif self.waiting == submission:
            self.conflicts += 1
            self.known += 1
            self.waiting = Submission(submission.entries, submission.key)


class Simulation:
    """A network and a store, whose every misfortune comes from one chance."""

    def __init__(self, seed: int, register: Register, fails: Callable[[], bool]) -> None:
        self.chance = random.Random(seed)
        self.register, self.fails = register, fails
        self.clients = [Client(f"c{number}") for number in range(CLIENTS)]
        self.sent: list[tuple[Client, Submission]] = []
        self.answers: list[tuple[Client, Submission, Appended | Conflict]] = []
        self.heads: list[Head] = []

    def run(self) -> None:
        for _ in range(20_000):
            self._step()
            if not self.sent and not self.answers and all(c.number == EACH for c in self.clients):
                return
        raise AssertionError("The clients did not come to an end.")

    def _step(self) -> None:
        what = self.chance.random()
        if what < 0.4:
            client = self.chance.choice(self.clients)
            submission = client.next(self.chance)
            if submission is not None:
                self.sent += [(client, submission)] * self.chance.choice([0, 1, 1, 1, 2])  # lost, or repeated
        elif what < 0.7 and self.sent:
            self.chance.shuffle(self.sent)
            batch = [self.sent.pop() for _ in range(min(len(self.sent), self.chance.randint(1, 4)))]
            self._commit(batch)
        elif self.answers:
            self.chance.shuffle(self.answers)
            client, submission, answer = self.answers.pop()
            if self.chance.random() < 0.75:  # else it is lost
                client.hear(submission, answer)

    def _commit(self, batch: Sequence[tuple[Client, Submission]]) -> None:
        try:
            outcomes = self.register.commit([submission for _, submission in batch])
        except Unreachable:
            return
        finally:
            self.heads.append(self.register.head())
        if self.fails():
            return  # the store did it, and was ended before it could say so
        for (client, submission), outcome in zip(batch, outcomes, strict=True):
            self.answers.append((client, submission, outcome))


class Fallible(MemoryRegister):
    """A register that is ended, now and then, before it does what it is asked to."""

    def __init__(self, fails: Callable[[], bool]) -> None:
        super().__init__()
        self._fails = fails

    def commit(self, submissions: Sequence[Submission]) -> list[Appended | Conflict]:
        if self._fails():
            raise Unreachable("ended")
        return super().commit(submissions)


def _holds(simulation: Simulation) -> None:
    """What was acknowledged is there, at one index, once; no prefix ever changed; the root is that of the entries."""
    entries = list(simulation.register.read())
    assert len(entries) == len(set(entries))
    for client in simulation.clients:
        assert {s.key for s, _ in client.told} == {f"{client.name}/{number}" for number in range(EACH)}
        for submission, answer in client.told:
            end = answer.first + len(submission.entries)
            assert tuple(entries[answer.first : end]) == submission.entries
            assert answer.head == Head(end, naive.root(entries[:end]))
    for head in simulation.heads:
        assert head.root == naive.root(entries[: head.size])
    assert [head.size for head in simulation.heads] == sorted(head.size for head in simulation.heads)
    assert scrub(simulation.register)[0] == simulation.heads[-1]


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_goes_wrong_what_was_acknowledged_is_on_record_once(seed: int) -> None:
    print(f"seed {seed}")  # noqa: T201 - to make the run again
    misfortune = random.Random(-seed - 1)

    def fails() -> bool:
        return misfortune.random() < 0.1

    simulation = Simulation(seed, Fallible(fails), fails)
    simulation.run()
    _holds(simulation)


def test_the_same_holds_on_every_backend(backend: Backend) -> None:
    simulation = Simulation(7, backend.open(), lambda: False)
    simulation.run()
    _holds(simulation)


def test_a_store_that_forgets_keys_would_be_noticed() -> None:
    class Forgetful(MemoryRegister):
        def commit(self, submissions: Sequence[Submission]) -> list[Appended | Conflict]:
            self._receipts.clear()
            return super().commit([Submission(s.entries, None, s.expected_size) for s in submissions])

    simulation = Simulation(7, Forgetful(), lambda: False)
    simulation.run()
    with pytest.raises(AssertionError):
        _holds(simulation)
