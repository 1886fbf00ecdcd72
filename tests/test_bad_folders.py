"""Folders that hold what no folder should: pipes, loops of links, names that cannot be shown, faults without number."""

from __future__ import annotations

import errno
import os
import random
import signal
import socket
from pathlib import Path
from typing import Any

import pytest

from foedus.problems import LONGEST, MOST_TOLD, Problem
from foedus.secretariat import inspect
from tests.folders import (
    ACTS,
    CHARTER,
    ENVELOPE,
    EVIDENCE,
    FILES,
    FIRST_FREE_LINE,
    HEAD,
    SOURCES,
    acts,
    folder,
    loaded,
)

# -- what lies in a folder that is no file of letters

WEIRD = ("record/x.yaml", HEAD, SOURCES, CHARTER)


def found_in(where: Path, *, within_seconds: float = 20) -> list[Problem]:
    """Every fault found in the folder; a reader that hangs fails."""

    def hangs(*_: object) -> None:
        raise AssertionError("reading does not end")

    before = signal.signal(signal.SIGALRM, hangs)
    signal.setitimer(signal.ITIMER_REAL, within_seconds)
    try:
        return list(inspect(where)[1])
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("name", WEIRD)
def test_a_pipe_where_a_file_should_be_is_one_fault_and_is_not_waited_for(name: str, tmp_path: Path) -> None:
    here = folder(tmp_path, {name: None})
    os.mkfifo(here / name)
    (found,) = found_in(here)
    assert found.file == name
    assert "pipe" in found.what


def test_a_socket_in_the_record_is_one_fault(tmp_path: Path) -> None:
    here = folder(tmp_path)
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind(str(here / "record" / "x.yaml"))
        (found,) = found_in(here)
    assert found.file == "record/x.yaml"


@pytest.mark.parametrize("name", ["record/x", "record/x.txt"])
def test_a_pipe_that_would_not_be_read_is_a_fault_all_the_same(name: str, tmp_path: Path) -> None:
    here = folder(tmp_path)
    os.mkfifo(here / name)
    (found,) = found_in(here)
    assert found.file == name


@pytest.mark.parametrize("target", [".", "..", "../record", "loop", "nowhere", "/dev/zero", "/etc"])
@pytest.mark.parametrize("name", ["record/loop", "record/loop.yaml"])
def test_a_link_in_the_record_to_anything_but_a_file_within_is_one_fault(
    name: str, target: str, tmp_path: Path
) -> None:
    here = folder(tmp_path)
    (here / name).symlink_to(target)
    (found,) = found_in(here)
    assert found.file == name


def test_files_behind_a_link_to_a_folder_are_not_left_out_in_silence(tmp_path: Path) -> None:
    elsewhere = folder(tmp_path / "elsewhere")
    here = folder(tmp_path / "here")
    (here / "record" / "more").symlink_to(elsewhere / "record")
    (found,) = found_in(here)
    assert (found.file, found.what) == ("record/more", "This file is not read.")


def test_a_folder_with_the_name_of_a_file_is_one_fault_and_so_is_each_file_in_it(tmp_path: Path) -> None:
    here = folder(tmp_path, {"record/x.yaml/y.yaml": ENVELOPE})
    assert [problem.file for problem in found_in(here)] == ["record/x.yaml", "record/x.yaml/y.yaml"]


def test_a_file_that_may_not_be_read_is_one_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here, read = folder(tmp_path), Path.read_text

    def guarded(path: Path, *arguments: Any) -> str:  # the tests may run as one who may read everything
        if path.name == "acts.yaml":
            raise PermissionError(errno.EACCES, "Permission denied")
        return read(path, *arguments)

    monkeypatch.setattr(Path, "read_text", guarded)
    (found,) = found_in(here)
    assert (found.file, found.what) == (ACTS, "The file cannot be read: Permission denied.")


