"""Who else may belong to a company, and which other company may be the same one; nothing of it is done by itself."""

from __future__ import annotations

from console.domain.company_members import Likeness, SuggestedDuplicate, SuggestedMember
from console.domain.company_names import SHORTEST, bare_name, is_slip
from console.domain.ids import CompanyId, CustomerId
from console.store.connection import Connection
from console.store.dialect import IN_LIST, listed
from console.system.free_mail import is_free

_DOMAINS = """SELECT substr(k.key, 8) AS domain FROM identities i JOIN identity_keys k ON k.identity_id = i.id
    WHERE i.owner_id = ?1 AND k.kind = 'company' AND k.key LIKE 'domain:%'
UNION SELECT lower(domain) FROM companies WHERE id = ?1 AND domain <> ''"""
_STRANGERS = f"""SELECT u.id, u.name, min(k.key) AS email, substr(k.key, instr(k.key, '@') + 1) AS domain
FROM identity_keys k JOIN identities i ON i.id = k.identity_id JOIN customers u ON u.id = i.owner_id
WHERE k.kind = 'customer' AND substr(k.key, instr(k.key, '@') + 1) IN {IN_LIST} AND u.merged_into IS NULL AND u.is_role = 0
    AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.customer_id = u.id AND m.until IS NULL)
    AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.customer_id = u.id AND m.company_id = ?)
GROUP BY u.id ORDER BY lower(u.name), u.id LIMIT ?"""
_OTHERS = """SELECT o.id, o.name, lower(o.domain) AS domain, o.member_count FROM companies o
WHERE o.merged_into IS NULL AND o.id <> ?1
    AND (o.domain COLLATE NOCASE IN (SELECT value FROM json_each(?3)) OR (substr(o.name, 1, 1) IN (SELECT value FROM json_each(?2))
        AND (o.name GLOB '*[^A-Za-z0-9 ]*' OR o.name GLOB '*  *'
            OR EXISTS (SELECT 1 FROM json_each(?4) j WHERE instr(lower(o.name), j.value) > 0))))
    AND NOT EXISTS (
    SELECT 1 FROM aparts a JOIN identities f ON f.id = a.first_id JOIN identities s ON s.id = a.second_id
    WHERE (f.owner_id = ?1 AND s.owner_id = o.id) OR (f.owner_id = o.id AND s.owner_id = ?1))"""
_RANK = {Likeness.DOMAIN: 0, Likeness.NAME: 1, Likeness.SPELLING: 2}


def domains_of(connection: Connection, company: int) -> frozenset[str]:
    """The company's own domains; those that give mailboxes to anybody are none."""
    rows = connection.exec_driver_sql(_DOMAINS, (company,)).fetchall()
    return frozenset(row.domain for row in rows if not is_free(row.domain))


def suggested_members(connection: Connection, company: int, limit: int = 20) -> tuple[SuggestedMember, ...]:
    """Customers with an address at one of the company's domains who belong to no company, and never left this one."""
    domains = domains_of(connection, company)
    if not domains:
        return ()
    rows = connection.exec_driver_sql(_STRANGERS, (listed(domains), company, limit)).fetchall()
    return tuple(SuggestedMember(CustomerId(row.id), row.name, row.email, row.domain) for row in rows)


def suggested_duplicates(connection: Connection, company: int, limit: int = 5) -> tuple[SuggestedDuplicate, ...]:
    """Other companies of the same domain or nearly the same name, that nobody said are another one; the likeliest first."""
    name = connection.exec_driver_sql("SELECT name FROM companies WHERE id = ?", (company,)).scalar() or ""
    domains, bare = domains_of(connection, company), bare_name(name)
    # Whoever begins otherwise has another name; reading all names would take longer than a frame.
    begins = {sign for first in (name[:1], bare[:1]) for sign in (first, first.lower(), first.upper()) if sign}
    # A slip leaves one of three pieces of a name as it was.
    third = max(1, -(-len(bare) // 3)) if len(bare) >= SHORTEST else max(1, len(bare))
    pieces = [bare[start : start + third] for start in range(0, len(bare), third)]
    arguments = (company, listed(begins), listed(domains), listed(pieces))
    found = [
        SuggestedDuplicate(CompanyId(row.id), row.name, row.domain, row.member_count, why)
        for row in connection.exec_driver_sql(_OTHERS, arguments).fetchall()
        if (why := _likeness(bare, domains, row.name, row.domain)) is not None
    ]
    return tuple(sorted(found, key=lambda one: (_RANK[one.why], -one.members, one.id))[:limit])


def _likeness(bare: str, domains: frozenset[str], other_name: str, other_domain: str) -> Likeness | None:
    if other_domain in domains:
        return Likeness.DOMAIN
    other = bare_name(other_name)
    if bare and bare == other:
        return Likeness.NAME
    return Likeness.SPELLING if is_slip(bare, other) else None


def company_cards(connection: Connection, but: int) -> tuple[tuple[CompanyId, str, int], ...]:
    """Every other company with its name (or domain) and how many members it has, by name."""
    rows = connection.exec_driver_sql(
        """SELECT id, coalesce(nullif(name, ''), domain) AS shown, member_count FROM companies
           WHERE merged_into IS NULL AND id <> ? AND shown <> '' ORDER BY lower(shown), id""",
        (but,),
    ).fetchall()
    return tuple((CompanyId(key), name, count) for key, name, count in rows)
