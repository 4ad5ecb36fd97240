"""The sample's reviews: stars and a nickname, but no customer; some nicknames wrote more than once."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from console.connectors.kinds.sample.claims import number, text
from console.connectors.kinds.sample.intercom import conversation
from console.connectors.kinds.sample.material import chance, load, pick
from console.connectors.kinds.sample.moments import ago, some_moment
from console.connectors.kinds.sample.plots import Plot, Turn
from console.connectors.kinds.sample.stories import stories
from console.domain.records import Channel, Page

NAME = "App Store"
REVIEW_COUNT = 38
_NICKNAMES = (
    "ari_d", "tram_reader", "gruenspan", "Käptn Blau", "numbers4breakfast", "lise.b", "o_okafor", "pixelpost", "dadof3",
    "月の猫", "mango lassi", "sudo_make", "Frau Holle", "nils_h", "el_contable", "quiet.queue", "kpi-karl", "b4nana",
    "ليلى ٧", "nobody special", "xX_dash_Xx", "teatime", "mme_irma", "zwölf", "ioana", "grey heron",
)  # fmt: skip
_TWICE = ("gruenspan", "quiet.queue", "mango lassi")
_COUNTRIES = ("FR", "DE", "GB", "US", "ES", "JP", "SE")
_VERSIONS = ("4.8.0", "4.9.1", "5.0.0", "5.0.2", "5.1.0")


@functools.lru_cache(maxsize=2)
def plots(now: datetime) -> tuple[Plot, ...]:
    """All reviews, the stories first. A story may know its customer, but the source does not."""
    return (*stories("appstore", now), *(_review(position, now) for position in range(REVIEW_COUNT)))


def dated_pages(now: datetime) -> Iterator[tuple[datetime, Page]]:
    """One page of reviews with the moment of its synchronisation."""
    records = []
    for plot in sorted(plots(now), key=lambda one: (one.last_at, one.key)):
        rng = chance("review", plot.key)
        unknown = replace(plot, person=None)
        values = {
            "rating": number(plot.score if plot.score is not None else 3),
            "version": text(pick(rng, _VERSIONS)),
            "country": text(pick(rng, _COUNTRIES)),
        }
        records.append(conversation(unknown, NAME, Channel.REVIEW, **values))
    page = Page("reviews", tuple(records), str(len(records)), is_last=True, done=len(records), total=len(records))
    yield ago(now, 21), page


def _review(position: int, now: datetime) -> Plot:
    rng = chance("review", position)
    written = load("reviews")
    stars, title, told = written[position % len(written)]
    if position >= len(written):
        stars, title = min(5, stars + 1), f"{title} – update"
        told = f"Changed my review after the update. Before I wrote: “{told}”"
    nickname = _TWICE[position % len(_TWICE)] if position % 6 == 5 else _NICKNAMES[1 + position % (len(_NICKNAMES) - 1)]
    at = some_moment(rng, now, earliest=timedelta(days=400))
    turn = Turn(at, "customer", told, is_read=at < now - timedelta(days=1))
    is_done = at < now - timedelta(days=5)
    return Plot(f"review-{position:03}", None, title, (turn,), is_done=is_done, nickname=nickname, score=stars)
