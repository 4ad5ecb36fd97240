"""The scenes of sources: one in each state, one whole while it is read, the dialogs that change and connect one."""

from __future__ import annotations

from datetime import datetime, timedelta

from console.domain.ids import SourceId
from console.domain.imports import Problem
from console.domain.records import Coverage
from console.domain.sources import (
    QUARANTINED,
    ReasonRow,
    RunRow,
    RunState,
    SourceReport,
    SourceRow,
    SourceState,
    StreamRow,
)
from console.ui.services import Progress, SourceCheck
from console.ui.sources.kind_picker import FILES
from console.ui.sources.page import SourcesPage
from console.ui.sources.reading import SourceShown
from console.ui.tour_stage import Stage

_EVENTS = "Events older than 90 days are not given by this source."
_REVOKED = "Typeform no longer takes this token. Sign in again; everything until now is kept"
_FACTS = (("Account", "Acme Support"), ("Region", "EU"), ("Time zone", "Europe/Paris"), ("May", "read, reply, tag"))


def sources(stage: Stage) -> None:
    """The sources as they are, one in each state, one whole, and none."""
    stage.view.go_to("sources")
    stage.settle()
    stage.take("sources")
    page, now = stage.view.sources, stage.session.now()
    if page is None:
        return
    page.show_sources(_sources(now))
    stage.session.progressed.emit(_running())
    page.choose(1)
    stage.settle()
    page.show_whole(_whole(now))
    stage.take("sources-in-each-state")
    page.open_detail()
    stage.take("source-syncing")
    page.detail.left.emit()
    for number, name in ((3, "needs-sign-in"), (5, "rate-limit"), (6, "paused")):
        page.choose(number)
        stage.settle()
        row = page.current()
        if row is not None:
            page.show_whole(SourceShown(SourceReport(row, _runs(now)[1:], ()), frozenset(("reply",)), ()))
        stage.take(f"source-{name}")
    _dialogs(stage, page)
    page.show_sources(())
    stage.take("sources-none")
    stage.view.go_to("inbox")


def adding(stage: Stage) -> None:
    """The dialog that connects a source: every kind, the form of one, what a trial found; and a mailbox."""
    dialog = stage.view.adding.choose()
    stage.settle(400)
    stage.take("add-source", dialog)
    dialog.picker.field.setText("json")
    dialog.picker.field.tell()
    stage.take("add-source-search", dialog)
    for name in [one.name for one in dialog.kinds.all() if one.name in ("intercom", "rest")]:
        dialog.choose(name)
        stage.settle()
        if dialog.trial is not None and name != FILES:
            dialog.trial.show_check(SourceCheck(is_good=True, sentence="Signed in to Acme Support.", facts=_FACTS))
        stage.take(f"add-source-{name}", dialog)
    dialog.reject()
    stage.take_dialog("add-mailbox", stage.view.adding.mailbox())


def _dialogs(stage: Stage, page: SourcesPage) -> None:
    page.choose(1)
    row = page.current()
    if row is None:
        return
    aside = page.deeds.open_set_aside(row)
    aside.show_problems(
        (Problem("conversation/4711", "The message has no date that can be read", b"created_at: 0000-00-00"),)
    )
    stage.take_dialog("source-set-aside", aside)
    settings = page.deeds.open_settings(row, is_about_secret=True)
    if settings is not None:
        stage.take_dialog("source-settings", settings)
    else:
        stage.leave_out("source-settings")
    stage.take_dialog("source-remove", page.deeds.open_remove(row))


def _running() -> Progress:
    return Progress(
        "sync", "Intercom EU", "running", 38_200, 61_500, "conversations", records=38_200, rate=240.0, seconds_left=97.0
    )


