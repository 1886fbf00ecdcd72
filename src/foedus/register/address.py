"""Opens a register by its address: a file's path, or postgresql://…; and says which registers are there."""

from __future__ import annotations

from pathlib import Path

from foedus.problems import NotFound
from foedus.register.postgres import PostgresRegister
from foedus.register.sqlite import SqliteRegister
from foedus.register.store import Register

_POSTGRES = ("postgresql://", "postgres://")


def open_register(address: str, name: str = "register", *, make: bool = False) -> Register:
    """The register of a name at an address; made where it is not there and may be. NotFound where it may not."""
    if address.startswith(_POSTGRES):
        return PostgresRegister(address, name, make=make)
    if not make and not Path(address).is_file():
        raise NotFound("register", address, [str(path) for path in Path(address).parent.glob("*.db")])
    return SqliteRegister(address, name, make=make)
