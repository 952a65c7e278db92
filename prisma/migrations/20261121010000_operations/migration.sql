-- What one coordinator may hold here undecided is bounded (R47): the sum is kept beside the vote.
ALTER TABLE branch ADD COLUMN debits BIGINT NOT NULL DEFAULT 0 CHECK (debits >= 0);

-- What this bank remembers of each other bank.
CREATE TABLE peer (
  bank            TEXT NOT NULL PRIMARY KEY,
  incarnation     INTEGER NOT NULL DEFAULT 0 CHECK (incarnation >= 0),
  forgotten_up_to BIGINT NOT NULL DEFAULT 0 CHECK (forgotten_up_to >= 0),
  caught_up_at    TIMESTAMPTZ(3)
);
COMMENT ON COLUMN peer.incarnation IS 'The highest heard of; lower ones are fenced off (R49).';
COMMENT ON COLUMN peer.forgotten_up_to IS
  'Sequences of this coordinator up to here may have had records that a restore lost (R48).';
COMMENT ON COLUMN peer.caught_up_at IS 'When this bank re-learned from the peer; reset by a restore.';

ALTER TABLE bank_state DROP CONSTRAINT bank_state_mode_check;
ALTER TABLE bank_state ADD CONSTRAINT bank_state_mode_check
  CHECK (mode IN ('normal', 'recovering', 'draining'));

-- A decision without the consortium takes two persons and a reason (R32).
CREATE TABLE heuristic_request (
  id             UUID NOT NULL PRIMARY KEY,
  transaction_id UUID NOT NULL REFERENCES branch (transaction_id)
    ON DELETE RESTRICT ON UPDATE CASCADE,
  outcome        TEXT NOT NULL CHECK (outcome IN ('commit', 'abort')),
  reason         TEXT NOT NULL CHECK (length(reason) BETWEEN 10 AND 500),
  requested_by   TEXT NOT NULL,
  requested_at   TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  status         TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'done', 'withdrawn')),
  decided_by     TEXT,
  decided_at     TIMESTAMPTZ(3),
  CHECK ((status = 'open') = (decided_at IS NULL)),
  CHECK (decided_by IS NULL OR status <> 'done' OR decided_by <> requested_by)
);
CREATE INDEX heuristic_request_transaction_id_idx ON heuristic_request (transaction_id);
CREATE UNIQUE INDEX heuristic_request_one_open
  ON heuristic_request (transaction_id) WHERE status = 'open';
