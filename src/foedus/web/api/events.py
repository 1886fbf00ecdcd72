"""New entries as they come: server-sent events."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import AsyncIterator, Callable
from http import HTTPStatus
from weakref import finalize

from asgiref.sync import SyncToAsync, sync_to_async
from django.http import HttpRequest, StreamingHttpResponse
from ninja import Header, Query, Router, Schema

from foedus.register.store import Register
from foedus.web.api.asking import faults, live_of
from foedus.web.api.hub import hub_of
from foedus.web.api.parameters import COUNT, said
from foedus.web.api.refusals import refused
from foedus.web.api.saying import answers
from foedus.web.api.visitors import Token, Visitor, visitor_of

KIND = "text/event-stream"
MOST = 5_000  # streams in one process
_OPEN: Counter[str] = Counter()  # streams of each who listens
router = Router(auth=Token("ask"), tags=["register"])


class EventsAsked(Schema):
    """From where on."""

    first: str | None = said(
        "From this entry on, by its number from 0; else from what comes next. `Last-Event-ID` goes before it.",
        COUNT,
    )


class Returning(Schema):
    """Where a listener was."""

    last_event_id: str | None = said(
        "The `id` of the last event that was read: what follows it is told.",
        {"type": "string", "pattern": r"^(-1|0|[1-9][0-9]{0,14})$"},
        name="Last-Event-ID",
    )


@router.get(
    "/{org}/events",
    operation_id="events",
    summary="New entries as they come",
    openapi_extra=answers(None, kind=KIND, headers=(), refuses=[409]),
)
async def events(
    request: HttpRequest, org: str, asked: Query[EventsAsked], given: Header[Returning]
) -> StreamingHttpResponse:
    """Each entry is an event `entry`, whose `id` is its number and whose data is JSON: `index`, and `entry` as the register
    holds it; what is under seal is so here. The first lines say from where on.
    """
    register, first = await sync_to_async(_from)(request, org, asked, given)
    response = StreamingHttpResponse(content_type=KIND)
    over = _counted(visitor_of(request), response)
    response.streaming_content = _until(over, register, first)
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response


def _from(request: HttpRequest, org: str, asked: EventsAsked, given: Returning) -> tuple[Register, int]:
    """The register, and the first entry to tell. Refused where that is beyond its end: it is another register then."""
    wrong = faults(request, asked)
    register = live_of(request, org).register
    size = register.head().size
    first = wrong.count("first", asked.first, size)
    last = given.last_event_id
    if last is not None and not re.fullmatch(r"-1|0|[1-9][0-9]{0,14}", last, re.ASCII):
        raise refused(400, "Last-Event-ID", f"“{last}” is no number of an entry.")
    wrong.settle()
    first = first if last is None else int(last) + 1
    if first > size:
        what = (
            f"The register has {size} entries, and entry {first - 1} is to have been told: it is another one."
        )
        raise refused(HTTPStatus.CONFLICT, "Last-Event-ID", what, "Begin anew, without it.")
    return register, first


def _counted(visitor: Visitor, response: StreamingHttpResponse) -> Callable[[], object]:
    """Count a stream that is about to be open, and give back what says that it is over; that is said too where nobody ever
    begins to read it. Refused where too many are open.
    """
    if _OPEN.total() >= MOST or _OPEN[visitor.name] >= visitor.left.a_minute:
        raise refused(429, "events", "Too many streams are open.", "Close one first.", Retry_After="5")
    _OPEN[visitor.name] += 1
    return finalize(response, _over, visitor.name)


def _let_thread_go() -> None:
    """End the thread that Django has for this request: a stream needs none, and thousands of streams would keep as many.
    Should anything need one yet, Django makes another.
    """
    context = SyncToAsync.thread_sensitive_context.get(None)
    thread = None if context is None else SyncToAsync.context_to_thread_executor.pop(context, None)
    if thread is not None:
        thread.shutdown(wait=False)


def _over(name: str) -> None:
    _OPEN[name] -= 1
    if not _OPEN[name]:
        del _OPEN[name]  # else the names of all who ever came would be kept


async def _until(over: Callable[[], object], register: Register, first: int) -> AsyncIterator[bytes]:
    _let_thread_go()
    told = hub_of(register).listen(first)
    try:
        async for part in told:
            yield part
    finally:
        over()
        await told.aclose()
