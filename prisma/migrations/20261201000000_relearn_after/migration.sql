-- Where the holes of the backup that the bank last woke up in may begin (R48); null: anywhere.
ALTER TABLE "bank_state" ADD COLUMN "relearn_after" UUID;
