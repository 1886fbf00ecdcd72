"""What the guide shows is what happens: each of its requests is made of a server, and answered as shown."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from tests.conftest import ROOT
from tests.web.api.conftest import served
from tests.web.conftest import listening

REQUESTS = re.findall(r"```curl\n\$ (.*)\n((?:.*\n)*?)```", (ROOT / "docs" / "api.md").read_text("utf-8"))
SHOWN = "http://127.0.0.1:8000"


def test_every_request_of_the_guide_is_answered_as_shown(tmp_path_factory: pytest.TempPathFactory) -> None:
    if shutil.which("curl") is None:
        pytest.skip("LEFT OUT: curl is not installed")
    assert len(REQUESTS) >= 5
    with served(tmp_path_factory.mktemp("guide"), "csto") as server, listening(server.app) as address:
        for typed, shown in REQUESTS:
            command = typed.replace(SHOWN, address).replace("curl ", "curl -sS ", 1)
            done = subprocess.run(
                command,
                shell=True,
                check=False,
                capture_output=True,
                text=True,
                env={"TOKEN": server.tokens["scribe"]},
            )
            assert done.returncode == 0 or "--max-time" in typed, done.stderr
            at = 0
            for part in shown.strip().split("…"):
                found = done.stdout.find(part, at)
                assert found >= 0, f"{typed}: {part!r} is not in {done.stdout[:600]}"
                at = found + len(part)
