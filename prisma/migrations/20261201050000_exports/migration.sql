-- What a job of exporting has written so far. The text is emptied after some days, because it holds
-- personal data; the row stays as the proof of what was made.
CREATE TABLE export_part (
  job_id      UUID NOT NULL,
  position    INTEGER NOT NULL,
  content     TEXT,
  lines       INTEGER NOT NULL CHECK (lines >= 0),
  next_cursor TEXT,
  made_at     TIMESTAMPTZ(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (job_id, position),
  FOREIGN KEY (job_id, position) REFERENCES job_item (job_id, position)
    ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX export_part_made_at_idx ON export_part (made_at) WHERE content IS NOT NULL;
