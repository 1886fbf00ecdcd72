"""The command line: thin verbs over the secretariat. Exit 0; 1 where `check` finds an error; 2 on bad input."""

from foedus.cli import decide, folders, judged, power, questions, sittings, stories, times
from foedus.cli.group import main

__all__ = ["decide", "folders", "judged", "main", "power", "questions", "sittings", "stories", "times"]
