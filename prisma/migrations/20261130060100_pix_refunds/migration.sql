-- How much of a received PIX went back or is on its way back: the lock under which refunds are
-- decided, and the law that they never pass the original.
CREATE TABLE pix_refund_balance (
  end_to_end_id  TEXT PRIMARY KEY,
  account        TEXT NOT NULL,
  original       BIGINT NOT NULL CHECK (original > 0),
  refunded       BIGINT NOT NULL DEFAULT 0,
  transaction_id UUID NOT NULL,
  settled_at     TIMESTAMPTZ(3) NOT NULL,
  CHECK (refunded BETWEEN 0 AND original)
);

-- Refunds (devoluções) that this bank's receivers gave, each under the id that the client chose.
CREATE TABLE pix_refund (
  end_to_end_id  TEXT NOT NULL REFERENCES pix_refund_balance (end_to_end_id),
  id             TEXT NOT NULL CHECK (id ~ '^[a-zA-Z0-9]{1,35}$'),
  return_id      TEXT NOT NULL UNIQUE CHECK (return_id ~ '^D[0-9A-Z]{8}[0-9]{12}[0-9A-Za-z]{11}$'),
  account        TEXT NOT NULL,
  amount         BIGINT NOT NULL CHECK (amount > 0),
  status         TEXT NOT NULL CHECK (status IN ('EM_PROCESSAMENTO', 'DEVOLVIDO', 'NAO_REALIZADO')),
  reason         TEXT NOT NULL CHECK (reason IN ('MD06', 'SL02', 'BE08', 'FR01')),
  description    TEXT NOT NULL,
  shares         JSONB NOT NULL,
  transaction_id UUID NOT NULL UNIQUE,
  requested_by   TEXT NOT NULL,
  requested_at   TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  settled_at     TIMESTAMPTZ(3),
  PRIMARY KEY (end_to_end_id, id),
  CHECK ((status = 'EM_PROCESSAMENTO') = (settled_at IS NULL))
);
COMMENT ON COLUMN pix_refund.shares IS 'What goes back to each payer: bank, account, centavos.';

-- Money of a PIX that came back to accounts of this bank.
CREATE TABLE pix_returned (
  return_id      TEXT NOT NULL,
  account        TEXT NOT NULL,
  end_to_end_id  TEXT NOT NULL,
  amount         BIGINT NOT NULL CHECK (amount > 0),
  reason         TEXT NOT NULL,
  transaction_id UUID NOT NULL,
  settled_at     TIMESTAMPTZ(3) NOT NULL,
  PRIMARY KEY (return_id, account)
);
CREATE INDEX pix_returned_end_to_end_id_idx ON pix_returned (end_to_end_id);
CREATE TRIGGER pix_returned_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON pix_returned
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
