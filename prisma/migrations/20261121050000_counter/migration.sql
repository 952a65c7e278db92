-- Which kinds of accounts and postings there are is said once, by the contract and the node, so
-- that two features can add theirs without knowing of each other; here only their form counts.
ALTER TABLE account DROP CONSTRAINT account_kind_check;
ALTER TABLE account ADD CONSTRAINT account_kind_check CHECK (kind ~ '^[a-z][a-z-]{1,30}$');
ALTER TABLE account DROP CONSTRAINT account_number_form;
ALTER TABLE account ADD CONSTRAINT account_number_form CHECK (
  number ~ '^[0-9]{1,12}-[0-9X]$' OR kind NOT IN ('checking', 'savings', 'business', 'joint', 'loan')
);
ALTER TABLE posting DROP CONSTRAINT posting_kind_check;
ALTER TABLE posting ADD CONSTRAINT posting_kind_check CHECK (kind ~ '^[a-z][a-z-]{1,30}$');

ALTER TABLE account
  ADD COLUMN signing TEXT NOT NULL DEFAULT 'either' CHECK (signing IN ('either', 'both')),
  ADD COLUMN status_reason TEXT;
COMMENT ON COLUMN account.signing IS 'Of a joint account: a debit takes one holder, or both.';

ALTER TABLE client
  ADD COLUMN status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'inactive')),
  ADD COLUMN postal_code TEXT CHECK (postal_code ~ '^[0-9]{8}$'),
  ADD COLUMN address TEXT,
  ADD COLUMN city TEXT,
  ADD COLUMN state TEXT CHECK (state ~ '^[A-Z]{2}$'),
  ADD COLUMN representatives JSONB NOT NULL DEFAULT '[]',
  ADD COLUMN shares_accounts BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1);
COMMENT ON COLUMN client.postal_code IS 'CEP as text: leading zeros count.';
COMMENT ON COLUMN client.shares_accounts IS 'Consent that other banks may see the accounts here.';

