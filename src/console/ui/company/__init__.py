"""The window of one company: its health, its members, and everything that they said and did."""
