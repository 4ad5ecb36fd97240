"""From a fresh clone to a running program: what the bootstrap decides, and the environments it makes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BOOTSTRAP = ROOT / "packaging" / "bootstrap.py"
sys.path.insert(0, str(BOOTSTRAP.parent))

from bootstrap_steps import environment, qt_libraries, start  # noqa: E402 found through the line above
from bootstrap_steps.errors import WorldError  # noqa: E402 found through the line above


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout that depends on nothing and whose program prints a word."""
    for lock in environment.LOCK_BY_PURPOSE.values():
        (tmp_path / lock).write_text("# nothing\n", encoding="utf-8")
    package = tmp_path / "src" / "console"
    package.mkdir(parents=True)
    (package / "__main__.py").write_text("def main():\n    print('started')\n    return 0\n", encoding="utf-8")
    return tmp_path


def test_without_a_command_the_usage_is_shown_and_the_exit_code_is_2() -> None:
    result = subprocess.run([sys.executable, BOOTSTRAP], capture_output=True, text=True, check=False)

    assert result.returncode == 2
    assert "bootstrap.py run" in result.stderr
    assert "bootstrap.py test" in result.stderr


@pytest.mark.parametrize("arguments", [[], ["--workspace", "somewhere"], ["--workspace=x", "--passphrase-file", "f"]])
def test_where_no_window_can_open_the_tour_is_drawn(arguments: list[str]) -> None:
    assert start.program_arguments(arguments, has_display=False) == [*arguments, "tour", "./tour-pictures"]
    assert start.program_arguments(arguments, has_display=True) == [*arguments, "--sample"]


@pytest.mark.parametrize("arguments", [["list", "customers"], ["--workspace", "w", "doctor"], ["--help"]])
def test_a_command_needs_no_display(arguments: list[str]) -> None:
    assert start.program_arguments(arguments, has_display=False) == arguments


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere a window always opens")
def test_a_display_is_x_or_wayland_or_what_qt_is_told() -> None:
    assert not start.has_display({})
    assert not start.has_display({"DISPLAY": ""})
    assert start.has_display({"DISPLAY": ":0"})
    assert start.has_display({"WAYLAND_DISPLAY": "wayland-0"})


def test_an_environment_is_made_once_and_filled_again_only_for_another_lock(checkout: Path) -> None:
    python = environment.ready_environment(checkout, purpose="test")
    stamp = checkout / ".venv" / environment.STAMP
    first = stamp.stat().st_mtime_ns

    assert environment.ready_environment(checkout, purpose="test") == python
    assert environment.ready_environment(checkout, purpose="run") == python
    assert stamp.stat().st_mtime_ns == first
    (checkout / "requirements.lock").write_text("# another\n", encoding="utf-8")
    environment.ready_environment(checkout, purpose="run")
    assert stamp.stat().st_mtime_ns != first


def test_the_environment_starts_the_project_from_anywhere(checkout: Path, tmp_path: Path) -> None:
    python = environment.ready_environment(checkout, purpose="run")

    started = subprocess.run(
        [python.with_name("support-console")], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert started.stdout == "started\n", started.stderr


def test_a_broken_environment_is_made_anew(checkout: Path) -> None:
    python = environment.python_of(checkout / ".venv")
    python.parent.mkdir(parents=True)
    python.symlink_to(checkout / "a python that was removed")

    assert environment.ready_environment(checkout, purpose="run") == python
    assert python.exists()


def test_an_incomplete_checkout_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match=r"requirements\.lock is missing"):
        environment.ready_environment(tmp_path, purpose="run")


def test_every_system_library_of_qts_display_plugins_is_looked_for() -> None:
    """Qt's own libraries and the C library aside: what the loader lists must be in our table or come with one of it."""
    if not sys.platform.startswith("linux"):
        pytest.skip("asks the Linux loader")
    plugins = Path(environment.__file__).parents[2] / ".venv"
    found = sorted(plugins.rglob("platforms/libqxcb.so"))
    if not found:
        pytest.skip("the tests run in another environment than .venv")

    listed = subprocess.run(["ldd", found[0]], capture_output=True, text=True, check=True).stdout
    needed = {line.split()[0] for line in listed.splitlines() if line.strip().startswith("libxcb-")}
    come_with_others = {"libxcb-util.so.1", "libxcb-render.so.0", "libxcb-shm.so.0", "libxcb-sync.so.1"}

    assert needed - come_with_others - {"libxcb-xfixes.so.0"} <= set(qt_libraries.PACKAGE_BY_LIBRARY)


def test_the_advice_names_the_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qt_libraries.debian, "is_debian_like", lambda: True)

    advice = qt_libraries.advice_for(["libegl1", "libgl1"])

    assert advice.endswith("apt-get install -y --no-install-recommends libegl1 libgl1")
