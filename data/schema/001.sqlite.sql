-- What only SQLite knows of version 1: full-text search, and the ledger's guards.

CREATE VIRTUAL TABLE search USING fts5 (
  number, name, email, sku, tracking, payment,
  tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);

CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger
BEGIN
  SELECT RAISE (ABORT, 'the ledger is append-only');
END;

CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger
BEGIN
  SELECT RAISE (ABORT, 'the ledger is append-only');
END;

-- An event's number is never given twice: who has read up to one has not missed any.
CREATE TRIGGER event_last_stays BEFORE DELETE ON event
WHEN old.id = (SELECT MAX (id) FROM event)
BEGIN
  SELECT RAISE (ABORT, 'the last event stays');
END;

CREATE TRIGGER event_number_stays BEFORE UPDATE OF id ON event
BEGIN
  SELECT RAISE (ABORT, 'an event keeps its number');
END;

CREATE TRIGGER document_no_update BEFORE UPDATE ON document
BEGIN
  SELECT RAISE (ABORT, 'a document never changes');
END;

-- ordered = cancelled + shipped + still to ship; what is allocated, picked or packed is part of the latter.
CREATE TRIGGER order_line_within_insert BEFORE INSERT ON order_line
WHEN new.kind = 'item' AND (new.shipped > new.quantity OR new.allocated > new.quantity OR new.picked > new.quantity OR new.packed > new.quantity)
BEGIN
  SELECT RAISE (ABORT, 'more shipped, allocated, picked or packed than was ordered');
END;

CREATE TRIGGER order_line_within_update BEFORE UPDATE OF shipped ON order_line
WHEN new.kind = 'item' AND new.shipped > old.shipped AND new.shipped + new.cancelled > new.quantity
BEGIN
  SELECT RAISE (ABORT, 'more shipped than is still to ship');
END;

CREATE TRIGGER order_line_reserved_update BEFORE UPDATE OF allocated, picked, packed ON order_line
WHEN new.kind = 'item' AND MAX (new.allocated - old.allocated, new.picked - old.picked, new.packed - old.packed) > 0
 AND MAX (new.allocated, new.picked, new.packed) + new.shipped + new.cancelled > new.quantity
BEGIN
  SELECT RAISE (ABORT, 'more allocated, picked or packed than is still to ship');
END;
