"""The sources of the sample workspace, and the pages that each of them would have given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from console.connectors.kinds.sample import billing, calls, intercom, mailbox, reviews, sheet, surveys
from console.connectors.kinds.sample.plots import OWN_ADDRESSES
from console.domain.profile import OriginKind, Rank
from console.domain.records import Page


@dataclass(frozen=True, slots=True)
class SampleSource:
    """A source of the sample: its ``kind`` picks the icon, ``rank`` and ``origin_kind`` say how much its claims weigh.

    ``dated_pages`` gives each page with the moment (aware UTC) at which it was synchronised, oldest first, so that values
    have a history.
    """

    kind: str
    name: str
    rank: Rank
    origin_kind: OriginKind
    own_addresses: tuple[str, ...]
    dated_pages: Callable[[], Iterator[tuple[datetime, Page]]]

    def pages(self) -> Iterator[Page]:
        """The pages alone, in the same order."""
        return (page for _, page in self.dated_pages())


def sample_sources(now: datetime) -> tuple[SampleSource, ...]:
    """All sources as of ``now`` (aware UTC): the same ``now`` gives the same pages, bit for bit."""
    integration = partial(_source, now, Rank.INTEGRATION, OriginKind.SOURCE)
    return (
        integration("imap", mailbox.NAME, mailbox.dated_pages, OWN_ADDRESSES),
        integration("intercom", intercom.NAME, intercom.dated_pages),
        integration("typeform", surveys.TYPEFORM, surveys.typeform_pages),
        integration("delighted", surveys.DELIGHTED, surveys.delighted_pages),
        integration("appstore", reviews.NAME, reviews.dated_pages),
        integration("calls", calls.NAME, calls.dated_pages),
        _source(now, Rank.PUSH_API, OriginKind.PUSH_API, "api", billing.NAME, billing.dated_pages),
        _source(now, Rank.BY_HAND, OriginKind.SPREADSHEET, "spreadsheet", sheet.NAME, sheet.dated_pages),
    )


def _source(
    now: datetime,
    rank: Rank,
    origin_kind: OriginKind,
    kind: str,
    name: str,
    pages: Callable[[datetime], Iterator[tuple[datetime, Page]]],
    own_addresses: tuple[str, ...] = (),
) -> SampleSource:
    return SampleSource(kind, name, rank, origin_kind, own_addresses, partial(pages, now))
