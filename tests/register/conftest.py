"""Backends as fixtures: a test that takes `backend` runs on each of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from foedus.register.store import Register
from tests.register import backends
from tests.register.backends import CONTRACT, LASTING, Backend


@pytest.fixture(params=CONTRACT)
def backend(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Backend]:
    with backends.backend(request.param, tmp_path) as made:
        yield made


@pytest.fixture(params=LASTING)
def lasting(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Backend]:
    """A backend that outlives its process."""
    with backends.backend(request.param, tmp_path) as made:
        yield made


@pytest.fixture
def register(backend: Backend) -> Register:
    return backend.open()
