"""The views of a teammate, kept in the journal's settings: their own ones, and how each was looked at last."""

from __future__ import annotations

import os
from dataclasses import replace

from console.domain.directory_views import View, built_in, default_columns, named_view, views_from_json, views_to_json
from console.domain.records import OwnerKind
from console.ui.session import Session


class KeptViews:
    """Views of customers or of companies."""

    def __init__(self, session: Session, owner_kind: OwnerKind) -> None:
        self._session, self._owner_kind = session, owner_kind
        self._own_name = f"directory.{owner_kind.value}.views"
        self._looks_name = f"directory.{owner_kind.value}.looks"
        kept = session.settings()
        self._own = list(views_from_json(kept.get(self._own_name, "")))
        self._looks = {view.key: view for view in views_from_json(kept.get(self._looks_name, ""))}

    def views(self) -> tuple[View, ...]:
        """Those that are always there, then the teammate's own by name."""
        own = sorted(self._own, key=lambda view: view.name.casefold())
        return (*built_in(self._owner_kind, self._session.teammate), *own)

    def arranged(self, view: View) -> View:
        """The view with the columns, widths and order in which it was looked at last."""
        look = self._looks.get(view.key)
        columns = view.columns or default_columns(self._owner_kind)
        if look is None or not look.columns:
            return replace(view, columns=columns, widths=view.widths if view.columns else ())
        return replace(view, columns=look.columns, widths=look.widths, sort=look.sort, is_descending=look.is_descending)

    def arrange(self, view: View) -> None:
        """Keeps columns, widths and order of a view."""
        if self._looks.get(view.key) != view:
            self._looks[view.key] = view
            self._session.keep_settings({self._looks_name: views_to_json(list(self._looks.values()))})

    def save(self, view: View, name: str) -> View:
        """Keeps the view under a name as one of the teammate's own; one of that name is replaced."""
        name = named_view(name)
        same = next((one for one in self._own if one.name.casefold() == name.casefold()), None)
        key = same.key if same is not None else f"own-{os.urandom(6).hex()}"
        made = replace(view, key=key, name=name, is_built_in=False)
        self._own = [one for one in self._own if one.key != key] + [made]
        self._looks.pop(key, None)
        self._keep()
        return made

    def rename(self, view: View, name: str) -> View:
        """Gives one of the teammate's own another name."""
        made = replace(view, name=named_view(name) or view.name)
        self._own = [made if one.key == view.key else one for one in self._own]
        self._keep()
        return made

    def remove(self, view: View) -> None:
        """Takes one of the teammate's own away."""
        self._own = [one for one in self._own if one.key != view.key]
        self._looks.pop(view.key, None)
        self._keep()

    def _keep(self) -> None:
        self._session.keep_settings(
            {
                self._own_name: views_to_json(self._own),
                self._looks_name: views_to_json(list(self._looks.values())),
            }
        )
