"""A register's log as static files (C2SP tlog-tiles), as of its newest signed checkpoint: what any witness reads."""

from __future__ import annotations

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from foedus.problems import NotFound
from foedus.register.log.checkpoint import read_checkpoint
from foedus.register.log.done import newest
from foedus.register.log.tiles import CHECKPOINT, Tile, bundle, bundle_path
from foedus.register.log.tree import HEIGHT, WIDTH
from foedus.register.store import Register

_TILE = re.compile(
    r"tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?", re.ASCII
)
_FOR_EVER = "public, max-age=31536000, immutable"
MOST_LEVELS = 63


def file(_request: HttpRequest, org: str, name: str) -> HttpResponse:
    """A file of an organisation's log. NotFound for what is none, or lies beyond the newest checkpoint."""
    register: Register = settings.FOEDUS.live(org).register
    text = newest(register)
    if name == CHECKPOINT:
        response = HttpResponse(text.encode(), content_type="text/plain; charset=utf-8")
        response["Cache-Control"] = "no-cache"
        return response
    size = read_checkpoint(text)[0].size
    found = _tile(register, name, size)
    if found is None:
        raise NotFound("file of the log", name, (), f"It is as of a checkpoint of {size} entries.")
    response = HttpResponse(found, content_type="application/octet-stream")
    response["Cache-Control"] = _FOR_EVER  # a part of a tile of some width never changes either
    return response


def _tile(register: Register, name: str, size: int) -> bytes | None:
    """The bytes of a tile or a bundle of the log of a size; None where there is none of that name."""
    form = _TILE.fullmatch(name)
    if form is None:
        return None
    level, place, part = form.groups()
    rank, width = 0 if level == "entries" else int(level), int(part or WIDTH)
    index = int(place.replace("x", "").replace("/", ""))
    named = bundle_path(index, width) if level == "entries" else Tile(rank, index, width).path
    first, until = index * WIDTH, index * WIDTH + width
    if rank > MOST_LEVELS or name != named or until > size >> HEIGHT * rank:
        return None
    if level == "entries":
        return bundle(list(register.read(first, until)))
    return b"".join(register.hashes(rank, first, until))
