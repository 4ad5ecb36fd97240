DROP INDEX outbox_state
DROP INDEX outbox_edit
DROP TABLE outbox
CREATE TABLE outbox ( id INTEGER NOT NULL, edit_id TEXT NOT NULL, source_id INTEGER, conversation_id INTEGER, kind TEXT NOT NULL, target_kind TEXT DEFAULT 'conversation' NOT NULL, target_id INTEGER, external_id TEXT, body TEXT NOT NULL, base TEXT, theirs TEXT, state TEXT NOT NULL, reason TEXT DEFAULT '' NOT NULL, receipt TEXT DEFAULT '' NOT NULL, attempts INTEGER DEFAULT 0 NOT NULL, at INTEGER NOT NULL, next_at INTEGER, claimed_at INTEGER, settled_at INTEGER, PRIMARY KEY (id) )
CREATE INDEX outbox_edit ON outbox (edit_id)
CREATE INDEX outbox_state ON outbox (state, at)
CREATE INDEX outbox_source ON outbox (source_id, state, id)
CREATE INDEX outbox_target ON outbox (target_id)
CREATE INDEX outbox_conversation ON outbox (conversation_id)
CREATE TABLE write_backs ( source_id INTEGER NOT NULL, what TEXT NOT NULL, UNIQUE (source_id, what) )
CREATE TABLE source_raws ( source_id INTEGER NOT NULL, external_id TEXT NOT NULL, raw BLOB NOT NULL, UNIQUE (source_id, external_id) )
CREATE TABLE coverage ( source_id INTEGER NOT NULL, stream TEXT NOT NULL, since INTEGER, remark TEXT DEFAULT '' NOT NULL, UNIQUE (source_id, stream) )
CREATE TABLE source_runs ( id INTEGER NOT NULL, source_id INTEGER NOT NULL, started_at INTEGER NOT NULL, finished_at INTEGER, state TEXT NOT NULL, problem TEXT DEFAULT '' NOT NULL, new INTEGER DEFAULT 0 NOT NULL, changed INTEGER DEFAULT 0 NOT NULL, unchanged INTEGER DEFAULT 0 NOT NULL, gone INTEGER DEFAULT 0 NOT NULL, quarantined INTEGER DEFAULT 0 NOT NULL, requests INTEGER DEFAULT 0 NOT NULL, waits INTEGER DEFAULT 0 NOT NULL, PRIMARY KEY (id) )
CREATE INDEX source_runs_started ON source_runs (source_id, started_at)
