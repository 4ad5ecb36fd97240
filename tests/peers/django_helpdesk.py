"""A real django-helpdesk in a temporary folder: its REST interface is Django's usual one, with count, next and results."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.peers.network import free_port, stop, wait_until_listening

NAME, PASSWORD = "admin", "admin"
FOLDER = "SUPPORT_CONSOLE_HELPDESK"
SETTINGS = """\
SECRET_KEY = "made-up"
ALLOWED_HOSTS = ["127.0.0.1"]
DATABASES = {{"default": {{"ENGINE": "django.db.backends.sqlite3", "NAME": "{folder}/desk.sqlite"}}}}
_CONTRIB = ("auth", "contenttypes", "sessions", "sites", "admin", "messages", "humanize", "staticfiles")
INSTALLED_APPS = [*(f"django.contrib.{{name}}" for name in _CONTRIB), "helpdesk", "rest_framework"]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
_CONTEXT = ["django.contrib.auth.context_processors.auth", "django.template.context_processors.request",
            "django.contrib.messages.context_processors.messages"]
TEMPLATES = [{{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {{"context_processors": _CONTEXT}}}}]
ROOT_URLCONF = "desk_urls"
SITE_ID = 1
USE_TZ = True
STATIC_URL = "/static/"
MEDIA_ROOT = "{folder}/media"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
HELPDESK_ACTIVATE_API_ENDPOINT = True
HELPDESK_TEAMS_MODE_ENABLED = False
REST_FRAMEWORK = {{"DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.BasicAuthentication"]}}
"""
ADDRESSES = """\
from django.urls import include, path

urlpatterns = [path("helpdesk/", include("helpdesk.urls", namespace="helpdesk"))]
"""
BEGINNING = """\
import django
django.setup()
from django.contrib.auth.models import User
from helpdesk.models import Queue
User.objects.create_superuser("admin", "admin@example.com", "admin")
Queue.objects.create(title="General", slug="general", email_address="general@example.com")
"""


class DjangoHelpdesk:
    """The helpdesk: where it listens, and what happens in it behind a client's back."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._programs = programs
        (folder / "desk_settings.py").write_text(SETTINGS.format(folder=folder), encoding="utf-8")
        (folder / "desk_urls.py").write_text(ADDRESSES, encoding="utf-8")
        self._environment = {**os.environ, "PYTHONPATH": str(folder), "DJANGO_SETTINGS_MODULE": "desk_settings"}
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        for command in (["django-admin", "migrate", "-v0"], ["python", "-c", BEGINNING]):
            if self._started(*command).wait(120):
                raise RuntimeError(f"{command[0]} failed")
        self._server = self._started("django-admin", "runserver", "--noreload", f"127.0.0.1:{self.port}")
        wait_until_listening(self.port, self._server, seconds=60)

    def stop(self) -> None:
        if self._server is not None:
            stop(self._server)
            self._server = None

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """One request by a program of Python's own, so that the tests do not check our client by itself."""
        signed = base64.b64encode(f"{NAME}:{PASSWORD}".encode()).decode()
        headers = {"Authorization": f"Basic {signed}", "Content-Type": "application/json"}
        data = json.dumps(body).encode() if body is not None else None
        asked = urllib.request.Request(f"{self.address}/helpdesk/api/{path}", data, headers, method=method)
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return json.loads(answer.read())

    def ticket(self, title: str, description: str) -> str:
        """Make a ticket; gives its number."""
        said = {
            "queue": 1,
            "title": title,
            "description": description,
            "priority": 3,
            "submitter_email": "lena@example.com",
        }
        return str(self.ask("POST", "tickets/", said)["id"])

    def _started(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        none = subprocess.DEVNULL
        command = [self._programs / program, *arguments]
        return subprocess.Popen(command, env=self._environment, stdin=none, stdout=none, stderr=none)


@contextmanager
def running_django_helpdesk() -> Iterator[DjangoHelpdesk]:
    """A helpdesk that runs for the length of the block; skips where django-helpdesk is missing."""
    programs = Path(os.environ.get(FOLDER, "")) / "bin"
    if not os.environ.get(FOLDER) or not (programs / "django-admin").exists():
        pytest.skip(f"needs django-helpdesk: pip install it into an environment that {FOLDER} names")
    folder = Path(tempfile.mkdtemp(prefix="django-helpdesk-"))
    peer = DjangoHelpdesk(folder, programs)
    try:
        peer.start()
        yield peer
    finally:
        peer.stop()
        shutil.rmtree(folder)
