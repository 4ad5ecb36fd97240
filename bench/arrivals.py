"""What arrives in the benchmarks of taking in: mails in an mbox file and customers in a CSV file, the same every time."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

from bench.generate import NOW, text

from console.connectors import mailbox_files, spreadsheet_pages, table_guess
from console.domain.importing import ImportKind, ImportPlan, plan_to_json
from console.domain.profile import Origin, OriginKind, Rank
from console.domain.records import CustomerRecord, Page
from console.domain.values import Value, ValueKind
from console.store.taking import Intake

OWN = frozenset({"help@bench.example"})
MAIL_INTAKE = Intake(11, Rank.INTEGRATION, Origin(OriginKind.SOURCE, "Imported mail", "source:11"), OWN)
CSV_INTAKE = Intake(
    12, Rank.BY_HAND, Origin(OriginKind.SPREADSHEET, "customers.csv", "spreadsheet:customers.csv"), is_partial=True
)
COMPANY_INTAKE = Intake(13, Rank.INTEGRATION, Origin(OriginKind.SOURCE, "Billing", "source:13"))
_HEADER = ("Email", "Name", "Plan", "MRR", "Sessions", "Signed up", "City", "Newsletter")
_PLANS, _CITIES = ("Free", "Starter", "Growth", "Pro"), ("Lyon", "Hamburg", "Porto", "Osaka", "Leeds")
_HTML = """--b{0}\nContent-Type: text/plain; charset=utf-8\n\n{1}\n--b{0}
Content-Type: text/html; charset=utf-8\n\n<html><body><p>{1}</p><p><b>{2}</b></p></body></html>\n--b{0}--\n"""


def write_mbox(path: Path, count: int) -> Path:
    """``count`` mails in threads of about three, every third with an HTML part, every third quoting the one before."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            file.write(f"From bench@example.com {NOW:%a %b %d %H:%M:%S %Y}\n{_mail(number, count)}\n")
    return path


def mail_pages(path: Path) -> tuple[Page, ...]:
    """The mails of an mbox file, parsed."""
    return tuple(mailbox_files.pages([path], OWN, now=NOW))


def write_csv(path: Path, count: int) -> Path:
    """``count`` rows about as many customers."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADER)
        for number in range(count):
            rng = random.Random(f"row {number}")
            day = NOW - timedelta(days=rng.randrange(1_000))
            address, name = f"row{number}@c{rng.randrange(count)}.example", f"{text(rng, 2).title()[:60]} {number}"
            writer.writerow(
                (address, name, rng.choice(_PLANS), f"{rng.randrange(900)}.50", rng.randrange(1_000), f"{day:%Y-%m-%d}",
                 rng.choice(_CITIES), rng.choice(("yes", "no")))
            )  # fmt: skip
    return path


def csv_plan(path: Path) -> ImportPlan:
    """The plan that is guessed for the file."""
    return table_guess.guess(str(path), ImportKind.CUSTOMERS.value)


def csv_pages(plan: ImportPlan) -> tuple[Page, ...]:
    """The rows of the plan's file, parsed."""
    return tuple(spreadsheet_pages.pages({"plan": plan_to_json(plan)}))


def company_pages(members: int, page: int) -> tuple[Page, ...]:
    """Customers of one company, ``page`` of them on each page; every one of them says something of the company."""
    return tuple(
        Page("customers", tuple(_member(number, start) for number in range(start, min(start + page, members))))
        for start in range(0, members, page)
    )


def records_in(pages: Sequence[Page]) -> int:
    """How many records the pages hold."""
    return sum(len(page.records) for page in pages)


def _member(number: int, start: int) -> CustomerRecord:
    said = {"name": f"Member {number}", "company.name": "Acme", "company.plan": "Pro", "company.size": f"{start}"}
    values = {name: Value(ValueKind.STRING, value) for name, value in said.items()}
    return CustomerRecord(f"member {number}", (f"member{number}@acme.example",), values)


def _mail(number: int, count: int) -> str:
    rng = random.Random(f"mail {number}")
    thread, place = divmod(number, 3)
    is_ours = place == 1
    customer = f"Customer {thread} <m{int(count * random.Random(f'thread {thread}').random() ** 2)}@mail.example>"
    sender, receiver = ("Help <help@bench.example>", customer) if is_ours else (customer, "help@bench.example")
    at = NOW - timedelta(minutes=(count - number) * 7)
    subject = text(random.Random(f"subject {thread}"), 5)[:120]
    head = [
        f"From: {sender}", f"To: {receiver}", f"Subject: {'Re: ' if place else ''}{subject}", f"Date: {format_datetime(at)}",
        f"Message-ID: <{number}@bench.example>", "MIME-Version: 1.0", "Received: from mx.example by bench.example; Thu, 1 Jan 2026",
        f"X-Mailer: {text(rng, 3)[:60]}",
    ]  # fmt: skip
    if place:
        head.append(f"In-Reply-To: <{number - 1}@bench.example>\nReferences: <{number - 1}@bench.example>")
    body = text(rng, 45)
    if place == 2:
        body += f"\n\nOn {at:%d %b %Y}, Help wrote:\n> " + text(rng, 30).replace(" ka ", "\n> ka ")
    if place == 0:
        head.append(f'Content-Type: multipart/alternative; boundary="b{number}"')
        return "\n".join(head) + "\n\n" + _HTML.format(number, body, text(rng, 8))
    head.append("Content-Type: text/plain; charset=utf-8")
    return "\n".join(head) + "\n\n" + body + "\n"
