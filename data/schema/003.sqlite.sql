-- What only SQLite knows of version 3.

-- Stock: its movements are as append-only as the ledger.
CREATE TRIGGER movement_no_update BEFORE UPDATE ON movement
BEGIN
  SELECT RAISE (ABORT, 'the movements of stock are append-only');
END;

CREATE TRIGGER movement_no_delete BEFORE DELETE ON movement
BEGIN
  SELECT RAISE (ABORT, 'the movements of stock are append-only');
END;

CREATE TRIGGER movement_no_replace BEFORE INSERT ON movement
WHEN EXISTS (SELECT 1 FROM movement WHERE id = new.id)
BEGIN
  SELECT RAISE (ABORT, 'the movements of stock are append-only');
END;

-- A kit's parts are no kits, and nothing that is a part becomes one.
CREATE TRIGGER kit_component_flat BEFORE INSERT ON kit_component
WHEN EXISTS (SELECT 1 FROM kit_component WHERE kit_id = new.product_id OR product_id = new.kit_id)
BEGIN
  SELECT RAISE (ABORT, 'a part of a kit is no kit itself');
END;
