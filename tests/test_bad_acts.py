"""Acts of every kind as written badly: each fault is told with its line and what would be right, and all at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from foedus.record.acts import MODELS
from tests.folders import ACTS, EVIDENCE, FIRST_FREE_LINE, acts, loaded, one_problem, problems, rule

# an act of each kind without a fault, that the small folder takes; `a`, `b` and `c` are others to point to
GOOD: dict[str, str] = {
    "membership": "kind: membership, party: BLR, of: organisation, from: 2001-01-01",
    "treaty-action": "kind: treaty-action, on: 2001, states: [ARM, BLR], of: organisation, action: signature, at: first",
    "affiliation": "kind: affiliation, who: {state: SRB}, status: observer, of: council, from: 2001-01-01",
    "national-office": "kind: national-office, state: BLR, role: head-of-state, person: B, title: king, from: 2001",
    "national-law": "kind: national-law, state: ARM, empowers: head-of-government, fact: so, from: 2001-01-01",
    "appointment": "kind: appointment, office: secretary-general, person: B, from: 2001-01-01, appointed: 2000-12-01",
    "state-name": "kind: state-name, state: ARM, language: en, name: Armenia, from: 2001-01-01",
    "representation": "kind: representation, party: ARM, of: organisation, by: {office: junta}, from: 2001-01-01",
    "turn": "kind: turn, office: watch, held by: ARM, on: 2001-02-01",
    "body": "kind: body, name: Group, status: offered, of: council, from: 2001-01-01, permanence: temporary",
    "budget-scale": "kind: budget-scale, on: 2001, of: the budget, shares: {ARM: 50, BLR: 50}",
    "session": "kind: session, organ: council, type: regular, on: 2003-01-01, host: ARM",
    "announced-session": "kind: announced-session, organ: council, on: 2003-01-01, for: 2003-02, by: {state: ARM}",
    "attendance": "kind: attendance, session: first, rows: [{state: ARM, how: remote}, {capacity: invited, org: UN}]",
    "meeting": "kind: meeting, on: 2001-12-31, of: [ministers], before: first",
    "format": "kind: format, session: first, format: restricted",
    "discussion": "kind: discussion, session: first, items: [security]",
    "decision": "kind: decision, session: first, what: it, outcome: adopted, stopped by: ARM",
    "documents": "kind: documents, session: first, adopted: 3",
    "adhesion": "kind: adhesion, on: 2003-01-01, state: ARM, to: decided, how: joined",
    "designation": "kind: designation, office: chairman, opened by: first, to: ARM, effective: 2002-01-01, authority: presumed",
    "expect": "kind: expect, office: chairman, at: first, holder: {state: ARM}",
    "request": "kind: request, on: 2003-01-01, by: {state: ARM}, asks: help, addressees: [{org: it, basis: a pact}], invokes: {instrument: charter, article: 1}",
    "response": "kind: response, on: 2003-01-02, to: asked, by: {org: it}, how: offer, what: help",
    "determination": "kind: determination, on: 2003-01-02, of: asked, by: {office: chairman}, finds: threat",
    "mandate": "kind: mandate, on: 2003-01-02, to: {office: secretary-general}, by: {org: it}, task: it, at: first, due: 2004",
    "report": "kind: report, on: 2003-01-03, of: task, by: {office: secretary-general}, says: so, at: first",
    "statement": "kind: statement, session: first, by: {state: ARM}, says: so, about: [first]",
    "silence": "kind: silence, of: said, says: nothing",
    "description": "kind: description, instrument: charter, article: 1, says: so",
    "dispute": "kind: dispute, of: said, by: {state: BLR}, says: no",
    "withdrawal": "kind: withdrawal, withdraws: said",
}  # fmt: skip
OTHERS = (
    f"id: decided, {GOOD['decision']}, {EVIDENCE}",
    f"id: asked, {GOOD['request']}, {EVIDENCE}",
    f"id: task, {GOOD['mandate']}, {EVIDENCE}",
)
LINE = FIRST_FREE_LINE + len(OTHERS)
EVERY = pytest.mark.parametrize("kind", GOOD)


WATCH = """
id: watch
kind: office
office: watch
name: Watch
of: council
term: {opened by: month}
holder: {rotation: {among: council, order: name, language: en}}
in force: {from: c1}
basis: seen
"""


def with_others(*entries: str) -> dict[str, str]:
    """The record with others to point to, and a charter with an office that goes round."""
    return acts(*OTHERS, *entries) | rule(WATCH.strip())


def test_there_is_an_act_of_each_kind_here() -> None:
    assert set(GOOD) == set(MODELS)


@EVERY
def test_an_act_without_a_fault_is_read(kind: str, tmp_path: Path) -> None:
    record = loaded(tmp_path, with_others(f"id: x, {GOOD[kind]}, {EVIDENCE}")).record
    assert record.by_id["x"].kind == kind


@EVERY
def test_a_key_that_is_not_known_is_one_fault_and_the_nearest_is_named(kind: str, tmp_path: Path) -> None:
    found = one_problem(tmp_path, with_others(f"id: x, {GOOD[kind]}, {EVIDENCE}, noet: so"))
    assert found.line == LINE
    assert "“note”" in found.remedy


@EVERY
def test_each_key_that_must_be_there_is_missed(kind: str, tmp_path: Path) -> None:
    needed = [info.alias for info in MODELS[kind].model_fields.values() if info.is_required()]
    entry = f"id: x, kind: {kind}, {EVIDENCE}"
    said = " ".join(str(p) for p in problems(tmp_path, with_others(entry)) if p.line == LINE)
    own = [key for key in needed if key not in {"id", "kind", "evidence", "recorded", "recorded by"}]
    assert all(f"“{key}”" in said for key in own)


DATED = [kind for kind, good in GOOD.items() if re.search(r"\b(on|from|effective|for|due|appointed): ", good)]


@pytest.mark.parametrize("day", ["2003-02-30", "2003-13-01", "0000-01-01", "99999-01-01", "soon", "2003-1-1"])
@pytest.mark.parametrize("kind", DATED)
def test_a_day_that_is_none_is_told_wherever_an_act_has_one(kind: str, day: str, tmp_path: Path) -> None:
    for key in re.findall(r"\b(on|from|effective|for|due|appointed): ", GOOD[kind]):
        changed = re.sub(rf"\b{key}: [^,]+", f"{key}: {day}", GOOD[kind], count=1)
        found = problems(tmp_path, with_others(f"id: x, {changed}, {EVIDENCE}"))
        assert {(problem.file, problem.line) for problem in found} == {(ACTS, LINE)}, key
        assert day in " ".join(map(str, found)), key


@EVERY
def test_an_id_that_is_taken_is_one_fault(kind: str, tmp_path: Path) -> None:
    found = one_problem(tmp_path, with_others(f"id: said, {GOOD[kind]}, {EVIDENCE}"))
    assert (found.line, "“said” is taken" in found.what) == (LINE, True)


@EVERY
def test_a_source_and_a_topic_that_are_not_there_are_each_told(kind: str, tmp_path: Path) -> None:
    entry = f"id: x, {GOOD[kind]}, evidence: [{{source: pag}}], topics: [fog]"
    found = [p for p in problems(tmp_path, with_others(entry)) if p.line == LINE]
    assert sorted(word for p in found for word in ("“pag”", "“fog”") if word in p.what) == ["“fog”", "“pag”"]


POINTING = [
    (kind, key)
    for kind, good in GOOD.items()
    for key in re.findall(r"\b(session|at|to|of|opened by|before|withdraws|about): \[?(?:first|said|asked|task|decided)\b", good)
]  # fmt: skip


@pytest.mark.parametrize(("kind", "key"), POINTING)
def test_an_entry_that_is_pointed_to_and_is_not_there_is_one_fault(
    kind: str, key: str, tmp_path: Path
) -> None:
    changed = re.sub(rf"\b{key}: (\[?)(\w+)", rf"{key}: \1\2x", GOOD[kind], count=1)
    found = one_problem(tmp_path, with_others(f"id: x, {changed}, {EVIDENCE}"))
    assert found.line == LINE
    assert "which is no entry" in found.what
    assert "Did you mean" in found.remedy


ANY_KIND = {("silence", "of"), ("dispute", "of"), ("withdrawal", "withdraws"), ("statement", "about")}


@pytest.mark.parametrize(("kind", "key"), sorted(set(POINTING) - ANY_KIND))
def test_an_entry_of_another_kind_than_is_pointed_to_is_one_fault_that_says_which_it_takes(
    kind: str, key: str, tmp_path: Path
) -> None:
    changed = re.sub(rf"\b{key}: (\[?)\w+", rf"{key}: \1head", GOOD[kind], count=1)
    found = one_problem(tmp_path, with_others(f"id: x, {changed}, {EVIDENCE}"))
    assert found.line == LINE
    assert "which is a national-office" in found.what
    assert found.remedy.startswith("It takes a ")


@pytest.mark.parametrize(
    ("kind", "right", "wrong", "said"),
    [
        ("membership", "of: organisation", "of: organistion", "“organisation”"),
        ("membership", "party: BLR", "party: Belarus", "BLR"),
        ("treaty-action", "of: organisation", "of: organistion", "“organisation”"),
        ("treaty-action", "action: signature", "action: signatur", "“signature”"),
        ("treaty-action", "states: [ARM, BLR]", "states: []", "“states”"),
        ("treaty-action", "states: [ARM, BLR]", "states: [ARM, BLRS]", "“BLR”"),
        ("affiliation", "of: council", "of: counsil", "“council”"),
        ("affiliation", "status: observer", "status: obsever", "“observer”"),
        ("affiliation", "who: {state: SRB}", "who: {}", "“who”"),
        ("affiliation", "who: {state: SRB}", "who: {stte: SRB}", "“state”"),
        ("national-law", "head-of-government", "head-of-goverment", "“head-of-government”"),
        ("representation", "of: organisation", "of: organistion", "“organisation”"),
        ("representation", "by: {office: junta}", "by: {}", "“by”"),
        ("representation", "party: ARM", "party: Armenia", "ARM"),
        ("state-name", "state: ARM", "state: Armenia", "ARM"),
        ("state-name", "name: Armenia", "name: ''", "“name”"),
        ("appointment", "secretary-general", "secretary-genral", "“secretary-general”"),
        ("appointment", "secretary-general", "chairman", "designation"),
        ("appointment", "person: B", "person: B, until: 2000-01-01", "after “from”"),
        ("body", "of: council", "of: counsil", "“council”"),
        ("body", "status: offered", "status: ofered", "“offered”"),
        ("body", "permanence: temporary", "permanence: temporry", "“temporary”"),
        ("body", "name: Group", "name: ''", "“name”"),
        ("budget-scale", "BLR: 50", "BLR: 51", "101"),
        ("budget-scale", "BLR: 50", "BLR: -1", "“BLR”"),
        ("budget-scale", "BLR: 50", "BLR: 12.5", "12.5"),
        ("budget-scale", "BLR: 50", "Belarus: 50", "BLR"),
        ("budget-scale", "{ARM: 50, BLR: 50}", "{}", "“shares”"),
        ("session", "organ: council", "organ: counsil", "“council”"),
        ("session", "type: regular", "type: reglar", "“regular”"),
        ("session", "host: ARM", "host: ARM, held: onlin", "“online”"),
        ("session", "host: ARM", "host: ARM, formats: [restrictd]", "“restricted”"),
        ("announced-session", "organ: council", "organ: counsil", "“council”"),
        ("announced-session", "organ: council", "organ: council, type: reglar", "“regular”"),
        ("announced-session", "by: {state: ARM}", "by: {}", "“by”"),
        ("attendance", "how: remote", "how: remot", "“remote”"),
        ("attendance", "capacity: invited", "capacity: invted", "“invited”"),
        ("attendance", "{state: ARM, how: remote}", "{how: remote}", "“rows”"),
        ("meeting", "of: [ministers]", "of: []", "“of”"),
        ("meeting", "of: [ministers]", "of: ministers", "“of”"),
        ("format", "format: restricted", "format: restrictd", "“restricted”"),
        ("discussion", "items: [security]", "items: []", "“items”"),
        ("decision", "outcome: adopted", "outcome: adoptd", "“adopted”"),
        ("decision", "stopped by: ARM", "stopped by: Armenia", "ARM"),
        ("documents", "adopted: 3", "adopted: some", "“adopted”"),
        ("adhesion", "how: joined", "how: joind", "“joined”"),
        ("adhesion", "state: ARM", "state: Armenia", "ARM"),
        ("designation", "office: chairman", "office: chairmn", "“chairman”"),
        ("designation", "office: chairman", "office: secretary-general", "appointment"),
        ("designation", "authority: presumed", "authority: presumd", "“presumed”"),
        ("turn", "office: watch", "office: wach", "“watch”"),
        ("turn", "office: watch", "office: chairman", "designation"),
        ("turn", "on: 2001-02-01", "on: 2001", "within its term"),
        ("turn", "held by: ARM", "held by: Armenia", "ARM"),
        ("turn", "held by: ARM", "held by: ARM, authority: decidd", "“decided”"),
        ("expect", "office: chairman", "office: chairmn", "“chairman”"),
        ("expect", "holder: {state: ARM}", "holder: {}", "“state”"),
        ("request", "instrument: charter", "instrument: charter2", "“charter”"),
        ("request", "article: 1", "article: 99", "“99”"),
        ("request", "addressees: [{org: it, basis: a pact}]", "addressees: []", "“addressees”"),
        ("request", "addressees: [{org: it, basis: a pact}]", "addressees: [{basis: a pact}]", "“addressees”"),
        ("request", "by: {state: ARM}", "by: ARM", "“by”"),
        ("response", "how: offer", "how: ofer", "“offer”"),
        ("determination", "finds: threat", "finds: thret", "“threat”"),
        ("report", "by: {office: secretary-general}", "by: {}", "“by”"),
        ("statement", "about: [first]", "about: first", "“about”"),
        ("description", "article: 1", "article: 99", "“99”"),
        ("description", "instrument: charter", "instrument: chartr", "“charter”"),
    ],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_told_with_what_would(
    kind: str, right: str, wrong: str, said: str, tmp_path: Path
) -> None:
    assert right in GOOD[kind]
    entry = f"id: x, {GOOD[kind].replace(right, wrong)}, {EVIDENCE}"
    found = problems(tmp_path, with_others(entry))
    assert {(problem.file, problem.line) for problem in found} == {(ACTS, LINE)}
    assert said in " ".join(map(str, found))


def test_a_fault_in_an_act_of_each_kind_is_told_all_at_once_and_each_on_its_line(tmp_path: Path) -> None:
    entries = [f"id: x{n}, {good}, {EVIDENCE}, noet: so" for n, good in enumerate(GOOD.values())]
    found = problems(tmp_path, with_others(*entries))
    assert [problem.line for problem in found] == list(range(LINE, LINE + len(GOOD)))
