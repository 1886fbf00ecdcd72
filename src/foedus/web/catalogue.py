"""The organisations that are served, by the name they have in addresses: each on a register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from foedus.problems import BadInput, NotFound, Problem
from foedus.secretariat import Live, Organisation, on_register, renew_snapshot

OURS = ("api", "static")  # first parts of addresses that are no organisation's
WORTH_A_SNAPSHOT = 5_000  # entries: fewer are read anew in a moment


@dataclass(frozen=True)
class Catalogue:
    """Organisations in the order they were named."""

    lives: tuple[Live, ...]

    @property
    def organisations(self) -> tuple[Organisation, ...]:
        """Each as it is now."""
        return tuple(live.now() for live in self.lives)

    def keep_snapshots(self) -> None:
        """See to it that answers from long registers come soon in processes to come."""
        for live in self.lives:
            if live.register.head().size >= WORTH_A_SNAPSHOT:
                renew_snapshot(live.register)

    def close(self) -> None:
        """Let go of what keeps their registers."""
        for live in self.lives:
            live.close()

    def live(self, name: str) -> Live:
        """The organisation of that name. NotFound, with the nearest, where none has it."""
        found = {live.name: live for live in self.lives}
        if name not in found:
            raise NotFound("organisation here", name, found)
        return found[name]


def open_all(names: Sequence[str], database: str | None = None) -> Catalogue:
    """Opens organisations by bundled name, folder or the name of a register in `database`; what is a folder is brought
    into a register there, or into one that lasts as long as the process. BadInput, with every fault of each, where one
    cannot be opened, or two have one name.
    """
    found: dict[str, Live] = {}
    problems: list[Problem] = []
    for name in dict.fromkeys(names):
        try:
            live = on_register(name, database)
        except NotFound as error:
            problems.append(Problem("ORG", 0, str(error)))
        except BadInput as error:
            problems += error.problems
        else:
            if live.name in OURS:
                what = f"“{live.name}” is an address of Foedus's own."
                problems.append(Problem(name, 0, what, "Give the organisation another id."))
            if live.name in found:
                what = f"Two organisations are called “{live.name}”."
                problems.append(Problem(name, 0, what, "Serve one of them, or give one another id."))
                live.close()
            found.setdefault(live.name, live)
    catalogue = Catalogue(tuple(found.values()))
    if problems:
        catalogue.close()
        raise BadInput(problems)
    return catalogue
