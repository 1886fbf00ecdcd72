"""Who may come in, and how much each may ask; what day it is for what comes in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from foedus.web.clients import DEFAULT, Clients
from foedus.web.limits import Limits


@dataclass(frozen=True, slots=True)
class Gate:
    """What the server knows of who may come in."""

    clients: Clients = field(default_factory=lambda: Clients(Path(DEFAULT)))
    limits: Limits = field(default_factory=Limits)

    def today(self) -> date:
        """The day on which what comes in now is recorded."""
        return datetime.now(tz=UTC).astimezone().date()
