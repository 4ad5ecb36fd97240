"""The look of the window before the workspace is open: theme and text size as they were when it was closed."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import get_args

from console.ui.start.kept_look import Look, keep_look, kept_look
from console.ui.style import theme


def dress(folder: Path) -> None:
    """Gives the program the look that it had when this workspace was closed; nothing where that is not known."""
    kept = kept_look(folder)
    if kept is None:
        return
    look = theme.current()
    look.scale_text(kept.text_scale)
    for known in get_args(theme.Setting):
        if known == kept.setting:
            look.choose(known)


def keep(folder: Path) -> None:
    """Keeps the look of this moment; a full disk is no reason to trouble anybody."""
    look = theme.current()
    with contextlib.suppress(OSError):
        keep_look(folder, Look(look.setting, look.text_scale))
