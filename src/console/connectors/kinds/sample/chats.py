"""Chat conversations of the sample: shorter sentences, a bot that greets, and one very long night."""

from __future__ import annotations

import functools
import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from console.connectors.kinds.sample.cases import Case, some_case
from console.connectors.kinds.sample.material import chance, phrase, pick
from console.connectors.kinds.sample.moments import ago, some_moment
from console.connectors.kinds.sample.people import Person, people, person_by_email
from console.connectors.kinds.sample.plots import TEAMMATES, Plot, Turn
from console.connectors.kinds.sample.slots import slots
from console.connectors.kinds.sample.stories import stories
from console.connectors.kinds.sample.threads import is_done

CHAT_COUNT = 175
LONG_CHAT = "migration-night"
_LONG_CHAT_TURNS = 120
_DAY = 24 * 60.0
_PACE_SECONDS = {"customer": 140, "bot": 4}
_TEAMMATE_PACE_SECONDS = 260
_SMALL_TALK = (
    ("bot", "Batch {n} of 40 copied, {rows} events, no error."),
    ("Luca", "on my side {n} dashboards answer"),
    ("Nadia Kovac", "Good. The next batch holds the custom fields, it takes a bit longer."),
    ("Luca", "I make coffee ☕"),
    ("bot", "Batch {n} of 40 copied, {rows} events, {days} retried."),
    ("Ravi Menon", "The retried ones were locked by your nightly export, nothing to worry about."),
    ("Luca", "should I stop the export?"),
    ("Nadia Kovac", "Not needed, it is through in ten minutes."),
    ("bot", "Comparing totals: {rows} on both sides."),
    ("Luca", "“Dealers by region” shows {percent} % less than before?"),
    ("Ravi Menon", "It had two sources, I am repointing the second one now. Reload in a minute, please."),
    ("Luca", "now it is right 👍"),
    ("bot", "Batch {n} of 40 copied, {rows} events, no error."),
    ("Nadia Kovac", "We are at {percent} %. If you want to sleep: I write when the switch is near."),
    ("Luca", "no no, I stay"),
)


@functools.lru_cache(maxsize=2)
def plots(now: datetime) -> tuple[Plot, ...]:
    """All chats, the stories first, then the long one."""
    rng = chance("chats")
    crowd = [person for person in people()[2:] if person.logins]
    weights = [2 + person.logins for person in crowd]
    visitor = next(person for person in people() if not person.emails)
    writers = [visitor, *rng.choices(crowd, weights=weights, k=CHAT_COUNT - 1)]
    told = [
        _chat(
            f"chat-{number:04}",
            person,
            some_moment(rng, now, earliest=timedelta(days=min(425, person.joined_days))),
            now,
        )
        for number, person in enumerate(writers)
    ]
    return (*stories("chat", now), _long_chat(now), *told)


def _chat(key: str, person: Person, start: datetime, now: datetime) -> Plot:
    rng = chance("chat", key)
    mate = pick(rng, TEAMMATES)
    case = some_case(rng)
    words = slots(rng, person, start, mate)
    turns: list[Turn] = []
    lines = [(speaker, text.format_map(words)) for speaker, text in _lines(rng, case, mate)]
    at = start
    for speaker, text in lines:
        if turns:
            at += _pause(rng, speaker)
        if at > now - timedelta(minutes=45):
            break
        turns.append(Turn(at, speaker, text))
    return Plot(
        key=key,
        person=person,
        subject=case.subject.format_map(words),
        turns=tuple(turns),
        tags=case.tags if rng.random() < 0.5 else (),
        is_done=is_done(tuple(turns), now, lines_left=len(lines) - len(turns)),
        assignee=mate if any(turn.speaker == mate for turn in turns) else "",
    )


def _lines(rng: random.Random, case: Case, mate: str) -> Iterator[tuple[str, str]]:
    if rng.random() < 0.5:
        yield "customer", pick(rng, ("hi!", "hello 👋", "hey, quick question", "are you there?", "Good morning"))
    yield "customer", case.problem
    if rng.random() < 0.5:
        yield "bot", phrase(rng, "bot_greetings")
    if rng.random() < 0.6:
        yield "customer", pick(rng, case.details)
    if rng.random() < 0.1 or not (case.answer or case.solution):
        return
    yield mate, phrase(rng, "answer_openers")
    yield mate, case.answer or case.solution
    if case.answer and case.followup:
        yield "customer", pick(rng, ("one sec", "let me check", "ah I see", "hm"))
        yield "customer", case.followup
        if case.solution and rng.random() < 0.85:
            yield mate, case.solution
    if rng.random() < 0.7:
        yield "customer", phrase(rng, "thanks")
    if rng.random() < 0.2:
        yield "bot", "How did we do? Rate this conversation with one click."


def _pause(rng: random.Random, speaker: str) -> timedelta:
    typical = _PACE_SECONDS.get(speaker, _TEAMMATE_PACE_SECONDS)
    return timedelta(seconds=max(2, int(typical * rng.lognormvariate(-0.2, 0.8))))


def _long_chat(now: datetime) -> Plot:
    """A hundred and twenty turns in one night, among a customer, two teammates and the machine that copies."""
    rng = chance(LONG_CHAT)
    luca = person_by_email()["luca@bianchimoto.example"]
    at = ago(now, 2 * _DAY).replace(hour=20, minute=4, second=10) - timedelta(days=1)
    turns = [
        Turn(at, "customer", "Buonasera! I am ready. Firewall is open until 6."),
        Turn(at, "Nadia Kovac", "Ciao Luca! Starting."),
    ]
    for number in range(_LONG_CHAT_TURNS - len(turns) - 2):
        speaker, text = _SMALL_TALK[number % len(_SMALL_TALK)]
        at += timedelta(seconds=rng.randint(40, 300))
        words = dict(
            slots(rng, luca, at, "Nadia Kovac"), n=str(1 + number // 3), percent=str(min(99, 2 + number * 5 // 6))
        )
        turns.append(Turn(at, "customer" if speaker == "Luca" else speaker, text.format_map(words)))
    at += timedelta(minutes=4)
    turns.append(Turn(at, "Ravi Menon", "Switched. Four minutes and eleven seconds. Everything answers."))
    turns.append(Turn(at + timedelta(minutes=1), "customer", "Bravi!!! 🏁 Buonanotte"))
    return Plot(LONG_CHAT, luca, "Migration night, live", tuple(turns), ("migration",), True, "Nadia Kovac")
