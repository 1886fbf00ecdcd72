"""What states are called in roll calls."""

from __future__ import annotations

import pytest

from foedus.problems import BadInput
from foedus.rollcalls.names import states_called


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("NOR", "NOR"),
        ("Norway", "NOR"),
        ("Türkiye", "TUR"),
        ("Turkey", "TUR"),
        ("Bosnia and Herzegovina", "BIH"),
        ("Saint Vincent and the Grenadines", "VCT"),
        ("Côte d'Ivoire", "CIV"),
        ("Russian Federation", "RUS"),
        ("Yugoslavia", "YUCS"),
    ],
)
def test_a_state_goes_by_its_code_its_name_and_names_it_had(name: str, code: str) -> None:
    assert states_called("votes.csv", [name], {}) == {name: code}


def test_a_name_on_record_comes_before_any_other() -> None:
    assert states_called("votes.csv", ["Zaire", "China"], {"Zaire": "COD", "China": "TWN"}) == {
        "Zaire": "COD",
        "China": "TWN",
    }


def test_of_a_name_that_is_no_states_the_nearest_is_told() -> None:
    with pytest.raises(BadInput) as caught:
        states_called("votes.csv", ["Norwey", "Norway", "Brasil"], {})
    assert [str(problem) for problem in caught.value.problems] == [
        "votes.csv: “Brasil” is no state that is known. Did you mean “Brazil”?",
        "votes.csv: “Norwey” is no state that is known. Did you mean “Norway”?",
    ]
