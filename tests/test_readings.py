"""Rival readings: what each gives on the CSTO's record, term by term and decision by decision; asking under one; and what
is refused. The hand-overs and the hosts are those of the record, the turns follow the Russian alphabet:
Армения, Беларусь, Казахстан, Киргизия, Россия, Таджикистан, Узбекистан.
"""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from foedus.accounts.rivals import Measured, RuleRead, other_readings, rules_read
from foedus.charter.kinds import RULES
from foedus.charter.readings import read_as, reading_names, said_of
from foedus.cli import main
from foedus.problems import BadInput, NotFound
from foedus.secretariat import Organisation, load
from foedus.written import read_yaml, validate
from tests.conftest import ROOT

CHAIR = "chair-of-council"

# By session: who held the chair by the hand-over on record, then whom each reading alone seats. “-” is nobody, “?” not
# settled; two names hang on whether the session of 26 December 2016 was a regular one.
TERMS = """
2006-06-23/minsk    Belarus     Belarus     Tajikistan      ?
2007-10-06/dushanbe Kyrgyzstan  Tajikistan  Russia          Kazakhstan
2008-09-05/moscow   Armenia     Russia      Russia          Russia
2009-06-14/moscow   Russia      Russia      Russia          Belarus
2010-12-10/moscow   Belarus     Russia      Russia          Belarus
2011-12-20/moscow   Kazakhstan  Russia      Russia          Kazakhstan
2012-12-19/moscow   Kyrgyzstan  Russia      Russia          Kyrgyzstan
2013-09-23/sochi    Russia      Russia      Russia          Russia
2014-12-23/moscow   Tajikistan  Russia      Tajikistan      Tajikistan
2015-09-15/dushanbe Armenia     Tajikistan  Armenia         Armenia
2016-10-14/yerevan  Belarus     Armenia     Russia/Belarus  Belarus
2017-11-30/minsk    Kazakhstan  Belarus     Kazakhstan      Kyrgyzstan/Kazakhstan
2018-11-08/astana   Kyrgyzstan  Kazakhstan  Kyrgyzstan      Kyrgyzstan
2019-11-28/bishkek  Russia      Kyrgyzstan  -               Russia
2020-12-02/online   Tajikistan  -           Tajikistan      Tajikistan
2021-09-16/dushanbe Armenia     Tajikistan  Armenia         Armenia
2022-11-23/yerevan  Belarus     Armenia     Belarus         Belarus
2023-11-23/minsk    Kazakhstan  Belarus     Kazakhstan      Kazakhstan
2024-11-28/astana   Kyrgyzstan  Kazakhstan  Kyrgyzstan      Kyrgyzstan
2025-11-27/bishkek  Russia      Kyrgyzstan  ?               Russia
"""
READINGS = ("as-written", "host-keeps", "russian-alphabet")


@cache
def csto() -> Organisation:
    return load("csto")


@cache
def rule(name: str) -> RuleRead:
    (found,) = rules_read(csto().standing(), name)
    return found


def measured(name: str, reading: str) -> Measured:
    return next(each for each in rule(name).readings if each.name == reading)


def rows() -> list[list[str]]:
    return [line.split() for line in TERMS.split("\n") if line]


def given(said: str) -> str:
    """What a reading gives, as the table above has it."""
    names = [part.split(" if ")[0] for part in said.split("; or ")]
    return "/".join({"nobody": "-", "not settled": "?"}.get(name, name) for name in names)


# -- the chair


@pytest.mark.parametrize("reading", READINGS)
def test_each_reading_alone_gives_after_each_session_whom_its_words_give(reading: str) -> None:
    column = 2 + READINGS.index(reading)
    found = {trial.case.entry: given(trial.gives) for trial in measured(CHAIR, reading).trials}
    assert {term: sorted(said.split("/")) for term, said in found.items()} == {
        row[0]: sorted(row[column].split("/")) for row in rows()
    }


def test_it_is_held_against_the_hand_over_on_record() -> None:
    for trial, row in zip(measured(CHAIR, "as-written").trials, rows(), strict=True):
        assert trial.case.record.split(" (")[0] == row[1]


@pytest.mark.parametrize("reading", READINGS)
def test_the_verdict_is_what_the_two_say_of_each_other(reading: str) -> None:
    column = 2 + READINGS.index(reading)
    for trial, row in zip(measured(CHAIR, reading).trials, rows(), strict=True):
        held, gives = row[1], row[column]
        wanted = (
            "depends"
            if "/" in gives
            else "open"
            if gives == "?"
            else "agrees"
            if gives == held
            else "differs"
        )
        assert trial.verdict == wanted, row


def test_what_is_vague_is_said_with_what_it_hangs_on() -> None:
    (trial,) = [t for t in measured(CHAIR, "host-keeps").trials if t.verdict == "depends"]
    assert "Belarus if the session of 26 December 2016 was extraordinary or informal" in trial.gives
    assert "Russia if the session of 26 December 2016 was regular" in trial.gives


