-- What two persons sign is what the first one asked for, and a decided request stays decided (R32).
CREATE FUNCTION refuse_changed_request() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.transaction_id, NEW.outcome, NEW.reason, NEW.requested_by, NEW.requested_at)
     IS DISTINCT FROM
     (OLD.id, OLD.transaction_id, OLD.outcome, OLD.reason, OLD.requested_by, OLD.requested_at)
     OR OLD.status <> 'open'
  THEN
    RAISE EXCEPTION 'request % says what was asked and is decided once', OLD.id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER heuristic_request_as_asked BEFORE UPDATE ON heuristic_request
  FOR EACH ROW EXECUTE FUNCTION refuse_changed_request();
