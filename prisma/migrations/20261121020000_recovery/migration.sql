-- A hold that is placed says what was promised: only its end may be written (R35).
CREATE FUNCTION refuse_changed_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.transaction_id, NEW.account_id, NEW.direction, NEW.amount, NEW.placed_at)
     IS DISTINCT FROM (OLD.transaction_id, OLD.account_id, OLD.direction, OLD.amount, OLD.placed_at)
  THEN
    RAISE EXCEPTION 'hold of % on account % says what was promised and may only end',
      OLD.transaction_id, OLD.account_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER hold_as_promised BEFORE UPDATE ON hold
  FOR EACH ROW EXECUTE FUNCTION refuse_changed_hold();

-- Open holds of a busy account are few among all that it ever had.
CREATE INDEX hold_placed_idx ON hold (account_id, placed_at) WHERE status = 'placed';
CREATE INDEX audit_event_transaction_id_idx ON audit_event (transaction_id)
  WHERE transaction_id IS NOT NULL;

-- A life that is over may not come back: the incarnation never falls (R49).
CREATE FUNCTION refuse_lower_incarnation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.incarnation < OLD.incarnation THEN
    RAISE EXCEPTION 'incarnation % is lower than %', NEW.incarnation, OLD.incarnation
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER bank_state_incarnation_rises BEFORE UPDATE OF incarnation ON bank_state
  FOR EACH ROW EXECUTE FUNCTION refuse_lower_incarnation();

-- Which restore the bank last recovered from, so that a restart is not taken for another one.
ALTER TABLE bank_state ADD COLUMN restored_as TEXT;

-- 'infinity' while a switch of the mode may be unknown to a batch that is running.
ALTER TABLE bank_state ADD COLUMN mode_since TIMESTAMPTZ(3) NOT NULL DEFAULT now();

-- Called in the batch that applies the outcome: the two are one, or neither (R32).
CREATE FUNCTION approve_heuristic_request(request UUID, approver TEXT) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE heuristic_request SET status = 'done', decided_by = approver, decided_at = now()
   WHERE id = request AND status = 'open' AND requested_by <> approver;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'request % is not open to %', request, approver
      USING ERRCODE = 'restrict_violation';
  END IF;
END $$;
