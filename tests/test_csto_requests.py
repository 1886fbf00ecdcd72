"""The six requests for help against the data they were compiled from: whom each asked and under which article, what it
alleged and whether anybody found it so, and every answer.
"""

from __future__ import annotations

from typing import Any

import pytest

from foedus.record.acts import Determination, Request, Response
from tests.csto_data import Data, entry, of_kind, read, sources, spanned, within

pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def data() -> Data:
    return read("csto-record.yaml")


# Answers that the data does not list: Russia's own, on the page that tells of the request to it (eurasianet2010); and
# that Moscow was in no hurry, which is Asia-Plus's (seed).
BEYOND_THE_DATA = {"kgz-2010/2010-06-12-refusal", "arm-2022/2022-09-13-no-haste"}


def name_of(request: Data) -> str:
    return str(request["id"]).removeprefix("A-").lower()


def cited(article: str | None) -> tuple[str, str | None] | None:
    """What the data invokes: `Treaty 4`, or the Treaty without an article."""
    if article is None:
        return None
    instrument, _, number = article.partition(" ")
    return instrument.lower(), number if number.isdigit() else None


def citation(found: Any) -> tuple[str, str | None] | None:
    if found is None:
        return None
    return found.instrument, None if found.article is None else str(found.article)


def test_every_request_is_there_with_its_day_whom_it_asked_and_what_it_invoked(data: Data) -> None:
    requests = data["assistance_requests"]
    assert {r.id for r in of_kind(Request)} == {name_of(r) for r in requests}
    for request in requests:
        ours = entry(name_of(request))
        assert ours.by.state == request["state"]
        assert within(ours.when, request["request"]), ours.id
        assert ours.approximate == request["request"].get("approximate", False), ours.id
        theirs = {(a.get("state"), a.get("org", ""), "basis" in a) for a in request["addressees"]}
        assert {(a.state, a.org, bool(a.basis)) for a in ours.addressees} == theirs, ours.id
        assert citation(ours.invokes) == cited(request["article_invoked"]), ours.id
        assert ours.alleged
        asked = {*request["request"]["sources"], *request.get("article_invoked_sources", ())}
        asked |= {s for a in request["addressees"] for s in a.get("sources", ())}
        assert asked <= sources(ours.id), ours.id


def test_every_answer_is_there_and_none_that_no_page_gives(data: Data) -> None:
    left = {r.id for r in of_kind(Response)} - BEYOND_THE_DATA
    for request in data["assistance_requests"]:
        for answer in request["responses"]:
            ours = [
                r
                for r in of_kind(Response)
                if r.id in left
                and r.to == name_of(request)
                and r.how == answer["kind"].replace("_", " ")
                and within(r.when, answer)
                and set(answer["sources"]) <= sources(r.id)
            ]
            assert ours, answer
            left.discard(ours[0].id)
    assert not left


def test_an_article_named_by_those_who_answered_is_under_their_answer(data: Data) -> None:
    for request in data["assistance_requests"]:
        named = {
            citation(r.under) for r in of_kind(Response) if r.to == name_of(request) and r.under is not None
        }
        theirs = cited(request["article_named_by_responders"])
        assert named == (set() if theirs is None else {theirs}), request["id"]


def test_a_trigger_is_found_to_be_given_only_where_a_page_says_the_council_found_it(data: Data) -> None:
    theirs = {
        (name_of(r), what)
        for r in data["assistance_requests"]
        for what, found in r["trigger"]["determined_by_council"].items()
        if found
    }
    assert {(d.of, d.finds) for d in of_kind(Determination)} == theirs == {("kaz-2022", "threat")}


def test_one_asked_moscow_and_the_organisation_answered() -> None:
    """Asia-Plus: Armenia asked Moscow in September; the organisation sent its Secretary General and offered a group."""
    (chain,) = (e for e in entry("arm-2022").evidence if e.source == "seed")
    assert spanned(chain.points_to) == ("2022-09-01", "2022-09-30")
    assert chain.mode == "plain"
    by_seed = {r.id: r for r in of_kind(Response) if r.to == "arm-2022" and "seed" in sources(r.id)}
    assert {(r.how, r.by.state or r.by.org) for r in by_seed.values()} == {
        ("no haste", "RUS"),
        ("mission", "CSTO"),
        ("offer", "CSTO"),
    }
