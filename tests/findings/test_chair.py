"""An office whose terms sessions open: no default, a hand-over to no member, the default displaced."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.findings.league import SEEN, audited, instance


def handed(to: str, authority: str = "presumed", by: str = "s2003", day: str = "2003-05-01") -> str:
    return (
        f"id: handed, kind: designation, office: chairman, opened by: {by}, to: {to}, effective: {day}, "
        f"authority: {authority}, {SEEN}"
    )


@pytest.mark.parametrize("authority", ["presumed", "inferred"])
def test_the_host_passed_over_with_no_decision_on_file(authority: str, tmp_path: Path) -> None:
    told = instance(audited(tmp_path, handed("KAZ", authority)), "default-displaced")
    assert (told.on, told.entries) == (date(2003, 5, 1), ("handed", "s2003"))
    assert f"hosted by Belarus; the hand-over on record is to Kazakhstan ({authority})" in told.says


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param(handed("KAZ", "decided"), id="it was decided"),
        pytest.param(handed("BLR", day="2003-08-01"), id="the host has it, late"),
    ],
)
def test_the_default_is_not_displaced_where(entry: str, tmp_path: Path) -> None:
    assert not audited(tmp_path, entry)


ONLINE = f"id: s2004, kind: session, organ: council, type: regular, on: 2004-05-01, held: online, {SEEN}"
ABROAD = ONLINE.replace("held: online", "host: GEO")


@pytest.mark.parametrize("session", [pytest.param(ONLINE, id="online"), pytest.param(ABROAD, id="abroad")])
def test_a_term_that_opened_without_a_host_among_the_members(session: str, tmp_path: Path) -> None:
    told = instance(audited(tmp_path, session), "no-default")
    assert (told.on, told.entries) == (date(2004, 5, 1), ("s2004",))
    assert told.says.endswith("no hand-over is on record.")


def test_a_term_without_a_default_names_the_hand_over_that_is_presumed(tmp_path: Path) -> None:
    passed = handed("KAZ", by="s2004", day="2004-05-01")
    told = instance(audited(tmp_path, ONLINE, passed), "no-default")
    assert (told.entries, "is to Kazakhstan (presumed)" in told.says) == (("s2004", "handed"), True)


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param(
            (ONLINE, handed("KAZ", "decided", "s2004", "2004-05-01")), id="a decision says who has it"
        ),
        pytest.param((ONLINE.replace("regular", "informal"),), id="it opens no term"),
        pytest.param((ONLINE.replace("held: online, ", ""),), id="its host is only not recorded"),
        pytest.param((ONLINE.replace("2004-05-01", "2000-12-01"),), id="no rule was in force"),
    ],
)
def test_a_session_without_a_territory_is_no_finding_where(entries: tuple[str, ...], tmp_path: Path) -> None:
    assert not audited(tmp_path, *entries)


def test_an_office_handed_to_a_state_that_is_no_member(tmp_path: Path) -> None:
    found = audited(tmp_path, handed("GEO", "decided"))
    told = instance(found, "handed-to-no-member")
    assert (told.on, told.entries, found["handed-to-no-member"].severity) == (
        date(2003, 5, 1), ("handed",), "warning",
    )  # fmt: skip


def test_a_hand_over_to_a_state_that_may_have_been_a_member_is_no_finding(tmp_path: Path) -> None:
    member = f"id: geo, kind: membership, party: GEO, of: organisation, from: {{between: 2003-01-01/2004-01-01}}, {SEEN}"
    assert not audited(tmp_path, member, handed("GEO", "decided"))
