"""How a company's health, figures and audience read on the screen."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, QLocale

from console.domain.company_figures import CompanyFigures, CompanySessions, Fact, Spend, Voices, otherwise
from console.domain.company_health import Health, HealthState, LastSeen, SeenBy, Trend
from console.domain.company_members import Audience, LeftOut
from console.domain.values import Money
from console.store.company_usage import CompanyUsage
from console.ui.customer.figures import Figure, ago_words
from console.ui.profile.wording import day_of, isolated, money_words, named, number_words, since_words, value_words
from console.ui.style.tokens import Tone

LOOK: dict[HealthState, tuple[Tone, str]] = {
    HealthState.NEW: ("blue", "sparkles"),
    HealthState.ACTIVE: ("green", "circle-check"),
    HealthState.SLIPPING: ("amber", "trending-down"),
    HealthState.AWAY: ("red", "moon"),
    HealthState.UNKNOWN: ("grey", "circle-question-mark"),
}
"""Tone and icon of a state; the word stands beside them, so that colour is never alone."""


def translate(words: str) -> str:
    """The words in the teammate's language."""
    return QCoreApplication.translate("Company", words)


def verdict(health: Health) -> str:
    """The state, and the trend beside it: ``Active, declining``."""
    state = {
        HealthState.NEW: translate("New"),
        HealthState.ACTIVE: translate("Active"),
        HealthState.SLIPPING: translate("Slipping away"),
        HealthState.AWAY: translate("Away"),
        HealthState.UNKNOWN: translate("Not enough activity to judge"),
    }[health.state]
    trend = {Trend.DECLINING: translate("declining"), Trend.RISING: translate("rising")}.get(health.trend, "")
    return f"{state}, {trend}" if trend and health.state in (HealthState.NEW, HealthState.ACTIVE) else state


def look_of(health: Health) -> tuple[Tone, str]:
    """An active company whose sessions fall is not shown in the green of one that is well."""
    if health.state is HealthState.ACTIVE and health.trend is Trend.DECLINING:
        return "amber", "trending-down"
    return LOOK[health.state]


def figures_in_words(
    figures: CompanyFigures,
    voices: dict[str, tuple[Voices, ...]],
    usage: CompanyUsage | None,
    sessions: CompanySessions | None,
    now: datetime,
) -> tuple[Figure, ...]:
    """The strip; `usage` is None until it has been worked out."""
    return (
        _plan(figures.plan, now),
        _spend(figures.spend),
        _said(translate("Size"), figures.size, voices),
        _said(translate("Industry"), figures.industry, voices),
        _since(figures.since, now),
        _sessions(usage, sessions),
        _seen(None if usage is None else usage.last_seen, now, is_known=usage is not None),
    )


def otherwise_words(count: int) -> str:
    """How many members contradict what is shown."""
    return translate("1 member disagrees") if count == 1 else translate("{0} members disagree").format(count)


def excluded_words(audience: Audience) -> str:
    """Who would be left out, and why; empty where everybody is reached."""
    reasons = {
        LeftOut.NO_ADDRESS: translate("without an address"),
        LeftOut.UNSUBSCRIBED: translate("unsubscribed"),
        LeftOut.BOUNCED: translate("whose mail bounces"),
        LeftOut.BLOCKED: translate("blocked"),
        LeftOut.ROLE: translate("with an address of several people"),
    }
    return ", ".join(f"{count} {reasons[reason]}" for reason, count in audience.left_out)


def _plan(plan: Fact | None, now: datetime) -> Figure:
    title = translate("Plan")
    if plan is None:
        return Figure(title, "–", translate("Nobody says it"))
    return Figure(title, value_words(plan.value), translate("since {0}").format(since_words(plan.since, now)))


def _spend(spend: Spend | None) -> Figure:
    title = translate("Spend")
    if spend is None:
        return Figure(title, "–", translate("Nobody says it"))
    remark = translate("{0} a year").format(_amount(spend.a_year, spend.currency))
    if spend.is_rounded:
        remark = translate("{0}, rounded down by {1}").format(remark, isolated(spend.origin.name))
    return Figure(title, translate("{0} / month").format(_amount(spend.a_month, spend.currency)), remark)


def _amount(amount: Decimal, currency: str) -> str:
    whole = amount.quantize(Decimal("0.01"))
    return money_words(Money(whole, currency)) if currency else number_words(whole.normalize())


def _said(title: str, fact: Fact | None, voices: dict[str, tuple[Voices, ...]]) -> Figure:
    if fact is None:
        return Figure(title, "–", translate("Nobody says it"))
    disagreeing = sum(one.members for one in otherwise(fact.value, voices.get(fact.name, ())))
    if disagreeing:
        return Figure(title, value_words(fact.value), otherwise_words(disagreeing), is_warning=True)
    return Figure(title, value_words(fact.value), translate("from {0}").format(isolated(named(fact.origin.name))))


def _since(since: datetime | date | None, now: datetime) -> Figure:
    title = translate("Customer since")
    if since is None:
        return Figure(title, "–", translate("Nobody says it"))
    if isinstance(since, datetime):
        return Figure(title, day_of(since.astimezone().date()), ago_words(since, now))
    return Figure(title, day_of(since), ago_words(datetime.combine(since, time(), UTC), now))


def _sessions(usage: CompanyUsage | None, sessions: CompanySessions | None) -> Figure:
    title = translate("Sessions, all members")
    if sessions is None:
        return Figure(title, "–", translate("No source counts them") if usage is not None else "")
    who = isolated(named(sessions.origin))
    counted = translate("counted by {0}").format(who) if sessions.origin else translate("sum of members")
    if usage is not None and usage.counts_sessions:
        recent = QLocale().toString(usage.recent)
        counted = translate("{0}, {1} in 4 weeks").format(counted if sessions.origin else translate("sum"), recent)
    return Figure(title, QLocale().toString(sessions.count), counted)


def _seen(seen: LastSeen | None, now: datetime, *, is_known: bool) -> Figure:
    if seen is None:
        return Figure(translate("Last seen"), translate("Never") if is_known else "…")
    title = translate("Last login") if seen.how is SeenBy.LOGIN else translate("Last seen")
    by = translate("by {0}").format(isolated(named(seen.name))) if seen.name else ""
    how = {
        SeenBy.MESSAGE: translate("message"),
        SeenBy.SOURCE: translate("says {0}").format(isolated(named(seen.origin))),
    }.get(seen.how, "")
    return Figure(title, ago_words(seen.at, now), ", ".join(filter(None, (by, how))))
