"""A minimal organisation folder that a test may spoil in one place, and what Foedus then says of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from foedus.problems import Problem
from foedus.secretariat import Organisation, inspect

HEAD = "organisation.yaml"
SOURCES = "sources.yaml"
CHARTER = "charter.md"
ACTS = "record/acts.yaml"

ABOUT = """\
id: tiny
name: Tiny League
short: TL
instruments: [charter.md]
record to: 2025-12-31
"""
INSTRUMENT = """\
# The Charter

```instrument
id: charter
title: Charter of the Tiny League
short: Charter
texts:
  c1: {what: as signed, signed: 2000-06-01, in force: {from: 2001-01-01}, basis: seen}
```
"""
RULES = """\
## Article 1. All of it

There is a Council, and it has a chair.

```rule
{id: members, kind: membership, of: organisation, in force: {from: c1}, basis: seen}
```

```rule
{id: council, kind: organ, organ: council, name: Council, in force: {from: c1}, basis: seen}
```

```rule
{id: sessions, kind: session, organ: council, types: [regular, informal], in force: {from: c1}, basis: seen}
```

```rule
{id: seats, kind: composition, organ: council, seats: each member, of: organisation, holder: head-of-state, in force: {from: c1}, basis: seen}
```

```rule
id: chair
kind: office
office: chairman
name: Chairman
of: council
term: {opened by: session, where: {organ: council, type: regular}}
holder: {role: head-of-state, of: host}
unless: {designation: {by: council}}
in force: {from: c1}
basis: seen
```

```rule
{id: secretary, kind: office, office: secretary-general, name: Secretary General, of: organisation, term: {opened by: appointment}, holder: appointee, in force: {from: c1}, basis: seen}
```
"""
ENVELOPE = "recorded: 2025-01-01\nrecorded by: the tests\nentries:\n"
ENTRIES = """\
  - {id: arm, kind: membership, party: ARM, of: organisation, from: 2001-01-01, evidence: [{source: page}]}
  - {id: head, kind: national-office, state: ARM, role: head-of-state, person: A, title: president, from: 2000-01-01, evidence: [{source: page}]}
  - {id: first, kind: session, organ: council, type: regular, on: 2002-01-01, host: ARM, evidence: [{source: page}]}
  - {id: said, kind: statement, by: {state: ARM}, says: it was held, evidence: [{source: page}]}
"""
FILES: Mapping[str, str] = {
    HEAD: ABOUT,
    SOURCES: "page: {kind: agency}\n",
    CHARTER: INSTRUMENT + "\n" + RULES,
    ACTS: ENVELOPE + ENTRIES,
}
EVIDENCE = "evidence: [{source: page}]"


def folder(where: Path, changed: Mapping[str, str | bytes | None] = MappingProxyType({})) -> Path:
    """The folder, with some files' contents changed, new files added, or (None) left out."""
    for name, content in {**FILES, **changed}.items():
        if content is not None:
            path = where / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return where


def problems(where: Path, changed: Mapping[str, str | bytes | None]) -> list[Problem]:
    """Every fault that is found in the folder so changed."""
    return list(inspect(folder(where, changed))[1])


def one_problem(where: Path, changed: Mapping[str, str | bytes | None]) -> Problem:
    """The only fault that is found in the folder so changed."""
    found = problems(where, changed)
    assert len(found) == 1, "\n".join(map(str, found)) or "no problem was found"
    return found[0]


def loaded(where: Path, changed: Mapping[str, str | bytes | None]) -> Organisation:
    """The organisation in the folder so changed, which has no fault."""
    organisation, found = inspect(folder(where, changed))
    assert not found
    assert organisation is not None
    return organisation


def acts(*entries: str) -> dict[str, str]:
    """The record with further entries, one on each of the lines from FIRST_FREE_LINE on."""
    return {ACTS: ENVELOPE + ENTRIES + "".join(f"  - {{{entry}}}\n" for entry in entries)}


def about(line: str) -> dict[str, str]:
    """The head with a further line, which is ABOUT_LINE."""
    return {HEAD: ABOUT + line + "\n"}


def rule(text: str) -> dict[str, str]:
    """The charter with a further rule, whose text begins on the line RULE_LINE."""
    return {CHARTER: FILES[CHARTER] + f"\n```rule\n{text}\n```\n"}


def block(text: str) -> dict[str, str]:
    """The record with one further entry in lines of its own, the first on FIRST_FREE_LINE."""
    lines = text.strip().splitlines()
    return {ACTS: ENVELOPE + ENTRIES + f"  - {lines[0]}\n" + "".join(f"    {line}\n" for line in lines[1:])}


FIRST_FREE_LINE = (ENVELOPE + ENTRIES).count("\n") + 1
ABOUT_LINE = ABOUT.count("\n") + 1
RULE_LINE = FILES[CHARTER].count("\n") + 3
