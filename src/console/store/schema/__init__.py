"""The tables, by the file that holds them."""
