-- Where a receiver wants to be told of what its key received (pix-api, `/webhook/{chave}`).
CREATE TABLE pix_webhook (
  key         TEXT PRIMARY KEY,
  url         TEXT CHECK (length(url) BETWEEN 1 AND 500),
  created_at  TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  attempts    INTEGER NOT NULL DEFAULT 0,
  due_at      TIMESTAMPTZ(3),
  last_error  TEXT
);
COMMENT ON COLUMN pix_webhook.url IS 'Null once it is removed.';
COMMENT ON COLUMN pix_webhook.due_at IS 'When the oldest event is sent (again); null while there is none.';

-- What is to be told, in order and once for each key; written in the transaction that settled it.
CREATE TABLE pix_webhook_event (
  id            BIGSERIAL PRIMARY KEY,
  key           TEXT NOT NULL,
  end_to_end_id TEXT NOT NULL,
  about         TEXT NOT NULL CHECK (about IN ('received', 'refund')),
  created_at    TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  delivered_at  TIMESTAMPTZ(3)
);
CREATE INDEX pix_webhook_event_open_idx ON pix_webhook_event (key, id) WHERE delivered_at IS NULL;
