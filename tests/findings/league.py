"""A small league that the audit finds nothing in, to which a test adds one thing."""

from __future__ import annotations

from pathlib import Path

from foedus.engine.findings import Finding, Instance
from tests.folders import ABOUT, ACTS, CHARTER, ENVELOPE, HEAD, INSTRUMENT, RULES, SOURCES, folder, loaded

SEEN = "evidence: [{source: page}]"
COVERAGE = """\
coverage:
  - {kind: membership, grade: complete}
  - {kind: session, grade: complete}
  - {kind: designation, grade: complete}
  - {kind: national-office, grade: complete}
  - {kind: appointment, grade: complete}
"""
MORE_RULES = """\
```rule
{id: decisions, kind: decision, organs: [council], matters: all but procedure, by: consensus, in force: {from: c1}, basis: seen}
```

```rule
{id: feasts, kind: session, organ: council, types: [feast], in force: {from: c1}, basis: practice}
```

```rule
{id: leaving, kind: withdrawal, of: organisation, months: 6, notice to: other parties, in force: {from: c1}, basis: seen}
```

```rule
{id: suspending, kind: sanction, of: organisation, by: council, may: suspend, in force: {from: c1}, basis: seen}
```

```rule
{id: observers, kind: affiliation, status: observer, granted by: council, open to: [states], in force: {from: 2010-01-01}, basis: seen}
```

```rule
{id: help, kind: duty, of: organisation, owed by: every other party, owed to: the party concerned, trigger: threat, content: help, in force: {from: c1}, basis: seen}
```

```rule
{id: court, kind: organ, organ: court, name: Court, in force: {from: c1}, basis: seen}
```

```rule
{id: sittings, kind: session, organ: court, types: [sitting], in force: {from: c1}, basis: seen}
```
"""
LENGTH = ("holder: appointee,", "holder: appointee, length: 3,")
MEMBERS = "".join(
    f"  - {{id: {state.lower()}, kind: membership, party: {state}, of: organisation, from: 2001-01-01, {SEEN}}}\n"
    f"  - {{id: {state.lower()}-head, kind: national-office, state: {state}, role: head-of-state, person: {person}, "
    f"title: president, from: 2000-01-01, {SEEN}}}\n"
    for state, person in (("ARM", "Ann"), ("BLR", "Bob"), ("KAZ", "Cat"))
)
SESSIONS = f"""\
  - {{id: s2002, kind: session, organ: council, type: regular, on: 2002-05-01, host: ARM, {SEEN}}}
  - {{id: s2003, kind: session, organ: council, type: regular, on: 2003-05-01, host: BLR, {SEEN}}}
"""
PAGES = "page: {kind: agency}\nother: {kind: agency}\nalmanac: {kind: secondary}\nlog: {kind: secondary}\n"
CHARTER_TEXT = INSTRUMENT + "\n" + RULES.replace(*LENGTH) + "\n" + MORE_RULES


def parts(
    *entries: str, rules: str = "", coverage: str = "", charter: str = CHARTER_TEXT, head: str = ""
) -> dict[str, str]:
    """The league's files, with these entries, rules and lines of coverage added."""
    lines = "".join(f"  - {{recorded: 2025-01-01, {entry}}}\n" for entry in entries)
    lines = lines.replace("{recorded: 2025-01-01, recorded:", "{recorded:")
    return {
        HEAD: ABOUT + head + COVERAGE + coverage,
        SOURCES: PAGES,
        CHARTER: charter + "".join(f"\n```rule\n{{{rule}}}\n```\n" for rule in rules.splitlines()),
        ACTS: ENVELOPE + MEMBERS + SESSIONS + lines,
    }


def league(where: Path, *entries: str, rules: str = "") -> Path:
    """The folder of the league with these entries and rules added."""
    return folder(where, parts(*entries, rules=rules))


def audited(
    where: Path,
    *entries: str,
    rules: str = "",
    coverage: str = "",
    charter: str = CHARTER_TEXT,
    head: str = "",
) -> dict[str, Finding]:
    """What the audit finds in the league with these entries, rules and lines of coverage added, by code."""
    files = parts(*entries, rules=rules, coverage=coverage, charter=charter, head=head)
    found = loaded(where, files).findings()
    assert len({finding.code for finding in found}) == len(found), "a code was found under two rules"
    return {finding.code: finding for finding in found}


def instance(found: dict[str, Finding], code: str) -> Instance:
    """The only instance of a code, which is the only one found."""
    assert set(found) == {code}
    (only,) = found[code].instances
    return only
