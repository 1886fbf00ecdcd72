"""The laboratory: a rule in the place of the one in force; who then has how much power, who can block, what turns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from foedus.accounts.deciders import Deciders
from foedus.accounts.powers import name as called
from foedus.accounts.roll_called import on_record
from foedus.accounts.whatif import Asked, WhatIf, whatif, why_stopped
from foedus.charter.deciding import deciding
from foedus.decisions.alternatives import Members
from foedus.decisions.blocking import blocking
from foedus.decisions.chamber import Chamber, assemble
from foedus.decisions.reduction import Otherwise, game
from foedus.decisions.replay import Vote
from foedus.decisions.rule import Rule
from foedus.decisions.words import describe
from foedus.power import Index, Power, power
from foedus.problems import BadInput
from foedus.record.acts import Decided
from foedus.terms.words import listed
from foedus.web.pages.deciding import Choice, Option, about_what, deciders_of, organs_deciding
from foedus.web.pages.frame import Frame, frame
from foedus.web.pages.other_rule import Field, Wanted, fields, ready_rules, vetoes, wanted
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link

MOST_GROUPS = 10
MOST_SEARCHED = 40  # members among whom blocking groups are looked for while somebody waits
SHOWN: tuple[Index, ...] = ("shapley-shubik", "banzhaf")


@dataclass(frozen=True, slots=True)
class Held:
    """One member's share of an index by the rule in force and by the other, in hundredths; the bars' lengths with it."""

    member: str
    was: tuple[str, ...]
    now: tuple[str, ...]
    bars: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Turned:
    """An outcome on record that turns."""

    link: Link
    day: str
    now: str
    why: str


@dataclass(frozen=True, slots=True)
class LaboratoryPage:
    """The page. `problems` say what cannot be answered; the rest is told as far as it can."""

    frame: Frame
    title: str
    action: str
    known: str
    about: tuple[Choice, ...]
    amounts: tuple[Field, ...]
    vetoes: tuple[Option, ...]
    rule: Link
    was: str
    now: str
    problems: tuple[str, ...]
    power: tuple[Held, ...]
    vetoers: str
    groups: tuple[str, ...]
    replay: WhatIf | None
    turned: tuple[Turned, ...]


def laboratory_page(visit: Visit, asked: Mapping[str, str]) -> LaboratoryPage:
    """The page for the organ, matter, other rule, its amounts and vetoes, and what the others do, as an address has them."""
    organs, problems, want = organs_deciding(visit), list[str](), wanted(asked)
    by = deciders_of(visit, asked.get("organ", "") or (organs[0] if organs else ""), asked, problems)
    other = _other(by, want, problems) if by is not None else None
    then = _chamber(*other, problems) if other is not None else None
    powers = _powers(by, then, asked, problems) if by is not None and then is not None else ()
    replay = _replay(visit, by, want, problems) if by is not None and then is not None else None
    in_force = by.in_force if by is not None else None
    article = visit.to.article(in_force.instrument, in_force.article, in_force.says.id) if in_force else ""
    return LaboratoryPage(
        frame(visit, visit.to.path("laboratory"), "decisions"),
        visit.standing.title(by.organ) if by is not None else visit.organisation.record.about.name,
        visit.to.path("laboratory"),
        visit.known_text,
        (*about_what(visit, organs, "", by, asked), *(_choices(by, want, asked) if by is not None else ())),
        tuple(fields(by, want)) if by is not None else (),
        tuple(vetoes(by, want)) if by is not None else (),
        Link(in_force.citation, article) if in_force else Link(""),
        describe(by.rule) if by is not None else "",
        want.says(by.rule, by.voters) if by is not None and other is not None else "",
        tuple(problems),
        tuple(_held(powers)) if powers else (),
        listed([called(v) for v in powers[1].vetoers]) if powers else "",
        _groups(then) if then is not None else (),
        replay,
        tuple(_turned(visit, replay)) if replay is not None else (),
    )


def _choices(by: Deciders, want: Wanted, asked: Mapping[str, str]) -> Iterator[Choice]:
    """The ready rules, and what those do who are not for a proposal."""
    yield ready_rules(by, want)
    otherwise = asked.get("otherwise", "")
    options = (Option("", "say no, unless it matters", chosen=False), *(
        Option(each, says, each == otherwise) for each, says in (("no", "say no"), ("abstain", "abstain"))
    ))  # fmt: skip
    yield Choice("otherwise", "Those not for it", options)


def _other(by: Deciders, want: Wanted, problems: list[str]) -> tuple[Rule, Members] | None:
    try:
        return want.put(by.rule, by.voters)
    except BadInput as error:
        problems += _said(error)
    return None


def _chamber(rule: Rule, members: Members, problems: list[str]) -> Chamber | None:
    try:
        return assemble(rule, members)
    except BadInput as error:
        problems += _said(error)
    return None


def _powers(
    by: Deciders, then: Chamber, asked: Mapping[str, str], problems: list[str]
) -> tuple[Power, Power] | None:
    said = asked.get("otherwise")
    otherwise: Otherwise | None = "no" if said == "no" else "abstain" if said == "abstain" else None
    try:
        was, now = (game(each, otherwise) for each in (assemble(by.rule, by.voters), then))
        return power(was, SHOWN), power(now, SHOWN)
    except BadInput as error:
        problems += _said(error)
    return None


def _held(powers: tuple[Power, Power]) -> Iterator[Held]:
    """Each member, most by the other rule first."""
    was, now = ({v: [p.of[i][at] for i in p.of] for at, v in enumerate(p.voters)} for p in powers)
    most = max(float(figures[0]) for each in (was, now) for figures in each.values()) or 1.0
    for member in sorted(now, key=lambda m: (-now[m][0], called(m))):
        before = was.get(member, [0] * len(now[member]))
        yield Held(
            called(member),
            tuple(f"{float(n):.2%}" for n in before),
            tuple(f"{float(n):.2%}" for n in now[member]),
            (round(100 * float(before[0]) / most, 2), round(100 * float(now[member][0]) / most, 2)),
        )


def _groups(then: Chamber) -> tuple[str, ...]:
    """The smallest groups that block, each in words; none where there are too many members to look while one waits."""
    if len(then.voters) > MOST_SEARCHED:
        return ()
    found = islice(blocking(then), MOST_GROUPS)
    return tuple(listed([called(who) for who in group]) for group in found)


def _replay(visit: Visit, by: Deciders, want: Wanted, problems: list[str]) -> WhatIf | None:
    if not want.anything:
        return None
    given = on_record(visit.questions, visit.organisation.weights, by.organ)
    given = replace(given, votes=tuple(vote for vote in given.votes if _of_the_matter(visit, by, vote)))
    other = Asked(want.ready or "another rule", want.put)
    try:
        return whatif(given, other, ("the record",))
    except BadInput as error:
        problems += _said(error)
    return None


def _of_the_matter(visit: Visit, by: Deciders, vote: Vote) -> bool:
    """Whether a decision on record was of the matter whose rule is changed: amounts of another rule are other amounts."""
    entry = visit.record.by_id[vote.id]
    own = entry.matter if isinstance(entry, Decided) else ""
    found = deciding(visit.charter, by.organ, vote.day, own or None)
    return found.says.matters == by.in_force.says.matters


def _turned(visit: Visit, replay: WhatIf) -> Iterator[Turned]:
    for each in replay.turned:
        link = Link(each.vote.title or each.vote.id, visit.to.entry(visit.record, each.vote.id))
        yield Turned(link, each.vote.day.isoformat(), each.now.state, why_stopped(each))


def _said(error: BadInput) -> list[str]:
    return [f"{problem.what} {problem.remedy}".strip() for problem in error.problems]