-- What a client was before each change.
CREATE TABLE client_revision (
  client_id  UUID NOT NULL REFERENCES client (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  version    INTEGER NOT NULL CHECK (version >= 2),
  changed_at TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  changed_by TEXT NOT NULL,
  changes    JSONB NOT NULL,
  PRIMARY KEY (client_id, version)
);
CREATE TRIGGER client_revision_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON client_revision
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What another bank last said of a client's accounts there.
CREATE TABLE foreign_holding (
  client_id  UUID NOT NULL REFERENCES client (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  bank       TEXT NOT NULL,
  accounts   JSONB NOT NULL,
  fetched_at TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (client_id, bank)
);

-- What an account or a client may spend, and what was spent in the current day or night.
CREATE TABLE spending_limit (
  id              BIGSERIAL PRIMARY KEY,
  account_id      BIGINT REFERENCES account (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  client_id       UUID REFERENCES client (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  per_transaction BIGINT CHECK (per_transaction >= 0),
  per_day         BIGINT CHECK (per_day >= 0),
  per_night       BIGINT CHECK (per_night >= 0),
  next_terms      JSONB,
  next_at         TIMESTAMPTZ(3),
  period_start    TIMESTAMPTZ(3),
  used            BIGINT NOT NULL DEFAULT 0 CHECK (used >= 0),
  version         INTEGER NOT NULL DEFAULT 1,
  CHECK ((account_id IS NULL) <> (client_id IS NULL)),
  CHECK ((next_terms IS NULL) = (next_at IS NULL))
);
CREATE UNIQUE INDEX spending_limit_account_id_key ON spending_limit (account_id);
CREATE UNIQUE INDEX spending_limit_client_id_key ON spending_limit (client_id);
COMMENT ON TABLE spending_limit IS
  'A hold counts in the period in which it is placed; released, it is given back to it.';
COMMENT ON COLUMN spending_limit.next_terms IS 'A raise that is asked for and acts at next_at.';

-- How the counter works at this bank: one row.
CREATE TABLE counter_rules (
  only_row         BOOLEAN NOT NULL DEFAULT true PRIMARY KEY CHECK (only_row),
  drawers_required BOOLEAN NOT NULL DEFAULT false,
  withdrawal_max   BIGINT CHECK (withdrawal_max > 0)
);

-- A teller's day at a drawer; the drawer itself is a ledger account.
CREATE TABLE drawer_session (
  id         UUID NOT NULL PRIMARY KEY,
  account_id BIGINT NOT NULL REFERENCES account (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  teller     TEXT NOT NULL,
  opened_at  TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  opening    BIGINT NOT NULL CHECK (opening >= 0),
  closed_at  TIMESTAMPTZ(3),
  expected   BIGINT,
  counted    BIGINT CHECK (counted >= 0),
  count      JSONB,
  CHECK ((closed_at IS NULL) = (counted IS NULL)),
  CHECK ((closed_at IS NULL) = (expected IS NULL))
);
CREATE INDEX drawer_session_account_id_idx ON drawer_session (account_id);
CREATE UNIQUE INDEX drawer_session_one_open ON drawer_session (account_id) WHERE closed_at IS NULL;

-- A debit from an account that both holders sign for, waiting for the second one.
CREATE TABLE pending_debit (
  id           UUID NOT NULL PRIMARY KEY,
  kind         TEXT NOT NULL CHECK (kind IN ('withdrawal', 'transfer')),
  number       TEXT NOT NULL,
  request      JSONB NOT NULL,
  asked_by     UUID NOT NULL,
  status       TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'signed', 'withdrawn')),
  created_by   TEXT NOT NULL,
  created_at   TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  signed_by    UUID,
  decided_by   TEXT,
  decided_at   TIMESTAMPTZ(3),
  CHECK ((status = 'pending') = (decided_at IS NULL)),
  CHECK ((status = 'signed') = (signed_by IS NOT NULL)),
  CHECK (signed_by IS NULL OR signed_by <> asked_by)
);
CREATE INDEX pending_debit_number_idx ON pending_debit (number);

-- A transfer to be made later, once or again and again.
CREATE TABLE transfer_plan (
  id            UUID NOT NULL PRIMARY KEY,
  request       JSONB NOT NULL,
  every         TEXT NOT NULL CHECK (every IN ('once', 'day', 'week', 'month')),
  first_at      TIMESTAMPTZ(3) NOT NULL,
  occurrences   INTEGER CHECK (occurrences >= 1),
  retry_minutes INTEGER NOT NULL CHECK (retry_minutes BETWEEN 0 AND 10080),
  status        TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'finished', 'cancelled')),
  actor         JSONB NOT NULL,
  created_by    TEXT NOT NULL,
  created_at    TIMESTAMPTZ(3) NOT NULL DEFAULT now()
);

CREATE TABLE transfer_occurrence (
  plan_id     UUID NOT NULL REFERENCES transfer_plan (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  number      INTEGER NOT NULL CHECK (number >= 1),
  due_at      TIMESTAMPTZ(3) NOT NULL,
  retry_until TIMESTAMPTZ(3) NOT NULL,
  status      TEXT NOT NULL DEFAULT 'waiting'
    CHECK (status IN ('waiting', 'done', 'failed', 'cancelled')),
  attempt     INTEGER NOT NULL DEFAULT 1 CHECK (attempt >= 1),
  wake_at     TIMESTAMPTZ(3),
  transfer_id UUID,
  refusal     JSONB,
  PRIMARY KEY (plan_id, number),
  CHECK ((status = 'waiting') = (wake_at IS NOT NULL))
);
CREATE INDEX transfer_occurrence_wake_at_idx ON transfer_occurrence (wake_at);
COMMENT ON COLUMN transfer_occurrence.attempt IS
  'A part of the key: it rises only once the attempt before is known to have moved nothing.';

CREATE TABLE transfer_template (
  id         UUID NOT NULL PRIMARY KEY,
  name       TEXT NOT NULL CHECK (length(name) BETWEEN 2 AND 80),
  request    JSONB NOT NULL,
  is_removed BOOLEAN NOT NULL DEFAULT false,
  created_by TEXT NOT NULL,
  created_at TIMESTAMPTZ(3) NOT NULL DEFAULT now()
);

-- Which global transaction or posting takes another one back; the last attempt counts.
CREATE TABLE transfer_reversal (
  original_id UUID NOT NULL,
  attempt     INTEGER NOT NULL CHECK (attempt >= 1),
  reversal_id UUID NOT NULL,
  reason      TEXT NOT NULL,
  created_by  TEXT NOT NULL,
  created_at  TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (original_id, attempt)
);
CREATE UNIQUE INDEX transfer_reversal_reversal_id_key ON transfer_reversal (reversal_id);

CREATE TABLE posting_reversal (
  original_id UUID NOT NULL PRIMARY KEY,
  reversal_id UUID NOT NULL,
  reason      TEXT NOT NULL,
  created_by  TEXT NOT NULL,
  created_at  TIMESTAMPTZ(3) NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX posting_reversal_reversal_id_key ON posting_reversal (reversal_id);

-- Long work: many items, each done exactly once, by whichever process of the bank claims the job.
CREATE TABLE job (
  id         UUID NOT NULL PRIMARY KEY,
  kind       TEXT NOT NULL,
  label      TEXT NOT NULL,
  status     TEXT NOT NULL DEFAULT 'running'
    CHECK (status IN ('running', 'done', 'cancelled')),
  actor      JSONB NOT NULL,
  created_by TEXT NOT NULL,
  created_at TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  ended_at   TIMESTAMPTZ(3),
  wake_at    TIMESTAMPTZ(3),
  CHECK ((status = 'running') = (ended_at IS NULL)),
  CHECK ((status = 'running') = (wake_at IS NOT NULL))
);
CREATE INDEX job_wake_at_idx ON job (wake_at);

CREATE TABLE job_item (
  job_id   UUID NOT NULL REFERENCES job (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 1),
  payload  JSONB NOT NULL,
  status   TEXT NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'done', 'failed')),
  result   JSONB,
  PRIMARY KEY (job_id, position)
);
