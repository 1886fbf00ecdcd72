"""Who may use the programming interface, and for what: a file of clients, each with the hash of its token.

The token itself is shown once, when it is made, and kept nowhere. Whoever reads the file can use none of them; whoever
may write it decides who may append, so nobody but its owner may use it at all.
"""

from __future__ import annotations

import fcntl
import hmac
import json
import os
import re
import secrets
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import Field, StringConstraints, ValidationError

from foedus.problems import BadInput, Conflict, NotFound, Problem, Unreachable
from foedus.record.seen import PUBLIC, Clearance
from foedus.register.envelope import strict_json
from foedus.written import Model

Scope = Literal["ask", "append", "cosign"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
PREFIX, SECRET = "foedus_", 32  # bytes of a token that cannot be guessed
A_MINUTE, MOST_A_MINUTE = 600, 1_000_000
DEFAULT = "clients.json"
_NAME = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$"
_OPEN_TO_OTHERS = stat.S_IRWXG | stat.S_IRWXO
Name = Annotated[str, StringConstraints(pattern=_NAME)]


class Client(Model):
    """A client: what it may do (`ask`, `append`, `cosign`), in which organisations (None: in all), what it may see, in
    whose name it records, how many requests it may make a minute. `ended`: the day from which its token is nobody's.
    """

    name: Name
    token: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]  # its SHA-256
    may: tuple[Scope, ...] = Field(min_length=1)
    organisations: tuple[str, ...] | None = None
    clearance: Clearance = PUBLIC
    records_as: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None
    a_minute: int = Field(default=A_MINUTE, ge=1, le=MOST_A_MINUTE)
    made: date
    ended: date | None = None


class _File(Model):
    format: Literal[1] = 1
    clients: tuple[Client, ...] = ()


@dataclass(frozen=True, slots=True)
class _Seen:
    """A file as it was when it was last read, so that one that was not changed is not read again."""

    stamp: tuple[int, int, int]
    clients: tuple[Client, ...]


class Clients:
    """The clients in a file, as it is at each moment. Where there is no file there are none."""

    def __init__(self, path: Path, random: Callable[[int], bytes] = secrets.token_bytes) -> None:
        self.path, self._random = path, random
        self._seen = _Seen((0, 0, 0), ())

    def all(self) -> tuple[Client, ...]:
        """Every client, in the order they were made. BadInput where the file is none, or others may use it."""
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise Unreachable(f"{self.path} cannot be read: {error.strerror}.") from error
        stamp = (found.st_ctime_ns, found.st_ino, found.st_size)  # of rights given to others too
        if self._seen.stamp != stamp:
            self._seen = _Seen(stamp, _read(self.path, found))
        return self._seen.clients

    def bearing(self, token: str) -> Client | None:
        """The client whose token this is; None where it is nobody's, or not any more."""
        digest = _digest(token)
        found = None
        for client in self.all():  # all are compared, so that how long it takes tells nothing
            if hmac.compare_digest(client.token, digest) and client.ended is None:
                found = client
        return found

    def add(
        self,
        name: str,
        made: date,
        *,
        may: Sequence[Scope],
        organisations: Sequence[str] | None = None,
        clearance: Clearance = PUBLIC,
        records_as: str | None = None,
        a_minute: int = A_MINUTE,
    ) -> str:
        """Make a client, and give back its token, which is kept nowhere. BadInput with every fault; Conflict where the
        name was given before, even to one that ended.
        """
        problems = list(_faults(name, may, organisations, records_as))
        if problems:
            raise BadInput(problems)
        token = PREFIX + _in_signs(self._random(SECRET))
        client = Client.model_validate(
            {
                "name": name,
                "token": _digest(token),
                "may": tuple(dict.fromkeys(may)),
                "organisations": None if organisations is None else tuple(organisations),
                "clearance": clearance,
                "records as": records_as,
                "a minute": a_minute,
                "made": made,
            }
        )
        self._take_in(client)
        return token

    def _take_in(self, client: Client) -> None:
        with self._alone():
            known = self.all()
            if client.name in {each.name for each in known}:
                raise Conflict(f"There is, or was, a client “{client.name}”. Take another name.")
            _write(self.path, (*known, client))

    def end(self, name: str, on: date) -> Client:
        """End a client: from now on its token is nobody's. NotFound where there is none of that name."""
        with self._alone():
            known = self.all()
            running = {each.name: each for each in known if each.ended is None}
            if name not in running:
                raise NotFound("client", name, running)
            ended = running[name].model_copy(update={"ended": on})
            _write(self.path, tuple(ended if each.name == name else each for each in known))
        return ended

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else changes the file meanwhile."""
        try:
            folder = os.open(self.path.parent, os.O_RDONLY)
        except OSError as error:
            raise Unreachable(f"{self.path} cannot be written: {error.strerror}.") from error
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)


def _in_signs(data: bytes) -> str:
    """Bytes as letters and digits, of a length that does not depend on them."""
    signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    number, text = int.from_bytes(data, "big"), ""
    for _ in range(-(-len(data) * 8 * 1000 // 5954)):  # 5.954 bits a sign
        number, at = divmod(number, len(signs))
        text = signs[at] + text
    return text


def _digest(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _faults(
    name: str, may: Sequence[Scope], organisations: Sequence[str] | None, records_as: str | None
) -> Iterator[Problem]:
    if not re.match(_NAME, name):
        remedy = "It is at most 60 letters, digits, dots and hyphens."
        yield Problem("NAME", 0, f"“{name}” is no name of a client.", remedy)
    if not may:
        yield Problem("--may", 0, "A client that may do nothing is none.", f"Say which: {', '.join(SCOPES)}.")
    if "append" in may and records_as is None:
        what = "A client that appends says in whose name it records."
        yield Problem("--records-as", 0, what, "Give the name that “recorded by” is to say.")
    if records_as is not None and not (records_as.strip() and len(records_as) <= 200):
        yield Problem("--records-as", 0, "It should be a name of 1 to 200 letters.")
    if organisations is not None and not organisations:
        yield Problem("--in", 0, "A client of no organisation can do nothing.", "Name one, or leave it out.")


def _read(path: Path, found: os.stat_result) -> tuple[Client, ...]:
    if found.st_mode & _OPEN_TO_OTHERS:
        what = f"Others than its owner may use this file (mode {stat.S_IMODE(found.st_mode):o})."
        raise BadInput([Problem(str(path), 0, what, f"Say chmod 600 {path}.")])
    if found.st_uid != os.geteuid():  # only root can read such a file
        what = "This file belongs to somebody else than who serves, and so would the right to append."
        raise BadInput([Problem(str(path), 0, what, f"Say chown {os.geteuid()} {path}.")])
    try:
        data = path.read_bytes()
        strict_json(data, str(path))
        return _File.model_validate_json(data).clients
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        at = ".".join(str(part) for part in detail["loc"])
        what = f"This is no file of clients: {at}: {detail['msg']}."
        raise BadInput([Problem(str(path), 0, what)]) from error
    except OSError as error:
        raise Unreachable(f"{path} cannot be read: {error.strerror}.") from error


def _write(path: Path, clients: tuple[Client, ...]) -> None:
    """Put a file in the place of the one there, whole or not at all."""
    rows = [json.loads(each.model_dump_json(by_alias=True)) for each in clients]
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"format": 1, "clients": rows}, file, ensure_ascii=False, indent=1)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise Unreachable(f"{path} cannot be written: {error.strerror}.") from error
