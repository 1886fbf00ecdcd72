"""Further facts of a decision as people write them, in a file of questions: a chair, a quorum's opening, a silence."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import PlainValidator, TypeAdapter

from foedus.decisions.electorate import Voter
from foedus.decisions.facts import Facts
from foedus.decisions.rule import Absence
from foedus.decisions.silence import Break, Circulation
from foedus.written import Kinds, Model


def moment(value: Any) -> datetime:
    """A day or a moment without a zone: all of one question are in one. ValueError, in a sentence, for anything else."""
    try:
        found = datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        msg = f"“{value}” is no moment. Write it as 2022-03-03T12:00."
        raise ValueError(msg) from error
    if found.tzinfo is not None:
        msg = f"“{value}” names a zone. Give all moments of one place, without one."
        raise ValueError(msg)
    return found


Moment = Annotated[datetime, PlainValidator(moment)]


class GivenCirculation(Model):
    """When a draft was circulated, its deadline and what it was extended to, and who broke the silence when
    (None: not recorded).
    """

    circulated: Moment
    deadline: Moment | None = None
    extended_to: Moment | None = None
    broken: dict[str, Moment | None] = {}  # noqa: RUF012 - pydantic copies it


class Given(Model):
    """What may be given; see `Facts`. `at`: the moment asked about."""

    absence: Absence | None = None
    opening: tuple[str, ...] | None = None
    chair: str | None = None
    waived: tuple[str, ...] = ()
    preliminary: dict[str, str] | None = None
    stages: dict[str, dict[str, str]] = {}  # noqa: RUF012
    format: Literal["ordinary", "limited"] = "ordinary"
    format_objections: tuple[str, ...] | None = None
    silence: GivenCirculation | None = None
    disapprovals: tuple[str, ...] | None = None
    disapprovers: tuple[str, ...] = ()
    at: Moment | None = None

    def facts(self, absence: Absence) -> Facts:
        """The facts, with absence read as given, or else as the rule says."""
        return Facts(
            absence=self.absence or absence,
            opening=_set(self.opening),
            chair=self.chair,
            waived=frozenset(self.waived),
            preliminary=self.preliminary,
            stages=self.stages,
            format=self.format,
            format_objections=_set(self.format_objections),
            circulation=None if self.silence is None else _circulation(self.silence),
            disapprovals=_set(self.disapprovals),
            disapprovers=tuple(map(Voter, self.disapprovers)),
        )


NOTHING_GIVEN = Given()
GIVEN: Kinds[Given] = Kinds(TypeAdapter(Given), {"": Given})


def _set(names: tuple[str, ...] | None) -> frozenset[str] | None:
    return None if names is None else frozenset(names)


def _circulation(given: GivenCirculation) -> Circulation:
    breaks = tuple(Break(who, at) for who, at in given.broken.items())
    return Circulation(given.circulated, given.deadline, given.extended_to, breaks)
