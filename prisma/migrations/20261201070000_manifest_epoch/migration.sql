-- The highest epoch of the manifest that the bank has gone by: it never falls back to a lower one.
ALTER TABLE "bank_state" ADD COLUMN "manifest_epoch" INTEGER NOT NULL DEFAULT 0;
