"""The schemas of what people write: what Foedus reads is valid by them, and what is wrong is not."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML
from ruamel.yaml.resolver import VersionedResolver

import foedus
from foedus.charter.kinds import MODELS as RULE_KINDS
from foedus.cli.founding import STARTER
from foedus.record.acts import MODELS as ACT_KINDS
from tests.conftest import ROOT
from tests.folders import ACTS, CHARTER, FIRST_FREE_LINE, HEAD, SOURCES, about, acts, folder, problems, rule

CSTO = Path(foedus.__file__).parent / "organisations" / "csto"
FOLDERS = (CSTO, STARTER)
NAMES = ("rules", "acts", "instrument", "organisation", "source-file")
BLOCK = re.compile(r"(?ms)^```(rule|instrument)\n(.*?)^```$")


class Core(VersionedResolver):
    """The core schema of YAML 1.2, which knows no dates (ruamel makes dates of them all the same)."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        found = super().resolve(kind, value, implicit)
        dated = str(found).endswith("timestamp") or str(getattr(found, "suffix", "")) == "timestamp"
        return super().resolve(kind, "a text", implicit) if dated else found


def plain(text: str) -> Any:
    """What a file says as plain data, by another reader than Foedus's own."""
    reader = YAML(typ="safe", pure=True)
    reader.version = (1, 2)
    reader.Resolver = Core
    return reader.load(text)


@cache
def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "schemas" / f"{name}.json").read_text("utf-8"))
    return found


@cache
def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(schema(name))


def faults(name: str, data: Any) -> list[str]:
    return [f"{error.json_path}: {error.message[:200]}" for error in validator(name).iter_errors(data)]


def blocks(text: str, kind: str) -> list[Any]:
    return [plain(content) for found, content in BLOCK.findall(text) if found == kind]


def test_the_other_reader_reads_the_core_schema() -> None:
    assert plain("on: 2022-11-23\nno: 2022\nyes: [true, yes, ~]\n") == {
        "on": "2022-11-23",
        "no": 2022,
        "yes": [True, "yes", None],
    }


@pytest.mark.parametrize("name", NAMES)
def test_every_schema_is_valid_by_its_own_metaschema(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))
    assert schema(name)["$schema"] == Draft202012Validator.META_SCHEMA["$id"]


@pytest.mark.parametrize("name", NAMES)
def test_every_schema_stands_alone_and_points_to_all_it_defines(name: str) -> None:
    whole = schema(name)
    pointed_to = set(re.findall(r'"\$ref": "([^"]+)"', json.dumps(whole)))
    assert pointed_to == {f"#/$defs/{defined}" for defined in whole.get("$defs", {})}


@pytest.mark.parametrize("name", NAMES)
def test_every_key_of_every_schema_says_what_it_means(name: str) -> None:
    whole = schema(name)
    for where, part in {"": whole, **whole.get("$defs", {})}.items():
        for key, described in part.get("properties", {}).items():
            assert key == "kind" or described.get("description"), f"{where}: {key}"


def test_every_kind_has_its_definition() -> None:
    assert set(RULE_KINDS) <= schema("rules")["$defs"].keys()
    assert set(ACT_KINDS) <= schema("acts")["$defs"].keys()


# -- what Foedus reads is valid


@pytest.mark.parametrize("where", FOLDERS, ids=lambda path: path.name)
def test_every_file_of_a_folder_without_a_fault_is_valid(where: Path) -> None:
    assert not faults("organisation", plain((where / HEAD).read_text("utf-8")))
    assert not faults("source-file", plain((where / SOURCES).read_text("utf-8")))
    files = sorted((where / "record").glob("*.yaml"))
    assert files
    for path in files:
        assert not faults("acts", plain(path.read_text("utf-8"))), path.name


@pytest.mark.parametrize("where", FOLDERS, ids=lambda path: path.name)
def test_every_head_and_every_rule_of_a_charter_without_a_fault_is_valid(where: Path) -> None:
    for path in sorted(where.glob("*.md")):
        text = path.read_text("utf-8")
        (head,) = blocks(text, "instrument")
        assert not faults("instrument", head)
        rules = blocks(text, "rule")
        assert len(rules) == text.count("\n```rule\n") > 0
        for each in rules:
            assert not faults("rules", each), each["id"]


# -- what is wrong is valid by neither

EVIDENCE = "evidence: [{source: page}]"
SESSION = f"kind: session, organ: council, type: regular, {EVIDENCE}"


