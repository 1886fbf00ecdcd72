"""What `--json` prints is what `schemas/` publishes: every output is valid, and nothing else would be."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.protocols import Validator

import foedus
from foedus.accounts.answered import As
from foedus.accounts.attendance import HOWS
from foedus.accounts.cases import Trigger
from foedus.accounts.events import Turn
from foedus.accounts.openings import Point
from foedus.accounts.says import Bearing
from foedus.accounts.trials import VERDICTS
from foedus.accounts.witnesses import MANNER
from foedus.charter import kinds
from foedus.cli import main
from foedus.decisions.verdict import State
from foedus.engine.capacity import Belongs
from foedus.engine.findings import CODES, SEVERITY, Severity, Shape
from foedus.engine.notices import ClockKind
from foedus.engine.owing import DutyState
from foedus.engine.reasons import Authority, How
from foedus.engine.timelines import STATUSES
from foedus.power import INDICES
from foedus.record.about import Grade
from foedus.record.acts import Decided, Determination, Membership, Response
from foedus.record.evidence import SourceKind
from foedus.secretariat import opened
from foedus.terms import triggers
from foedus.terms.attribution import CHANNELS, Mode
from foedus.terms.offices import REPRESENTATIVE, MemberClass, Role
from tests.conftest import ROOT

SCHEMAS = ROOT / "schemas"
NAMES = (
    "who", "timeline", "show", "diff", "charter", "sessions", "session", "statements", "case", "duties", "bodies", "says", "sources",
    "between", "decide", "decisions", "power", "whatif", "readings", "check", "orgs", "new", "try", "register", "log", "client",
)  # fmt: skip
INPUTS = {
    "openapi",  # of the programming interface: tests/web/api
    "rules",
    "acts",
    "instrument",
    "organisation",
    "source-file",
}  # what people write: tests/test_schemas_of_files.py
VOTES = str(ROOT / "docs" / "security-council-2022.csv")
SCENARIO = "tests/scenarios/csto-chairman.md"
CSTO = Path(foedus.__file__).parent / "organisations" / "csto"

QUESTIONS = ("chairman", "secretary-general", "council", "ARM", "UZB")
DAYS = (
    "1995-01-01",  # before the Charter
    "2003-09-18",  # its first day
    "2005-04-01",  # two presidents of Kyrgyzstan
    "2007-01-01",  # where Uzbekistan's position is open
    "2009-07-01",
    "2012-01-15",
    "2013-01-01",
    "2014-12-23",
    "2017-05-01",  # nobody agrees on a session
    "2018-12-01",
    "2020-10-15",  # Kyrgyzstan between two presidents
    "2020-12-15",
    "2022-12-01",
    "2023-02-01",
    "2024-06-01",
    "2030-01-01",  # after the record
)


@pytest.fixture(autouse=True)
def each_folder_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only for speed: the commands load organisations as a server does."""
    monkeypatch.setattr("foedus.cli.asked.load", opened)


@cache
def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))
    return found


@cache
def validator(name: str) -> Validator:
    return Draft202012Validator(schema(name), format_checker=FormatChecker())


def faults(name: str, output: Any) -> list[str]:
    return [f"{error.json_path}: {error.message[:200]}" for error in validator(name).iter_errors(output)]


def said(*arguments: str) -> Any:
    """What a command prints with `--json`, whatever its exit code."""
    result = CliRunner().invoke(main, [*arguments, "--json"])
    assert result.exit_code in {0, 1, 2}, result.output
    return json.loads(result.stdout)


