"""What somebody puts on record, judged before it is.

It is first read with all that is there, as a folder would be: an act that the organisation could not be read with is
refused, with everything that is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from typing import Any

import rfc8785

from foedus.engine.agreement import disagreements_of
from foedus.problems import BadInput, Problem
from foedus.record.read import RecordFiles
from foedus.record.seen import LADDER, PUBLIC, Clearance, seen
from foedus.record.shelf import nothing_thrown_away
from foedus.register.envelope import POLICY
from foedus.register.folders import as_seen, contents, enveloped, of_act, of_text, together
from foedus.register.store import Register, Submission
from foedus.secretariat.opening import Held, composed, unreadable_below, without
from foedus.secretariat.organisation import Organisation
from foedus.written import Path, Written, frozen

AS_APPENDED = "record/register.yaml"  # the file of a folder that holds what was appended, where none is named


@dataclass(frozen=True, slots=True)
class News:
    """What is to be put on record: acts, as record files write them, in the order they are to stand; texts, by name, in
    place of those of that name. `recorded`: the day on which it is, and `recorded_by` who does it: said of every act.
    `clearance` is that of whoever asks: of what lies above it no refusal tells.
    """

    acts: Sequence[Mapping[str, Any]]
    recorded: date
    recorded_by: str
    texts: Mapping[str, str] = field(default_factory=dict)
    file: str = AS_APPENDED
    clearance: Clearance = PUBLIC

    @property
    def shared(self) -> dict[str, str]:
        """What is said of every act."""
        return {"recorded": self.recorded.isoformat(), "recorded by": self.recorded_by}

    def faults(self) -> Iterator[Problem]:
        """What is wrong with them whatever the organisation: nobody records an act for another, or on another day."""
        if not self.acts and not self.texts:
            yield Problem("acts", 0, "There is nothing to put on record.")
        if POLICY in self.texts:
            remedy = "Put it on record with foedus log policy, which says what it changes."
            yield Problem(POLICY, 0, "A policy is not put on record as other texts are.", remedy)
        for at, act in enumerate(self.acts, 1):
            for key, value in self.shared.items():
                if key in act and act[key] != value:
                    said = f"“{key}” is “{act[key]}”, and whoever asks records as “{value}”."
                    yield Problem(f"act {at}", 0, said, "Leave it out.")

    @property
    def digest(self) -> bytes:
        """What tells whether two are the same, whatever day they are tried on."""
        asked: Any = {
            "acts": list(self.acts),
            "texts": dict(self.texts),
            "file": self.file,
            "by": self.recorded_by,
        }
        return sha256(rfc8785.dumps(asked)).digest()


def read_on(now: Organisation, files: Sequence[Written]) -> Organisation:
    """An organisation with the acts of further files, or of files that it has. BadInput with all that is wrong with them,
    for those who see all of it, or for those who do not.
    """
    read = RecordFiles.further(now.record, [(each.file, each) for each in files])
    record = replace(now.record, entries=tuple(read.entries), places=read.places, kept=None)
    came = [entry for entry in record.entries if entry.id not in now.record.places]
    problems = [*read.problems, *disagreements_of(came, now.charter, record)]
    problems += unreadable_below(came, now.charter, record) if not problems else ()
    if problems:
        raise BadInput(problems)
    return now.with_record(record)


def judged(now: Organisation, news: News, register: Register) -> tuple[Organisation, Submission]:
    """The organisation with the news, and what is to be appended. BadInput with everything wrong with it."""
    problems = [*news.faults()]
    if problems:
        raise BadInput(problems)
    rows = frozen([{**news.shared, **act} for act in news.acts])
    lines: dict[Path, int] = {("entries", at): at + 1 for at in range(len(rows))}
    file = Written(news.file, {"entries": rows}, lines=lines)
    later = _with_news(now, news, file, register)
    acts = [later.record.by_id[str(act["id"])] for act in rows]
    parts = [of_text(name, text) for name, text in news.texts.items()]
    parts += [of_act(enveloped(news.file, act)) for act in acts]
    return later, replace(together(parts), asked=news.digest)


def _with_news(now: Organisation, news: News, file: Written, register: Register) -> Organisation:
    """The organisation with the news: first as whoever asks sees it, so that no refusal tells of what they do not."""
    hidden = seen(now.record, news.clearance) is not now.record
    if hidden:
        _read(now, news, file, register, news.clearance)
    try:
        return _read(now, news, file, register, LADDER[-1])
    except BadInput as error:
        if not hidden:
            raise
        what = (
            "They cannot stand beside what is on record under seal: an id is taken, or must not be named so."
        )
        raise BadInput([Problem("acts", 0, what, "Ask whoever may see that.")]) from error


def _read(
    now: Organisation, news: News, file: Written, register: Register, clearance: Clearance
) -> Organisation:
    try:
        if news.texts:
            return _read_anew(register, news.texts, file, clearance)
        return read_on(now.seen_by(clearance), [file])
    except BadInput as error:
        raise BadInput(_placed(problem, news) for problem in error.problems) from error


def _read_anew(
    register: Register, texts: Mapping[str, str], file: Written, clearance: Clearance
) -> Organisation:
    """The organisation of a register with other texts, and the acts of a file."""
    held = as_seen(contents(register), clearance)
    held.texts |= texts
    held.acts.setdefault(file.file, []).extend(file.data["entries"])
    with nothing_thrown_away():
        found, problems = composed(Held(held))
    if problems or found is None:
        raise BadInput(problems)
    return without(found, held)


def _placed(problem: Problem, news: News) -> Problem:
    """A problem of an act, by its number among those that are to be put on record."""
    return replace(problem, file=f"act {problem.line}", line=0) if problem.file == news.file else problem
