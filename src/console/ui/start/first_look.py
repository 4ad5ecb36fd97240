"""The look of the very first frame, before the workspace is open: theme and text size, beside the workspace in clear."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import get_args

from console.system.paths import write_private
from console.ui.style import theme

_FILE = "look.json"


def dress(folder: Path) -> None:
    """Gives the program the look that it had when this workspace was closed; nothing where that is not known."""
    try:
        kept = json.loads((folder / _FILE).read_text("utf-8"))
        setting, scale = kept["theme"], float(kept["text_scale"])
    except (OSError, ValueError, KeyError, TypeError):
        return
    look = theme.current()
    look.scale_text(scale)
    for known in get_args(theme.Setting):
        if known == setting:
            look.choose(known)


def keep(folder: Path) -> None:
    """Keeps the look of this moment; a full disk is no reason to trouble anybody."""
    look = theme.current()
    content = json.dumps({"theme": look.setting, "text_scale": look.text_scale})
    with contextlib.suppress(OSError):
        write_private(folder / _FILE, content.encode())
