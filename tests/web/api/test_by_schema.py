"""Requests made from the document by a program that was not written here (schemathesis): whatever it sends, right or
wrong, is answered as the document says. The same requests each time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.config import SchemathesisConfig
from tools import openapi

from tests.web.api.conftest import Server, served

EXAMPLES = 8
# What is right by its schema may yet name nothing (404), be refused for what it says (422), or come too late (409, 412).
UNFITTING = ["400", "401", "403", "404", "405", "409", "412", "413", "415", "422"]
FITTING = ["2xx", "304", "401", "403", "404", "409", "410", "412", "422"]

load_all_checks()
CONFIG = SchemathesisConfig.from_dict(
    {
        "checks": {
            "positive_data_acceptance": {"expected-statuses": FITTING},
            "negative_data_rejection": {"expected-statuses": UNFITTING},
        },
        "generation": {"mode": "all", "deterministic": True},
    }
)


def document() -> dict[str, Any]:
    """The document, of the one organisation that is served here; an act is anything with keys, since what acts can be is
    so much that to try it all takes ten thousand requests.
    """
    found: dict[str, Any] = json.loads(openapi.SERVED.read_text("utf-8"))
    for operations in found["paths"].values():
        for operation in operations.values():
            for parameter in operation["parameters"]:
                if parameter["name"] == "org":
                    parameter |= {"schema": {"const": "tiny"}, "example": "tiny"}
    acts = found["components"]["schemas"]["acts"]["properties"]
    act = {"type": "object", "additionalProperties": {"type": ["string", "boolean", "null"]}}
    acts["entries"] |= {"items": act}
    del acts["recorded"], acts["evidence"]
    return found


_SERVED: list[
    Any
] = []  # the application, while the tests last: what is to be tried is known before it is made


async def forwarded(*call: Any) -> None:
    await _SERVED[0](*call)


WHOLE = schemathesis.openapi.from_dict(document(), config=CONFIG)
WHOLE.app = forwarded
SCHEMA = WHOLE.exclude(operation_id="events")  # it never ends


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with served(tmp_path_factory.mktemp("league")) as made:
        made.gate.limits._clock = iter(range(0, 10**9, 60)).__next__  # a minute between any two requests
        made.sign()
        _SERVED[:] = [made.app]
        yield made


@pytest.mark.parametrize("by", [None, "anything"])
@SCHEMA.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_whatever_is_sent_is_answered_as_the_document_says(
    server: Server, by: str | None, case: schemathesis.Case[Any]
) -> None:
    headers = {} if by is None else {"Authorization": f"Bearer {server.tokens[by]}"}
    checks = CHECKS.get_all()
    case.call_and_validate(headers=headers, checks=checks)  # type: ignore[arg-type]  # its own list
