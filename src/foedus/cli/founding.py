"""A new organisation's folder: a copy of the made-up league in `starter`, under its own name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from foedus.problems import BadInput, Problem
from foedus.secretariat import bundled
from foedus.terms.words import as_id, spaced
from foedus.written import read_yaml

STARTER = Path(str(resources.files("foedus"))) / "starter"
FILES = ("organisation.yaml", "charter.md", "sources.yaml", "record/parties.yaml", "record/sessions.yaml")
_ID, _TITLE, _SHORT = "lantern-league", "Lantern League", "LL"


@dataclass(frozen=True, slots=True)
class Founded:
    """A folder that was made: its path as it was named, the organisation's id, the files in it."""

    folder: str
    id: str
    files: tuple[str, ...] = FILES


def found(name: str) -> Founded:
    """Makes the folder `name`, and those on the way to it. BadInput, in a sentence, where it cannot or must not be."""
    folder = Path(name)
    wrong = next(_faults(name, folder), None)
    if wrong is not None:
        raise BadInput([wrong])
    founded = Founded(name, as_id(_last_part(folder)))
    for file in FILES:
        _write(folder / file, _renamed((STARTER / file).read_text("utf-8"), founded.id))
    return founded


def _faults(name: str, folder: Path) -> Iterator[Problem]:
    if not name.strip() or not name.isprintable() or name.startswith("-"):
        what = "The name is empty, begins with a hyphen, or holds a line break or another sign that cannot be shown."
        yield Problem("NAME", 0, what, "Write a plain name, as in “lantern-league”.")
        return
    shown = name if len(name) <= 60 else f"{name[:57]}..."
    try:
        made = as_id(_last_part(folder))
        taken = folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir())))
    except (OSError, ValueError, RuntimeError) as error:
        yield Problem("NAME", 0, _reason(f"“{shown}” cannot be made", error), "Choose another path.")
        return
    if not made:
        what = f"“{shown}” makes no id: it has no letter from a to z and no digit."
        yield Problem("NAME", 0, what, "Name the folder so that it has, as in “lantern-league”.")
    elif made in bundled():
        yield Problem("NAME", 0, f"“{made}” comes with Foedus.", "Name the folder otherwise.")
    elif taken and not folder.is_dir():
        yield Problem(
            "NAME", 0, f"“{shown}” is there already, and is no folder.", "Name the folder otherwise."
        )
    elif taken:
        yield Problem("NAME", 0, f"The folder “{shown}” is not empty.", "Name a new one, or an empty one.")


def _last_part(folder: Path) -> str:
    return folder.name if folder.name not in {"", ".."} else folder.resolve().name


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    except OSError as error:
        raise BadInput([Problem("NAME", 0, _reason(f"“{path}” cannot be written", error))]) from error


def _reason(what: str, error: Exception) -> str:
    return f"{what}: {getattr(error, 'strerror', None) or 'its name leads nowhere'}."


def _renamed(text: str, name: str) -> str:
    """A file of the made-up league as a file of the organisation of that id."""
    title = spaced(name).title()
    words = title.split()
    short = "".join(word[0] for word in words) if len(words) > 1 else title
    for key, old, new in (("id: ", _ID, name), ("\nname: ", _TITLE, title), ("\nshort: ", _SHORT, short)):
        text = text.replace(f"{key}{old}", f"{key}{_scalar(new)}")
    return text.replace(_ID, name).replace(_TITLE, title)


def _scalar(text: str) -> str:
    """The text as a value in YAML: in quotes where it would be read as a number or the like."""
    return text if read_yaml(f"x: {text}", "").data == {"x": text} else f'"{text}"'
