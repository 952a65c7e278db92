-- A key that is claimed can neither be moved nor removed by its bank, which lets it go to the
-- claimant and nobody else once the claim is confirmed.
ALTER TABLE pix_key ADD COLUMN claim JSONB;
COMMENT ON COLUMN pix_key.claim IS 'At the bank that has the key: who claims it, and whether it may go.';

-- How PIX agreements work at this bank; what is not said is as the contract's defaults say.
CREATE TABLE pix_rules (
  only_row BOOLEAN PRIMARY KEY DEFAULT true CHECK (only_row),
  terms    JSONB NOT NULL
);

-- What one bank tells another about an agreement, in order for each subject, until it has arrived.
CREATE TABLE pix_letter (
  id         UUID PRIMARY KEY,
  position   BIGSERIAL UNIQUE,
  receiver   TEXT NOT NULL,
  subject    UUID NOT NULL,
  body       JSONB NOT NULL,
  attempt    INTEGER NOT NULL DEFAULT 0 CHECK (attempt >= 0),
  wake_at    TIMESTAMPTZ(3) DEFAULT now(),
  created_at TIMESTAMPTZ(3) NOT NULL DEFAULT now()
);
COMMENT ON COLUMN pix_letter.wake_at IS 'Null once it has arrived.';
CREATE INDEX pix_letter_wake_at_idx ON pix_letter (wake_at);
CREATE INDEX pix_letter_receiver_subject_idx ON pix_letter (receiver, subject);

CREATE TABLE pix_letter_received (
  id          UUID NOT NULL,
  sender      TEXT NOT NULL,
  received_at TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (id, sender)
);
CREATE TRIGGER pix_letter_received_append_only
  BEFORE UPDATE OR DELETE OR TRUNCATE ON pix_letter_received
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A key that is to come here (claimer) or to leave (donor); within one bank, both rows.
CREATE TABLE pix_claim (
  id          UUID NOT NULL,
  side        TEXT NOT NULL CHECK (side IN ('claimer', 'donor')),
  type        TEXT NOT NULL CHECK (type IN ('portability', 'ownership')),
  key         TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 77),
  key_type    TEXT NOT NULL CHECK (key_type IN ('CPF', 'CNPJ', 'PHONE', 'EMAIL')),
  state       TEXT NOT NULL
    CHECK (state IN ('open', 'waiting-resolution', 'confirmed', 'cancelled', 'completed')),
  other_bank  TEXT NOT NULL,
  account     TEXT NOT NULL,
  claimant    JSONB NOT NULL,
  reason      TEXT,
  refusal     JSONB,
  opened_at   TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  resolve_by  TIMESTAMPTZ(3),
  complete_by TIMESTAMPTZ(3),
  completing  BOOLEAN NOT NULL DEFAULT false,
  wake_at     TIMESTAMPTZ(3),
  actor       JSONB NOT NULL,
  PRIMARY KEY (id, side)
);
COMMENT ON COLUMN pix_claim.account IS 'Of this bank: to which the key is to point, or does.';
CREATE INDEX pix_claim_wake_at_idx ON pix_claim (wake_at);
CREATE UNIQUE INDEX pix_claim_one_open ON pix_claim (key, side)
  WHERE state IN ('open', 'waiting-resolution', 'confirmed');

-- What the staff should know, until each has read it.
CREATE TABLE notification (
  id         UUID PRIMARY KEY,
  kind       TEXT NOT NULL,
  subject    TEXT NOT NULL,
  account    TEXT,
  details    JSONB NOT NULL,
  created_at TIMESTAMPTZ(3) NOT NULL DEFAULT now()
);
CREATE TRIGGER notification_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON notification
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TABLE notification_read (
  notification_id UUID NOT NULL REFERENCES notification (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  person          TEXT NOT NULL,
  read_at         TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (notification_id, person)
);
