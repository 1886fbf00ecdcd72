"""Django's settings, made in code: there is nothing a deployer must write."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from typing import Any

import django
from csp.constants import NONE, SELF
from django.conf import settings

from foedus.web.catalogue import Catalogue, open_all
from foedus.web.gate import Gate

_LOCAL = ("localhost", "127.0.0.1", "[::1]", "testserver")
_ANYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - compared with, not bound to


def configure(
    organisations: Sequence[str],
    hosts: Sequence[str] = (),
    database: str | None = None,
    gate: Gate | None = None,
) -> Catalogue:
    """Opens the organisations and points Django at them; `gate`: who may do what through the programming interface."""
    catalogue = open_all(organisations, database)
    allowed = ["*"] if _ANYWHERE & set(hosts) else [*_LOCAL, *hosts]
    logging.getLogger("django.request").setLevel(logging.ERROR)  # a refusal is said to the reader alone
    logging.getLogger("django.security").setLevel(logging.CRITICAL)  # nor does anybody fill the log with them
    if not settings.configured:
        settings.configure(**_values())
        django.setup()
    before = getattr(settings, "FOEDUS", None)
    if before is not None:
        before.close()
    settings.FOEDUS = catalogue
    settings.FOEDUS_GATE = gate or Gate()
    settings.ALLOWED_HOSTS = allowed
    return catalogue


def _values() -> dict[str, Any]:
    return {
        "DEBUG": False,
        "SECRET_KEY": secrets.token_urlsafe(
            32
        ),  # signs nothing: there are no sessions and no forms that write
        "ROOT_URLCONF": "foedus.web.urls",
        "INSTALLED_APPS": ["foedus.web"],
        "MIDDLEWARE": [
            "django.middleware.security.SecurityMiddleware",
            "csp.middleware.CSPMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
            "foedus.web.compression.Compression",
            "django.middleware.http.ConditionalGetMiddleware",
            "foedus.web.errors.Refusals",
            "django.middleware.common.CommonMiddleware",
        ],
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {"builtins": ["foedus.web.templatetags.marks"]},
            }
        ],
        "USE_I18N": False,
        "USE_TZ": True,
        "CONTENT_SECURITY_POLICY": {
            "DIRECTIVES": {
                "default-src": [NONE],
                "style-src": [SELF],
                "img-src": [SELF],
                "font-src": [SELF],
                "form-action": [SELF],
                "frame-ancestors": [NONE],
                "base-uri": [NONE],
            }
        },
        "X_FRAME_OPTIONS": "DENY",
        "SECURE_REFERRER_POLICY": "same-origin",
        "LOGGING_CONFIG": None,
    }
