"""A small league in which acts of each classification tell of like things, each under a word of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from foedus.record.seen import LADDER, Clearance, seen
from foedus.secretariat import Organisation
from tests.findings.league import SEEN, parts
from tests.folders import folder, loaded

WORDS: dict[Clearance, str] = dict(
    zip(LADDER, ("Ashgrove", "Birchwood", "Cedarholm", "Damsonby"), strict=True)
)
NUMBERS = {clearance: number for number, clearance in enumerate(LADDER, 1)}


def acts(clearance: Clearance) -> list[str]:
    """What is told under one classification; each entry holds its word, in its id and wherever else it has room."""
    word, number = WORDS[clearance], NUMBERS[clearance]
    day, session = f"201{number}-06-01", f"{word}/session"
    months = f"from: {day}, until: 201{number}-09-01"
    whom = f"addressees: [{{org: the {word} League}}], alleged: storms at {word}, alleges: threat"
    none = f"how: statement, what: none for {word}"
    said = [
        f"id: {session}, kind: session, organ: council, type: regular, on: {day}, host: BLR, city: {word}",
        f"id: {word}/came, kind: attendance, session: {session}, rows: [{{state: ARM, person: Ann {word}}}]",
        f"id: {word}/said, kind: statement, session: {session}, by: {{state: ARM, person: Bea {word}}}, says: of {word}",
        f"id: {word}/decided, kind: decision, session: {session}, what: to build at {word}, outcome: adopted",
        f"id: {word}/expect, kind: expect, office: chairman, at: {session}, holder: {{state: KAZ, person: Cy {word}}}",
        f"id: {word}/secretary, kind: appointment, office: secretary-general, person: Di {word}, {months}",
        f"id: {word}/request, kind: request, on: {day}, by: {{state: ARM}}, asks: boats of {word}, {whom}",
        f"id: {word}/response, kind: response, on: {day}, to: {word}/request, by: {{state: KAZ}}, {none}",
        f"id: {word}/body, kind: body, name: Office of {word}, of: council, from: {day}",
    ]
    classified = "" if clearance == "public" else f", classification: {clearance}"
    return [f"{act}{classified}, {SEEN}" for act in said]


def files(*more: str) -> dict[str, str]:
    """The league's files, with further entries."""
    return parts(*(act for clearance in LADDER for act in acts(clearance)), *more)


def league(where: Path, *more: str) -> Organisation:
    """The whole league, which has no fault."""
    return loaded(where, files(*more))


def league_folder(where: Path, *more: str) -> Path:
    """Its folder."""
    return folder(where, files(*more))


def as_seen(organisation: Organisation, clearance: Clearance) -> Organisation:
    """The organisation as somebody with this clearance sees it."""
    return replace(organisation, record=seen(organisation.record, clearance))  # afresh: nothing of it is kept
