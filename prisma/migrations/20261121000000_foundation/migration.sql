CREATE TABLE bank_state (
  only_row    BOOLEAN NOT NULL DEFAULT true PRIMARY KEY CHECK (only_row),
  bank        TEXT NOT NULL,
  incarnation INTEGER NOT NULL DEFAULT 1 CHECK (incarnation >= 1),
  mode        TEXT NOT NULL DEFAULT 'normal' CHECK (mode IN ('normal', 'recovering')),
  created_at  TIMESTAMPTZ(3) NOT NULL DEFAULT now()
);

CREATE TABLE idempotency_record (
  scope      TEXT NOT NULL,
  key        TEXT NOT NULL,
  operation  TEXT NOT NULL,
  request    TEXT NOT NULL,
  result     JSONB NOT NULL,
  created_at TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (scope, key)
);

CREATE TABLE audit_event (
  id             BIGSERIAL PRIMARY KEY,
  at             TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  actor          TEXT NOT NULL,
  actor_bank     TEXT NOT NULL,
  action         TEXT NOT NULL,
  subject        TEXT NOT NULL,
  transaction_id UUID,
  details        JSONB NOT NULL
);

CREATE TABLE client (
  id         UUID NOT NULL PRIMARY KEY,
  kind       TEXT NOT NULL CHECK (kind IN ('individual', 'company')),
  name       TEXT NOT NULL CHECK (length(name) BETWEEN 2 AND 120),
  tax_id     TEXT NOT NULL CHECK (tax_id ~ '^([0-9]{11}|[0-9A-Z]{12}[0-9]{2})$'),
  email      TEXT,
  phone      TEXT,
  created_at TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  CHECK ((kind = 'individual') = (length(tax_id) = 11))
);
CREATE UNIQUE INDEX client_tax_id_key ON client (tax_id);
CREATE INDEX client_name_idx ON client (name);

-- fillfactor 70 and no index on a changing column: balance updates stay heap-only and prunable.
CREATE TABLE account (
  id              BIGSERIAL PRIMARY KEY,
  kind            TEXT NOT NULL
    CHECK (kind IN ('checking', 'savings', 'business', 'joint', 'cash', 'clearing')),
  agency          TEXT NOT NULL CHECK (agency ~ '^[0-9]{4}$'),
  number          TEXT NOT NULL,
  normal_side     TEXT NOT NULL CHECK (normal_side IN ('credit', 'debit')),
  status          TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'closed')),
  debits_blocked  BOOLEAN NOT NULL DEFAULT false,
  credits_blocked BOOLEAN NOT NULL DEFAULT false,
  floor           BIGINT,
  ceiling         BIGINT,
  ledger          BIGINT NOT NULL DEFAULT 0,
  held            BIGINT NOT NULL DEFAULT 0,
  incoming        BIGINT NOT NULL DEFAULT 0,
  version         BIGINT NOT NULL DEFAULT 0,
  opened_at       TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  CONSTRAINT account_held_not_negative CHECK (held >= 0),
  CONSTRAINT account_incoming_not_negative CHECK (incoming >= 0),
  CONSTRAINT account_version_not_negative CHECK (version >= 0),
  CONSTRAINT account_above_floor CHECK (floor IS NULL OR ledger - held >= floor),
  CONSTRAINT account_below_ceiling CHECK (ceiling IS NULL OR ledger + incoming <= ceiling),
  CONSTRAINT account_number_form CHECK (
    number ~ '^[0-9]{1,12}-[0-9X]$' OR kind IN ('cash', 'clearing')
  )
) WITH (fillfactor = 70);
CREATE UNIQUE INDEX account_number_key ON account (number);

-- Numbers of new accounts; the check digit is computed by the node.
CREATE SEQUENCE account_number_sequence START 10001;

