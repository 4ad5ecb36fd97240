"""The sync process: the one writer of the workspace."""
