"""One thin function a page: reads the address, asks the page model, prints it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from foedus.problems import BadInput, Problem
from foedus.terms.dates import parse_day
from foedus.web.catalogue import Catalogue
from foedus.web.pages.article import article_page
from foedus.web.pages.audit import findings_page
from foedus.web.pages.home import home_page
from foedus.web.pages.law import charter_page
from foedus.web.pages.office import office_page
from foedus.web.pages.organ import organ_page
from foedus.web.pages.overview import overview_page
from foedus.web.pages.register import record_page
from foedus.web.pages.session import session_page
from foedus.web.pages.sessions import sessions_page
from foedus.web.pages.visit import Visit


def home(request: HttpRequest) -> HttpResponse:
    """The organisations; where there is one, its overview."""
    organisations = _catalogue().organisations
    visits = [visit(request, organisation.name) for organisation in organisations]
    if len(visits) == 1:
        return HttpResponseRedirect(visits[0].to.overview())
    return _show(request, "home", home_page(visits))


def overview(request: HttpRequest, org: str) -> HttpResponse:
    return _show(request, "overview", overview_page(visit(request, org)))


def office(request: HttpRequest, org: str, office: str) -> HttpResponse:
    return _show(request, "office", office_page(visit(request, org), office))


def organ(request: HttpRequest, org: str, organ: str) -> HttpResponse:
    return _show(request, "organ", organ_page(visit(request, org), organ))


def sessions(request: HttpRequest, org: str) -> HttpResponse:
    return _show(request, "sessions", sessions_page(visit(request, org)))


def session(request: HttpRequest, org: str, session: str) -> HttpResponse:
    return _show(request, "session", session_page(visit(request, org), session))


def charter(request: HttpRequest, org: str) -> HttpResponse:
    return _show(request, "charter", charter_page(visit(request, org)))


def article(request: HttpRequest, org: str, instrument: str, number: str) -> HttpResponse:
    return _show(request, "article", article_page(visit(request, org), instrument, number))


def findings(request: HttpRequest, org: str) -> HttpResponse:
    return _show(request, "findings", findings_page(visit(request, org)))


def record(request: HttpRequest, org: str) -> HttpResponse:
    return _show(request, "record", record_page(visit(request, org)))


def visit(request: HttpRequest, org: str) -> Visit:
    """The question of a request. NotFound for no such organisation, BadInput with every malformed date."""
    organisation = _catalogue().named(org)
    problems: list[Problem] = []
    days = {name: _day(request, name, problems) for name in ("on", "known")}
    if problems:
        raise BadInput(problems)
    return Visit(organisation, datetime.now(tz=UTC).astimezone().date(), days["on"], days["known"])


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
    return render(request, f"foedus/{template}.html", {"page": page})
