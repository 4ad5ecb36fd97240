"""One stream of everything that customers said and did, in the windows of customers and companies."""
