"""Verbs run as a user types them: what they print, what they publish, how they refuse."""

from __future__ import annotations

import json
from typing import Any

from click.testing import CliRunner, Result

from foedus.cli import main


def run(*arguments: str) -> Result:
    """What a verb did on a screen of some width; whatever went wrong was no fault of the program."""
    result = CliRunner(env={"COLUMNS": "120"}).invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    return result


def printed(*arguments: str) -> str:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def told(*arguments: str) -> Any:
    """What it prints with `--json`."""
    return json.loads(printed(*arguments, "--json"))


def refused(*arguments: str) -> str:
    """What is wrong, said where errors go and nowhere else."""
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert "Traceback" not in result.stderr
    return result.stderr
