"""Files that people write: YAML 1.2 with line numbers, and a schema's objections as problems.

Of the plain scalars only `null`, `true`, `false` and whole decimal numbers are anything but the text they are, so `on`,
`no` and a date stay strings. Anchors, aliases, tags and directives are refused: a record is read by people first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError, YAMLWarning
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from foedus.problems import MOST_TOLD, Problem, and_more, suggest
from foedus.terms.words import as_id

MAX_CHARACTERS = 4_000_000
MAX_DEPTH = 30
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_LIKE_A_NUMBER = re.compile(
    r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$|^0o[0-7]+$|^0x[0-9a-fA-F]+$"
    r"|^[-+]?\.(inf|Inf|INF)$|^\.(nan|NaN|NAN)$"
)
_INTEGER = re.compile(r"^-?(0|[1-9][0-9]{0,17})$")

Path = tuple[str | int, ...]
T = TypeVar("T")


class Model(BaseModel):
    """Base of everything that is read from a file: frozen, no unknown keys, keys with spaces."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        alias_generator=lambda name: name.rstrip("_").replace("_", " "),
    )


@dataclass(slots=True)
class Written:
    """A parsed document: plain data, the line of every path in it, and what was wrong with its form."""

    file: str
    data: Any = None
    first_line: int = 1
    lines: dict[Path, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, path: Path) -> int:
        """The line of a path, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, self.first_line)

    def tell(self, problem: Problem) -> None:
        """Note a problem, once; after `MOST_TOLD` of them only that there are more."""
        if self.full:
            problem = and_more(self.file, 0)
        if problem not in self.problems:
            self.problems.append(problem)

    @property
    def full(self) -> bool:
        """Whether as many problems are noted as are told at once."""
        return len(self.problems) >= MOST_TOLD

    def problem(self, path: Path, what: str, remedy: str = "") -> Problem:
        """A problem at the line of `path`."""
        return Problem(self.file, self.line(path), what, remedy)


def read_yaml(text: str, file: str, first_line: int = 1) -> Written:
    """Parse one YAML document that begins on `first_line` of `file`. Never raises: faults are in `.problems`."""
    written = Written(file, first_line=first_line)
    if len(text) > MAX_CHARACTERS:
        what = f"The file holds {len(text):,} characters; at most {MAX_CHARACTERS:,} are read."
        written.tell(Problem(file, 1, what, "Split it into several files."))
        return written
    builder = _Builder(written, first_line)
    try:
        written.data = builder.document(YAML(typ="safe", pure=True).parse(text))
    except _Refused as refused:
        written.tell(refused.problem)
    except (MarkedYAMLError, YAMLWarning) as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line = first_line + (mark.line if mark is not None else 0)
        what = " ".join(str(getattr(error, "problem", None) or error).split())
        written.tell(Problem(file, line, f"This is not YAML: {what}."))
    except (YAMLError, ValueError, RecursionError, OverflowError) as error:
        what = " ".join(str(getattr(error, "reason", error)).split())[:200]
        position = getattr(error, "position", None)
        line = builder.last_line if position is None else first_line + text.count("\n", 0, position)
        written.tell(Problem(file, line, f"This is not YAML: {what}."))
    return written


class _Refused(Exception):  # noqa: N818 - internal
    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


class _Builder:
    """Builds plain data from parser events and notes the line of every key and item."""

    def __init__(self, written: Written, first_line: int) -> None:
        self.written, self.first_line = written, first_line
        self.last_line = first_line

    def document(self, events: Iterator[Event]) -> Any:
        found: list[Any] = []
        for event in events:
            if isinstance(event, DocumentStartEvent) and (event.version or event.tags):
                what, remedy = "Directives are not used here.", "Begin with the first key."
                raise _Refused(Problem(self.written.file, self.first_line, what, remedy))
            if isinstance(event, (ScalarEvent, SequenceStartEvent, MappingStartEvent, AliasEvent)):
                if found:
                    raise _Refused(
                        Problem(self.written.file, self._line(event), "A second document begins here.")
                    )
                found.append(self._node(event, events, ()))
        return found[0] if found else None

    def _line(self, event: Event) -> int:
        self.last_line = self.first_line + int(event.start_mark.line)
        return self.last_line

    def _node(self, event: Any, events: Iterator[Event], path: Path) -> Any:
        self.written.lines.setdefault(path, self._line(event))
        self._plainly_written(event)
        if len(path) > MAX_DEPTH:
            raise self._refuse(
                event, f"This is nested more than {MAX_DEPTH} deep.", "No rule or act needs that."
            )
        if isinstance(event, ScalarEvent):
            if not event.style and _LIKE_A_NUMBER.match(event.value) and not _INTEGER.match(event.value):
                remedy = "Put it in quotes if it is a text."
                key = next((f"“{part}”: " for part in reversed(path) if isinstance(part, str)), "")
                raise self._refuse(
                    event, f"{key}“{event.value}” is a number of a form not used here.", remedy
                )
            return event.value if event.style else _plain(event.value)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(events, path)
        return self._mapping(events, path)

    def _plainly_written(self, event: Any) -> None:
        if isinstance(event, AliasEvent) or event.anchor is not None:
            raise self._refuse(event, "Anchors and aliases are not used here.", "Write the value out.")
        if event.tag is not None and not (isinstance(event, ScalarEvent) and str(event.tag) == "!"):
            raise self._refuse(event, f"The tag {event.tag} is not used here.", "Leave it out.")
        if isinstance(event, ScalarEvent) and UNWRITABLE.search(event.value):
            raise self._refuse(event, "This holds a control character or half a character.", "Take it out.")

    def _refuse(self, event: Event, what: str, remedy: str) -> _Refused:
        return _Refused(Problem(self.written.file, self._line(event), what, remedy))

    def _sequence(self, events: Iterator[Event], path: Path) -> tuple[Any, ...]:
        items: list[Any] = []
        while not isinstance(event := next(events), SequenceEndEvent):
            items.append(self._node(event, events, (*path, len(items))))
        return tuple(items)

    def _mapping(self, events: Iterator[Event], path: Path) -> dict[str, Any]:
        items: dict[str, Any] = {}
        while not isinstance(event := next(events), MappingEndEvent):
            if not isinstance(event, ScalarEvent):
                raise self._refuse(event, "A key must be a word.", "")
            self._plainly_written(event)
            key, line = str(event.value), self._line(event)
            if key in items:
                first = self.written.line((*path, key))
                what = f"The key “{key}” stands here a second time; the first is on line {first}."
                self.written.tell(Problem(self.written.file, line, what, "Keep one of them."))
                self._node(next(events), events, (*path, f"{key} again"))
                continue
            self.written.lines[(*path, key)] = line
            items[key] = self._node(next(events), events, (*path, key))
        return items


def frozen(data: Any) -> Any:
    """Data of JSON as files are read: lists as tuples."""
    if isinstance(data, dict):
        return {key: frozen(value) for key, value in data.items()}
    return tuple(frozen(value) for value in data) if isinstance(data, list) else data


def _plain(text: str) -> Any:
    if text in {"", "~", "null", "Null", "NULL"}:
        return None
    if text in {"true", "True", "TRUE"}:
        return True
    if text in {"false", "False", "FALSE"}:
        return False
    return int(text) if _INTEGER.match(text) else text


def validate(kinds: Kinds[T], written: Written, data: Any, at: Path = ()) -> T | None:
    """`data`, found at path `at` of `written`, as one of `kinds`; else None, with each objection noted, up to as many as
    are told at once.
    """
    if written.full:
        written.tell(and_more(written.file, 0))
        return None
    empty = list(_nothing(data)) if _holds_none(data) else []
    for path in empty:
        what = f"The key “{path[-1]}” has nothing after it."
        written.tell(written.problem((*at, *path), what, "Leave it out."))
    try:
        found = kinds.adapter.validate_python(data)
    except ValidationError as error:
        objections = error.errors(include_url=False)
        for detail in objections:
            if written.full:
                written.tell(and_more(written.file, 0))
                break
            if detail["type"] == "too_short" and any(_within(o["loc"], detail["loc"]) for o in objections):
                continue  # an item was refused, which is told already
            inside, value = _walk(data, kinds.location(data, detail["loc"]))
            if inside in empty:
                continue
            what, remedy = _sentence(detail, (*at, *inside), value)
            if detail["type"] == "union_tag_invalid":
                inside = (*inside, "kind")
            if detail["type"] == "extra_forbidden":
                remedy = suggest(str(detail["loc"][-1]), kinds.keys_at(data, inside))
            written.tell(written.problem((*at, *inside), what, remedy))
        return None
    return None if empty else found


def _within(inner: tuple[int | str, ...], outer: tuple[int | str, ...]) -> bool:
    return len(inner) > len(outer) and inner[: len(outer)] == outer


def _holds_none(data: Any) -> bool:
    """Whether there is a None within, which hardly ever is so; quick to say."""
    for value in data.values() if isinstance(data, dict) else data if isinstance(data, tuple) else ():
        if value is None or (isinstance(value, (dict, tuple)) and _holds_none(value)):
            return True
    return False


def _nothing(data: Any, path: Path = ()) -> Iterator[Path]:
    """The path of every key that has nothing after it."""
    for key, value in (
        data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, tuple) else ()
    ):
        if value is None and isinstance(key, str):
            yield (*path, key)
        yield from _nothing(value, (*path, key))


@dataclass(frozen=True)
class Kinds(Generic[T]):
    """What a file may hold: the adapter that reads it, and the models behind each `kind`, to name their keys."""

    adapter: TypeAdapter[T]
    models: Mapping[str, type[Model]]

    def location(self, data: Any, loc: tuple[int | str, ...]) -> tuple[int | str, ...]:
        """An objection's place without the kind that a choice of models puts in front of it."""
        kind = data.get("kind") if isinstance(data, dict) else None
        return loc[1:] if "" not in self.models and loc[:1] == (kind,) else loc

    def keys_at(self, data: Any, path: Path) -> set[str]:
        """The keys that are known where `path` ends (a path's last key may be the unknown one)."""
        kind = data.get("kind") if isinstance(data, dict) else None
        model: type[BaseModel] | None = self.models.get(str(kind), self.models.get(""))
        keys: set[str] = _aliases(model)
        for part in path:
            if isinstance(part, int) or model is None:
                continue
            model = _inner(model, part)
            keys = _aliases(model) or keys
        return keys


