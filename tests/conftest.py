"""What all tests share: how long to search, and a loud word about whatever is left out."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

SOAK = bool(os.environ.get("FOEDUS_SOAK"))
MUTANTS = int(os.environ.get("FOEDUS_MUTANTS", "0"))  # how many examples for each mutant of the code
settings.register_profile(
    "ci", max_examples=1_000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "soak", max_examples=100_000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(  # a mutant is shown or it is not: nothing to shrink, and the same verdict each time
    "mutants",
    max_examples=MUTANTS or 1,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("soak" if SOAK else "mutants" if MUTANTS else "ci")

ROOT = Path(__file__).parent.parent
SHARED_DATA = ROOT.parent / "shared" / "data"
CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))),
    None,
)


@pytest.fixture(autouse=True)
def _snapshots(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Snapshots of registers lie where no other test looks, and not among those of whoever runs the tests."""
    monkeypatch.setenv("FOEDUS_SNAPSHOTS", str(tmp_path_factory.getbasetemp() / "no-snapshots"))


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, from which the paths that documents and helps name lead where they say."""
    for name in ("tests", "schemas", "docs"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that need a browser or the shared data are left out where there is none, unless they are demanded."""
    needs = {
        "browser": (CHROMIUM is not None, "FOEDUS_DEMAND_BROWSER", "no Chromium was found"),
        "data": (SHARED_DATA.is_dir(), "FOEDUS_DEMAND_DATA", f"{SHARED_DATA} is not there"),
    }
    for item in items:
        for mark, (there, demand, why) in needs.items():
            if item.get_closest_marker(mark) and not there and not os.environ.get(demand):
                item.add_marker(pytest.mark.skip(reason=f"LEFT OUT: {why}"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once more, at the end and in capitals, what was left out."""
    left_out = [r for r in terminalreporter.stats.get("skipped", []) if "LEFT OUT" in str(r.longrepr)]
    if left_out:
        terminalreporter.section("TESTS WERE LEFT OUT", sep="!", red=True, bold=True)
        for reason in sorted({str(r.longrepr[2]) for r in left_out if isinstance(r.longrepr, tuple)}):
            count = sum(reason in str(r.longrepr) for r in left_out)
            terminalreporter.line(f"{count} tests: {reason}", red=True)
