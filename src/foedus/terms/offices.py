"""National roles, and the capacities in which a person attends a session. Closed lists, no organisation's own."""

from __future__ import annotations

from typing import Literal

Role = Literal[
    "head-of-state",
    "head-of-government",
    "foreign-minister",
    "defence-minister",
    "security-council-secretary",
    "plenipotentiary-representative",
]
Attendee = Literal[
    "foreign-minister",
    "defence-minister",
    "security-council-secretary",
    "secretary-general",
    "plenipotentiary-representative",
    "invited",
]
