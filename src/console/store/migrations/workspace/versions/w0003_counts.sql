DROP TABLE counters
DROP INDEX conversations_merged
DROP INDEX conversations_state
CREATE INDEX conversations_state ON conversations (state, last_at, id, merged_into) WHERE merged_into IS NULL
