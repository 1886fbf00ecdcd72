"""Law 2: files, clocks, randomness and the network only at the edge. Exits 1 with every call that breaks it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent / "src" / "foedus"
# Everything that may do effects; the rest takes text, bytes and dates.
EDGE = ("secretariat/", "scenarios.py", "register/", "cli/", "web/")
MODULES = {
    "asyncio", "http", "io", "os", "pathlib", "random", "secrets", "shutil", "socket", "sqlite3", "subprocess",
    "tempfile", "threading", "time", "urllib", "uuid",
}  # fmt: skip
NAMES = {"open", "print", "input", "exec", "eval", "__import__"}
METHODS = {"today", "now", "utcnow", "read_text", "write_text", "read_bytes", "write_bytes"}


def breaches(source: str) -> Iterator[tuple[int, str]]:
    """(line, what) for each import or call that only the edge may make."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                for name in names:
                    if name.name.partition(".")[0] in MODULES:
                        yield node.lineno, f"imports {name.name}"
            case ast.ImportFrom(module=str(module)) if module.partition(".")[0] in MODULES:
                yield node.lineno, f"imports from {module}"
            case ast.Call(func=ast.Name(id=name)) if name in NAMES:
                yield node.lineno, f"calls {name}()"
            case ast.Call(func=ast.Attribute(attr=name)) if name in METHODS:
                yield node.lineno, f"calls .{name}()"
            case _:
                pass


def main() -> int:
    found = 0
    for path in sorted(ROOT.rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if name.startswith(EDGE):
            continue
        for line, what in breaches(path.read_text("utf-8")):
            found += 1
            print(f"src/foedus/{name}:{line}: {what}; only {', '.join(EDGE)} may.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
