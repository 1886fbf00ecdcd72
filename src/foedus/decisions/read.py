"""One rule of decision from a file: YAML, as it stands under `rule:` in a charter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from foedus.decisions.rule import Rule
from foedus.problems import BadInput
from foedus.written import Kinds, Written, read_yaml, validate

RULE: Kinds[Rule] = Kinds(TypeAdapter(Rule), {"": Rule})


def read_rule(file: str, text: str) -> Rule:
    """The rule of a file, under the key `rule` or by itself. BadInput, with every fault and its line."""
    return _validated(read_yaml(text, file))


def rule_from(data: Mapping[str, Any]) -> Rule:
    """The rule that plain data says, with lists or tuples. BadInput, with every fault."""
    return _validated(Written("rule", tupled(data), first_line=0))


def _validated(written: Written) -> Rule:
    data: Any = written.data
    at: tuple[str, ...] = ()
    if isinstance(data, dict) and set(data) == {"rule"}:
        data, at = data["rule"], ("rule",)
    found = None if written.problems else validate(RULE, written, data, at)
    if found is None:
        raise BadInput(written.problems)
    return found


def tupled(value: Any) -> Any:
    """Plain data with tuples for its lists, as rules hold them."""
    if isinstance(value, Mapping):
        return {key: tupled(each) for key, each in value.items()}
    return tuple(tupled(each) for each in value) if isinstance(value, (list, tuple)) else value
