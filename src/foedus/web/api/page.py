"""The interface as a page for people: its document, in order, with an example each. No script."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

DOCUMENT = "openapi.json"
_GROUPS = {
    "questions": "Questions",
    "register": "The register",
    "log": "The register as a log",
}
_IN = {"path": "address", "query": "parameter", "header": "header"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """What may be sent: its name, where, whether it must be, what it means."""

    name: str
    where: str
    needed: bool
    means: str


@dataclass(frozen=True, slots=True)
class Response:
    """With what status it is answered, and when."""

    status: str
    means: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation, as the document has it; `try_it` leads to an answer, where a reader's browser can ask for one."""

    id: str
    method: str
    path: str
    says: str
    more: str
    needs: str
    parameters: tuple[Parameter, ...]
    responses: tuple[Response, ...]
    try_it: str


@dataclass(frozen=True, slots=True)
class Group:
    """Operations of one kind."""

    id: str
    title: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class ApiPage:
    """The page."""

    about: str
    document: str
    groups: tuple[Group, ...]


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The interface as a page."""
    origin = f"{request.scheme}://{request.get_host()}"
    return render(request, "foedus/api.html", {"page": api_page(), "origin": origin})


@lru_cache(maxsize=1)
def api_page() -> ApiPage:
    """The page of the published document."""
    document = json.loads((resources.files("foedus.web.api") / DOCUMENT).read_text("utf-8"))
    found: dict[str, list[Operation]] = {name: [] for name in _GROUPS}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            found[operation["tags"][0]].append(_operation(document, path, method, operation))
    groups = tuple(Group(name, title, tuple(found[name])) for name, title in _GROUPS.items())
    return ApiPage(document["info"]["description"], f"/api/{DOCUMENT}", groups)


def _operation(
    document: Mapping[str, Any], path: str, method: str, operation: Mapping[str, Any]
) -> Operation:
    parameters = operation["parameters"]
    return Operation(
        operation["operationId"],
        method.upper(),
        path,
        operation["summary"],
        operation.get("description", ""),
        "" if {} in operation["security"] else "a token",
        tuple(Parameter(p["name"], _IN[p["in"]], p["required"], p["description"]) for p in parameters),
        tuple(_responses(document, operation["responses"])),
        _tried(path, parameters) if method == "get" and operation["operationId"] != "events" else "",
    )


def _responses(document: Mapping[str, Any], responses: Mapping[str, Any]) -> Iterator[Response]:
    for status, response in responses.items():
        name = str(response.get("$ref", "")).rpartition("/")[2]
        told = document["components"]["responses"][name] if name else response
        yield Response(status, told["description"])


def _tried(path: str, parameters: list[Mapping[str, Any]]) -> str:
    """An address that gives an answer, from the examples; empty where the address needs what has none."""
    within = {p["name"]: p.get("example") for p in parameters if p["in"] == "path"}
    if None in within.values():
        return ""
    asked = {p["name"]: p["example"] for p in parameters if p["in"] == "query" and "example" in p}
    asked.pop("known", None)
    address = path.format_map(within)
    return f"{address}?{urlencode(asked)}" if asked else address
