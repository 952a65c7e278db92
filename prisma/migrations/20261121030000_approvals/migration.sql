-- What takes two persons at this bank: one row, or none while nothing does.
CREATE TABLE approval_rules (
  only_row    BOOLEAN NOT NULL DEFAULT true PRIMARY KEY CHECK (only_row),
  is_required BOOLEAN NOT NULL DEFAULT false,
  amount_from BIGINT CHECK (amount_from > 0)
);
COMMENT ON COLUMN approval_rules.is_required IS
  'Unblocking, account terms and reversals take two persons.';
COMMENT ON COLUMN approval_rules.amount_from IS
  'Centavos from which a transfer or a withdrawal takes two persons; null is never.';

-- What one person asks for and another one has to allow.
CREATE TABLE approval (
  id         UUID NOT NULL PRIMARY KEY,
  kind       TEXT NOT NULL CHECK (length(kind) BETWEEN 3 AND 60),
  resource   TEXT NOT NULL,
  payload    JSONB NOT NULL,
  hash       TEXT NOT NULL CHECK (hash ~ '^[A-Za-z0-9_-]{43}$'),
  reason     TEXT NOT NULL CHECK (length(reason) BETWEEN 5 AND 500),
  maker      JSONB NOT NULL,
  made_by    TEXT NOT NULL,
  made_at    TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  expires_at TIMESTAMPTZ(3) NOT NULL,
  status     TEXT NOT NULL DEFAULT 'open' CHECK (status IN
    ('open', 'approved', 'executed', 'refused', 'rejected', 'withdrawn', 'expired')),
  decided_by TEXT,
  decided_at TIMESTAMPTZ(3),
  note       TEXT CHECK (length(note) <= 500),
  wake_at    TIMESTAMPTZ(3),
  result     JSONB,
  CHECK ((status = 'open') = (decided_at IS NULL)),
  CHECK ((status = 'approved') = (wake_at IS NOT NULL)),
  CHECK (status NOT IN ('approved', 'executed', 'refused', 'rejected')
         OR (decided_by IS NOT NULL AND decided_by <> made_by))
);
CREATE UNIQUE INDEX approval_one_open ON approval (resource) WHERE status IN ('open', 'approved');
CREATE INDEX approval_status_idx ON approval (status);
CREATE INDEX approval_wake_at_idx ON approval (wake_at);

-- What two persons sign is what the first one asked for, and it is decided and done once.
CREATE FUNCTION refuse_changed_approval() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.kind, NEW.resource, NEW.payload, NEW.hash, NEW.reason, NEW.maker, NEW.made_by,
      NEW.made_at, NEW.expires_at)
     IS DISTINCT FROM
     (OLD.id, OLD.kind, OLD.resource, OLD.payload, OLD.hash, OLD.reason, OLD.maker, OLD.made_by,
      OLD.made_at, OLD.expires_at)
     OR NOT (OLD.status = 'open' AND NEW.status <> 'open'
             OR OLD.status = 'approved' AND NEW.status IN ('approved', 'executed', 'refused')
                AND (NEW.decided_by, NEW.decided_at) = (OLD.decided_by, OLD.decided_at))
  THEN
    RAISE EXCEPTION 'approval % says what was asked and is decided once', OLD.id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER approval_as_asked BEFORE UPDATE ON approval
  FOR EACH ROW EXECUTE FUNCTION refuse_changed_approval();
