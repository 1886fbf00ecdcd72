"""National roles and classes of members: closed lists, no organisation's own. One may also attend as holder of an office,
or as a guest.
"""

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

GUEST = "invited"  # the capacity of whoever attends by invitation alone
REPRESENTATIVE = "representative"  # whoever speaks for a member, where the record names nobody
MemberClass = Literal["permanent", "elected"]
