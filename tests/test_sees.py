"""`--sees`: every verb that asks an organisation tells each what they may see, and says what it was asked without."""

from __future__ import annotations

import pytest

from foedus.cli import main
from foedus.record.seen import LADDER
from tests import sealed
from tests.sealed import NUMBERS, WORDS
from tests.verbs import run

DAY = ("--on", "2014-06-15")
# ORG stands for the league's folder
VERBS = {
    "who": ("who", "ORG", "secretary", *DAY, "--why"),
    "timeline": ("timeline", "ORG", "secretary"),
    "show": ("show", "ORG", *DAY),
    "diff": ("diff", "ORG", "--known", "2020-01-01", "2026-01-01"),
    "charter": ("charter", "ORG", *DAY),
    "check": ("check", "ORG"),
    "sessions": ("sessions", "ORG"),
    "session": ("session", "ORG", "Ashgrove/session"),
    "statements": ("statements", "ORG"),
    "case": ("case", "ORG"),
    "duties": ("duties", "ORG", *DAY, "--all", "--why"),
    "bodies": ("bodies", "ORG", *DAY),
    "says": ("says", "ORG", "secretary 2014-06-15"),
    "sources": ("sources", "ORG", "page"),
    "between": ("between", "ORG", "2010-01-01", "2019-01-01"),
    "decide": ("decide", "ORG", "council", *DAY, "ARM=yes", "others=yes"),
    "decisions": ("decisions", "ORG"),
    "power": ("power", "ORG", "council", *DAY),
    "whatif": ("whatif", "ORG", "council", "--rule", "majority"),
    "readings": ("readings", "ORG"),
    "try": ("try", "SCENARIO", "--org", "ORG"),
}
SCENARIO = """\
| question | on | answer |
|---|---|---|
| secretary | 2014-06-15 | certain |
| chairman | 2015-01-01 | certain |
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The league's folder, and a page of questions to it, by the words that stand for them."""
    where = tmp_path_factory.mktemp("desk")
    (where / "scenario.md").write_text(SCENARIO, "utf-8")
    league = sealed.league_folder(where / "league")
    return {"ORG": str(league), "SCENARIO": str(where / "scenario.md")}


@pytest.mark.parametrize("form", [(), ("--json",)], ids=["in words", "as JSON"])
@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_tells_each_what_they_may_see_and_nothing_above(
    desk: dict[str, str], verb: str, form: tuple[str, ...]
) -> None:
    for clearance in LADDER:
        told = _told(desk, verb, "--sees", clearance, *form).lower()
        above = [WORDS[c] for c in LADDER if NUMBERS[c] > NUMBERS[clearance]]
        assert not [word for word in above if word.lower() in told], clearance


@pytest.mark.parametrize("verb", VERBS)
def test_who_says_nothing_of_a_clearance_sees_what_is_public(desk: dict[str, str], verb: str) -> None:
    assert _told(desk, verb) == _told(desk, verb, "--sees", "public")


@pytest.mark.parametrize("verb", sorted(VERBS.keys() - {"charter", "try"}))
def test_an_answer_ends_by_saying_how_much_it_was_computed_without(desk: dict[str, str], verb: str) -> None:
    for clearance, above in zip(LADDER, (3, 2, 1, 0), strict=True):
        number = above * len(sealed.acts("secret"))
        said = (
            f"{number} entries are under seal for whoever asks here; with them the answer might be another."
        )
        last = _told(desk, verb, "--sees", clearance).splitlines()[-1]
        assert (last == said) == bool(above)


def test_a_session_that_is_withheld_is_not_there_and_its_name_is_not_given_away(desk: dict[str, str]) -> None:
    found = run("session", desk["ORG"], "damsonby/sessio")
    assert found.exit_code == 2
    assert "Damsonby/session" not in found.stderr
    assert "Damsonby/session" in run("session", desk["ORG"], "damsonby/sessio", "--sees", "secret").stderr


def test_what_is_refused_is_refused_and_nothing_else_is_said(desk: dict[str, str]) -> None:
    found = run("whatif", desk["ORG"], "council", "--rule", "no rule at all")
    assert (found.exit_code, found.stdout) == (2, "")


def test_every_verb_that_asks_an_organisation_is_tried() -> None:
    asking = {n for n, c in main.commands.items() if any("--sees" in p.opts for p in c.params)}
    assert asking == VERBS.keys()


def _told(desk: dict[str, str], verb: str, *more: str) -> str:
    words = [desk.get(word, word) for word in (*VERBS[verb], *more)]
    result = run(*words)
    assert result.exit_code in {0, 1}, result.output
    return str(result.stdout)
