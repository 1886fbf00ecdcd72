"""Every rule of the CSTO's Treaty and Charter in the data has its rule in the folder, in the right text and on the
right basis; and every rule of the folder comes from the data, or is declared here to be ours.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from foedus.charter.charter import RuleInForce
from foedus.charter.kinds import AnyRule
from tests.csto_data import Data, csto, read

pytestmark = pytest.mark.data

# The data's rule → ours. Where ours are several, the first carries the rule and the rest what no evaluator reads.
TABLE: dict[str, tuple[str, ...]] = {
    "T1.a": ("peaceful-settlement",),
    "T1.b": ("no-other-alliance",),
    "T1.c": ("wider-system",),
    "T2.a": ("alignment",),
    "T2.b": ("consultation", "threat", "measures-against-threat"),
    "T2.c": ("consultation", "measures-against-threat"),
    "T3": ("treaty-council", "treaty-council-seats", "council-formed"),
    "T3.b": ("council-formed",),
    "T4.a": ("attack-on-all",),
    "T4.b": ("help", "help-needed", "self-defence"),
    "T4.c": ("aggression-gloss",),
    "T4.d": ("help",),
    "T4.e": ("report-to-un", "within-un-charter"),
    "T5": ("coordination",),
    "T6": ("forces-decision", "forces-abroad"),
    "T7": ("facilities",),
    "T8": ("other-treaties",),
    "T9": ("amending-the-treaty", "interpretation"),
    "T10": ("accession",),
    "T11.a": ("duration", "prolongation"),
    "T11.b": ("leaving-the-treaty", "leaving-the-treaty-settled"),
    "T11.c": ("depositary-of-treaty", "ratification"),
    "T12": ("treaty-in-force", "parties"),
    "C1": ("members", "regional-organisation", "short-name"),
    "C2": ("what-binds",),
    "C3": ("aims",),
    "C4.a": ("cooperation",),
    "C4.b": ("partner",),
    "C5": ("principles",),
    "C6": ("other-treaties-of-members",),
    "C7.a": ("joint-measures",),
    "C7.b": ("joint-measures",),
    "C7.c": ("foreign-forces",),
    "C8": ("new-threats",),
    "C9": ("foreign-policy",),
    "C10": ("closer-law",),
    "C11.a": ("foreign-ministers", "defence-ministers", "security-secretaries"),
    "C11.b": ("permanent-council", "parliamentary-assembly", "secretariat", "joint-staff"),
    "C11.c": ("working-order",),
    "C12.a": ("decisions",),
    "C12.b": ("procedure", "one-vote"),
    "C12.c": ("decisions-bind",),
    "C12.d": ("limited-format",),
    "C12.e": ("decisions",),
    "C13.a": ("council", "matters-of-principle"),
    "C13.b": ("council-seats",),
    "C13.c": ("council-seats",),
    "C13.d": ("council-attendance",),
    "C13.e": ("bodies-beneath",),
    "C13.f": ("chair-of-council",),
    "C13.g": ("chair-of-council",),
    "C13.h": ("chair-unable",),
    "C13.i": ("intersession", "representatives-named", "permanent-council-seats"),
    "C13.j": ("chair-rotation",),
    "C13.k": ("chair-of-council",),
    "C14": ("foreign-ministers-work",),
    "C15": ("defence-ministers-work", "military-committee"),
    "C16": ("security-secretaries-work",),
    "C17.a": ("secretariat-work",),
    "C17.b": ("quota-posts",),
    "C17.c": ("seat",),
    "C18.a": (
        "secretary-general",
        "secretary-general-proposal",
        "secretary-general-heads",
        "attends-foreign-ministers",
        "attends-defence-ministers",
        "attends-security-secretaries",
        "attends-permanent-council",
    ),
    "C18.b": ("secretary-general-rotation",),
    "C18.c": ("deputy-secretary-general",),
    "C18.d": ("depositary-of-charter", "depositary"),
    "C19.a": ("joining",),
    "C19.b": ("leaving", "leaving-settled"),
    "C19.c": ("joining-details",),
    "C20.a": ("suspension", "suspension-reach"),
    "C20.b": ("exclusion", "exclusion-persistence"),
    "C20.c": ("suspension", "exclusion"),
    "C20.d": ("freeze",),
    "C21.a": ("observer", "observer-request"),
    "C21.b": ("observer-terms",),
    "C22": ("legal-personality",),
    "C23": ("privileges",),
    "C24.a": ("budget",),
    "C24.b": ("budget-scale",),
    "C25": ("arrears", "arrears-paid"),
    "C26": ("charter-in-force",),
    "C27.a": ("amending-the-charter", "amending-protocols"),
    "C27.b": ("no-reservations", "disputes"),
    "C28": ("language",),
    "C29": ("registration",),
    "R1992.a": ("council-regulations-1992",),
    "R2004": ("regulations-2004",),
    "R2010": ("forces-regulation",),
    "R2014": ("joint-statements",),
}

# Rules of ours that stand in no rule of the data, and where they come from.
OURS = {
    "quorum": "the data's list of what was not found",
    "without-the-vote": "how the vote that is not counted is reckoned",
    "chair-gaps": "how the rule on the chair is read here where the article is silent",
    "council-sessions": "the only type that the data's articles name",
    "council-sessions-in-practice": "what the data calls sessions",
    "foreign-ministers-seats": "recalled",
    "defence-ministers-seats": "recalled",
    "security-secretaries-seats": "recalled",
    "joint-staff-work": "the data's list of bodies",
    "parliamentary-assembly-regulations": "the data's list of bodies",
}

# The basis of the data's rule, where none of ours has the same: part of the rule is carried by another key.
OTHER_BASIS = {
    "C20.c": "that the vote does not count stands, recalled, in the note of a rule that is reported",
    "C20.d": "a statement, which is practice",
    "C13.j": "practice",
    "C18.b": "practice",
    "C24.b": "practice",
}

# Rules that begin with a regulation of their own day, not with the text of the Charter.
OWN_DAY = {"C19.c": "2004-06-18"}


def rules_of_the_data(data: Data) -> Iterator[Data]:
    for instrument in ("treaty_1992", "charter"):
        for rules in data[instrument].values():
            yield from rules
    yield from data["older_rules"]


@pytest.fixture(scope="module")
def data() -> dict[str, Data]:
    return {rule["id"]: rule for rule in rules_of_the_data(read("csto-charter-rules.yaml"))}


def ours(name: str) -> list[RuleInForce[AnyRule]]:
    return [rule for rule in csto().charter.rules if rule.says.id == name]


def test_every_rule_of_the_data_has_its_rule(data: dict[str, Data]) -> None:
    assert set(TABLE) == set(data)
    for theirs, names in TABLE.items():
        for name in names:
            assert ours(name), f"{theirs}: {name}"


def test_every_rule_comes_from_the_data_or_is_declared_to_be_ours() -> None:
    from_data = {name for names in TABLE.values() for name in names}
    assert {rule.says.id for rule in csto().charter.rules} == from_data | set(OURS)
    assert not from_data & set(OURS)


def test_every_rule_is_in_the_text_that_the_data_puts_it_in(data: dict[str, Data]) -> None:
    spans = read("csto-charter-rules.yaml")["meta"]["text_spans"]
    starts = {text["version"]: text["from"] for key in ("treaty", "charter") for text in spans[key]}
    for theirs, rule in data.items():
        if rule.get("version") in starts:
            found = {str(o.period.start) for name in TABLE[theirs] for o in ours(name)}
            assert OWN_DAY.get(theirs, starts[rule["version"]]) in found, theirs


def test_every_rule_has_the_basis_that_the_data_gives_it(data: dict[str, Data]) -> None:
    for theirs, rule in data.items():
        found = {o.says.basis for name in TABLE[theirs] for o in ours(name)}
        assert rule["evidence"] in found or theirs in OTHER_BASIS, (theirs, rule["evidence"], found)
        if theirs in OTHER_BASIS and theirs != "C20.c":
            assert found == {"practice"}, theirs


def test_every_rule_rests_on_the_sources_that_the_data_gives_it(data: dict[str, Data]) -> None:
    for theirs, rule in data.items():
        cited = {source for name in TABLE[theirs] for o in ours(name) for source in o.says.sources}
        assert set(rule["sources"]) <= cited, theirs


def test_what_is_recalled_says_so(data: dict[str, Data]) -> None:
    for theirs, rule in data.items():
        if rule["evidence"] == "recalled" and theirs not in OTHER_BASIS:
            (first, *_) = TABLE[theirs]
            assert "recalled" in {o.says.basis for o in ours(first)}, theirs
