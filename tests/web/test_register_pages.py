"""Pages of the register: who signed what, what is lacking, evidence of a fork, each entry and its proof."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from foedus.cli import main
from foedus.register.log import policies
from foedus.register.sqlite import SqliteRegister
from foedus.web import application
from foedus.web.figures.cosigned import Chart, Dot, drawings
from tests.web.conftest import Page

Get = Callable[[str], Page]
SEALED, REDACTED, POLICY, REDACTION, LAST = 9, 10, 11, 13, 15  # entries of the register of `signed`


@pytest.fixture
def own(league: Path) -> SqliteRegister:
    """The register that the small league is served from."""
    return SqliteRegister(str(league), "tiny")


def test_the_register_says_how_long_it_is_and_how_far_it_is_signed(get: Get) -> None:
    words = get("/tiny/register/").words
    assert "16 entries, recorded from 1 January 2025 to 23 November 2026." in words
    assert "The newest checkpoint is over the first 15; the one since is unsigned." in words


def test_it_says_what_the_newest_checkpoint_lacks_and_which_is_the_last_that_counts(get: Get) -> None:
    words = get("/tiny/register/").words
    assert (
        "It does not count as the council’s yet. Lacking: BLR. The newest that does has 13 entries." in words
    )
    assert "Policy demands ARM, BLR on record since entry 11" in words


def test_it_says_who_cosigned_and_when(get: Get) -> None:
    words = get("/tiny/register/").words
    assert "Cosigned ARM 23 Nov 2026, 13:01 UTC" in words
    assert "13 counts ARM 22 Nov 2026, 13:01 UTC BLR 22 Nov 2026, 14:02 UTC" in words
    assert "11 no policy then nobody" in words


def test_the_figure_says_each_of_its_marks_in_words(get: Get) -> None:
    titles = re.findall(r"<title>([^<]+)</title>", get("/tiny/register/").text)
    assert "ARM cosigned 15 entries, 23 Nov 2026, 13:01 UTC" in titles
    assert "BLR has not cosigned 15 entries yet" in titles
    assert "13 entries count as the council’s" in titles
    assert not any("11 entries" in title and "ARM" in title for title in titles)


def test_evidence_of_another_history_is_an_alarm(get: Get, own: SqliteRegister) -> None:
    page = get("/tiny/register/")
    assert "Two histories were signed" in page.words
    assert "9 entries, root" in page.words
    assert own.papers("fork")[0].text.splitlines()[-1].partition(" ")[2][:60] in page.text
    assert "Two histories" not in get("/csto/register/").text


def test_a_register_that_nobody_signed_says_so_and_what_to_do(get: Get) -> None:
    words = get("/csto/register/").words
    assert "Nothing of it is signed yet." in words
    assert "foedus log key log --name example.org/csto foedus log checkpoint DATABASE" in words
    assert "Check it yourself" not in words


def test_it_says_how_to_check_it_with_the_address_it_was_asked_at(get: Get) -> None:
    words = get("/tiny/register/").words
    assert "foedus log witness http://testserver/tiny/log --as ME --key log.pub > cosigned" in words
    assert "foedus log verify cosigned --policy policy.txt" in words


def test_it_lists_the_last_entries_and_leads_to_each(get: Get) -> None:
    page = get("/tiny/register/?on=2026-11-23")
    assert "no. 15 The act “last-told”, statement" in page.words
    assert "no. 10 An act under seal, redacted by entry 13" in page.words
    assert "/tiny/register/15/?on=2026-11-23" in page.links


def test_as_of_a_checkpoint_the_register_is_as_it_was_then(get: Get) -> None:
    words = get("/tiny/register/?known=13%40").words
    assert "13 entries, recorded from" in words
    assert "It counts as the council’s." in words
    assert get("/tiny/register/14/?known=13%40").status == 404


def test_an_entry_is_shown_as_its_bytes_say(get: Get, own: SqliteRegister) -> None:
    page = get("/tiny/register/3/")
    shown = re.search(r'<pre class="rule laid">(.*?)</pre>', page.text, re.DOTALL)
    assert shown is not None
    said = json.loads(shown[1].replace("&quot;", '"'))
    assert said == json.loads(next(own.read(3, 4)))
    assert said["act"]["id"] == "arm"
    assert "/tiny/record/#arm" in page.links


def test_an_entry_leads_to_those_before_and_after_it(get: Get) -> None:
    assert {"/tiny/register/2/", "/tiny/register/4/"} <= set(get("/tiny/register/3/").links)
    assert "the first" in get("/tiny/register/0/").words
    assert "the last so far" in get(f"/tiny/register/{LAST}/").words


def test_of_a_sealed_act_nothing_is_shown_but_that_it_is_there(get: Get) -> None:
    page = get(f"/tiny/register/{SEALED}/")
    assert "Withheld: it is restricted." in page.words
    assert "a thing for few" not in page.text
    assert "seal/kept" not in page.text
    assert "foedus log verify proof" in page.words


def test_a_redacted_act_says_by_whom_and_why(get: Get) -> None:
    page = get(f"/tiny/register/{REDACTED}/")
    assert "Redacted by the Council on 2026-11-23: it was told in error." in page.words
    assert f"/tiny/register/{REDACTION}/" in page.links
    assert f"/tiny/register/{REDACTED}/" in get(f"/tiny/register/{REDACTION}/").links


def test_no_sealed_act_is_named_anywhere_in_the_register(get: Get) -> None:
    pages = [get("/tiny/register/"), *(get(f"/tiny/register/{at}/") for at in range(16))]
    assert not [page.address for page in pages if "seal/" in page.text or "a thing for" in page.text]


def test_a_policy_is_shown_with_its_text(get: Get) -> None:
    page = get(f"/tiny/register/{POLICY}/")
    assert "A policy: whose cosignatures make a checkpoint the council’s." in page.words
    assert "It demands ARM, BLR." in page.words
    assert "group members all ARM BLR" in page.words


def test_a_laxer_policy_is_said_to_be_laxer_where_everybody_sees_it(
    get: Get, tmp_path: Path, league: Path
) -> None:
    database = tmp_path / "laxer.db"
    shutil.copy(league, database)
    with SqliteRegister(str(database), "tiny") as register:
        before = policies.current(register).text
        policies.put(register, before.replace("members all", "members any"))
    application([str(database)])
    try:
        words = get("/tiny/register/16/").words
        assert "It demands 1 of (ARM, BLR). It stands in place of one that demanded ARM, BLR." in words
        assert "That is less than before: it demands 1 where 2 were demanded." in words
        register_page = get("/tiny/register/").words
        assert (
            "A policy put on record since, as entry 16, holds from the next checkpoint on." in register_page
        )
    finally:
        application(["csto", "un-security-council", str(league)])


def test_the_proof_of_an_entry_is_checked_without_the_register(
    get: Get, league: Path, tmp_path: Path
) -> None:
    page = get("/tiny/register/3/proof")
    assert page.headers["Content-Type"] == "text/plain; charset=utf-8"
    (tmp_path / "proof").write_text(page.text)
    own = league.parent / "keys" / "log.pub"
    done = CliRunner().invoke(main, ["log", "verify", str(tmp_path / "proof"), "--key", str(own)])
    assert done.exit_code == 0, done.output
    assert "Entry 3 is in the log: the act “arm”, membership." in done.output
    assert page.text.splitlines()[0] in get("/tiny/register/3/").text


def test_what_came_after_the_newest_checkpoint_has_no_proof_yet(get: Get) -> None:
    assert (
        "The newest checkpoint has 15 entries and does not have this one yet."
        in get(f"/tiny/register/{LAST}/").words
    )
    assert get(f"/tiny/register/{LAST}/proof").status == 400
    assert "Nothing of this register is signed yet" in get("/csto/register/0/").words
    assert get("/csto/register/0/proof").status == 404


@pytest.mark.parametrize("index", ["16", "-1", "x", "٣", "9" * 30])
def test_an_entry_that_is_not_there_is_not_found(get: Get, index: str) -> None:
    page = get(f"/tiny/register/{index}/")
    assert page.status == 404
    assert "There are 16, from 0 on." in page.words


def test_the_record_leads_to_the_register_entry_by_entry(get: Get) -> None:
    assert {"/tiny/register/3/", "/tiny/register/15/"} <= set(get("/tiny/record/").links)
    assert "/tiny/register/15/" in get("/tiny/state/ARM/").links


def test_no_name_however_long_and_no_number_of_checkpoints_leaves_the_figure() -> None:
    rows = tuple((name * 30, tuple(Dot("held", "signed") for _ in range(12))) for name in ("one ", "two "))
    for each in drawings(Chart(tuple(range(10**6, 10**6 + 12)), rows, (Dot("held"),) * 12, 7)):
        xs = [float(x) for path in each.paths for x in re.findall(r"M([\d.]+) ", path.d)]
        assert min(xs) >= 0
        assert max(xs) <= each.width
        assert all(0 <= float(label.x) <= each.width for label in each.labels)
