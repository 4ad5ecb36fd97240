"""How it looks: tokens, theme, fonts and icons."""
