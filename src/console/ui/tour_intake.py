"""The scenes of files that are imported: the wizard and the imports."""

from __future__ import annotations

from datetime import datetime, timedelta

from console.domain.importing import RowProblem, problem_to_json
from console.domain.imports import BatchRow, Problem
from console.store.imports import CHANGES
from console.ui.tour_stage import Stage

_TABLE = """E-mail,Full name,Company,Seats,Renewal,MRR
ariana@northpeak.example,Ariana Delacroix,Northpeak Analytics,14,03.12.2026,"4,250.00"
tomas@cobalto.example,Tomás Herrera,Cobalto,6,17.01.2027,380.00
lena@@orbit.example,Lena Orbit,Orbit,220,28.02.2027,"9,900.00"
"""
_OTHER = """E-mail;Full name;Company;Seats;Renewal;Region
jonas@fennel.example;Jonas Weiß;Fennel;3;09.05.2027;North
"""
_WRONG = RowProblem(
    4,
    "E-mail",
    "lena@@orbit.example",
    "“lena@@orbit.example” is not an e-mail address",
    "customers-november.csv",
    (
        ("E-mail", "lena@@orbit.example"),
        ("Full name", "Lena Orbit"),
        ("Company", "Orbit"),
        ("Seats", "220"),
        ("Renewal", "28.02.2027"),
        ("MRR", "9,900.00"),
    ),
)
_ERROR = Problem("customers-november.csv:4", _WRONG.reason, problem_to_json(_WRONG).encode())
_COUNTS = {"new": 1, "updated": 1, "left_out": 1, f"{CHANGES}renewal": 2, f"{CHANGES}mrr": 1}


def importing(stage: Stage) -> None:
    """The wizard's steps with a small table, and the list of imports."""
    path = stage.files / "customers-november.csv"
    other = stage.files / "customers-north.csv"
    path.write_text(_TABLE, encoding="utf-8")
    other.write_text(_OTHER, encoding="cp1252")
    wizard = stage.view.open_wizard()
    stage.take("import-files", wizard)
    wizard.choose_files((str(path), str(other)))
    stage.settle(1_200)
    stage.take("import-columns", wizard)
    wizard.columns_page.looking.look(str(other))
    stage.settle(1_200)
    stage.take("import-second-file", wizard)
    wizard.columns_page.looking.look(str(path))
    now = stage.session.now()
    wizard.columns_page.dry_run.show_batch(_batch("previewed", now), (_ERROR,))
    stage.take("import-dry-run", wizard)
    stage.take_dialog("import-wrong-row", wizard.columns_page.open_rows(0))
    wizard.run_page.show_batch(None)
    wizard.show_step(2)
    stage.take("import-starting", wizard)
    for state in ("running", "done", "failed"):
        wizard.run_page.show_batch(_batch(state, now))
        stage.take(f"import-{state}", wizard)
    wizard.reject()
    stage.view.go_to("imports")
    stage.take("imports")
    page = stage.view.imports
    if page is not None:
        page.show_batches(tuple(_batch(state, now) for state in ("running", "done", "failed", "stopped", "undone")))
        stage.view.toasts.clear()
        stage.take("imports-of-each-kind")


def _batch(state: str, now: datetime) -> BatchRow:
    is_over = state not in ("running", "waiting")
    problem = "The disk is full; what came in until then can be undone" if state == "failed" else ""
    return BatchRow(
        f"tour-{state}",
        "customers",
        "customers-november.csv",
        state,
        3 if is_over else 1,
        3,
        _COUNTS if is_over else {},
        problem,
        now - timedelta(minutes=5),
        now if is_over else None,
        now if state == "undone" else None,
    )
