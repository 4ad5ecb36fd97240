"""Two customers or two companies side by side, and what a merge would make of them."""
