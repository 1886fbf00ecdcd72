"""The command line: thin verbs over the secretariat. Exit 0; 1 where what is checked does not hold; 2 on bad input."""

from foedus.cli import folders, log, questions, registers, rival, sittings, stories, times
from foedus.cli.group import main

__all__ = ["folders", "log", "main", "questions", "registers", "rival", "sittings", "stories", "times"]
