"""``support-console console://…``: an address alone is followed, a wrong one is said to lead nowhere."""

from __future__ import annotations

import pytest

from console.command_line.program import parser, run, with_link_as_option


def test_an_address_alone_means_what_the_option_says() -> None:
    options = parser().parse_args(with_link_as_option(["console://customer/12", "--workspace", "x"]))
    assert (options.link, options.act) == ("console://customer/12", "console.wiring.window:start")
    assert parser().parse_args(with_link_as_option([])).link == ""
    assert (
        parser().parse_args(with_link_as_option(["search", "console://customer/12"])).query == "console://customer/12"
    )


def test_an_address_that_leads_nowhere_opens_no_window(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["console://person/12"]) == 1
    assert "leads nowhere" in capsys.readouterr().err
