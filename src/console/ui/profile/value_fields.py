"""Fields for values, one for each kind of property: each gives a value, or the sentence that says what is wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from PySide6.QtCore import QDate, QDateTime, QLocale, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from console.domain.values import Money, Value, ValueKind, ValueProblem, parse
from console.ui.profile.wording import named, translate
from console.ui.style import theme, tokens
from console.ui.widgets.fields import DateField, DateTimeField
from console.ui.widgets.segmented import Choice, Segmented

CURRENCIES = ("EUR", "USD", "GBP", "CHF", "JPY", "SEK", "NOK", "DKK", "PLN", "CZK", "INR", "CAD", "AUD", "BRL", "CNY")
_LONG_TEXT = 60
_MOST_CHOICES = 40


class ValueField(QWidget):
    """One or more inputs that make one value.

    Signals:
        submitted: Enter was pressed in it.
        touched: what it holds has changed.
    """

    submitted = Signal()
    touched = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(tokens.SPACE_1)

    def value(self) -> Value:
        """The value that was put in. Raises ValueProblem with a sentence."""
        raise NotImplementedError

    def mark(self, *, is_wrong: bool) -> None:
        """Shows the border of an input that holds no value."""
        for field in self.findChildren(QLineEdit):
            field.setProperty("invalid", "true" if is_wrong else "false")
            theme.restyle(field)


class LineField(ValueField):
    """Text, numbers, links, addresses and telephone numbers in one line."""

    def __init__(self, kind: ValueKind, value: Value | None, name: str) -> None:
        super().__init__()
        self._kind = kind
        self.line = QLineEdit(_typed(value))
        self.line.setAccessibleName(name)
        self.line.selectAll()
        self.line.returnPressed.connect(self.submitted)
        self.line.textEdited.connect(self.touched)
        self._row.addWidget(self.line)
        self.setFocusProxy(self.line)

    def value(self) -> Value:
        return parse(self._kind, self.line.text(), decimal_comma=_is_comma())


class TextField(ValueField):
    """A text of several lines; Enter saves, Shift+Enter breaks the line."""

    def __init__(self, value: Value | None, name: str) -> None:
        super().__init__()
        self.text = QPlainTextEdit(_typed(value))
        self.text.setAccessibleName(name)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(84)
        self.text.textChanged.connect(self.touched)
        self._row.addWidget(self.text)
        self.setFocusProxy(self.text)

    def value(self) -> Value:
        return parse(ValueKind.STRING, self.text.toPlainText())


class BooleanField(ValueField):
    """Yes or no."""

    def __init__(self, value: Value | None, name: str) -> None:
        super().__init__()
        self.choice = Segmented(name, [Choice("yes", translate("Yes")), Choice("no", translate("No"))])
        self.choice.choose("yes" if value is None or value.content is True else "no")
        self.choice.chosen.connect(self.touched)
        self._row.addWidget(self.choice)
        for button in self.choice.findChildren(QWidget):
            if button.focusPolicy() & Qt.FocusPolicy.TabFocus:
                self.setFocusProxy(button)
                break

    def value(self) -> Value:
        return Value(ValueKind.BOOLEAN, self.choice.key() == "yes")


class DayField(ValueField):
    """A day of the calendar."""

    def __init__(self, value: Value | None, name: str, today: date) -> None:
        super().__init__()
        day = value.content if value is not None and isinstance(value.content, date) else today
        self.day = DateField(name, QDate(day.year, day.month, day.day))
        self.day.dateChanged.connect(self.touched)
        self._row.addWidget(self.day)
        self.setFocusProxy(self.day)

    def value(self) -> Value:
        day = self.day.date()
        return Value(ValueKind.DATE, date(day.year(), day.month(), day.day()))


class MomentField(ValueField):
    """A day and a time, shown on this desktop's clock and kept in UTC."""

    def __init__(self, value: Value | None, name: str, now: datetime) -> None:
        super().__init__()
        at = value.content if value is not None and isinstance(value.content, datetime) else now
        self.moment = DateTimeField(name)
        self.moment.setDateTime(QDateTime.fromSecsSinceEpoch(int(at.timestamp())))
        self.moment.dateTimeChanged.connect(self.touched)
        self._row.addWidget(self.moment)
        self.setFocusProxy(self.moment)

    def value(self) -> Value:
        return Value(ValueKind.DATETIME, datetime.fromtimestamp(self.moment.dateTime().toSecsSinceEpoch(), UTC))


