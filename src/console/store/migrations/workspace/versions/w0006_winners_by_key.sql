DROP INDEX winners_text
DROP INDEX winners_number
DROP TABLE winners
CREATE TABLE winners ( owner_id INTEGER NOT NULL, property_id INTEGER NOT NULL, claim_id INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT, number FLOAT, PRIMARY KEY (owner_id, property_id) ) WITHOUT ROWID
CREATE INDEX winners_text ON winners (property_id, text)
CREATE INDEX winners_number ON winners (property_id, number)