@pytest.mark.parametrize(
    "entry",
    [
        f"id: x, {SESSION}",  # no date
        f"id: x, {SESSION}, on: 2022-01-01, between: 2022-01-01/2022-02-01",  # two
        f"id: x, {SESSION}, on: 2022-13-01",
        f"id: x, {SESSION}, on: 1 January 2022",
        f"id: x, {SESSION}, on: 2022-01-01, host: Armenia",
        f"id: x, {SESSION}, on: 2022-01-01, host: XXX",
        f"id: x, {SESSION}, on: 2022-01-01, hots: ARM",
        f"id: x, {SESSION}, on: 2022-01-01, host:",
        f"id: x y, {SESSION}, on: 2022-01-01",
        f"{SESSION}, on: 2022-01-01",
        "id: x, kind: session, organ: council, type: regular, on: 2022-01-01",  # no evidence
        "id: x, kind: session, organ: council, type: regular, on: 2022-01-01, evidence: []",
        "id: x, kind: session, organ: council, type: regular, on: 2022-01-01, evidence: [{mode: plain}]",
        "id: x, kind: session, organ: council, type: regular, on: 2022-01-01, evidence: [{source: page, known: recalled}]",
        f"id: x, kind: session, organ: council, type: {{one of: [regular]}}, on: 2022-01-01, {EVIDENCE}",
        f"id: x, kind: sesion, {EVIDENCE}",
        f"id: x, {EVIDENCE}",
        f"id: x, kind: statement, by: {{}}, says: so, {EVIDENCE}",
        f"id: x, kind: statement, on: 2022, between: 2022/2023, by: {{state: ARM}}, says: so, {EVIDENCE}",
        f"id: x, kind: attendance, session: first, rows: [{{how: absent}}], {EVIDENCE}",
        f"id: x, kind: documents, session: first, adopted: -1, {EVIDENCE}",
        f"id: x, kind: documents, session: first, adopted: true, {EVIDENCE}",
        f"id: x, kind: budget-scale, on: 2020, of: it, shares: {{ARM: 101}}, {EVIDENCE}",
        f"id: x, kind: budget-scale, on: 2020, of: it, shares: {{Armenia: 10}}, {EVIDENCE}",
        f"id: x, kind: request, on: 2020, by: {{state: ARM}}, asks: help, addressees: [], {EVIDENCE}",
        f"id: x, kind: membership, party: ARM, of: organisation, from: {{betwen: 2001/2002}}, {EVIDENCE}",
        f"id: x, kind: membership, party: ARM, of: organisation, from: 2001, status: gone, {EVIDENCE}",
    ],
)
def test_an_entry_that_foedus_refuses_is_not_valid(entry: str, tmp_path: Path) -> None:
    changed = acts(entry)
    assert FIRST_FREE_LINE in {problem.line for problem in problems(tmp_path, changed)}
    assert faults("acts", plain(changed[ACTS]))


def test_an_entry_says_when_and_by_whom_it_was_recorded_unless_its_file_does(tmp_path: Path) -> None:
    entry = f"{{id: x, {SESSION}, on: 2022-01-01}}"
    for head in ("", "recorded: 2025-01-01\n", "recorded by: me\n"):
        text = f"{head}entries: [{entry}]\n"
        assert problems(tmp_path / head[:10], {"record/more.yaml": text})
        assert faults("acts", plain(text))
    assert not faults("acts", plain(f"recorded: 2025-01-01\nrecorded by: me\nentries: [{entry}]\n"))


@pytest.mark.parametrize(
    "written",
    [
        "id: x, kind: organ, organ: court, name: Court, basis: seen",
        "id: x, kind: organ, organ: court, name: Court, in force: {from: c1}",
        "id: x, kind: organ, organ: court, name: Court, in force: {from: c1, untill: 2005-01-01}, basis: seen",
        "id: X, kind: organ, organ: court, name: Court, in force: {from: c1}, basis: seen",
        "id: x, kind: organ, organ: court, nme: Court, in force: {from: c1}, basis: seen",
        "id: x, kind: organn, in force: {from: c1}, basis: seen",
        "id: x, kind: session, organ: council, types: [], in force: {from: c1}, basis: seen",
        "id: x, kind: depositary, of: charter, in force: {from: c1}, basis: seen",
        "id: x, kind: depositary, of: charter, office: chairman, state: ARM, in force: {from: c1}, basis: seen",
        "id: x, kind: withdrawal, of: organisation, months: -1, notice to: depositary, in force: {from: c1}, basis: seen",
    ],
)
def test_a_rule_that_foedus_refuses_is_not_valid(written: str, tmp_path: Path) -> None:
    changed = rule(f"{{{written}}}")
    assert {problem.file for problem in problems(tmp_path, changed)} == {CHARTER}
    assert faults("rules", plain(f"{{{written}}}"))


@pytest.mark.parametrize(
    "line",
    [
        "coverage: [{kind: sesion, grade: complete}]",
        "coverage: [{kind: session, grade: compleet}]",
        "coverage: [{kind: session}]",
        "native: {en: 5}",
        "record too: 2025-12-31",
    ],
)
def test_a_head_that_foedus_refuses_is_not_valid(line: str, tmp_path: Path) -> None:
    changed = about(line)
    assert {problem.file for problem in problems(tmp_path, changed)} == {HEAD}
    assert faults("organisation", plain(changed[HEAD]))


@pytest.mark.parametrize("source", ["{kind: agncy}", "{}", "agency", "{kind: agency, langage: en}"])
def test_a_source_that_foedus_refuses_is_not_valid(source: str, tmp_path: Path) -> None:
    changed = {SOURCES: f"page: {source}\n"}
    assert {problem.file for problem in problems(tmp_path, changed)} == {SOURCES}
    assert faults("source-file", plain(changed[SOURCES]))


def test_a_fault_is_told_of_the_kind_that_was_meant() -> None:
    entry = "{id: x, kind: documents, session: first, adoptd: 3, evidence: [{source: page}]}"
    told = faults("acts", plain(f"recorded: 2025-01-01\nrecorded by: me\nentries: [{entry}]\n"))
    assert len(told) == 1
    assert "'adoptd' was unexpected" in told[0]


def test_the_small_folder_of_the_tests_is_valid_but_for_nothing(tmp_path: Path) -> None:
    here = folder(tmp_path)
    assert not faults("acts", plain((here / ACTS).read_text("utf-8")))
    assert not faults("organisation", plain((here / HEAD).read_text("utf-8")))
