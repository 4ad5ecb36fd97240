"""The scenes of the directory: customers and companies, a filter and a wrong one, many chosen, its cards, and nobody."""

from __future__ import annotations

from console.ui.directory.page import DirectoryPage
from console.ui.tour_stage import Scene, Stage


def customers(stage: Stage) -> None:
    """The table, narrowed, and what stands where nobody is."""
    page = _shown(stage, "customers")
    stage.take("directory-customers")
    page.filter.add("plan:pro or tag:beta")
    page.filter.add("last_seen<90d")
    stage.take("directory-filter")
    page.filter.field.setText("spend>300")
    page.filter.field.tell()
    stage.take("directory-wrong-filter")
    page.filter.put("name:nobody-at-all")
    stage.take("directory-nobody-matches")
    page.filter.put("")
    stage.settle()
    page.states.show_loading()
    page.show_states()
    stage.take("directory-loading")
    page.states.show_error("The workspace is held by another program. Close it, or wait, and try again")
    stage.take("directory-error")
    page.states.show_empty(is_narrowed=False)
    stage.take("directory-empty")
    page.filter.put("")


def many(stage: Stage) -> None:
    """What is done with those that are chosen."""
    page = _shown(stage, "customers")
    page.rows.chosen.put(page.rows.ids()[1:3], is_chosen=True)
    page.table.chosen.emit()
    stage.take("directory-two-chosen")
    page.rows.chosen.all_that_match()
    page.table.chosen.emit()
    page.deeds.ask_tag(page.bulk.tag)
    stage.take("directory-tag")
    page.deeds.close()
    page.deeds.ask_property(page.bulk.set_property)
    stage.take("directory-property")
    page.deeds.close()
    menu = page.deeds.ask_owner(page.bulk.owner)
    stage.take("directory-owner")
    menu.close()
    for name, ask in (("columns", page.choices.open_columns), ("segment", page.choices.open_segments)):
        ask()
        stage.take(f"directory-{name}")
        page.choices.close()
    page.rows.chosen.clear()
    page.table.chosen.emit()


def companies(stage: Stage) -> None:
    """The table of companies."""
    _shown(stage, "companies")
    stage.take("directory-companies")
    stage.view.go_to("inbox")


def _shown(stage: Stage, place: str) -> DirectoryPage:
    stage.view.go_to(place)
    page = stage.view.directories.page_of(place)
    if page is None:
        raise LookupError(f"There is no directory of {place}")
    stage.settle(200)
    page.focus_table()
    return page


SCENES: tuple[Scene, ...] = (customers, many, companies)
