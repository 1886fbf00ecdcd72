"""Who asks: anybody, or a client by its token; what it may do and see, and how much it may ask."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja.security import HttpBearer

from foedus.problems import BadInput, FoedusError, Unreachable
from foedus.record.seen import PUBLIC, Clearance
from foedus.terms.words import listed
from foedus.web.api.refusals import refused
from foedus.web.clients import PREFIX, Client, Scope
from foedus.web.gate import Gate
from foedus.web.limits import Left

_LOG = logging.getLogger("foedus.web")
ANYBODY_A_MINUTE = 300  # requests, by address
_REALM = 'Bearer realm="foedus"'
_DOES: dict[Scope, str] = {
    "ask": "ask questions and read",
    "append": "put acts on record",
    "cosign": "hand in cosignatures",
}


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks: by what name it is counted, which client it is (None: anybody), what is left of its minute."""

    name: str
    client: Client | None
    left: Left

    @property
    def clearance(self) -> Clearance:
        """What it may see."""
        return PUBLIC if self.client is None else self.client.clearance

    def must(self, scope: Scope) -> None:
        """Refused where it may not do this."""
        if scope == "ask" and self.client is None:
            return
        if self.client is None:
            what = f"Only a client may {_DOES[scope]}."
            remedy = "Send its token: Authorization: Bearer foedus_…"
            raise refused(401, "Authorization", what, remedy, WWW_Authenticate=_REALM)
        if scope not in self.client.may:
            may = listed([_DOES[each] for each in self.client.may])
            what = f"“{self.client.name}” may not {_DOES[scope]}: it may {may}."
            how = f'{_REALM}, error="insufficient_scope", scope="{scope}"'
            raise refused(403, "Authorization", what, WWW_Authenticate=how)

    def must_enter(self, organisation: str) -> None:
        """Refused where it may ask nothing of an organisation."""
        within = None if self.client is None else self.client.organisations
        if self.client is not None and within is not None and organisation not in within:
            what = f"“{self.client.name}” is no client of “{organisation}”: it is one of {listed(within)}."
            raise refused(403, "org", what)


class Token(HttpBearer):
    """A client's token, which may be left out for whatever anybody may do. Counts the request."""

    def __init__(self, scope: Scope = "ask") -> None:
        super().__init__()
        self.scope: Scope = scope

    def __call__(self, request: HttpRequest) -> Visitor:
        visitor = known(request)
        request.visitor = visitor  # type: ignore[attr-defined]
        if not visitor.left.allowed:
            what = f"That were more than {visitor.left.a_minute} requests a minute."
            wait = str(visitor.left.wait)
            raise refused(429, "requests", what, f"Ask again in {wait} s.", Retry_After=wait)
        visitor.must(self.scope)
        return visitor

    def authenticate(
        self, request: HttpRequest, token: str
    ) -> Any:  # pragma: no cover - `__call__` does it all
        raise NotImplementedError


def visitor_of(request: HttpRequest) -> Visitor:
    """Who asks, once `Token` has let it in."""
    found: Visitor = request.visitor  # type: ignore[attr-defined]
    return found


def counted(request: HttpRequest) -> Visitor | None:
    """Who asks, if it was counted; None of a request that led nowhere."""
    return getattr(request, "visitor", None)


def known(request: HttpRequest) -> Visitor:
    """Who asks, by what the request says. Refused where it bears a token that is nobody's."""
    gate: Gate = settings.FOEDUS_GATE
    given = request.headers.get("Authorization")
    address = f"address {_address(request)}"
    if given is None:
        return Visitor(address, None, gate.limits.take(address, ANYBODY_A_MINUTE))
    scheme, _, token = given.partition(" ")
    try:
        client = gate.clients.bearing(token.strip()) if scheme.lower() == "bearer" else None
    except (BadInput, Unreachable) as error:
        raise _unreadable(error) from error
    if client is not None:
        name = f"client {client.name}"
        return Visitor(name, client, gate.limits.take(name, client.a_minute))
    left = gate.limits.take(address, ANYBODY_A_MINUTE)  # so that nobody tries many
    request.visitor = Visitor(address, None, left)  # type: ignore[attr-defined]
    if not left.allowed:
        return request.visitor  # type: ignore[attr-defined, no-any-return]
    what = "This token is nobody's, or not any more." if scheme.lower() == "bearer" else "This is no token."
    remedy = f"Write Authorization: Bearer {PREFIX}… as the secretariat gave it, or leave it out."
    how = f'{_REALM}, error="invalid_token"'
    raise refused(401, "Authorization", what, remedy, WWW_Authenticate=how)


def _unreadable(error: FoedusError) -> Exception:
    """What is said where the clients cannot be read: not why, which is the secretariat's matter."""
    _LOG.error("the file of clients cannot be read: %s", error)
    what = "The server cannot read who its clients are."
    return refused(503, "Authorization", what, "Tell the secretariat.", Retry_After="60")


def _address(request: HttpRequest) -> str:
    """Whence a request comes: of IPv6 the network, which is one household's."""
    text = str(request.META.get("REMOTE_ADDR") or "")
    try:
        found = ip_address(text)
    except ValueError:
        return text
    return text if found.version == 4 else str(ip_address(int(found) >> 64 << 64))
