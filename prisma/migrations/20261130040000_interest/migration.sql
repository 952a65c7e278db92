-- What the bank pays on savings and asks for overdrafts, from which day on. A rate is never changed:
-- another one follows it.
CREATE TABLE interest_rate (
  kind            TEXT NOT NULL CHECK (kind IN ('savings', 'overdraft')),
  since           DATE NOT NULL,
  yearly_rate_ppm BIGINT NOT NULL CHECK (yearly_rate_ppm > 0),
  day_count       TEXT NOT NULL CHECK (day_count IN ('actual/365', 'actual/360', 'business/252')),
  set_by          TEXT NOT NULL,
  set_at          TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (kind, since)
);
CREATE TRIGGER interest_rate_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON interest_rate
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Which account had interest for which time: the key keeps a time from bearing interest twice.
CREATE TABLE interest_posting (
  account_id BIGINT NOT NULL REFERENCES account (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  kind       TEXT NOT NULL CHECK (kind IN ('savings', 'overdraft', 'manual')),
  from_on    DATE NOT NULL,
  to_on      DATE NOT NULL,
  amount     BIGINT NOT NULL CHECK (amount > 0),
  posting_id UUID NOT NULL REFERENCES posting (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  created_by TEXT NOT NULL,
  PRIMARY KEY (account_id, kind, from_on),
  CHECK (from_on < to_on)
);
CREATE TRIGGER interest_posting_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON interest_posting
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
COMMENT ON COLUMN interest_posting.to_on IS 'The first day that it no longer covers.';
