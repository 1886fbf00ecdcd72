"""Whose cosignatures make a checkpoint count (C2SP tlog-policy): logs, witnesses, groups of them, and a quorum."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from foedus.problems import Altered, BadInput, Problem, suggest
from foedus.register.log.checkpoint import Checkpoint
from foedus.register.log.cosignature import Signed, checked
from foedus.register.log.note import COSIGN_ED25519, COSIGN_ML_DSA_44, VerifierKey
from foedus.register.log.signing import signed_by

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_NUMBER = re.compile(r"[1-9][0-9]{0,5}")
MOST = 256  # groups; of keys, twice as many


@dataclass(frozen=True, slots=True)
class Group:
    """How many of the members, each a witness or a group, must have seen a checkpoint."""

    least: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """Which logs are trusted, and what quorum of witnesses makes their checkpoints count; None: no witness is needed."""

    logs: tuple[VerifierKey, ...]
    witnesses: Mapping[str, VerifierKey]
    groups: Mapping[str, Group]
    quorum: str | None

    @property
    def demands(self) -> str:
        """Whose cosignatures are needed, in words; empty where none is."""
        return self.lacks(set())

    @property
    def least(self) -> int:
        """With how many cosignatures a checkpoint can count."""
        return 0 if self.quorum is None else self._least(self.quorum)

    def _least(self, name: str) -> int:
        group = self.groups.get(name)
        return 1 if group is None else sum(sorted(map(self._least, group.members))[: group.least])

    def lacks(self, seen: set[str], name: str | None = None) -> str:
        """Whose cosignatures are still lacking, in words; empty where there are enough."""
        name = self.quorum if name is None else name
        if name is None or name in seen:
            return ""
        if name not in self.groups:
            return name
        group = self.groups[name]
        lacking = [lack for member in group.members if (lack := self.lacks(seen, member))]
        need = group.least - (len(group.members) - len(lacking))
        if need <= 0:
            return ""
        return f"{need} of ({', '.join(lacking)})" if need < len(lacking) else ", ".join(lacking)

    def accepted(self, text: str | bytes) -> tuple[Checkpoint, list[Signed]]:
        """A checkpoint that counts, and whose cosignatures it bears. Altered where it does not count, and why."""
        checkpoint, note = signed_by(text, self.logs)
        signed = checked(note, list(self.witnesses.values()))
        keys = {signature.key for signature in signed}
        lacking = self.lacks({name for name, key in self.witnesses.items() if key in keys})
        if lacking:
            raise Altered(f"The checkpoint of “{checkpoint.origin}” lacks cosignatures: {lacking}.")
        return checkpoint, signed

    @property
    def keys(self) -> tuple[VerifierKey, ...]:
        """The keys of its logs and of its witnesses."""
        return (*self.logs, *self.witnesses.values())


@dataclass(slots=True)
class _Reading:
    where: str
    logs: list[VerifierKey] = field(default_factory=list)
    witnesses: dict[str, VerifierKey] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    grouped: set[str] = field(default_factory=set)
    quorum: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    line: int = 0

    def tell(self, what: str, remedy: str = "") -> None:
        self.problems.append(Problem(self.where, self.line, what, remedy))

    def log(self, words: list[str]) -> None:
        if len(words) not in {1, 2}:
            self.tell("A log is written: log KEY [URL].")
        elif (key := self._key(words[0], (*self.logs, *self.witnesses.values()))) is not None:
            self.logs.append(key)

    def witness(self, words: list[str]) -> None:
        if len(words) not in {2, 3}:
            self.tell("A witness is written: witness NAME KEY [URL].")
        elif (
            self._is_new(words[0])
            and (key := self._key(words[1], (*self.logs, *self.witnesses.values()))) is not None
        ):
            if key.type in {COSIGN_ED25519, COSIGN_ML_DSA_44}:
                self.witnesses[words[0]] = key
            else:
                self.tell(f"The key of “{words[0]}” does not make cosignatures.")

    def group(self, words: list[str]) -> None:
        if len(words) < 3:
            self.tell("A group is written: group NAME all|any|NUMBER MEMBER …")
            return
        name, least, *members = words
        if not self._is_new(name):
            return
        if len(self.groups) >= MOST:
            self.tell(f"A policy has at most {MOST} groups.")
            return
        number = {"all": len(members), "any": 1}.get(least, int(least) if _NUMBER.fullmatch(least) else 0)
        if not 1 <= number <= len(members):
            self.tell(f"“{least}” should be all, any or a number from 1 to {len(members)}.")
        for member in members:
            self._known(member)
            if member in self.grouped:
                self.tell(f"“{member}” is in a group already.", "Each is in one group, once.")
            self.grouped.add(member)
        self.groups[name] = Group(number, tuple(members))

    def choose(self, words: list[str]) -> None:
        if len(words) != 1:
            self.tell("The quorum is written: quorum NAME.")
        elif words[0] != "none":
            self._known(words[0])
        self.quorum += words[:1]

    def _key(self, text: str, others: Collection[VerifierKey]) -> VerifierKey | None:
        """The key in a text; none where it stands among the others already: a log is no witness of itself."""
        if len(others) >= 2 * MOST:
            self.tell(f"A policy has at most {2 * MOST} keys.")
            return None
        try:
            key = VerifierKey.read(text)
        except BadInput as error:
            self.tell(error.problems[0].what, error.problems[0].remedy)
            return None
        if any(key.public == other.public for other in others):
            self.tell(f"The key of “{key.name}” stands here a second time.")
            return None
        return key

    def _is_new(self, name: str) -> bool:
        taken = name == "none" or name in self.witnesses or name in self.groups
        if taken:
            self.tell(f"The name “{name}” is taken.")
        return not taken

    def _known(self, name: str) -> None:
        names = {*self.witnesses, *self.groups}
        if name not in names:
            self.tell(f"There is no witness or group “{name}” above.", suggest(name, names))


def read_policy(text: str, where: str = "policy") -> Policy:
    """A policy from its text. BadInput, with every fault, where it is none."""
    found = _Reading(where)
    kinds = {"log": found.log, "witness": found.witness, "group": found.group, "quorum": found.choose}
    for found.line, line in enumerate(text.split("\n"), 1):
        words = [word for word in re.split(r"[ \t]+", line) if word]
        if _CONTROL.search(line):
            found.tell("The line holds control characters.")
        elif words and not words[0].startswith("#"):
            read = kinds.get(words[0])
            if read is None:
                found.tell(f"A line does not begin with “{words[0]}”.", suggest(words[0], kinds))
            else:
                read(words[1:])
    found.line = 0
    if len(found.quorum) != 1:
        found.tell("A policy has one quorum line.", "quorum none: no cosignature is needed.")
    if found.problems:
        raise BadInput(found.problems)
    quorum = None if found.quorum[0] == "none" else found.quorum[0]
    return Policy(tuple(found.logs), found.witnesses, found.groups, quorum)
