"""The steps of packaging/bootstrap.py: standard library only, for they run before anything is installed."""
