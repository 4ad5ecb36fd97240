"""How sources look and what is said of them in a few words: icon, state, place, reach, progress."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication, QLocale

from console.domain.source_kinds import SourceKind
from console.domain.source_words import coverage_line, time_left
from console.domain.sources import SourceRow, SourceState
from console.ui.footer import synced_words
from console.ui.outbox.words import when
from console.ui.profile.wording import named, since_words
from console.ui.services import Progress
from console.ui.style import icons
from console.ui.style.tokens import TONES, Tone
from console.ui.widgets.painting import one_line

translate = QCoreApplication.translate
_ICONS: dict[str, tuple[str, Tone]] = {
    "imap": ("mail", "green"),
    "sample": ("sparkles", "violet"),
    "api": ("zap", "blue"),
    "spreadsheet": ("file-spreadsheet", "violet"),
    "intercom": ("message-circle", "blue"),
    "delighted": ("star", "amber"),
    "appstore": ("star", "amber"),
    "calls": ("phone", "teal"),
    "typeform": ("file-text", "violet"),
    "zendesk": ("ticket", "teal"),
    "hubspot": ("share-2", "amber"),
    "rest": ("brackets", "violet"),
}


def look_of(kind: str, known: SourceKind | None = None) -> tuple[str, Tone]:
    """Icon and tone of a kind; a kind without a tone of its own always gets the same one."""
    if kind in _ICONS:
        return _ICONS[kind]
    return (known.icon if known is not None and _is_there(known.icon) else "plug"), TONES[
        sum(kind.encode()) % len(TONES)
    ]


def _is_there(icon: str) -> bool:
    """A manifest of a teammate's own may name an icon that nobody has."""
    try:
        icons.svg(icon)
    except LookupError:
        return False
    return True


def state_look(source: SourceRow, progress: Progress | None, now: datetime) -> tuple[str, Tone, str]:
    """The chip of a source: words, tone, icon."""
    if not source.settings and progress is None:
        return translate("Sources", "Brought in once"), "grey", "download"
    if source.is_paused:
        return translate("Sources", "Paused"), "grey", "pause"
    if source.state == SourceState.NEEDS_SOMEBODY:
        return translate("Sources", "Needs you"), "red", "log-in"
    if source.state == SourceState.WAITING or (progress is not None and progress.state == "waiting"):
        at = waits_until(source, progress)
        words = translate("Sources", "Waits until {0}").format(when(at, now)) if at else translate("Sources", "Waits")
        return words, "amber", "hourglass"
    if progress is not None or source.state == SourceState.SYNCING:
        return translate("Sources", "Syncing"), "accent", "refresh-cw"
    if source.synced_at is None:
        return translate("Sources", "Not read yet"), "grey", "clock"
    return translate("Sources", "Up to date"), "green", "check"


def waits_until(source: SourceRow, progress: Progress | None) -> datetime | None:
    """Until when a source waits, where that is known (aware UTC)."""
    if progress is not None and progress.until is not None:
        return datetime.fromtimestamp(progress.until).astimezone()
    return source.next_at


def what_words(source: SourceRow, known: SourceKind | None) -> str:
    """What it is, and where: “IMAP mailbox · mail.acme.dev · 4 folders”."""
    title = known.title if known is not None else _kind_words().get(source.kind, source.kind.capitalize())
    if known is not None and title == source.name:
        title = known.brings
    parts = [title, place_words(source)]
    if source.kind == "imap" and source.streams:
        many = translate("Sources", "{0} folders").format(QLocale().toString(len(source.streams)))
        parts.append(translate("Sources", "1 folder") if len(source.streams) == 1 else many)
    return " · ".join(part for part in parts if part)


def place_words(source: SourceRow) -> str:
    """Where it is, as its settings say it: a server, an account, a region; empty where they say nothing."""
    settings = source.settings
    if settings.get("host"):
        return named(settings["host"])
    if settings.get("base_url"):
        return named(urlsplit(settings["base_url"]).hostname or settings["base_url"])
    for name in ("subdomain", "account", "domain", "folder", "app_id"):
        if settings.get(name):
            return named(settings[name])
    region = settings.get("region", "")
    return translate("Sources", "{0} region").format(region.upper()) if region else ""


def reach_words(source: SourceRow, now: datetime) -> str:
    """How far its data reaches, and when it was read last."""
    records = translate("Sources", "{0} records").format(QLocale().toString(source.held))
    zone = now.astimezone().tzinfo
    reach = coverage_line(source, zone).rstrip(".") if zone is not None else ""
    if not source.settings and source.synced_at is not None:
        day = since_words(source.synced_at, now)
        return f"{reach or translate('Sources', 'Brought in {0}').format(day)} · {records}"
    if source.synced_at is None:
        return translate("Sources", "Not read yet · {0}").format(records)
    return f"{reach or records} · {synced_words(source.synced_at, now)}"


def pace_words(source: SourceRow) -> str:
    """How often it is asked; empty where that is its kind's own affair."""
    if source.every is None:
        return ""
    if source.every == 1:
        return translate("Sources", "every minute")
    return translate("Sources", "every {0} minutes").format(QLocale().toString(source.every))


def progress_words(progress: Progress, label: str) -> str:
    """How far a run is: “38,200 of 61,500 conversations”; ``label`` names the stream."""
    done = QLocale().toString(progress.done)
    if progress.total:
        words = translate("Sources", "{0} of {1}").format(done, QLocale().toString(progress.total))
    else:
        words = translate("Sources", "{0} read").format(done)
    return f"{words} · {label}" if label else words


def pace_of(progress: Progress, *, is_long: bool = False) -> str:
    """Records per second and the time left; empty where nobody can tell yet."""
    rate = QLocale().toString(round(progress.rate))
    unit = translate("Sources", "{0} records/s") if is_long else translate("Sources", "{0}/s")
    parts = [unit.format(rate)] if progress.rate >= 0.5 else []
    if progress.seconds_left is not None and not is_long:
        parts.append(time_left(progress.seconds_left))
    return " · ".join(parts)


def stream_words(name: str, known: SourceKind | None) -> str:
    """What a stream is called."""
    label = next((one.label for one in known.streams if one.name == name), "") if known is not None else ""
    plain = one_line(named(name.replace("_", " ")))
    return label or plain[:1].upper() + plain[1:]


def _kind_words() -> dict[str, str]:
    return {
        "api": translate("Sources", "Sent by your own programs"),
        "appstore": translate("Sources", "App reviews"),
        "calls": translate("Sources", "Calls"),
        "delighted": translate("Sources", "Survey answers"),
        "imap": translate("Sources", "IMAP mailbox"),
        "intercom": translate("Sources", "Chats and customers"),
        "sample": translate("Sources", "Sample"),
        "spreadsheet": translate("Sources", "Spreadsheet"),
        "typeform": translate("Sources", "Form answers"),
    }
