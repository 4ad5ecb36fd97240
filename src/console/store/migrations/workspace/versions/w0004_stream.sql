CREATE INDEX claims_since ON claims (identity_id, since)
CREATE INDEX claims_until ON claims (identity_id, until) WHERE until IS NOT NULL
CREATE INDEX identity_history_from ON identity_history (from_id)
CREATE INDEX identity_history_to ON identity_history (to_id)
