"""The scenes of conversations of every kind, and of the profiles of customers and companies."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping

from console.domain.ids import CompanyId, ConversationId
from console.domain.inbox import ConversationState, InboxFilter
from console.store import inbox
from console.store.filter_words import companies_of_conversations
from console.store.profiles import company as company_profile
from console.ui.compare.dialog import CompareDialog
from console.ui.conversation import reading
from console.ui.conversation import states as conversation_states
from console.ui.conversation.reading import Read
from console.ui.profile import states
from console.ui.profile.property_row import is_contested
from console.ui.tour_stage import Stage

_SEARCHED, _LOOKED_AT = 500, 20
Sign = Callable[[Read], bool]


def _signs() -> Mapping[str, Sign]:
    """How each kind of conversation is known."""
    return {
        "no-customer": lambda read: read.head.customer is None,
        "role-mailbox": lambda read: read.head.customer is not None and read.head.customer.is_role,
        "right-to-left": lambda read: read.head.customer is not None and _is_rtl(read.head.customer.name),
        "deceptive-sender": lambda read: read.head.customer is not None and read.head.customer.is_deceptive,
        "blocked-pictures": lambda read: any(turn.remote_images for turn in read.turns),
        "folded-quote": lambda read: any(turn.quoted_from for turn in read.turns),
        "attachment": lambda read: any(turn.attachments for turn in read.turns),
        "warning": lambda read: any(turn.warnings for turn in read.turns),
        "note": lambda read: bool(read.notes),
        "queued-answer": lambda read: bool(read.queued),
        "long": lambda read: not read.has_all,
    }


def kinds_of_conversations(stage: Stage) -> None:
    """One conversation of every kind that this workspace holds."""
    place, signs = stage.view.inbox, _signs()
    found = _found(stage, signs)
    for name in signs:
        key = found.get(name)
        if key is None:
            stage.leave_out(f"conversation-{name}")
            continue
        place.show_conversation(key)
        stage.settle()
        if name == "folded-quote":
            conversation_states.quote(place.pane)
        if name == "note":
            conversation_states.note_editor(place.pane)
        stage.take(f"conversation-{name}")
        conversation_states.settle(place.pane)
    place.column.list.choose(place.column.rows.id_at(0))


def _found(stage: Stage, signs: Mapping[str, Sign]) -> dict[str, ConversationId]:
    """The first conversation of each kind, in the order of the inbox and then of what is closed."""
    now, found = stage.session.now(), dict[str, ConversationId]()
    for state in (ConversationState.OPEN, ConversationState.CLOSED):
        wanted = InboxFilter(state=state)
        rows = stage.session.read(lambda connection, to=wanted: inbox.rows(connection, to, None, _SEARCHED, now=now))
        for row in rows:
            read = stage.session.read(reading.whole(row.id))
            for name, sign in signs.items():
                if name not in found and sign(read):
                    found[name] = row.id
            if len(found) == len(signs):
                return found
    return found


def profile(stage: Stage) -> None:
    """The profile of a customer: why a value, an editor of each type, tags, notes, split and merge."""
    panel = stage.view.inbox.panel
    was_hidden = panel.isHidden()
    panel.show()  # also where a narrow window has hidden it
    stage.settle()
    for name, state in states.states().items():
        if name not in ("profile-split", "profile-merge", "profile-nobody"):
            stage.take_where(name, is_there=state(panel))
            states.settle(panel)
    dialog = panel.deeds.open_split()
    if dialog is not None:
        dialog.boxes[0].setChecked(True)
        stage.take_dialog("profile-split", dialog)
    else:
        stage.leave_out("profile-split")
    _merge(stage)
    panel.setHidden(was_hidden)


def _merge(stage: Stage) -> None:
    panel = stage.view.inbox.panel
    picker = panel.deeds.open_merge(panel.identities.merge)
    picker.search("a")
    stage.take("profile-merge")
    picker.step_by(1)
    picker.choose()
    dialog = stage.view.window().findChild(CompareDialog)
    if dialog is not None:
        stage.take_dialog("merge-dialog", dialog)
    else:
        stage.leave_out("merge-dialog")
    panel.deeds.close_all()


def company(stage: Stage) -> None:
    """The profile of a company, one on which its members disagree where there is one."""
    panel = stage.view.inbox.panel
    was_hidden, now = panel.isHidden(), stage.session.now()
    keys = [key for key, _, _ in stage.session.read(companies_of_conversations)[:_LOOKED_AT]]
    shown = [stage.session.read(lambda at, key=key: company_profile(at, CompanyId(key), now=now)) for key in keys]
    disputed = next((one for one in shown if any(is_contested(prop) for prop in one.properties)), None)
    wanted = disputed or next(iter(shown), None)
    panel.show()
    if wanted is not None:
        stage.view.inbox.show_company(wanted.id)
    stage.take_where("company-profile", is_there=wanted is not None)
    stage.take_where("company-why", is_there=disputed is not None and states.why(panel))
    states.settle(panel)
    panel.setHidden(was_hidden)
    stage.view.inbox.column.list.choose(None)
    stage.view.inbox.column.list.step(0)


def _is_rtl(words: str) -> bool:
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in words)