CREATE TABLE account_holder (
  account_id BIGINT NOT NULL REFERENCES account (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  client_id  UUID NOT NULL REFERENCES client (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  position   INTEGER NOT NULL CHECK (position IN (1, 2)),
  PRIMARY KEY (account_id, client_id)
);
CREATE UNIQUE INDEX account_holder_account_id_position_key ON account_holder (account_id, position);
CREATE INDEX account_holder_client_id_idx ON account_holder (client_id);

CREATE TABLE posting (
  id             UUID NOT NULL PRIMARY KEY,
  kind           TEXT NOT NULL
    CHECK (kind IN ('deposit', 'withdrawal', 'transfer', 'opening')),
  description    TEXT NOT NULL,
  transaction_id UUID,
  actor          TEXT NOT NULL,
  at             TIMESTAMPTZ(3) NOT NULL DEFAULT now()
);
CREATE INDEX posting_transaction_id_idx ON posting (transaction_id);

CREATE TABLE entry (
  account_id    BIGINT NOT NULL REFERENCES account (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  version       BIGINT NOT NULL CHECK (version >= 1),
  posting_id    UUID NOT NULL REFERENCES posting (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  amount        BIGINT NOT NULL CHECK (amount <> 0),
  balance_after BIGINT NOT NULL,
  PRIMARY KEY (account_id, version)
);
CREATE INDEX entry_posting_id_idx ON entry (posting_id);

CREATE TABLE hold (
  transaction_id UUID NOT NULL,
  account_id     BIGINT NOT NULL REFERENCES account (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  direction      TEXT NOT NULL CHECK (direction IN ('debit', 'credit')),
  amount         BIGINT NOT NULL CHECK (amount > 0),
  status         TEXT NOT NULL DEFAULT 'placed'
    CHECK (status IN ('placed', 'captured', 'released')),
  placed_at      TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  resolved_at    TIMESTAMPTZ(3),
  PRIMARY KEY (transaction_id, account_id),
  CHECK ((status = 'placed') = (resolved_at IS NULL))
);
CREATE INDEX hold_account_id_idx ON hold (account_id);

CREATE TABLE global_transaction (
  id         UUID NOT NULL PRIMARY KEY,
  sequence   BIGSERIAL NOT NULL,
  purpose    TEXT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('preparing', 'proposed', 'committed', 'aborted')),
  settled    BOOLEAN NOT NULL DEFAULT false,
  record     JSONB NOT NULL,
  created_by TEXT NOT NULL,
  created_at TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  decided_at TIMESTAMPTZ(3),
  wake_at    TIMESTAMPTZ(3),
  CHECK ((state IN ('committed', 'aborted')) = (decided_at IS NOT NULL)),
  CHECK (NOT settled OR decided_at IS NOT NULL)
);
CREATE UNIQUE INDEX global_transaction_sequence_key ON global_transaction (sequence);
CREATE INDEX global_transaction_wake_at_idx ON global_transaction (wake_at);
CREATE INDEX global_transaction_created_at_idx ON global_transaction (created_at);

CREATE TABLE branch (
  transaction_id UUID NOT NULL PRIMARY KEY,
  coordinator    TEXT NOT NULL,
  state          TEXT NOT NULL CHECK (
    state IN ('prepared', 'committed', 'aborted', 'heuristic-commit', 'heuristic-abort')
  ),
  record         JSONB NOT NULL,
  voted_at       TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  decided_at     TIMESTAMPTZ(3),
  wake_at        TIMESTAMPTZ(3),
  CHECK ((state = 'prepared') = (decided_at IS NULL))
);
CREATE INDEX branch_wake_at_idx ON branch (wake_at);

CREATE TABLE register_entry (
  transaction_id UUID NOT NULL PRIMARY KEY,
  record         JSONB NOT NULL,
  updated_at     TIMESTAMPTZ(3) NOT NULL DEFAULT now()
);

-- Append-only tables: an error is corrected by a reversing posting, never by a change.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER posting_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON posting
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER idempotency_record_append_only
  BEFORE UPDATE OR DELETE OR TRUNCATE ON idempotency_record
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A posting's entries are inserted by one statement, so this sees each posting whole.
CREATE FUNCTION refuse_unbalanced_posting() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  unbalanced UUID;
BEGIN
  SELECT posting_id INTO unbalanced
    FROM inserted GROUP BY posting_id HAVING sum(amount) <> 0 LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'posting % does not sum to zero', unbalanced USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER entry_balanced AFTER INSERT ON entry
  REFERENCING NEW TABLE AS inserted
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_unbalanced_posting();

-- Decisions are irrevocable (R3): no state leaves committed or aborted.
CREATE FUNCTION refuse_changed_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state NOT IN ('preparing', 'proposed', 'prepared') AND NEW.state <> OLD.state THEN
    RAISE EXCEPTION '% %: a decision is irrevocable (% to %)', TG_TABLE_NAME,
      OLD.record ->> 'transaction', OLD.state, NEW.state USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER global_transaction_irrevocable BEFORE UPDATE OF state ON global_transaction
  FOR EACH ROW EXECUTE FUNCTION refuse_changed_decision();
CREATE TRIGGER branch_irrevocable BEFORE UPDATE OF state ON branch
  FOR EACH ROW EXECUTE FUNCTION refuse_changed_decision();

CREATE FUNCTION refuse_reopened_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status <> 'placed' THEN
    RAISE EXCEPTION 'hold of % on account % is already %',
      OLD.transaction_id, OLD.account_id, OLD.status USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER hold_resolved_once BEFORE UPDATE ON hold
  FOR EACH ROW EXECUTE FUNCTION refuse_reopened_hold();

COMMENT ON TABLE account IS 'Balances are credit-positive; available = ledger - held - floor.';
COMMENT ON COLUMN account.held IS 'Debits promised to open global transactions.';
COMMENT ON COLUMN account.incoming IS 'Credits promised to open global transactions.';
COMMENT ON TABLE entry IS 'Append-only; versions of an account are gapless; a posting sums to zero.';
COMMENT ON TABLE hold IS 'Lives until a decision: no timer releases it.';
COMMENT ON TABLE global_transaction IS 'Coordinator''s begin row and decision; never deleted.';
COMMENT ON TABLE branch IS 'Participant''s vote and decision; a tombstone is an aborted row.';
COMMENT ON TABLE idempotency_record IS 'Result of every mutation by its caller''s key; append-only.';
