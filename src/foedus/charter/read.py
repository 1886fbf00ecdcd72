"""Reads an instrument: Markdown with an `instrument` block at its head and `rule` blocks under articles."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from markdown_it import MarkdownIt
from markdown_it.token import Token

from foedus.charter.charter import Article, Charter, Instrument, RuleInForce, Text
from foedus.charter.kinds import HEADS, RULES, AnyRule, InstrumentHead
from foedus.problems import ANYTHING, Problem, enough, suggest
from foedus.terms.dates import Period, parse_day
from foedus.written import UNWRITABLE, Written, read_yaml, validate

_ARTICLE = re.compile(r"^(Article|Rule) (\d+[a-z]?)\. (.+)$")
_BLOCKS = ("instrument", "rule")


@dataclass(slots=True)
class _Section:
    """What stands under one article heading, before its rules are understood."""

    article: Article | None
    blocks: list[Written] = field(default_factory=list)
    prose: list[tuple[int, int]] = field(default_factory=list)


def read_charter(files: Iterable[tuple[str, str]]) -> tuple[Charter, list[Problem], frozenset[str]]:
    """A charter from (file name, text) pairs; every problem found; and the names that what was refused may have
    defined, so that nothing that uses them is told to be wrong as well.
    """
    files = [(name, text.replace("\r\n", "\n")) for name, text in files]
    instruments: list[Instrument] = []
    rules: list[RuleInForce[AnyRule]] = []
    problems: list[Problem] = []
    refused: set[str] = set()
    unread = False
    for name, text in files:
        instrument = _read_instrument(name, text, rules, problems, refused)
        unread |= instrument is None
        if instrument is not None and any(other.id == instrument.id for other in instruments):
            what = f"The instrument “{instrument.id}” stands in another file already."
            problems.append(Problem(name, 1, what, "Give each instrument an id of its own."))
        elif instrument is not None:
            instruments.append(instrument)
    digest = hashlib.sha256()
    for name, text in sorted(files):
        digest.update(f"{name}\0{len(text.encode())}\0{text}".encode())
    problems += enough(_clashes(rules))
    return (
        Charter(tuple(instruments), tuple(rules), digest.hexdigest()),
        problems,
        ANYTHING if unread else frozenset(refused),
    )


def _read_instrument(
    name: str, text: str, rules: list[RuleInForce[AnyRule]], problems: list[Problem], refused: set[str]
) -> Instrument | None:
    unwritable = UNWRITABLE.search(text)
    if unwritable is not None:
        line = text.count("\n", 0, unwritable.start()) + 1
        problems.append(
            Problem(name, line, "This holds a control character or half a character.", "Take it out.")
        )
        return None
    sections = list(_sections(name, text, problems))
    head = _head(sections[0], name, problems)
    for block in sections[0].blocks:
        problems += block.problems
        refused |= _words(block.data) if head is None else set()
    articles: list[Article] = []
    lines = text.split("\n")
    for section in sections[1:]:
        assert section.article is not None
        prose = "\n\n".join("\n".join(lines[first:last]) for first, last in section.prose)
        instrument = head[0].id if head is not None else ""
        article = Article(
            instrument,
            section.article.number,
            section.article.title,
            prose,
            section.article.line,
            section.article.word,
        )
        articles.append(article)
        for block in section.blocks:
            rule = _rule(block, article, head)
            problems += block.problems
            if rule is not None:
                rules.append(rule)
            else:
                refused |= _words(block.data)
    if head is None:
        return None
    spec, texts = head
    return Instrument(spec.id, spec.title, spec.short, name, texts, tuple(articles))


def _words(data: object) -> set[str]:
    """Every text in a block that was refused: the names it may have defined."""
    if isinstance(data, dict):
        return {str(key) for key in data}.union(*(_words(value) for value in data.values()))
    if isinstance(data, (list, tuple)):
        return set().union(*(_words(value) for value in data))
    return {data} if isinstance(data, str) else set()


def _sections(name: str, text: str, problems: list[Problem]) -> Iterator[_Section]:
    """The head of the file, then one section an article. A repeated article number is a problem."""
    section = _Section(None)
    seen: dict[str, int] = {}
    tokens = _tokens(text)
    for index, token in enumerate(tokens):
        line = (token.map[0] if token.map else 0) + 1
        if token.type == "heading_open" and token.tag != "h2" and _ARTICLE.match(tokens[index + 1].content):
            what = f"The heading “{tokens[index + 1].content}” is of the wrong level."
            problems.append(Problem(name, line, what, "An article's heading begins with ##."))
        if token.type == "heading_open" and token.tag == "h2":
            yield section
            section = _Section(_article(name, tokens[index + 1].content, line, seen, problems))
        elif token.type == "fence":
            _fence(token, name, line, section, problems)
        elif token.type == "code_block" and "```" in token.content:
            what = "This block is indented so far that it counts as prose."
            problems.append(Problem(name, line, what, "Begin it at the start of the line."))
        elif token.level == 0 and token.nesting >= 0 and token.map and token.type != "heading_open":
            section.prose.append((token.map[0], token.map[1]))
    yield section


def _tokens(text: str) -> list[Token]:
    """The blocks of a page. What is inside a paragraph is not looked at: a reading is printed as it stands."""
    return MarkdownIt("commonmark").disable("inline").parse(text)


def _article(name: str, heading: str, line: int, seen: dict[str, int], problems: list[Problem]) -> Article:
    match = _ARTICLE.match(heading)
    if match is None:
        what = f"The heading “{heading}” names no article."
        problems.append(Problem(name, line, what, "Write “## Article 13. Its title”."))
        return Article("", heading, heading, "", line)
    word, number, title = match.groups()
    if number in seen:
        what = f"{word} {number} stands here a second time; the first is on line {seen[number]}."
        problems.append(Problem(name, line, what, "Join the two."))
    seen.setdefault(number, line)
    return Article("", number, title, "", line, word)


def _fence(token: Token, name: str, line: int, section: _Section, problems: list[Problem]) -> None:
    kind = token.info.strip()
    last = token.map[1] if token.map else line
    if last - line < token.content.count("\n") + 1:
        problems.append(Problem(name, line, "This block is not closed.", f"Close it with {token.markup}."))
    wanted = "instrument" if section.article is None else "rule"
    if kind != wanted:
        what = f"A block “{kind}” has no place here." if kind else "This block says no kind."
        where = "before the first article" if wanted == "instrument" else "under an article"
        remedy = suggest(kind, _BLOCKS) if kind not in _BLOCKS else f"Blocks {where} are “{wanted}”."
        problems.append(Problem(name, line, what, remedy))
        return
    section.blocks.append(read_yaml(token.content, name, line + 1))


def _head(
    section: _Section, name: str, problems: list[Problem]
) -> tuple[InstrumentHead, tuple[Text, ...]] | None:
    if len(section.blocks) != 1:
        what = (
            "The file must begin with one block “instrument”."
            if not section.blocks
            else "Two blocks “instrument”."
        )
        problems.append(Problem(name, 1, what, "It names the instrument and its texts."))
        return None
    block = section.blocks[0]
    head = validate(HEADS, block, block.data) if block.data is not None or not block.problems else None
    if head is None:
        return None
    texts = [text for text in (_text(block, head, key) for key in head.texts) if text is not None]
    for earlier, later in combinations(texts, 2):
        if earlier.period.overlaps(later.period):
            what = f"The texts “{earlier.name}” and “{later.name}” are in force on the same day."
            block.problems.append(
                block.problem(("texts", later.name), what, "End the earlier where the later begins.")
            )
    if len(texts) < len(head.texts):
        return None
    return head, tuple(texts)


def _text(block: Written, head: InstrumentHead, key: str) -> Text | None:
    spec = head.texts[key]
    path = ("texts", key)
    signed = _day(spec.signed, block, (*path, "signed"))
    first = _day(spec.in_force.from_, block, (*path, "in force", "from"))
    last = (
        _day(spec.in_force.until, block, (*path, "in force", "until"))
        if spec.in_force.until is not None
        else None
    )
    if signed is None or first is None or (last is not None and last <= first):
        if first is not None and last is not None and last <= first:
            block.problems.append(block.problem((*path, "in force"), f"“{key}” ends before it begins."))
        return None
    period = Period(first, last)
    line = block.line(path)
    return Text(key, spec.what, signed, spec.place, period, spec.basis, spec.sources, spec.note, line)


def _day(text: str, block: Written, path: tuple[str, ...]) -> date | None:
    try:
        return parse_day(text)
    except ValueError as error:
        block.problems.append(block.problem(path, str(error)))
        return None


def _rule(
    block: Written, article: Article, head: tuple[InstrumentHead, tuple[Text, ...]] | None
) -> RuleInForce[AnyRule] | None:
    says = validate(RULES, block, block.data) if block.data is not None or not block.problems else None
    if says is None or head is None:
        return None
    spec, texts = head
    period = _period(says, block, texts)
    if period is None or block.problems:
        return None
    text = next((t.name for t in texts if t.period.start == period.start), period.start.isoformat())
    citation = f"{spec.short}, {article.cited}"
    return RuleInForce(says, spec.id, citation, article.number, text, period, block.file, block.line(()))


def _period(says: AnyRule, block: Written, texts: tuple[Text, ...]) -> Period | None:
    """A rule's period in force: each end a day, or the first day of a text named."""
    starts = {text.name: text.period.start for text in texts}
    ends: list[date | None] = []
    for key, value in (("from", says.in_force.from_), ("until", says.in_force.until)):
        if value is None or value in starts:
            ends.append(starts[value] if value else None)
            continue
        try:
            ends.append(parse_day(value))
        except ValueError:
            what = f"“{value}” is neither a day nor a text of this instrument."
            block.problems.append(block.problem(("in force", key), what, suggest(value, starts)))
            return None
    start, end = ends
    if start is None or (end is not None and end <= start):
        block.problems.append(block.problem(("in force",), f"The rule “{says.id}” ends before it begins."))
        return None
    return Period(start, end)


def _clashes(rules: list[RuleInForce[AnyRule]]) -> Iterator[Problem]:
    """Two versions of one rule must not be in force on the same day, and stay of one kind."""
    by_id: dict[str, list[RuleInForce[AnyRule]]] = {}
    for rule in rules:
        clash = next((o for o in by_id.get(rule.says.id, ()) if _clash(rule, o)), None)
        if clash is not None:
            where, name = f"line {clash.line} of {clash.file}", f"The rule “{rule.says.id}”"
            if rule.says.kind != clash.says.kind:
                what = f"{name} is of kind {rule.says.kind} here and {clash.says.kind} on {where}."
                yield Problem(rule.file, rule.line, what, "Give one of them another id.")
            else:
                what = f"{name} is in force on the same days as its version on {where}."
                yield Problem(rule.file, rule.line, what, "End the earlier where the later begins.")
        by_id.setdefault(rule.says.id, []).append(rule)


def _clash(rule: RuleInForce[AnyRule], other: RuleInForce[AnyRule]) -> bool:
    return rule.says.kind != other.says.kind or rule.period.overlaps(other.period)
