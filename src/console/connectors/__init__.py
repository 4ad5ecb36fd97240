"""How others speak: mail, spreadsheets, files, the network."""
