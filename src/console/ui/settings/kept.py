"""The look that was chosen in this workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from console.ui.style import theme

if TYPE_CHECKING:
    from console.ui.session import Session


def switch_theme(session: Session) -> None:
    """From light to dark or back, kept for the next start."""
    look = theme.current()
    look.choose("light" if look.is_dark else "dark")
    session.keep_settings({"theme": look.setting})


def dress_as_kept(session: Session) -> None:
    """Gives the window the look that was chosen in this workspace."""
    kept, look = session.settings(), theme.current()
    for setting in get_args(theme.Setting):
        if setting == kept.get("theme"):
            look.choose(setting)
    scale = kept.get("text_scale", "")
    if scale.replace(".", "", 1).isdigit():
        look.scale_text(float(scale))
    if "less_motion" in kept:
        look.reduce_motion(is_reduced=kept["less_motion"] == "1")
