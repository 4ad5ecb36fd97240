"""The inbox: the list of conversations and what stands around it."""
