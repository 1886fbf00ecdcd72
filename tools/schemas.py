"""JSON Schemas of what people write, made from the models: rules, instruments, acts, and the two other files.

A key is described in the words of the guides' tables (tools/published.py). What a schema cannot say, such as that a
name exists, `foedus check` does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel, TypeAdapter

from foedus.charter.kinds import MODELS as RULES
from foedus.charter.kinds import Depositary, HostHolder, InstrumentHead, Rule
from foedus.record.about import About
from foedus.record.acts import MODELS as ACTS
from foedus.record.envelope import Dated, Entry, Head, Lasting, MaybeDated, Person
from foedus.record.evidence import Evidence, Source
from foedus.record.sittings import Row
from foedus.terms.dates import When
from foedus.terms.states import State, all_states

Json = dict[str, Any]
Meanings = Mapping[tuple[str, str], str]  # what a guide says of a key: by the name of its table, and the key
INHERITED = ("recorded", "recorded by")  # a record's file may say them once, at its head
_ONE_OF: Mapping[type[BaseModel], tuple[str, ...]] = {
    Dated: ("on", "between"),
    Evidence: ("source", "known"),
    HostHolder: ("role", "seat in"),
    Depositary: ("office", "state"),
}
_ANY_OF: Mapping[type[BaseModel], tuple[str, ...]] = {
    Person: ("state", "person", "office", "org"),
    Row: ("state", "person", "org", "capacity"),
}


def named(model: type[BaseModel]) -> str:
    """A model's name in words, as guides and schemas have it: `host holder`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model.__name__).lower()


@cache
def tables_of() -> dict[str, tuple[type[BaseModel], tuple[str, ...]]]:
    """Each table of the guides by its name: a model, and those of its keys that stand there."""
    entry, rule = _keys(Entry), _keys(Rule)
    found: dict[str, tuple[type[BaseModel], tuple[str, ...]]] = {
        "instrument": (InstrumentHead, tuple(_keys(InstrumentHead))),
        "every rule": (Rule, tuple(rule)),
        "organisation": (About, tuple(_keys(About))),
        "source": (Source, tuple(_keys(Source))),
        "file": (Head, tuple(_keys(Head))),
        "every act": (Entry, tuple(entry)),
        "act that happened": (MaybeDated, tuple(k for k in _keys(MaybeDated) if k not in entry)),
        "act that lasted": (Lasting, tuple(k for k in _keys(Lasting) if k not in entry)),
    }
    found |= {
        f"rule {k}": (m, tuple(key for key in _keys(m) if key not in {*rule, "kind"}))
        for k, m in RULES.items()
    }
    found |= {
        f"act {k}": (m, tuple(key for key in _keys(m) if key not in {*entry, "kind"}))
        for k, m in ACTS.items()
    }
    whole: list[type[BaseModel]] = [*RULES.values(), *ACTS.values(), InstrumentHead, About, Source, Head]
    for part in dict.fromkeys(part for model in whole for part in _parts(model)):
        found[f"part {named(part)}"] = (part, tuple(_keys(part)))
    return found


def _keys(model: type[BaseModel]) -> list[str]:
    return [info.alias or name for name, info in model.model_fields.items()]


def _parts(
    model: type[BaseModel], known: frozenset[type[BaseModel]] = frozenset()
) -> Iterator[type[BaseModel]]:
    """The models inside a model, however deep; of one that holds its like, what is inside it once."""
    for info in model.model_fields.values():
        for part in _models_in(info.annotation):
            if part not in known:
                yield part
                yield from _parts(part, known | {part})


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from _models_in(part)


# -- the schemas


@cache
def shape_of(kind: Any) -> str:
    """The schema of a type without its title, as text to compare by."""
    return json.dumps(_tidied(TypeAdapter(kind).json_schema()), sort_keys=True)


def _shared() -> dict[str, Json]:
    """What many keys hold, defined once in each schema."""
    date = json.loads(shape_of(When))
    codes = {"type": "string", "enum": sorted(all_states())}
    return {
        "date": {
            "description": "A day, a month or a year (one unknown day of it), or `{between: A/B}`, or about.",
            **date,
        },
        "state": {
            "description": "A state by its ISO 3166 code: three letters, four where it is no more.",
            **codes,
        },
    }


