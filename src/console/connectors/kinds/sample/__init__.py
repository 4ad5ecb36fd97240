"""The sample workspace: three hundred invented customers, what they wrote and did, and what the team noted."""
