"""The web face: pages rendered on the server from the secretariat's answers. No script, no accounts.

Django is imported only when an application is made, so that importing this costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.core.handlers.asgi import ASGIHandler

    from foedus.web.gate import Gate

__all__ = ["application", "serve"]

PATIENCE = 3  # seconds that answers have to end when the server is ended; streams of events would never


def application(
    organisations: Sequence[str],
    *,
    hosts: Sequence[str] = (),
    database: str | None = None,
    gate: Gate | None = None,
) -> ASGIHandler:
    """The ASGI application over these organisations, loaded and warm: bundled names, folders or databases; each kept in
    `database`, or else for as long as the process lives. `gate`: who may do what through the programming interface.

    Django holds one configuration a process: a second call changes which organisations the first one serves.
    BadInput where an organisation cannot be opened.
    """
    from foedus.web.settings import configure  # noqa: PLC0415 - Django is heavy, and only servers need it

    catalogue = configure(organisations, hosts, database, gate)
    from django.core.asgi import get_asgi_application  # noqa: PLC0415 - after the settings are there

    from foedus.web.warming import warm  # noqa: PLC0415

    made = get_asgi_application()
    warm(catalogue)
    return made


def serve(
    organisations: Sequence[str], host: str, port: int, database: str | None = None, gate: Gate | None = None
) -> None:
    """Serves these organisations until the process is told to end. Listens only once everything is loaded."""
    import uvicorn  # noqa: PLC0415 - only servers need it

    from foedus.web.bounds import bounded  # noqa: PLC0415

    made = application(organisations, hosts=[host], database=database, gate=gate)
    if database is not None:
        from django.conf import settings  # noqa: PLC0415 - Django is heavy, and only servers need it

        settings.FOEDUS.keep_snapshots()
    print(f"Foedus serves {', '.join(organisations)} on http://{host}:{port} (stop with Ctrl-C)", flush=True)  # noqa: T201
    uvicorn.run(
        bounded(made),
        host=host,
        port=port,
        log_level="warning",
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=PATIENCE,
    )
