"""Marks: keyed hashes of the addresses and external IDs of erased customers, which tell nobody who they were.

The key of the hashes follows from the workspace's own, so that it is the same after a restore. It stands in ``meta``, in
the encrypted file, because who folds and takes in holds a connection and no key.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass

from console.domain.address import canonical
from console.store.connection import Connection
from console.store.database import Database

_SECRET = "erasure_secret"
_BYTES = 16


def keep_secret(database: Database) -> None:
    """See that the key of the hashes stands in the file; a writer does so when it opens the workspace."""
    with database.read() as connection:
        if connection.exec_driver_sql("SELECT 1 FROM meta WHERE name = ?", (_SECRET,)).scalar():
            return
    with database.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (_SECRET, database.secret_for("erased customers").hex()),
        )


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of erased customers; asks by hashing what it is asked for."""

    secret: bytes
    known: frozenset[bytes]

    def of_address(self, address: str) -> bytes:
        """The mark of an e-mail address, whichever way it is written."""
        return self._mark("address", canonical(address) or address)

    def of_identity(self, source_id: int, external_id: str) -> bytes:
        """The mark of what a source calls a customer."""
        return self._mark("identity", str(source_id), external_id)

    def has_address(self, address: str | None) -> bool:
        """Whether the address is an erased customer's."""
        return bool(address) and self.of_address(str(address)) in self.known

    def has_identity(self, source_id: int, external_id: str | None) -> bool:
        """Whether a source calls an erased customer so."""
        return bool(external_id) and self.of_identity(source_id, str(external_id)) in self.known

    def _mark(self, *words: str) -> bytes:
        return hmac.digest(self.secret, "\0".join(words).encode("utf-8", "surrogatepass"), "sha256")[:_BYTES]


def marks(connection: Connection) -> Marks:
    """All marks of the workspace."""
    secret = connection.exec_driver_sql("SELECT value FROM meta WHERE name = ?", (_SECRET,)).scalar_one()
    rows = connection.exec_driver_sql("SELECT hash FROM erased").fetchall()
    return Marks(bytes.fromhex(secret), frozenset(bytes(row[0]) for row in rows))


def is_anybody_erased(connection: Connection) -> bool:
    """Whether there is any mark at all: most workspaces have none, and need no look at what comes in."""
    return connection.exec_driver_sql("SELECT 1 FROM erased LIMIT 1").scalar() is not None


def put_marks(connection: Connection, found: Iterable[bytes], erasure: str) -> int:
    """Remember marks; gives how many there are of this erasure."""
    rows = [(one, erasure) for one in sorted(set(found))]
    if rows:
        connection.exec_driver_sql("INSERT INTO erased (hash, erasure_id) VALUES (?, ?) ON CONFLICT DO NOTHING", rows)
    return len(rows)


def lift(connection: Connection, addresses: Iterable[str]) -> None:
    """Let mail and records of these addresses in again: a teammate has made a customer of one by hand."""
    if is_anybody_erased(connection):
        known = marks(connection)
        connection.exec_driver_sql(
            "DELETE FROM erased WHERE hash = ?", [(known.of_address(address),) for address in addresses]
        )
