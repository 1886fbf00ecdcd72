"""The register as a log: checkpoints, cosignatures handed in, proofs."""

from __future__ import annotations

import base64
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from foedus.problems import Altered, NotFound
from foedus.register.log import desk
from foedus.register.log.checkpoint import read_checkpoint
from foedus.register.log.cosignature import Signed, checked
from foedus.register.log.council import in_force
from foedus.register.log.done import newest
from foedus.register.log.note import Note, VerifierKey, read_note, signatures_by
from foedus.register.log.policies import policies
from foedus.register.log.policy import Policy
from foedus.register.log.proofs import Prover
from foedus.register.log.signing import examine, signed_by
from foedus.register.store import Paper, Register
from foedus.web.api.asking import faults, live_of, resting, rests_on, told
from foedus.web.api.entries import index_of
from foedus.web.api.parameters import COUNT, said
from foedus.web.api.reading import Faults, body
from foedus.web.api.refusals import refused
from foedus.web.api.saying import answers, takes
from foedus.web.api.visitors import Token

AT_ONCE, MOST_AT_ONCE = 20, 200  # checkpoints
TEXT = "text/plain"
router = Router(auth=Token("ask"), tags=["log"])


class CheckpointsAsked(Schema):
    """Which checkpoints."""

    limit: str | None = said(
        f"How many at most; else {AT_ONCE}.", COUNT | {"minimum": 1, "maximum": MOST_AT_ONCE}
    )


class ConsistencyAsked(Schema):
    """Between which sizes."""

    since: str | None = said("How many entries the earlier tree has; else none.", COUNT, 1, name="from")
    to: str | None = said("How many the later has; else as many as the newest checkpoint.", COUNT)


@router.get(
    "/{org}/checkpoint",
    operation_id="checkpoint",
    summary="The newest signed checkpoint",
    openapi_extra=answers(None, kind=TEXT),
)
def checkpoint(request: HttpRequest, org: str) -> HttpResponse:
    Faults(request).settle()
    register = live_of(request, org).register
    return _text(request, newest(register), register)


@router.get(
    "/{org}/checkpoints",
    operation_id="checkpoints",
    summary="Checkpoints, the newest first, and what shows that its signer showed others another history",
    openapi_extra=answers("checkpoints"),
)
def checkpoints(request: HttpRequest, org: str, asked: Query[CheckpointsAsked]) -> HttpResponse:
    wrong = faults(request, asked)
    limit = wrong.count("limit", asked.limit, AT_ONCE, MOST_AT_ONCE, 1)
    wrong.settle()
    register = live_of(request, org).register
    kept, forks = register.papers("checkpoint"), register.papers("fork")
    data = {
        "checkpoints": [_plain(paper) for paper in list(reversed(kept))[:limit]],
        "forks": [_plain(paper) for paper in list(reversed(forks))[:limit]],
    }
    return told(request, data, register.head())


@router.post(
    "/{org}/checkpoints",
    operation_id="cosign",
    summary="Hand in a checkpoint with a cosignature",
    auth=Token("cosign"),
    openapi_extra=answers(
        "checkpoint",
        refuses=[409],
        headers=("Foedus-Head",),
        body=takes(
            {"type": "string"}, TEXT, about="A cosigned checkpoint, as `foedus log witness` prints it."
        ),
        anybody=False,
    ),
)
def cosign(request: HttpRequest, org: str) -> HttpResponse:
    """Signatures by the log and by witnesses of the policy on record are kept, others are not. A checkpoint that the log
    signed and that is of another history than the register's is refused, and kept as evidence.
    """
    Faults(request).settle()
    register = live_of(request, org).register
    text = body(request, TEXT)
    found, note = read_checkpoint(text, "body")
    policy = _policy(register, found.size)
    logs, witnesses = policy.logs, tuple(policy.witnesses.values())
    try:
        signed_by(text, logs)
        signed = checked(note, witnesses)
    except Altered as error:
        raise refused(422, "body", str(error)) from error
    if not signed:
        known = ", ".join(sorted(key.name for key in witnesses))
        raise refused(
            422,
            "body",
            "It bears no cosignature by a witness of the policy on record.",
            f"Those are: {known}.",
        )
    try:
        examine(register, str(note), logs)
    except Altered as error:
        raise refused(409, "body", str(error)) from error
    fresh = _fresh(register, note, signed)
    own = tuple(signature for _, signature in signatures_by(note, logs))
    kept = register.keep(Paper("checkpoint", found.size, str(Note(note.text, (*own, *fresh)))))
    return told(request, _plain(kept), register.head())


