"""The one composition room: opens organisations from folders and registers, and asks the engine on their behalf."""

from foedus.secretariat.folder import HEAD, MAX_BYTES, RECORD, SOURCES, WEIGHTS, bundled
from foedus.secretariat.live import Live, on_register, registers_in
from foedus.secretariat.news import AS_APPENDED, News
from foedus.secretariat.opening import (
    bring_folder,
    from_register,
    inspect,
    keep_snapshot,
    load,
    opened,
    renew_snapshot,
)
from foedus.secretariat.organisation import Moment, Organisation
from foedus.secretariat.overview import Overview, overview
from foedus.secretariat.sealing import add_file, redact_act

__all__ = [
    "AS_APPENDED",
    "HEAD",
    "MAX_BYTES",
    "RECORD",
    "SOURCES",
    "WEIGHTS",
    "Live",
    "Moment",
    "News",
    "Organisation",
    "Overview",
    "add_file",
    "bring_folder",
    "bundled",
    "from_register",
    "inspect",
    "keep_snapshot",
    "load",
    "on_register",
    "opened",
    "overview",
    "redact_act",
    "registers_in",
    "renew_snapshot",
]
