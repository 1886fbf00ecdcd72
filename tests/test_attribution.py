"""How strongly a claim is attributed: the order of DESIGN.md, section 5, weakest links and best chains."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from pydantic import ValidationError

from foedus.accounts.witnesses import witnesses
from foedus.record.evidence import Evidence, Link, Source, SourceKind, claim_strength
from foedus.terms.attribution import CHANNELS, Channel, Mode, chain_strength, strongest, weakest
from tests.folders import acts, loaded

# strongest first, as the design has it
ORDER: list[Channel] = [
    "official-record",
    "official-website",
    "agency",
    "named-media",
    "unnamed-media",
    "unattributed",
    "inferred",
    "recalled",
]
SOURCES = {
    "record": Source(kind="official-record"),
    "site": Source(kind="official-website"),
    "wire": Source(kind="agency"),
    "paper": Source(kind="named-media"),
    "mirror": Source(kind="secondary"),
}


def test_the_order_is_that_of_the_design() -> None:
    assert list(CHANNELS) == ORDER


@pytest.mark.parametrize(("stronger", "weaker"), list(pairwise(ORDER)))
def test_of_two_neighbours_in_the_order_each_is_the_stronger_or_the_weaker(
    stronger: Channel, weaker: Channel
) -> None:
    assert weakest([stronger, weaker]) == weakest([weaker, stronger]) == weaker
    assert strongest([stronger, weaker]) == strongest([weaker, stronger]) == stronger


@pytest.mark.parametrize("mode", ["plain", "direct-quote", "indirect-speech"])
def test_a_chain_is_as_strong_as_its_weakest_link(mode: Mode) -> None:
    assert chain_strength(["official-record", "named-media", "agency"], mode) == "named-media"


@pytest.mark.parametrize(("channel", "lowered"), list(pairwise(ORDER[:6])))
def test_what_is_hedged_counts_one_step_lower(channel: Channel, lowered: Channel) -> None:
    assert chain_strength([channel], "hedged") == lowered


@pytest.mark.parametrize("mode", ["expected", "denied", "silent"])
@pytest.mark.parametrize("channel", ORDER)
def test_what_is_denied_expected_or_passed_over_in_silence_supports_nothing(
    channel: Channel, mode: Mode
) -> None:
    assert chain_strength([channel], mode) is None


@pytest.mark.parametrize("mode", ["expected", "denied", "silent"])
def test_what_is_recalled_as_denied_expected_or_left_unsaid_supports_nothing_either(mode: Mode) -> None:
    with pytest.raises(ValidationError, match="told by nobody"):
        Evidence(known="recalled", mode=mode)


@pytest.mark.parametrize(
    ("kind", "channel"),
    [
        ("official-record", "official-record"),
        ("official-website", "official-website"),
        ("agency", "agency"),
        ("named-media", "named-media"),
        ("secondary", "unattributed"),
    ],
)
def test_a_source_counts_as_its_kind_and_a_secondary_one_as_unattributed(
    kind: SourceKind, channel: Channel
) -> None:
    assert Source(kind=kind).channel == channel


def test_a_chain_runs_from_the_page_through_those_it_names() -> None:
    link = Link(who="the president's website", channel="official-website")
    assert Evidence(source="record", through=(link,)).strength(SOURCES) == "official-website"
    assert Evidence(source="paper", through=(link,)).strength(SOURCES) == "named-media"


def test_what_was_recalled_or_inferred_counts_as_just_that() -> None:
    assert Evidence(known="recalled").strength(SOURCES) == "recalled"
    assert Evidence.model_validate({"known": "inferred", "from": ("record",)}).strength(SOURCES) == "inferred"


def test_a_claim_is_as_strong_as_its_best_chain() -> None:
    chains = (Evidence(known="recalled"), Evidence(source="wire"), Evidence(source="mirror"))
    assert claim_strength(chains, SOURCES) == "agency"


def test_a_chain_that_denies_does_not_weaken_or_support_a_claim() -> None:
    denied = Evidence(source="record", mode="denied")
    assert claim_strength((Evidence(source="paper"), denied), SOURCES) == "named-media"


def test_a_claim_that_no_page_read_supports_is_the_recorders_inference() -> None:
    assert claim_strength((Evidence(source="record", mode="silent"),), SOURCES) == "inferred"


@pytest.mark.parametrize("given", [{}, {"source": "wire", "known": "recalled"}])
def test_evidence_names_either_a_source_or_how_else_it_is_known(given: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="source"):
        Evidence.model_validate(given)


@pytest.mark.parametrize("given", [{"source": "wire"}, {"known": "recalled"}])
def test_only_what_is_inferred_says_from_what(given: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="inferred"):
        Evidence.model_validate({**given, "from": ("wire",)})


def test_evidence_rests_on_its_source_or_on_what_it_was_inferred_from() -> None:
    assert Evidence(source="wire").sources() == ("wire",)
    assert Evidence.model_validate({"known": "inferred", "from": ("wire", "paper")}).sources() == (
        "wire",
        "paper",
    )
    assert Evidence(known="recalled").sources() == ()


def test_that_a_source_is_silent_is_as_strong_as_the_chain_that_is_silent(tmp_path: Path) -> None:
    silence = "kind: silence, of: said, says: no more"
    record = loaded(
        tmp_path,
        acts(
            f"id: mute, {silence}, evidence: [{{source: page, mode: silent}}]",
            f"id: unseen, {silence}, evidence: [{{known: recalled}}]",
        ),
    ).record
    assert (record.strength("mute"), record.strength("unseen")) == ("agency", "recalled")
    assert [witness.strength for witness in witnesses(record, record.by_id["mute"])] == ["agency"]