def _tidied(schema: Any) -> Any:
    """A schema of pydantic's without what says nothing to people: titles, nulls, defaults that are empty."""
    if isinstance(schema, list):
        return [_tidied(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: value for key, value in schema.items() if key != "discriminator"}
    if isinstance(kept.get("title"), str):
        del kept["title"]
    default = kept.get("default")
    if default in (None, "", []) or isinstance(default, dict):  # a part that is left out says nothing
        kept.pop("default", None)
    if "patternProperties" in kept:
        kept["additionalProperties"] = False
    if "anyOf" in kept:
        kept["anyOf"] = [part for part in kept["anyOf"] if part != {"type": "null"}]
        if len(kept["anyOf"]) == 1:
            (only,) = kept.pop("anyOf")
            kept = only | kept
    return {key: _tidied(value) for key, value in kept.items()}


def _pointed(schema: Any) -> Any:
    """A schema in which what is defined once is pointed to."""
    if isinstance(schema, list):
        return [_pointed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    bare = {key: value for key, value in schema.items() if key not in {"default", "description"}}
    for kind, name in ((When, "date"), (State, "state")):
        if json.dumps(bare, sort_keys=True) == shape_of(kind):
            return {"$ref": f"#/$defs/{name}"}
    return {key: _pointed(value) for key, value in schema.items()}


@cache
def definition(model: type[BaseModel]) -> Json:
    """The schema of one model; the models inside it are pointed to by their names."""
    whole = TypeAdapter(model).json_schema(by_alias=True)
    whole = whole["$defs"][model.__name__] if "$ref" in whole else whole  # one that holds its like
    parts = {f"#/$defs/{part.__name__}": f"#/$defs/{named(part).replace(' ', '-')}" for part in _parts(model)}
    text = json.dumps({key: value for key, value in whole.items() if key != "$defs"})
    for old, new in parts.items():
        text = text.replace(f'"{old}"', f'"{new}"')
    made: Json = _pointed(_tidied(json.loads(text)))
    made["description"] = " ".join((model.__doc__ or "").split())
    inherited = INHERITED if issubclass(model, Entry) else ()
    made["required"] = [key for key in made.get("required", ()) if key not in inherited]
    for base, keys in _ONE_OF.items():
        if issubclass(model, base):
            made["oneOf"] = [{"required": [key]} for key in keys]
    for base, keys in _ANY_OF.items():
        if issubclass(model, base):
            made["anyOf"] = [{"required": [key]} for key in keys]
    if issubclass(model, MaybeDated) and not issubclass(model, Dated):
        made["not"] = {"required": ["on", "between"]}
    return made


def _described(model: type[BaseModel], table: str, meanings: Meanings) -> Json:
    """The schema of a model, its keys described in the guides' words."""
    made: Json = json.loads(json.dumps(definition(model)))
    bases = ("every rule", "every act", "act that happened", "act that lasted")
    for key, property_ in made["properties"].items():
        names = [table, *bases]
        said = next((meanings[name, f"`{key}`"] for name in names if (name, f"`{key}`") in meanings), "")
        plain = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", said)
        made["properties"][key] = {"description": plain, **property_} if plain else property_
    return made


def _definitions(models: Mapping[str, type[BaseModel]], word: str, meanings: Meanings) -> Json:
    """Definitions of models by name, of the models inside them, and of what they share."""
    made = {name: _described(model, f"{word} {name}".strip(), meanings) for name, model in models.items()}
    for part in dict.fromkeys(part for model in models.values() for part in _parts(model)):
        name = named(part).replace(" ", "-")
        assert name not in made, f"a kind and a part are both called {name}"
        made[name] = _described(part, f"part {named(part)}", meanings)
    text = json.dumps(made)
    return {**made, **{name: shape for name, shape in _shared().items() if f'"#/$defs/{name}"' in text}}


def _of_kinds(models: Mapping[str, Any]) -> Json:
    """One of several kinds, told apart by `kind`, so that an editor says what is wrong with the kind that is meant."""
    kinds = [
        {
            "if": {"required": ["kind"], "properties": {"kind": {"const": kind}}},
            "then": {"$ref": f"#/$defs/{kind}"},
        }
        for kind in models
    ]
    known = {
        "description": "Which kind it is: what other keys there are follows from it.",
        "enum": list(models),
    }
    return {"type": "object", "required": ["kind"], "properties": {"kind": known}, "allOf": kinds}


def schemas(meanings: Meanings) -> dict[str, Json]:
    """Every schema of what people write, by the name of its file."""
    acts = _definitions(ACTS, "act", meanings)
    head = _described(Head, "file", meanings)
    head["properties"]["entries"] |= {"items": {"$ref": "#/$defs/act"}}
    demanded = [
        {
            "if": {"not": {"required": [key]}},
            "then": {"properties": {"entries": {"items": {"required": [key]}}}},
        }
        for key in INHERITED
    ]
    return {
        "rules": _whole("A rule of a charter: what stands in a block `rule`.", _of_kinds(RULES), _definitions(RULES, "rule", meanings)),
        "instrument": _single("The head of an instrument: what stands in a block `instrument`.", InstrumentHead, "instrument", meanings),
        "acts": _whole("A file of a record: record/*.yaml.", {**head, "allOf": demanded}, {"act": _of_kinds(ACTS), **acts}),
        "organisation": _single("The head of an organisation folder: organisation.yaml.", About, "organisation", meanings),
        "source-file": _sources(meanings),
    }  # fmt: skip


def _whole(title: str, body: Json, definitions: Json) -> Json:
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    return {**head, **body, "$defs": definitions}


def _single(title: str, model: type[BaseModel], table: str, meanings: Meanings) -> Json:
    definitions = _definitions({table: model}, "", meanings)
    return _whole(title, definitions.pop(table), definitions)


def _sources(meanings: Meanings) -> Json:
    definitions = _definitions({"source": Source}, "", meanings)
    body = {"type": "object", "additionalProperties": {"$ref": "#/$defs/source"}}
    return _whole("The sources of an organisation folder: sources.yaml.", body, definitions)


def written(schema: Json) -> str:
    """A schema as it stands in its file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
