"""Dates as `time` elements, vague ones underlined, and the addresses of static files."""

from __future__ import annotations

from datetime import date, timedelta

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from foedus.terms.dates import When, show_day
from foedus.web import statics
from foedus.web.pages.words import Link, short_day

register = template.Library()


@register.filter
def day(value: date) -> SafeString:
    """`1 Dec 2022`, as a time element."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), short_day(value))


@register.filter
def long_day(value: date) -> SafeString:
    """`1 December 2022`, as a time element."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), show_day(value))


@register.filter
def when(value: When) -> SafeString:
    """A day, a stretch of days, or a range that one unknown day lies in, underlined."""
    if value.vague:
        return _vague(value.earliest, value.latest)
    if value.approximate:
        return format_html('<span class="u-uncertain">about {}</span>', day(value.latest))
    if value.began != value.latest:
        return format_html("{} to {}", day(value.began), day(value.latest))
    return day(value.latest)


def _vague(first: date, last: date) -> SafeString:
    """One unknown day: of a year, of a month, or from one day to another."""
    out = last + timedelta(days=1) if last < date.max else last
    if first == date(first.year, 1, 1) and out == date(min(first.year + 1, date.max.year), 1, 1):
        told = format_html('some day of <time datetime="{}">{}</time>', f"{first:%Y}", first.year)
    elif first.day == 1 and out.day == 1 and (last - first).days < 31:
        told = format_html(
            'some day of <time datetime="{}">{}</time>', f"{first:%Y-%m}", f"{first:%B} {first.year}"
        )
    else:
        told = format_html("some day from {} to {}", day(first), day(last))
    return format_html('<span class="u-uncertain">{}</span>', told)


@register.filter
def linked(link: Link) -> SafeString:
    """A name that leads to what the record holds of it, in ink; a word where it leads nowhere."""
    if not link.href:
        return format_html("{}", link.text)
    return format_html('<a class="name" href="{}">{}</a>', link.href, link.text)


@register.simple_tag
def static_file(name: str) -> str:
    """The address of a static file."""
    return statics.address(name)


@register.filter
def short_hash(value: str) -> str:
    """The first eight digits of a hash."""
    return value[:8]
