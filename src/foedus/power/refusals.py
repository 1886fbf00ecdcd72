"""What is refused, and what would work."""

from __future__ import annotations

from foedus.problems import BadInput, Problem


def refused(*sentences: str) -> BadInput:
    """An exception that carries one problem a sentence."""
    return BadInput(Problem("power", 0, sentence) for sentence in sentences)
