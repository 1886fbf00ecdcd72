"""The one composition room: opens organisations from folders and registers, and asks the engine on their behalf."""

from foedus.secretariat.folder import HEAD, MAX_BYTES, RECORD, SOURCES, WEIGHTS, bundled
from foedus.secretariat.live import Live
from foedus.secretariat.opening import bring_folder, from_register, inspect, load, opened
from foedus.secretariat.organisation import Moment, Organisation
from foedus.secretariat.overview import Overview, overview

__all__ = [
    "HEAD",
    "MAX_BYTES",
    "RECORD",
    "SOURCES",
    "WEIGHTS",
    "Live",
    "Moment",
    "Organisation",
    "Overview",
    "bring_folder",
    "bundled",
    "from_register",
    "inspect",
    "load",
    "opened",
    "overview",
]
