-- The bank's own staff. The sign-in tables have the columns that better-auth reads and writes.
CREATE TABLE staff_member (
  id                   TEXT NOT NULL PRIMARY KEY CHECK (id ~ '^[A-Za-z0-9_-]{1,64}$'),
  name                 TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  email                TEXT NOT NULL UNIQUE CHECK (email = lower(email)),
  email_verified       BOOLEAN NOT NULL DEFAULT false,
  image                TEXT,
  two_factor_enabled   BOOLEAN NOT NULL DEFAULT false,
  roles                TEXT[] NOT NULL CHECK (
    roles <@ ARRAY['teller', 'supervisor', 'auditor', 'operator', 'user-admin']),
  must_change_password BOOLEAN NOT NULL DEFAULT true,
  disabled_at          TIMESTAMPTZ(3),
  created_at           TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  updated_at           TIMESTAMPTZ(3) NOT NULL DEFAULT now()
);
COMMENT ON COLUMN staff_member.must_change_password IS
  'Somebody else chose the password: another one is chosen before a second factor is enrolled.';

CREATE TABLE staff_credential (
  id          TEXT NOT NULL PRIMARY KEY,
  account_id  TEXT NOT NULL,
  provider_id TEXT NOT NULL,
  user_id     TEXT NOT NULL REFERENCES staff_member (id),
  password    TEXT,
  created_at  TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  updated_at  TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  access_token             TEXT,
  refresh_token            TEXT,
  id_token                 TEXT,
  access_token_expires_at  TIMESTAMPTZ(3),
  refresh_token_expires_at TIMESTAMPTZ(3),
  scope                    TEXT,
  UNIQUE (provider_id, account_id),
  -- The bank is its own identity provider: nobody enters by way of another one.
  CHECK (provider_id = 'credential' AND access_token IS NULL AND refresh_token IS NULL
         AND id_token IS NULL AND scope IS NULL)
);
CREATE INDEX staff_credential_user_id_idx ON staff_credential (user_id);

-- A session counts once a second factor was given in it; it ends by itself when it is not used.
CREATE TABLE staff_session (
  id         TEXT NOT NULL PRIMARY KEY,
  token      TEXT NOT NULL UNIQUE,
  user_id    TEXT NOT NULL REFERENCES staff_member (id),
  factor     TEXT CHECK (factor IN ('totp', 'recovery-code')),
  expires_at TIMESTAMPTZ(3) NOT NULL,
  ip_address TEXT,
  user_agent TEXT,
  created_at TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ(3) NOT NULL DEFAULT now()
);
CREATE INDEX staff_session_user_id_idx ON staff_session (user_id);
CREATE INDEX staff_session_expires_at_idx ON staff_session (expires_at);

-- The tokens of these sessions are refused until they have expired by themselves.
CREATE TABLE staff_ended_session (
  id       TEXT NOT NULL PRIMARY KEY,
  ended_at TIMESTAMPTZ(3) NOT NULL DEFAULT now()
);
CREATE INDEX staff_ended_session_ended_at_idx ON staff_ended_session (ended_at);

CREATE TABLE staff_challenge (
  id         TEXT NOT NULL PRIMARY KEY,
  identifier TEXT NOT NULL,
  value      TEXT NOT NULL,
  expires_at TIMESTAMPTZ(3) NOT NULL,
  created_at TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ(3) NOT NULL DEFAULT now()
);
CREATE INDEX staff_challenge_identifier_idx ON staff_challenge (identifier);
CREATE INDEX staff_challenge_expires_at_idx ON staff_challenge (expires_at);

CREATE TABLE staff_second_factor (
  id                        TEXT NOT NULL PRIMARY KEY,
  user_id                   TEXT NOT NULL UNIQUE REFERENCES staff_member (id),
  secret                    TEXT NOT NULL,
  backup_codes              TEXT NOT NULL,
  verified                  BOOLEAN NOT NULL DEFAULT true,
  failed_verification_count INTEGER NOT NULL DEFAULT 0,
  locked_until              TIMESTAMPTZ(3)
);
COMMENT ON COLUMN staff_second_factor.secret IS 'Encrypted with the bank''s sign-in secret.';

-- A code of the authenticator counts once (RFC 6238, 5.2).
CREATE TABLE staff_used_code (
  user_id TEXT NOT NULL REFERENCES staff_member (id),
  code    TEXT NOT NULL,
  used_at TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, code)
);
CREATE INDEX staff_used_code_used_at_idx ON staff_used_code (used_at);

-- Failures to sign in, by account (a hash of the e-mail) and by address.
CREATE TABLE staff_failure (
  subject       TEXT NOT NULL PRIMARY KEY,
  failures      INTEGER NOT NULL CHECK (failures > 0),
  first_at      TIMESTAMPTZ(3) NOT NULL DEFAULT now()
);
