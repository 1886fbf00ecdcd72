"""The course of a duty's states through the acts that bear on it, every world at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Literal, NamedTuple

from foedus.engine.courses import Course, Derived, constant, pieces
from foedus.engine.performance import Bears, Owed
from foedus.engine.reasons import Ground, Holder
from foedus.engine.timelines import Value
from foedus.engine.worlds import BEGINNING, Event, Seen, Stretch, bind, event, unfold
from foedus.record.acts import Determination
from foedus.terms.dates import ONE_DAY

DutyState = Literal["alleged", "pending", "undetermined", "overdue", "discharged", "lapsed"]
OPEN: frozenset[DutyState] = frozenset({"alleged", "pending", "undetermined", "overdue"})
# which kinds of act would have met a duty, by its content: where the record holds them all, none on record is none
MEETING = {"help": "response", "consultation": "response", "report": "report"}
Make = Callable[..., Value]


class _Story(NamedTuple):
    """What has happened of a duty so far, in one world: ids of the acts of each sort, in order of id."""

    claimed: str = ""
    found: tuple[str, ...] = ()
    met: str = ""
    unnamed: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    late: bool = False
    ended: str = ""


def duty_course(owed: Owed, membership: Sequence[Stretch[Value]]) -> Course | None:
    """How a duty stood over time: a value whose holder has its state as what it is; nobody before it came about. None
    where nothing on record lets it come about.
    """
    if not any(act.does == "claims" for act, _ in owed.bearing):
        return None
    told, party = unfold(_events(owed), _Story(), _step), _until_left(membership, owed.request.when.latest)
    return bind(told, lambda story: _stood(owed, story, party))


def _until_left(membership: Sequence[Stretch[Value]], day: date) -> list[Stretch[Value]]:
    """A membership that is left for good, once it is left after a day: coming back brings no old duty back."""
    found: list[Stretch[Value]] = []
    for stretch in membership:
        found.append(stretch)
        if (stretch.end is None or stretch.end > day) and all(_gone(value) for value, _ in stretch.cells):
            found[-1] = stretch._replace(end=None)
            break
    return found


def _gone(party: Value) -> bool:
    return party.holder is not None and party.holder.as_ in {"left", "non-member"}


def _events(owed: Owed) -> list[Event[Bears]]:
    found = [
        event(act.entry, "on", (when.earliest, when.latest), order, act)
        for order, (act, when) in enumerate(owed.bearing)
    ]
    if owed.due is not None:
        first, last = owed.due
        late = Bears("late", owed.request.id)
        found.append(event(owed.request.id, "due", (first + ONE_DAY, last + ONE_DAY), -1, late))
    return found


def _step(story: _Story, act: Bears) -> _Story | None:
    """The story after an act. What comes after a duty was met or ended changes it no more, but that its trigger be
    found.
    """
    if act.does == "late" and not (story.claimed and story.found):
        return None  # its time has not begun: this is no world there is
    if act.does == "finds":
        return story._replace(found=_with(story.found, act.entry))
    if act.does == "claims":
        return story if story.claimed else story._replace(claimed=act.entry)
    if story.met:
        return story
    match act.does:
        case "meets":
            return story._replace(met=act.entry, unnamed=(), short=(), late=False, ended="")
        case "unnamed":
            return story._replace(unnamed=_with(story.unnamed, act.entry))
        case "short":
            return story._replace(short=_with(story.short, act.entry))
        case "late":
            return story._replace(late=True)
        case _:
            return story if story.ended else story._replace(ended=act.entry)


def _with(entries: tuple[str, ...], entry: str) -> tuple[str, ...]:
    return tuple(sorted({*entries, entry}))


def _stood(owed: Owed, story: _Story, membership: Sequence[Stretch[Value]]) -> Derived:
    """How the duty stood with this story behind it, and its holder a party or no longer."""
    if not story.claimed:
        return constant(Value(None, (Ground("considered", "duty-not-claimed"),)))
    base = _grounds(owed, story)

    def value(state: DutyState, *grounds: Ground) -> Value:
        return Value(Holder(owed.holder, None, state), base + grounds)

    alleged = Ground("unrecorded", "duty-only-alleged", (owed.rule.says.trigger,))
    if story.met:
        met = Ground("applied", "duty-met", (story.met,), owed.rule.key, (story.met,))
        return constant(value("discharged", *(() if story.found else (alleged,)), met))
    if story.ended:
        return constant(
            value("lapsed", Ground("applied", "duty-ended", (story.ended,), None, (story.ended,)))
        )
    unmet = _unmet(owed, story, value) if story.found else constant(value("alleged", alleged))
    return bind(unmet, lambda stood: Seen(membership, lambda party: _left(stood, party)))


def _unmet(owed: Owed, story: _Story, value: Make) -> Course:
    """How a duty stood whose trigger was found and that was not met, while its holder was a party."""
    if story.unnamed:
        step = Ground("unsettled", "duty-met-by-unnamed", (), owed.rule.key, story.unnamed)
        return constant(value("undetermined", step))
    if story.short:
        step = Ground(
            "untranslated", "duty-extent-open", (str(owed.rule.says.extent),), owed.rule.key, story.short
        )
        return constant(value("undetermined", step))
    none = Ground("unrecorded", "duty-none-on-record", (owed.rule.says.content,), owed.rule.key)
    if not story.late:
        return constant(value("pending", none))
    assert owed.due is not None
    due = Ground("applied", "duty-time-over", (owed.due[1],), owed.rule.key)
    overdue = value("overdue", due, Ground("holds", "duty-not-met", (), owed.rule.key))
    unknown = value("undetermined", due, Ground("unrecorded", "duty-maybe-met", (), owed.rule.key))
    gap = owed.record.about.first_gap(MEETING[owed.rule.says.content], owed.request.when.earliest)
    if gap is None:
        return constant(overdue)
    return pieces((BEGINNING, gap), lambda day: constant(unknown if day == gap else overdue))


def _left(stood: Value, party: Value) -> Value:
    """An unmet duty beside its holder's membership: it ends with it."""
    if _gone(party):
        assert stood.holder is not None
        grounds = (
            *stood.grounds,
            *party.grounds,
            Ground("applied", "duty-holder-left", (stood.holder.state,)),
        )
        return Value(stood.holder._replace(as_="lapsed"), grounds, None, party.doubts)
    if not party.doubts:
        return stood
    return stood._replace(grounds=stood.grounds + party.grounds, doubts=party.doubts)


def _grounds(owed: Owed, story: _Story) -> tuple[Ground, ...]:
    """What every state of the duty rests on: the request, the rule, and who found the trigger to be given."""
    request, rule = owed.request, owed.rule
    found = [Ground("holds", "duty-claimed", (request.id,), None, (request.id,))]
    if story.claimed != request.id:
        found.append(Ground("holds", "duty-help-given", (story.claimed, owed.holder), None, (story.claimed,)))
    terms = (owed.holder, rule.says.content, rule.citation, rule.says.trigger)
    found.append(Ground("applied", "duty-rule", terms, rule.key))
    named = request.invokes is not None and request.invokes.article is not None
    if named and not owed.under_its_article(request.invokes):
        found.append(Ground("considered", "duty-invokes-other", (request.id,), None, (request.id,)))
    for entry in story.found:
        if isinstance(owed.record.by_id[entry], Determination):
            found.append(Ground("holds", "duty-found", (entry,), rule.key, (entry,)))
        else:
            found.append(Ground("holds", "duty-decided-under", (entry, rule.citation), rule.key, (entry,)))
    return tuple(found)
