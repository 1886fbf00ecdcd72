"""One thin function a page: reads the address, asks the page model, prints it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from foedus.problems import BadInput, Problem
from foedus.register.mark import Mark, is_mark, read_mark
from foedus.terms.dates import parse_day
from foedus.terms.states import find_state
from foedus.web.catalogue import Catalogue
from foedus.web.pages.article import article_page
from foedus.web.pages.audit import findings_page
from foedus.web.pages.bodies import bodies_page
from foedus.web.pages.deciding import deciding_page
from foedus.web.pages.decision import decision_page
from foedus.web.pages.decisions import decisions_page
from foedus.web.pages.growth import growth_page
from foedus.web.pages.home import home_page
from foedus.web.pages.laboratory import laboratory_page
from foedus.web.pages.law import charter_page
from foedus.web.pages.members import members_page
from foedus.web.pages.office import office_page
from foedus.web.pages.offices import offices_page
from foedus.web.pages.organ import organ_page
from foedus.web.pages.organs import organs_page
from foedus.web.pages.overview import overview_page
from foedus.web.pages.person import person_page
from foedus.web.pages.power_over_time import power_page
from foedus.web.pages.readings import readings_page
from foedus.web.pages.register import record_page
from foedus.web.pages.registered import entry_page, proof_of
from foedus.web.pages.request import request_page
from foedus.web.pages.requests import requests_page
from foedus.web.pages.searching import search_page
from foedus.web.pages.session import session_page
from foedus.web.pages.session_tables import sorting
from foedus.web.pages.sessions import sessions_page
from foedus.web.pages.source import source_page
from foedus.web.pages.sources import sources_page
from foedus.web.pages.state import state_page
from foedus.web.pages.topic import topic_page
from foedus.web.pages.topics import topics_page
from foedus.web.pages.visit import Visit

MOST_LETTERS = 200  # of what is searched for; the rest is not read


def home(request: HttpRequest) -> HttpResponse:
    """The organisations; where there is one, its overview."""
    organisations = _catalogue().organisations
    visits = [visit(request, organisation.name) for organisation in organisations]
    if len(visits) == 1:
        return HttpResponseRedirect(visits[0].to.overview())
    return _show(request, "home", home_page(visits))


def overview(request: HttpRequest, org: str) -> HttpResponse:
    return _page(request, org, "overview", overview_page)


def members(request: HttpRequest, org: str) -> HttpResponse:
    return _page(request, org, "members", members_page)


def state(request: HttpRequest, org: str, state: str) -> HttpResponse:
    """A state by its code; its name, or its code in small letters, leads there."""
    code = find_state(state)
    if code is not None and code != state:
        return HttpResponseRedirect(visit(request, org).to.state(code))
    return _page(request, org, "state", lambda visit: state_page(visit, state))


def person(request: HttpRequest, org: str, person: str) -> HttpResponse:
    return _page(request, org, "person", lambda visit: person_page(visit, person))


def offices(request: HttpRequest, org: str) -> HttpResponse:
    return _page(request, org, "offices", offices_page)


def office(request: HttpRequest, org: str, office: str) -> HttpResponse:
    return _page(request, org, "office", lambda visit: office_page(visit, office))


def organs(request: HttpRequest, org: str) -> HttpResponse:
    return _page(request, org, "organs", organs_page)


def organ(request: HttpRequest, org: str, organ: str) -> HttpResponse:
    return _page(request, org, "organ", lambda visit: organ_page(visit, organ))


def bodies(request: HttpRequest, org: str) -> HttpResponse:
    return _page(request, org, "bodies", bodies_page)


def requests(request: HttpRequest, org: str) -> HttpResponse:
    return _page(request, org, "requests", requests_page)


def request(request: HttpRequest, org: str, request_id: str) -> HttpResponse:
    return _page(request, org, "request", lambda visit: request_page(visit, request_id))


def topics(request: HttpRequest, org: str) -> HttpResponse:
    return _page(request, org, "topics", topics_page)


def topic(request: HttpRequest, org: str, topic: str) -> HttpResponse:
    return _page(request, org, "topic", lambda visit: topic_page(visit, topic))


def sources(request: HttpRequest, org: str) -> HttpResponse:
    return _page(request, org, "sources", sources_page)


def source(request: HttpRequest, org: str, source: str) -> HttpResponse:
    return _page(request, org, "source", lambda visit: source_page(visit, source))


def sessions(request: HttpRequest, org: str) -> HttpResponse:
    return _page(request, org, "sessions", _sessions)


def _sessions(visit: Visit) -> object:
    page = sessions_page(visit)
    return {"frame": page.frame, "lead": page.lead, "tables": [sorting(visit, t) for t in page.tables]}


def session(request: HttpRequest, org: str, session: str) -> HttpResponse:
    return _page(request, org, "session", lambda visit: session_page(visit, session))


def decisions(request: HttpRequest, org: str) -> HttpResponse:
    return _page(request, org, "decisions", decisions_page)


def decision(request: HttpRequest, org: str, decision: str) -> HttpResponse:
    return _page(request, org, "decision", lambda visit: decision_page(visit, decision))


def decide(request: HttpRequest, org: str) -> HttpResponse:
    """Ballots set by hand, in the address."""
    asked = {name: str(value).strip()[:MOST_LETTERS] for name, value in request.GET.items()}
    return _page(request, org, "decide", lambda visit: deciding_page(visit, asked))


def laboratory(request: HttpRequest, org: str) -> HttpResponse:
    """Another rule, in the address."""
    asked = {name: str(value).strip()[:MOST_LETTERS] for name, value in request.GET.items()}
    return _page(request, org, "laboratory", lambda visit: laboratory_page(visit, asked))


def power(request: HttpRequest, org: str) -> HttpResponse:
    asked = {name: str(value).strip()[:MOST_LETTERS] for name, value in request.GET.items()}
    return _page(request, org, "power", lambda visit: power_page(visit, asked))


def charter(request: HttpRequest, org: str) -> HttpResponse:
    return _page(request, org, "charter", charter_page)


def article(request: HttpRequest, org: str, instrument: str, number: str) -> HttpResponse:
    return _page(request, org, "article", lambda visit: article_page(visit, instrument, number))


def readings(request: HttpRequest, org: str) -> HttpResponse:
    return _page(request, org, "readings", readings_page)


def findings(request: HttpRequest, org: str) -> HttpResponse:
    return _page(request, org, "findings", findings_page)


def record(request: HttpRequest, org: str) -> HttpResponse:
    return _page(request, org, "record", record_page)


def register(request: HttpRequest, org: str) -> HttpResponse:
    return _page(request, org, "register", growth_page)


def entry(request: HttpRequest, org: str, index: str) -> HttpResponse:
    return _page(request, org, "entry", lambda visit: entry_page(visit, index))


def proof(request: HttpRequest, org: str, index: str) -> HttpResponse:
    """The proof that an entry is in the register, as a file."""
    text = proof_of(visit(request, org), index)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def search(request: HttpRequest, org: str) -> HttpResponse:
    words = request.GET.get("q", "")[:MOST_LETTERS]
    return _page(request, org, "search", lambda visit: search_page(visit, words))


def _page(request: HttpRequest, org: str, template: str, make: Callable[[Visit], object]) -> HttpResponse:
    """The page of an organisation. NotFound where it is asked to be sorted by a column it has not."""
    asked = visit(request, org)
    page = make(asked)
    asked.check()
    return _show(request, template, page)


def visit(request: HttpRequest, org: str) -> Visit:
    """The question of a request. NotFound for no such organisation, BadInput with every malformed date, Altered
    where its register is not what it was then.
    """
    live = _catalogue().live(org)
    problems: list[Problem] = []
    known = request.GET.get("known", "").strip()
    names = ("on",) if is_mark(known) else ("on", "known")
    days = {name: _day(request, name, problems) for name in names}
    as_of = _mark(known, problems) if is_mark(known) else None
    if problems:
        raise BadInput(problems)
    organisation = live.now() if as_of is None else live.as_of(as_of)
    today, sort = datetime.now(tz=UTC).astimezone().date(), request.GET.get("sort", "").strip()
    return Visit(organisation, today, days["on"], days.get("known"), sort, as_of, live)


def _mark(text: str, problems: list[Problem]) -> Mark | None:
    try:
        return read_mark(text)
    except BadInput as error:
        problems += error.problems
        return None


def _day(request: HttpRequest, name: str, problems: list[Problem]) -> date | None:
    text = request.GET.get(name, "").strip()
    if not text:
        return None
    try:
        return parse_day(text)
    except ValueError as error:
        problems.append(Problem(name, 0, str(error)))
        return None


def _catalogue() -> Catalogue:
    found: Catalogue = settings.FOEDUS
    return found


def _show(request: HttpRequest, template: str, page: object) -> HttpResponse:
    origin = f"{request.scheme}://{request.get_host()}"
    return render(request, f"foedus/{template}.html", {"page": page, "origin": origin})
