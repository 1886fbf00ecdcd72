"""Foedus runs a treaty organisation by its charter.

>>> import foedus
>>> foedus.load("csto").at("2023-02-01").who("chairman").status
'certain'
"""

from foedus import power
from foedus.engine.answers import Answer
from foedus.problems import BadInput, FoedusError, NotFound, Problem
from foedus.secretariat import Moment, Organisation, load

__all__ = [
    "Answer",
    "BadInput",
    "FoedusError",
    "Moment",
    "NotFound",
    "Organisation",
    "Problem",
    "load",
    "power",
]
