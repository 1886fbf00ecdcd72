"""Fetches the files of a log, from a folder or from a web server, neither of which is trusted: what comes is bounded in
size and in time, and from nowhere else than was asked.
"""

from __future__ import annotations

import http.client
import os
import stat
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any

from foedus.problems import Altered, Unreachable
from foedus.register.log.tiles import Fetch

LARGEST = 256 * 65_537  # bytes: a full bundle of the longest entries
PATIENCE = 20  # seconds, for a file as a whole


def fetcher(log: str) -> Fetch:
    """What fetches the files of a log from an address: a folder's path, or http(s)://…"""
    if log.startswith(("http://", "https://")):
        return _from_web(log.rstrip("/"))
    return _from_folder(Path(log))


def _from_folder(folder: Path) -> Fetch:
    def fetch(name: str) -> bytes:
        try:
            data = read_file(folder / name, LARGEST)
        except FileNotFoundError:
            raise Altered(f"The log lacks the file {name}.") from None
        except OSError as error:
            raise Unreachable(f"{folder / name} cannot be read: {error.strerror}.") from error
        return _bounded(data, str(folder / name))

    return fetch


def read_file(path: Path, longest: int) -> bytes:
    """What is in a file, of which no more than a byte beyond the longest is read. OSError where it is none: a pipe or a
    device could give bytes without end, or never one.
    """
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(0, "it is no file")
        return file.read(longest + 1)


def _bounded(data: bytes, where: str) -> bytes:
    if len(data) > LARGEST:
        raise Altered(f"{where} is longer than anything in a log.")
    return data


class _Within(urllib.request.HTTPRedirectHandler):
    """Follows where a server sends on, to http and https alone."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        if not newurl.startswith(("http://", "https://")):
            fp.close()
            raise Altered(f"{req.full_url} sends on to {newurl}, which is no web server.")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _from_web(address: str) -> Fetch:
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPErrorProcessor,
        _Within,
    ):
        opener.add_handler(handler())

    def fetch(name: str) -> bytes:
        url = f"{address}/{name}"
        return _bounded(_in_time(lambda: _got(opener, url), address), url)

    return fetch


def _got(opener: urllib.request.OpenerDirector, url: str) -> bytes:
    try:
        with opener.open(url, timeout=PATIENCE) as answer:
            data: bytes = answer.read(LARGEST + 1)
    except urllib.error.HTTPError as error:
        with error:
            raise Altered(f"The log does not show {url}: {error.code} {error.reason}.") from error
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise Unreachable(f"{url} does not answer: {type(error).__name__} {error}.") from error
    return data


def _in_time(work: Callable[[], bytes], address: str) -> bytes:
    """What work gives, if it does so in time. A server that sends a byte now and then would keep it for ever; so it runs
    beside, and is left there.
    """
    found: list[bytes | BaseException] = []

    def run() -> None:
        try:
            found.append(work())
        except BaseException as error:  # noqa: BLE001 - it is raised below
            found.append(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(PATIENCE)
    if not found:
        raise Unreachable(f"{address} does not answer within {PATIENCE} seconds.")
    if isinstance(found[0], BaseException):
        raise found[0]
    return found[0]
