"""What the teammate chooses: name, theme, text size, shortcuts."""
