"""What the window of a customer shows, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from console.domain.customer_figures import CustomerFigures
from console.domain.edits import Owner
from console.domain.ids import CustomerId
from console.domain.profile_view import Profile
from console.store import profiles
from console.store.customer_figures import figures_of
from console.ui.profile.view import View, view_of_customer

if TYPE_CHECKING:
    from console.store.database import Connection


@dataclass(frozen=True, slots=True)
class CustomerRead:
    """A customer's profile with its key figures. ``asked``: the key that was asked for, another one after a merge."""

    asked: CustomerId
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


def read_customer(connection: Connection, key: int, now: datetime, as_of: datetime | None) -> CustomerRead:
    """The customer as of now, or of a moment (aware UTC). Raises NotFound."""
    if as_of is None:
        profile = profiles.profile(connection, key, now=now)
    else:
        profile = profiles.profile_at(connection, key, as_of)
    return CustomerRead(CustomerId(key), profile, view_of_customer(profile), figures_of(connection, profile))
