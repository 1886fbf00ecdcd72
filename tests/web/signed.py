"""A small league in a register that was signed three times: by a policy two delegations must cosign, of which one has not
the last; an act is under seal, another was redacted; the key signed another history once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

from foedus.register.folders import redact
from foedus.register.log import policies
from foedus.register.log.checkpoint import Checkpoint, read_checkpoint
from foedus.register.log.keys import KINDS, Keyring
from foedus.register.log.note import Note
from foedus.register.log.proofs import Prover
from foedus.register.log.signing import cosign, sign_checkpoint
from foedus.register.sqlite import SqliteRegister
from foedus.register.store import Paper, Register
from foedus.secretariat import Live, News, bring_folder
from tests.folders import EVIDENCE

_SEALED = "id: {}, kind: statement, by: {{state: ARM}}, says: {}, on: 2004-02-01, classification: {}, {}"
SEALED = (
    _SEALED.format("seal/kept", "a thing for few", "restricted", EVIDENCE),
    _SEALED.format("seal/gone", "a thing for nobody", "secret", EVIDENCE),
)
OPENLY = {"kind": "statement", "by": {"state": "ARM"}, "on": "2005-01-01", "evidence": [{"source": "page"}]}
NOON = int(datetime(2026, 11, 23, 12, 0, tzinfo=UTC).timestamp())


def signed(folder: Path, where: Path) -> Path:
    """The register of the league in a folder, and the keys beside it."""
    keys = Keyring(where / "keys")
    own = keys.make("log", "example.org/tiny")
    for name, kind in (("ARM", "cosignature-ml-dsa-44"), ("BLR", "cosignature")):
        keys.make(name, f"example.org/{name}", KINDS[kind])
    witnesses = "".join(f"witness {name} {keys.public(name)[0]}\n" for name in ("ARM", "BLR"))
    policy = f"log {own}\n{witnesses}group members all ARM BLR\nquorum members\n"
    with SqliteRegister(where / "tiny.db", "tiny") as register:
        bring_folder(folder, register)
        _sign(register, keys, (), NOON - 172_800)
        policies.put(register, policy)
        _say(register, "first-told")
        _sign(register, keys, ("ARM", "BLR"), NOON - 86_400)
        redact(
            register,
            _at(register, b'"classification":"secret"'),
            by="the Council",
            on="2026-11-23",
            why="it was told in error",
        )
        _say(register, "then-told")
        _sign(register, keys, ("ARM",), NOON)
        _fork(register, keys)
        _say(register, "last-told")
    return where / "tiny.db"


def _say(register: Register, name: str) -> None:
    act = {"id": name, "says": f"it was {name.replace('-', ' ')}", **OPENLY}
    Live(register).append(News([act], date(2026, 11, 23), "the desk"))


def _at(register: Register, part: bytes) -> int:
    return next(at for at, entry in enumerate(register.read()) if part in entry)


def _sign(register: Register, keys: Keyring, cosigners: Sequence[str], now: int) -> None:
    text = sign_checkpoint(register, keys, "log", now)
    for minutes, name in enumerate(cosigners, 1):
        prover, own = Prover(register.hashes), keys.public("log")
        text = cosign(text, own, prover, keys=keys, label=name, now=now + 3_660 * minutes)
    register.keep(Paper("checkpoint", read_checkpoint(text)[0].size, text))


def _fork(register: Register, keys: Keyring) -> None:
    """What the host showed somebody else."""
    key = keys.read("log")
    other = Checkpoint(key.public.name, 9, sha256(b"another history").digest())
    unsigned = Note(other.text, ())
    register.keep(Paper("fork", 9, str(Note(other.text, (key.sign(unsigned, NOON),)))))
