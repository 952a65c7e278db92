-- The consortium's directory of PIX keys, as this bank knows it. A row stays when its key is
-- removed: its version must not be given twice.
CREATE TABLE pix_key (
  key            TEXT PRIMARY KEY CHECK (length(key) BETWEEN 1 AND 77),
  type           TEXT NOT NULL CHECK (type IN ('CPF', 'CNPJ', 'PHONE', 'EMAIL', 'EVP')),
  version        INTEGER NOT NULL DEFAULT 0 CHECK (version >= 0),
  owner          JSONB,
  transaction_id UUID,
  pending        UUID,
  cid            TEXT CHECK (cid ~ '^[0-9a-f]{64}$'),
  proof          JSONB,
  position       BIGINT,
  changed_at     TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  CHECK ((version = 0) = (transaction_id IS NULL)),
  CHECK ((version = 0) = (cid IS NULL)),
  CHECK ((version = 0) = (position IS NULL))
);
COMMENT ON COLUMN pix_key.owner IS 'Null while nobody has the key.';
COMMENT ON COLUMN pix_key.pending IS 'The global transaction that has promised to change the key.';
COMMENT ON COLUMN pix_key.proof IS 'Descriptor and certificate, where the change was learnt from a peer.';
COMMENT ON COLUMN pix_key.position IS 'Order of the changes at this bank, for those who catch up.';
CREATE SEQUENCE pix_key_position;
CREATE INDEX pix_key_position_idx ON pix_key (position);

-- Per type of key the XOR of its entries' hashes (VSync): two banks with the same digest have the
-- same directory.
CREATE TABLE pix_digest (
  type   TEXT PRIMARY KEY,
  digest BIT(256) NOT NULL
);
INSERT INTO pix_digest
SELECT type, repeat('0', 256)::bit(256)
  FROM unnest(ARRAY['CPF', 'CNPJ', 'PHONE', 'EMAIL', 'EVP']) AS type;

-- PIX payments that reached or left this bank's accounts; the money itself is in the ledger.
CREATE TABLE pix_payment (
  end_to_end_id  TEXT NOT NULL CHECK (end_to_end_id ~ '^E[0-9A-Z]{8}[0-9]{12}[0-9A-Za-z]{11}$'),
  direction      TEXT NOT NULL CHECK (direction IN ('sent', 'received')),
  account        TEXT NOT NULL,
  amount         BIGINT NOT NULL CHECK (amount > 0),
  transaction_id UUID NOT NULL,
  details        JSONB NOT NULL,
  settled_at     TIMESTAMPTZ(3) NOT NULL,
  PRIMARY KEY (end_to_end_id, direction, account)
);
CREATE INDEX pix_payment_settled_at_end_to_end_id_idx ON pix_payment (settled_at DESC, end_to_end_id);
CREATE TRIGGER pix_payment_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON pix_payment
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- How many more keys may be asked for in one account's name: a bucket that fills again.
CREATE TABLE pix_lookup (
  account   TEXT PRIMARY KEY,
  tokens    DOUBLE PRECISION NOT NULL,
  filled_at TIMESTAMPTZ(3) NOT NULL DEFAULT now()
);
