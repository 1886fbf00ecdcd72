"""The questions: who, timeline, check, duties, decide, power. Each is answered with the JSON of the verb of that name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import cast

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from foedus.accounts import duties as duties_
from foedus.accounts.ballots_written import Question as Put
from foedus.accounts.ballots_written import answered, from_data
from foedus.accounts.cases import case
from foedus.accounts.decided import Decided, decide
from foedus.accounts.deciders import deciders, organ_meant
from foedus.accounts.powers import Drawn, powers
from foedus.decisions.reduction import Otherwise
from foedus.power import INDICES, Index
from foedus.problems import BadInput, Problem
from foedus.terms.dates import parse_day
from foedus.web.api.asking import Asking, LookUp, asking, faults, live_of, told
from foedus.web.api.parameters import COUNT, WORD, Asked, AskedOn, said, several
from foedus.web.api.reading import json_body
from foedus.web.api.refusals import Refused, refused
from foedus.web.api.saying import answers
from foedus.web.api.saying import put as takes_questions
from foedus.web.api.visitors import Token, visitor_of

MOST_DRAWN, MOST_PUT, MOST_FOR_ANYBODY = 1_000_000, 1_000, 30
PATIENCE = 10  # seconds that a client waits for its turn
_RECKONING = Lock()
OTHERWISE = ("no", "abstain")
router = Router(auth=Token("ask"), tags=["questions"])


class DutiesAsked(AskedOn):
    """What can be asked of duties."""

    of: str | None = said("Only what this state owed, by its code or name.", WORD)
    case: str | None = said("Only what this request claims, by its id.", WORD)


class PowerAsked(AskedOn):
    """What can be asked of power."""

    organ: str | None = said("The organ; may be left out where only one decides.", WORD, "council")
    matter: str | None = said("What is decided; else what the rule for most matters says.", WORD)
    proposer: str | None = said("On whose proposal, where that makes a difference.", WORD)
    index: list[str] = several("Which index, of those there are; else all.", {"enum": list(INDICES)})
    otherwise: str | None = said(
        "What those do who are not for it, where the rule counts shares of those who vote.",
        {"enum": list(OTHERWISE)},
    )
    sampled: str | None = said(
        "Draw so many groups and orders instead of reckoning exactly.",
        COUNT | {"minimum": 100, "maximum": MOST_DRAWN},
    )
    seed: str | None = said("From which they are drawn; else 1.", COUNT)


@router.get(
    "/{org}/who/{path:question}",
    operation_id="who",
    summary="Who held an office, filled the seats of an organ, or how a state stood",
    openapi_extra=answers("who", refuses=[409, 422]),
)
def who(request: HttpRequest, org: str, question: str, asked: Query[AskedOn]) -> HttpResponse:
    found = asking(request, org, asked, faults(request, asked), _named(question))
    return _told(request, found, found.organisation.who(question, found.on, found.known).to_json())


@router.get(
    "/{org}/timeline/{path:question}",
    operation_id="timeline",
    summary="How an office, an organ or a member stood over time",
    openapi_extra=answers("timeline", refuses=[409, 422]),
)
def timeline(request: HttpRequest, org: str, question: str, asked: Query[Asked]) -> HttpResponse:
    found = asking(request, org, asked, faults(request, asked), _named(question))
    return _told(request, found, found.organisation.timeline(question, found.known).to_json())


@router.get(
    "/{org}/check",
    operation_id="check",
    summary="Findings about the record",
    openapi_extra=answers("check", refuses=[409, 422]),
)
def check(request: HttpRequest, org: str, asked: Query[Asked]) -> HttpResponse:
    found = asking(request, org, asked, faults(request, asked))
    rows = [each.to_json() for each in found.organisation.findings(found.known)]
    basis = found.questions.basis(None).to_json()
    return _told(request, found, {"organisation": org, "problems": [], "findings": rows, "basis": basis})


@router.get(
    "/{org}/duties",
    operation_id="duties",
    summary="What members owed each other on a day, and how it stood",
    openapi_extra=answers("duties", refuses=[409, 422]),
)
def duties(request: HttpRequest, org: str, asked: Query[DutiesAsked]) -> HttpResponse:
    names: dict[str, LookUp] = {"of": lambda _: duties_.holder_named(asked.of)}
    names |= {} if asked.case is None else {"case": lambda q: case(q, asked.case or "")}
    found = asking(request, org, asked, faults(request, asked), names)
    return _told(request, found, duties_.owed(found.questions, found.on, asked.of, asked.case).to_json())


@router.get(
    "/{org}/power",
    operation_id="power",
    summary="How much power each member of an organ has by the rule in force",
    openapi_extra=answers("power", refuses=[409, 422]),
)
def power(request: HttpRequest, org: str, asked: Query[PowerAsked]) -> HttpResponse:
    wrong = faults(request, asked)
    wrong.one_of("otherwise", asked.otherwise, OTHERWISE)
    for index in asked.index:
        wrong.one_of("index", index, INDICES)
    seed = wrong.count("seed", asked.seed, 1)
    sampled = wrong.count("sampled", asked.sampled, 0, MOST_DRAWN, 100)
    found = asking(request, org, asked, wrong, {"organ": lambda q: organ_meant(q, asked.organ)})
    by = deciders(
        found.questions, found.organisation.weights, asked.organ, found.on, asked.matter, asked.proposer
    )
    drawn = Drawn(sampled, seed) if sampled else None
    indices = cast("tuple[Index, ...]", tuple(asked.index)) or INDICES
    otherwise = cast("Otherwise | None", asked.otherwise)
    with _alone(request, len(by.voters)):
        reckoned = powers(found.questions, by, found.on, indices, otherwise, drawn)
    return _told(request, found, reckoned.to_json())


@router.post(
    "/{org}/decide",
    operation_id="decide",
    summary="Whether ballots carry a matter under the rule in force",
    openapi_extra=answers("decide", refuses=[409], body=takes_questions(MOST_PUT)),
)
def decide_(request: HttpRequest, org: str, asked: Query[Asked]) -> HttpResponse:
    """The body is a question as a file of `foedus decide --ballots` has it, or a list of such."""
    live_of(request, org)
    wrong = faults(request, asked)
    put, listed = from_data("body", json_body(request))
    if len(put) > MOST_PUT:
        what = f"The body holds {len(put):,} questions; at most {MOST_PUT:,} are answered at once."
        raise Refused(413, [Problem("body", 0, what, "Send them in parts.")])
    found = asking(request, org, asked, wrong)
    other = [each for each in put if each.organisation not in {None, org}]
    if other:
        what = "“{}” is asked about at the address of “{}”."
        raise Refused(422, [Problem(each.where, 0, what.format(each.organisation, org)) for each in other])
    told_ = [each.to_json() for each in answered(put, lambda each: _decided(found, each))]
    return _told(request, found, told_ if listed else told_[0])


@contextmanager
def _alone(request: HttpRequest, members: int) -> Iterator[None]:
    """Power is reckoned for one at a time, since it may take many seconds; a client waits its turn for a while. Refused
    where somebody else's is being reckoned, or where anybody asks for more members than take little.
    """
    anybody = visitor_of(request).client is None
    if anybody and members > MOST_FOR_ANYBODY:
        what = (
            f"Of more than {MOST_FOR_ANYBODY} members power takes long to reckon; here there are {members}."
        )
        how = 'Bearer realm="foedus"'
        raise refused(
            401, "Authorization", what, "Clients may ask for it: send a token.", WWW_Authenticate=how
        )
    if not _RECKONING.acquire(timeout=0 if anybody else PATIENCE):
        what = "The power of another body is being reckoned."
        raise refused(503, "power", what, "Ask again in a little while.", Retry_After="5")
    try:
        yield
    finally:
        _RECKONING.release()


def _decided(found: Asking, put: Put) -> Decided:
    questions, weights = found.questions, found.organisation.weights
    try:
        day = found.on if put.on is None else parse_day(put.on)
    except ValueError as error:
        raise BadInput([Problem("on", 0, str(error))]) from error
    by = deciders(questions, weights, put.organ, day, put.matter, put.proposer)
    return decide(questions, by, day, put.ballots, put.given)


def _named(question: str) -> dict[str, LookUp]:
    return {"question": lambda q: q.subject(question)}


def _told(request: HttpRequest, found: Asking, data: object) -> HttpResponse:
    return told(request, data, found.organisation.head)
