-- The order book, version 1. SQL that SQLite and PostgreSQL both know; what only a driver knows is in 001.<driver>.sql.
-- Instants are seconds since 1970 UTC, 0 when not known. Amounts are minor units. A landed file is never edited.

CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT
);

CREATE TABLE connection (
  id         INTEGER PRIMARY KEY,
  kind       TEXT NOT NULL CHECK (kind IN ('shop', 'carrier', 'gateway')),
  provider   TEXT NOT NULL,
  name       TEXT NOT NULL UNIQUE,
  base_url   TEXT NOT NULL,
  auth       TEXT,
  settings   TEXT,
  currency   TEXT,
  zone       TEXT,
  capturer   TEXT CHECK (capturer IN ('gateway', 'shop', 'none')),
  gateway_id INTEGER,
  cursor     TEXT,
  synced_at  BIGINT NOT NULL DEFAULT 0,
  error      TEXT,
  enabled    INTEGER NOT NULL DEFAULT 1,
  created_at BIGINT NOT NULL DEFAULT 0,
  CHECK (capturer <> 'gateway' OR gateway_id IS NOT NULL)
);

CREATE TABLE origin (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, company TEXT, street1 TEXT, street2 TEXT, city TEXT, region TEXT,
  postcode TEXT, country TEXT NOT NULL, phone TEXT, email TEXT, zone TEXT NOT NULL, chosen INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE package (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, length_mm INTEGER NOT NULL, width_mm INTEGER NOT NULL,
  height_mm INTEGER NOT NULL, weight_g INTEGER NOT NULL DEFAULT 0, chosen INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE printer (
  id INTEGER PRIMARY KEY, document TEXT NOT NULL UNIQUE, target_kind TEXT NOT NULL CHECK (target_kind IN ('queue', 'folder')),
  target TEXT NOT NULL, format TEXT, media TEXT
);

CREATE TABLE customer (
  id INTEGER PRIMARY KEY, channel_id INTEGER NOT NULL REFERENCES connection (id), remote_id TEXT NOT NULL, name TEXT,
  email TEXT, email_key TEXT, phone TEXT, orders INTEGER NOT NULL DEFAULT 0,
  person_id INTEGER, -- those with the same number are the same person; linked, never merged
  note TEXT, erased_at BIGINT NOT NULL DEFAULT 0,
  UNIQUE (channel_id, remote_id)
);
CREATE INDEX customer_email ON customer (email_key);
CREATE INDEX customer_person ON customer (person_id);

-- A list's filter that somebody wants to see again.
CREATE TABLE saved_view (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, query TEXT NOT NULL
);

CREATE TABLE orders (
  id              INTEGER PRIMARY KEY,
  channel_id      INTEGER NOT NULL REFERENCES connection (id),
  remote_id       TEXT NOT NULL,
  number          TEXT NOT NULL,
  remote_status   TEXT NOT NULL,
  shop_state      TEXT NOT NULL CHECK (shop_state IN ('unpaid', 'open', 'done', 'cancelled')),
  stage           TEXT NOT NULL CHECK (stage IN ('waiting', 'ready', 'hold', 'partial', 'shipped', 'nothing', 'cancelled')),
  hold_reason     TEXT,
  placed_at       BIGINT NOT NULL,
  modified_at     BIGINT NOT NULL DEFAULT 0,
  paid_at         BIGINT NOT NULL DEFAULT 0,
  ship_by         BIGINT NOT NULL DEFAULT 0,
  currency        TEXT NOT NULL,
  total           BIGINT NOT NULL,
  tax_total       BIGINT NOT NULL DEFAULT 0,
  shipping_total  BIGINT NOT NULL DEFAULT 0,
  discount_total  BIGINT NOT NULL DEFAULT 0,
  refunded_total  BIGINT NOT NULL DEFAULT 0,
  item_count      INTEGER NOT NULL DEFAULT 0,
  customer_id     INTEGER REFERENCES customer (id),
  customer_ref    TEXT,
  customer_name   TEXT,
  email           TEXT,
  phone           TEXT,
  note            TEXT,
  service_asked   TEXT,
  payment_method  TEXT,
  payment_title   TEXT,
  payment_ref     TEXT,
  charge_state    TEXT NOT NULL DEFAULT 'unknown',
  authorised      BIGINT NOT NULL DEFAULT 0,
  captured        BIGINT NOT NULL DEFAULT 0,
  charge_refunded BIGINT NOT NULL DEFAULT 0,
  capture_before  BIGINT NOT NULL DEFAULT 0,
  tracking        TEXT,
  raw_hash        TEXT,
  address_doubt   TEXT, -- what the carrier said of the address when it was last asked
  tags            TEXT,
  marked          INTEGER NOT NULL DEFAULT 0,
  edited_after_label INTEGER NOT NULL DEFAULT 0,
  UNIQUE (channel_id, remote_id)
);
CREATE INDEX orders_placed ON orders (placed_at, id);
CREATE INDEX orders_stage ON orders (stage, placed_at, id);
CREATE INDEX orders_customer ON orders (customer_id, placed_at);
CREATE INDEX orders_payment ON orders (payment_ref);
-- Few orders need a person: they are found without looking at all.
CREATE INDEX orders_authorised ON orders (capture_before) WHERE charge_state = 'authorised';
CREATE INDEX orders_edited ON orders (id) WHERE edited_after_label = 1;
CREATE INDEX orders_charge_trouble ON orders (charge_state) WHERE charge_state IN ('refused', 'lapsed');

CREATE TABLE order_address (
  id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES orders (id), role TEXT NOT NULL CHECK (role IN ('ship', 'bill')),
  name TEXT, company TEXT, street1 TEXT, street2 TEXT, city TEXT, region TEXT, postcode TEXT, country TEXT, phone TEXT, email TEXT,
  UNIQUE (order_id, role)
);

CREATE TABLE order_line (
  id             INTEGER PRIMARY KEY,
  order_id       INTEGER NOT NULL REFERENCES orders (id),
  position       INTEGER NOT NULL,
  kind           TEXT NOT NULL CHECK (kind IN ('item', 'shipping', 'fee', 'coupon', 'tax', 'adjustment')),
  remote_id      TEXT,
  product_ref    TEXT,
  variation_ref  TEXT,
  sku            TEXT,
  name           TEXT NOT NULL,
  options        TEXT,
  needs_shipping INTEGER NOT NULL DEFAULT 0,
  quantity       INTEGER NOT NULL DEFAULT 0 CHECK (quantity >= 0),
  cancelled      INTEGER NOT NULL DEFAULT 0 CHECK (cancelled >= 0),
  allocated      INTEGER NOT NULL DEFAULT 0 CHECK (allocated >= 0),
  picked         INTEGER NOT NULL DEFAULT 0 CHECK (picked >= 0),
  packed         INTEGER NOT NULL DEFAULT 0 CHECK (packed >= 0),
  shipped        INTEGER NOT NULL DEFAULT 0 CHECK (shipped >= 0),
  returned       INTEGER NOT NULL DEFAULT 0 CHECK (returned >= 0),
  weight_g       INTEGER NOT NULL DEFAULT 0,
  subtotal       BIGINT NOT NULL DEFAULT 0,
  total          BIGINT NOT NULL DEFAULT 0,
  tax            BIGINT NOT NULL DEFAULT 0,
  CHECK (returned <= shipped)
);
CREATE INDEX order_line_order ON order_line (order_id, position);

CREATE TABLE order_refund (
  id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES orders (id), remote_id TEXT, amount BIGINT NOT NULL, reason TEXT,
  at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX order_refund_order ON order_refund (order_id);

-- Bytes by their own SHA-256: labels, slips, orders as received.
CREATE TABLE document (
  hash       TEXT PRIMARY KEY,
  media_type TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  bytes      BLOB NOT NULL
);

CREATE TABLE shipment (
  id               INTEGER PRIMARY KEY,
  order_id         INTEGER NOT NULL REFERENCES orders (id),
  number           INTEGER NOT NULL,
  state            TEXT NOT NULL CHECK (state IN ('planned', 'labelled', 'shipped', 'void')),
  carrier_id       INTEGER REFERENCES connection (id),
  remote_id        TEXT,
  rate_ref         TEXT,
  carrier          TEXT,
  service          TEXT,
  currency         TEXT,
  cost             BIGINT NOT NULL DEFAULT 0,
  ship_date        TEXT,
  capture_currency TEXT,
  capture_amount   BIGINT NOT NULL DEFAULT 0 CHECK (capture_amount >= 0),
  capture_ref      TEXT,
  capture_reason   TEXT,
  shortfall        BIGINT NOT NULL DEFAULT 0,
  label_format     TEXT,
  insured          BIGINT NOT NULL DEFAULT 0, -- the goods' value that is insured, minor units of capture_currency
  signature        INTEGER NOT NULL DEFAULT 0,
  created_at       BIGINT NOT NULL,
  shipped_at       BIGINT NOT NULL DEFAULT 0,
  UNIQUE (order_id, number)
);
CREATE INDEX shipment_state ON shipment (state, created_at);

CREATE TABLE parcel (
  id INTEGER PRIMARY KEY, shipment_id INTEGER NOT NULL REFERENCES shipment (id), order_id INTEGER NOT NULL REFERENCES orders (id),
  position INTEGER NOT NULL, reference TEXT NOT NULL UNIQUE, package TEXT, weight_g INTEGER NOT NULL, length_mm INTEGER NOT NULL,
  width_mm INTEGER NOT NULL, height_mm INTEGER NOT NULL, tracking TEXT, tracking_url TEXT,
  tracker_state TEXT, tracker_raw TEXT, tracked_at BIGINT NOT NULL DEFAULT 0,
  UNIQUE (shipment_id, position)
);
CREATE INDEX parcel_order ON parcel (order_id);

CREATE TABLE parcel_line (
  id INTEGER PRIMARY KEY, parcel_id INTEGER NOT NULL REFERENCES parcel (id), line_id INTEGER NOT NULL REFERENCES order_line (id),
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  UNIQUE (parcel_id, line_id)
);
CREATE INDEX parcel_line_line ON parcel_line (line_id);

CREATE TABLE label (
  id INTEGER PRIMARY KEY, parcel_id INTEGER NOT NULL REFERENCES parcel (id), shipment_id INTEGER NOT NULL REFERENCES shipment (id),
  order_id INTEGER NOT NULL REFERENCES orders (id), state TEXT NOT NULL CHECK (state IN ('live', 'void-asked', 'void', 'void-refused')),
  remote_id TEXT NOT NULL, tracking TEXT NOT NULL, carrier TEXT, service TEXT, currency TEXT NOT NULL, cost BIGINT NOT NULL,
  format TEXT NOT NULL, document TEXT NOT NULL REFERENCES document (hash), bought_at BIGINT NOT NULL, reason TEXT
);
-- One live label a parcel, whoever writes.
CREATE UNIQUE INDEX label_live ON label (parcel_id) WHERE state = 'live';
CREATE INDEX label_order ON label (order_id);

CREATE TABLE payment (
  id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES orders (id), gateway_id INTEGER NOT NULL REFERENCES connection (id),
  ref TEXT NOT NULL, charge_ref TEXT, state TEXT NOT NULL, currency TEXT NOT NULL, authorised BIGINT NOT NULL, capturable BIGINT NOT NULL,
  captured BIGINT NOT NULL, refunded BIGINT NOT NULL, multi_capture INTEGER NOT NULL DEFAULT 0, capture_before BIGINT NOT NULL DEFAULT 0,
  fee_known INTEGER NOT NULL DEFAULT 0, settle_currency TEXT, fee BIGINT NOT NULL DEFAULT 0, net BIGINT NOT NULL DEFAULT 0,
  fee_ref TEXT, read_at BIGINT NOT NULL,
  UNIQUE (gateway_id, ref)
);
CREATE INDEX payment_order ON payment (order_id);

CREATE TABLE operation (
  id            INTEGER PRIMARY KEY,
  kind          TEXT NOT NULL,
  state         TEXT NOT NULL CHECK (state IN ('planned', 'sending', 'done', 'refused', 'unsure', 'abandoned')),
  key           TEXT NOT NULL UNIQUE,
  order_id      INTEGER REFERENCES orders (id),
  shipment_id   INTEGER REFERENCES shipment (id),
  connection_id INTEGER REFERENCES connection (id),
  request       TEXT NOT NULL,
  reply         TEXT,
  error_code    TEXT,
  error         TEXT,
  attempts      INTEGER NOT NULL DEFAULT 0,
  actor         TEXT NOT NULL,
  created_at    BIGINT NOT NULL,
  sent_at       BIGINT NOT NULL DEFAULT 0,
  ended_at      BIGINT NOT NULL DEFAULT 0,
  owner         BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX operation_state ON operation (state, id);
CREATE INDEX operation_shipment ON operation (shipment_id, id);
CREATE INDEX operation_order ON operation (order_id, id);

CREATE TABLE ledger (
  id INTEGER PRIMARY KEY, at BIGINT NOT NULL, order_id INTEGER REFERENCES orders (id), shipment_id INTEGER REFERENCES shipment (id),
  kind TEXT NOT NULL, source TEXT NOT NULL, source_ref TEXT NOT NULL, currency TEXT NOT NULL, amount BIGINT NOT NULL,
  operation_id INTEGER REFERENCES operation (id), note TEXT,
  UNIQUE (source, source_ref, kind)
);
CREATE INDEX ledger_order ON ledger (order_id);

CREATE TABLE event (
  id INTEGER PRIMARY KEY, at BIGINT NOT NULL, subject TEXT NOT NULL, subject_id INTEGER NOT NULL, kind TEXT NOT NULL,
  actor TEXT NOT NULL, detail TEXT
);
CREATE INDEX event_subject ON event (subject, subject_id, id);
