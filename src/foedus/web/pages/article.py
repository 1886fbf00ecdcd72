"""An article: its reading beside its rules, the texts of its instrument, and the acts that fell under it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from foedus.charter.charter import RuleInForce
from foedus.charter.kinds import AnyRule, Attendance, Composition, Membership, Office, Organ, Sessions
from foedus.charter.say import say
from foedus.problems import NotFound
from foedus.record.acts import Appointment, Turn
from foedus.record.acts import Membership as MembershipAct
from foedus.terms.dates import When
from foedus.terms.states import state_name
from foedus.web.pages.frame import Frame, frame
from foedus.web.pages.law import InstrumentView, instrument_view, prose, source_lines, text_changes
from foedus.web.pages.names import person_link, state_link
from foedus.web.pages.organs import organs_of
from foedus.web.pages.readings import readings_link
from foedus.web.pages.reasons import EntryLine, entry_line
from foedus.web.pages.session_tables import Sessions as SessionRows
from foedus.web.pages.session_tables import sorting
from foedus.web.pages.sessions import session_table
from foedus.web.pages.tables import Column, Table, table
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, SourceLine
from foedus.web.pages.written import Written, written


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a rule: what it says as a sentence (nothing where its lines do), its lines, the days it is in force,
    how its wording is known.
    """

    says: str
    lines: tuple[Written, ...]
    text: str
    start: date
    end: date | None
    basis: str
    sources: tuple[SourceLine, ...]
    note: str
    now: bool


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule with all its versions, the one in force on the day first."""

    id: str
    untranslated: bool
    leans: tuple[Link, ...]
    leaned_on_by: tuple[Link, ...]
    versions: tuple[Version, ...]
    shown_at: Link | None
    readings: Link | None


@dataclass(frozen=True, slots=True)
class Appointed:
    """An appointment that fell under the article."""

    person: Link
    of: Link
    start: When
    end: When | None
    appointed: When | None
    acting: bool
    entry: EntryLine


@dataclass(frozen=True, slots=True)
class Party:
    """An act of membership that fell under the article."""

    state: Link
    status: str
    start: When
    end: When | None
    entry: EntryLine


@dataclass(frozen=True, slots=True)
class Turned:
    """A turn on record in an office that goes round."""

    state: Link
    when: When
    decided: bool
    entry: EntryLine


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """The page."""

    frame: Frame
    instrument: InstrumentView
    word: str
    cited: str
    title: str
    reading: str
    articles: tuple[tuple[Link, bool], ...]
    rules: tuple[RuleView, ...]
    sessions: tuple[SessionRows, ...]
    appointments: tuple[tuple[str, Table[Appointed]], ...]
    turns: tuple[tuple[str, Table[Turned]], ...]
    parties: tuple[tuple[str, Table[Party]], ...]


def article_page(visit: Visit, instrument: str, number: str) -> ArticlePage:
    """The page of an article. NotFound where the charter has no such instrument or article."""
    found = visit.charter.instrument(instrument)
    if found is None:
        known = [each.id for each in visit.charter.instruments]
        raise NotFound(f"instrument of {visit.organisation.name}", instrument, known)
    article = visit.charter.article(instrument, number)
    if article is None:
        raise NotFound(f"article of the {found.short}", number, [each.number for each in found.articles])
    rules = visit.charter.under(article)
    to = visit.to
    return ArticlePage(
        frame(visit, to.path("article", instrument, number), "charter", text_changes(visit)),
        instrument_view(visit, found),
        article.word,
        article.cited,
        article.title,
        prose(article.reading),
        tuple((Link(a.number, to.article(instrument, a.number)), a is article) for a in found.articles),
        tuple(_rules(visit, rules)),
        tuple(_sessions(visit, rules)),
        tuple(_appointments(visit, rules)),
        tuple(_turns(visit, rules)),
        tuple(_parties(visit, rules)),
    )


def _rules(visit: Visit, rules: Sequence[RuleInForce[AnyRule]]) -> Iterable[RuleView]:
    for name in dict.fromkeys(rule.says.id for rule in rules):
        versions = [rule for rule in rules if rule.says.id == name]
        versions.sort(key=lambda rule: (not rule.period.holds(visit.on), -rule.period.start.toordinal()))
        says = versions[0].says
        leans = says.leans if says.kind == "untranslated" else ()
        leaned = [r.says.id for r in visit.charter.untranslated_for(name, visit.on)]
        yield RuleView(
            name,
            says.kind == "untranslated",
            tuple(_to_rule(visit, n) for n in leans),
            tuple(_to_rule(visit, n) for n in dict.fromkeys(leaned)),
            tuple(_version(visit, rule) for rule in versions),
            _shown_at(visit, says),
            readings_link(visit, name),
        )


def _to_rule(visit: Visit, name: str) -> Link:
    """A rule by its id, where it stands."""
    rule = next(rule for rule in visit.charter.rules if rule.says.id == name)
    return Link(name, visit.to.article(rule.instrument, rule.article, name))


def _version(visit: Visit, rule: RuleInForce[AnyRule]) -> Version:
    return Version(
        "" if rule.says.kind == "untranslated" else say(visit.charter, rule.says),
        written(rule.says),
        rule.text,
        rule.period.start,
        rule.period.end,
        rule.says.basis,
        source_lines(visit, rule.says.sources),
        rule.says.note,
        rule.period.holds(visit.on),
    )


def _shown_at(visit: Visit, rule: AnyRule) -> Link | None:
    """The page of the office or organ that a rule defines."""
    standing = visit.standing
    match rule:
        case Office():
            return Link(standing.title(rule.office), visit.to.office(rule.office))
        case Composition() | Organ() | Sessions() | Attendance() if rule.organ in organs_of(standing):
            return Link(standing.title(rule.organ), visit.to.organ(rule.organ))
        case _:
            return None


def _sessions(visit: Visit, rules: Sequence[RuleInForce[AnyRule]]) -> Iterable[SessionRows]:
    """The sessions of organs that the article composes or opens offices by, since it is in force."""
    since: dict[str, date] = {}
    for rule in rules:
        match rule.says:
            case Composition() | Sessions():
                organ = rule.says.organ
            case Office(term=term) if term.where is not None:
                organ = term.where.organ
            case _:
                continue
        since[organ] = min(since.get(organ, date.max), rule.period.start)
    found = (session_table(visit, organ, start) for organ, start in since.items())
    return (sorting(visit, sessions) for sessions in found if sessions.rows)


def _offices(rules: Sequence[RuleInForce[AnyRule]], opened_by: str) -> Iterable[str]:
    """The offices that rules define whose terms are opened so."""
    says = (r.says for r in rules if isinstance(r.says, Office))
    return dict.fromkeys(rule.office for rule in says if rule.term.opened_by == opened_by)


def _turns(visit: Visit, rules: Sequence[RuleInForce[AnyRule]]) -> Iterable[tuple[str, Table[Turned]]]:
    for office in _offices(rules, "month"):
        found = [entry for entry in visit.record.of_kind(Turn) if entry.office == office]
        found.sort(key=lambda entry: entry.when.earliest)
        rows = [
            Turned(state_link(visit, e.held_by), e.when, bool(e.authority), entry_line(visit, e.id))
            for e in found
        ]
        if rows:
            yield visit.standing.title(office), table(visit, f"turns-{office}", _TURNS, rows, "when")


def _appointments(
    visit: Visit, rules: Sequence[RuleInForce[AnyRule]]
) -> Iterable[tuple[str, Table[Appointed]]]:
    for office in _offices(rules, "appointment"):
        found = [entry for entry in visit.record.of_kind(Appointment) if entry.office == office]
        found.sort(key=lambda entry: entry.from_.earliest)
        if found:
            rows = [_appointed(visit, entry) for entry in found]
            yield visit.standing.title(office), table(visit, office, _APPOINTED, rows, "from")


def _appointed(visit: Visit, entry: Appointment) -> Appointed:
    return Appointed(
        person_link(visit, entry.person),
        state_link(visit, entry.state),
        entry.from_,
        entry.until,
        entry.appointed,
        entry.acting,
        entry_line(visit, entry.id),
    )


def _parties(visit: Visit, rules: Sequence[RuleInForce[AnyRule]]) -> Iterable[tuple[str, Table[Party]]]:
    for of in dict.fromkeys(r.says.of for r in rules if isinstance(r.says, Membership)):
        found = [entry for entry in visit.record.of_kind(MembershipAct) if entry.of == of]
        found.sort(key=lambda entry: (entry.from_.earliest, state_name(entry.party)))
        if found:
            rows = [_party(visit, entry) for entry in found]
            yield visit.standing.title(of), table(visit, f"parties-{of}", _PARTIES, rows, "from")


def _party(visit: Visit, entry: MembershipAct) -> Party:
    state, status = state_link(visit, entry.party), f"{entry.as_ or ''} {entry.status}".strip()
    return Party(state, status, entry.from_, entry.until, entry_line(visit, entry.id))


_APPOINTED = (
    Column[Appointed]("Person", "person", lambda row: row.person),
    Column[Appointed]("In office from", "from", lambda row: row.start),
    Column[Appointed]("Until", "until", lambda row: row.end),
    Column[Appointed]("Appointed", "appointed", lambda row: row.appointed),
    Column[Appointed]("Entry and source", "source", lambda row: row.entry.strength),
)
_TURNS = (
    Column[Turned]("When", "when", lambda row: row.when),
    Column[Turned]("State", "state", lambda row: row.state),
    Column[Turned]("How", "how", lambda row: "by decision" if row.decided else ""),
    Column[Turned]("Entry and source", "source", lambda row: row.entry.strength),
)
_PARTIES = (
    Column[Party]("State", "state", lambda row: row.state),
    Column[Party]("Status", "status", lambda row: row.status),
    Column[Party]("From", "from", lambda row: row.start),
    Column[Party]("Until", "until", lambda row: row.end),
    Column[Party]("Entry and source", "source", lambda row: row.entry.strength),
)
