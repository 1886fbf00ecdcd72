"""The charter: instruments and rules as written, and every fault in them with file, line and what would be right."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from foedus.terms.dates import Period
from tests.folders import (
    CHARTER,
    FILES,
    INSTRUMENT,
    RULE_LINE,
    RULES,
    SOURCES,
    loaded,
    one_problem,
    problems,
    rule,
)

TEXT = "  c1: {what: as signed, signed: 2000-06-01, in force: {from: 2001-01-01}, basis: seen}\n"
TEXT_LINE = 8
BOOK = "basis: seen"
FROM_C1 = f"in force: {{from: c1}}, {BOOK}"
ORGAN = "id: x, kind: organ, organ: court, name: Court"
APPOINTED = "id: x, kind: office, office: judge, name: Judge, of: organisation, holder: appointee"
BY_SESSION = f"id: x, kind: office, office: judge, name: Judge, of: council, {FROM_C1}"


def texts(*lines: str) -> dict[str, str]:
    """The charter with these texts for the one it has."""
    return {CHARTER: FILES[CHARTER].replace(TEXT, "".join(f"  {line}\n" for line in lines))}


def text(name: str, in_force: str) -> str:
    return f"{name}: {{what: a text, signed: 2000-06-01, in force: {{{in_force}}}, {BOOK}}}"


# one fault in a rule that stands on one line, and the word its sentence must hold to say what is wrong or right
@pytest.mark.parametrize(
    ("written", "said"),
    [
        (f"{ORGAN}, {BOOK}", "“in force”"),
        (f"{ORGAN}, in force: {{}}, {BOOK}", "“from”"),
        (f"{ORGAN}, in force: {{from: c2}}, {BOOK}", "c1"),
        (f"{ORGAN}, in force: {{from: 2022-02-30}}, {BOOK}", "2022-02-30"),
        (f"{ORGAN}, in force: {{from: 2022-00-01}}, {BOOK}", "2022-00-01"),
        (f"{ORGAN}, in force: {{from: 2022}}, {BOOK}", "“from”"),
        (f"{ORGAN}, in force: {{from: c1, untill: 2005-01-01}}, {BOOK}", "“until”"),
        (f"{ORGAN}, in force: {{from: c1, until: 2001-01-01}}, {BOOK}", "ends before it begins"),
        (f"{ORGAN}, in force: {{from: c1, until: ''}}, {BOOK}", "“”"),
        (f"{ORGAN}, in_force: {{from: c1}}, {BOOK}", "“in force”"),
        (f"{ORGAN}, in force: {{from: c1}}, basis: sen", "“seen”"),
        (f"{ORGAN}, in force: {{from: c1}}", "“basis”"),
        (f"{ORGAN}, rank: hihgest, {FROM_C1}", "“highest”"),
        (f"{ORGAN}, nme: Court, {FROM_C1}", "“nme”"),
        (f"id: X, kind: organ, organ: court, name: Court, {FROM_C1}", "“X”"),
        (f"id: 5, kind: organ, organ: court, name: Court, {FROM_C1}", "“id”"),
        (f"id: x, kind: organ, organ: true, name: Court, {FROM_C1}", "“organ”"),
        (f"id: x, kind: organ, organ: court, name: 12, {FROM_C1}", "“name”"),
        (f"id: x, kind: organn, {FROM_C1}", "“organ”"),
        (f"id: x, {FROM_C1}", "“kind”"),
        (f"{APPOINTED}, term: {{opened by: apointment}}, {FROM_C1}", "“appointment”"),
        (f"{APPOINTED.replace('appointee', 'apointee')}, term: {{opened by: appointment}}, {FROM_C1}", "“appointee”"),
        (f"{APPOINTED}, term: {{opened by: appointment}}, length: 0, {FROM_C1}", "“length”"),
        (f"{APPOINTED}, term: {{opened by: appointment}}, length: '3', {FROM_C1}", "“length”"),
        (f"{APPOINTED}, term: {{opened by: appointment, were: {{organ: council, type: regular}}}}, {FROM_C1}", "“where”"),
        (f"{BY_SESSION}, term: {{opened by: session}}, holder: {{role: head-of-state, of: host}}", "“where”"),
        (f"{BY_SESSION}, term: {{opened by: session, where: {{organ: counsil, type: regular}}}}, holder: {{role: head-of-state, of: host}}", "“council”"),
        (f"{BY_SESSION}, term: {{opened by: session, where: {{organ: council, type: regulr}}}}, holder: {{role: head-of-state, of: host}}", "“regular”"),
        (f"{BY_SESSION}, term: {{opened by: session, where: {{organ: council, type: regular}}}}, holder: {{role: head-of-sate, of: host}}", "“head-of-state”"),
        (f"{BY_SESSION}, term: {{opened by: session, where: {{organ: council, type: regular}}}}, holder: {{seat in: counsil, of: host}}", "“council”"),
        (f"{BY_SESSION}, term: {{opened by: session, where: {{organ: council, type: regular}}}}, holder: {{seat in: council, role: head-of-state, of: host}}", "one of"),
        (f"id: x, kind: untranslated, says: so, leans: [chiar], {FROM_C1}", "“chair”"),
        (f"id: x, kind: untranslated, says: so, sources: [pag], {FROM_C1}", "“page”"),
        (f"id: x, kind: untranslated, says: so, sources: page, {FROM_C1}", "“sources”"),
        (f"id: x, kind: decision, organs: [council, counsil], matters: procedure, by: consensus, {FROM_C1}", "“council”"),
        (f"id: x, kind: decision, organs: council, matters: procedure, by: consensus, {FROM_C1}", "“organs”"),
        (f"id: x, kind: session, organ: council, types: [], {FROM_C1}", "“types”"),
        (f"id: x, kind: composition, organ: council, seats: each member, of: organistion, holder: head-of-state, {FROM_C1}", "“organisation”"),
        (f"id: x, kind: attendance, organ: council, may attend: [foriegn-minister], {FROM_C1}", "“foreign-minister”"),
        (f"id: x, kind: duty, of: organisation, owed by: every other party, owed to: the party concerned, trigger: threat, content: help, on request: yes, {FROM_C1}", "“on request”"),
        (f"id: council, kind: organ, organ: court, name: Court, {FROM_C1}", "line 20"),
        (f"id: council, kind: membership, of: court, {FROM_C1}", "line 20"),
    ],
)  # fmt: skip
def test_a_fault_in_a_rule_is_told_with_its_line_and_what_would_be_right(
    written: str, said: str, tmp_path: Path
) -> None:
    found = problems(tmp_path, rule(f"{{{written}}}"))
    assert {(problem.file, problem.line) for problem in found} == {(CHARTER, RULE_LINE)}
    assert said in " ".join(map(str, found))


@pytest.mark.parametrize("written", ["- a", "just a text", "", "12"])
def test_a_rule_block_that_holds_no_keys_and_values_is_one_fault_of_its_line(
    written: str, tmp_path: Path
) -> None:
    found = one_problem(tmp_path, rule(written))
    assert found.line in {RULE_LINE - 1, RULE_LINE}
    assert "“”" not in found.what


def test_a_fault_in_a_rule_of_many_lines_is_on_the_line_of_its_key(tmp_path: Path) -> None:
    written = "id: x\nkind: organ\norgan: court\nname: Court\nin force:\n  from: c1\n  untill: 2005-01-01\nbasis: sen"
    assert [p.line for p in problems(tmp_path, rule(written))] == [RULE_LINE + 6, RULE_LINE + 7]


@pytest.mark.parametrize(
    ("again", "where"),
    [
        ("id: y, kind: office, office: chairman, name: C, of: organisation, term: {opened by: appointment}, holder: appointee", "chair"),
        ("id: y, kind: organ, organ: council, name: Another Council", "council"),
        ("id: y, kind: composition, organ: council, seats: each member, of: organisation, holder: head-of-government", "seats"),
    ],
)  # fmt: skip
def test_two_rules_on_one_office_organ_or_its_seats_are_never_silently_one(
    again: str, where: str, tmp_path: Path
) -> None:
    found = one_problem(tmp_path, rule(f"{{{again}, {FROM_C1}}}"))
    assert found.line == RULE_LINE
    assert f"“{where}”" in str(found)


def test_an_office_with_the_name_of_an_organ_is_a_fault_since_a_question_could_mean_either(
    tmp_path: Path,
) -> None:
    office = APPOINTED.replace("judge", "council")
    assert (
        one_problem(tmp_path, rule(f"{{{office}, term: {{opened by: appointment}}, {FROM_C1}}}")).line
        == RULE_LINE
    )


def test_a_rule_may_have_versions_that_only_touch_and_each_has_a_key_of_its_own(tmp_path: Path) -> None:
    early = f"{{{ORGAN}, in force: {{from: c1, until: 2005-01-01}}, {BOOK}}}"
    late = f"{{{ORGAN}, in force: {{from: 2005-01-01}}, {BOOK}}}"
    charter = loaded(tmp_path, rule(f"{early}\n```\n\n```rule\n{late}")).charter
    versions = [version for version in charter.rules if version.says.id == "x"]
    assert [version.period for version in versions] == [
        Period(date(2001, 1, 1), date(2005, 1, 1)),
        Period(date(2005, 1, 1)),
    ]
    assert len({version.key for version in versions}) == 2
    assert len(charter.by_key) == len(charter.rules)


def test_versions_of_a_rule_that_share_a_day_are_a_fault(tmp_path: Path) -> None:
    early = f"{{{ORGAN}, in force: {{from: c1, until: 2005-01-02}}, {BOOK}}}"
    late = f"{{{ORGAN}, in force: {{from: 2005-01-01}}, {BOOK}}}"
    assert one_problem(tmp_path, rule(f"{early}\n```\n\n```rule\n{late}")).line == RULE_LINE + 4


@pytest.mark.parametrize(
    ("lines", "at"),
    [
        ([text("c1", "from: 2001-01-01"), text("c2", "from: 2005-01-01")], 1),
        ([text("c1", "from: 2001-01-01"), text("c0", "from: 1991-01-01, until: 1992-01-01"), text("c2", "from: 2005-01-01")], 2),
        ([text("c1", "from: 2001-01-01, until: 2001-01-01")], 0),
        ([text("c1", "from: 2001-01-01, until: 2000-01-01")], 0),
        ([text("c1", "from: 2001-01-01, until: ''")], 0),
        ([text("c1", "from: 2001-02-29")], 0),
        ([text("c1", "from: 2001-01-01"), text("C2", "from: 1991-01-01, until: 1992-01-01")], 1),
        ([text("c1", "from: 2001-01-01").replace("2000-06-01", "2000-06-31")], 0),
        ([text("c1", "from: 2001-01-01").replace("basis: seen", "basis: seen, sources: [pag]")], 0),
        ([text("c1", "from: 2001-01-01").replace("basis: seen", "bassis: seen")], 0),
    ],
)  # fmt: skip
def test_a_fault_in_a_text_of_an_instrument_is_told_with_its_line_and_nothing_else_is(
    lines: list[str], at: int, tmp_path: Path
) -> None:
    found = problems(tmp_path, texts(*lines))
    assert {(problem.file, problem.line) for problem in found} == {(CHARTER, TEXT_LINE + at)}


def test_texts_that_only_touch_are_no_fault(tmp_path: Path) -> None:
    charter = loaded(
        tmp_path, texts(text("c1", "from: 2001-01-01, until: 2005-01-01"), text("c2", "from: 2005-01-01"))
    ).charter
    on = [
        charter.instruments[0].text_on(day)
        for day in (date(2004, 12, 31), date(2005, 1, 1), date(2000, 12, 31))
    ]
    assert [found.name if found else None for found in on] == ["c1", "c2", None]


def test_a_fault_in_the_head_of_an_instrument_hides_no_fault_of_its_rules(tmp_path: Path) -> None:
    written = rule("{id: x, kind: organn}")[CHARTER].replace("title:", "titel:")
    assert {5, RULE_LINE} <= {problem.line for problem in problems(tmp_path, {CHARTER: written})}


def after(markdown: str) -> dict[str, str]:
    """The charter with Markdown at its end, from the line RULE_LINE - 1 on."""
    return {CHARTER: f"{FILES[CHARTER]}\n{markdown}"}


RULE = f"```rule\n{{{ORGAN}, {FROM_C1}}}\n```\n"


@pytest.mark.parametrize(
    "heading",
    ["## Preamble", "## Article 2 Without a stop", "## article 2. Small", "## Article. None", "## Article 2.", "## Article II. Roman",
     "### Article 2. Too low", "# Article 2. Too high", "## Article 1. Again", "Article 2. Underlined as if the first\n==="],
)  # fmt: skip
def test_a_heading_that_is_no_heading_of_an_article_of_its_own_is_a_fault(
    heading: str, tmp_path: Path
) -> None:
    assert one_problem(tmp_path, after(f"{heading}\n\n{RULE}")).line == RULE_LINE - 1


@pytest.mark.parametrize("kind", ["ruel", "Rule", "rules", "yaml", "", "rule x", "instrument"])
def test_a_block_of_another_kind_is_a_fault(kind: str, tmp_path: Path) -> None:
    assert one_problem(tmp_path, after(RULE.replace("```rule", f"```{kind}"))).line == RULE_LINE - 1


@pytest.mark.parametrize("kind", ["ruel", "Rule", "rules"])
def test_a_misspelt_kind_of_block_is_told_the_nearest(kind: str, tmp_path: Path) -> None:
    assert "“rule”" in one_problem(tmp_path, after(RULE.replace("```rule", f"```{kind}"))).remedy


def test_a_rule_that_is_indented_so_far_that_it_is_no_block_is_not_silently_prose(tmp_path: Path) -> None:
    markdown = "".join(f"    {line}\n" for line in RULE.splitlines())
    assert one_problem(tmp_path, after(markdown)).line == RULE_LINE - 1


@pytest.mark.parametrize("rest", ["", "\n## Article 2. Swallowed\n"])
def test_a_block_that_never_ends_is_a_fault(rest: str, tmp_path: Path) -> None:
    assert one_problem(tmp_path, after(RULE.removesuffix("```\n") + rest)).line == RULE_LINE - 1


def test_a_rule_before_the_first_article_is_a_fault(tmp_path: Path) -> None:
    found = one_problem(tmp_path, {CHARTER: f"{INSTRUMENT}\n{RULE}\n{RULES}"})
    assert found.line == INSTRUMENT.count("\n") + 2
    assert "article" in found.remedy


@pytest.mark.parametrize("markdown", ["# Only prose\n", RULES, INSTRUMENT + INSTRUMENT + RULES])
def test_an_instrument_has_one_block_that_names_it(markdown: str, tmp_path: Path) -> None:
    found = problems(tmp_path, {CHARTER: markdown})
    assert {problem.file for problem in found} == {CHARTER}
    assert any("instrument" in problem.what for problem in found)


def test_the_reading_of_an_article_is_its_prose_whatever_signs_it_holds(tmp_path: Path) -> None:
    prose = "There is a Council,\u2028\x85 and it has a chair."
    changed = {CHARTER: FILES[CHARTER].replace("There is a Council, and it has a chair.", prose)}
    article = loaded(tmp_path, changed).charter.article("charter", "1")
    assert article is not None
    assert article.reading == prose


def test_every_word_of_the_charter_is_in_its_digest(tmp_path: Path) -> None:
    usual = loaded(tmp_path / "usual", {}).charter
    for number, changed in enumerate([FILES[CHARTER] + "\n", FILES[CHARTER].replace("There is", "there is")]):
        assert loaded(tmp_path / str(number), {CHARTER: changed}).charter.digest != usual.digest
    assert loaded(tmp_path / "same", {SOURCES: FILES[SOURCES] + "#\n"}).charter.digest == usual.digest
