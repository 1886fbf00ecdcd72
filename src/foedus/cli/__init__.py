"""The command line: thin verbs over the secretariat. Exit 0; 1 where `check` finds an error; 2 on bad input."""

from foedus.cli import folders, power, questions, sittings, stories, times, whatif
from foedus.cli.group import main

__all__ = ["folders", "main", "power", "questions", "sittings", "stories", "times", "whatif"]
