"""The charter as in force on a day: an article, its text, its rules as sentences, what of it is not evaluated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from foedus.charter.charter import Article, Charter, Instrument, RuleInForce, Text
from foedus.charter.kinds import AnyRule
from foedus.charter.say import say
from foedus.problems import NotFound


@dataclass(frozen=True, slots=True)
class Clause:
    """A rule in force under an article, and its sentence."""

    rule: RuleInForce[AnyRule]
    says: str

    @property
    def evaluated(self) -> bool:
        """Whether it is data, and not a clause that is only printed."""
        return self.rule.says.kind != "untranslated"

    def to_json(self) -> dict[str, Any]:
        """The clause as published in `schemas/charter.json`."""
        rule = self.rule
        return {
            "id": rule.says.id,
            "kind": rule.says.kind,
            "says": self.says,
            "basis": rule.says.basis,
            "sources": list(rule.says.sources),
            "note": rule.says.note,
            "text": rule.text,
            "from": rule.period.start.isoformat(),
            "to": rule.period.end.isoformat() if rule.period.end else None,
        }


@dataclass(frozen=True, slots=True)
class ArticleInForce:
    """An article on a day: the text of its instrument in force (None: none is), and the clauses in force under it."""

    instrument: Instrument
    article: Article
    text: Text | None
    clauses: tuple[Clause, ...]

    def to_json(self) -> dict[str, Any]:
        """The article as published in `schemas/charter.json`."""
        return {
            "instrument": self.instrument.id,
            "article": self.article.number,
            "title": self.article.title,
            "text": self.text.name if self.text else None,
            "reading": self.article.reading,
            "rules": [clause.to_json() for clause in self.clauses if clause.evaluated],
            "untranslated": [clause.to_json() for clause in self.clauses if not clause.evaluated],
        }


def articles(charter: Charter, on: date, number: str | None = None) -> tuple[ArticleInForce, ...]:
    """The articles of that number (`13`, or of one instrument `treaty/4`), or all, as in force at the end of the day `on`.

    NotFound, with the numbers there are, where no such instrument has such an article.
    """
    of, _, bare = (number or "").rpartition("/")
    if of and charter.instrument(of) is None:
        raise NotFound("instrument", of, [instrument.id for instrument in charter.instruments])
    found = tuple(
        ArticleInForce(instrument, article, instrument.text_on(on), _clauses(charter, article, on))
        for instrument in charter.instruments
        for article in instrument.articles
        if of in {"", instrument.id} and (number is None or article.number == bare)
    )
    if not found:
        within = (i for i in charter.instruments if of in {"", i.id})
        numbers = dict.fromkeys(a.number for i in within for a in i.articles)
        raise NotFound(f"article of the {of}" if of else "article", bare, numbers)
    return found


def _clauses(charter: Charter, article: Article, on: date) -> tuple[Clause, ...]:
    return tuple(
        Clause(rule, say(charter, rule.says)) for rule in charter.under(article) if rule.period.holds(on)
    )
