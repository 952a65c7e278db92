-- What happened at this bank, in the order in which it was committed: the outbox of its webhooks.
CREATE TABLE bank_event (
  sequence BIGSERIAL PRIMARY KEY,
  id       UUID NOT NULL DEFAULT gen_random_uuid(),
  type     TEXT NOT NULL CHECK (type ~ '^[a-z][a-z-]{0,39}\.[a-z][a-z.-]{0,59}$'),
  subject  TEXT NOT NULL,
  data     JSONB,
  at       TIMESTAMPTZ(3) NOT NULL DEFAULT now()
);
CREATE TRIGGER bank_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON bank_event
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Sequence numbers are taken one transaction at a time, so that none is committed after a higher
-- one was seen: whoever read up to a number has read all before it.
CREATE FUNCTION order_bank_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('bank_event', 0));
  RETURN NULL;
END $$;
CREATE TRIGGER bank_event_ordered BEFORE INSERT ON bank_event
  FOR EACH STATEMENT EXECUTE FUNCTION order_bank_events();

CREATE TABLE webhook_endpoint (
  id           UUID NOT NULL PRIMARY KEY,
  url          TEXT NOT NULL,
  types        TEXT[] NOT NULL,
  secret       TEXT NOT NULL,
  status       TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'paused', 'removed')),
  sent_through BIGINT NOT NULL,
  failures     INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
  wake_at      TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  created_by   TEXT NOT NULL,
  created_at   TIMESTAMPTZ(3) NOT NULL DEFAULT now()
);
COMMENT ON COLUMN webhook_endpoint.secret IS 'Signs what is sent; shown once, when it is made.';

CREATE TABLE webhook_delivery (
  endpoint_id  UUID NOT NULL REFERENCES webhook_endpoint (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  sequence     BIGINT NOT NULL REFERENCES bank_event (sequence) ON DELETE RESTRICT ON UPDATE CASCADE,
  status       TEXT NOT NULL CHECK (status IN ('delivered', 'failing', 'given-up')),
  attempts     INTEGER NOT NULL CHECK (attempts >= 1),
  last_at      TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  last_status  INTEGER,
  last_error   TEXT,
  PRIMARY KEY (endpoint_id, sequence)
);

-- Every posting is an event as soon as anybody listens; until then none is written.
CREATE FUNCTION tell_postings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM webhook_endpoint WHERE status <> 'removed') THEN
    INSERT INTO bank_event (type, subject)
      SELECT 'posting.' || kind, id::text FROM inserted;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER posting_told AFTER INSERT ON posting
  REFERENCING NEW TABLE AS inserted
  FOR EACH STATEMENT EXECUTE FUNCTION tell_postings();
