"""The register itself: how long it is, who signed it and who has still to, how to check it oneself, its last entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from foedus.problems import FoedusError
from foedus.register.envelope import described
from foedus.register.log.checkpoint import read_checkpoint
from foedus.register.log.council import Count, Demand, in_force, judged, newest
from foedus.register.log.policies import demand
from foedus.register.log.proofs import Prover
from foedus.register.log.scrub import as_kept
from foedus.register.log.signers import LOG, How, Signer, signers
from foedus.register.log.tree import leaf_hash
from foedus.register.store import Paper, Register
from foedus.terms.dates import show_day
from foedus.terms.words import counted, large, listed
from foedus.web.figures.cosigned import Chart, Dot, drawings
from foedus.web.figures.lanes import Drawing
from foedus.web.pages.frame import Frame, frame
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, short_day

MOST, MOST_DRAWN = 12, 20  # checkpoints drawn and listed, the newest; signers drawn, the first
LAST = 25  # entries listed


@dataclass(frozen=True, slots=True)
class Signed:
    """Somebody who signed, when where that is said, and whether by a key that a policy on record names."""

    name: str
    when: str
    checked: bool


@dataclass(frozen=True, slots=True)
class CheckpointRow:
    """A checkpoint: whether it is the council's in a word, who cosigned it, what it lacks."""

    size: int
    root: str
    counts: str
    cosigned: tuple[Signed, ...]
    lacks: str


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest checkpoint: what it comes to in a sentence and a second, and who signed it."""

    row: CheckpointRow
    log: Signed
    verdict: str
    more: str
    css: str
    policy: Link
    demands: str
    behind: int


@dataclass(frozen=True, slots=True)
class Fork:
    """Something that the register's own key signed and the register is not."""

    says: str
    text: str


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry of the register."""

    link: Link
    says: str
    hash: str


@dataclass(frozen=True, slots=True)
class GrowthPage:
    """The page. `address` is where the log's files are; `marks` and `counted` what the figure holds."""

    frame: Frame
    lead: str
    size: int
    root: str
    address: str
    forks: tuple[Fork, ...]
    newest: Newest | None
    figure: tuple[Drawing, Drawing] | None
    marks: frozenset[How]
    undrawn: int
    counted: bool
    checkpoints: tuple[CheckpointRow, ...]
    left_out: int
    entries: tuple[EntryLine, ...]
    first: Link


def growth_page(visit: Visit) -> GrowthPage:
    """The register as it was when the organisation was read from it."""
    assert visit.live is not None
    register, size = visit.live.register, visit.head.size
    papers = [paper for paper in register.papers("checkpoint") if paper.size <= size]
    demands = tuple(policies_of(visit))
    counts = judged(papers[-MOST:], demands)
    who = signers(counts, demands)
    rows = [
        _row(count, [(each.name, each.signatures[at]) for each in who[1:]]) for at, count in enumerate(counts)
    ]
    return GrowthPage(
        frame(visit, visit.to.path("register"), "register"),
        _lead(visit, counts),
        size,
        visit.head.root.hex(),
        visit.to.path("log").rstrip("/"),
        tuple(_fork(register, paper, size) for paper in register.papers("fork")),
        _newest(visit, counts, rows, who) if counts else None,
        drawings(_chart(counts, who[:MOST_DRAWN], size)) if counts else None,
        frozenset(how for each in who for how, _ in each.signatures),
        max(len(who) - MOST_DRAWN, 0),
        any(count.counts for count in counts),
        tuple(reversed(rows)),
        max(len(papers) - MOST, 0),
        tuple(reversed([*_last(visit, register)])),
        Link("no. 0", visit.to.register(0)),
    )


def policies_of(visit: Visit) -> Iterator[Demand]:
    """The policies on record, in order."""
    assert visit.live is not None
    for at in visit.ledger.policies:
        if at < visit.head.size:
            register = visit.live.register
            yield demand(register, at, next(register.read(at, at + 1)))


def _lead(visit: Visit, counts: Sequence[Count]) -> str:
    size = visit.head.size
    days = [entry.recorded for entry in visit.organisation.record.entries]
    said = counted(size, "entry", "entries")
    if days:
        first, last = min(day.earliest for day in days), max(day.latest for day in days)
        said += f", recorded on {show_day(first)}" if first == last else (
            f", recorded from {show_day(first)} to {show_day(last)}"
        )  # fmt: skip
    if not counts:
        return f"{said}. Nothing of it is signed yet."
    behind = size - counts[-1].checkpoint.size
    if not behind:
        return f"{said}. The newest checkpoint is over all of them."
    verb = "is" if behind == 1 else "are"
    return f"{said}. The newest checkpoint is over the first {size - behind}; the {_since(behind)} since {verb} unsigned."


def _since(behind: int) -> str:
    return "one" if behind == 1 else f"{behind}"