@pytest.mark.parametrize("name", ["a\nb", "a\rb", "a\x1b[31mb", "a\x7fb", "a\u202eb", "\udcff"])
@pytest.mark.parametrize("ending", [".yaml", ".txt"])
def test_a_file_whose_name_cannot_be_shown_is_one_fault_on_one_line_without_that_sign(
    name: str, ending: str, tmp_path: Path
) -> None:
    here = folder(tmp_path)
    (here / "record" / (name + ending)).write_text(ENVELOPE + "  []\n")
    (found,) = found_in(here)
    assert str(found).isprintable()
    assert found.file.startswith("record/")


@pytest.mark.parametrize("name", [".hidden.yaml", ".#acts.yaml", "._acts.yaml", ".git/config", ".git/x.yaml"])
def test_files_whose_names_begin_with_a_dot_are_nobodys(name: str, tmp_path: Path) -> None:
    loaded(tmp_path, {f"record/{name}": b"\0\xff"})


def test_a_broken_lock_of_an_editor_is_nobodys(tmp_path: Path) -> None:
    here = folder(tmp_path)
    (here / "record" / ".#acts.yaml").symlink_to("someone@somewhere.1234")
    assert found_in(here) == []


# -- too much of everything


def test_ten_megabytes_of_nonsense_are_one_fault_at_once(tmp_path: Path) -> None:
    here = folder(tmp_path, {ACTS: random.Random(1).randbytes(10_000_000)})
    (found,) = found_in(here, within_seconds=5)
    assert found.file == ACTS


NONSENSE: dict[str, str] = {
    "brackets": "[" * 3_000_000,
    "braces": "{" * 3_000_000,
    "question marks": "? " * 1_000_000,
    "lines": "x: y\n" * 20_000,
    "quotes": '"' * 2_000_001,
    "stars": "*a " * 500_000,
    "a word": "x" * 3_000_000,
    "backslashes": '"' + "\\" * 1_000_001,
    "hyphens": "- " * 1_000_000,
    "comments": "#\n" * 200_000,
}


@pytest.mark.parametrize("nonsense", NONSENSE.values(), ids=list(NONSENSE))
@pytest.mark.parametrize("name", [HEAD, SOURCES, CHARTER, ACTS])
def test_megabytes_of_one_sign_are_refused_soon_and_told_shortly(
    name: str, nonsense: str, tmp_path: Path
) -> None:
    told = found_in(folder(tmp_path, {name: nonsense}), within_seconds=60)
    assert name in {problem.file for problem in told}
    assert len(told) <= 2 * MOST_TOLD
    assert all(len(str(problem)) < 3 * LONGEST for problem in told)


FLOODS: dict[str, dict[str, str]] = {
    "unknown keys": acts(
        f"id: x, kind: silence, of: said, says: x, {EVIDENCE}, " + ", ".join(f"k{n}: 1" for n in range(3000))
    ),
    "unknown kinds": acts(*(f"id: x{n}, kind: sesion" for n in range(3000))),
    "ids that point nowhere": acts(
        *(f"id: x{n}, kind: silence, of: no{n}, says: x, {EVIDENCE}" for n in range(3000))
    ),
    "names the charter does not know": acts(
        *(f"id: x{n}, kind: session, organ: no{n}, type: regular, on: 2003, {EVIDENCE}" for n in range(1000))
    ),
    "ids that are taken": acts(
        *(f"id: said, kind: silence, of: said, says: x, {EVIDENCE}" for n in range(1000))
    ),
    "keys that stand twice": {SOURCES: "page: {kind: agency}\n" * 3000},
    "rules in force on the same days": {
        CHARTER: FILES[CHARTER]
        + "\n```rule\n{id: x, kind: untranslated, says: a, in force: {from: c1}, basis: seen}\n```\n" * 500
    },
}


@pytest.mark.parametrize("changed", FLOODS.values(), ids=list(FLOODS))
def test_thousands_of_faults_of_one_sort_are_told_up_to_a_measure_and_that_there_are_more(
    changed: dict[str, str], tmp_path: Path
) -> None:
    told = found_in(folder(tmp_path, changed), within_seconds=60)
    assert MOST_TOLD < len(told) <= MOST_TOLD + 2
    assert any("more problems" in problem.what for problem in told)


