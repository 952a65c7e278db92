-- The transaction that wrote a row: rows of finished transactions are sealed in this order, and no
-- row can come into what was sealed already. A BRIN index costs the posting engine nothing.
ALTER TABLE audit_event
  ADD COLUMN stamp BIGINT NOT NULL DEFAULT (pg_current_xact_id()::text::bigint);
ALTER TABLE posting
  ADD COLUMN stamp BIGINT NOT NULL DEFAULT (pg_current_xact_id()::text::bigint);
CREATE INDEX audit_event_stamp_idx ON audit_event USING brin (stamp)
  WITH (pages_per_range = 16, autosummarize = on);
CREATE INDEX posting_stamp_idx ON posting USING brin (stamp)
  WITH (pages_per_range = 16, autosummarize = on);
CREATE INDEX audit_event_actor_idx ON audit_event (actor);

-- Sealed rows: a hash chain of blocks, each with the Merkle tree of its rows, signed by the bank.
CREATE TABLE audit_block (
  number             BIGINT NOT NULL PRIMARY KEY CHECK (number >= 1),
  head               JSONB NOT NULL,
  hash               TEXT NOT NULL,
  proof              JSONB NOT NULL,
  audit_ids          BIGINT[] NOT NULL,
  posting_ids        UUID[] NOT NULL,
  leaves             BYTEA NOT NULL,
  last_audit_stamp   BIGINT NOT NULL,
  last_audit_id      BIGINT NOT NULL,
  last_posting_stamp BIGINT NOT NULL,
  last_posting_id    UUID NOT NULL,
  sealed_at          TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  CHECK (octet_length(leaves) = 32 * (cardinality(audit_ids) + cardinality(posting_ids)))
);
COMMENT ON COLUMN audit_block.leaves IS '32 bytes for each row: audit events, then postings.';

-- Heads of other banks' chains, as they signed them: what they can never take back.
CREATE TABLE audit_witnessed (
  bank        TEXT NOT NULL,
  incarnation INTEGER NOT NULL,
  number      BIGINT NOT NULL,
  hash        TEXT NOT NULL,
  head        JSONB NOT NULL,
  proof       JSONB NOT NULL,
  seen_at     TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (bank, incarnation, number)
);

-- What other banks signed about this bank's heads.
CREATE TABLE audit_cosignature (
  hash    TEXT NOT NULL,
  bank    TEXT NOT NULL,
  number  BIGINT NOT NULL,
  proof   JSONB NOT NULL,
  made_at TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (hash, bank)
);
CREATE INDEX audit_cosignature_number_idx ON audit_cosignature (number);

-- A history that was changed, at this bank or another, with what proves it; each told once.
CREATE TABLE audit_alarm (
  id       BIGSERIAL PRIMARY KEY,
  at       TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  bank     TEXT NOT NULL,
  code     TEXT NOT NULL,
  number   BIGINT NOT NULL,
  rows     TEXT NOT NULL,
  evidence JSONB NOT NULL
);
CREATE UNIQUE INDEX audit_alarm_bank_code_number_rows_key
  ON audit_alarm (bank, code, number, rows);

CREATE TRIGGER audit_block_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_block
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_witnessed_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_witnessed
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_cosignature_append_only
  BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_cosignature
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_alarm_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_alarm
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
