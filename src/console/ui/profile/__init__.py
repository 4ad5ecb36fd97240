"""The profile: who this is, what is known, and where each value comes from."""
