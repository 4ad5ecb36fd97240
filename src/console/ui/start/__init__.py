"""The way in: welcome, recovery code, passphrase, and what to do when the workspace does not open."""
