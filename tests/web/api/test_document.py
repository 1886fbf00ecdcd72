"""The OpenAPI document: it is current, it is one, and it describes whatever is served."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from tools import openapi

from tests.conftest import ROOT
from tests.web.api.conftest import Server

SERVED = openapi.SERVED.read_text("utf-8")
DOCUMENT: dict[str, Any] = json.loads(SERVED)
OPERATIONS = [
    (method, path, operation)
    for path, operations in DOCUMENT["paths"].items()
    for method, operation in operations.items()
]
NAMES = [operation["operationId"] for _, _, operation in OPERATIONS]


def resolved(reference: str) -> Any:
    """What a reference within the document leads to."""
    found: Any = DOCUMENT
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    return found


def references(value: Any) -> set[str]:
    match value:
        case dict():
            own = {value["$ref"]} if isinstance(value.get("$ref"), str) else set()
            return own.union(*map(references, value.values()))
        case list():
            return set[str]().union(*map(references, value))
    return set()


def test_the_document_is_what_the_code_makes() -> None:
    assert openapi.written() == SERVED, "Run: make published"


def test_the_document_is_published_with_the_schemas_and_served(server: Server) -> None:
    assert (ROOT / "schemas" / "openapi.json").read_text("utf-8") == SERVED
    answer = server.get("/api/openapi.json")
    assert answer.body.decode() == SERVED
    assert answer.headers["Content-Type"] == "application/vnd.oai.openapi+json;version=3.1"


def test_the_document_is_one_of_openapi_3_1() -> None:
    from schemathesis.specs.openapi.definitions import OPENAPI_31  # noqa: PLC0415 - slow to import

    assert DOCUMENT["openapi"].startswith("3.1.")
    Draft202012Validator(OPENAPI_31).validate(DOCUMENT)


def test_every_schema_in_it_is_valid_and_every_reference_leads_somewhere() -> None:
    for schema in DOCUMENT["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    for reference in references(DOCUMENT):
        assert resolved(reference)


def test_every_operation_has_a_name_of_its_own_that_a_program_can_use() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert all(name.isidentifier() for name in NAMES)


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=NAMES)
def test_every_operation_says_how_it_refuses_and_what_its_parameters_mean(
    method: str, path: str, operation: dict[str, Any]
) -> None:
    assert {"400", "401", "403", "404", "429", "500", "503"} <= operation["responses"].keys()
    assert operation["summary"]
    assert {"Token": []} in operation["security"]
    within = {parameter["name"] for parameter in operation["parameters"] if parameter["in"] == "path"}
    assert within == set(re.findall(r"{(\w+)}", path))
    for parameter in operation["parameters"]:
        assert parameter["description"]
        assert parameter["schema"]
    assert ("requestBody" in operation) == (method == "post")


def examples() -> list[tuple[str, Any, Any]]:
    return [
        (f"{operation['operationId']} {status}", content["schema"], content["example"])
        for _, _, operation in OPERATIONS
        for status, response in operation["responses"].items()
        for content in response.get("content", {}).values()
        if "example" in content
    ]


@pytest.mark.parametrize(("name", "schema", "example"), examples(), ids=[name for name, _, _ in examples()])
def test_every_example_is_as_its_schema_says(name: str, schema: Any, example: Any) -> None:
    whole = {**schema, "components": DOCUMENT["components"]}
    Draft202012Validator(whole, format_checker=FormatChecker()).validate(example)


@pytest.mark.usefixtures("server")
def test_whatever_is_served_to_programs_is_in_the_document() -> None:
    from django.urls import URLResolver  # noqa: PLC0415 - once Django is configured

    from foedus.web.urls import urlpatterns  # noqa: PLC0415

    (api,) = (each for each in urlpatterns if isinstance(each, URLResolver))
    served = {
        re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", f"/{api.pattern}{each.pattern}") for each in api.url_patterns
    }
    assert served - {"/api/"} == set(DOCUMENT["paths"])


def test_the_document_is_a_page_for_people_without_a_script(server: Server) -> None:
    answer = server.get("/api/")
    text = answer.body.decode()
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "<script" not in text
    for method, path, operation in OPERATIONS:
        assert f"{method.upper()} {path}" in text
        assert operation["summary"] in html.unescape(text)


def test_an_example_on_the_page_can_be_asked(server: Server) -> None:
    text = server.get("/api/").body.decode()
    tried = {html.unescape(link) for link in re.findall(r'<a href="(/api/csto/[^"]*)"', text)}
    assert any("/who/" in link for link in tried)
    for link in tried:
        named = link.replace("/csto/", "/tiny/")
        assert server.get(named).status in {200, 404}, link  # nothing is signed here yet
