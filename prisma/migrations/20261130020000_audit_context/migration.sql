-- Who acted in full: with which roles, in which session, from which address, for which request.
ALTER TABLE audit_event ADD COLUMN roles TEXT NOT NULL DEFAULT '';
ALTER TABLE audit_event ADD COLUMN session TEXT;
ALTER TABLE audit_event ADD COLUMN address TEXT;
ALTER TABLE audit_event ADD COLUMN correlation_id TEXT;
COMMENT ON COLUMN audit_event.roles IS 'Roles that the actor held, separated by spaces; empty for a node.';
COMMENT ON COLUMN audit_event.session IS 'The sign-in under which it was done.';
COMMENT ON COLUMN audit_event.correlation_id IS
  'The request, or the approval, plan or job, that it belongs to.';
