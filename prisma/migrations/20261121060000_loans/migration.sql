-- A loan is a ledger account whose debt is its balance; here stand its terms, agreed once.
CREATE TABLE loan (
  account_id            BIGINT NOT NULL PRIMARY KEY
    REFERENCES account (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  system                TEXT NOT NULL CHECK (system IN ('price', 'sac')),
  principal             BIGINT NOT NULL CHECK (principal > 0),
  monthly_rate_ppm      BIGINT NOT NULL CHECK (monthly_rate_ppm > 0),
  late_monthly_rate_ppm BIGINT NOT NULL CHECK (late_monthly_rate_ppm >= 0),
  penalty_ppm           BIGINT NOT NULL CHECK (penalty_ppm >= 0),
  disbursed_to          TEXT NOT NULL,
  created_by            TEXT NOT NULL,
  created_at            TIMESTAMPTZ(3) NOT NULL DEFAULT now()
);
CREATE TRIGGER loan_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON loan
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE loan_installment (
  account_id   BIGINT NOT NULL REFERENCES loan (account_id) ON DELETE RESTRICT ON UPDATE CASCADE,
  number       INTEGER NOT NULL CHECK (number >= 1),
  due_on       DATE NOT NULL,
  interest     BIGINT NOT NULL CHECK (interest >= 0),
  amortization BIGINT NOT NULL CHECK (amortization >= 0),
  balance      BIGINT NOT NULL CHECK (balance >= 0),
  PRIMARY KEY (account_id, number)
);
CREATE INDEX loan_installment_due_on_idx ON loan_installment (due_on);
CREATE TRIGGER loan_installment_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON loan_installment
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A check pays once: its drawer and its number are the key.
CREATE TABLE loan_check (
  drawer     TEXT NOT NULL,
  number     TEXT NOT NULL,
  account_id BIGINT NOT NULL REFERENCES loan (account_id) ON DELETE RESTRICT ON UPDATE CASCADE,
  amount     BIGINT NOT NULL CHECK (amount > 0),
  posting_id UUID NOT NULL REFERENCES posting (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  paid_at    TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (drawer, number)
);
CREATE TRIGGER loan_check_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON loan_check
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
