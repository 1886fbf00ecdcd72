"""What the guides say is so: every verb, kind, key and finding code is documented, and every example is valid."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from tools.published import GUIDES, HOW, SCHEMAS, meanings_in, missing, renewed
from tools.schemas import schemas, tables_of, written

from foedus.charter.kinds import HEADS, RULES
from foedus.charter.kinds import MODELS as RULE_KINDS
from foedus.cli import main
from foedus.engine.findings import CODES, SEVERITY
from foedus.record.acts import MODELS as ACT_KINDS
from foedus.terms.attribution import CHANNELS
from foedus.written import Kinds, read_yaml, validate
from tests.conftest import ROOT

CHARTER, RECORD = GUIDES
FINDINGS = ROOT / "docs" / "finding-codes.md"
PAGES = {path: path.read_text("utf-8") for path in GUIDES}
ALL_PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
HEADING = re.compile(r"^#{1,4} (.+)$", re.MULTILINE)


def headings(page: Path) -> list[str]:
    return HEADING.findall(re.sub(r"(?ms)^(`{3,})\w.*?^\1$", "", page.read_text("utf-8")))


def undocumented(
    verbs: Iterable[str], rules: Iterable[str], acts: Iterable[str], codes: Iterable[str]
) -> list[str]:
    """What of these no page tells a reader about, and which page should."""
    readme = (ROOT / "README.md").read_text("utf-8")
    listed = set(re.findall(r"^\| `foedus ([a-z]+)", readme, re.MULTILINE))
    return [
        *(f"foedus {verb}: README.md, table of commands" for verb in verbs if verb not in listed),
        *(f"rule {kind}: {CHARTER.name}, a section" for kind in rules if kind not in headings(CHARTER)),
        *(f"act {kind}: {RECORD.name}, a section" for kind in acts if kind not in headings(RECORD)),
        *(f"code {code}: {FINDINGS.name}, a section" for code in codes if code not in headings(FINDINGS)),
    ]


def test_every_verb_rule_kind_act_kind_and_finding_code_is_documented() -> None:
    assert undocumented(main.commands, RULE_KINDS, ACT_KINDS, CODES) == []


def test_one_that_is_added_without_a_word_about_it_is_noticed() -> None:
    added = undocumented(["depose"], ["tribute"], ["coronation"], ["crown-missing"])
    assert [line.split(":")[0] for line in added] == [
        "foedus depose", "rule tribute", "act coronation", "code crown-missing",
    ]  # fmt: skip


def test_every_kind_and_every_part_has_its_table_of_keys_and_every_key_its_meaning() -> None:
    assert missing(PAGES) == []


def test_a_table_that_is_left_out_and_a_key_without_a_meaning_are_noticed() -> None:
    name, _ = next(iter(tables_of().items()))
    text = PAGES[CHARTER]
    gone = text.replace(f"<!-- keys: {name} -->", "")
    assert missing({**PAGES, CHARTER: gone}) == [f"No guide has the table “<!-- keys: {name} -->”."]
    (table,) = re.findall(rf"<!-- keys: {name} -->\n\n(?:\|.*\n)*", text)
    emptied = text.replace(table, re.sub(r"(\| `id` .*) \| [^|]* \|$", r"\1 |  |", table, flags=re.MULTILINE))
    assert missing({**PAGES, CHARTER: emptied}) == [f"The table “{name}” does not say what `id` means."]


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.name)
def test_the_tables_of_keys_are_what_the_models_say(page: Path) -> None:
    assert renewed(PAGES[page], meanings_in(PAGES)) == PAGES[page], HOW


@pytest.mark.parametrize("name", list(schemas({})))
def test_the_schemas_are_what_the_models_and_the_guides_say(name: str) -> None:
    made = written(schemas(meanings_in(PAGES))[name])
    assert (SCHEMAS / f"{name}.json").read_text("utf-8") == made, HOW


def blocks(page: Path) -> list[tuple[str, str]]:
    """(info, text) of every block of a page."""
    tokens = MarkdownIt("commonmark").parse(page.read_text("utf-8"))
    return [(token.info.strip(), token.content) for token in tokens if token.type == "fence"]


@pytest.mark.parametrize(("info", "kinds"), [("rule", RULES), ("instrument", HEADS)])
def test_a_rule_or_a_head_that_is_shown_apart_is_valid(info: str, kinds: Kinds[Any]) -> None:
    shown = [text for found, text in blocks(CHARTER) if found == info]
    assert shown
    for text in shown:
        block = read_yaml(text, info)
        assert validate(kinds, block, block.data) is not None, block.problems


def added(page: Path) -> str:
    """All that a guide has its reader add to the folder."""
    return "".join(text for info, text in blocks(page) if " " in info)


@pytest.mark.parametrize("kind", RULE_KINDS)
def test_the_reader_of_the_guide_to_charters_writes_a_rule_of_each_kind(kind: str) -> None:
    assert re.search(rf"(?m)^kind: {kind}$", added(CHARTER))


@pytest.mark.parametrize("kind", ACT_KINDS)
def test_the_reader_of_the_guide_to_records_writes_an_act_of_each_kind(kind: str) -> None:
    assert re.search(rf"(?m)^    kind: {kind}$", added(RECORD))


def test_the_guide_to_records_names_every_channel_strongest_first() -> None:
    shown = ", ".join(f"`{channel}`" for channel in CHANNELS)
    assert shown in PAGES[RECORD]


def anchor(heading: str) -> str:
    """The place on a page that a heading makes, as GitHub names it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", ALL_PAGES, ids=lambda page: page.name)
def test_links_to_places_on_a_page_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]*#[^)\s]+)\)", page.read_text("utf-8")):
        file, _, place = target.partition("#")
        there = page if not file else (page.parent / file).resolve()
        assert place in {anchor(heading) for heading in headings(there)}, target


# -- finding codes


def sections() -> dict[str, str]:
    parts = re.split(r"(?m)^## ([a-z-]+)$", FINDINGS.read_text("utf-8"))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_the_page_of_finding_codes_has_no_code_that_the_audit_does_not_know() -> None:
    assert set(sections()) == set(CODES)


def test_the_page_of_finding_codes_gives_each_shape_its_severity() -> None:
    rows = re.findall(r"(?m)^\| `([a-z]+)` \| .* \| ([a-z]+) \|$", FINDINGS.read_text("utf-8"))
    assert dict(rows) == SEVERITY


@pytest.mark.parametrize("code", CODES)
def test_a_finding_code_has_shape_severity_when_it_fires_and_when_it_nearly_does(code: str) -> None:
    row = re.search(
        rf"(?m)^\| \[`{code}`\]\(#{code}\) \| `([a-z]+)` \| ([a-z]+) \|$", FINDINGS.read_text("utf-8")
    )
    assert row is not None
    shape, severity = row.groups()
    section = sections()[code]
    # the example is run by tests/test_docs.py, so what it shows is what is printed
    assert re.search(rf"(?m)^{severity} {code}: (?:.|\n)*?\b{shape}, \d+ times?$", section)
    assert section.index("**Fires**") < section.index("**Does not fire**") < section.index("**What to do.**")
