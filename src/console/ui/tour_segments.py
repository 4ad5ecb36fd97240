"""The scenes of the segments: the editor with a nested group, an unfinished rule, nobody who fits, and those that are not ours."""

from __future__ import annotations

from console.domain.records import OwnerKind
from console.domain.segment_rules import AllOf, AnyOf, Condition, Subject, Verb
from console.domain.values import ValueKind
from console.ui.segments import draft as d
from console.ui.tour_stage import Scene, Stage

_AT_RISK = AllOf(
    (
        Condition(Subject.PROPERTY, Verb.IS, ("Team", "Enterprise"), "plan", ValueKind.CHOICE),
        Condition(Subject.OWN_TAG, Verb.IS, ("key account", "renewal"), of_company=True),
        Condition(Subject.EVENT_COUNT, Verb.AT_LEAST, ("3",), "Logged in", window="30d"),
        AnyOf(
            (
                Condition(Subject.LAST_HEARD, Verb.OLDER, ("14d",)),
                Condition(Subject.OPEN_CONVERSATIONS, Verb.AT_LEAST, ("1",)),
            )
        ),
    )
)
_NOBODY = AllOf((Condition(Subject.LAST_SEEN, Verb.NEWER, ("30d",)), Condition(Subject.TAG, Verb.IS, ("no such tag",))))
_UNFINISHED = AllOf(
    (Condition(Subject.LAST_SEEN, Verb.OLDER, ("14d",)), Condition(Subject.CONVERSATIONS, Verb.AT_LEAST, ("many",)))
)


def segments(stage: Stage) -> None:
    """The page of segments, one state after another."""
    stage.view.go_to("segments")
    stage.settle(400)
    stage.take("segments-built-in")
    page = stage.view.segments
    if page is None:
        return
    for name, words, rule in (
        ("segment-editor", "Key accounts at risk", _AT_RISK),
        ("segment-nobody", "Nobody yet", _NOBODY),
        ("segment-unfinished", "Quiet ones", _UNFINISHED),
    ):
        page.begin_new(d.draft_of(rule), words)
        stage.settle(600)
        stage.take(name)
    page.begin_new(name="", owner_kind=OwnerKind.COMPANY)
    stage.settle(400)
    stage.take("segment-new-of-companies")
    given = page.listed.given if page.listed is not None else ()
    if given:
        page.choose(("given", given[0].name))
        stage.settle(400)
    stage.take_where("segment-given", is_there=bool(given))
    stage.view.go_to("inbox")


SCENES: tuple[Scene, ...] = (segments,)
