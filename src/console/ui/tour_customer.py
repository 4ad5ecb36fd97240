"""The scenes of the window of one customer: today, another day, its menus and cards, and when there is little to tell."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QSize

from console.domain.conversation import CustomerCard
from console.domain.edits import Owner
from console.domain.ids import CustomerId
from console.domain.places import Place
from console.domain.records import OwnerKind
from console.store.customer_cards import cards
from console.store.standing_out import busiest_but, emptiest_customer, fullest_customer, merged_customer
from console.ui.customer.window import CustomerWindow
from console.ui.tour_stage import Scene, Stage

_SIZE, _NARROW = QSize(1180, 820), QSize(960, 700)


def today(stage: Stage) -> None:
    """A customer with much to tell, the parts that unfold, and a narrow window."""
    window = _opened(stage, stage.session.read(fullest_customer))
    stage.take("customer-window", window)
    rows = window.signals.events.rows()
    if rows:
        rows[0].click()
        stage.take("customer-window-event", window)
    window.signals.write_note()
    stage.take("customer-window-note", window)
    window.facts.filter.setText("l")
    window.facts.filter.tell()
    window.facts.duplicates.show_suggestions([(_twin(), "Same phone number, similar name")])
    stage.settle(200)
    window.facts.area.verticalScrollBar().setValue(window.facts.area.verticalScrollBar().maximum())
    stage.take("customer-window-facts", window)
    for name, opened in (
        ("owner", window.acts.open_owner(window.header.owner)),
        ("more", window.acts.open_more(window.header.more)),
    ):
        opened.popup(opened.pos())
        stage.take(f"customer-window-{name}", window)
        opened.close()
    window.resize(_NARROW)
    stage.take("customer-window-narrow", window)
    window.close()


def another_day(stage: Stage) -> None:
    """The same customer as of some months ago."""
    window = _opened(stage, stage.session.read(fullest_customer))
    window.ask_day()
    window.show_day((stage.session.now() - timedelta(days=200)).astimezone().date())
    stage.settle(400)
    stage.take("customer-window-as-of", window)
    window.leave_past()
    window.close()


def places(stage: Stage) -> None:
    """A place that the last login's address tells."""
    window = _opened(stage, stage.session.read(fullest_customer))
    at = stage.session.now() - timedelta(hours=2)
    found = Place(
        "", "United Kingdom", "Europe/London", 54.0, -2.0, "Intercom", at, is_from_ip=True, is_approximate=True
    )
    window.signals.place.show_place(found, stage.session.now())
    stage.take("customer-window-place-of-ip", window)
    window.close()


def little(stage: Stage) -> None:
    """A customer about whom nearly nothing is known, one that was merged, and one that is not there."""
    window = _opened(stage, stage.session.read(emptiest_customer))
    stage.take("customer-window-little", window)
    window.close()
    merged = stage.session.read(merged_customer)
    if merged is not None:
        window = _opened(stage, merged)
        stage.take("customer-window-merged", window)
        window.close()
    else:
        stage.leave_out("customer-window-merged")
    window = _opened(stage, 12)
    stage.take("customer-window-unknown", window)
    window.close()


def papers(stage: Stage) -> None:
    """The comparison with another customer, with a value chosen by hand; erasing, asked and done."""
    window = _opened(stage, stage.session.read(fullest_customer))
    other = stage.session.read(lambda connection: busiest_but(connection, window.owner().id))
    card = stage.session.read(lambda c: cards(c, [other]))[other]
    dialog = window.deeds.compare(card, "Same phone number, similar name")
    if dialog is not None:
        stage.settle(300)
        losers = [row.choose for row in dialog.table.rows() if row.choose is not None]
        if losers:
            losers[0].click()
        stage.take_dialog("compare", dialog)
    question = window.acts.ask_erase()
    if question is not None:
        stage.settle(300)
        stage.take_dialog("erase", question)
    window.close()


def _opened(stage: Stage, customer: int) -> CustomerWindow:
    window = stage.view.windows.open(Owner(OwnerKind.CUSTOMER, customer))
    if not isinstance(window, CustomerWindow):
        raise TypeError("A customer opens in a window of a customer")
    window.resize(_SIZE)
    stage.settle(300)
    return window


def _twin() -> CustomerCard:
    return CustomerCard(CustomerId(1), "A. Delacroix", "ad@elsewhere.example", "", False, False, False)


SCENES: tuple[Scene, ...] = (today, another_day, places, little, papers)
