-- A BRIN index is summed up by autovacuum alone: until then each sealing read all that was written
-- since. Rows come in the order of their stamps, which a B-tree takes at its last page.
DROP INDEX audit_event_stamp_idx;
CREATE INDEX audit_event_stamp_idx ON audit_event (stamp);
DROP INDEX posting_stamp_idx;
CREATE INDEX posting_stamp_idx ON posting (stamp);
