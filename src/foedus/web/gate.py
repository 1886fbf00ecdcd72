"""Who may come in, and how much each may ask; whose cosignatures count; what day it is for what comes in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from foedus.problems import BadInput, Problem
from foedus.register.log.policy import Policy, read_policy
from foedus.web.clients import DEFAULT, Clients
from foedus.web.limits import Limits


@dataclass(frozen=True, slots=True)
class Gate:
    """What the server knows of who may come in; `policy`: whose cosignatures count."""

    clients: Clients = field(default_factory=lambda: Clients(Path(DEFAULT)))
    policy: Policy | None = None
    limits: Limits = field(default_factory=Limits)

    def today(self) -> date:
        """The day on which what comes in now is recorded."""
        return datetime.now(tz=UTC).astimezone().date()


def gate(clients: Path, policy: Path | None) -> Gate:
    """What two files say of who may come in. BadInput, with every fault, where one cannot be read."""
    problems: list[Problem] = []
    found = Clients(clients)
    kept = None
    try:
        found.all()
    except BadInput as error:
        problems += error.problems
    try:
        kept = None if policy is None else read_policy(policy.read_text("utf-8"), str(policy))
    except BadInput as error:
        problems += error.problems
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8"
        problems.append(Problem(str(policy), 0, f"The file cannot be read: {why}."))
    if problems:
        raise BadInput(problems)
    return Gate(found, kept)
