CREATE TABLE journal_traces ( id INTEGER NOT NULL, kind TEXT NOT NULL, "key" TEXT NOT NULL, PRIMARY KEY (id), UNIQUE (kind, "key") )
