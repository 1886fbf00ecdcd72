"""The laws of the house (ARCHITECTURE.md), each shown to be kept by something that would notice."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tools.banned_calls import breaches, main

from foedus.engine.choices import ALWAYS
from foedus.engine.reasons import Branch, Ground, Reason
from foedus.engine.sentences import SENTENCES
from foedus.engine.timelines import Segment
from foedus.engine.worlds import BEGINNING
from tests.conftest import ROOT

SRC = ROOT / "src" / "foedus"


def test_arrows_between_packages_point_down() -> None:
    tool = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([tool, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "2 kept, 0 broken" in done.stdout


def test_files_clocks_and_randomness_stay_at_the_edge() -> None:
    assert main() == 0


@pytest.mark.parametrize(
    "code",
    [
        "import random",
        "from time import time",
        "import os.path",
        "open('x')",
        "datetime.now()",
        "date.today()",
        "path.read_text()",
        "print(1)",
    ],
)
def test_the_lint_of_banned_calls_notices_each_effect(code: str) -> None:
    assert list(breaches(code))


def test_a_segment_cannot_be_built_without_a_reason() -> None:
    with pytest.raises(TypeError):
        Segment(BEGINNING, None, "certain", (), None)  # type: ignore[call-arg]


def test_a_reason_cannot_be_empty() -> None:
    with pytest.raises(TypeError):
        Reason()  # type: ignore[call-arg]
    branch = Branch(None, ALWAYS, (Ground("holds", "no-term"),))
    assert Reason(branch).branches == (branch,)


def test_mypy_refuses_a_segment_without_a_reason(tmp_path: Path) -> None:
    page = tmp_path / "page.py"
    head = "from foedus.engine.timelines import Segment\nfrom foedus.engine.worlds import BEGINNING\n"
    page.write_text(head + 'Segment(BEGINNING, None, "certain", (), None)\n')
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--no-incremental", str(page)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert 'Missing positional argument "reason"' in done.stdout


def test_every_sentence_a_step_may_name_exists_and_is_used() -> None:
    code = "\n".join(
        path.read_text() for path in SRC.rglob("engine/*.py") if not path.name.endswith("sentences.py")
    )
    patterns = ("designated-", "designation-none-", "national-law-none-", "party-")
    ways = (
        "next-",
        "turn-",
    )  # a default that another seats than the host: the same sentences, each in its own words
    for sentence in SENTENCES:
        stem = next((p for p in patterns if sentence.startswith(p)), sentence)
        way = next((w for w in ways if sentence.startswith(f"{w}default-")), "")
        plain = sentence.removeprefix(way)
        assert f'"{plain}"' in code or f'"{stem}{{' in code, sentence
        assert not way or f'"{way}{{' in code, way


def test_no_organisation_is_named_in_the_code() -> None:
    words = (
        "csto", "armenia", "belarus", "yerevan", "collective security", "security council", "united nations", "kenya",
        "unsc",
    )  # fmt: skip
    for path in SRC.rglob("*.py"):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            code = line.partition("#")[0].lower()
            if not any(word in code for word in words):
                continue
            # an example in a docstring or a help text may name one; logic may not
            assert "foedus " in code or ">>>" in code or "`" in code or "“" in code, (
                f"{path}:{number}: {line}"
            )
