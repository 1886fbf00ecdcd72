"""Makes every page of the CSTO that its pages lead to, warm, and prints the slowest of each kind. Asserts nothing.

    make bench

Each page is asked for three times after a first time, on one day in the stretch of doubt of 2022; the median counts. What
is timed is all that the processor does for a page, from the request to the whole answer, whatever else the machine has to
do; without the network.
"""

from __future__ import annotations

import html
import re
import statistics
import time
from collections import defaultdict
from urllib.parse import urldefrag

from foedus.web import application

RUNS = 3
DAYS = "?on=2022-12-01"
TARGET = 200  # milliseconds that no page is to take
START = f"/csto/{DAYS}"
SEARCHES = ("yerevan", "lukashenka", "session of the council", "help", "charter article 13", "zzzz")


def main() -> None:
    application(["csto"])
    from django.test import Client

    client = Client()
    taken: dict[str, float] = {}
    waiting = [START, *(f"/csto/search/{DAYS}&q={words.replace(' ', '+')}" for words in SEARCHES)]
    waiting.append(f"/csto/members/{DAYS}&sort=-acts.when")
    while waiting:
        address = waiting.pop()
        if address in taken or not address.startswith("/csto/") or DAYS[1:] not in address:
            continue
        text = client.get(address).content.decode()
        taken[address] = statistics.median(_milliseconds(client, address) for _ in range(RUNS))
        links = (urldefrag(html.unescape(link)).url for link in re.findall(r'<a [^>]*href="([^"]*)"', text))
        waiting += [link for link in links if link not in taken]
    _print(taken)


def _milliseconds(client: object, address: str) -> float:
    start = time.process_time()
    client.get(address)  # type: ignore[attr-defined]
    return (time.process_time() - start) * 1e3


def _print(taken: dict[str, float]) -> None:
    kinds: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for address, milliseconds in taken.items():
        kinds[address.split("/")[2].partition("?")[0] or "overview"].append((milliseconds, address))
    slow = sum(milliseconds > TARGET for milliseconds in taken.values())
    print(f"{len(taken)} pages made, each the median of {RUNS} warm runs; {slow} took over {TARGET} ms")
    for kind, pages in sorted(kinds.items(), key=lambda each: -max(each[1])[0]):
        worst, address = max(pages)
        middle = statistics.median(milliseconds for milliseconds, _ in pages)
        print(
            f"  {kind:10} {len(pages):4} pages, median {middle:4.0f} ms, slowest {worst:4.0f} ms: {address}"
        )


if __name__ == "__main__":
    main()
