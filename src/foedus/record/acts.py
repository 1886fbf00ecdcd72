"""The closed list of act kinds, in one place. All share one envelope; each adds what its kind of act has to say.

Kinds are stable words with a version, never class names. `expect` is checked and never input.
"""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import Field, TypeAdapter

from foedus.record.assistance import Addressee, Determination, Mandate, Report, Request, Response
from foedus.record.envelope import (
    Cited,
    Dated,
    Entry,
    EntryId,
    Head,
    Lasting,
    MaybeDated,
    OfSession,
    OneOf,
    Person,
    Slug,
)
from foedus.record.sayings import Description, Dispute, Silence, Statement, Withdraws
from foedus.record.sittings import (
    Adhesion,
    Announced,
    Attendance,
    Decided,
    Designation,
    Discussion,
    Documents,
    Expect,
    Format,
    Holder,
    Meeting,
    Row,
    Session,
    Turn,
)
from foedus.record.status import (
    Affiliation,
    Appointment,
    Body,
    BudgetScale,
    Membership,
    NationalLaw,
    NationalOffice,
    Representation,
    StateName,
    TreatyAction,
)
from foedus.written import Kinds

AnyAct = Annotated[
    Membership
    | TreatyAction
    | Affiliation
    | NationalOffice
    | NationalLaw
    | Representation
    | StateName
    | Appointment
    | Body
    | BudgetScale
    | Session
    | Announced
    | Attendance
    | Meeting
    | Format
    | Discussion
    | Decided
    | Documents
    | Adhesion
    | Designation
    | Turn
    | Expect
    | Request
    | Response
    | Determination
    | Mandate
    | Report
    | Statement
    | Silence
    | Description
    | Dispute
    | Withdraws,
    Field(discriminator="kind"),
]


def kind_of(model: type[Entry]) -> str:
    """The word that entries of this kind have as their `kind`."""
    return str(get_args(model.model_fields["kind"].annotation)[0])


MODELS: dict[str, type[Entry]] = {kind_of(m): m for m in get_args(get_args(AnyAct)[0])}
ACTS: Kinds[AnyAct] = Kinds(TypeAdapter(AnyAct), MODELS)

__all__ = [
    "ACTS", "MODELS", "Addressee", "Adhesion", "Affiliation", "Announced", "AnyAct", "Appointment", "Attendance",
    "Body", "BudgetScale", "Cited", "Dated", "Decided", "Description", "Designation", "Determination", "Discussion", "Dispute",
    "Documents", "Entry", "EntryId", "Expect", "Format", "Head", "Holder", "Lasting", "Mandate", "MaybeDated",
    "Meeting", "Membership", "NationalLaw", "NationalOffice", "OfSession", "OneOf", "Person", "Report",
    "Representation", "Request", "Response", "Row", "Session", "Silence", "Slug", "StateName", "Statement",
    "TreatyAction", "Turn", "Withdraws", "kind_of",
]  # fmt: skip
