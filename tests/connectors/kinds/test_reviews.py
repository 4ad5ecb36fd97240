"""Reviews of the app stores: stars and a nickname without a customer, both sides' words, holes between pages."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.connectors.contract.answers import Served
from tests.connectors.contract.sets import app_store, google_play

from console.domain.channels import AuthorKind, Channel
from console.domain.records import ConversationRecord, Record
from console.domain.scores import Scale, score_of

pytestmark = pytest.mark.usefixtures("without_pace")


def reviews(records: list[Record]) -> list[ConversationRecord]:
    return [one for one in records if isinstance(one, ConversationRecord)]


def test_apples_reviews_have_stars_a_nickname_and_their_country() -> None:
    with Served(app_store.SET) as served:
        found = reviews(served.puller().records())

    assert {one.channel for one in found} == {Channel.REVIEW}
    assert {one.customer_id for one in found} == {None}
    assert found[0].nickname == "nick 0"
    assert [one.properties["country"].content for one in found].count("de") == 1
    score = score_of(Channel.REVIEW, found[-1].properties)
    assert score is not None
    assert (score.scale, score.value) == (Scale.STARS, 1)


def test_an_empty_page_between_two_full_ones_is_passed_over_and_ten_pages_are_the_end() -> None:
    pages = {"us": [[app_store.review(number)] for number in range(12)], "de": []}
    with Served(app_store.SET, answer=app_store.answering(pages)) as served:
        found = reviews(served.puller().records())
        asked = [one.target for one in served.server.asked if one.target.startswith("/us/")]

    assert len(asked) == 10
    assert [one.external_id for one in found] == [str(10_000 + number) for number in range(10)]


def test_the_next_pull_ends_at_the_first_page_that_is_known() -> None:
    pages = {
        "us": [[app_store.review(number) for number in range(start, start + 10)] for start in (0, 10, 20)],
        "de": [],
    }
    with Served(app_store.SET, answer=app_store.answering(pages)) as served:
        puller = served.puller()
        puller.records()
        asked = len(served.server.asked)
        again = reviews(puller.records())
        pages_asked = [one.target for one in served.server.asked[asked:] if one.target.startswith("/us/")]

    assert len(pages_asked) == 1
    # A week back, because reviews are edited.
    assert len(again) == 8


def test_googles_reviews_hold_the_words_of_both_sides() -> None:
    with Served(google_play.SET) as served:
        found = {one.external_id: one for one in reviews(served.puller().records())}

    assert [one.author_kind for one in found["gp:1"].messages] == [AuthorKind.CUSTOMER, AuthorKind.TEAMMATE]
    assert found["gp:2"].properties["rating"].content == Decimal(3)
    assert found["gp:3"].nickname == "A Google user"
