"""Repairs that count for nothing, and entries that are disputed."""

from __future__ import annotations

from collections.abc import Iterator

from foedus.engine.findings.shapes import Finding, Instance, found
from foedus.engine.standing import Standing
from foedus.record.acts import Dispute, Withdraws
from foedus.terms.dates import show_day
from foedus.terms.states import state_name


def repair_without_right(standing: Standing) -> Iterator[Finding]:
    """A correction, or a taking back, by somebody who neither recorded the entry nor may correct any."""
    record = standing.record
    instances = []
    for repair, target in record.powerless:
        now = record.by_id.get(target.id)
        if now is not None:
            verb = "take back" if isinstance(repair, Withdraws) else "correct"
            says = (
                f"With “{repair.id}” {repair.recorded_by} meant to {verb} “{target.id}”, which {target.recorded_by} "
                "recorded, without the right to; the entry stands."
            )
            instances.append(Instance(repair.recorded.latest, (now.id,), says))
    yield from found(
        "repair-without-right",
        None,
        "An entry was to be repaired by somebody without the right to.",
        instances,
    )


def dispute_open(standing: Standing) -> Iterator[Finding]:
    """An entry that somebody disputes, and that nobody has corrected since."""
    record = standing.record
    instances = []
    for dispute in record.of_kind(Dispute):
        disputed = record.by_id.get(dispute.of)
        answered = disputed is not None and disputed.recorded.latest > dispute.recorded.latest
        if disputed is not None and not answered:
            by = dispute.by.org or dispute.by.person or dispute.by.office
            who = by or (state_name(dispute.by.state) if dispute.by.state is not None else "Somebody")
            day = show_day(dispute.recorded.latest)
            says = f"{who} disputes “{disputed.id}” ({dispute.says.strip()}), as recorded on {day}; it stands as it was."
            instances.append(Instance(dispute.recorded.latest, (disputed.id, dispute.id), says))
    yield from found("dispute-open", None, "An entry is disputed, and has not been corrected.", instances)
