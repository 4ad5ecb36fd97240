"""The conversation: what was said, who says it, and what is answered."""
