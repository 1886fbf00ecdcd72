"""What came to a register since a snapshot: taken in without making what the snapshot holds."""

from __future__ import annotations

from foedus.engine.agreement import disagreements_of
from foedus.engine.news import News
from foedus.engine.standing import Standing
from foedus.record.live import repaired
from foedus.record.read import RecordFiles
from foedus.record.record import Kept
from foedus.record.shelf import longer
from foedus.register.envelope import ActEnvelope, kept
from foedus.register.log.scrub import checked
from foedus.register.store import Head, Register
from foedus.secretariat.organisation import Organisation
from foedus.written import Written, frozen


def read_since(before: Organisation, register: Register, now: Kept) -> Organisation | None:
    """An organisation with what its register holds since. None where all has to be read anew: something else came than
    acts at the end of the record that repair nothing and bear on no timeline, or something is wrong with them.
    """
    record, at = before.record, before.record.kept
    assert at is not None
    head = Head(now.size, bytes.fromhex(now.root))
    came = [kept(entry) for entry in checked(register, at.size, head)]
    acts = [each for each in came if isinstance(each, ActEnvelope) and "classification" not in each.act]
    if not record.entries or len(acts) < len(came):
        return None
    last = record.places[record.entries[-1].id].file
    if any(each.file < last for each in acts):
        return None
    read = RecordFiles.beside(
        record, [(each.file, Written(each.file, {"entries": frozen([each.act])})) for each in acts]
    )
    further = longer(record, read.entries, read.places, now)
    if read.problems or any(map(repaired, read.entries)):
        return None
    if disagreements_of(read.entries, before.charter, further):
        return None
    stood = before.standing()
    live = further if stood.record is record else longer(stood.record, read.entries, read.places, now)
    news = News.between(stood.record, live)
    if news is None or not news.passing:
        return None
    return before.with_standing(further, Standing(before.charter, live, stood))