def _aliases(model: type[BaseModel] | None) -> set[str]:
    return set() if model is None else {info.alias or name for name, info in model.model_fields.items()}


def _inner(model: type[BaseModel], key: str) -> type[BaseModel] | None:
    for name, info in model.model_fields.items():
        if key in {name, info.alias}:
            return _find_model(info.annotation)
    return None


def _find_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _find_model(part))), None)


def _walk(data: Any, loc: tuple[int | str, ...]) -> tuple[Path, Any]:
    """The part of a location that exists in the data (union tags do not), and what stands there."""
    path: list[str | int] = []
    for part in loc:
        inside = part in data if isinstance(data, dict) else False
        if isinstance(data, tuple):
            inside = isinstance(part, int) and part < len(data)
        if inside:
            data = data[part]
            path.append(part)
    return tuple(path), data


def _sentence(detail: ErrorDetails, path: Path, value: Any) -> tuple[str, str]:
    """What is wrong and what would be right, from one of the schema's objections."""
    kind, context = detail["type"], detail.get("ctx", {})
    name = str(detail["loc"][-1]) if detail["loc"] else ""
    key = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
    match kind:
        case "missing":
            return f"The key “{name}” is missing.", ""
        case "extra_forbidden":
            return f"The key “{name}” is not known here.", ""
        case "union_tag_not_found":
            return f"The key {context['discriminator']} is missing.".replace("'", "“", 1).replace(
                "'", "”", 1
            ), ""
        case "union_tag_invalid":
            tags = [tag.strip("' ") for tag in context["expected_tags"].split(",")]
            return f"There is no kind “{context['tag']}”.", suggest(str(context["tag"]), tags)
        case "literal_error":
            words = [word.strip("' ") for word in re.split(r",| or ", context["expected"])]
            return f"{_short(value)} is no value of “{key}”.", suggest(str(value), words)
        case "value_error":
            return _split(
                str(context["error"]).replace("This ", f"“{key}” ", 1) if key else str(context["error"])
            )
        case (
            "string_type"
            | "int_type"
            | "tuple_type"
            | "dict_type"
            | "bool_type"
            | "model_type"
            | "model_attributes_type"
        ):
            subject = f"“{key}”" if key else "This"
            return f"{subject} should be {_WANTED[kind]}, not {_short(value)}.", ""
        case "string_pattern_mismatch":
            return (
                f"“{key}”: {_short(value)} is no name.",
                "Names are small letters, digits and hyphens" + _as_name(value),
            )
        case "too_short" | "string_too_short":
            return f"“{key}” holds too little: at least {context['min_length']} is needed.", ""
        case "string_too_long":
            return f"“{key}” is longer than {context['max_length']} characters.", ""
        case "greater_than_equal" | "less_than_equal":
            bound = f"at least {context['ge']}" if "ge" in context else f"at most {context['le']}"
            return f"“{key}” should be {bound}, not {_short(value)}.", ""
        case _:
            return f"“{key}”: {detail['msg'].removeprefix('Value error, ')}.", ""


_WANTED = {
    "string_type": "a text",
    "int_type": "a whole number",
    "tuple_type": "a list",
    "dict_type": "keys and values",
    "bool_type": "true or false",
    "model_type": "keys and values",
    "model_attributes_type": "keys and values",
}


def _as_name(value: Any) -> str:
    name = as_id(str(value))
    return f", as in “{name}”." if name else "."


def _split(sentence: str) -> tuple[str, str]:
    what, stop, remedy = sentence.partition(". ")
    return (what + ".", remedy) if stop else (sentence, "")


def _short(value: Any) -> str:
    words = {None: "nothing", True: "“true”", False: "“false”"}
    text = words[value] if value is None or isinstance(value, bool) else f"“{_as_written(value)}”"
    return text if len(text) <= 60 else text[:57] + "…”"


def _as_written(value: Any) -> str:
    """A value as people write it, keys and lists in one line."""
    match value:
        case dict():
            return f"{{{', '.join(f'{key}: {_as_written(inner)}' for key, inner in value.items())}}}"
        case tuple():
            return f"[{', '.join(map(_as_written, value))}]"
        case None:
            return ""
        case bool():
            return str(value).lower()
        case _:
            return str(value)
