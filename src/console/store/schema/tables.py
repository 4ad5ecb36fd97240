"""Where the tables of ``workspace.db`` are gathered; ``schema.workspace`` names them all."""

from __future__ import annotations

from sqlalchemy import MetaData

metadata = MetaData()
