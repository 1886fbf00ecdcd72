"""All timelines of one organisation under one charter and one live record, each made when first asked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeVar

from foedus.charter.charter import Charter, RuleInForce
from foedus.charter.kinds import Composition, Membership, Office, Organ, RotationHolder
from foedus.charter.kinds import Rule as RuleModel
from foedus.engine.bodies import OFFERED, body_course, offer_course
from foedus.engine.choices import Ways
from foedus.engine.courses import Course, by_version, constant
from foedus.engine.defaults import Listing, by_own_host
from foedus.engine.news import Kept, News, made, made_again
from foedus.engine.offices import HostedOffice, appointment_course
from foedus.engine.persons import (
    head_course,
    membership_course,
    officer_unnamed,
    seat_course,
    seat_person_course,
)
from foedus.engine.reasons import Ground
from foedus.engine.rolls import Rolls, common_name, name_course
from foedus.engine.tenures import Tenures, by_term
from foedus.engine.timelines import Timeline, Value, in_force, settle
from foedus.engine.turns import Rotation, rotation
from foedus.engine.worlds import at
from foedus.record.acts import Body, Session, StateName
from foedus.record.acts import Membership as MembershipAct
from foedus.record.record import Record

K = TypeVar("K", bound=RuleModel)
Made = TypeVar("Made")
ORGANISATION = "organisation"


class Standing:
    """Asks the engine for timelines and keeps them. The same charter and record always give the same ones; where one
    like it is given, sooner.
    """

    def __init__(self, charter: Charter, record: Record, like: Standing | None = None) -> None:
        self.charter, self.record = charter, record
        self._made: dict[tuple[str, ...], object] = {}
        self._before: dict[str, Kept] = {}
        if like is not None and like.charter is charter:
            self._keep(like)

    @classmethod
    def of(cls, charter: Charter, record: Record, timelines: Mapping[tuple[str, ...], Timeline]) -> Standing:
        """A standing whose timelines were made before, as `timelines` gave them."""
        found = cls(charter, record)
        for key, timeline in timelines.items():
            if key[0] == "seats":
                seats = found._once(key[:2], dict[str, Timeline])
                seats[key[2]] = timeline
            else:
                found._made[key] = timeline
        return found

    def timelines(self) -> dict[tuple[str, ...], Timeline]:
        """All that questions are answered from: offices, seats, parties; by what each is of."""
        found: dict[tuple[str, ...], Timeline] = {
            ("office", name): self.office(name) for name in self.offices()
        }
        for organ in self.organs():
            found |= {("seats", organ, whose): seat for whose, seat in self.seats(organ).items()}
            found["no seats", organ] = self.no_seats(organ)
        for of in self.memberships():
            found |= {("party", of, state): self.party(state, of) for state in self.parties(of)}
        return found

    def offices(self) -> tuple[str, ...]:
        """Names of the offices the charter knows, in its order."""
        return self._once(
            ("offices",), lambda: tuple(dict.fromkeys(r.says.office for r in self.charter.of_kind(Office)))
        )

    def organs(self) -> tuple[str, ...]:
        """Names of the organs whose seats the charter fills, in its order."""
        return self._once(
            ("organs",), lambda: tuple(dict.fromkeys(r.says.organ for r in self.charter.of_kind(Composition)))
        )

    def memberships(self) -> tuple[str, ...]:
        """What one can be a party of, in the charter's order: the organisation, or an instrument."""
        return self._once(
            ("memberships",),
            lambda: tuple(dict.fromkeys(r.says.of for r in self.charter.of_kind(Membership))),
        )

    def parties(self, of: str = ORGANISATION) -> tuple[str, ...]:
        """States with any act of membership on record, in order of code."""
        return tuple(sorted({entry.party for entry in self.record.of_kind(MembershipAct) if entry.of == of}))

    def title(self, name: str) -> str:
        """What an office, an organ or something one is a party of is called; the name itself where nothing says."""
        return self._once(("titles",), self._titles).get(name, name)

    def _titles(self) -> dict[str, str]:
        return {
            ORGANISATION: self.record.about.short,
            **{instrument.id: instrument.short for instrument in self.charter.instruments},
            **{rule.says.organ: rule.says.name for rule in self.charter.of_kind(Organ)},
            **{rule.says.office: rule.says.name for rule in self.charter.of_kind(Office)},
        }

    def office(self, name: str) -> Timeline:
        """Who holds an office, over time. KeyError where the charter knows no such office."""
        return self._once(("office", name), lambda: self._office(name))

    def seats(self, organ: str) -> dict[str, Timeline]:
        """Who fills each seat of an organ, over time, by state, or by officer where a rule gives one a seat. KeyError
        where no rule composes it.
        """
        return self._once(("seats", organ), lambda: self._seats(organ))

    def no_seats(self, organ: str) -> Timeline:
        """What stands for an organ's seats on days on which no state is known to have one."""
        ground = Ground("unrecorded", "no-parties", (organ,))
        course = constant(Value(None, (ground,), None, frozenset({"unrecorded"})))
        return self._once(
            ("no seats", organ), lambda: self._timeline(course, self.compositions(organ), organ)
        )

    def seated(self, organ: str, day: date) -> tuple[str, ...]:
        """Who has a seat in an organ on `day`, or may have one: states that are members in some world, then officers."""
        versions = self.compositions(organ)
        of = versions[0].says.of
        segments = ((state, self.party(state, of).at(day)) for state in self.parties(of))
        states = (
            state
            for state, s in segments
            if any(p.holder is not None and p.holder.as_ == "member" for p in s.possible)
        )
        return (*states, *(officer for v in versions if v.period.holds(day) for officer in v.says.also))

    def party(self, state: str, of: str = ORGANISATION) -> Timeline:
        """A state's status as a party, over time."""
        return self._once(("party", of, state), lambda: self._party(state, of))

    def membership(self, state: str, of: str) -> Course:
        """The same as a course, which does not end where the record does: for what is derived from it."""
        return self._membership(state, of)

    def head(self, state: str, role: str, day: date) -> tuple[Value, ...]:
        """Who holds a national role on `day`, in every world."""
        return tuple(value for value, _ in at(self._head(state, role), day).cells)

    def bodies(self) -> tuple[str, ...]:
        """Names of the bodies on record, founded or only offered, in order of the record."""
        return tuple(self._bodies())

    def body_entries(self, name: str) -> tuple[Body, ...]:
        """What is on record of a body. KeyError where nothing is."""
        return self._bodies()[name]

    def body(self, name: str) -> Timeline:
        """Whether a body stood, over time. No rule is asked: what was set up before its rule was set up all the same."""
        made = lambda: settle(body_course(self.record, self.body_entries(name)), self._record_to)  # noqa: E731
        return self._once(("body", name), made)

    def offer(self, name: str) -> Timeline | None:
        """Whether a body had been offered, over time; None where no offer is on record."""
        entries = self.body_entries(name)
        if not any(entry.status == OFFERED for entry in entries):
            return None
        return self._once(("offer", name), lambda: settle(offer_course(entries), self._record_to))

    def versions(self, kind: type[K], keep: Callable[[K], bool]) -> tuple[RuleInForce[K], ...]:
        """The versions of the one rule of a kind that passes, in order of time."""
        found = [rule for rule in self.charter.of_kind(kind) if keep(rule.says)]
        return tuple(sorted(found, key=lambda rule: rule.period.start))

    def office_rules(self, name: str) -> tuple[RuleInForce[Office], ...]:
        """The versions of the rule on an office, in order of time; none where the charter knows no such office."""
        return self.versions(Office, lambda rule: rule.office == name)

    def compositions(self, organ: str) -> tuple[RuleInForce[Composition], ...]:
        """The versions of the rule that composes an organ, in order of time."""
        return self.versions(Composition, lambda rule: rule.organ == organ)

    def _keep(self, like: Standing) -> None:
        """Keep what another standing made wherever the records differ in nothing that it was made from."""
        self._before = dict(like._before)
        news = News.between(like.record, self.record)
        if news is not None and news.passing:
            self._made = {key: made for key, made in like._made.items() if key[0] != "kept"}
        elif news is not None:
            of_one = ("membership", "party", "head course", "seat person")
            self._made = {
                key: made
                for key, made in like._made.items()
                if key[0] in of_one and news.states.isdisjoint(key)
            }

    def kept(self, name: str, make: Callable[[], Made]) -> Made:
        """Something else that is made from this standing alone: made when first asked for, and kept as long as it."""
        return self._once(("kept", name), make)

    def _once(self, key: tuple[str, ...], make: Callable[[], Made]) -> Made:
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]  # type: ignore[return-value]

    def _bodies(self) -> dict[str, tuple[Body, ...]]:
        def made() -> dict[str, tuple[Body, ...]]:
            found: dict[str, tuple[Body, ...]] = {}
            for entry in self.record.of_kind(Body):
                found[entry.name] = (*found.get(entry.name, ()), entry)
            return found

        return self._once(("bodies",), made)

    @property
    def _record_to(self) -> date:
        return self.record.about.record_to

    def _timeline(self, course: Course, versions: Iterable[RuleInForce[K]], name: str) -> Timeline:
        return self._in_force(settle(course, self._record_to), versions, name)

    def _in_force(self, timeline: Timeline, versions: Iterable[RuleInForce[K]], name: str) -> Timeline:
        periods = [version.period for version in versions]
        return in_force(timeline, periods, Ground("considered", "rule-not-in-force", (name,)))

    def _party(self, state: str, of: str) -> Timeline:
        versions = self.versions(Membership, lambda rule: rule.of == of)
        return self._timeline(self._membership(state, of), versions, of)

    def _membership(self, state: str, of: str) -> Course:
        versions = self.versions(Membership, lambda rule: rule.of == of)

        def made() -> Course:
            if not versions:
                return membership_course(self.record, of, state, None)
            periods = [version.period for version in versions]
            return by_version(periods, lambda n: membership_course(self.record, of, state, versions[n].key))

        return self._once(("membership", of, state), made)

    def _head(self, state: str, role: str) -> Course:
        return self._once(("head course", state, role), lambda: head_course(self.record, state, role))

    def _seat_person(self, organ: str, state: str) -> Course:
        made = lambda: seat_person_course(self.record, self.compositions(organ), state)  # noqa: E731
        return self._once(("seat person", organ, state), made)

    def _seats(self, organ: str) -> dict[str, Timeline]:
        versions = self.compositions(organ)
        if not versions:
            raise KeyError(organ)
        of = versions[0].says.of
        states = {
            state: self._timeline(
                seat_course(self._membership(state, of), self._seat_person(organ, state)), versions, organ
            )
            for state in self.parties(of)
        }
        return states | {
            officer: self._timeline(
                constant(officer_unnamed(officer, version.key)),
                [v for v in versions if officer in v.says.also],
                organ,
            )
            for version in versions
            for officer in version.says.also
        }

    def _office(self, name: str) -> Timeline:
        versions = self.office_rules(name)
        if not versions:
            raise KeyError(name)
        if versions[0].says.term.opened_by == "month":
            return self._timeline(self.rotation(name).course, versions, name)
        if versions[0].says.term.opened_by == "appointment":
            periods = [version.period for version in versions]
            course = by_version(periods, lambda index: appointment_course(self.record, versions[index]))
            return self._timeline(course, versions, name)
        kept = self._hosted(name, versions)
        return self._in_force(Timeline(kept.course, kept.office.tellers), versions, name)

    def _hosted(self, name: str, versions: tuple[RuleInForce[Office], ...]) -> Kept:
        """An office opened by sessions: made from what was kept of it where that can be, and kept in its turn."""
        member = self.member_of(versions[0].says.of)
        if not all(
            map(by_own_host, versions)
        ):  # a session may change a term before its own, or every one after
            return made(self.record, HostedOffice(self.record, self._tenures(versions), self._person))
        kept = self._before.get(name)
        news = News.between(kept.record, self.record) if kept is not None else None
        if kept is not None and news is not None:
            self._before[name] = made_again(kept, self.record, member, self._person, news)
        else:
            self._before[name] = made(
                self.record, HostedOffice(self.record, self._tenures(versions), self._person)
            )
        return self._before[name]

    def _tenures(self, versions: tuple[RuleInForce[Office], ...]) -> Tenures:
        return Tenures.read(self.record, versions, self.member_of(versions[0].says.of), self._listed)

    def defaults(self, name: str) -> dict[str, Mapping[str | None, Ways]]:
        """Whom the general rule alone seats in each term of an office that sessions open, by the session; in each world
        (None: nobody, and `UNSAID` where that cannot be said).
        """
        return self._once(("defaults", name), lambda: by_term(self._tenures(self.office_rules(name))))

    def _listed(self, rule: RuleInForce[Office], session: Session) -> Listing:
        """The members by name as a session opens a term; by names on record in the language, else by those of CLDR."""
        assert isinstance(rule.says.holder, RotationHolder)
        organ, language = rule.says.holder.rotation.among, rule.says.holder.rotation.language
        composition = self.compositions(organ)
        day = max(session.when.latest, composition[0].period.start)
        parties = self.parties(composition[0].says.of)
        rolls = self._once(
            ("names", organ, language),
            lambda: Rolls(
                {
                    s: seat_course(self._membership(s, composition[0].says.of), self._name(s, language))
                    for s in parties
                }
            ),
        )
        names = {state: at(self._name(state, language), day).cells for state in parties}
        return Listing(
            rolls.at(day),
            {
                s: str(cells[0][0].holder.person)
                for s, cells in names.items()
                if len(cells) == 1 and cells[0][0].holder is not None and cells[0][0].holder.person
            },
        )

    def _name(self, state: str, language: str) -> Course:
        if any(name.language == language for name in self.record.of_kind(StateName)):
            return name_course(self.record, state, language)
        return common_name(state, language)

    def rotation(self, name: str) -> Rotation:
        """An office that goes round: who held it, and where its turns on record do not fit."""
        versions = self.office_rules(name)
        return self._once(
            ("rotation", name), lambda: rotation(self.record, versions, self._rolls, self._seats_on)
        )

    def _rolls(self, organ: str, language: str) -> Rolls:
        def made() -> Rolls:
            of = self.compositions(organ)[0].says.of
            names = ((state, name_course(self.record, state, language)) for state in self.parties(of))
            return Rolls({state: seat_course(self._membership(state, of), name) for state, name in names})

        return self._once(("rolls", organ, language), made)

    def _seats_on(self, organ: str, day: date) -> int | None:
        return next((rule.says.size for rule in self.compositions(organ) if rule.period.holds(day)), None)

    def member_of(self, organ: str) -> Callable[[str, date], tuple[Value, ...]]:
        """How a state stands on a day, in every world, as a party of what the organ's seats are for."""
        composition = self.compositions(organ)
        of = composition[0].says.of if composition else ORGANISATION
        first = min((rule.period.start for rule in composition), default=date.min)
        known: dict[str, tuple[list[date], list[tuple[Value, ...]]]] = {}

        def standings(state: str, day: date) -> tuple[Value, ...]:
            if state not in known:
                course = self._membership(state, of)
                known[state] = [s.start for s in course], [tuple(v for v, _ in s.cells) for s in course]
            starts, values = known[state]
            # a term opened before its rule was in force counts, and so does its host, from when the rule is in force
            return values[bisect_right(starts, max(day, first)) - 1]

        return standings

    def _person(self, rule: RuleInForce[Office]) -> Callable[[str], Course]:
        """Who holds the office for a state, as the rule's holder names them."""
        holder = rule.says.holder
        assert not isinstance(holder, str)
        role, organ = holder.role, holder.seat_in
        if role is not None:
            return lambda state: self._head(state, role)
        return lambda state: self._seat_person(str(organ), state)
