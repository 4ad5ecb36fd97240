"""The sample's surveys: forms with questions and answers, and one number from nought to ten with a sentence."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from console.connectors.kinds.sample.claims import choice, number, of_kind, said, text, yes
from console.connectors.kinds.sample.intercom import conversation
from console.connectors.kinds.sample.material import chance, load, pick
from console.connectors.kinds.sample.moments import ago, some_moment
from console.connectors.kinds.sample.people import PLANS, Person, people
from console.connectors.kinds.sample.plots import Plot, Turn
from console.connectors.kinds.sample.stories import stories
from console.domain.records import Channel, ConversationRecord, CustomerRecord, Page, Record
from console.domain.values import Value, ValueKind

TYPEFORM, DELIGHTED = "Typeform", "Delighted"
FORM_COUNT, SCORE_COUNT = 44, 58
_FRESH = timedelta(hours=30)
_SCORES = (0, 3, 4, 5, 6, 6, 7, 7, 8, 8, 8, 9, 9, 9, 9, 10, 10, 10)
_LONGEST_SUBJECT = 48


@functools.lru_cache(maxsize=2)
def form_plots(now: datetime) -> tuple[Plot, ...]:
    """All answered forms, the stories first."""
    forms = load("surveys")["typeform"]["forms"]
    return (
        *stories("typeform", now),
        *(_form(n, person, forms, now) for n, person in _answering("typeform", FORM_COUNT)),
    )


@functools.lru_cache(maxsize=2)
def score_plots(now: datetime) -> tuple[Plot, ...]:
    """All scores, the stories first."""
    return (*stories("delighted", now), *(_score(n, person, now) for n, person in _answering("delighted", SCORE_COUNT)))


def typeform_pages(now: datetime) -> Iterator[tuple[datetime, Page]]:
    """Customers as the forms know them, then the answers; with the moment of their synchronisation."""
    return _pages(form_plots(now), "responses", now, _form_values, lambda _: {})


def delighted_pages(now: datetime) -> Iterator[tuple[datetime, Page]]:
    """Customers with their last score, then the answers; with the moment of their synchronisation."""

    def score(plot: Plot) -> dict[str, Value]:
        return said({"score": number(plot.score) if plot.score is not None else None})

    return _pages(score_plots(now), "survey_responses", now, _score_values, score)


def _pages(
    plots: Sequence[Plot],
    stream: str,
    now: datetime,
    values: Callable[[Plot], dict[str, Value]],
    properties: Callable[[Plot], dict[str, Value]],
) -> Iterator[tuple[datetime, Page]]:
    """One page of customers (known by their address, the last answer counts), one of conversations."""
    name = TYPEFORM if stream == "responses" else DELIGHTED
    customers: dict[str, CustomerRecord] = {}
    answers: list[ConversationRecord] = []
    for plot in sorted(plots, key=lambda one: (one.last_at, one.key)):
        if plot.person is None:
            raise ValueError(f"Nobody answered {plot.key}")
        email = plot.person.email
        customers[email] = CustomerRecord(email, emails=(email,), properties=values(plot), at=plot.last_at)
        record = conversation(plot, name, Channel.SURVEY, **properties(plot))
        answers.append(
            ConversationRecord(
                external_id=record.external_id,
                channel=record.channel,
                subject=record.subject,
                messages=record.messages,
                customer_id=email,
                is_closed=record.is_closed,
                tags=record.tags,
                properties=record.properties,
            )
        )
    yield ago(now, 12), _page("customers", tuple(customers.values()))
    yield ago(now, 11), _page(stream, tuple(answers))


def _page(stream: str, records: tuple[Record, ...]) -> Page:
    return Page(stream, records, f"{len(records):06}", is_last=True, done=len(records), total=len(records))


def _answering(survey: str, count: int) -> Iterator[tuple[int, Person]]:
    rng = chance(survey)
    crowd = [person for person in people()[16:] if person.email and person.logins]
    yield from enumerate(rng.sample(crowd, count))


def _form(position: int, person: Person, forms: Sequence[Mapping[str, Any]], now: datetime) -> Plot:
    rng = chance("form", position)
    form = pick(rng, forms)
    answers = (pick(rng, options) for options in form["answers"])
    told = "\n\n".join(
        f"{question}\n{answer or '–'}" for question, answer in zip(form["questions"], answers, strict=True)
    )
    at = some_moment(rng, now, earliest=timedelta(days=min(425, person.joined_days)))
    turn = Turn(at, "customer", told, is_read=at < now - _FRESH)
    return Plot(f"form-{position:03}", person, form["subject"], (turn,), is_done=at < now - 2 * _FRESH)


def _score(position: int, person: Person, now: datetime) -> Plot:
    rng = chance("score", position)
    score = pick(rng, _SCORES)
    group = "promoter" if score >= 9 else "passive" if score >= 7 else "detractor"
    comment = pick(rng, load("surveys")["nps"][group])
    shown = comment if len(comment) <= _LONGEST_SUBJECT else comment[: _LONGEST_SUBJECT - 1] + "…"
    at = some_moment(rng, now, earliest=timedelta(days=min(400, person.joined_days)))
    return Plot(
        key=f"score-{position:03}",
        person=person,
        subject=f"NPS {score}: “{shown}”" if comment else f"NPS {score}",
        turns=(Turn(at, "customer", comment, is_read=at < now - _FRESH),),
        tags=("detractor",) if group == "detractor" else (),
        is_done=at < now - 2 * _FRESH,
        score=score,
    )


def _form_values(plot: Plot) -> dict[str, Value]:
    """What people say of themselves in forms, often differently from what other sources say."""
    person = plot.person
    if person is None:
        return {}
    rng = chance("said", person.key)
    is_hero = person.key == people()[0].key
    return said(
        {
            "name": text(person.name) if person.name else None,
            "plan": choice("Growth" if is_hero else pick(rng, PLANS)) if is_hero or rng.random() < 0.5 else None,
            "phone": of_kind(ValueKind.PHONE, person.phone) if person.phone else None,
            "role": text(person.role) if rng.random() < 0.6 else None,
            "may_be_called": yes(rng.random() < 0.6),
            "company.size": text("50–100") if person.company and rng.random() < 0.3 else None,
        }
    )


def _score_values(plot: Plot) -> dict[str, Value]:
    return said(
        {
            "name": text(plot.person.name) if plot.person and plot.person.name else None,
            "nps": number(plot.score) if plot.score is not None else None,
        }
    )
