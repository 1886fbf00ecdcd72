"""The command line: thin verbs over the secretariat. Exit 0; 1 where what is checked does not hold; 2 on bad input."""

from foedus.cli import (
    clients,
    decide,
    folders,
    judged,
    log,
    power,
    questions,
    registers,
    rival,
    sittings,
    stories,
    times,
    whatif,
)
from foedus.cli.group import main

__all__ = [
    "clients",
    "decide",
    "folders",
    "judged",
    "log",
    "main",
    "power",
    "questions",
    "registers",
    "rival",
    "sittings",
    "stories",
    "times",
    "whatif",
]
