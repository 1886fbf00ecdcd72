"""Acts around the CSTO's sessions against the data they were compiled from: what states did about their membership,
bodies, the budget, what was said, Yerevan 2022, law at home, sessions and observers to come.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from foedus.record.acts import (
    Affiliation,
    Announced,
    Body,
    BudgetScale,
    NationalLaw,
    TreatyAction,
)
from tests.csto_data import Data, csto, entry, of_kind, read, sources, span, spanned, told

pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def data() -> Data:
    return read("csto-record.yaml")


# --- what states did about their membership -------------------------------------------------------------------------

TREATY = {
    "signed": "signature",
    "acceded": "accession",
    "signed_prolongation": "signature",
    "did_not_sign_prolongation": "no signature",
}
UZBEKISTAN = {
    "stepped_back": "stepping back",
    "return_announced": "announcement",
    "signed": "signature",
    "lower_house_approved": "approval",
    "senate_approved": "approval",
    "ratification_law_signed": "ratification",
    "ratified_a_restoring_document": "ratification",
    "note_of_suspension_sent": "notice",
    "council_suspended_on_request": "suspension",
}


def test_every_act_on_the_treaty_is_there(data: Data) -> None:
    theirs = [(TREATY[a["act"]], set(a["states"]), span(a)) for a in data["membership"]["treaty_acts"]]
    ours = [
        (t.action, set(t.states), spanned(t.when))
        for t in of_kind(TreatyAction)
        if t.of == "treaty" and t.action in TREATY.values()
    ]
    assert sorted(map(str, map(flat, ours))) == sorted(map(str, map(flat, theirs)))


def flat(row: tuple[str, set[str], Any]) -> tuple[str, list[str], Any]:
    return row[0], sorted(row[1]), row[2]


def test_the_other_account_of_the_day_georgia_acceded_stands_beside_the_first(data: Data) -> None:
    (georgia,) = (a for a in data["membership"]["treaty_acts"] if a["states"] == ["GEO"])
    days = {e.source: spanned(e.points_to) for e in entry("GEO/treaty/1993-12-09/accession").evidence}
    for account in georgia["other_accounts"]:
        for source in account["sources"]:
            assert days[source] == span(account)
    for source in georgia["sources"]:
        assert days[source] == span(georgia)


def test_every_act_of_uzbekistan_is_there(data: Data) -> None:
    acts = data["membership"]["uzbekistan"]["acts"]
    ours = [t for t in of_kind(TreatyAction) if t.states == ("UZB",)]
    assert [(t.action, spanned(t.when), t.place) for t in ours] == [
        (UZBEKISTAN[a["act"]], span(a), a.get("where", "")) for a in acts
    ]
    for act, t in zip(acts, ours, strict=True):
        assert set(act["sources"]) <= sources(t.id), t.id


ACCOUNTS_OF_UZBEKISTAN = [
    "2006-06-23/karimov-never-denounced",
    "2006-06-23/uzbekistan-full-member",
    "2012-11-12/uzbekistan-full-participant",
    "2012-12-19/no-leaving-by-one-side",
    "2012-12-19/lukashenko-suspended",
    "2012-12-19/six-members",
]


def test_the_accounts_of_uzbekistans_standing_stand_side_by_side_each_about_a_membership(data: Data) -> None:
    accounts = data["membership"]["uzbekistan"]["accounts"]
    for account, name in zip(accounts, ACCOUNTS_OF_UZBEKISTAN, strict=True):
        assert told(name, account["attribution"], account["sources"]), name
        about = [entry(mentioned) for mentioned in entry(name).about]
        assert {m.of for m in about if m.kind == "membership"} == {account["of"]}, name


def test_what_was_looked_for_and_not_found_is_told(data: Data) -> None:
    assert len(data["membership"]["uzbekistan"]["not_found"]) == 3
    (why,) = (line.why for line in csto().record.about.coverage if line.kind == "treaty-action")
    for what in ("deposit", "text of the decision", "notice of six months"):
        assert what in " ".join(why.split())


ARMENIA = {
    "freeze_announced_by_prime_minister": "ARM/2024-02-22/freeze",
    "secretariat_says_no_notice_received": "2024-02-23/no-notice-received",
    "declined_to_join_budget_decision_of_2023-11-23_and_to_pay": "budget/2024-05/armenia-declines",
    "called_full_member_by_a_russian_official": "2025-12-11/armenia-full-member",
}


def test_every_act_on_armenias_standing_is_there(data: Data) -> None:
    for act in data["membership"]["armenia"]["acts"]:
        name = ARMENIA[act["act"]]
        assert spanned(entry(name).dated) == span(act), name
        assert set(act["sources"]) <= sources(name), name


def test_every_observer_of_the_assembly_is_there(data: Data) -> None:
    observers = of_kind(Affiliation)
    assert {a.of for a in observers} == {"parliamentary-assembly"}
    assert {spanned(a.from_) for a in observers} == {
        span(r) for r in data["membership"]["assembly_observers"]
    }
    # Serbia's and Afghanistan's chambers are one row of the data
    assert sorted(a.who.state or a.who.org for a in observers) == [
        "AFG",
        "Parliamentary Assembly of the Union State",
        "SRB",
    ]


# --- bodies ---------------------------------------------------------------------------------------------------------

PARENTS = {
    None: "organisation",
    "Organisation": "organisation",
    "Collective Security Council": "council",
    "Council of Defence Ministers": "defence-ministers",
    "Council of Foreign Ministers": "foreign-ministers",
}


def test_every_body_is_there_and_says_how_long_it_is_for_only_where_a_page_does(data: Data) -> None:
    theirs = {b["name"]: (span(b["founded"]), PARENTS[b["parent"]], b["permanence"]) for b in data["bodies"]}
    ours = {
        b.name: (spanned(b.from_), b.of, b.permanence) for b in of_kind(Body) if b.status == "established"
    }
    assert ours == theirs
    names = {b.name: b.id for b in of_kind(Body)}
    for body in data["bodies"]:
        if body["confidence"] == "recalled":
            assert csto().record.strength(names[body["name"]]) == "recalled"
        else:
            assert set(body["sources"]) <= sources(names[body["name"]]), body["name"]


def test_the_working_group_on_armenias_border_was_offered_and_not_set_up() -> None:
    (offered,) = (b for b in of_kind(Body) if b.status == "offered")
    assert "arm-2022" in offered.about
    assert sources(offered.id) == {"seed"}


# --- budget ---------------------------------------------------------------------------------------------------------


def test_every_scale_is_there(data: Data) -> None:
    theirs = sorted((s["of"], span(s["observed"]), s["shares_percent"]) for s in data["budget"]["scale"])
    assert sorted((s.of, spanned(s.when), dict(s.shares)) for s in of_kind(BudgetScale)) == theirs


def test_every_act_and_statement_on_the_budget_is_there(data: Data) -> None:
    adopted, declined, said = data["budget"]["acts"]
    decision = entry("2023-11-23/minsk/budget-2024")
    assert (decision.outcome, decision.session[:10]) == ("adopted", adopted["on"])
    declining = entry("budget/2024-05/armenia-declines")
    assert (declining.how, declining.to, declining.state) == ("declined", decision.id, declined["state"])
    assert spanned(declining.when) == span(declined)
    assert spanned(entry("budget/2024-06/adjusted").dated) == span(said)
    (claim,) = data["budget"]["statements"]
    assert told("budget/2024-12-11/arrears", claim["attribution"], claim["sources"])
    for act, name in ((adopted, decision.id), (declined, declining.id), (said, "budget/2024-06/adjusted")):
        assert set(act["sources"]) <= sources(name), name


def test_that_no_day_was_found_on_which_a_share_falls_due_is_told(data: Data) -> None:
    assert data["budget"]["due_dates"]["found"] is False
    (why,) = (line.why for line in csto().record.about.coverage if line.kind == "budget-scale")
    assert "falls due no page" in " ".join(why.split())


# --- statements -----------------------------------------------------------------------------------------------------

STATEMENTS = {
    "ST-2009a": "2009-06-14/belarus-was-due",
    "ST-2009b": "2009-08-27/lukashenko-next-term",
    "ST-2009c": "2010/russia-still-chair",
    "ST-2016a": "2016-12-26/st-petersburg/informal-talks",
    "ST-2016b": "2016-12-26/st-petersburg/council-session",
    "ST-2016c": "2016-12-26/st-petersburg/no-quorum",
    "ST-2023": "2023-11-23/minsk/no-quorum",
    "ST-2023b": "2023-11-23/minsk/armenia-will-look",
}


def about_of(theirs: str) -> str:
    """The entry a statement of the data is about: H2009 a hand-over, S2016-12-26 a session."""
    if theirs.startswith("H"):
        (name,) = (h["opened_by"] for h in read("csto-record.yaml")["handovers"] if h["id"] == theirs)
        return f"{name}/handover"
    day = theirs.removeprefix("S")
    (name,) = (e.id for e in csto().record.entries if e.kind == "session" and e.id.startswith(day))
    return str(name)


def test_every_statement_is_there_with_its_speaker_its_mode_and_what_it_is_about(data: Data) -> None:
    for statement in data["statements"]:
        if statement["id"] == "ST-2024":  # the page quotes Russia's representative, which the data leaves out
            continue
        name = STATEMENTS[statement["id"]]
        assert about_of(statement["about"]) in entry(name).about, name
        assert told(name, statement["attribution"], statement["sources"]), name
        assert set(statement["sources"]) <= sources(name), name


def test_that_armenia_does_not_object_in_2024_is_told_by_russias_representative() -> None:
    said = entry("2024-11-28/astana/no-objection")
    assert (said.by.state, said.by.person) == ("RUS", "Viktor Vasilyev")
    assert {e.speaker for e in said.evidence} == {"Viktor Vasilyev"}
    assert "2024-11-28/astana" in said.about


# --- Yerevan 2022 ---------------------------------------------------------------------------------------------------

HERE = "2022-11-23/yerevan"
YEREVAN: dict[str, tuple[str, ...]] = {
    "Y01": (HERE,),
    "Y02": (f"{HERE}/chair",),
    "Y03": (f"{HERE}/joint-meeting",),
    "Y04": (f"{HERE}/restricted",),
    "Y05": (f"{HERE}/expanded",),
    "Y06": (f"{HERE}/attendance",),
    "Y07": (f"{HERE}/attendance-secretary-general",),
    "Y08": (f"{HERE}/security-and-results",),
    "Y09": (f"{HERE}/several-fields",),
    "Y10": (f"{HERE}/rahmon-border",),
    "Y11": (f"{HERE}/rahmon-border-silence",),
    "Y12": (f"{HERE}/rahmon-thanks",),
    "Y13": (f"{HERE}/rahmon-congratulates",),
    "Y14": (f"{HERE}/rahmon-on-zas",),
    "Y15": (f"{HERE}/rahmon-on-tasmagambetov",),
    "Y16": (f"{HERE}/documents",),
    "Y17": (f"{HERE}/pashinyan-no-protection",),
    "Y18": (f"{HERE}/pashinyan-no-deterrence",),
    "Y19": (f"{HERE}/pashinyan-no-decision",),
    "Y20": ("arm-2022",),
    "Y21": ("arm-2022/2022-09-13-no-haste",),
    "Y22": ("arm-2022/2022-09-16-mission",),
    "Y23": ("arm-2022/2022-09-13-offer", "body/armenia-border-group"),
    "Y24": (f"{HERE}/drafts",),
    "Y25": (f"{HERE}/secretary-general",),
    "Y26": (f"{HERE}/economic-commission",),
    "Y27": (f"{HERE}/declaration",),
    "Y28": (f"{HERE}/assistance-measures",),
    "Y29": ("2022-11-23/handover",),
    "Y30": (f"{HERE}/article-13",),
}


def chains(evidence: object) -> Iterable[Data]:
    return evidence if isinstance(evidence, list) else ()


def test_every_act_at_yerevan_is_there_with_every_chain_of_its_evidence(data: Data) -> None:
    acts = data["yerevan_2022"]["acts"]
    assert {a["id"] for a in acts} == set(YEREVAN)
    for act in acts:
        for chain in chains(act["evidence"]):
            for name in YEREVAN[act["id"]]:
                assert told(name, chain["attribution"], chain["sources"]), (act["id"], name, chain)


def test_the_people_the_counts_and_the_outcomes_of_yerevan_are_there(data: Data) -> None:
    acts = {a["id"]: a for a in data["yerevan_2022"]["acts"]}
    rows = [(p["state"], p["person"], p["office"]) for p in acts["Y06"]["persons"]]
    assert [(r.state, r.person, r.title) for r in entry(f"{HERE}/attendance").rows] == rows
    assert entry(f"{HERE}/documents").adopted is None
    drafts = entry(f"{HERE}/drafts")
    counts = [acts["Y24"][key] for key in ("tabled", "consensus", "sent_back")]
    assert [drafts.tabled, drafts.agreed, drafts.sent_back] == counts
    for act in acts.values():
        if act["act"] in {"adopted", "not_adopted"}:
            (name,) = YEREVAN[act["id"]]
            assert entry(name).outcome == act["act"].replace("_", " "), name


# --- law at home, sessions to come ----------------------------------------------------------------------------------


def test_every_rule_of_national_law_is_there(data: Data) -> None:
    theirs = sorted((law["state"], span(law["from"]), sorted(law["sources"])) for law in data["national_law"])
    ours = sorted(
        (law.state, spanned(law.from_), sorted(sources(law.id) - {"kremlin2018", "pmam2018"}))
        for law in of_kind(NationalLaw)
    )
    assert ours == theirs


def test_the_session_announced_for_2026_is_there_and_is_no_session(data: Data) -> None:
    (theirs,) = data["announced_sessions"]
    ours = {spanned(a.for_): a for a in of_kind(Announced)}[span(theirs["for"])]
    assert (spanned(ours.when), ours.city, ours.host) == (span(theirs["announced"]), "Moscow", theirs["host"])
    assert ours.by.person == theirs["by"]
    assert set(theirs["sources"]) <= sources(ours.id)
    assert not [e for e in csto().record.entries if e.kind == "session" and e.id.startswith("2026")]
