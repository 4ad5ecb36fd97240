"""The look that a workspace was closed with, kept beside it in clear, so that the first frame already wears it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from console.system.paths import write_private

_FILE = "look.json"
_SETTINGS = ("system", "light", "dark")


class Look(NamedTuple):
    """Theme (`system`, `light` or `dark`) and the factor on every text size."""

    setting: str = "system"
    text_scale: float = 1.0


def kept_look(folder: Path) -> Look | None:
    """The look of the workspace in `folder`, None where none is known."""
    try:
        kept = json.loads((folder / _FILE).read_text("utf-8"))
        look = Look(kept["theme"], float(kept["text_scale"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return look if look.setting in _SETTINGS else None


def keep_look(folder: Path, look: Look) -> None:
    """Keeps it. Raises OSError."""
    content = json.dumps({"theme": look.setting, "text_scale": look.text_scale})
    write_private(folder / _FILE, content.encode())
