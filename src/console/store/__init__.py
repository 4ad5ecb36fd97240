"""What we know: the only floor that speaks SQL."""