def _sources(now: datetime) -> tuple[SourceRow, ...]:
    at = now - timedelta(minutes=2)

    def one(number: int, kind: str, name: str, state: str, place: dict[str, str], streams: tuple[StreamRow, ...],
            problem: str = "", *, aside: int = 0, paused: bool = False, until: datetime | None = None) -> SourceRow:  # fmt: skip
        counts = {"records": sum(stream.held for stream in streams), **({QUARANTINED: aside} if aside else {})}
        seen = at if state != SourceState.NEEDS_SOMEBODY else now - timedelta(days=1)
        return SourceRow(
            SourceId(number), kind, name, state, problem, seen, paused, place, streams, counts, every=5, next_at=until
        )

    def folder(name: str, held: int) -> StreamRow:
        return StreamRow(name, held, held, at, held, at, Coverage())

    answers = (
        StreamRow("responses", 4_120, 4_120, now - timedelta(days=1), 4_120, now - timedelta(days=1), Coverage()),
    )
    talks = (StreamRow("conversations", 90_400, None, at, 90_400, at, Coverage(now - timedelta(days=1_750))),)
    asked = "Zendesk asked us to wait"
    once = SourceRow(
        SourceId(7),
        "spreadsheet",
        "customers-november.xlsx",
        "ready",
        "",
        at,
        False,
        {},
        (),
        {"customers": 270, QUARANTINED: 1},
    )
    ready, until = SourceState.READY, now + timedelta(minutes=42)
    return (
        one(1, "intercom", "Intercom EU", SourceState.SYNCING, {"region": "eu"}, _streams(now), aside=3),
        one(2, "imap", "help@acme.example", ready, {"host": "mail.acme.example"}, (folder("INBOX", 9_317), folder("Sent", 4_022))),
        one(3, "typeform", "Typeform", SourceState.NEEDS_SOMEBODY, {"account": "3 forms"}, answers, _REVOKED),
        one(5, "zendesk", "Zendesk", SourceState.WAITING, {"subdomain": "acme"}, talks, asked, until=until),
        one(6, "imap", "jobs@acme.example", ready, {"host": "mail.acme.example"}, (folder("INBOX", 311),), paused=True),
        once,
    )  # fmt: skip


def _streams(now: datetime) -> tuple[StreamRow, ...]:
    start, at = now - timedelta(days=931), now - timedelta(minutes=3)
    whole, events = Coverage(start), Coverage(now - timedelta(days=90), _EVENTS)
    return (
        StreamRow("conversations", 38_200, 61_500, at, 61_500, now, whole),
        StreamRow("customers", 121_040, 121_040, at, 121_040, at, whole),
        StreamRow("companies", 9_317, 9_317, at, 9_317, at, whole),
        StreamRow("events", 79_962, 79_962, at, 79_962, at, events),
        StreamRow("segments", 0, None, None, 0, None, None, is_off=True),
    )


def _runs(now: datetime) -> tuple[RunRow, ...]:
    def run(number: int, minutes: float, seconds: float | None, state: str, *counts: int, problem: str = "") -> RunRow:
        began = now - timedelta(minutes=minutes)
        ended = None if seconds is None else began + timedelta(seconds=seconds)
        return RunRow(number, began, ended, state, problem, *counts)

    no_answer = "no answer in 30 s"
    return (
        run(4, 2, None, RunState.RUNNING, 14, 200, 37_986, 0, 3, 764, 0),
        run(3, 8, 41, RunState.DONE, 2, 16, 1_186, 0, 0, 31, 0),
        run(2, 13, 360, RunState.DONE, 1, 10, 891, 0, 0, 24, 2),
        run(1, 18, 30, RunState.FAILED, 0, 0, 0, 0, 0, 1, 0, problem=no_answer),
    )


def _whole(now: datetime) -> SourceShown:
    reasons = (ReasonRow("unknown attachment type", 2), ReasonRow("date “0000-00-00”", 1))
    report = SourceReport(_sources(now)[0], _runs(now), reasons)
    names = ("persona", "phone", "plan", "language", "city")
    properties = tuple(f"property:customer:{name}" for name in names)
    return SourceShown(report, frozenset(("reply", "note", "tag", *properties[:2])), properties)
