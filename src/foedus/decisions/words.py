"""An outcome and a rule in words. Members are called by whatever name the caller gives them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from foedus.decisions.ballots import WORD
from foedus.decisions.rule import (
    COUNT,
    Condition,
    Electorate,
    NoObjection,
    Quorum,
    Rule,
    Threshold,
    Veto,
)
from foedus.decisions.shares import say_amount
from foedus.decisions.silence import Silenced
from foedus.decisions.tree import Leaf, Measured
from foedus.decisions.verdict import Outcome, Step
from foedus.terms.dates import show_day
from foedus.terms.words import a, large, listed, spaced

Names = Callable[[str], str]
_STATE = {
    "carried": "Carried.",
    "not carried": "Not carried.",
    "undone": "Carried, and undone since.",
    "not decided yet": "Not decided yet.",
    "undetermined": "This cannot be said from what is recorded.",
}
_TALLIED = {
    "yes": "in favour",
    "no": "against",
    "abstain": "abstaining",
    "declared-abstain": "abstaining by declaration",
    "absent": "absent",
    "not yes": "not in favour",
}
_BASE = {
    "members": "the members",
    "entitled": "those with a vote",
    "present": "those present",
    "voting": "those voting yes or no",
}
_STATUS = {
    "suspended": "suspended",
    "arrears": "in arrears",
    "party-to-dispute": "a party to the dispute",
    "member-concerned": "the member concerned",
    "recused": "recused",
    "not-participating": "not taking part",
}
_EFFECT = {
    "no vote, keeps base": "no vote, but counted among the members",
    "leaves base": "no vote, and not counted among the members",
    "weight leaves total": "no vote, and left out of the total of the weights",
}


def reason(outcome: Outcome, names: Names = str) -> tuple[str, ...]:
    """The outcome in sentences: what came of it first, then step by step why."""
    return (state_said(outcome), *(said(step, names) for step in outcome.steps), *followed(outcome, names))


def state_said(outcome: Outcome) -> str:
    """What came of it, in a word or a sentence."""
    return _STATE[outcome.state]


def followed(outcome: Outcome, names: Names = str) -> Iterator[str]:
    """Whom it does not bind, who may still join."""
    tied = outcome.binding
    if tied.not_bound:
        yield f"It does not bind {_many(tied.not_bound, names)}."
    if tied.may_join:
        yield f"{large(_many(tied.may_join, names))} may still join it."
    if tied.unknown:
        yield f"Whether it binds {_many(tied.unknown, names)} hangs on a ballot that is not recorded."


def said(step: Step, names: Names = str) -> str:
    """One step in a sentence."""
    if step.key in _TELL:
        return _TELL[step.key](step, names)
    kind, _, rest = str(step.of).partition("|")
    who = _many(step.who, names)
    one = len(step.who) == 1
    match step.key:
        case "excluded":
            return f"{large(who)} {'is' if one else 'are'} {_STATUS[kind]}: {_EFFECT[rest]}."
        case "waived":
            return f"{large(who)} {'is' if one else 'are'} {_STATUS[kind]}, but may vote all the same."
        case "counted-as":
            return f"{large(who)}: “{spaced(kind)}” counts as {rest}."
        case "unknown":
            return f"How {who} voted is not recorded."
        case "format-limited":
            return f"It was taken in a limited format, to which nobody objected{_without(who)}."
        case "format-refused":
            return f"{large(who)} objected to a limited format, so the ordinary one holds."
        case "format-unknown":
            return "Whether a member objected to the limited format is not recorded, and the outcome hangs on it."
        case "ex-post-open":
            return f"For {kind} days it can still be disapproved of, or whether it was is not recorded."
        case "ex-post-void" | "ex-post-delayed":
            undone = "undone" if step.key == "ex-post-void" else "put off"
            return f"{large(who) or 'Nobody'} disapproved of it since: it is {'' if step.holds else 'not '}{undone}."
        case "referred":
            return f"The matter goes to the {spaced(kind)}, which decides how to go on."
        case "stage":
            return f"Stage “{spaced(kind)}”: {_held(step.holds)}."
        case "chair":
            return f"The votes are equal, and {who} in the chair breaks the tie in favour."
    raise NotImplementedError(step.key)


def _without(who: str) -> str:
    return f", without {who}" if who else ""


def _held(holds: bool | None) -> str:  # noqa: FBT001 - what is said
    return {True: "carried", False: "not carried", None: "not to be said"}[holds]


def _many(who: Sequence[str], names: Names) -> str:
    shown = [names(each) for each in who[:12]]
    return listed([*shown, f"{len(who) - 12} more"] if len(who) > 12 else shown)


def _check(step: Step, names: Names) -> str:
    of = step.of
    assert isinstance(of, Measured)
    says = of.leaf.says
    if isinstance(says, (Veto, NoObjection)):
        against = _many(step.who, names)
        one = "veto" if isinstance(says, Veto) else "objection"
        if not step.who:
            return (
                f"No {one} stands against it."
                if of.holds
                else f"Whether {a(one)} stands against it is not recorded."
            )
        verdict = "which is allowed for" if of.holds else "which bars it"
        return f"{large(one)} of {against}, {verdict}."
    return f"{large(measure(of.leaf))}: {number(of.got)}{_of_base(of)}; {_need(of)}: {_met(of)}."


def _contrary(step: Step, names: Names) -> str:
    """A check that must not hold: what would bar the decision."""
    of = step.of
    assert isinstance(of, Measured)
    if isinstance(of.leaf.says, (Veto, NoObjection)):
        return _check(step, names)
    verdict = {
        True: "not enough to bar it",
        False: "which bars it",
        None: "which hangs on what is not recorded",
    }
    needed = _need(of).removeprefix("needed ").removesuffix(" needed")
    return (
        f"{large(measure(of.leaf))}: {number(of.got)}{_of_base(of)}; {needed} bar it: {verdict[step.holds]}."
    )


def _met(of: Measured) -> str:
    if of.holds is None:
        return "it hangs on what is not recorded"
    short = max(of.margin, -of.margin)
    if of.holds:
        return "met" if not short else f"met, by {number(short)}"
    return f"short by {number(short)}" if short else "not met"


def _of_base(of: Measured) -> str:
    return "" if of.base is None else f" of {number(of.base)}"


def _need(of: Measured) -> str:
    more = "more than" if of.leaf.strict else "at least"
    share = "" if of.base is None else f"{say_amount(of.leaf.needed)}, "
    return (
        f"{more} {share}{number(of.needed)} needed"
        if not share
        else f"needed {more} {share}that is {number(of.needed)}"
    )


def check_named(leaf: Leaf) -> str:
    """What a leaf asks, in a phrase."""
    says = leaf.says
    if isinstance(says, Quorum):
        return f"quorum of {_bound(says)}"
    if isinstance(says, Threshold):
        return _threshold(says)
    kind = {"veto": says} if isinstance(says, Veto) else {"no objection": says}
    return condition(Condition.model_validate(kind))


def number(value: Fraction | int) -> str:
    """A count or a weight as people read it; a fraction to two places, exact ones spelt so."""
    if isinstance(value, int) or value.denominator == 1:
        return f"{int(value):,}"
    return f"{float(value):,.2f}".rstrip("0")


def measure(leaf: Leaf) -> str:
    """What a leaf adds up, such as `members in favour`."""
    says = leaf.says
    assert isinstance(says, (Threshold, Quorum))
    unit = "members" if says.by == COUNT else spaced(says.by)
    of = f" of the {spaced(says.within)} members" if says.within else ""
    if isinstance(says, Quorum):
        return f"{unit}{of} there{' when it opened' if says.at == 'opening' else ''}"
    return f"{unit}{of} {listed([_TALLIED[each] for each in says.tally], 'or')}"


def _quorum(step: Step, names: Names) -> str:
    return f"Quorum. {_check(step, names)}"


def _silence(step: Step, names: Names) -> str:
    of = step.of
    assert isinstance(of, Silenced)
    until = f"{show_day(of.deadline.date())}, {of.deadline:%H:%M}"
    parts = [f"Silence ran until {until}{', as extended' if of.extended else ''}"]
    if of.broken:
        parts.append(f"{_many(of.broken, names)} broke it")
    elif of.state == "carried":
        parts.append("nobody broke it in time")
    elif of.state == "not decided yet":
        parts.append("nobody has broken it so far")
    if of.late:
        parts.append(f"{_many(of.late, names)} spoke too late")
    if of.idle:
        parts.append(f"{_many(of.idle, names)} may not break it")
    if of.doubtful:
        parts.append(f"when {_many(of.doubtful, names)} spoke is not recorded")
    return f"{'; '.join(parts)}."


def _preliminary(step: Step, names: Names) -> str:
    of = step.of
    assert isinstance(of, Outcome)
    says = of.chamber.rule.procedure.preliminary
    assert says is not None
    inner = " ".join(said(each, names) for each in of.steps if each.holds is False)
    answer = {True: "yes", False: "no", None: "not to be said"}[step.holds]
    return (
        f"The question was put first: {says.question} The answer is {answer}.{f' {inner}' if inner else ''}"
    )


_TELL: Mapping[str, Callable[[Step, Names], str]] = {
    "check": _check,
    "contrary": _contrary,
    "quorum": _quorum,
    "silence": _silence,
    "preliminary": _preliminary,
}


# -- the rule itself


def describe(rule: Rule) -> str:
    """A rule in a sentence or a few."""
    return " ".join(f"{large(part)}." for part in _parts(rule))


def _parts(rule: Rule) -> Iterator[str]:
    procedure = rule.procedure
    if procedure.mode == "silence":
        hours = procedure.silence.hours if procedure.silence else None
        yield f"it is carried when silence {f'of {hours} hours ' if hours else ''}is not broken"
    if rule.decide is not None:
        yield f"it takes {condition(rule.decide)}"
    for stage in procedure.stages:
        yield f"{spaced(stage.name)}: it takes {condition(stage.decide)}"
    if len(procedure.stages) > 1:
        yield (
            "all of these are needed"
            if procedure.stages_are == "all needed"
            else "one is tried after another"
        )
    if procedure.preliminary is not None:
        first = procedure.preliminary
        yield f"a preliminary question may be put ({first.question.rstrip('?.')}), which takes {condition(first.decide)}"
        yield f"where the answer is yes, it takes {condition(first.if_carried)}"
    for line in rule.quorum:
        yield quorum_said(line)
    yield from _electorate(rule.electorate)
    for status in rule.ballots.must_abstain:
        yield f"a member that is {_STATUS[status]} must abstain"
    if rule.tie == "chair":
        yield "the chair breaks a tie"
    if rule.limited_format:
        yield "it may be decided in a limited format, if no member objects to that"
    if rule.ex_post is not None:
        undone = "undone" if rule.ex_post.effect == "void" else "put off"
        yield f"it is {undone} where, within {rule.ex_post.days} days, there are {condition(rule.ex_post.decide)}"
    if rule.effects.not_bound:
        yield f"it does not bind those that were {listed([spaced(each) for each in rule.effects.not_bound], 'or')}"
    if procedure.referred_to is not None:
        yield f"where it is not carried, the {spaced(procedure.referred_to)} decides how to go on"


def _electorate(says: Electorate) -> Iterator[str]:
    if says.class_ is not None:
        yield f"only {spaced(says.class_)} members decide"
    for line in says.exclude:
        let = ", unless it is let vote" if line.waiver else ""
        yield f"a member that is {_STATUS[line.status]}: {_EFFECT[line.effect]}{let}"


def quorum_said(says: Quorum) -> str:
    """A quorum as a phrase."""
    return f"quorum: {_bound(says)}, {'when the meeting opens' if says.at == 'opening' else 'at the vote'}"


def condition(says: Condition) -> str:
    """A condition as a phrase: what it takes."""
    if says.all is not None:
        return listed([_inner(part) for part in says.all])
    if says.any is not None:
        return listed([_inner(part) for part in says.any], "or")
    if says.several is not None:
        return f"{says.several.number} of these: {'; '.join(condition(part) for part in says.several.of)}"
    if says.not_ is not None:
        return f"not ({condition(says.not_)})"
    if says.veto is not None:
        who = f"{spaced(says.veto.class_)} member" if says.veto.class_ else "member"
        return f"no veto of a {who} ({listed([spaced(on) for on in says.veto.on], 'or')})"
    if says.threshold is not None:
        return _threshold(says.threshold)
    assert says.no_objection is not None
    most = f" but for {says.no_objection.minus}" if says.no_objection.minus else ""
    there = " of a member present" if says.no_objection.present_only else ""
    return f"no objection{there}{most}"


def _inner(says: Condition) -> str:
    text = condition(says)
    return f"({text})" if says.all or says.any or says.several else text


def _threshold(says: Threshold) -> str:
    tallied = listed([_TALLIED[each] for each in says.tally], "or")
    if says.at_least_fewest is not None:
        few = says.at_least_fewest
        plus = f" and {few.plus} more" if few.plus else ""
        held = f"the fewest that hold more than {say_amount(few.holding_more_than)} of the {spaced(few.by)}"
        return f"at least as many members {tallied} as {held}{plus}"
    return f"{_bound(says)} {tallied}"


def _bound(says: Threshold | Quorum) -> str:
    amount = says.at_least if says.at_least is not None else says.more_than
    assert amount is not None
    more = "at least" if says.at_least is not None else "more than"
    unit = "members" if says.by == COUNT else spaced(says.by)
    within = f" of the {spaced(says.within)} members" if says.within else ""
    if isinstance(amount, int):
        return f"{more} {say_amount(amount)} {unit}{within}"
    base = _BASE[says.of or "members"]
    of = f"{base}" if says.by == COUNT else f"the {unit} of {base}"
    return f"{more} {say_amount(amount)} of {of}{within}"


def position(letter: int) -> str:
    """A position in a word."""
    return WORD[letter]
