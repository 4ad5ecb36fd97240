"""The pages of the directory among the places of the window: each is made when somebody first goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from console.domain.channels import Owner, OwnerKind
from console.ui.compare.opening import open_comparison

if TYPE_CHECKING:
    from console.ui.directory.page import DirectoryPage
    from console.ui.workspace_view import WorkspaceView

_KINDS = {"customers": OwnerKind.CUSTOMER, "companies": OwnerKind.COMPANY}


class Directories(QObject):
    """The two pages, by the keys of their actions."""

    def __init__(self, view: WorkspaceView) -> None:
        super().__init__(view)
        self._view = view
        self._pages: dict[str, DirectoryPage] = {}

    def page_of(self, place: str) -> DirectoryPage | None:
        """The page of customers or of companies, None for another place."""
        if place not in _KINDS:
            return None
        if place not in self._pages:
            self._pages[place] = self._made(_KINDS[place])
        return self._pages[place]

    def show(self, kind: OwnerKind, expression: str) -> None:
        """Goes to customers or companies, narrowed by an expression."""
        place = next(place for place, one in _KINDS.items() if one is kind)
        page = self.page_of(place)
        self._view.go_to(place)
        if page is not None:
            page.filter.put(expression)

    def _made(self, kind: OwnerKind) -> DirectoryPage:
        # Imported when somebody first goes there: the inbox is on screen without it.
        from console.ui.directory.page import DirectoryPage

        view, page = self._view, DirectoryPage(self._view.session, kind)
        page.opened.connect(view.session.open_customer if kind is OwnerKind.CUSTOMER else view.session.open_company)
        page.import_wanted.connect(view.open_wizard)
        page.sources_wanted.connect(lambda: view.go_to("sources"))
        page.exports.said.connect(view.toasts.say)
        for part in (page.exports, page.deeds):
            part.failed.connect(lambda sentence: view.toasts.say(sentence, tone="red"))
        page.deeds.warned.connect(lambda sentence: view.toasts.say(sentence, tone="amber"))
        page.deeds.compare_wanted.connect(self._compare)
        view.pages.addWidget(page)
        return page

    def _compare(self, one: Owner, other: Owner) -> None:
        """Shows two side by side; they may be made one there, or kept apart for good."""
        open_comparison(self._view.session, one, other, self._view.session.submit, self._view.window())
