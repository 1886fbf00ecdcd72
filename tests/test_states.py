"""States by ISO 3166-1 alpha-3, past states by ISO 3166-3: which codes there are, and what is said of others."""

from __future__ import annotations

import re

import pytest

from foedus.terms.states import check_state, state_name

# the officially assigned alpha-3 codes of ISO 3166-1
ASSIGNED = re.findall(
    r"[A-Z]{3}",
    """
    AFG ALA ALB DZA ASM AND AGO AIA ATA ATG ARG ARM ABW AUS AUT AZE BHS BHR BGD BRB BLR BEL BLZ BEN BMU BTN
    BOL BES BIH BWA BVT BRA IOT BRN BGR BFA BDI CPV KHM CMR CAN CYM CAF TCD CHL CHN CXR CCK COL COM COG COD
    COK CRI CIV HRV CUB CUW CYP CZE DNK DJI DMA DOM ECU EGY SLV GNQ ERI EST SWZ ETH FLK FRO FJI FIN FRA GUF
    PYF ATF GAB GMB GEO DEU GHA GIB GRC GRL GRD GLP GUM GTM GGY GIN GNB GUY HTI HMD VAT HND HKG HUN ISL IND
    IDN IRN IRQ IRL IMN ISR ITA JAM JPN JEY JOR KAZ KEN KIR PRK KOR KWT KGZ LAO LVA LBN LSO LBR LBY LIE LTU
    LUX MAC MDG MWI MYS MDV MLI MLT MHL MTQ MRT MUS MYT MEX FSM MDA MCO MNG MNE MSR MAR MOZ MMR NAM NRU NPL
    NLD NCL NZL NIC NER NGA NIU NFK MKD MNP NOR OMN PAK PLW PSE PAN PNG PRY PER PHL PCN POL PRT PRI QAT REU
    ROU RUS RWA BLM SHN KNA LCA MAF SPM VCT WSM SMR STP SAU SEN SRB SYC SLE SGP SXM SVK SVN SLB SOM ZAF SGS
    SSD ESP LKA SDN SUR SJM SWE CHE SYR TWN TJK TZA THA TLS TGO TKL TON TTO TUN TUR TKM TCA TUV UGA UKR ARE
    GBR USA UMI URY UZB VUT VEN VNM VGB VIR WLF ESH YEM ZMB ZWE
    """,
)
# of ISO 3166-3: the code, and a name of the state that was
PAST = {
    "SUHH": "Soviet Union",
    "YUCS": "Yugoslavia",
    "CSHH": "Czechoslovakia",
    "DDDE": "German Democratic Republic",
}


def test_every_assigned_code_is_a_state_with_a_name() -> None:
    assert len(ASSIGNED) == 249
    for code in ASSIGNED:
        assert check_state(code) == code
        assert state_name(code) not in {"", code}


@pytest.mark.parametrize(("code", "name"), PAST.items())
def test_a_past_state_has_its_code_of_four_letters(code: str, name: str) -> None:
    assert check_state(code) == code
    assert state_name(code) == name


# withdrawn from ISO 3166-1, so that two codes never mean one state
@pytest.mark.parametrize("code", ["DDR", "YMD", "BUR", "ZAR", "TMP", "FXX", "SUN", "YUG", "CSK", "SCG"])
def test_a_code_that_was_withdrawn_is_no_state(code: str) -> None:
    with pytest.raises(ValueError, match=code):
        check_state(code)


@pytest.mark.parametrize("code", ["XXX", "ZZZ", "AAA", "QUU", "XAA", "QZZ"])
def test_a_code_that_stands_for_no_state_is_no_state(code: str) -> None:
    with pytest.raises(ValueError, match=code):
        check_state(code)


@pytest.mark.parametrize(("written", "meant"), [("arm", "ARM"), ("BLRS", "BLR"), ("KAZZ", "KAZ")])
def test_a_misspelt_code_is_told_the_nearest(written: str, meant: str) -> None:
    with pytest.raises(ValueError, match=f"“{written}”.*{meant}"):
        check_state(written)


@pytest.mark.parametrize(
    ("name", "code"), [("Armenia", "ARM"), ("Iraq", "IRQ"), ("Soviet Union", "SUHH"), ("armenia", "ARM")]
)
def test_a_name_is_told_its_code(name: str, code: str) -> None:
    with pytest.raises(ValueError, match=f"“{name}”.*{code}"):
        check_state(name)
