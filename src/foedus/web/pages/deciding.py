"""Ballots set by hand: a form of the members of an organ on a day, and what comes of them under the rule in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final

from foedus.accounts.decided import Decided, decide
from foedus.accounts.deciders import Deciders, deciders
from foedus.accounts.powers import name as called
from foedus.charter.deciding import decisions_of
from foedus.charter.kinds import Decision
from foedus.decisions.given import NOTHING_GIVEN, Given, GivenCirculation
from foedus.decisions.words import describe
from foedus.problems import BadInput, NotFound
from foedus.terms.words import large
from foedus.web.pages.frame import Frame, frame
from foedus.web.pages.outcomes import Chamber, chamber
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link

OURS: Final = frozenset({"on", "known", "organ", "matter", "proposer", "sort", "others", "put"})
BALLOTS: Final = ("yes", "no", "abstain", "absent", "object", "object-absent", "declared-abstain", "reserve")
SILENT: Final = ("object",)  # by silence nobody says yes


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose."""

    value: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose, by its name in addresses."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class DecidingPage:
    """The page. `problems` stand where no answer can be given; `answer` is the outcome in words, its state first."""

    frame: Frame
    title: str
    action: str
    known: str
    about: tuple[Choice, ...]
    members: tuple[Choice, ...]
    others: Choice | None
    rule: Link
    rule_says: str
    silence: bool
    problems: tuple[str, ...]
    answer: tuple[str, ...]
    why: tuple[str, ...]
    chamber: Chamber | None


def deciding_page(visit: Visit, asked: Mapping[str, str]) -> DecidingPage:
    """The page, with the ballots of an address: members by name, `others`, and `organ`, `matter`, `proposer`."""
    ballots = {name: value for name, value in asked.items() if name not in OURS and value}
    ballots |= {"others": asked["others"]} if asked.get("others") else {}
    organs = organs_deciding(visit)
    organ = asked.get("organ", "") or (organs[0] if organs else "")
    problems: list[str] = []
    by = deciders_of(visit, organ, asked, problems)
    silent = by is not None and by.rule.procedure.mode == "silence"
    asked_for = bool(ballots) or (silent and "organ" in asked)
    found = _decided(visit, by, ballots, problems) if by is not None and asked_for else None
    in_force = by.in_force if by is not None else None
    article = visit.to.article(in_force.instrument, in_force.article, in_force.says.id) if in_force else ""
    return DecidingPage(
        frame(visit, visit.to.path("decide"), "decisions"),
        visit.standing.title(by.organ if by is not None else organ),
        visit.to.path("decide"),
        visit.known_text,
        tuple(about_what(visit, organs, organ, by, asked)),
        tuple(_member(voter.id, by, ballots) for voter in by.voters) if by is not None else (),
        _choice("others", "All others", by, ballots.get("others", ""), _nothing(by))
        if by is not None
        else None,
        Link(in_force.citation, article) if in_force else Link(""),
        describe(by.rule) if by is not None else "",
        silent,
        tuple(problems),
        found.answer() if found is not None else (),
        found.why()[1:] if found is not None else (),
        chamber(visit, found.outcome, found.ballots) if found is not None else None,
    )


def organs_deciding(visit: Visit) -> tuple[str, ...]:
    """The organs that decide by a rule in force on the day."""
    rules = (rule for rule in visit.charter.of_kind(Decision) if rule.period.holds(visit.on))
    return tuple(dict.fromkeys(organ for rule in rules for organ in rule.says.organs))


def deciders_of(visit: Visit, organ: str, asked: Mapping[str, str], problems: list[str]) -> Deciders | None:
    """Who decides by which rule; None, with the problem, where that cannot be said."""
    if not organ:
        problems.append("No rule on how anything is decided was in force on this day.")
        return None
    about = (asked.get("matter") or None, asked.get("proposer") or None)
    try:
        return deciders(visit.questions, visit.organisation.weights, organ, visit.on, *about)
    except NotFound as error:
        problems.append(str(error))
    except BadInput as error:
        problems.extend(problem.what for problem in error.problems)
    return None


def _decided(visit: Visit, by: Deciders, ballots: Mapping[str, str], problems: list[str]) -> Decided | None:
    try:
        return decide(visit.questions, by, visit.on, _in_time(visit, by, ballots), _given(visit, by))
    except BadInput as error:
        problems.extend(f"{problem.what} {problem.remedy}".strip() for problem in error.problems)
    return None


def _in_time(visit: Visit, by: Deciders, ballots: Mapping[str, str]) -> Mapping[str, str]:
    """Where silence carries: who objects did so as soon as the draft went out."""
    if by.rule.procedure.mode != "silence":
        return ballots
    began = datetime.combine(visit.on, time.min).isoformat()
    return {who: f"{cast}@{began}" if cast == "object" else cast for who, cast in ballots.items()}


def _given(visit: Visit, by: Deciders) -> Given:
    """Where silence carries: a draft that went out as the day began, with silence until noon."""
    if by.rule.procedure.mode != "silence":
        return NOTHING_GIVEN
    began, noon = (datetime.combine(visit.on, at).isoformat() for at in (time.min, time(12)))
    return Given(silence=GivenCirculation.model_validate({"circulated": began, "deadline": noon}))


def about_what(
    visit: Visit, organs: tuple[str, ...], organ: str, by: Deciders | None, asked: Mapping[str, str]
) -> Iterator[Choice]:
    """What to choose before the ballots: the organ, the matter, and on whose proposal where that matters."""
    name = by.organ if by is not None else organ
    yield Choice("organ", "Organ", tuple(Option(o, visit.standing.title(o), o == name) for o in organs))
    rules = list(decisions_of(visit.charter, name, visit.on))
    chosen = by.in_force.says.matters if by is not None else asked.get("matter", "")
    matters = dict.fromkeys(rule.says.matters for rule in rules)
    if len(matters) > 1:
        yield Choice("matter", "Matter", tuple(Option(m, large(m), m == chosen) for m in matters))
    proposers = dict.fromkeys(rule.says.proposer for rule in rules if rule.says.proposer is not None)
    if proposers:
        who = by.in_force.says.proposer if by is not None else asked.get("proposer")
        options = (Option("", "anybody", who is None), *(Option(p, p, p == who) for p in proposers))
        yield Choice("proposer", "On a proposal of", options)


def _member(member: str, by: Deciders, ballots: Mapping[str, str]) -> Choice:
    nothing = (
        f"as all others ({ballots['others'].replace('-', ' ')})" if "others" in ballots else _nothing(by)
    )
    return _choice(member, called(member), by, ballots.get(member, ""), nothing)


def _nothing(by: Deciders) -> str:
    """What no ballot means."""
    return "silent" if by.rule.procedure.mode == "silence" else "not recorded"


def _choice(name: str, label: str, by: Deciders, cast: str, nothing: str) -> Choice:
    """The ballots there are to choose from, with those that give a member no vote where the rule knows of such."""
    statuses = dict.fromkeys(line.status for line in by.rule.electorate.exclude)
    statuses |= dict.fromkeys(by.rule.ballots.must_abstain)
    silent = by.rule.procedure.mode == "silence"
    known: tuple[str, ...] = SILENT if silent else (*BALLOTS, *(() if name == "others" else statuses))
    more = (cast,) if cast and cast not in known else ()
    options = (Option(each, each.replace("-", " "), each == cast) for each in (*known, *more))
    return Choice(name, label, (Option("", nothing, not cast), *options))
