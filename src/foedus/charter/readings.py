"""Rival readings of a charter's rules: which there are, and the charter as it is under some of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from foedus.charter.charter import Charter, RuleInForce
from foedus.charter.kinds import AS_WRITTEN, AnyRule, Decision, Office, Reading
from foedus.charter.say import say_reading
from foedus.problems import BadInput, Problem, suggest

Rival = Office | Decision  # the kinds of rule that may be read in several ways


def readable_rules(charter: Charter) -> tuple[str, ...]:
    """The rules that carry readings, by id, in the charter's order."""
    return tuple(dict.fromkeys(rule.says.id for rule in charter.rules if readings_of(rule.says)))


def readings_of(says: AnyRule) -> tuple[Reading, ...]:
    """The readings that one version of a rule carries."""
    return says.readings if isinstance(says, Rival) else ()


def reading_names(charter: Charter, rule: str) -> tuple[str, ...]:
    """The readings of a rule by name, as written first; none where the rule carries none."""
    found = [
        r.name for version in charter.rules if version.says.id == rule for r in readings_of(version.says)
    ]
    return tuple(dict.fromkeys((AS_WRITTEN, *found))) if found else ()


def reading(says: AnyRule, name: str) -> Reading | None:
    """The reading of that name that one version of a rule carries; None where it carries none."""
    return next((each for each in readings_of(says) if each.name == name), None)


def read_as(charter: Charter, wanted: Mapping[str, str]) -> Charter:
    """The charter with each of these rules (by id) read as the reading named says. A version of the rule that does not
    carry the reading stays as it is written.

    BadInput, with every fault and the nearest name, for a rule without readings and for a reading there is none of.
    """
    problems = [problem for rule, name in wanted.items() for problem in _faults(charter, rule, name)]
    if problems:
        raise BadInput(problems)
    both = {**dict(charter.readings), **wanted}
    chosen = {rule: name for rule, name in sorted(both.items()) if name != AS_WRITTEN}
    if tuple(chosen.items()) == charter.readings:
        return charter
    written = charter.as_written
    if not chosen:
        return written
    rules = tuple(_read(rule, chosen.get(rule.says.id, AS_WRITTEN)) for rule in written.rules)
    return replace(written, rules=rules, readings=tuple(chosen.items()), before=written)


def said_of(charter: Charter, rule: str) -> tuple[tuple[str, str], ...]:
    """Each reading of a rule by name, as written first, with the sentence of the latest version of the rule that has it."""
    versions = charter.as_written.versions_of(rule)
    found: dict[str, str] = {}
    for name in reading_names(charter, rule):
        for version in versions:
            if name == AS_WRITTEN or reading(version.says, name) is not None:
                found[name] = say_reading(charter, version.says, reading(version.says, name))
    return tuple(found.items())


def _faults(charter: Charter, rule: str, name: str) -> Iterable[Problem]:
    rules = readable_rules(charter)
    if rule not in rules:
        yield Problem("reading", 0, f"There is no rule “{rule}” that carries readings.", suggest(rule, rules))
    elif name not in (names := reading_names(charter, rule)):
        yield Problem("reading", 0, f"The rule “{rule}” has no reading “{name}”.", suggest(name, names))


def _read(rule: RuleInForce[AnyRule], name: str) -> RuleInForce[AnyRule]:
    found = reading(rule.says, name)
    return rule if found is None else replace(rule, says=rule.says.model_copy(update=found.changed))
