-- What only SQLite knows of version 2.

-- The ledger is append-only by every way of writing: replacing a row would delete it without the other guards.
CREATE TRIGGER ledger_no_replace BEFORE INSERT ON ledger
WHEN EXISTS (SELECT 1 FROM ledger WHERE id = new.id)
  OR EXISTS (SELECT 1 FROM ledger WHERE source = new.source AND source_ref = new.source_ref AND kind = new.kind)
BEGIN
  SELECT RAISE (ABORT, 'the ledger is append-only');
END;
