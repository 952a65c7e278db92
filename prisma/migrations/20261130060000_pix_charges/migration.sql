-- What this bank's receivers ask to be paid by PIX. Paying one is decided at prepare, under the
-- lock of its row: `pending` names the payment that holds it.
CREATE TABLE pix_charge (
  txid        TEXT PRIMARY KEY CHECK (txid ~ '^[a-zA-Z0-9]{26,35}$'),
  kind        TEXT NOT NULL CHECK (kind IN ('immediate', 'due')),
  status      TEXT NOT NULL DEFAULT 'ATIVA' CHECK (status IN
                ('ATIVA', 'CONCLUIDA', 'REMOVIDA_PELO_USUARIO_RECEBEDOR', 'REMOVIDA_PELO_PSP')),
  key         TEXT NOT NULL,
  account     TEXT NOT NULL,
  revision    INTEGER NOT NULL DEFAULT 0 CHECK (revision >= 0),
  terms       JSONB NOT NULL,
  location_id BIGSERIAL UNIQUE,
  token       TEXT NOT NULL UNIQUE,
  expires_at  TIMESTAMPTZ(3) NOT NULL,
  pending     UUID,
  paid_by     TEXT,
  paid_amount BIGINT CHECK (paid_amount > 0),
  paid_at     TIMESTAMPTZ(3),
  created_at  TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  changed_at  TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  CHECK ((status = 'CONCLUIDA') = (paid_by IS NOT NULL)),
  CHECK ((paid_by IS NULL) = (paid_amount IS NULL) AND (paid_by IS NULL) = (paid_at IS NULL)),
  CHECK (pending IS NULL OR status = 'ATIVA')
);
COMMENT ON COLUMN pix_charge.key IS 'The receiver''s key; the money goes where it points when it is paid.';
COMMENT ON COLUMN pix_charge.pending IS 'The global transaction that has promised to pay it.';
COMMENT ON COLUMN pix_charge.paid_by IS 'End-to-end id of the one payment that settled it.';

-- The terms of each revision, for whoever paid or printed an earlier one.
CREATE TABLE pix_charge_revision (
  txid       TEXT NOT NULL REFERENCES pix_charge (txid),
  revision   INTEGER NOT NULL,
  terms      JSONB NOT NULL,
  created_at TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (txid, revision)
);
CREATE TRIGGER pix_charge_revision_append_only
  BEFORE UPDATE OR DELETE OR TRUNCATE ON pix_charge_revision
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
