"""Opens an organisation: by a name that comes with Foedus, from its folder, or from its register."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path, PurePath

from foedus.charter.charter import Charter
from foedus.charter.check import check_charter
from foedus.charter.read import read_charter
from foedus.decisions.weights import NO_WEIGHTS, Weights, read_weights
from foedus.engine.agreement import disagreements, disagreements_of
from foedus.problems import ANYTHING, BadInput, Conflict, Problem, Unreachable
from foedus.record.acts import AnyAct
from foedus.record.read import RecordFiles, read_about
from foedus.record.record import Kept, Record, Redacted
from foedus.record.seen import lower, may_see, seen
from foedus.record.shelf import nothing_thrown_away
from foedus.register.envelope import POLICY
from foedus.register.folders import Contents, bring, contents
from foedus.register.mark import Mark
from foedus.register.places import is_database
from foedus.register.store import Head, Register
from foedus.secretariat import snapshot
from foedus.secretariat.folder import HEAD, SOURCES, WEIGHTS, Files, folder_of
from foedus.secretariat.organisation import Organisation
from foedus.secretariat.since import read_since
from foedus.written import Written, frozen

Read = tuple[Organisation | None, tuple[Problem, ...]]


def load(organisation: str | Path, *, database: str | None = None, as_of: Mark | None = None) -> Organisation:
    """An organisation by its bundled name, from a path to its folder, or from its register: a database's path or address;
    with `database`, the register of that name there. `as_of`: as the register was then.

    NotFound where there is none; BadInput, with every fault, where its files are refused; Altered where the register was
    another then.
    """
    found, problems = inspect(organisation, database=database, as_of=as_of)
    if problems or found is None:
        raise BadInput(problems)
    return found


def inspect(organisation: str | Path, *, database: str | None = None, as_of: Mark | None = None) -> Read:
    """An organisation as far as it can be read, and every fault of its files. Raises what `load` does but for those."""
    name = str(organisation)
    if database is None and not is_database(name):
        if as_of is not None:
            what = f"“{as_of}” is a checkpoint of a register, and “{name}” is a folder."
            raise BadInput([Problem("known", 0, what, f"Import it: foedus register import {name} DATABASE.")])
        return composed(Files(folder_of(organisation)))
    from foedus.register.address import open_register  # noqa: PLC0415 - databases are slow to import

    opening = open_register(name) if database is None else open_register(database, name)
    with opening as register:
        return kept_in(register, as_of)


def kept_in(register: Register, as_of: Mark | None = None) -> Read:
    """The organisation that a register holds, or held, as far as it can be read; and every fault of what is kept."""
    head = register.head() if as_of is None else as_of.found(register)
    recalled = _recalled(register, head)
    if recalled is not None:
        return recalled, ()
    found, problems, _ = _read(register, head)
    if as_of is not None and problems:
        what = f"At {head.size} entries the register held no whole organisation; the first of what is wrong: {problems[0]}"
        raise BadInput([Problem("known", 0, what, "Ask as of a point at which an append ended.")])
    return found, problems


def without(found: Organisation, held: Contents) -> Organisation:
    """An organisation that knows what its register has under seal without its text, and what was redacted there."""
    redacted = (
        Redacted(at, each.by, date.fromisoformat(each.on), each.why) for at, each in held.redacted.items()
    )
    return replace(found, record=replace(found.record, withheld=len(held.withheld), redacted=tuple(redacted)))


def _read(register: Register, head: Head) -> tuple[Organisation | None, tuple[Problem, ...], Contents]:
    with nothing_thrown_away():
        held = contents(register, head.size)
        found, problems = composed(Held(held), kept_at(register, head))
    return found if found is None else without(found, held), problems, held


def _recalled(register: Register, head: Head) -> Organisation | None:
    """The organisation from a snapshot that may be used, and from what came since; None where all has to be read."""
    now = kept_at(register, head)
    found = snapshot.recalled(register, head, _bare)
    if found is None or found.record.kept == now:
        return found
    return read_since(found, register, now)


def _bare(texts: Mapping[str, str], kept: Kept) -> Organisation | None:
    """The organisation of these texts, with nothing on record."""
    found, problems = composed(Held(Contents(dict(texts))), kept)
    return None if problems else found


def keep_snapshot(register: Register) -> tuple[Organisation, Path]:
    """Read a register whole, and keep a snapshot of what follows from it: the organisation, and where the snapshot is.
    BadInput where what is kept there makes no organisation; Conflict where some of it is under seal: its text may come
    and go without a sign in the root; Unreachable where the snapshot cannot be written.
    """
    found, problems, held = _read(register, register.head())
    if problems or found is None:
        raise BadInput(problems)
    if held.opened or held.withheld or held.redacted or found.record.classified:
        raise Conflict(
            f"“{register.name}” holds acts under seal, or held such, so no snapshot of it is kept."
        )
    return found, snapshot.keep(register, found, held.texts)


def renew_snapshot(register: Register) -> None:
    """See to it that there is a snapshot that may be used, where there may be one and it can be written."""
    head = register.head()
    found = snapshot.recalled(register, head, _bare)
    if found is None or found.record.kept != kept_at(register, head):
        with suppress(Conflict, Unreachable):
            keep_snapshot(register)


def kept_at(register: Register, head: Head) -> Kept:
    """Where the record of a register stands."""
    return Kept(register.name, head.size, head.root.hex())


def composed(files: Files | Held, kept: Kept | None = None) -> Read:
    """The organisation that files make, as far as they can be read, and every fault of theirs."""
    head_text = files.read(HEAD)
    about, head = (None, Written(HEAD)) if head_text is None else read_about(HEAD, head_text)
    names = about.instruments if about is not None else files.names("", "*.md")
    texts = files.texts(names)
    charter, faults, refused = read_charter(texts)
    sources = files.read(SOURCES)
    record = RecordFiles(None if sources is None else (SOURCES, sources), files.acts())
    weights, wrong = files.weights()
    unread = len(texts) < len(names) or refused is ANYTHING
    known = ANYTHING if unread else refused | record.refused
    problems = [*head.problems, *faults, *record.problems, *wrong, *files.problems]
    problems += check_charter(charter, known)
    if about is None:
        return None, tuple(sorted(set(problems)))
    found = Organisation(charter, replace(record.record(about), kept=kept), weights=weights)
    problems += disagreements(charter, found.record, head, ANYTHING if record.sources_unread else known)
    problems += unreadable_below(found.record.entries, charter, found.record) if not problems else ()
    return found, tuple(sorted(set(problems)))


def unreadable_below(entries: Iterable[AnyAct], charter: Charter, record: Record) -> list[Problem]:
    """What is wrong with some entries of a record for those who do not see all of it, and for nobody else."""
    return [
        replace(problem, what=f"As seen with no more than the clearance {clearance}: {problem.what}")
        for clearance in lower(record)
        for problem in disagreements_of(
            [entry for entry in entries if may_see(clearance, entry.classification)],
            charter,
            seen(record, clearance),
        )
    ]


def from_register(register: Register, as_of: Mark | None = None) -> Organisation:
    """An organisation from its register; as it was at `as_of`, else as it is. BadInput, with every fault, where what is
    kept there makes no organisation.
    """
    found, problems = kept_in(register, as_of)
    if problems or found is None:
        raise BadInput(problems)
    return found


def bring_folder(organisation: str | Path, register: Register) -> int:
    """Append to a register what a folder has and it has not; how many entries that was. BadInput where the folder is
    refused, or says something else of an act that is on record there.
    """
    return bring_organisation(load(organisation), organisation, register)


def bring_organisation(found: Organisation, organisation: str | Path, register: Register) -> int:
    """`bring_folder`, for an organisation that was loaded from it."""
    files = Files(folder_of(organisation))
    table = files.names("", WEIGHTS)
    policy = files.names("", POLICY)
    texts = dict(files.texts([HEAD, SOURCES, *table, *found.record.about.instruments, *policy]))
    if files.problems:
        raise BadInput(files.problems)
    if POLICY in texts:
        _not_another(texts[POLICY], register)
    return bring(register, texts, found.record)


def _not_another(policy: str, register: Register) -> None:
    """A folder brings a policy where there is none, and never one in place of another: that is not done in passing."""
    from foedus.register.log.council import in_force  # noqa: PLC0415 - slow to import, and few folders have a policy
    from foedus.register.log.policies import policies  # noqa: PLC0415
    from foedus.register.log.policy import read_policy  # noqa: PLC0415

    read_policy(policy, POLICY)
    size = register.head().size
    kept = in_force(policies(register, size), size)
    if kept is not None and kept.text != policy:
        what = f"Another policy is on record, since entry {kept.entry}."
        remedy = f"Take the file out of the folder; to replace it: foedus log policy DATABASE {POLICY}."
        raise BadInput([Problem(POLICY, 0, what, remedy)])


@lru_cache(maxsize=32)
def opened(organisation: str, *, database: str | None = None, as_of: Mark | None = None) -> Organisation:
    """`load`, kept for as long as the process lives: for tests and benches, whose folders do not change under them."""
    return load(organisation, database=database, as_of=as_of)


class Held:
    """What a register holds, as the files of a folder; whatever is not there is a problem and None."""

    def __init__(self, held: Contents) -> None:
        self.held, self.problems = held, list[Problem]()

    def names(self, sub: str, pattern: str) -> list[str]:
        """The texts that match, in order of name."""
        return sorted(name for name in self.held.texts if PurePath(name).match(f"{sub}{pattern}"))

    def acts(self) -> list[tuple[str, str | Written]]:
        """(name, acts) of each file of the record; there are no lines to speak of."""
        return [
            (file, Written(file, {"entries": frozen(acts)}, first_line=0))
            for file, acts in self.held.acts.items()
        ]

    def weights(self) -> tuple[Weights, list[Problem]]:
        """The weights of the members over time, where there is a table of them."""
        text = self.held.texts.get(WEIGHTS)
        return (NO_WEIGHTS, []) if text is None else read_weights(WEIGHTS, text)

    def texts(self, names: Iterable[str]) -> list[tuple[str, str]]:
        """(name, text) of each text that there is."""
        return [(name, text) for name in names if (text := self.read(name)) is not None]

    def read(self, name: str) -> str | None:
        """A text; None, with a problem, where there is none."""
        if name not in self.held.texts:
            self.problems.append(Problem(name, 0, "The text is not in the register."))
        return self.held.texts.get(name)
