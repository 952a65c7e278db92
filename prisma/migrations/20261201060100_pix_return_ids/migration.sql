-- Money that goes back has an id of its own, as every PIX that is given back.
ALTER TABLE pix_return_hold
  ADD COLUMN return_id TEXT UNIQUE CHECK (return_id ~ '^D[0-9A-Z]{8}[0-9]{12}[0-9A-Za-z]{11}$');
COMMENT ON COLUMN pix_return_hold.return_id IS 'Null for what was held before there were such ids.';
