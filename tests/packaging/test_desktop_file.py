"""The desktop file hands links to customers and companies to the program."""

from __future__ import annotations

import configparser
import shlex
import tomllib

from tests.house.reading import ROOT

from console.command_line.program import parser, with_link_as_option
from console.domain.channels import Owner, OwnerKind
from console.domain.deep_links import link_to


def test_a_link_is_opened_by_the_program_that_is_installed() -> None:
    read = configparser.ConfigParser(interpolation=None)
    read.optionxform = str  # pyright: ignore[reportAttributeAccessIssue]  # keys of desktop files are written in both cases
    read.read(ROOT / "packaging" / "linux" / "support-console.desktop", encoding="utf-8")
    entry = read["Desktop Entry"]
    link = link_to(Owner(OwnerKind.CUSTOMER, 12))
    program, *arguments = shlex.split(entry["Exec"].replace("%u", link))

    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    assert program in scripts
    assert parser().parse_args(with_link_as_option(arguments)).link == link
    assert entry["MimeType"] == f"x-scheme-handler/{link.partition(':')[0]};"
