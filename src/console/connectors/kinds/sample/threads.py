"""Mail conversations of the sample: a question, an answer, and what comes of it, in the customer's language."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from console.connectors.kinds.sample.cases import Case, some_case
from console.connectors.kinds.sample.material import chance, load, phrase, pick
from console.connectors.kinds.sample.moments import answer_moment
from console.connectors.kinds.sample.people import Person
from console.connectors.kinds.sample.plots import TEAMMATES, Plot, Turn
from console.connectors.kinds.sample.slots import slots

TYPICAL_ANSWER = timedelta(hours=2)
TYPICAL_REPLY = timedelta(hours=6)
STILL_OPEN = timedelta(days=4)
# Few stories are told in these languages, and they should not repeat.
_OWN_LANGUAGE_SHARE = {"de": 0.4, "fr": 0.4, "es": 0.4, "it": 0.15, "pt": 0.15}
_ATTACHMENTS = {
    "export": "export.csv",
    "schedule": "schedule.png",
    "vat": "invoice.pdf",
    "refund": "statement.pdf",
    "import": "errors.csv",
    "mobile": "screenshot.png",
    "dark": "screenshot.png",
    "security": "questionnaire.pdf",
    "privacy": "agreement.pdf",
    "slow": "waterfall.png",
}


def thread(key: str, person: Person, start: datetime, now: datetime) -> Plot:
    """A mail conversation with ``person`` that begins at ``start``; nothing in it is younger than 20 minutes."""
    rng = chance("thread", key)
    mate = pick(rng, TEAMMATES)
    words = slots(rng, person, start, mate)
    written = load("languages").get(person.language)
    if written and rng.random() < _OWN_LANGUAGE_SHARE.get(person.language, 0.8):
        story = pick(rng, written)
        lines = [(speaker, text.format_map(words)) for speaker, text in _taking_turns(story["turns"], mate)]
        subject, tags, topic = story["subject"].format_map(words), (), ""
    else:
        case = some_case(rng)
        lines = [(speaker, text.format_map(words)) for speaker, text in _told(rng, case, mate)]
        subject, tags, topic = _subject(rng, case, words), case.tags, case.topic
    turns = dated(rng, lines, start, now - timedelta(minutes=20))
    return Plot(
        key=key,
        person=person,
        subject=subject,
        turns=_with_attachment(rng, turns, topic),
        tags=tags if rng.random() < 0.4 else (),
        is_done=is_done(turns, now, lines_left=len(lines) - len(turns)),
        language="en" if topic else person.language,
        assignee=mate if any(turn.speaker == mate for turn in turns) else "",
    )


def dated(
    rng: random.Random, lines: list[tuple[str, str]], start: datetime, end: datetime, pace: float = 1.0
) -> tuple[Turn, ...]:
    """The lines with their times; those that would come after ``end`` have not been said yet."""
    turns: list[Turn] = []
    at = start
    for speaker, text in lines:
        if turns:
            at = answer_moment(rng, at, (TYPICAL_REPLY if speaker == "customer" else TYPICAL_ANSWER) * pace)
        if turns and at > end:
            break
        turns.append(Turn(at, speaker, text))
    return tuple(turns)


def is_done(turns: tuple[Turn, ...], now: datetime, *, lines_left: int) -> bool:
    """Whether the team is through with it: all was said, or it is so old that somebody closed it."""
    last = turns[-1]
    if last.at < now - 3 * STILL_OPEN:
        return True
    return lines_left == 0 and len(turns) > 2 and last.at < now - STILL_OPEN / 4


def _subject(rng: random.Random, case: Case, words: Mapping[str, str]) -> str:
    """Half of the people write what it is about; others something general, or more than is needed."""
    style = rng.random()
    if style < 0.55:
        return case.subject.format_map(words)
    if style < 0.78:
        return phrase(rng, "any_subjects").format_map(words)
    return phrase(rng, "subject_frames").format(subject=case.subject.format_map(words), **words)


def _taking_turns(texts: list[str], mate: str) -> Iterator[tuple[str, str]]:
    for position, text in enumerate(texts):
        yield (mate if position % 2 else "customer"), text


def _told(rng: random.Random, case: Case, mate: str) -> Iterator[tuple[str, str]]:
    """A story of one to seven mails: problem, answer, follow-up, solution, thanks, with impatience in between."""
    length = rng.choices((1, 2, 3, 4, 5, 6), weights=(8, 20, 20, 22, 20, 10))[0]
    yield "customer", _problem(rng, case)
    if length == 1 or not (case.answer or case.solution):
        return
    first = case.answer or case.solution
    yield mate, _joined(phrase(rng, "answer_openers"), first, phrase(rng, "closers"))
    if case.answer and case.followup and length > 2:
        yield from _continued(rng, case, mate, length)
    if length >= 5:
        yield "customer", phrase(rng, "thanks")


def _continued(rng: random.Random, case: Case, mate: str, length: int) -> Iterator[tuple[str, str]]:
    if length == 6:
        yield "customer", phrase(rng, "nudges")
        yield mate, phrase(rng, "patience")
    yield "customer", _joined(phrase(rng, "greetings") if rng.random() < 0.5 else "", case.followup)
    if length > 3 and case.solution:
        yield mate, _joined(phrase(rng, "second_openers"), case.solution, phrase(rng, "closers"))


def _problem(rng: random.Random, case: Case) -> str:
    sentences = [case.problem]
    sentences += rng.sample(case.details, rng.choice((0, 1, 1, 2)))
    sentences += [phrase(rng, "impacts"), phrase(rng, "asks")]
    told = [sentence for sentence in sentences if sentence]
    glue = "\n\n" if rng.random() < 0.25 else " "
    return _joined(phrase(rng, "greetings"), " ".join(told[:2]) + (glue if told[2:] else "") + " ".join(told[2:]))


def _joined(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def _with_attachment(rng: random.Random, turns: tuple[Turn, ...], topic: str) -> tuple[Turn, ...]:
    name = _ATTACHMENTS.get(topic)
    if name is None or rng.random() < 0.45:
        return turns
    position = 0 if len(turns) < 3 or rng.random() < 0.5 else 2
    marked = turns[position]
    return (
        *turns[:position],
        Turn(marked.at, marked.speaker, marked.text, marked.html, name, marked.is_read),
        *turns[position + 1 :],
    )
