"""Texts that people hand in as files: checkpoints, proofs, keys, policies."""

from __future__ import annotations

from pathlib import Path

from foedus.problems import BadInput, Problem
from foedus.register.log.fetch import read_file
from foedus.register.log.policy import Policy, read_policy

LONGEST_TEXT = (
    2_000_000  # bytes: a checkpoint with all the signatures it may have, behind a proof with its entry
)


def text_of(path: Path) -> str:
    """What a file says. BadInput where it cannot be read, is too long or no text."""
    return decoded(bytes_of(path, LONGEST_TEXT), str(path))


def bytes_of(path: Path, longest: int) -> bytes:
    try:
        return read_file(path, longest)
    except OSError as error:
        raise BadInput([Problem(str(path), 0, f"It cannot be read: {error.strerror}.")]) from error


def decoded(data: bytes, where: str) -> str:
    if len(data) > LONGEST_TEXT:
        raise BadInput([Problem(where, 0, f"It is longer than {LONGEST_TEXT:,} bytes.")])
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise BadInput([Problem(where, 0, f"It is not UTF-8, at byte {error.start}.")]) from error


def policy_of(path: Path) -> Policy:
    return read_policy(text_of(path), str(path))
