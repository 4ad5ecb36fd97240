"""The support console: every customer, every conversation, one encrypted local database."""
