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

-- Money: what reconciling reads has changed.
CREATE TRIGGER money_orders_insert AFTER INSERT ON orders
BEGIN
  UPDATE money_mark SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER money_shipment_insert AFTER INSERT ON shipment
BEGIN
  UPDATE money_mark SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER money_ledger_insert AFTER INSERT ON ledger
BEGIN
  UPDATE money_mark SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER money_entry_order_insert AFTER INSERT ON entry_order
BEGIN
  UPDATE money_mark SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER money_payment_insert AFTER INSERT ON payment
BEGIN
  UPDATE money_mark SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER money_payout_insert AFTER INSERT ON payout
BEGIN
  UPDATE money_mark SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER money_payout_item_insert AFTER INSERT ON payout_item
BEGIN
  UPDATE money_mark SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER money_label_insert AFTER INSERT ON label
BEGIN
  UPDATE money_mark SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER money_statement_insert AFTER INSERT ON statement
BEGIN
  UPDATE money_mark SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER money_statement_row_insert AFTER INSERT ON statement_row
BEGIN
  UPDATE money_mark SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER money_accepted_gap_insert AFTER INSERT ON accepted_gap
BEGIN
  UPDATE money_mark SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER money_orders_delete AFTER DELETE ON orders
BEGIN
  UPDATE money_mark SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER money_shipment_delete AFTER DELETE ON shipment
BEGIN
  UPDATE money_mark SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER money_payout_item_delete AFTER DELETE ON payout_item
BEGIN
  UPDATE money_mark SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER money_label_delete AFTER DELETE ON label
BEGIN
  UPDATE money_mark SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER money_statement_row_delete AFTER DELETE ON statement_row
BEGIN
  UPDATE money_mark SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER money_accepted_gap_delete AFTER DELETE ON accepted_gap
BEGIN
  UPDATE money_mark SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER money_orders_update AFTER UPDATE OF channel_id, number, stage, charge_state, total, refunded_total, paid_at, placed_at ON orders
WHEN new.channel_id IS NOT old.channel_id OR new.number IS NOT old.number OR new.stage IS NOT old.stage
  OR new.charge_state IS NOT old.charge_state OR new.total IS NOT old.total
  OR new.refunded_total IS NOT old.refunded_total OR new.paid_at IS NOT old.paid_at
  OR new.placed_at IS NOT old.placed_at
BEGIN
  UPDATE money_mark SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER money_shipment_update AFTER UPDATE OF state, shipped_at, capture_amount, shortfall ON shipment
WHEN new.state IS NOT old.state OR new.shipped_at IS NOT old.shipped_at
  OR new.capture_amount IS NOT old.capture_amount OR new.shortfall IS NOT old.shortfall
BEGIN
  UPDATE money_mark SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER money_parcel_update AFTER UPDATE OF tracker_state ON parcel
WHEN new.tracker_state IS NOT old.tracker_state
BEGIN
  UPDATE money_mark SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER money_payment_update AFTER UPDATE OF order_id, state ON payment
WHEN new.order_id IS NOT old.order_id OR new.state IS NOT old.state
BEGIN
  UPDATE money_mark SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER money_payout_update AFTER UPDATE OF state, amount, made_at, arrives_at, items_read_at ON payout
WHEN new.state IS NOT old.state OR new.amount IS NOT old.amount OR new.made_at IS NOT old.made_at
  OR new.arrives_at IS NOT old.arrives_at OR new.items_read_at IS NOT old.items_read_at
BEGIN
  UPDATE money_mark SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER money_payout_item_update AFTER UPDATE OF order_id, net ON payout_item
WHEN new.order_id IS NOT old.order_id OR new.net IS NOT old.net
BEGIN
  UPDATE money_mark SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER money_label_update AFTER UPDATE OF state, cost ON label
WHEN new.state IS NOT old.state OR new.cost IS NOT old.cost
BEGIN
  UPDATE money_mark SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER money_statement_update AFTER UPDATE OF first_at, last_at ON statement
WHEN new.first_at IS NOT old.first_at OR new.last_at IS NOT old.last_at
BEGIN
  UPDATE money_mark SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER money_statement_row_update AFTER UPDATE OF state, matched_kind, matched_id, amount ON statement_row
WHEN new.state IS NOT old.state OR new.matched_kind IS NOT old.matched_kind
  OR new.matched_id IS NOT old.matched_id OR new.amount IS NOT old.amount
BEGIN
  UPDATE money_mark SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER money_accepted_gap_update AFTER UPDATE ON accepted_gap
BEGIN
  UPDATE money_mark SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER money_meta_insert AFTER INSERT ON meta
WHEN new.key LIKE 'money.%'
BEGIN
  UPDATE money_mark SET version = version + 1 WHERE id = 1;
END;

CREATE TRIGGER money_meta_update AFTER UPDATE ON meta
WHEN new.key LIKE 'money.%'
BEGIN
  UPDATE money_mark SET version = version + 1 WHERE id = 1;
END;
