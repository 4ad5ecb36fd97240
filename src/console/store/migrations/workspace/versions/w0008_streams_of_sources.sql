ALTER TABLE sources ADD COLUMN next_at INTEGER
ALTER TABLE sources ADD COLUMN trust INTEGER DEFAULT 0 NOT NULL
ALTER TABLE streams ADD COLUMN changed_at INTEGER
ALTER TABLE records ADD COLUMN stream TEXT
ALTER TABLE quarantine ADD COLUMN stream TEXT
CREATE TABLE record_counts ( source_id INTEGER NOT NULL, stream TEXT NOT NULL, kind TEXT NOT NULL, held INTEGER NOT NULL, UNIQUE (source_id, stream, kind) )
CREATE TRIGGER records_put AFTER INSERT ON records BEGIN INSERT INTO record_counts (source_id, stream, kind, held) SELECT NEW.source_id, coalesce(NEW.stream, ''), NEW.kind, 1 WHERE NEW.gone_at IS NULL ON CONFLICT (source_id, stream, kind) DO UPDATE SET held = held + 1; END
CREATE TRIGGER records_drop AFTER DELETE ON records BEGIN UPDATE record_counts SET held = held - 1 WHERE source_id = OLD.source_id AND stream = coalesce(OLD.stream, '') AND kind = OLD.kind AND OLD.gone_at IS NULL; DELETE FROM record_counts WHERE source_id = OLD.source_id AND stream = coalesce(OLD.stream, '') AND kind = OLD.kind AND held = 0; END
CREATE TRIGGER records_move AFTER UPDATE OF source_id, stream, kind, gone_at ON records WHEN OLD.source_id IS NOT NEW.source_id OR OLD.stream IS NOT NEW.stream OR OLD.kind IS NOT NEW.kind OR (OLD.gone_at IS NULL) IS NOT (NEW.gone_at IS NULL) BEGIN UPDATE record_counts SET held = held - 1 WHERE source_id = OLD.source_id AND stream = coalesce(OLD.stream, '') AND kind = OLD.kind AND OLD.gone_at IS NULL; DELETE FROM record_counts WHERE source_id = OLD.source_id AND stream = coalesce(OLD.stream, '') AND kind = OLD.kind AND held = 0;INSERT INTO record_counts (source_id, stream, kind, held) SELECT NEW.source_id, coalesce(NEW.stream, ''), NEW.kind, 1 WHERE NEW.gone_at IS NULL ON CONFLICT (source_id, stream, kind) DO UPDATE SET held = held + 1; END
