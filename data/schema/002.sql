-- The order book, version 2. SQL that SQLite and PostgreSQL both know; what only a driver knows is in 002.<driver>.sql.

-- Printers ---------------------------------------------------------------------------------------------------------

-- What prints a document, on one station (NULL: on every station without a row of its own). format: the language it is sent;
-- 0 and NULL: as the printer is set itself. gap_dmm, nudge_x, nudge_y: tenths of a millimetre; darkness: per cent;
-- speed_mms: millimetres a second.
CREATE TABLE printer_profile (
  id          INTEGER PRIMARY KEY,
  station     TEXT,
  document    TEXT NOT NULL,
  target_kind TEXT NOT NULL CHECK (target_kind IN ('queue', 'ipp', 'socket', 'folder')),
  target      TEXT NOT NULL,
  format      TEXT,
  media       TEXT,
  dpi         INTEGER NOT NULL DEFAULT 0 CHECK (dpi >= 0),
  sensor      TEXT CHECK (sensor IN ('gap', 'mark', 'continuous')),
  gap_dmm     INTEGER NOT NULL DEFAULT 0 CHECK (gap_dmm >= 0),
  darkness    INTEGER NOT NULL DEFAULT 0 CHECK (darkness BETWEEN 0 AND 100),
  speed_mms   INTEGER NOT NULL DEFAULT 0 CHECK (speed_mms >= 0),
  rotation    INTEGER NOT NULL DEFAULT 0 CHECK (rotation IN (0, 90, 180, 270)),
  nudge_x     INTEGER NOT NULL DEFAULT 0,
  nudge_y     INTEGER NOT NULL DEFAULT 0,
  finish      TEXT CHECK (finish IN ('tear', 'cut', 'peel'))
);
INSERT INTO printer_profile (document, target_kind, target, format, media)
  SELECT document, target_kind, target, format, media FROM printer ORDER BY id;
DROP TABLE printer;
ALTER TABLE printer_profile RENAME TO printer;
CREATE UNIQUE INDEX printer_place ON printer (COALESCE(station, ''), document);

-- Papers of many shipments in one go, in their order; which of them are printed is what their operations say.
CREATE TABLE print_batch (
  id         INTEGER PRIMARY KEY,
  station    TEXT,
  state      TEXT NOT NULL CHECK (state IN ('open', 'done', 'cancelled')),
  trouble    TEXT,
  actor      TEXT,
  created_at BIGINT NOT NULL DEFAULT 0
);
CREATE TABLE print_batch_row (
  id           INTEGER PRIMARY KEY,
  batch_id     INTEGER NOT NULL REFERENCES print_batch (id) ON DELETE CASCADE,
  place        INTEGER NOT NULL,
  shipment_id  INTEGER NOT NULL REFERENCES shipment (id),
  document     TEXT NOT NULL,
  operation_id INTEGER REFERENCES operation (id),
  UNIQUE (batch_id, place)
);
CREATE INDEX print_batch_row_shipment ON print_batch_row (shipment_id);
CREATE INDEX print_batch_row_operation ON print_batch_row (operation_id);

-- Labels and papers ------------------------------------------------------------------------------------------------

-- quarantine: why a label was set aside when it was bought (NULL: it is good); it is printed once somebody has accepted it.
-- accepted_change: how it may be turned or cut out ("page=1 turn=90 x=-1000 y=0", in micrometres), NULL: as it is.
ALTER TABLE label ADD COLUMN quarantine TEXT;
ALTER TABLE label ADD COLUMN accepted_by TEXT;
ALTER TABLE label ADD COLUMN accepted_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE label ADD COLUMN accepted_change TEXT;
CREATE INDEX label_set_aside ON label (id) WHERE quarantine IS NOT NULL AND accepted_at = 0;

