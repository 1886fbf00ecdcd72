"""How many votes of the Security Council are judged in a second, one by one: the outcome alone, and with its reasons."""

from __future__ import annotations

import random
from datetime import date
from itertools import islice
from time import process_time

from foedus.accounts.entitled import entitled

from foedus.charter.deciding import deciding, rule_of
from foedus.decisions.blocking import blocking
from foedus.decisions.chamber import Chamber, assemble
from foedus.decisions.verdict import judged
from foedus.decisions.words import reason
from foedus.secretariat import opened

VOTES = 20_000


def chamber(org: str, organ: str, on: date, matter: str, proposer: str | None = None) -> Chamber:
    organisation = opened(org)
    rule = rule_of(deciding(organisation.charter, organ, on, matter, proposer))
    assert rule is not None
    return assemble(rule, entitled(organisation.questions(), organ, on, organisation.weights).voters)


def main() -> None:
    council = chamber("un-security-council", "council", date(2022, 9, 30), "substantive")
    draw = random.Random(1)  # noqa: S311 - no secret
    names = [voter.id for voter in council.voters]
    choices = ("yes", "yes", "yes", "yes", "abstain", "no")
    votes = [{name: draw.choice(choices) for name in names} for _ in range(VOTES)]

    start = process_time()
    carried = [council.carried(vote) for vote in votes]
    alone = process_time() - start
    start = process_time()
    told = [judged(council, vote) for vote in votes]
    for each in told:
        reason(each)
    full = process_time() - start
    assert carried == [each.carried for each in told]
    print(f"outcome alone {VOTES / alone:,.0f} votes a second; with the full reason {VOTES / full:,.0f}")

    union = chamber("eu-council", "council", date(2025, 3, 1), "qualified majority", "commission")
    start = process_time()
    groups = list(islice(blocking(union), 1_000))
    print(
        f"the first {len(groups):,} smallest groups that block in the EU Council: {process_time() - start:.2f} s"
    )


if __name__ == "__main__":
    main()
