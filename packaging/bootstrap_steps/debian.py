"""Installing Debian packages where this process may, and the exact command for a person where it may not."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Sequence

from bootstrap_steps.quiet import run_quietly, say


def is_debian_like() -> bool:
    """Debian, Ubuntu and what is made from them."""
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return False
    family = {release.get("ID", ""), *release.get("ID_LIKE", "").split()}
    return bool(family & {"debian", "ubuntu"}) and shutil.which("apt-get") is not None


def may_install() -> bool:
    return is_debian_like() and os.geteuid() == 0


def command_for(packages: Sequence[str]) -> str:
    """The line that a person types to install these packages."""
    return f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {' '.join(packages)}"


def install(packages: Sequence[str]) -> None:
    """Install packages as root; raises WorldError with the command when apt refuses."""
    say(f"installing {len(packages)} missing system packages: {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    failed = f"apt could not install them; try by hand: {command_for(packages)}"
    run_quietly(["apt-get", "update"], or_say=failed, environment=environment)
    run_quietly(
        ["apt-get", "install", "-y", "--no-install-recommends", *packages], or_say=failed, environment=environment
    )
