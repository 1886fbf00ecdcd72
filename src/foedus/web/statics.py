"""The style sheet and the icon, under addresses that change with their content, so they are kept for ever."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse

from foedus.problems import NotFound

_TYPES = {"css": "text/css; charset=utf-8", "svg": "image/svg+xml"}
_FILES = ("style.css", "icon.svg")


class Static(NamedTuple):
    """A file as served."""

    content: bytes
    type: str


@lru_cache(maxsize=1)
def _addresses() -> dict[str, str]:
    """The hashed name of every file."""
    return {name: _hashed(name, _read(name)) for name in _FILES}


@lru_cache(maxsize=1)
def _served() -> dict[str, Static]:
    """Every file by its hashed name."""
    return {
        hashed: Static(_read(name), _TYPES[name.rpartition(".")[2]]) for name, hashed in _addresses().items()
    }


def address(name: str) -> str:
    """The address of a file, with the hash of its content in it."""
    return f"/static/{_addresses()[name]}"


def static(_request: HttpRequest, name: str) -> HttpResponse:
    """A file by its hashed name."""
    found = _served().get(name)
    if found is None:
        raise NotFound("file", name, _served())
    response = HttpResponse(found.content, content_type=found.type)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def icon(request: HttpRequest) -> HttpResponse:
    """The icon, for browsers that ask for it unasked."""
    return static(request, _addresses()["icon.svg"])


def _hashed(name: str, content: bytes) -> str:
    stem, _, kind = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{kind}"


def _read(name: str) -> bytes:
    return (resources.files("foedus.web") / "static" / name).read_bytes()
