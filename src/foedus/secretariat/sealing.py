"""What a secretariat does to a register by hand: add a file of acts, and destroy the text of one under seal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from foedus.engine.agreement import disagreements_of
from foedus.problems import BadInput, Conflict, NotFound, Problem
from foedus.record.acts import AnyAct
from foedus.record.record import Redacted
from foedus.record.seen import named
from foedus.register.folders import Contents, contents, enveloped, not_in_the_dark, of_act, redact, together
from foedus.register.store import Register
from foedus.secretariat.folder import RECORD, Files
from foedus.secretariat.news import read_on
from foedus.secretariat.opening import from_register, unreadable_below
from foedus.secretariat.organisation import Organisation
from foedus.terms.words import listed
from foedus.written import read_yaml

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\.yaml")


def add_file(register: Register, path: Path) -> int:
    """Append the acts of a file of a record, all or none, sealed where they are classified; how many that was. BadInput
    with everything wrong with them, for those who see all of the record or for those who do not; Conflict where others
    wrote meanwhile.
    """
    if not _NAME.fullmatch(path.name):
        what = "A file of a record ends in .yaml, and is named with letters, digits, dots, hyphens and underscores."
        raise BadInput([Problem(path.name, 0, what, "Give it another name.")])
    now = from_register(register)
    assert now.record.kept is not None
    not_in_the_dark(register, now.record.withheld)
    later = read_on(now, [read_yaml(_text(path), f"{RECORD}/{path.name}")])
    came = [entry for entry in later.record.entries if entry.id not in now.record.places]
    if not came:
        raise BadInput([Problem(path.name, 0, "There is nothing in it to put on record.")])
    added = together([of_act(enveloped(f"{RECORD}/{path.name}", entry)) for entry in came])
    register.submit(replace(added, expected_size=now.record.kept.size))
    return len(came)


def _text(path: Path) -> str:
    files = Files(path.parent)
    text = files.read(path.name)
    if text is None:
        raise BadInput(files.problems)
    return text


def redact_act(register: Register, wanted: str, *, by: str, why: str, on: date) -> Redacted:
    """Destroy the text of an act under seal, by its index or id, and put on record that this was done. NotFound where there
    is none such; Conflict where it is not sealed, is gone already, or the rest could not be read without it.
    """
    held, now = contents(register), from_register(register)
    at = _index(register, held, now, wanted)
    act = held.opened.get(at)
    if act is not None:
        _can_do_without(now, str(act.act["id"]))
    try:
        redact(register, at, by=by, on=on.isoformat(), why=why)
    except ValidationError as error:
        raise BadInput(
            Problem(f"--{detail['loc'][-1]}", 0, "It should be 1 to 2,000 characters.")
            for detail in error.errors()
        ) from error
    return Redacted(at, by, on, why)


def _index(register: Register, held: Contents, now: Organisation, wanted: str) -> int:
    size = register.head().size
    if wanted.isascii() and wanted.isdigit():
        if len(wanted) > 18 or int(wanted) >= size:
            raise NotFound("entry", wanted, (), f"There are {size}, from 0 on.")
        return int(wanted)
    found = {str(each.act["id"]): at for at, each in held.opened.items()}
    if wanted in found:
        return found[wanted]
    if wanted in now.record.places:
        raise Conflict(f"“{wanted}” is not under seal. Only a sealed entry's text can be destroyed.")
    raise NotFound("entry under seal", wanted, found)


def _can_do_without(now: Organisation, name: str) -> None:
    """Conflict where the rest of the record could not be read without an act.

    Whatever names it is classified as high at least, so it is under seal and can be redacted before.
    """
    record = now.record
    naming = [entry.id for entry in record.entries if name in named(entry)]
    if naming:
        what = f"“{name}” is named by {listed([f'“{other}”' for other in naming])}, which could not be read without it."
        raise Conflict(f"{what} Redact {'that' if len(naming) == 1 else 'those'} first.")
    left = tuple(entry for entry in record.entries if entry.id != name)
    problems = _faults(replace(now, record=replace(record, entries=left)), left)
    if problems:
        raise Conflict(f"Without “{name}” the organisation could not be read: {problems[0].what}")


def _faults(organisation: Organisation, entries: Sequence[AnyAct]) -> list[Problem]:
    charter, record = organisation.charter, organisation.record
    return disagreements_of(entries, charter, record) or unreadable_below(entries, charter, record)
