-- Money that comes later to an account from which a reported PIX had gone on is blocked too, for
-- some days: no more of it than the account itself let go.
ALTER TABLE pix_return_hold
  ADD COLUMN missing BIGINT NOT NULL DEFAULT 0 CHECK (missing >= 0),
  ADD COLUMN watch_until TIMESTAMPTZ(3),
  ADD COLUMN told BIGINT NOT NULL DEFAULT 0,
  ADD CHECK (held + missing <= sought);
UPDATE pix_return_hold SET told = held;
COMMENT ON COLUMN pix_return_hold.missing IS 'Centavos that are looked for at this account still: neither held nor followed to another one.';
COMMENT ON COLUMN pix_return_hold.watch_until IS 'Until then money that comes is blocked, as far as it is missing.';
COMMENT ON COLUMN pix_return_hold.told IS 'Of what is held, what the bank of the case was told.';
CREATE INDEX pix_return_hold_missing_idx ON pix_return_hold (account)
  WHERE missing > 0 AND state IN ('held', 'empty');

-- What was blocked of money that came later: a hold of the ledger each, decided together.
CREATE TABLE pix_return_arrival (
  id         UUID PRIMARY KEY,
  hold_id    UUID NOT NULL REFERENCES pix_return_hold (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  amount     BIGINT NOT NULL CHECK (amount > 0),
  hold_state TEXT NOT NULL DEFAULT 'prepared'
    CHECK (hold_state IN ('prepared', 'committed', 'aborted')),
  at         TIMESTAMPTZ(3) NOT NULL DEFAULT now()
);
CREATE INDEX pix_return_arrival_hold_id_idx ON pix_return_arrival (hold_id);
COMMENT ON COLUMN pix_return_arrival.id IS 'Transaction id of the hold in the ledger.';