def _row(count: Count, witnesses: Sequence[tuple[str, tuple[How, int | None]]]) -> CheckpointRow:
    cosigned = tuple(
        Signed(name, moment(at), how == "held")
        for name, (how, at) in witnesses
        if how in {"held", "unchecked"}
    )
    word = "" if count.demand is None else "counts" if count.counts else "not yet"
    return CheckpointRow(count.checkpoint.size, count.checkpoint.root.hex(), word, cosigned, count.lacks)


def moment(at: int | None) -> str:
    """`23 Nov 2022, 10:04 UTC`; empty where it is not said, or is beyond all clocks."""
    try:
        when = None if at is None else datetime.fromtimestamp(at, UTC)
    except (ValueError, OverflowError, OSError):
        return ""
    return "" if when is None else f"{short_day(when.date())}, {when:%H:%M} UTC"


def _newest(
    visit: Visit, counts: Sequence[Count], rows: Sequence[CheckpointRow], who: Sequence[Signer]
) -> Newest:
    count, row = counts[-1], rows[-1]
    how, at = who[0].signatures[-1]
    log = Signed(count.checkpoint.origin, moment(at), how == "held")
    verdict, more, css = _verdict(count, counts)
    at_entry = None if count.demand is None else count.demand.entry
    policy = Link("") if at_entry is None else Link(f"entry {at_entry}", visit.to.register(at_entry))
    demands = "" if count.demand is None else count.demand.says
    coming = in_force(policies_of(visit), visit.head.size)
    if coming is not None and coming.entry >= count.checkpoint.size:
        more = f"{more} A policy put on record since, as entry {coming.entry}, holds from the next checkpoint on.".strip()
    return Newest(row, log, verdict, more, css, policy, demands, visit.head.size - row.size)


def _verdict(count: Count, counts: Sequence[Count]) -> tuple[str, str, str]:
    """What the newest checkpoint comes to, a second sentence, and the class of its line."""
    if count.demand is None:
        more = "Nothing says whose cosignatures would make this the council’s."
        return "No policy was on record when it was signed.", more, "undetermined"
    if count.counts:
        return "It counts as the council’s.", "", "carried"
    last = newest(counts)
    before = "None does yet." if last is None else f"The newest that does has {last.checkpoint.size} entries."
    return f"It does not count as the council’s yet. Lacking: {count.lacks}.", before, ""


def _fork(register: Register, paper: Paper, size: int) -> Fork:
    try:
        shown, note = read_checkpoint(paper.text)
    except FoedusError:
        return Fork(f"A text about {paper.size} entries that cannot be read.", paper.text)
    who = listed([signature.name for signature in note.signatures])
    said = f"Signed by {who}: {shown.size} entries, root {shown.root.hex()[:16]}…"
    if shown.size > size:
        return Fork(
            f"{said} This register is shorter: it was set back, or another goes on under its name.",
            paper.text,
        )
    own = Prover(register.hashes).root(shown.size).hex()
    return Fork(f"{said} This register has root {own[:16]}… there.", paper.text)


def _chart(counts: Sequence[Count], who: Sequence[Signer], size: int) -> Chart:
    sizes = tuple(count.checkpoint.size for count in counts)
    rows = tuple(
        (each.name, tuple(_dot(each.name, s, n) for s, n in zip(each.signatures, sizes, strict=True)))
        for each in who
    )
    council = tuple(_square(count, newest=count is counts[-1]) for count in counts)
    return Chart(sizes, rows, council, size - sizes[-1])


def _dot(name: str, signature: tuple[How, int | None], size: int) -> Dot:
    how, at = signature
    verb = "signed" if name == LOG else "cosigned"
    when = f", {moment(at)}" if moment(at) else ""
    says = {
        "held": f"{large(name)} {verb} {size} entries{when}",
        "wanted": f"{large(name)} has not {verb} {size} entries yet",
        "unchecked": f"Signed in the name {name} at {size} entries; not checked",
        "": "",
    }
    return Dot(how, says[how])


def _square(count: Count, *, newest: bool) -> Dot:
    size = count.checkpoint.size
    if count.counts:
        return Dot("held", f"{size} entries count as the council’s")
    if count.demand is None or not newest:
        return Dot("")
    return Dot("wanted", f"{size} entries do not count as the council’s yet: {count.lacks}")


def _last(visit: Visit, register: Register) -> Iterator[EntryLine]:
    size = visit.head.size
    first = max(size - LAST, 0)
    for at, entry in enumerate(as_kept(register, first, size), first):
        yield EntryLine(
            Link(f"no. {at}", visit.to.register(at)), large(said_of(visit, at, entry)), leaf_hash(entry).hex()
        )


def said_of(visit: Visit, at: int, entry: bytes) -> str:
    """What an entry is, in few words; that it was redacted, where another says so."""
    if at in visit.ledger.redactions and visit.ledger.redactions[at] < visit.head.size:
        return f"an act under seal, redacted by entry {visit.ledger.redactions[at]}"
    if at in visit.ledger.policies:
        return "a policy: whose cosignatures make a checkpoint the council’s"
    return described(entry).removesuffix(": its text is withheld here, and the proof holds without it")
