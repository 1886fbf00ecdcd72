"""Opens a register by its address: a file's path, or postgresql://…; and says which registers are there."""

from __future__ import annotations

from pathlib import Path

from foedus.problems import BadInput, NotFound, Problem
from foedus.register.places import POSTGRES
from foedus.register.sql import SqlRegister
from foedus.register.sqlite import SqliteRegister
from foedus.register.store import Register


def open_register(address: str, name: str | None = None, *, make: bool = False) -> Register:
    """The register of a name at an address, else the only one there; made where it is not there and may be. NotFound
    where it may not; BadInput where there are several and none is named.
    """
    if name is None:
        names = registers(address)
        if len(names) != 1:
            what = (
                f"{address} holds {len(names)} registers. Say which: {', '.join(names)}."
                if names
                else "It is empty."
            )
            raise BadInput([Problem("--register", 0, what)])
        name = names[0]
    return _opened(address, name, make=make)


def registers(address: str) -> list[str]:
    """The names of the registers at an address, in order."""
    with _opened(address, None, make=False) as any_of_them:
        return any_of_them.names()


def _opened(address: str, name: str | None, *, make: bool) -> SqlRegister:
    if address.startswith(POSTGRES):
        from foedus.register.postgres import PostgresRegister  # noqa: PLC0415 - slow to import, and few need it

        return PostgresRegister(address, name, make=make)
    if not make and not Path(address).is_file():
        raise NotFound("register", address, [str(path) for path in Path(address).parent.glob("*.db")])
    return SqliteRegister(address, name, make=make)