@router.get(
    "/{org}/proofs/{index}",
    operation_id="proof",
    summary="A proof that an entry is in the register, under its newest checkpoint",
    openapi_extra=answers(None, kind=TEXT, refuses=[409]),
)
def proof(request: HttpRequest, org: str, index: str) -> HttpResponse:
    """A file as C2SP tlog-proof has it, with the entry in it; `foedus log verify` checks it offline."""
    Faults(request).settle()
    register = live_of(request, org).register
    at = index_of(index, register.head().size)
    return _text(request, desk.prove(register, str(at)).text, register)


@router.get(
    "/{org}/consistency",
    operation_id="consistency",
    summary="A proof that the register continues what it was",
    openapi_extra=answers("consistency"),
)
def consistency(request: HttpRequest, org: str, asked: Query[ConsistencyAsked]) -> HttpResponse:
    """The hashes of RFC 9162, section 2.1.4, from one size to another, with both roots."""
    wrong = faults(request, asked)
    register = live_of(request, org).register
    head, signed = register.head(), rests_on(register)
    to = wrong.count("to", asked.to, head.size if signed is None else signed.size)
    since = wrong.count("from", asked.since, 0)
    wrong.settle()
    if not since <= to <= head.size:
        hint = f"There are {head.size} entries, and the earlier tree has no more than the later."
        raise NotFound("proof from size to size", f"{since}, {to}", (), hint)
    prover = Prover(register.hashes)
    data = {
        "from": {"size": since, "root": prover.root(since).hex()},
        "to": {"size": to, "root": prover.root(to).hex()},
        "hashes": [base64.b64encode(each).decode() for each in prover.consistency(since, to)],
    }
    return told(request, data, head)


def _policy(register: Register, size: int) -> Policy:
    """The policy on record for a checkpoint of that size: it says whose cosignatures count."""
    demand = in_force(policies(register), size)
    if demand is None or demand.policy is None:
        what = "No policy on record says whose cosignatures count for this checkpoint."
        raise refused(
            409, "register", what, "The secretariat puts one there: foedus log policy DATABASE FILE."
        )
    return demand.policy


def _fresh(register: Register, note: Note, signed: list[Signed]) -> list[Any]:
    """The cosignatures of a note that are no older than those kept of it: one from before is not to take their place."""
    keys = [each.key for each in signed]
    kept: dict[VerifierKey, int] = {}
    for paper in register.papers("checkpoint"):
        other = read_note(paper.text)
        if other.text == note.text:
            kept |= {each.key: each.at or 0 for each in checked(other, keys)}
    at = {each.key: each.at or 0 for each in signed}
    return [one for key, one in signatures_by(note, keys) if at[key] >= kept.get(key, 0)]


def _text(request: HttpRequest, text: str, register: Register) -> HttpResponse:
    response = HttpResponse(text.encode(), content_type="text/plain; charset=utf-8")
    return resting(request, response, register.head())


def _plain(paper: Paper) -> dict[str, Any]:
    """A checkpoint as it is told; who signed is what the lines say, which the reader's own keys are to check."""
    found, note = read_checkpoint(paper.text)
    return {
        "log": found.origin,
        "size": found.size,
        "root": found.root.hex(),
        "signatures": [{"name": each.name, "id": each.key_id.hex()} for each in note.signatures],
        "text": paper.text,
    }
