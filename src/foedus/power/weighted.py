"""Power in a plain weighted game, for those who need no organisation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from math import isfinite, lcm

from foedus.power.game import Game, Threshold
from foedus.power.indices import INDICES, Index
from foedus.power.power import Power, power
from foedus.power.refusals import refused
from foedus.power.tally import Progress, silent

Weight = int | float | Fraction | Decimal | str


def weighted(
    weights: Sequence[Weight],
    quota: Weight,
    *,
    voters: Sequence[str] = (),
    indices: Iterable[Index] = INDICES,
    progress: Progress = silent,
) -> Power:
    """Power where a group carries that holds at least `quota`. Voters are called 1, 2, … where no names are given.

    Weights and quota as whole numbers, fractions, decimals or text such as “2/3” or “0.5”; a float counts as the decimal
    it is printed as. BadInput where a weight is negative or no number, or the quota is not above 0 and within the total.

    >>> [str(share) for share in weighted([4, 4, 4, 2, 2, 1], quota=12).of["shapley-shubik"]]
    ['7/30', '7/30', '7/30', '3/20', '3/20', '0']
    """
    exact = [_exact(weight, f"weight {at}") for at, weight in enumerate(weights, start=1)]
    wanted = _exact(quota, "quota")
    wrong = [
        f"Weight {at} is {weights[at - 1]}; a weight is not negative."
        for at, w in enumerate(exact, 1)
        if w < 0
    ]
    if wrong:
        raise refused(*wrong)
    scale = lcm(*(w.denominator for w in (*exact, wanted)))
    names = tuple(voters) or tuple(str(at) for at in range(1, len(exact) + 1))
    if len(names) != len(exact):
        raise refused(f"There are {len(exact)} weights and {len(names)} voters; give as many of each.")
    rule = Threshold(tuple(int(w * scale) for w in exact), int(wanted * scale))
    return power(Game(names, rule), indices, progress)


def _exact(value: Weight, what: str) -> Fraction:
    if isinstance(value, float) and not isfinite(value):
        raise refused(f"The {what} is {value}; it must be a finite number.")
    try:
        return Fraction(str(value)) if isinstance(value, float) else Fraction(value)
    except (ValueError, OverflowError, InvalidOperation, ZeroDivisionError, TypeError):
        raise refused(f"The {what} is “{value}”; it must be a number, such as 12, 0.5 or “2/3”.") from None
