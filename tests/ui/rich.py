"""One conversation as it really is: several sources that disagree, a quote, attachments, a picture, notes, events."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from tests.ui.workspaces import KEY, NOW, Clock, SyncSide

from console.domain.ids import CompanyId, ConversationId, CustomerId
from console.domain.profile import Origin, OriginKind, Rank
from console.domain.quoting import HTML_QUOTE_MARK
from console.domain.records import (
    AttachmentRecord,
    AuthorKind,
    Channel,
    CompanyRecord,
    ConversationRecord,
    CustomerRecord,
    EventRecord,
    MessageRecord,
    Page,
    Person,
)
from console.domain.values import Money, Value, ValueKind
from console.store.ingest import take_in
from console.store.source_writes import ensure_source
from console.store.taking import Intake
from console.store.workspace import Role, Workspace, create
from console.ui.session import Session

ARIANA = "ariana@northpeak.io"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef"
    "0000000049454e44ae426082"
)
QUOTED = "On Tue, 17 Nov 2026 Nadia wrote:\n> The update is out."
PLAIN = "Perfect, that saves my afternoon. See https://northpeak.io/reports for the report.\n\n" + QUOTED
RICH = (
    "<p>Hi there,</p><p>since Tuesday's update our weekly CSV export loses every <b>company.*</b> column. Our finance team "
    'needs the file before 5&nbsp;pm CET. <a href="https://northpeak.io/x">The report</a>'
    f'<img src="cid:logo" alt="logo"></p>{HTML_QUOTE_MARK}<blockquote>an older mail</blockquote>'
)


def made_rich(folder: Path) -> tuple[Session, SyncSide]:
    """A session on a workspace with the story below; both must be closed."""
    create(folder, KEY)
    clock = Clock()
    side = SyncSide(folder, clock)
    _tell(side)
    session = Session(Workspace(folder, KEY, Role.WINDOW), "Nadia Kovac", now=clock.now, services=side.services())
    return session, side


def conversation_called(session: Session, subject: str) -> ConversationId:
    """The conversation with this subject."""
    return ConversationId(_one(session, "SELECT id FROM conversations WHERE subject = ?", subject))


def customer_called(session: Session, email: str) -> CustomerId:
    """The living customer with this main address."""
    return CustomerId(_one(session, "SELECT id FROM customers WHERE email = ? AND merged_into IS NULL", email))


def company_called(session: Session, name: str) -> CompanyId:
    """The company with this name."""
    return CompanyId(_one(session, "SELECT id FROM companies WHERE name = ?", name))


def _one(session: Session, statement: str, word: str) -> int:
    return session.read(lambda connection: connection.exec_driver_sql(statement, (word,)).scalar_one())


def text(words: str) -> Value:
    """A text value."""
    return Value(ValueKind.STRING, words)


def _tell(side: SyncSide) -> None:
    _take(side, "Intercom", Rank.INTEGRATION, OriginKind.SOURCE, 60, *_intercom())
    _take(side, "Typeform", Rank.INTEGRATION, OriginKind.SOURCE, 50, *_typeform())
    _take(side, "customers.xlsx", Rank.BY_HAND, OriginKind.SPREADSHEET, 40, *_sheet())
    _take(side, "billing-sync", Rank.PUSH_API, OriginKind.PUSH_API, 2, *_billing())
    _take(side, "Mail", Rank.INTEGRATION, OriginKind.SOURCE, 1, *_mails())


def _take(side: SyncSide, name: str, rank: Rank, kind: OriginKind, hours: int, *records: object) -> None:
    at = NOW - timedelta(hours=hours)
    with side.workspace.database.write() as connection:
        key = ensure_source(connection, "imap", name, 0)
        intake = Intake(key, rank, Origin(kind, name, f"{kind.value}:{key}"), frozenset({"help@acme.dev"}))
        take_in(connection, Page("all", tuple(records)), intake, at)  # pyright: ignore[reportArgumentType]  # any kind


def _intercom() -> tuple[object, ...]:
    properties = {
        "name": text("Ariana Delacroix"),
        "plan": text("Pro"),
        "language": text("French"),
        "company.size": text("120–250"),
        "company.industry": text("Research"),
        "city": text("Lyon"),
        "country": text("France"),
        "time_zone": text("Europe/Paris"),
    }
    company = CompanyRecord("northpeak", "Northpeak Analytics", ("northpeak.io",))
    customer = CustomerRecord("5f31", (ARIANA,), properties, ("northpeak",), NOW, ("beta-export",), ("Enterprise",))
    other = CustomerRecord(
        "77", ("ben@northpeak.io",), {"name": text("Ben Ode"), "company.size": text("300")}, ("northpeak",)
    )
    desk = CustomerRecord("78", ("support@lumen.fr",), {"name": text("Lumen Support")})
    hebrew = CustomerRecord("79", ("dana@example.com",), {"name": text("דנה לוי")})
    days = [NOW - timedelta(days=day) for day in range(0, 80, 3)]
    events = [EventRecord(f"e{at:%j}", "Logged in", at, customer_id="5f31") for at in days]
    return (company, customer, other, desk, hebrew, *events)


def _typeform() -> tuple[object, ...]:
    return (
        CustomerRecord("t1", (ARIANA,), {"plan": text("Growth"), "phone": Value(ValueKind.PHONE, "+33 4 72 00 00 18")}),
    )


def _sheet() -> tuple[object, ...]:
    properties = {
        "purchases": Value(ValueKind.NUMBER, Decimal(17)),
        "renewal": Value(ValueKind.DATE, date(2026, 12, 3)),
        "is_partner": Value(ValueKind.BOOLEAN, False),
        "interests": Value(ValueKind.CHOICES, ("exports", "reports")),
        "site": Value(ValueKind.LINK, "https://northpeak.io"),
    }
    return (CustomerRecord("row 4", (ARIANA,), properties),)


def _billing() -> tuple[object, ...]:
    mrr = Value(ValueKind.MONEY, Money(Decimal(4250), "EUR"))
    return (CustomerRecord("b1", (ARIANA,), {"plan": text("Enterprise"), "mrr": mrr}),)


def _mails() -> tuple[object, ...]:
    ariana, nadia = Person(ARIANA, "Ariana Delacroix", ARIANA), Person("help@acme.dev", "Nadia Kovac")
    parts = (
        AttachmentRecord("weekly-export.csv", "text/csv", b"a;b\n1;2\n", None),
        AttachmentRecord("logo.png", "image/png", PIXEL, "logo", is_inline=True),
        AttachmentRecord("invoice.exe", "application/octet-stream", b"MZ"),
    )
    first = MessageRecord(
        "m1", NOW - timedelta(minutes=26), AuthorKind.CUSTOMER, ariana, "Hi there, since Tuesday …", RICH, (nadia,), (),
        parts, None, 2, "CSV export drops custom fields",
    )  # fmt: skip
    answer = (
        "Hi Ariana, thanks for the file! I can reproduce it: columns added through a spreadsheet import are skipped."
    )
    second = MessageRecord("m2", NOW - timedelta(minutes=17), AuthorKind.TEAMMATE, nadia, answer, to=(ariana,))
    third = MessageRecord(
        "m3", NOW - timedelta(minutes=2), AuthorKind.CUSTOMER, ariana, PLAIN, to=(nadia,),
        quoted_from=PLAIN.index("On Tue"), warnings=("The sender's address differs from the one it was sent by",),
    )  # fmt: skip
    long = [
        MessageRecord(
            f"l{n}", NOW - timedelta(days=30, minutes=-n), AuthorKind.CUSTOMER, ariana, f"Line {n}", to=(nadia,)
        )
        for n in range(55)
    ]
    review = MessageRecord(
        "r1", NOW - timedelta(days=1), AuthorKind.CUSTOMER, Person("", "ari_d"), "The wizard asks twice."
    )
    return (
        CustomerRecord("m-ariana", (ARIANA,), {}),
        ConversationRecord("c1", Channel.EMAIL, "CSV export drops custom fields", (first, second, third), "m-ariana"),
        ConversationRecord("c2", Channel.EMAIL, "A long thread", tuple(long), "m-ariana"),
        ConversationRecord("c3", Channel.REVIEW, "Great, but twice", (review,), nickname="ari_d"),
    )
