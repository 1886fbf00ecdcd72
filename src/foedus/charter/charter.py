"""An organisation's charter as values: instruments, texts, articles, and rules with their periods in force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Generic, TypeVar

from foedus.charter.kinds import AnyRule, Basis
from foedus.charter.kinds import Rule as RuleModel
from foedus.terms.dates import Period

R_co = TypeVar("R_co", bound=RuleModel, covariant=True)
K = TypeVar("K", bound=RuleModel)


@dataclass(frozen=True, slots=True)
class Text:
    """One text of an instrument. `signed` binds nobody; `period` is when it is in force."""

    name: str
    what: str
    signed: date
    place: str
    period: Period
    basis: Basis
    sources: tuple[str, ...]
    note: str
    line: int


@dataclass(frozen=True, slots=True)
class Article:
    """An article: its number (a text, such as `13`), title, and its plain reading as Markdown. `word` is what its
    instrument calls it: an Article, or a Rule.
    """

    instrument: str
    number: str
    title: str
    reading: str
    line: int
    word: str = "Article"

    @property
    def cited(self) -> str:
        """`Article 13`, or `Rule 18`."""
        return f"{self.word} {self.number}"


@dataclass(frozen=True, slots=True)
class Instrument:
    """A treaty, charter or protocol, read from one file."""

    id: str
    title: str
    short: str
    file: str
    texts: tuple[Text, ...]
    articles: tuple[Article, ...]

    def text_on(self, day: date) -> Text | None:
        """The text in force on `day`, None where none is."""
        return next((text for text in self.texts if text.period.holds(day)), None)


@dataclass(frozen=True, slots=True)
class RuleInForce(Generic[R_co]):
    """A rule as one text words it, with the period in which that wording is in force."""

    says: R_co
    instrument: str
    citation: str  # “Charter, Article 13”
    article: str
    text: str  # the name of the text it begins with, or the day where it begins with none
    period: Period
    file: str
    line: int

    @property
    def key(self) -> str:
        """The rule's id with the text that words it: unique in a charter."""
        return f"{self.says.id}@{self.text}"


@dataclass(frozen=True)
class Charter:
    """All instruments of an organisation and all their rules, in the order of the files."""

    instruments: tuple[Instrument, ...]
    rules: tuple[RuleInForce[AnyRule], ...]
    digest: str  # SHA-256 over the files, hexadecimal
    # rules read otherwise than written, each with the name of its reading; and the charter as it is written
    readings: tuple[tuple[str, str], ...] = ()
    before: Charter | None = None

    @property
    def as_written(self) -> Charter:
        """The charter with every rule read as it is written."""
        return self.before or self

    @cached_property
    def by_key(self) -> dict[str, RuleInForce[AnyRule]]:
        """Every version of every rule by its key."""
        return {rule.key: rule for rule in self.rules}

    def of_kind(self, kind: type[K]) -> Iterator[RuleInForce[K]]:
        """The rules of one kind, in order."""
        for rule in self.rules:
            if isinstance(rule.says, kind):
                yield rule  # type: ignore[misc]

    def versions_of(self, rule: str) -> tuple[RuleInForce[AnyRule], ...]:
        """The versions of one rule (an id), in order of time."""
        return tuple(sorted((r for r in self.rules if r.says.id == rule), key=lambda r: r.period.start))

    def instrument(self, name: str) -> Instrument | None:
        """The instrument of that id."""
        return next((found for found in self.instruments if found.id == name), None)

    def article(self, instrument: str, number: str) -> Article | None:
        """An article by instrument and number."""
        found = self.instrument(instrument)
        return next((a for a in found.articles if a.number == number), None) if found else None

    def under(self, article: Article) -> tuple[RuleInForce[AnyRule], ...]:
        """The rules that stand under an article, every version of each."""
        return tuple(
            r for r in self.rules if (r.instrument, r.article) == (article.instrument, article.number)
        )

    def untranslated_for(self, rule: str, day: date) -> tuple[RuleInForce[AnyRule], ...]:
        """The untranslated clauses that answers by `rule` (an id) lean on, in force on `day`."""
        return tuple(
            r
            for r in self.rules
            if r.says.kind == "untranslated" and rule in r.says.leans and r.period.holds(day)
        )