def within(schema: Any) -> Iterator[dict[str, Any]]:
    """Every schema inside a schema, itself first."""
    if isinstance(schema, dict):
        yield schema
        for value in schema.values():
            yield from within(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from within(value)


@pytest.fixture
def copied(tmp_path: Path) -> Callable[[str, str], str]:
    """A folder like the CSTO's, but without one entry of one of its files; its path."""

    def without(file: str, entry: str) -> str:
        folder = tmp_path / "copy"
        shutil.copytree(CSTO, folder)
        path = folder / "record" / file
        blocks = re.split(r"(?m)^(?=  - id: )", path.read_text("utf-8"))
        kept = [block for block in blocks if f"id: {entry}\n" not in block]
        assert len(kept) == len(blocks) - 1
        path.write_text("".join(kept), "utf-8")
        return str(folder)

    return without


# -- the schemas themselves


def test_there_is_a_schema_for_every_command_that_takes_json_and_for_no_other() -> None:
    taking_json = {
        name
        for name, command in main.commands.items()
        for verb in (*getattr(command, "commands", {}).values(), command)
        if any("--json" in p.opts for p in verb.params)
    }
    assert {path.stem for path in SCHEMAS.glob("*.json")} - INPUTS == taking_json == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_schema_is_valid_by_its_own_metaschema(name: str) -> None:
    assert schema(name)["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    Draft202012Validator.check_schema(schema(name))


@pytest.mark.parametrize("name", NAMES)
def test_every_schema_stands_alone(name: str) -> None:
    pointed_to = {part["$ref"] for part in within(schema(name)) if "$ref" in part}
    assert pointed_to == {f"#/$defs/{defined}" for defined in schema(name).get("$defs", {})}


@pytest.mark.parametrize("name", NAMES)
def test_every_object_of_a_schema_is_closed_and_demands_all_it_describes(name: str) -> None:
    objects = [part for part in within(schema(name)) if part.get("type") == "object"]
    assert objects
    for part in objects:
        assert part["additionalProperties"] is False
        assert part["required"] == list(part["properties"])


@pytest.mark.parametrize("name", NAMES)
def test_every_property_says_what_it_means(name: str) -> None:
    defined = schema(name).get("$defs", {})
    for part in within(schema(name)):
        if part.get("type") != "object":
            continue
        for key, described in part["properties"].items():
            pointed_to = defined.get(described.get("$ref", "").rpartition("/")[2], {})
            assert described.get("description") or pointed_to.get("description"), key


def test_what_two_schemas_define_by_one_name_they_define_alike() -> None:
    first: dict[str, Any] = {}
    for name in NAMES:
        for defined, meaning in schema(name).get("$defs", {}).items():
            assert first.setdefault(defined, meaning) == meaning, f"{defined} in {name}.json"


STANDINGS = {*get_args(Membership.model_fields["status"].annotation), "non-member"}
STOOD = {*STANDINGS, *STATUSES} - {"certain"}  # a standing, or else how sure it is
ROLES = {*get_args(Role), *(f"acting {role}" for role in get_args(Role))}


@pytest.mark.parametrize(
    ("name", "path", "words"),
    [
        ("who", ("status",), STATUSES),
        ("who", ("attribution",), CHANNELS),
        ("who", ("authority",), get_args(Authority)),
        ("who", ("step", "properties", "how"), get_args(How)),
        ("who", ("rule", "properties", "basis"), get_args(kinds.Basis)),
        ("who", ("source", "properties", "kind"), get_args(SourceKind)),
        (
            "who",
            ("as",),
            {*ROLES, *STANDINGS, "appointed", "acting", "officer", REPRESENTATIVE, *get_args(MemberClass)},
        ),
        ("session", ("chain", "properties", "mode"), get_args(Mode)),
        ("statements", ("item", "properties", "told"), {*MANNER.values(), "inferred", "recalled"}),
        ("sessions", ("tally", "properties"), {"seats", *HOWS, "not named", "differing"}),
        ("case", ("addressed", "properties", "standing"), {*STOOD, *get_args(Belongs), "other"}),
        ("case", ("answer-given", "properties", "how"), get_args(Response.model_fields["how"].annotation)),
        ("case", ("answer-given", "properties", "as"), get_args(As)),
        ("case", ("found", "properties", "finds"), get_args(Determination.model_fields["finds"].annotation)),
        ("case", ("draft", "properties", "outcome"), get_args(Decided.model_fields["outcome"].annotation)),
        ("case", ("opening", "properties", "point"), get_args(Point)),
        ("case", ("request-told", "properties", "trigger"), get_args(Trigger)),
        ("duties", ("duty-state",), get_args(DutyState)),
        ("duties", ("duty", "properties", "trigger"), get_args(triggers.Trigger)),
        ("duties", ("clock", "properties", "kind"), get_args(ClockKind)),
        ("says", ("spoken", "properties", "bearing"), get_args(Bearing)),
        ("sources", ("source-kind",), get_args(SourceKind)),
        ("sources", ("worded", "properties", "basis"), get_args(kinds.Basis)),
        ("between", ("event", "properties", "turn"), get_args(Turn)),
        ("readings", ("verdict",), VERDICTS),
        ("readings", ("verdicts", "properties"), VERDICTS),
        ("between", ("shortfall", "properties", "grade"), {*get_args(Grade), None}),
        ("power", ("index-of-power", "properties", "index"), INDICES),
        ("whatif", ("turned", "properties", "was"), get_args(State)),
        ("check", ("finding", "properties", "code"), CODES),
        ("check", ("finding", "properties", "severity"), get_args(Severity)),
        ("check", ("finding", "properties", "shape"), get_args(Shape)),
    ],
)
def test_the_words_a_schema_allows_are_those_the_engine_has(
    name: str, path: tuple[str, ...], words: Any
) -> None:
    part = schema(name)["$defs"]
    for key in path:
        part = part[key]
    assert set(part.get("enum", part)) == set(words)
    if isinstance(words, tuple) and path[-1] in {"status", "attribution"}:
        assert part["enum"] == list(words), "the order says which is less sure"


def test_the_severity_that_the_schema_ties_to_each_shape_is_the_engines() -> None:
    ties = {
        shape: tie["then"]["properties"]["severity"]["const"]
        for tie in schema("check")["$defs"]["finding"]["allOf"]
        for shape in tie["if"]["properties"]["shape"]["enum"]
    }
    assert ties == SEVERITY


# -- what the commands print


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_answer_is_valid_on_days_of_every_kind(question: str) -> None:
    for day in DAYS:
        assert not faults("who", said("who", "csto", question, "--on", day)), day


def test_the_days_asked_about_show_every_status_but_vacant() -> None:
    csto = foedus.load("csto")
    seen = {csto.who(question, day).status for question in QUESTIONS for day in DAYS}
    assert seen == set(STATUSES) - {"vacant"}


def test_a_vacant_office_is_a_valid_answer(copied: Callable[[str, str], str]) -> None:
    folder = copied("secretaries-general.yaml", "secretary-general/2017-01-01")
    answer = said("who", folder, "secretary-general", "--on", "2017-03-01")
    assert (answer["status"], answer["holders"], answer["possible"]) == ("vacant", [], [])
    assert not faults("who", answer)


@pytest.mark.parametrize("question", ["chairman", "council", "secretary-general", "UZB"])
def test_an_answer_as_known_before_anything_was_recorded_is_valid(question: str) -> None:
    known = ("--known", "2020-01-01")
    assert not faults("who", said("who", "csto", question, "--on", "2019-06-01", *known))
    assert not faults("timeline", said("timeline", "csto", question, *known))


@pytest.mark.parametrize("question", [*QUESTIONS, "AZE", "SUHH"])
def test_every_timeline_is_valid(question: str) -> None:
    timeline = said("timeline", "csto", question)
    assert len(timeline["segments"]) > 1
    assert not faults("timeline", timeline)


@pytest.mark.parametrize("day", DAYS)
def test_every_overview_is_valid(day: str) -> None:
    assert not faults("show", said("show", "csto", "--on", day))


@pytest.mark.parametrize("question", ["president", "council", "CHN", "RUS", "KEN"])
@pytest.mark.parametrize(
    "day", ["1945-12-01", "1946-12-20", "1971-06-01", "2021-10-15", "2027-03-01", "2028-05-01"]
)
def test_an_answer_about_an_office_that_goes_round_is_valid(question: str, day: str) -> None:
    assert not faults("who", said("who", "un-security-council", question, "--on", day))


def test_the_timeline_and_the_overview_of_an_organisation_without_sessions_are_valid() -> None:
    for question in ("president", "council"):
        told = said("timeline", "un-security-council", question)
        told["segments"] = told["segments"][::10]  # all of them take long
        assert len(told["segments"]) >= 9
        assert not faults("timeline", told)
    assert not faults("show", said("show", "un-security-council", "--on", "1971-10-25"))
    assert not faults("charter", said("charter", "un-security-council", "--on", "1971-10-25"))
    assert not faults("check", said("check", "un-security-council"))


@pytest.mark.parametrize("rule", [(), ("chair-of-council",), ("decisions",)])
def test_readings_are_told_validly(rule: tuple[str, ...]) -> None:
    told = said("readings", "csto", *rule)
    assert len(told["rules"]) == (len(rule) or 2)
    assert not faults("readings", told)


def test_an_answer_under_another_reading_is_valid_and_says_so() -> None:
    told = said("who", "csto", "chairman", "--on", "2023-02-01", "--reading", "chair-of-council=host-keeps")
    assert told["basis"]["readings"] == [{"rule": "chair-of-council", "reading": "host-keeps"}]
    assert not faults("who", told)


def test_findings_are_valid() -> None:
    told = said("check", "csto")
    assert told["findings"]
    assert not faults("check", told)


def test_problems_are_valid(tmp_path: Path) -> None:
    shutil.copytree(CSTO, tmp_path / "copy")
    (tmp_path / "copy" / "record" / "new.yaml").write_text("entries: [{id: x, kind: sessoin}]\n", "utf-8")
    told = said("check", str(tmp_path / "copy"))
    assert told["problems"]
    assert not faults("check", told)


@pytest.mark.usefixtures("desk")
def test_a_folder_made_is_told_validly() -> None:
    assert not faults("new", said("new", "a/b/lantern-league"))


def test_the_list_of_organisations_is_valid() -> None:
    assert not faults("orgs", said("orgs"))


@pytest.mark.parametrize("day", ["1990-01-01", "2003-09-18", "2015-01-01", "2022-11-23"])
def test_the_charter_on_a_day_is_as_its_schema_says(day: str) -> None:
    told = said("charter", "csto", "--on", day)
    assert not faults("charter", told)
    assert {each["instrument"] for each in told["articles"]} == {"charter", "treaty"}


def test_a_scenario_is_valid_whether_or_not_its_answers_agree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert not faults("try", said("try", SCENARIO))
    page = tmp_path / "wrong.md"
    head = "| question | on | known | answer | because |\n|---|---|---|---|---|\n"
    page.write_text(
        f"{head}| chairman | 2023-02-01 | 2027-01-01 | certain KAZ | presumed; no such |\n", "utf-8"
    )
    told = said("try", str(page), "--org", "csto")
    assert [case["agrees"] for case in told["cases"]] == [False]
    assert not faults("try", told)


# -- and nothing else is valid

Path_ = tuple[str | int, ...]


def places(value: Any, path: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    """Every value inside a value, with the path to it; itself first."""
    yield path, value
    for key, inside in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        yield from places(inside, (*path, key))


def first_of_each_kind(value: Any) -> list[tuple[Path_, Any]]:
    """The first value at each path, when all rows of a list are taken as one."""
    found: dict[tuple[Path_, type], tuple[Path_, Any]] = {}
    for path, inside in places(value):
        kind = tuple("*" if isinstance(part, int) else part for part in path)
        found.setdefault((kind, type(inside)), (path, inside))
    return list(found.values())


SHORT = 4


def thinned(value: Any) -> Any:
    """The same with no more rows of a list than show every kind of value there is: a long output takes minutes."""
    kept = {path[:end] for path, _ in first_of_each_kind(value) for end in range(len(path) + 1)}

    def thin(value: Any, path: Path_) -> Any:
        if isinstance(value, dict):
            return {key: thin(inside, (*path, key)) for key, inside in value.items()}
        if isinstance(value, list):
            short = len(value) <= SHORT  # pairs of alternatives and the like stay whole
            return [
                thin(row, (*path, at))
                for at, row in enumerate(value)
                if short or at == 0 or (*path, at) in kept
            ]
        return value

    return thin(value, ())


def changed(value: Any, path: Path_, change: Callable[[Any], Any]) -> Any:
    """A copy in which the value at `path` is another."""
    copy = deepcopy(value)
    if not path:
        return change(copy)
    at = copy
    for part in path[:-1]:
        at = at[part]
    at[path[-1]] = change(at[path[-1]])
    return copy


OUTPUTS = {
    "an office in doubt": ("who", "csto", "chairman", "--on", "2022-12-01"),
    "an office settled": ("who", "csto", "chairman", "--on", "2024-06-01"),
    "an organ in doubt": ("who", "csto", "council", "--on", "2005-04-01"),
    "a party": ("who", "csto", "ARM", "--on", "2022-12-01"),
    "a timeline": ("timeline", "csto", "secretary-general"),
    "an overview": ("show", "csto", "--on", "2022-11-23"),
    "findings": ("check", "csto"),
    "sessions": ("sessions", "csto"),
    "a session": ("session", "csto", "2022-11-23"),
    "a session online": ("session", "csto", "2021-08-23"),
    "statements": ("statements", "csto"),
    "a request answered": ("case", "csto", "kaz-2022"),
    "a request left open": ("case", "csto", "arm-2022"),
    "duties alleged": ("duties", "csto", "--on", "2022-11-23", "--case", "arm-2022"),
    "duties in doubt": ("duties", "csto", "--on", "2022-01-05", "--case", "kaz-2022"),
    "bodies": ("bodies", "csto", "--on", "2005-06-01"),
    "what sources say": ("says", "csto", "chair 2022-12-01"),
    "a source": ("sources", "csto", "cntd"),
    "a period": ("between", "csto", "2020-12-02", "2021-09-16"),
    "ballots": (
        "decide",
        "un-security-council",
        "council",
        "--matter",
        "substantive",
        "--on",
        "2022-09-30",
        "RUS=no",
        "others=yes",
    ),
    "a decision with a member apart": (
        "decide",
        "csto",
        "council",
        "--on",
        "2024-11-28",
        "ARM=absent",
        "others=yes",
    ),
    "decisions on record": ("decisions", "csto"),
    "organisations": ("orgs",),
    "a scenario": ("try", str(ROOT / SCENARIO)),
    "power": ("power", "un-security-council", "--on", "2022-09-30"),
    "power drawn": ("power", "un-security-council", "--on", "2022-09-30", "--sampled", "100"),
    "another rule": ("whatif", "un-security-council", "--rule", "no-veto", "--votes", VOTES),
    "ready rules": ("whatif", "un-security-council", "--rules"),
}


@pytest.fixture(params=list(OUTPUTS.values()), ids=list(OUTPUTS))
def output(request: pytest.FixtureRequest) -> tuple[str, Any]:
    told = said(*request.param)
    assert not faults(request.param[0], told)
    assert not faults(request.param[0], thinned(told))
    return request.param[0], thinned(told)


def test_an_output_with_a_key_removed_renamed_or_added_is_not_valid(output: tuple[str, Any]) -> None:
    name, told = output
    rows = [(path, value) for path, value in first_of_each_kind(told) if isinstance(value, dict)]
    assert rows
    for path, row in rows:

        def refused(change: Callable[[Any], Any], what: str, path: Path_ = path) -> None:
            assert faults(name, changed(told, path, change)), f"{what} at {path}"

        refused(lambda r: {**r, "extra": None}, "an extra key")
        for key in row:
            refused(lambda r, k=key: {n: v for n, v in r.items() if n != k}, f"no {key}")  # type: ignore[misc]
            refused(
                lambda r, k=key: {f"{n}s" if n == k else n: v for n, v in r.items()},  # type: ignore[misc]
                f"{key} renamed",
            )


def test_an_output_with_a_value_of_another_type_is_not_valid(output: tuple[str, Any]) -> None:
    name, told = output
    for path, value in first_of_each_kind(told):
        other = "a word" if isinstance(value, dict | list | bool | int) else {}
        assert faults(name, changed(told, path, lambda _, other=other: other)), path  # type: ignore[misc]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("on", "2022-12-32"),
        ("on", "1 December 2022"),
        ("known", "2022-12"),
        ("status", "sure"),
        ("status", "certain"),  # a certain answer has one holder and no alternatives
        ("status", "vacant"),
        ("possible", []),
        ("holders", [{"state": "ARM", "person": "Nikol Pashinyan", "as": "head-of-state"}]),
        ("attribution", "hearsay"),
        ("reason", None),
    ],
)
def test_an_answer_in_doubt_is_not_valid_with_a_value_that_does_not_fit(key: str, value: Any) -> None:
    answer = said("who", "csto", "chairman", "--on", "2022-12-01")
    assert not faults("who", answer)
    assert faults("who", answer | {key: value})


@pytest.mark.parametrize("state", ["AM", "Armenia", "arm"])
def test_a_state_is_not_valid_by_any_other_name_than_its_code(state: str) -> None:
    answer = said("who", "csto", "chairman", "--on", "2024-06-01")
    assert not faults("who", answer)
    answer["holders"][0]["state"] = state
    assert faults("who", answer)


def test_a_finding_is_not_valid_with_a_severity_that_is_not_its_shapes() -> None:
    told = said("check", "csto")
    assert not faults("check", told)
    told["findings"][0]["severity"] = "error"
    assert told["findings"][0]["shape"] != "error"
    assert faults("check", told)


# -- the page about it

PAGE = ROOT / "docs" / "json.md"


def sections() -> dict[str, str]:
    """The sections of the page, by their headings; those before the first under none."""
    parts = re.split(r"(?m)^## (.+)$", PAGE.read_text("utf-8"))
    return {"": parts[0], **dict(zip(parts[1::2], parts[2::2], strict=True))}


def blocks(text: str, info: str) -> list[str]:
    return re.findall(rf"(?ms)^```{info}\n(.*?)^```$", text)


def is_shortened(example: Any, told: Any) -> bool:
    """Whether rows of lists were left out of what was told, and nothing else; hashes and dates of the record aside."""
    if isinstance(example, dict):
        kept = example.keys() - {"basis", "bases", "known"}
        same = isinstance(told, dict) and list(example) == list(told)
        return same and all(is_shortened(example[key], told[key]) for key in kept)
    if isinstance(example, list):
        if not isinstance(told, list):
            return False
        left = iter(told)
        return all(any(is_shortened(row, other) for other in left) for row in example)
    return bool(example == told)


def test_the_page_has_a_section_for_every_schema() -> None:
    assert [heading for heading in sections() if heading] == list(NAMES)


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("name", NAMES)
def test_the_example_on_the_page_is_valid_and_is_what_its_command_prints_but_shortened(name: str) -> None:
    commands = [line for block in blocks(sections()[name], "console") for line in block.splitlines()]
    (example,) = (json.loads(block) for block in blocks(sections()[name], "json"))
    assert all(c.startswith(f"$ foedus {name} ") and c.endswith(" --json") for c in commands)
    printed = [said(*shlex.split(command)[2:-1]) for command in commands]
    assert not [fault for told in printed for fault in faults(name, told)]
    assert not faults(name, example)
    assert is_shortened(example, printed[0])


def test_the_way_to_validate_that_the_page_shows_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (code,) = blocks(sections()[""], "python")
    made: dict[str, Any] = {}
    exec(code, made)
    assert made["answer"]["status"] == "uncertain"


def test_the_page_names_every_word_that_an_answer_may_use() -> None:
    text = PAGE.read_text("utf-8")
    for words in (STATUSES, get_args(Authority), get_args(How), STANDINGS, SEVERITY, SEVERITY.values()):
        assert not [word for word in words if f"`{word}`" not in text]
