"""After a conversation got its customer: the offer to link what else the same sender wrote."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from console.domain.assigning import Alike
from console.domain.done_words import done
from console.domain.edits import AssignCustomer, Edit, Several
from console.domain.records import Channel
from console.store.alike import alike
from console.ui.profile.wording import isolated
from console.ui.session import Session
from console.ui.widgets.toast import Toast

_MOST = 100
translate = QCoreApplication.translate


def offer_more(session: Session, edit: Edit, toast: Toast) -> None:
    """Looks for conversations of nobody by the same sender, and offers in the toast to link them in one edit."""
    given = _assigned(edit)
    if given is None:
        return
    conversation, customer = given.conversation, given.customer

    def offer(found: Alike | None) -> None:
        if found is None or toast.isHidden():
            return
        ask, act = _words(found)
        toast.taken.connect(lambda: session.submit(link_all(found, given)))
        toast.offer(f"{done(edit)}. {ask}", act)

    session.ask(lambda connection: alike(connection, conversation, customer, _MOST), offer, asker=toast, about="alike")


def link_all(found: Alike, given: AssignCustomer) -> Several:
    """One edit that gives all of them the same customer."""
    title = translate("LinkMore", "Link {0}").format(_counted(found))
    return Several(title, tuple(AssignCustomer(one, given.customer) for one in found.conversations))


def _assigned(edit: Edit) -> AssignCustomer | None:
    """The one assignment that an edit is or holds."""
    parts = edit.edits if isinstance(edit, Several) else (edit,)
    found = [part for part in parts if isinstance(part, AssignCustomer)]
    return found[0] if len(found) == 1 else None


def _words(found: Alike) -> tuple[str, str]:
    if found.by:
        ask = translate("LinkMore", "Link {0} by {1} too?").format(_counted(found, is_more=True), isolated(found.by))
    else:
        ask = translate("LinkMore", "Link {0} too?").format(_counted(found, is_more=True))
    is_one = len(found.conversations) == 1
    return ask, translate("LinkMore", "Link it") if is_one else translate("LinkMore", "Link them")


def _counted(found: Alike, *, is_more: bool = False) -> str:
    names = {
        Channel.EMAIL: (translate("LinkMore", "mail"), translate("LinkMore", "mails")),
        Channel.CHAT: (translate("LinkMore", "chat"), translate("LinkMore", "chats")),
        Channel.SURVEY: (translate("LinkMore", "answer"), translate("LinkMore", "answers")),
        Channel.REVIEW: (translate("LinkMore", "review"), translate("LinkMore", "reviews")),
        Channel.CALL: (translate("LinkMore", "call"), translate("LinkMore", "calls")),
        Channel.MEMO: (translate("LinkMore", "memo"), translate("LinkMore", "memos")),
    }
    all_kinds = (translate("LinkMore", "conversation"), translate("LinkMore", "conversations"))
    one, many = names[found.channel] if found.channel is not None else all_kinds
    count = len(found.conversations)
    words = translate("LinkMore", "{0} more {1}") if is_more else "{0} {1}"
    return words.format(count, one if count == 1 else many)