-- What somebody accepted for good, until it is revoked: labels of this carrier and service whose pages are of this very shape
-- ("pdf 210x297", in millimetres) come out of this printer, on this roll, turned or cut out like this.
CREATE TABLE label_rule (
  id              INTEGER PRIMARY KEY,
  carrier         TEXT NOT NULL,
  service         TEXT NOT NULL,
  printer         TEXT NOT NULL,
  media           TEXT NOT NULL,
  shape           TEXT NOT NULL,
  accepted_change TEXT NOT NULL,
  words           TEXT,
  actor           TEXT NOT NULL,
  created_at      BIGINT NOT NULL,
  revoked_by      TEXT,
  revoked_at      BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX label_rule_of ON label_rule (carrier, service, shape) WHERE revoked_at = 0;

-- Products: what the house sells, and where each channel lists it --------------------------------------------------

-- Weights in grams, sizes in millimetres, 0 when not known; hs_code: digits only; origin_country: ISO 3166-1 alpha-2.
CREATE TABLE product (
  id             INTEGER PRIMARY KEY,
  sku            TEXT UNIQUE,
  name           TEXT NOT NULL,
  barcode        TEXT,
  weight_g       INTEGER NOT NULL DEFAULT 0 CHECK (weight_g >= 0),
  length_mm      INTEGER NOT NULL DEFAULT 0 CHECK (length_mm >= 0),
  width_mm       INTEGER NOT NULL DEFAULT 0 CHECK (width_mm >= 0),
  height_mm      INTEGER NOT NULL DEFAULT 0 CHECK (height_mm >= 0),
  hs_code        TEXT,
  origin_country TEXT,
  customs_name   TEXT,
  bin            TEXT,
  digital        INTEGER NOT NULL DEFAULT 0 CHECK (digital IN (0, 1)),
  created_at     BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX product_barcode ON product (barcode);

-- What a channel calls a product: one product may be listed on many channels, and several times on one.
CREATE TABLE listing (
  id            INTEGER PRIMARY KEY,
  channel_id    INTEGER NOT NULL REFERENCES connection (id),
  product_ref   TEXT NOT NULL,
  variation_ref TEXT NOT NULL DEFAULT '',
  sku           TEXT,
  name          TEXT NOT NULL,
  product_id    INTEGER REFERENCES product (id),
  UNIQUE (channel_id, product_ref, variation_ref)
);
CREATE INDEX listing_product ON listing (product_id);
CREATE INDEX order_line_sku ON order_line (sku);

-- Money ------------------------------------------------------------------------------------------------------------

-- What the gateway's own object allows a payment: 0 where it does not say.
-- max_capture: the most that may still be taken, above capturable only where overcapture is allowed.
-- reauthorise: NULL: it cannot be; 'extend': the same payment lives longer; 'new': another payment takes its place.
ALTER TABLE payment ADD COLUMN max_capture BIGINT NOT NULL DEFAULT 0;
ALTER TABLE payment ADD COLUMN captures_left INTEGER NOT NULL DEFAULT 0;
ALTER TABLE payment ADD COLUMN extended INTEGER NOT NULL DEFAULT 0;
ALTER TABLE payment ADD COLUMN reauthorise TEXT CHECK (reauthorise IN ('extend', 'new'));
ALTER TABLE payment ADD COLUMN reauthorise_from BIGINT NOT NULL DEFAULT 0;
ALTER TABLE payment ADD COLUMN reauthorise_until BIGINT NOT NULL DEFAULT 0;
ALTER TABLE payment ADD COLUMN refundable_until BIGINT NOT NULL DEFAULT 0;
ALTER TABLE payment ADD COLUMN disputed BIGINT NOT NULL DEFAULT 0;

-- The ledger knows presentment (currency, amount) and settlement (settle_currency, settle_amount) apart; rate is the
-- gateway's own text. object_ref: what moved at the gateway (its charge, refund, dispute); source_ref names the entry.
ALTER TABLE ledger ADD COLUMN connection_id INTEGER REFERENCES connection (id);
ALTER TABLE ledger ADD COLUMN object_ref TEXT;
ALTER TABLE ledger ADD COLUMN payment_ref TEXT;
ALTER TABLE ledger ADD COLUMN settle_currency TEXT;
ALTER TABLE ledger ADD COLUMN settle_amount BIGINT NOT NULL DEFAULT 0;
ALTER TABLE ledger ADD COLUMN rate TEXT;
ALTER TABLE ledger ADD COLUMN payout_ref TEXT;
ALTER TABLE ledger ADD COLUMN available_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX ledger_at ON ledger (at);
CREATE INDEX ledger_object ON ledger (object_ref) WHERE object_ref IS NOT NULL;
CREATE INDEX ledger_unknown ON ledger (at) WHERE order_id IS NULL;
CREATE INDEX shipment_shipped ON shipment (shipped_at, order_id, state) WHERE state = 'shipped';
CREATE INDEX ledger_captured ON ledger (at, order_id, kind) WHERE kind = 'captured';

-- Whose an entry is that no order knew when it was written; the entry itself stays as it is.
CREATE TABLE entry_order (
  entry_id INTEGER PRIMARY KEY REFERENCES ledger (id),
  order_id INTEGER NOT NULL REFERENCES orders (id),
  actor    TEXT NOT NULL,
  at       BIGINT NOT NULL
);
CREATE INDEX entry_order_order ON entry_order (order_id);

-- What a gateway sent to the bank. itemised: its items are complete, so they must sum to amount; 0: not yet, or never
-- (a payout asked for by hand cannot be itemised: automatic is then 0).
CREATE TABLE payout (
  id          INTEGER PRIMARY KEY,
  gateway_id  INTEGER NOT NULL REFERENCES connection (id),
  ref         TEXT NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('pending', 'in-transit', 'paid', 'failed', 'cancelled')),
  automatic   INTEGER NOT NULL DEFAULT 1,
  itemised    INTEGER NOT NULL DEFAULT 0,
  currency    TEXT NOT NULL,
  amount      BIGINT NOT NULL,
  made_at     BIGINT NOT NULL,
  arrives_at  BIGINT NOT NULL DEFAULT 0,
  bank_ref    TEXT,
  note        TEXT,
  items_read_at BIGINT NOT NULL DEFAULT 0,
  read_at     BIGINT NOT NULL DEFAULT 0,
  UNIQUE (gateway_id, ref)
);
CREATE INDEX payout_made ON payout (made_at);

-- One movement of the gateway's balance inside a payout; amounts in the payout's currency.
CREATE TABLE payout_item (
  id         INTEGER PRIMARY KEY,
  payout_id  INTEGER NOT NULL REFERENCES payout (id),
  gateway_id INTEGER NOT NULL REFERENCES connection (id),
  ref        TEXT NOT NULL,
  kind       TEXT NOT NULL,
  object_ref TEXT,
  order_id   INTEGER REFERENCES orders (id),
  at         BIGINT NOT NULL,
  amount     BIGINT NOT NULL,
  fee        BIGINT NOT NULL DEFAULT 0,
  net        BIGINT NOT NULL,
  UNIQUE (gateway_id, ref)
);
CREATE INDEX payout_item_payout ON payout_item (payout_id);
CREATE INDEX payout_item_order ON payout_item (order_id);

-- What somebody else says: a bank's statement, a gateway's payout report, a carrier's invoice; each file once.
CREATE TABLE statement (
  id            INTEGER PRIMARY KEY,
  kind          TEXT NOT NULL CHECK (kind IN ('bank', 'payout', 'carrier')),
  connection_id INTEGER REFERENCES connection (id),
  account       TEXT NOT NULL DEFAULT '',
  number        TEXT NOT NULL,
  format        TEXT,
  name          TEXT,
  currency      TEXT,
  first_at      BIGINT NOT NULL DEFAULT 0,
  last_at       BIGINT NOT NULL DEFAULT 0,
  opening       BIGINT,
  closing       BIGINT,
  imported_at   BIGINT NOT NULL,
  UNIQUE (kind, account, number)
);

-- Its rows. ref: the vendor's own name for the row, or made of what is in it; a row that is there already stays as it is.
-- matched_kind, matched_id: what it is about; match_how: 'reference', 'tracking' or 'person', never a guess.
CREATE TABLE statement_row (
  id            INTEGER PRIMARY KEY,
  statement_id  INTEGER NOT NULL REFERENCES statement (id),
  kind          TEXT NOT NULL,
  account       TEXT NOT NULL DEFAULT '',
  ref           TEXT NOT NULL,
  at            BIGINT NOT NULL,
  currency      TEXT NOT NULL,
  amount        BIGINT NOT NULL,
  tracking      TEXT,
  text          TEXT,
  counterparty  TEXT,
  service       TEXT,
  reason        TEXT,
  weight_g      BIGINT NOT NULL DEFAULT 0,
  dispute_by    BIGINT NOT NULL DEFAULT 0,
  state         TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'matched', 'ignored')),
  matched_kind  TEXT CHECK (matched_kind IN ('payout', 'label', 'order')),
  matched_id    INTEGER,
  match_how     TEXT CHECK (match_how IN ('reference', 'tracking', 'person')),
  expected      BIGINT,
  note          TEXT,
  UNIQUE (kind, account, ref),
  CHECK ((state = 'matched') = (matched_id IS NOT NULL))
);
CREATE INDEX statement_row_statement ON statement_row (statement_id);
CREATE INDEX statement_row_open ON statement_row (kind, at) WHERE state = 'open';
CREATE INDEX statement_row_matched ON statement_row (matched_kind, matched_id);
CREATE INDEX label_tracking ON label (tracking);

-- Rows of a file that could not be read, as they stand in it, with the reason.
CREATE TABLE statement_aside (
  id           INTEGER PRIMARY KEY,
  statement_id INTEGER NOT NULL REFERENCES statement (id),
  line         INTEGER NOT NULL,
  reason       TEXT NOT NULL,
  raw          TEXT NOT NULL,
  UNIQUE (statement_id, line)
);

-- How a sender's columns are to be read, remembered by its name.
CREATE TABLE import_mapping (
  id         INTEGER PRIMARY KEY,
  kind       TEXT NOT NULL,
  name       TEXT NOT NULL,
  mapping    TEXT NOT NULL,
  changed_at BIGINT NOT NULL DEFAULT 0,
  UNIQUE (kind, name)
);

-- A gap somebody has looked at and lives with; it comes back when its facts change, for then its fingerprint does.
CREATE TABLE accepted_gap (
  id          INTEGER PRIMARY KEY,
  kind        TEXT NOT NULL,
  subject     TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  reason      TEXT NOT NULL,
  actor       TEXT NOT NULL,
  at          BIGINT NOT NULL,
  UNIQUE (kind, subject, fingerprint)
);
