"""Amounts in a rule, exact: a whole number of votes, or a share such as `2/3` or `55%`."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

_SHARE = re.compile(r"^([0-9]{1,6})/([0-9]{1,6})$|^([0-9]{1,3}(?:\.[0-9]{1,6})?) ?(?:%|percent)$")
_SHARE_SCHEMA = {"type": "string", "pattern": r"^[0-9]+/[0-9]+$|^[0-9]+(\.[0-9]+)? ?(%|percent)$"}

Amount = int | Fraction


def read_share(value: Any) -> Fraction:
    """A share of a whole, from `2/3` or `55%`. ValueError, in a sentence, for anything else and for more than all."""
    if isinstance(value, Fraction):
        return value
    match = _SHARE.match(value.strip()) if isinstance(value, str) else None
    if match is None or (match[2] is not None and int(match[2]) == 0):
        msg = f"“{value}” is no share. Write it as “2/3” or “55%”."
        raise ValueError(msg)
    share = Fraction(int(match[1]), int(match[2])) if match[1] else Fraction(match[3]) / 100
    if share > 1:
        msg = f"“{value}” is more than the whole. A share is at most “1/1” or “100%”."
        raise ValueError(msg)
    return share


def read_amount(value: Any) -> Amount:
    """A whole number, or a share."""
    if isinstance(value, int) and not isinstance(value, bool):
        if value < 0:
            msg = f"“{value}” is less than nothing. Give a number of votes, or a share such as “2/3”."
            raise ValueError(msg)
        return value
    return read_share(value)


def say_amount(amount: Amount) -> str:
    """`9`, `2/3`, `55 %`: as people write it. Fractions of up to twelve parts stay fractions."""
    if isinstance(amount, int):
        return f"{amount:,}"
    if amount == 1:
        return "all"
    percent = amount * 100
    if amount.denominator > 12 and percent.denominator in {1, 2, 4, 5, 10, 20, 100}:
        return f"{float(percent):g} %"
    return f"{amount.numerator}/{amount.denominator}"


def _written(amount: Amount) -> int | str:
    return amount if isinstance(amount, int) else f"{amount.numerator}/{amount.denominator}"


Share = Annotated[
    Fraction, PlainValidator(read_share), PlainSerializer(_written), WithJsonSchema(_SHARE_SCHEMA)
]
NumberOrShare = Annotated[
    Amount,
    PlainValidator(read_amount),
    PlainSerializer(_written),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 0}, _SHARE_SCHEMA]}),
]
