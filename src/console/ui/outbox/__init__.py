"""The outbox: what is on its way, what needs somebody, and what became of it."""
