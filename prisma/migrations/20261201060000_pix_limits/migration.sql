-- How many keys an account may have is decided with the registration, so a promised key counts too.
ALTER TABLE pix_key ADD COLUMN pending_account TEXT CHECK (pending_account IS NULL OR pending IS NOT NULL);
COMMENT ON COLUMN pix_key.pending_account IS 'Account of this bank to which the pending operation points the key.';
CREATE INDEX pix_key_owner_account ON pix_key ((owner ->> 'account'));
CREATE INDEX pix_key_pending_account ON pix_key (pending_account) WHERE pending_account IS NOT NULL;

-- One bucket for each asker and kind of key: an account, or a whole bank. All begin full again.
DROP TABLE pix_lookup;
CREATE TABLE pix_lookup (
  asker     TEXT NOT NULL,
  keys      TEXT NOT NULL CHECK (keys IN ('contact', 'document', 'account')),
  tokens    DOUBLE PRECISION NOT NULL,
  most      DOUBLE PRECISION NOT NULL CHECK (most > 0),
  filled_at TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (asker, keys)
);
COMMENT ON COLUMN pix_lookup.asker IS 'Number of an account of this bank, or bank:ID.';
