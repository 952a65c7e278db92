-- PIX that this bank sends later, once or again and again; a charge on a mandate is one, too.
CREATE TABLE pix_schedule (
  id          UUID PRIMARY KEY,
  account     TEXT NOT NULL,
  request     JSONB NOT NULL,
  every       TEXT NOT NULL
    CHECK (every IN ('once', 'week', 'month', 'quarter', 'half-year', 'year')),
  first_on    DATE NOT NULL,
  occurrences INTEGER CHECK (occurrences > 0),
  status      TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'finished', 'cancelled')),
  mandate_id  UUID,
  charge_id   UUID UNIQUE,
  actor       JSONB NOT NULL,
  created_at  TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  CHECK ((mandate_id IS NULL) = (charge_id IS NULL))
);
CREATE INDEX pix_schedule_account_idx ON pix_schedule (account);

CREATE TABLE pix_occurrence (
  schedule_id    UUID NOT NULL REFERENCES pix_schedule (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  number         INTEGER NOT NULL CHECK (number > 0),
  due_on         DATE NOT NULL,
  status         TEXT NOT NULL DEFAULT 'waiting'
    CHECK (status IN ('waiting', 'done', 'failed', 'cancelled')),
  attempt        INTEGER NOT NULL DEFAULT 1 CHECK (attempt > 0),
  wake_at        TIMESTAMPTZ(3),
  transaction_id UUID,
  end_to_end_id  TEXT,
  refusal        JSONB,
  PRIMARY KEY (schedule_id, number),
  CHECK ((status = 'waiting') = (wake_at IS NOT NULL))
);
CREATE INDEX pix_occurrence_wake_at_idx ON pix_occurrence (wake_at);

-- What a payer allows a receiver to take; each of the two banks has its row.
CREATE TABLE pix_mandate (
  id            UUID NOT NULL,
  side          TEXT NOT NULL CHECK (side IN ('receiver', 'payer')),
  state         TEXT NOT NULL
    CHECK (state IN ('proposed', 'active', 'rejected', 'expired', 'cancelled')),
  receiver      JSONB NOT NULL,
  receiver_name TEXT NOT NULL,
  payer         JSONB NOT NULL,
  terms         JSONB NOT NULL,
  refusal       JSONB,
  answer_by     TIMESTAMPTZ(3) NOT NULL,
  wake_at       TIMESTAMPTZ(3),
  created_at    TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (id, side)
);
CREATE INDEX pix_mandate_wake_at_idx ON pix_mandate (wake_at);

CREATE TABLE pix_mandate_charge (
  id            UUID NOT NULL,
  side          TEXT NOT NULL CHECK (side IN ('receiver', 'payer')),
  mandate_id    UUID NOT NULL,
  amount        BIGINT NOT NULL CHECK (amount > 0),
  due_on        DATE NOT NULL,
  state         TEXT NOT NULL
    CHECK (state IN ('sent', 'scheduled', 'paid', 'failed', 'refused', 'cancelled')),
  refusal       JSONB,
  end_to_end_id TEXT,
  created_at    TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (id, side),
  FOREIGN KEY (mandate_id, side) REFERENCES pix_mandate (id, side)
    ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX pix_mandate_charge_mandate_id_side_idx ON pix_mandate_charge (mandate_id, side);

-- A charge that one bank's client sends to a client of another bank.
CREATE TABLE pix_request (
  id             UUID NOT NULL,
  side           TEXT NOT NULL CHECK (side IN ('sender', 'payer')),
  state          TEXT NOT NULL CHECK (state IN
    ('sent', 'received', 'paying', 'paid', 'declined', 'cancelled', 'expired', 'refused')),
  payee          JSONB NOT NULL,
  payee_name     TEXT NOT NULL,
  payer          JSONB NOT NULL,
  amount         BIGINT NOT NULL CHECK (amount > 0),
  description    TEXT NOT NULL,
  reason         TEXT,
  refusal        JSONB,
  end_to_end_id  TEXT,
  attempt        INTEGER NOT NULL DEFAULT 1 CHECK (attempt > 0),
  actor          JSONB,
  expires_at     TIMESTAMPTZ(3) NOT NULL,
  wake_at        TIMESTAMPTZ(3),
  created_at     TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (id, side)
);
CREATE INDEX pix_request_wake_at_idx ON pix_request (wake_at);

-- A PIX that its payer reported as a fraud, at the payer's bank, and where the money went.
CREATE TABLE pix_return (
  id            UUID PRIMARY KEY,
  account       TEXT NOT NULL,
  end_to_end_id TEXT NOT NULL,
  amount        BIGINT NOT NULL CHECK (amount > 0),
  reason        TEXT NOT NULL CHECK (reason IN ('FR01', 'BE08')),
  description   TEXT NOT NULL,
  created_by    TEXT NOT NULL,
  created_at    TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  UNIQUE (end_to_end_id, account)
);
CREATE TABLE pix_return_node (
  id      UUID PRIMARY KEY,
  case_id UUID NOT NULL REFERENCES pix_return (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  bank    TEXT NOT NULL,
  node    JSONB NOT NULL
);
CREATE INDEX pix_return_node_case_id_idx ON pix_return_node (case_id);

-- What this bank blocks for a case, its own or another bank's: a hold that lives until an auditor
-- has decided.
CREATE TABLE pix_return_hold (
  id             UUID PRIMARY KEY,
  case_id        UUID NOT NULL,
  reported_by    TEXT NOT NULL,
  node           JSONB NOT NULL,
  account        TEXT NOT NULL,
  transaction_id UUID NOT NULL,
  about          JSONB NOT NULL,
  sought         BIGINT NOT NULL CHECK (sought > 0),
  held           BIGINT NOT NULL DEFAULT 0 CHECK (held >= 0),
  state          TEXT NOT NULL DEFAULT 'asked'
    CHECK (state IN ('asked', 'held', 'empty', 'accepted', 'rejected', 'returned')),
  hold_state     TEXT CHECK (hold_state IN ('prepared', 'committed', 'aborted')),
  decide_by      TIMESTAMPTZ(3),
  decided_by     JSONB,
  note           TEXT,
  attempt        INTEGER NOT NULL DEFAULT 1 CHECK (attempt > 0),
  wake_at        TIMESTAMPTZ(3) DEFAULT now(),
  created_at     TIMESTAMPTZ(3) NOT NULL DEFAULT now()
);
COMMENT ON COLUMN pix_return_hold.hold_state IS 'Of the hold in the ledger, whose transaction id is this row''s id.';
CREATE INDEX pix_return_hold_wake_at_idx ON pix_return_hold (wake_at);

