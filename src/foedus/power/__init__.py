"""A-priori power in a voting body, exact wherever it can be. Knows neither charter nor record.

>>> weighted([4, 4, 4, 2, 2, 1], quota=12).dummies
('6',)
"""

from foedus.power.game import Game, Gate, Threshold, all_of, any_of, dual
from foedus.power.indices import INDICES, MEANS, Index
from foedus.power.power import Power, power
from foedus.power.weighted import weighted

__all__ = [
    "INDICES", "MEANS", "Game", "Gate", "Index", "Power", "Threshold",
    "all_of", "any_of", "dual", "power", "weighted",
]  # fmt: skip
