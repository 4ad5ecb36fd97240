"""The configured sources: their state, and adding a mailbox."""
