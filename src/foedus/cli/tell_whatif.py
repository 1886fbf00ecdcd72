"""A record of votes under another rule, on a terminal: what turns first, then who mattered, then what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.text import Text

from foedus.accounts.powers import name
from foedus.accounts.whatif import AS_IT_WAS, WhatIf, apart_by_reason, why_stopped
from foedus.cli.style import console, count, facts, head, indented, lay_out, table
from foedus.terms.dates import show_day
from foedus.terms.words import large, listed

SOFT = "bright_black"
HOW_TO_GIVE = (
    "Give them with --votes FILE: a table with the columns vote, on, member and ballot (CSV or Parquet), vote events as "
    "Popolo has them (JSON), or a folder of such tables."
)


def rules(title: str, ready: Iterable[tuple[str, str]]) -> None:
    """The ready rules, a line each."""
    out = console()
    out.print(Text(f"Rules that can be put in the place of the one in force: {title}", style="bold"))
    made = table("", "")
    for rule, says in ready:
        made.add_row(rule, says)
    lay_out(out, made)
    out.print(indented(Text("Or a file with a rule of your own, as it stands under “rule:” in a charter.")))


def whatif(title: str, told: WhatIf) -> None:
    """The whole account."""
    out = console()
    out.print(Text(f"What if “{told.rule}” applied: {title}", style="bold"))
    if not told.votes and not told.apart:
        out.print(indented(Text(f"No votes are on record, so no outcome can turn. {HOW_TO_GIVE}")))
        return
    out.print(indented(Text(told.says)))
    facts(out, _facts(told))
    if told.votes and told.open == len(told.votes):
        what = f"How members voted is not recorded of any of them, so no outcome can be said to turn. {HOW_TO_GIVE}"
        out.print(indented(Text(what)))
    else:
        _turned(out, told)
        _members(out, told)
        _agree(out, told)
    _apart(out, told)


def _facts(told: WhatIf) -> Iterator[tuple[str, str]]:
    for by, says in told.own:
        yield "In force", f"{by.citation}: {says}"
    if told.votes:
        days = f"{show_day(told.votes[0].day)} to {show_day(told.votes[-1].day)}"
        yield "Votes", f"{len(told.votes):,}, from {days} ({listed(told.sources)})"
        yield (
            "Carried",
            f"{told.carried[0]:,} under the rule in force, {told.carried[1]:,} under “{told.rule}”",
        )
    yield "Not to be said", f"{told.open:,}" if told.open else ""
    absent = count(
        told.absent, "ballot of a member that is not listed", "ballots of members that are not listed"
    )
    yield "Took no part", absent if told.absent else ""
    assumed = f"of {told.assumed:,} votes those listed, since who was one is not certain on record"
    yield "Members", assumed if told.assumed else ""
    yield "Set apart", f"{len(told.apart):,}" if told.apart else ""


def _turned(out: Console, told: WhatIf) -> None:
    if not told.turned:
        head(out, "No outcome turns")
        return
    head(out, f"{large(count(len(told.turned), 'outcome turns', 'outcomes turn'))}")
    made = table("Day", "Vote", "Would be", "Tally", "Stopped by")
    for each in told.turned:
        tally = ", ".join(f"{number} {word}" for word, number in each.was.tally().items())
        title = each.vote.title or each.vote.id
        made.add_row(str(each.vote.day), title, each.now.state, tally, why_stopped(each))
    lay_out(out, made)
    head(out, "By year")
    years = table("Year", "Turned")
    for year, number in told.by_year().items():
        years.add_row(str(year), str(number))
    lay_out(out, years)
    if told.by_member():
        head(out, "Who had stood against what they turn to")
        members = table("Member", "Votes")
        for who, number in told.by_member().items():
            members.add_row(name(who), str(number))
        lay_out(out, members)


def _members(out: Console, told: WhatIf) -> None:
    """How much each mattered, under the rule in force and under the other; those who never did in one line."""
    head(out, "Who mattered, under the rule in force → under the other")
    meaning = (
        "Decisive: another ballot of its own would have turned the outcome. In the minority: a yes to what failed, a no to "
        "what was carried. Alone: its no stopped what all others would have carried."
    )
    out.print(indented(Text(meaning, style=SOFT)))
    made = table("Member", "Votes", "Decisive", "In the minority", "Alone")
    after = {each.member: each for each in told.now}
    rest = []
    for was in sorted(told.was, key=lambda m: (-m.decisive, -m.alone, -m.minority, name(m.member))):
        now = after[was.member]
        if not any((was.decisive, was.minority, now.decisive, now.minority)):
            rest.append(name(was.member))
            continue
        pairs = ((was.decisive, now.decisive), (was.minority, now.minority), (was.alone, now.alone))
        made.add_row(name(was.member), str(was.votes), *(f"{a} → {b}" for a, b in pairs))
    lay_out(out, made)
    if rest:
        out.print(indented(Text(f"Never any of these: {listed(sorted(rest))}.", style=SOFT)))


def _agree(out: Console, told: WhatIf) -> None:
    head(out, "How often two rules agree")
    made = table("", "", "Votes", "")
    for (one, other), (same, both) in told.agree.items():
        share = f"{same / both:.1%}" if both else ""
        first = "the rule in force" if one == AS_IT_WAS else one
        made.add_row(first, other, f"{same:,} of {both:,}", share)
    lay_out(out, made)


def _apart(out: Console, told: WhatIf) -> None:
    if not told.apart:
        return
    head(out, "Set apart, and put to no rule")
    made = table("Votes", "")
    for why, number in apart_by_reason(told.apart):
        made.add_row(f"{number:,}", why)
    lay_out(out, made)
    out.print(indented(Text("Which they are, and who is meant, is in --json.", style=SOFT)))
