"""Which addresses are those of databases: PostgreSQL's, and files that begin as SQLite's do."""

from __future__ import annotations

from pathlib import Path

POSTGRES = ("postgresql://", "postgres://")
_SQLITE = b"SQLite format 3\0"


def is_database(address: str) -> bool:
    """Whether an address is that of a database, whatever it holds; a file that cannot be read is none."""
    if address.startswith(POSTGRES):
        return True
    try:
        if not Path(address).is_file():  # to open a pipe would be to wait for whoever writes to it
            return False
        with Path(address).open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except (OSError, ValueError):
        return False