def test_as_many_faults_as_are_told_at_once_are_all_told(tmp_path: Path) -> None:
    told = found_in(folder(tmp_path, acts(*(f"id: x{n}, kind: sesion" for n in range(MOST_TOLD)))))
    assert [problem.line for problem in told] == list(range(FIRST_FREE_LINE, FIRST_FREE_LINE + MOST_TOLD))


@pytest.mark.parametrize(
    "entry",
    [
        f"id: x, kind: documents, session: first, adopted: {'9' * 100_000}, {EVIDENCE}",
        f"id: x, kind: session, organ: council, type: regular, on: {'9' * 100_000}, {EVIDENCE}",
        f"id: x, kind: {'session' * 10_000}, {EVIDENCE}",
        f"id: x, kind: session, organ: {'council' * 10_000}, type: regular, on: 2003-01-01, {EVIDENCE}",
        f"id: x, kind: session, organ: council, type: regular, on: 2003-01-01, host: {'ARM' * 10_000}, {EVIDENCE}",
        f"id: x, kind: session, organ: council, type: regular, on: 2003-01-01, held: {'online' * 9_999}, {EVIDENCE}",
        f"id: x, kind: silence, of: {'said' * 30}x, says: x, {EVIDENCE}",
        f'id: x, kind: silence, of: said, says: x, {EVIDENCE}, topics: ["a\\nb"]',
        f'id: "x\\ny", kind: silence, of: said, says: x, {EVIDENCE}',
    ],
)
def test_a_value_however_long_or_broken_into_lines_is_told_on_one_line_that_can_be_read(
    entry: str, tmp_path: Path
) -> None:
    for problem in found_in(folder(tmp_path, acts(entry))):
        assert (problem.file, problem.line) == (ACTS, FIRST_FREE_LINE)
        assert "\n" not in str(problem)
        assert len(str(problem)) < 3 * LONGEST


# -- all of it


def test_faults_of_every_sort_in_one_folder_are_all_told_at_once(tmp_path: Path) -> None:
    versions = "{id: x, kind: untranslated, says: a, in force: {from: c1}, basis: seen}"
    without_period = "{id: y, kind: untranslated, says: a, basis: seen}"
    rules = "".join(f"\n```rule\n{text}\n```\n" for text in (versions, versions, without_period))
    session = f"kind: session, organ: council, type: regular, {EVIDENCE}"
    here = folder(
        tmp_path / "here",
        {
            CHARTER: FILES[CHARTER] + rules,
            **acts(
                f"id: key, {session}, on: 2003-01-01, hots: ARM",
                f"id: name, {session.replace('council', 'counsil')}, on: 2003-01-01",
                f"id: date, {session}, on: 2003-02-30",
                f"id: first, {session}, on: 2003-01-01",
            ),
            "record/malformed.yaml": "entries: [",
            "record/nonsense.yaml": random.Random(1).randbytes(10_000_000),
            "record/deep.yaml": "entries: " + "[" * 1000 + "]" * 1000,
            "record/encoded.yaml": "# Besançon\n".encode("utf-16"),
        },
    )
    (tmp_path / "outside.yaml").write_text(ENVELOPE + "  []\n")
    (here / "record" / "link.yaml").symlink_to(tmp_path / "outside.yaml")
    os.mkfifo(here / "record" / "pipe.yaml")
    first_rule = FILES[CHARTER].count("\n") + 3
    told = {(problem.file, problem.line): problem.what for problem in found_in(here)}
    assert told.keys() == {
        (CHARTER, first_rule + 4),
        (CHARTER, first_rule + 8),
        *((ACTS, FIRST_FREE_LINE + n) for n in range(4)),
        ("record/malformed.yaml", 1),
        ("record/nonsense.yaml", 0),
        ("record/deep.yaml", 1),
        ("record/encoded.yaml", 0),
        ("record/link.yaml", 0),
        ("record/pipe.yaml", 0),
    }
