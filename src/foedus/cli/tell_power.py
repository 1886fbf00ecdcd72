"""Power on a terminal: a sentence, a chart, and a table of all indices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from foedus.accounts.powers import Powers, name
from foedus.cli.style import console, count, facts, head, indented, lay_out, table
from foedus.power import MEANS, Index
from foedus.power.power import Number
from foedus.secretariat import Organisation
from foedus.terms.dates import show_day
from foedus.terms.words import large, listed

SOFT = "bright_black"
ABREAST = 4  # columns of figures side by side
MOST_NAMED = 15  # more members with the same figures are told in one line
BAR = 30  # signs of the longest bar
EIGHTHS = " ▏▎▍▌▋▊▉"
MOST_GROUPS = 10**15  # longer numbers are told in powers of ten
SHORT: dict[Index, str] = {
    "shapley-shubik": "Shapley-Shubik", "banzhaf": "Banzhaf", "banzhaf-absolute": "Banzhaf, absolute",
    "coleman-prevent": "to prevent", "coleman-initiate": "to initiate", "deegan-packel": "Deegan-Packel",
    "holler": "Holler", "johnston": "Johnston",
}  # fmt: skip


def power(organisation: Organisation, told: Powers) -> None:
    """The whole account."""
    out = console()
    title = f"Power in the {told.organ}, {organisation.record.about.name}, on {show_day(told.on)}"
    out.print(Text(title, style="bold"))
    out.print(indented(Text(told.says)))
    if told.by.cited.citation:
        out.print(indented(Text(_cited(told), style=SOFT)))
    facts(out, _facts(told))
    first = next(iter(told.power.of))
    head(out, SHORT[first])
    out.print(indented(Text(MEANS[first], style=SOFT)))
    members = told.members(first)
    most = float(members[0][1]) or 1.0
    chart = table("", "", "")
    for voters, (figure,) in _alike(told, [first]):
        chart.add_row(_called(voters), f"{float(figure):.4%}", bar(float(figure) / most))
    lay_out(out, chart)
    if len(told.power.of) > 1:
        _all(told)
    for why in dict.fromkeys(told.power.unreached.values()):
        lacking = [SHORT[index] for index, said in told.power.unreached.items() if said == why]
        were = "was" if len(lacking) == 1 else "were"
        out.print(indented(Text(f"{large(listed(lacking))} {were} not reckoned: {why}", style=SOFT)))
    for method in dict.fromkeys(told.power.methods.values()):
        which = listed([SHORT[index] for index, by in told.power.methods.items() if by == method])
        out.print(indented(Text(f"{which}: {method}{_within(told, method)}.", style=SOFT)))


def bar(share: float) -> str:
    """A bar of a share of the longest, to an eighth of a sign."""
    whole, part = divmod(round(share * BAR * 8), 8)
    return "█" * whole + (EIGHTHS[part] if part else "")


def _cited(told: Powers) -> str:
    basis = told.by.cited.basis
    return f"{told.by.cited.citation}" + (f" (wording {basis})" if basis and basis != "practice" else "")


def _facts(told: Powers) -> Iterator[tuple[str, str]]:
    found = told.power
    yield "Members", str(len(found.voters))
    if found.carrying is not None and found.act is not None:
        share = f"{float(found.act):.4%}" if found.act > 1e-6 else f"{float(found.act):.2e}"
        yield (
            "Groups that carry",
            f"{large_number(found.carrying)} of {large_number(2 ** len(found.voters))} ({share})",
        )
    if found.minimal is not None:
        yield "of them minimal", large_number(found.minimal)
    if found.minimal_blocking is not None:
        yield "Minimal groups that block", large_number(found.minimal_blocking)
    everyone = len(found.vetoers) == len(found.voters)
    yield "Can each stop it alone", "every member" if everyone else listed([name(v) for v in found.vetoers])
    yield "Never matter", listed([name(v) for v in found.dummies])
    yield "Decides alone", name(found.dictator) if found.dictator else ""
    yield "Whoever is not for it", "says no" if told.otherwise == "no" else "abstains"
    unsure = listed([name(v) for v in told.by.unsure])
    yield "Whose seat is not certain", unsure


def large_number(number: int) -> str:
    """With spaces between thousands; long ones as a power of ten."""
    return f"{number:,}".replace(",", " ") if number < MOST_GROUPS else f"about {number:.3e}"


def _all(told: Powers) -> None:
    """Every index, a column each, as many side by side as a narrow screen holds."""
    out = console()
    asked = list(told.power.of)
    head(out, large(f"by {count(len(asked), 'index', 'indices')}"))
    for start in range(0, len(asked), ABREAST):
        shown = asked[start : start + ABREAST]
        made = table("", *(SHORT[index] for index in shown))
        for voters, figures in _alike(told, shown):
            made.add_row(_called(voters), *(f"{float(figure):.4%}" for figure in figures))
        if start:
            out.print()
        lay_out(out, made)


def _alike(told: Powers, shown: Sequence[Index]) -> Iterator[tuple[list[str], tuple[Number, ...]]]:
    """Members in order of the first index asked for; those with the same figures together where they are many."""
    first, places = next(iter(told.power.of)), {voter: at for at, voter in enumerate(told.power.voters)}
    rows: dict[tuple[Number, ...], list[str]] = {}
    for voter, _ in told.members(first):
        rows.setdefault(tuple(told.power.of[index][places[voter]] for index in shown), []).append(voter)
    for figures, voters in rows.items():
        if len(voters) > MOST_NAMED:
            yield voters, figures
        else:
            yield from (([voter], figures) for voter in voters)


def _called(voters: Sequence[str]) -> str:
    if len(voters) <= MOST_NAMED:
        return listed([name(voter) for voter in voters])
    return f"{name(voters[0])} to {name(voters[-1])}, {len(voters)} members, each"


def _within(told: Powers, method: str) -> str:
    errors = [e for index, e in told.power.within.items() if told.power.methods[index] == method]
    if not errors:
        return ", exact"
    if told.power.carrying is None:
        return f": each figure within {max(errors):.4f}, but for a chance of one in twenty that any is not"
    return f", in sum within {max(errors):.0e}"
