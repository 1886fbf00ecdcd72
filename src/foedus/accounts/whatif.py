"""What if another rule had applied: a record of votes put to it, which outcomes turn, and who mattered under each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from foedus.accounts.lines import Json
from foedus.accounts.powers import name
from foedus.accounts.roll_called import Apart, Votes
from foedus.decisions.alternatives import alternative, ready
from foedus.decisions.facts import Cited
from foedus.decisions.many import Put, Under
from foedus.decisions.replay import (
    Mattered,
    Replayed,
    Vote,
    agreement,
    mattered,
    turned_by_member,
    turned_by_year,
)
from foedus.decisions.rule import Rule
from foedus.decisions.verdict import Outcome
from foedus.decisions.words import describe, reason, said
from foedus.power.tally import Progress, silent
from foedus.problems import BadInput

AS_IT_WAS = "as it was"


@dataclass(frozen=True, slots=True)
class Asked:
    """Another rule: what it is called, and what it makes of a rule and members."""

    name: str
    put: Put


@dataclass(frozen=True)
class WhatIf:
    """The account. `carried`: how many votes are, under the rule in force and under the other; `open`: of how many that is
    not to be said under one of them. `mattered`: each member under either. `agree`: how often two rules do, of how many.
    """

    sources: tuple[str, ...]
    rule: str
    own: tuple[tuple[Cited, str], ...]
    says: str
    votes: tuple[Vote, ...]
    apart: tuple[Apart, ...]
    absent: int
    assumed: int
    carried: tuple[int, int]
    open: int
    turned: tuple[Replayed, ...]
    was: tuple[Mattered, ...]
    now: tuple[Mattered, ...]
    agree: dict[tuple[str, str], tuple[int, int]]

    def by_year(self) -> dict[int, int]:
        """How many outcomes turn, by year."""
        return turned_by_year(self.turned)

    def by_member(self) -> dict[str, int]:
        """Of those, how many each member had stood against."""
        return turned_by_member(self.turned)

    def to_json(self) -> Json:
        """The account as published under `replay` in `schemas/whatif.json`."""
        return {
            "sources": list(self.sources),
            "rule": {"name": self.rule, "says": self.says},
            "own rules": [{"name": by.name, "citation": by.citation, "says": says} for by, says in self.own],
            "votes": len(self.votes),
            "not listed": self.absent,
            "members assumed": self.assumed,
            "carried": {"was": self.carried[0], "now": self.carried[1]},
            "not to be said": self.open,
            "turned": [_turned(each) for each in self.turned],
            "by year": [{"year": year, "turned": number} for year, number in self.by_year().items()],
            "by member": [{"member": who, "against": number} for who, number in self.by_member().items()],
            "members": {"was": [_mattered(m) for m in self.was], "now": [_mattered(m) for m in self.now]},
            "agreement": [
                {"rules": [a, b], "agree": same, "of": both} for (a, b), (same, both) in self.agree.items()
            ],
            "apart": [
                {"vote": each.id, "on": each.day.isoformat(), "title": each.title, "why": each.why}
                for each in self.apart
            ],
        }


def _turned(each: Replayed) -> Json:
    return {
        "vote": each.vote.id,
        "on": each.vote.day.isoformat(),
        "title": each.vote.title,
        "was": each.was.state,
        "now": each.now.state,
        "tally": [{"position": word, "members": number} for word, number in each.was.tally().items()],
        "against": list(stood_against(each)),
        "why it was": list(reason(each.was, name)),
        "why it turns": list(reason(each.now, name)),
    }


def _mattered(of: Mattered) -> Json:
    return {
        "member": of.member,
        "votes": of.votes,
        "decisive": of.decisive,
        "minority": of.minority,
        "alone": of.alone,
    }


def stood_against(each: Replayed) -> tuple[str, ...]:
    """Who had stood against what the other rule gives: a no to what it carries, a yes to what it does not."""
    return tuple(turned_by_member([each]))


def whatif(given: Votes, other: Asked, sources: tuple[str, ...], progress: Progress = silent) -> WhatIf:
    """The votes under another rule. BadInput where that cannot be put to any of them. A vote whose recorded outcome is not
    what the rule in force gives of the positions recorded is set apart: one or the other is wrong.
    """
    own, then = Under(), Under(other.put)
    votes, apart = _sound(own, given)
    votes, refused = _put_to(then, votes)
    was, now = own.carried(votes), then.carried(votes)
    progress(0.2)
    places = [at for at, (a, b) in enumerate(zip(was, now, strict=True)) if None not in {a, b} and a is not b]
    turned = tuple(_replayed(votes[at], own, then) for at in places)
    measured = tuple(
        mattered(_told(under, votes, progress, start)) for under, start in ((own, 0.2), (then, 0.6))
    )
    return WhatIf(
        sources,
        other.name,
        tuple(_own(votes)),
        describe(other.put(votes[-1].rule, votes[-1].members)[0]) if votes else "",
        votes,
        (*apart, *refused),
        given.absent,
        given.assumed,
        (was.count(True), now.count(True)),
        sum(None in pair for pair in zip(was, now, strict=True)),
        turned,
        measured[0],
        measured[1],
        _agreement(votes, was, other.name, now),
    )


def _sound(own: Under, given: Votes) -> tuple[tuple[Vote, ...], tuple[Apart, ...]]:
    """Votes whose recorded outcome the rule in force gives, or may give; and the others, apart."""
    found = own.carried(given.votes)
    wrong = [
        at
        for at, (vote, carried) in enumerate(zip(given.votes, found, strict=True))
        if None not in {vote.recorded, carried} and vote.recorded is not carried
    ]
    told = (_contrary(given.votes[at], recorded=bool(given.votes[at].recorded)) for at in wrong)
    out = set(wrong)
    kept = tuple(vote for at, vote in enumerate(given.votes) if at not in out)
    return kept, (*given.apart, *told)


def _contrary(vote: Vote, *, recorded: bool) -> Apart:
    said, given = ("carried", "not carried") if recorded else ("not carried", "carried")
    why = f"On record it was {said}; of the positions listed the rule in force makes {given}."
    return Apart(vote.id, vote.day, vote.title, why)


def _put_to(then: Under, votes: Sequence[Vote]) -> tuple[tuple[Vote, ...], tuple[Apart, ...]]:
    """The votes the other rule can be put to, and the others with why not. BadInput where that is all of them."""
    kept, apart, last = [], [], None
    for vote in votes:
        try:
            then.made_of(vote)
        except BadInput as error:
            last = error
            apart.append(Apart(vote.id, vote.day, vote.title, error.problems[0].what))
        else:
            kept.append(vote)
    if last is not None and not kept:
        raise last
    return tuple(kept), tuple(apart)


def _replayed(vote: Vote, own: Under, then: Under) -> Replayed:
    return Replayed(vote, own.outcome(vote), then.outcome(vote))


def _told(under: Under, votes: Sequence[Vote], progress: Progress, start: float) -> Iterator[Outcome]:
    for at, vote in enumerate(votes):
        yield under.outcome(vote)
        if at % 100 == 0:
            progress(start + 0.4 * at / len(votes))


def _own(votes: Iterable[Vote]) -> Iterator[tuple[Cited, str]]:
    """The rules in force, each once, in order of time."""
    seen: dict[int, tuple[Cited, Rule]] = {}
    for vote in votes:
        seen.setdefault(id(vote.rule), (vote.cited, vote.rule))
    for cited, rule in seen.values():
        yield cited, describe(rule)


def _agreement(
    votes: Sequence[Vote], was: list[bool | None], asked: str, now: list[bool | None]
) -> dict[tuple[str, str], tuple[int, int]]:
    """How often two rules agree: the one in force, the one asked about, and every ready one that changes something for all;
    each two once.
    """
    columns = {AS_IT_WAS: was, asked: now}
    if votes:
        for rule, _ in ready(votes[-1].rule, votes[-1].members):
            if ":" not in rule and rule not in columns:
                columns[rule] = Under(alternative(rule)).carried(votes)
    names = list(columns)
    found = agreement(columns)
    return {pair: number for pair, number in found.items() if names.index(pair[0]) < names.index(pair[1])}


def why_stopped(each: Replayed) -> str:
    """In a sentence or more, what stopped it under the rule under which it was not carried."""
    stopped = each.now if each.was.carried else each.was
    return " ".join(said(step, name) for step in stopped.steps if step.holds is False)


def apart_by_reason(apart: Iterable[Apart]) -> list[tuple[str, int]]:
    """How many are set apart for which reason, most first; reasons that differ by a name only are one."""
    kinds = Counter(_kind(each.why) for each in apart)
    return kinds.most_common()


def _kind(why: str) -> str:
    if why.startswith("It lists") and why.endswith("twice."):
        return "A member is listed twice."
    return "Somebody is listed who had no seat on that day." if why.startswith("It lists") else why
