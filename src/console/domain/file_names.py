"""Names of attachments: safe to show and to save under, and which of them would run.

A name from outside may climb out of a folder (``..\\..\\x``), name a device (``NUL.txt``), or disguise itself
(right-to-left override: ``gpj.exe`` shown as ``exe.jpg``).
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

LONGEST_NAME = 120
_LONGEST_EXTENSION = 16
_EMPTY_NAME = "attachment"
_RESERVED = re.compile(r"(con|prn|aux|nul|clock\$|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f\x7f-\x9f]')
_SEPARATORS = re.compile("[/\\\\\u2044\u2215\u29f5\u29f8\uff0f\uff3c]")
_EXECUTABLE_WORDS = (
    "exe com bat cmd scr pif cpl msi msp mst msix msixbundle appx appxbundle appinstaller jar jnlp js jse vbs vbe "
    "vb ws wsf wsc wsh ps1 ps1xml ps2 ps2xml psc1 psc2 psm1 hta chm lnk url website scf inf ins isp reg sys dll ocx "
    "drv gadget msc application apk ipa deb rpm appimage flatpakref snap run sh bash zsh fish csh ksh command "
    "workflow app pkg dmg iso img vhd vhdx action desktop service py pyc pyw pyz pyzw pl rb php lua tcl sct shb shs "
    "xbap xll xlam xla xlsm xltm docm dotm pptm potm ppam ppsm sldm accde mde ade adp mdb accdb diagcab "
    "settingcontent-ms library-ms search-ms rdp swf class elf bin out terminal fileloc inetloc webloc wim hlp grp "
    "theme themepack udl slk iqy oqy rqy "
)
_EXECUTABLE = frozenset(_EXECUTABLE_WORDS.split())


def title_of(path: PurePath) -> str:
    """What a file is called, on screen and in the database."""
    return as_text(path.name)


def as_text(text: str) -> str:
    """The text without what neither the database nor the screen can hold: NUL and bytes that are no text (U+FFFD)."""
    return _NO_TEXT.sub("\ufffd", text)


def safe_file_name(text: str) -> str:
    """A name for one file in one folder: no path, drive, invisible or direction sign, no device, ≤ 120 characters.

    The extension stays, so that what it is remains visible.
    """
    name = _SEPARATORS.split(unicodedata.normalize("NFC", text))[-1]
    name = "".join(c for c in name if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
    name = " ".join(_FORBIDDEN.sub("_", name).split()).strip(" .")
    if not name.strip("_"):
        return _EMPTY_NAME
    if _RESERVED.fullmatch(name):
        name = f"_{name}"
    return _shortened(name)


def extension(name: str) -> str:
    """The part behind the last dot, in lower case, without the dot; empty where there is none."""
    return name.rstrip(" .").rpartition(".")[2].lower() if "." in name else ""


def is_executable(name: str) -> bool:
    """Whether a computer might run a file of this name instead of showing it; such files are saved, never opened."""
    return extension(safe_file_name(name)) in _EXECUTABLE


def _shortened(name: str) -> str:
    """Cut in characters and, for file systems that count bytes, to 240 bytes."""
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > _LONGEST_EXTENSION:
        stem, dot, ending = name, "", ""
    room = LONGEST_NAME - len(dot + ending)
    while len((stem := stem[:room]).encode("utf-8")) + len((dot + ending).encode("utf-8")) > 240:
        room -= 1
    return f"{stem.rstrip(' .') or _EMPTY_NAME}{dot}{ending}"