class MoneyField(ValueField):
    """An amount and its currency."""

    def __init__(self, value: Value | None, name: str) -> None:
        super().__init__()
        money = value.content if value is not None and isinstance(value.content, Money) else None
        self.amount = QLineEdit(_number_typed(money.amount) if money else "")
        self.amount.setAccessibleName(name)
        self.amount.returnPressed.connect(self.submitted)
        self.amount.textEdited.connect(self.touched)
        self.currency = QComboBox()
        self.currency.setAccessibleName(translate("Currency"))
        self.currency.setMinimumContentsLength(4)
        code = money.currency if money else QLocale().currencySymbol(QLocale.CurrencySymbolFormat.CurrencyIsoCode)
        codes = CURRENCIES if code in CURRENCIES else (code or "EUR", *CURRENCIES)
        self.currency.addItems([one for one in codes if one])
        self.currency.setCurrentText(code or "EUR")
        self.currency.currentTextChanged.connect(self.touched)
        self._row.addWidget(self.amount, 1)
        self._row.addWidget(self.currency)
        self.setFocusProxy(self.amount)

    def value(self) -> Value:
        # An amount that names its own currency ("12 USD") keeps it.
        return parse(
            ValueKind.MONEY, self.amount.text(), decimal_comma=_is_comma(), currency=self.currency.currentText()
        )


class ChoiceField(ValueField):
    """One of the choices that are defined; any text where none are."""

    def __init__(self, value: Value | None, choices: tuple[str, ...], name: str) -> None:
        super().__init__()
        self.choice = QComboBox()
        self.choice.setAccessibleName(name)
        self.choice.setMinimumContentsLength(12)
        now = str(value.content) if value is not None else ""
        shown = [*choices] if now in choices or not now else [now, *choices]
        self.choice.addItems(shown)
        self.choice.setEditable(not choices)
        self.choice.setCurrentText(now or (shown[0] if shown else ""))
        self.choice.currentTextChanged.connect(self.touched)
        self._row.addWidget(self.choice)
        self.setFocusProxy(self.choice)

    def value(self) -> Value:
        return parse(ValueKind.CHOICE, self.choice.currentText())


class ChoicesField(ValueField):
    """Any of the choices that are defined; a line to type in where there are none or too many."""

    def __init__(self, value: Value | None, choices: tuple[str, ...], name: str) -> None:
        super().__init__()
        chosen = value.content if value is not None and isinstance(value.content, tuple) else ()
        offered = tuple(dict.fromkeys((*choices, *chosen)))
        self.boxes: list[QCheckBox] = []
        self.line: QLineEdit | None = None
        if choices and len(offered) <= _MOST_CHOICES:
            column = QVBoxLayout()
            column.setSpacing(0)
            for word in offered:
                box = QCheckBox(named(word).replace("&", "&&"))
                box.setProperty("word", word)
                box.setChecked(word in chosen)
                box.toggled.connect(self.touched)
                self.boxes.append(box)
                column.addWidget(box)
            self._row.addLayout(column)
            self.setFocusProxy(self.boxes[0])
        else:
            self.line = QLineEdit(", ".join(chosen))
            self.line.setAccessibleName(name)
            self.line.returnPressed.connect(self.submitted)
            self.line.textEdited.connect(self.touched)
            self._row.addWidget(self.line)
            self.setFocusProxy(self.line)

    def value(self) -> Value:
        if self.line is not None:
            return parse(ValueKind.CHOICES, self.line.text())
        words = sorted(box.property("word") for box in self.boxes if box.isChecked())
        if not words:
            raise ValueProblem(translate("Choose at least one; use Mask to show it as empty on purpose"))
        return Value(ValueKind.CHOICES, tuple(words))


def value_field(kind: ValueKind, value: Value | None, choices: tuple[str, ...], name: str, now: datetime) -> ValueField:
    """The field for a kind of property, holding `value`; `name` is what assistive technology says, `now` aware UTC."""
    if value is not None and value.kind is not kind:
        value = None
    match kind:
        case ValueKind.STRING if value is not None and _is_long(str(value.content)):
            return TextField(value, name)
        case ValueKind.BOOLEAN:
            return BooleanField(value, name)
        case ValueKind.DATE:
            return DayField(value, name, now.astimezone().date())
        case ValueKind.DATETIME:
            return MomentField(value, name, now)
        case ValueKind.MONEY:
            return MoneyField(value, name)
        case ValueKind.CHOICE:
            return ChoiceField(value, choices, name)
        case ValueKind.CHOICES:
            return ChoicesField(value, choices, name)
        case _:
            return LineField(kind, value, name)


def _is_long(text: str) -> bool:
    return len(text) > _LONG_TEXT or "\n" in text


def _typed(value: Value | None) -> str:
    if value is None:
        return ""
    return _number_typed(value.content) if isinstance(value.content, Decimal) else str(value.content)


def _number_typed(number: Decimal) -> str:
    return format(number.normalize(), "f").replace(".", QLocale().decimalPoint())


def _is_comma() -> bool:
    return QLocale().decimalPoint() == ","
