-- Few rows want attention at a time: an index of those alone costs the others nothing, and the
-- planner, which knows nothing of a new table yet, does not read it whole instead.
DROP INDEX global_transaction_wake_at_idx;
CREATE INDEX global_transaction_wake_at_idx ON global_transaction (wake_at)
  WHERE wake_at IS NOT NULL;
DROP INDEX branch_wake_at_idx;
CREATE INDEX branch_wake_at_idx ON branch (wake_at) WHERE wake_at IS NOT NULL;

-- A record with its proofs is some 4 kB: kept in its row as it is. To compress it would take as long
-- as all the rest of the row's writing.
ALTER TABLE global_transaction SET (toast_tuple_target = 8160);
ALTER TABLE branch SET (toast_tuple_target = 8160);
ALTER TABLE register_entry SET (toast_tuple_target = 8160);
