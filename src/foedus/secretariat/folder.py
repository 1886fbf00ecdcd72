"""The files of an organisation's folder, and the folders that come with Foedus."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources
from pathlib import Path

from foedus.decisions.weights import NO_WEIGHTS, Weights, read_weights
from foedus.problems import NotFound, Problem
from foedus.record.about import About
from foedus.record.read import read_about
from foedus.written import Written

HEAD, SOURCES, RECORD, WEIGHTS = "organisation.yaml", "sources.yaml", "record", "weights.csv"
MAX_BYTES = 8_000_000


def bundled() -> dict[str, About]:
    """The organisations that come with Foedus, by id."""
    found = {}
    for folder in sorted(p for p in _bundled_folder().iterdir() if (p / HEAD).is_file()):
        about, _ = read_about(HEAD, (folder / HEAD).read_text("utf-8"))
        if about is not None:
            found[folder.name] = about
    return found


def _bundled_folder() -> Path:
    return Path(str(resources.files("foedus"))) / "organisations"


def folder_of(organisation: str | Path) -> Path:
    """The folder of a bundled name, or of a path. NotFound where there is neither."""
    name = str(organisation)
    known = [folder.name for folder in _bundled_folder().iterdir() if (folder / HEAD).is_file()]
    if name in known:
        return _bundled_folder() / name
    try:
        if name.strip() and Path(name).is_dir():
            return Path(name)
    except (OSError, ValueError):
        pass  # a name the system cannot look up is the name of nothing
    shown = name if len(name) <= 60 else f"{name[:57]}..."
    raise NotFound("organisation or folder", shown, known)


class Files:
    """The files of one folder, read as UTF-8; whatever cannot be read is a problem and None."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.problems = folder, list[Problem]()
        self._root = folder.resolve()

    def names(self, sub: str, pattern: str) -> list[str]:
        """The files of a folder within that match, in order of name; those whose name begins with a dot are nobody's."""
        found = (path.relative_to(self.folder) for path in (self.folder / sub).glob(pattern))
        return sorted(p.as_posix() for p in found if not any(part.startswith(".") for part in p.parts))

    def record(self) -> list[str]:
        """The record's files. Whatever else lies in its folder is a problem: it would be left out in silence."""
        if not (self.folder / RECORD).is_dir():
            what = "The folder of the record is missing."
            self._refuse(f"{RECORD}/", what, "Make it; it holds YAML files.")
            return []
        if not (self.folder / RECORD).resolve().is_relative_to(self._root):
            self._refuse(f"{RECORD}/", "The folder lies outside the organisation's.", "Put it inside.")
            return []
        for name in self.names(RECORD, "**/*"):
            path = self.folder / name
            stray = not name.endswith(".yaml") or name.count("/") > 1
            if stray and (path.is_symlink() or not path.is_dir()):
                remedy = f"The record is {RECORD}/*.yaml, without folders within."
                self._refuse(name, "This file is not read.", remedy)
        return self.names(RECORD, "*.yaml")

    def weights(self) -> tuple[Weights, list[Problem]]:
        """The weights of the members over time, where the folder has a table of them."""
        there = (self.folder / WEIGHTS).exists()
        text = self.read(WEIGHTS) if there else None
        return (NO_WEIGHTS, []) if text is None else read_weights(WEIGHTS, text)

    def acts(self) -> list[tuple[str, str | Written]]:
        """(name, text) of each file of the record that can be read."""
        return list(self.texts(self.record()))

    def texts(self, names: Iterable[str]) -> list[tuple[str, str]]:
        """(name, text) of each file that can be read."""
        return [(name, text) for name in names if (text := self.read(name)) is not None]

    def read(self, name: str) -> str | None:
        """A file's text without a byte-order mark; None, with a problem, where it cannot be read."""
        try:
            path = self.folder / name
            if not name.isprintable():
                what = "The file's name holds a sign that cannot be shown."
                self._refuse(name, what, "Name it with letters, digits and hyphens.")
            elif not path.resolve().is_relative_to(self._root):
                self._refuse(name, "The file lies outside the organisation's folder.", "Put it inside.")
            elif not path.is_file() and not path.is_dir() and path.exists():
                self._refuse(name, "This is no file, but a pipe, a device or the like.", "Take it away.")
            elif path.stat().st_size > MAX_BYTES:
                self._refuse(name, f"The file is larger than {MAX_BYTES:,} bytes.", "Split it into several.")
            else:
                return path.read_text("utf-8-sig")
        except FileNotFoundError:
            self._refuse(name, "The file is missing.", "")
        except UnicodeDecodeError as error:
            self._refuse(name, f"The file is not UTF-8, at byte {error.start}.", "Save it as UTF-8.")
        except (OSError, ValueError, RuntimeError) as error:
            reason = getattr(error, "strerror", None) or "its name leads nowhere"
            self._refuse(name, f"The file cannot be read: {reason}.", "")
        return None

    def _refuse(self, name: str, what: str, remedy: str) -> None:
        self.problems.append(Problem(name, 0, what, remedy))
