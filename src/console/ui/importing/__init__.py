"""The import wizard and the list of past imports."""
