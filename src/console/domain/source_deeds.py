"""What edits of sources are called, before they are done and after."""

from __future__ import annotations

from typing import assert_never

from console.domain import edits_of_sources as s


def title_of_source(edit: s.OfSources) -> str:
    """A few words in the imperative."""
    match edit:
        case s.RenameSource(name=name):
            return f"Rename a source to {name}"
        case s.ChangeSource():
            return "Change the settings of a source"
        case s.ChooseStreams():
            return "Choose the streams of a source"
        case s.SetSourcePace():
            return "Change how often a source is asked"
        case s.ReadAgain():
            return "Read everything of a source again"
        case s.RetryQuarantine():
            return "Try what could not be read again"
        case s.TrustSources():
            return "Order sources by trust"
        case _:
            assert_never(edit)


def done_of_source(edit: s.OfSources) -> str:
    """A few words in the past, without a full stop."""
    match edit:
        case s.RenameSource(name=name):
            return f"Source renamed to {name}"
        case s.ChangeSource():
            return "Settings changed"
        case s.ChooseStreams(off=off):
            return f"{len(off)} {'stream' if len(off) == 1 else 'streams'} left out" if off else "All streams are read"
        case s.SetSourcePace(minutes=minutes):
            return "Asked at its own pace" if minutes is None else f"Asked every {minutes} min"
        case s.ReadAgain():
            return "Everything is read again"
        case s.RetryQuarantine():
            return "Tried again"
        case s.TrustSources(order=order):
            return "Order of trust changed" if order else "The latest source is believed"
        case _:
            assert_never(edit)
