"""Choosing a customer: for a conversation, or to merge with."""
