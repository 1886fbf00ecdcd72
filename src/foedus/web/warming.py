"""Everything made once before the first reader comes: timelines, findings, templates."""

from __future__ import annotations

from django.template.loader import get_template

from foedus.web.catalogue import Catalogue
from foedus.web.pages.audit import findings_page
from foedus.web.pages.members import members_page
from foedus.web.pages.office import office_page
from foedus.web.pages.overview import overview_page
from foedus.web.pages.searching import search_page
from foedus.web.pages.visit import Visit

TEMPLATES = (
    "api", "article", "bodies", "charter", "findings", "home", "members", "office", "offices", "organ", "organs", "overview",
    "person", "record", "refusal", "request", "requests", "search", "session", "sessions", "source", "sources", "state",
    "topic", "topics",
)  # fmt: skip


def warm(catalogue: Catalogue) -> None:
    """Derives every timeline of every organisation, and reads every template."""
    for name in TEMPLATES:
        get_template(f"foedus/{name}.html")
    for organisation in catalogue.organisations:
        visit = Visit(organisation, organisation.record.about.record_to)
        overview_page(visit)
        findings_page(visit)
        members_page(visit)
        search_page(visit, "a")
        for office in visit.standing.offices():
            office_page(visit, office)
