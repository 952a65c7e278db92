-- What whoever administers users did to a person's way in, until the person has it back.
ALTER TABLE staff_member
  ADD COLUMN password_set_by TEXT,
  ADD COLUMN password_until  TIMESTAMPTZ(3),
  ADD COLUMN factor_reset_by TEXT,
  ADD CONSTRAINT staff_member_one_time_password CHECK (
    (password_set_by IS NULL) = (password_until IS NULL)
    AND (password_set_by IS NULL OR must_change_password)),
  -- One person alone never opens another one's account.
  ADD CONSTRAINT staff_member_two_resets CHECK (password_set_by <> factor_reset_by);
COMMENT ON COLUMN staff_member.password_set_by IS
  'Whoever chose the one-time password, until its owner has chosen another one.';
COMMENT ON COLUMN staff_member.factor_reset_by IS
  'Whoever took the second factor away, until its owner has enrolled another one.';
