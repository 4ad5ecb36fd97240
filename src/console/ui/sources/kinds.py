"""Kinds of source as the window knows them: asked of the sync process once, when somebody first needs them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from console.domain.source_kinds import FieldKind, SourceKind
from console.store.errors import StoreError
from console.ui.session import Session

MAILBOX = "imap"


class Kinds(QObject):
    """Those that can be connected.

    Signals:
        came: they are known now.
        failed: a sentence; they could not be asked for.
    """

    came = Signal()
    failed = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._kinds: tuple[SourceKind, ...] = ()
        self._is_asked = False

    def ask(self) -> None:
        """Asks for them where nobody did yet."""
        if self._is_asked:
            return
        self._is_asked = True
        self._session.background.run(
            self._session.services.source_kinds,
            self._take,
            asker=self,
            failed=self._tell_trouble,
            expected=(StoreError, ValueError, OSError),
        )

    def all(self) -> tuple[SourceKind, ...]:
        """What is known so far, by title."""
        return self._kinds

    def kind_of(self, name: str) -> SourceKind | None:
        """The kind of this name; None where it is not known, or not known yet."""
        return next((one for one in self._kinds if one.name == name), None)

    def has_secret(self, name: str) -> bool:
        """Whether a source of that kind signs in with something that can be replaced."""
        kind = self.kind_of(name)
        return kind is None or any(field.kind is FieldKind.SECRET for field in kind.fields)

    def _take(self, kinds: tuple[SourceKind, ...]) -> None:
        self._kinds = kinds
        self.came.emit()

    def _tell_trouble(self, error: Exception) -> None:
        self._is_asked = False
        self.failed.emit(str(error))
