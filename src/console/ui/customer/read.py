"""What the window of a customer shows, read in one go; and what may come a moment later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from console.domain.conversation import CustomerCard
from console.domain.customer_figures import CustomerFigures
from console.domain.edits import Owner
from console.domain.ids import CustomerId
from console.domain.places import Place
from console.domain.profile_view import Profile
from console.store import profiles
from console.store.customer_cards import cards
from console.store.customer_figures import figures_of
from console.store.duplicates import duplicates_of
from console.store.places import place_of
from console.system.geography import Geography
from console.ui.profile.view import View, view_of_customer

if TYPE_CHECKING:
    from console.store.database import Connection


@dataclass(frozen=True, slots=True)
class CustomerRead:
    """A customer's profile with its key figures."""

    profile: Profile
    view: View
    figures: CustomerFigures

    @property
    def owner(self) -> Owner:
        """Whom edits are about."""
        return self.view.owner

    @property
    def is_past(self) -> bool:
        """Whether it shows another day than today."""
        return self.profile.as_of is not None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is worked out beside the profile: where the customer is, and who may be the same, with the reason."""

    place: Place | None
    duplicates: tuple[tuple[CustomerCard, str], ...]


def read_customer(connection: Connection, key: int, now: datetime, as_of: datetime | None) -> CustomerRead:
    """The customer as of now, or of a moment (aware UTC). Raises NotFound."""
    if as_of is None:
        profile = profiles.profile(connection, key, now=now)
    else:
        profile = profiles.profile_at(connection, key, as_of)
    return CustomerRead(profile, view_of_customer(profile), figures_of(connection, profile))


def read_surroundings(connection: Connection, read: CustomerRead, geography: Geography) -> Surroundings:
    """Place and duplicates; nobody is suggested for the customer of another day. Slow: the numbers of all are looked through."""
    place = place_of(connection, read.profile, geography)
    if read.is_past:
        return Surroundings(place, ())
    me = read.profile.id
    reasons = {
        CustomerId(one.second if one.first == me else one.first): one.reason for one in duplicates_of(connection, me)
    }
    card_by_id = cards(connection, reasons)
    return Surroundings(place, tuple((card_by_id[key], reason) for key, reason in reasons.items() if key in card_by_id))
