"""The palette: one box over everything that is known and everything that can be done."""