def test_readings_part_where_the_table_has_them_differ() -> None:
    parted = {str(p.start): p.groups for p in rule(CHAIR).partings}
    assert parted["2009-06-14"] == (("as-written", "host-keeps"), ("russian-alphabet",))
    assert parted["2020-12-02"] == (("as-written",), ("host-keeps", "russian-alphabet"))
    assert not any(p.start.year == 2008 for p in rule(CHAIR).partings), "all three gave Russia"


# -- absence

ABSENCES = {  # by decision of a session that a member did not come to: outcome, and what is on record of the absent
    "2009-06-14/moscow/forces-agreement": "joined",
    "2009-06-14/moscow/chair-decided": "",
    "2016-12-26/st-petersburg/secretary-general": "not taken up",
    "2023-11-23/minsk/chair-decided": "",
    "2023-11-23/minsk/budget-2024": "declined",
    "2023-11-23/minsk/crisis-response": "",
    "2023-11-23/minsk/joint-staff-chief": "",
    "2024-11-28/astana/chair-decided": "no objection",
    "2025-11-27/bishkek/declaration": "",
    "2025-11-27/bishkek/secretary-general": "",
    "2025-11-27/bishkek/chair-decided": "",
}


def verdicts(reading: str) -> dict[str, str]:
    return {trial.case.entry: trial.verdict for trial in measured("decisions", reading).trials}


def test_what_is_tried_is_every_decision_of_a_session_that_a_member_did_not_come_to() -> None:
    assert set(verdicts("as-written")) == set(ABSENCES)
    assert rule("decisions").beside == ("2010-08-20/yerevan",), "Uzbekistan absent, nothing signed"


def test_that_absence_bars_nothing_agrees_with_all_but_2016() -> None:
    for decision, record in ABSENCES.items():
        wanted = "differs" if record == "not taken up" else "agrees"
        assert verdicts("as-written")[decision] == wanted


def test_that_absence_ends_the_quorum_agrees_with_2016_alone() -> None:
    for decision, record in ABSENCES.items():
        wanted = "agrees" if record == "not taken up" else "differs"
        assert verdicts("ends-quorum")[decision] == wanted


def test_later_adhesion_is_settled_where_the_absent_joined_or_declined() -> None:
    for decision, record in ABSENCES.items():
        wanted = {"joined": "agrees", "declined": "agrees", "not taken up": "differs"}.get(record, "open")
        assert verdicts("later-adhesion")[decision] == wanted


def test_limited_format_is_settled_where_the_absent_did_not_object_and_no_reading_of_the_first_text() -> None:
    for decision, record in ABSENCES.items():
        wanted = (
            "not-in-force"
            if decision.startswith("2009")
            else "agrees"
            if record == "no objection"
            else "open"
        )
        assert verdicts("limited-format")[decision] == wanted


def test_who_holds_a_reading_is_said() -> None:
    assert measured("decisions", "as-written").holders == "Russia (2009)"
    assert measured("decisions", "later-adhesion").holders == "Sergei Aleinik, Belarus (2023)"


# -- asking under one


def test_without_a_reading_nothing_is_read_otherwise() -> None:
    charter = csto().charter
    assert read_as(charter, {}) is charter
    assert read_as(charter, {CHAIR: "as-written"}) is charter


def test_a_charter_read_otherwise_changes_what_the_reading_changes_and_nothing_else() -> None:
    charter = csto().charter
    read = read_as(charter, {CHAIR: "host-keeps"})
    changed = [old.says.id for old, new in zip(charter.rules, read.rules, strict=True) if old != new]
    assert changed == [CHAIR, CHAIR]
    assert read.readings == ((CHAIR, "host-keeps"),)
    assert read_as(read, {CHAIR: "as-written"}) is charter


def test_who_is_on_record_holds_the_chair_under_every_reading() -> None:
    for reading in reading_names(csto().charter, CHAIR):
        answer = csto().read_as({CHAIR: reading}).who("chairman", "2023-02-01")
        assert (answer.status, answer.holder and answer.holder.state) == ("certain", "BLR"), reading


def test_where_no_hand_over_is_on_record_the_reading_says_who() -> None:
    for reading, state in (("as-written", "TJK"), ("host-keeps", "KAZ")):
        (row,) = csto().read_as({CHAIR: reading}).who("chairman", "2004-01-01").rows
        assert [p.holder and p.holder.state for p in row.possible] == [state]


def test_under_host_keeps_the_hand_over_to_belarus_departs_from_nothing() -> None:
    def displaced(organisation: Organisation) -> set[str]:
        found = [f for f in organisation.findings() if f.code == "default-displaced"]
        return {entry for finding in found for each in finding.instances for entry in each.entries}

    assert "2022-11-23/handover" in displaced(csto())
    read = displaced(csto().read_as({CHAIR: "host-keeps"}))
    assert "2022-11-23/handover" not in read
    assert "2011-12-20/handover" in read, "Russia hosted the next session, Kazakhstan had the chair"


def test_why_tells_what_other_readings_give_where_it_is_not_the_same() -> None:
    told = other_readings(csto().standing(), "chairman", date(2023, 2, 1))
    assert told == (
        ("host-keeps and russian-alphabet", "the same; the general rule by itself gives Belarus"),
    )
    assert other_readings(csto().standing(), "chairman", date(2008, 10, 1)) == ()
    assert other_readings(csto().standing(), "secretary-general", date(2023, 2, 1)) == ()


def test_a_reading_that_is_read_so_already_is_held_against_the_record_alike() -> None:
    read = csto().read_as({CHAIR: "host-keeps", "decisions": "ends-quorum"})
    assert [r.to_json() for r in rules_read(read.standing())] == [
        r.to_json() for r in rules_read(csto().standing())
    ]


# -- the command line


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(words), env={"COLUMNS": "100"})
    return result.exit_code, result.output


def test_what_is_printed_ends_by_saying_how_it_was_read() -> None:
    for verb in (("who", "csto", "chairman"), ("show", "csto"), ("charter", "csto", "13"), ("check", "csto")):
        code, printed = run(*verb, "--reading", f"{CHAIR}=host-keeps")
        assert code == 0
        assert printed.rstrip().endswith(f"Read otherwise than written: {CHAIR} as host-keeps")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            "chair=host-keeps",
            "There is no rule “chair” that carries readings. Did you mean “chair-of-council”?",
        ),
        (f"{CHAIR}=host-kept", f"The rule “{CHAIR}” has no reading “host-kept”. Did you mean “host-keeps”?"),
        ("host-keeps", "“host-keeps” is not of the form RULE=NAME."),
    ],
)
def test_a_rule_or_a_reading_that_is_not_there_is_refused_with_the_nearest_name(
    given: str, said: str
) -> None:
    for verb in (("who", "csto", "chairman"), ("check", "csto")):
        code, printed = run(*verb, "--reading", given)
        assert (code, printed.strip()) == (2, f"--reading: {said}")


def test_one_rule_cannot_be_read_in_two_ways_at_once() -> None:
    both = ("--reading", f"{CHAIR}=host-keeps", "--reading", f"{CHAIR}=russian-alphabet")
    assert run("who", "csto", "chairman", *both)[0] == 2


def test_every_fault_of_the_readings_asked_for_is_told_at_once() -> None:
    with pytest.raises(BadInput) as refused:
        csto().read_as({"chair": "host-keeps", "decisions": "quorum"})
    assert len(refused.value.problems) == 2


def test_a_rule_without_readings_cannot_be_tried() -> None:
    with pytest.raises(NotFound):
        rules_read(csto().standing(), "council-seats")
    assert run("readings", "csto", "council-seats")[0] == 2
    assert "carries readings" in run("readings", "un-security-council")[1]


def test_readings_are_offered_with_their_sentence() -> None:
    shell = ShellComplete(main, {}, "foedus", "_FOEDUS_COMPLETE")
    items = shell.get_completions(["who", "csto", "chairman", "--reading"], "chair-of-council=r")
    assert [item.value for item in items] == [f"{CHAIR}=russian-alphabet"]
    assert items[0].help == dict(said_of(csto().charter, CHAIR))["russian-alphabet"]
    assert "in turn, in the alphabetical order of their names in Russian" in str(items[0].help)


# -- writing one


def shown() -> str:
    page = (ROOT / "docs" / "readings.md").read_text("utf-8")
    return page.split("```rule\n")[1].split("```")[0]


def faults(text: str) -> list[str]:
    block = read_yaml(text, "charter.md")
    validate(RULES, block, block.data)
    return [problem.what for problem in block.problems]


def test_the_rule_shown_in_the_documents_is_valid() -> None:
    assert faults(shown()) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("name: latin-alphabet", "name: host-keeps", "Two readings are called “host-keeps”."),
        ("    held by: [{practice: true, in: 2014}]\n", "", "The key “held by” is missing."),
        ("[{practice: true, in: 2014}]", "[{in: 2014}]", "“held by” names nobody."),
        (
            "    holder: {role: head-of-state, of: next host}\n",
            "",
            "The reading “host-keeps” changes nothing.",
        ),
        ("name: host-keeps", "name: as-written", "The reading “as-written” changes nothing."),
        (
            "language: la}, role: head-of-state}",
            "language: la}}",
            "The reading “latin-alphabet”: A term opened by",
        ),
    ],
)
def test_a_reading_that_cannot_stand_is_refused(old: str, new: str, told: str) -> None:
    text = shown()
    assert old in text
    assert any(told in fault for fault in faults(text.replace(old, new, 1))), faults(
        text.replace(old, new, 1)
    )
