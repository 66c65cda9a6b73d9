-- The order book, version 3. SQL that SQLite and PostgreSQL both know; what only a driver knows is in 003.<driver>.sql.

-- Listings: what a channel sells, and what it was told of stock ------------------------------------------------------

-- stock_ref: what the channel calls the stock of it where that is not the product (Shopify: the inventory item).
-- managed: the channel counts it. shown: what the channel said it has, when last read (shown_at); published: what it was
-- last told. buffer: pieces never offered there; withheld: this listing is left alone.
ALTER TABLE listing ADD COLUMN stock_ref TEXT;
ALTER TABLE listing ADD COLUMN barcode TEXT;
ALTER TABLE listing ADD COLUMN weight_g INTEGER NOT NULL DEFAULT 0 CHECK (weight_g >= 0);
ALTER TABLE listing ADD COLUMN managed INTEGER NOT NULL DEFAULT 0 CHECK (managed IN (0, 1));
ALTER TABLE listing ADD COLUMN shown BIGINT NOT NULL DEFAULT 0;
ALTER TABLE listing ADD COLUMN shown_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE listing ADD COLUMN published BIGINT NOT NULL DEFAULT 0;
ALTER TABLE listing ADD COLUMN published_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE listing ADD COLUMN buffer INTEGER NOT NULL DEFAULT 0 CHECK (buffer >= 0);
ALTER TABLE listing ADD COLUMN withheld INTEGER NOT NULL DEFAULT 0 CHECK (withheld IN (0, 1));
-- mapped: a person said which product it is (or that it is none): a later reading never guesses again.
ALTER TABLE listing ADD COLUMN mapped INTEGER NOT NULL DEFAULT 0 CHECK (mapped IN (0, 1));
CREATE INDEX listing_sku ON listing (sku);

-- Channels -----------------------------------------------------------------------------------------------------------

-- What the last audit of a channel found and could not put right: 'unknown-here': open there, not in the book;
-- 'shipped-here': open there, all of it has left here; 'open-here': still to ship here, not open there any more.
CREATE TABLE order_gap (
  id         INTEGER PRIMARY KEY,
  channel_id INTEGER NOT NULL REFERENCES connection (id),
  kind       TEXT NOT NULL CHECK (kind IN ('unknown-here', 'shipped-here', 'open-here')),
  order_ref  TEXT NOT NULL,
  number     TEXT,
  order_id   INTEGER REFERENCES orders (id),
  reason     TEXT,
  found_at   BIGINT NOT NULL,
  UNIQUE (channel_id, kind, order_ref)
);
-- Rows of a file of orders that were not imported, as they stand in it; number: the order they belong to, where it is known.
CREATE TABLE order_aside (
  id         INTEGER PRIMARY KEY,
  channel_id INTEGER NOT NULL REFERENCES connection (id),
  file       TEXT NOT NULL,
  line       INTEGER NOT NULL,
  number     TEXT,
  reason     TEXT NOT NULL,
  raw        TEXT,
  set_at     BIGINT NOT NULL,
  UNIQUE (channel_id, file, line)
);
-- clock_offset: the shop's clock minus ours, seconds, as its last reply told.
ALTER TABLE connection ADD COLUMN clock_offset BIGINT NOT NULL DEFAULT 0;
-- shop_hold: why the shop itself wants the order kept back.
ALTER TABLE orders ADD COLUMN shop_hold TEXT;
ALTER TABLE connection ADD COLUMN audited_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE connection ADD COLUMN listings_cursor TEXT;
ALTER TABLE connection ADD COLUMN listings_at BIGINT NOT NULL DEFAULT 0;

-- Stock --------------------------------------------------------------------------------------------------------------

-- tracked: the product is under stock keeping; one that is not never holds an order up. lots, serials: each piece belongs
-- to a lot, bears a number of its own. min_stock: fewer than this is told; reorder_point: 0: worked out from the demand.
-- cost: what one piece costs to buy, minor units of currency, 0: not known.
ALTER TABLE product ADD COLUMN tracked INTEGER NOT NULL DEFAULT 0 CHECK (tracked IN (0, 1));
ALTER TABLE product ADD COLUMN lots INTEGER NOT NULL DEFAULT 0 CHECK (lots IN (0, 1));
ALTER TABLE product ADD COLUMN serials INTEGER NOT NULL DEFAULT 0 CHECK (serials IN (0, 1));
ALTER TABLE product ADD COLUMN min_stock INTEGER NOT NULL DEFAULT 0 CHECK (min_stock >= 0);
ALTER TABLE product ADD COLUMN reorder_point INTEGER NOT NULL DEFAULT 0 CHECK (reorder_point >= 0);
ALTER TABLE product ADD COLUMN cost BIGINT NOT NULL DEFAULT 0 CHECK (cost >= 0);
ALTER TABLE product ADD COLUMN currency TEXT;

-- What a line asks for, as far as it is known; stock_short: pieces of tracked products an order still waits for.
ALTER TABLE order_line ADD COLUMN product_id INTEGER REFERENCES product (id);
ALTER TABLE orders ADD COLUMN stock_short INTEGER NOT NULL DEFAULT 0 CHECK (stock_short >= 0);
UPDATE order_line SET product_id = COALESCE (
  (SELECT i.product_id FROM listing i JOIN orders o ON o.id = order_line.order_id WHERE i.channel_id = o.channel_id
    AND i.product_ref = order_line.product_ref AND i.variation_ref = COALESCE (order_line.variation_ref, '')),
  (SELECT p.id FROM product p WHERE p.sku = order_line.sku AND order_line.sku <> ''))
  WHERE kind = 'item';
-- Pieces that somebody else has sent, as the shop tells it: not ours to ship any more.
ALTER TABLE order_line ADD COLUMN elsewhere INTEGER NOT NULL DEFAULT 0 CHECK (elsewhere >= 0);
CREATE INDEX product_tracked ON product (id) WHERE tracked = 1;
CREATE INDEX order_line_product ON order_line (product_id) WHERE product_id IS NOT NULL;
CREATE INDEX orders_stock_short ON orders (placed_at, id) WHERE stock_short > 0;

-- Where things lie: one place is chosen; walk: a bin's turn on the way through the place (0: by its name), zone: which part.
CREATE TABLE location (
  id     INTEGER PRIMARY KEY,
  name   TEXT NOT NULL UNIQUE,
  chosen INTEGER NOT NULL DEFAULT 0 CHECK (chosen IN (0, 1))
);
CREATE TABLE bin (
  id          INTEGER PRIMARY KEY,
  location_id INTEGER NOT NULL REFERENCES location (id),
  name        TEXT NOT NULL,
  zone        TEXT,
  walk        INTEGER NOT NULL DEFAULT 0,
  UNIQUE (location_id, name)
);

-- expires_on: the last day it may be sold, NULL: it does not expire.
CREATE TABLE lot (
  id         INTEGER PRIMARY KEY,
  product_id INTEGER NOT NULL REFERENCES product (id),
  code       TEXT NOT NULL,
  expires_on TEXT,
  created_at BIGINT NOT NULL DEFAULT 0,
  UNIQUE (product_id, code)
);

-- A piece with a number of its own. state: 'in': on hand; 'out': it left, with that line; 'lost': written off.
CREATE TABLE serial (
  id            INTEGER PRIMARY KEY,
  product_id    INTEGER NOT NULL REFERENCES product (id),
  number        TEXT NOT NULL,
  lot_id        INTEGER REFERENCES lot (id),
  state         TEXT NOT NULL CHECK (state IN ('in', 'out', 'lost')),
  order_line_id INTEGER,
  changed_at    BIGINT NOT NULL DEFAULT 0,
  UNIQUE (product_id, number),
  CHECK (state <> 'out' OR order_line_id IS NOT NULL)
);
CREATE INDEX serial_line ON serial (order_line_id) WHERE order_line_id IS NOT NULL;

-- What lies in one bin ('': no bin of its own), as the movements have it: written with each of them, in one transaction.
-- allocated: promised to order lines; picked: of that, taken out of the bin and not yet gone.
CREATE TABLE stock_level (
  id          INTEGER PRIMARY KEY,
  product_id  INTEGER NOT NULL REFERENCES product (id),
  location_id INTEGER NOT NULL REFERENCES location (id),
  bin         TEXT NOT NULL DEFAULT '',
  lot_id      INTEGER REFERENCES lot (id),
  on_hand     BIGINT NOT NULL DEFAULT 0 CHECK (on_hand >= 0),
  allocated   BIGINT NOT NULL DEFAULT 0 CHECK (allocated >= 0),
  picked      BIGINT NOT NULL DEFAULT 0 CHECK (picked >= 0),
  CHECK (allocated <= on_hand),
  CHECK (picked <= allocated)
);
CREATE UNIQUE INDEX stock_level_place ON stock_level (product_id, location_id, bin, COALESCE (lot_id, 0));

-- What an order line holds of a level: nobody takes it from it. per_unit: pieces of the product in one of the line (more
-- than 1 in a kit); quantity, picked: pieces of the product.
CREATE TABLE allocation (
  id            INTEGER PRIMARY KEY,
  order_id      INTEGER NOT NULL,
  order_line_id INTEGER NOT NULL,
  product_id    INTEGER NOT NULL REFERENCES product (id),
  level_id      INTEGER NOT NULL REFERENCES stock_level (id),
  per_unit      BIGINT NOT NULL DEFAULT 1 CHECK (per_unit > 0),
  quantity      BIGINT NOT NULL CHECK (quantity > 0),
  picked        BIGINT NOT NULL DEFAULT 0 CHECK (picked >= 0),
  UNIQUE (order_line_id, level_id),
  CHECK (picked <= quantity)
);
CREATE INDEX allocation_order ON allocation (order_id);
CREATE INDEX allocation_level ON allocation (level_id);

-- Everything that ever changed a level, never changed and never removed. quantity: pieces, signed by what it does to what
-- the kind is about; on_hand, allocated, picked: what it did to the level. A reversal is a movement of its own.
CREATE TABLE movement (
  id            INTEGER PRIMARY KEY,
  at            BIGINT NOT NULL,
  product_id    INTEGER NOT NULL REFERENCES product (id),
  location_id   INTEGER NOT NULL REFERENCES location (id),
  bin           TEXT NOT NULL DEFAULT '',
  lot_id        INTEGER REFERENCES lot (id),
  kind          TEXT NOT NULL CHECK (kind IN ('receipt', 'allocation', 'release', 'pick', 'unpick', 'ship', 'return',
                                              'adjustment', 'count', 'transfer')),
  quantity      BIGINT NOT NULL CHECK (quantity <> 0),
  on_hand       BIGINT NOT NULL DEFAULT 0,
  allocated     BIGINT NOT NULL DEFAULT 0,
  picked        BIGINT NOT NULL DEFAULT 0,
  order_line_id INTEGER,
  shipment_id   INTEGER,
  purchase_id   INTEGER,
  reason        TEXT,
  actor         TEXT NOT NULL,
  CHECK (CASE
    WHEN kind = 'allocation' THEN quantity > 0 AND on_hand = 0 AND allocated = quantity AND picked = 0
    WHEN kind = 'release' THEN quantity < 0 AND on_hand = 0 AND allocated = quantity AND picked = 0
    WHEN kind = 'pick' THEN quantity > 0 AND on_hand = 0 AND allocated = 0 AND picked = quantity
    WHEN kind = 'unpick' THEN quantity < 0 AND on_hand = 0 AND allocated = 0 AND picked = quantity
    WHEN kind = 'ship' THEN on_hand = quantity AND ABS (allocated) <= ABS (quantity) AND ABS (picked) <= ABS (allocated)
    WHEN kind = 'receipt' THEN quantity > 0 AND on_hand = quantity AND allocated = 0 AND picked = 0
    ELSE on_hand = quantity AND allocated = 0 AND picked = 0 END)
);
CREATE INDEX movement_product ON movement (product_id, id);
CREATE INDEX movement_line ON movement (order_line_id) WHERE order_line_id IS NOT NULL;
CREATE INDEX movement_shipment ON movement (shipment_id) WHERE shipment_id IS NOT NULL;

-- What a kit is made of; a part is no kit itself.
CREATE TABLE kit_component (
  id         INTEGER PRIMARY KEY,
  kit_id     INTEGER NOT NULL REFERENCES product (id),
  product_id INTEGER NOT NULL REFERENCES product (id),
  quantity   BIGINT NOT NULL CHECK (quantity > 0),
  UNIQUE (kit_id, product_id),
  CHECK (kit_id <> product_id)
);
CREATE INDEX kit_component_product ON kit_component (product_id);

-- What a scanner may read of a product. code: as printed; code_key: a GTIN padded to 14 digits, else the code itself;
-- pack: pieces that one scan stands for.
CREATE TABLE barcode (
  id         INTEGER PRIMARY KEY,
  product_id INTEGER NOT NULL REFERENCES product (id),
  code       TEXT NOT NULL,
  code_key   TEXT NOT NULL UNIQUE,
  kind       TEXT NOT NULL CHECK (kind IN ('ean-13', 'ean-8', 'upc-a', 'gtin-14', 'own')),
  pack       BIGINT NOT NULL DEFAULT 1 CHECK (pack > 0)
);
CREATE INDEX barcode_product ON barcode (product_id);

-- Whom goods are bought from, and how: pack: pieces in one of the supplier's packs, moq: the fewest pieces of an order;
-- price: for one piece, minor units of the supplier's currency; lead_days 0: as the supplier's.
CREATE TABLE supplier (
  id        INTEGER PRIMARY KEY,
  name      TEXT NOT NULL UNIQUE,
  email     TEXT,
  currency  TEXT,
  lead_days INTEGER NOT NULL DEFAULT 0 CHECK (lead_days >= 0),
  note      TEXT
);
CREATE TABLE product_supplier (
  id          INTEGER PRIMARY KEY,
  product_id  INTEGER NOT NULL REFERENCES product (id),
  supplier_id INTEGER NOT NULL REFERENCES supplier (id),
  sku         TEXT,
  lead_days   INTEGER NOT NULL DEFAULT 0 CHECK (lead_days >= 0),
  pack        BIGINT NOT NULL DEFAULT 1 CHECK (pack > 0),
  moq         BIGINT NOT NULL DEFAULT 0 CHECK (moq >= 0),
  price       BIGINT NOT NULL DEFAULT 0 CHECK (price >= 0),
  preferred   INTEGER NOT NULL DEFAULT 0 CHECK (preferred IN (0, 1)),
  UNIQUE (product_id, supplier_id)
);

-- Goods on their way. cost: for one piece, minor units of currency.
CREATE TABLE purchase (
  id          INTEGER PRIMARY KEY,
  supplier_id INTEGER NOT NULL REFERENCES supplier (id),
  number      TEXT NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('draft', 'ordered', 'received', 'cancelled')),
  location_id INTEGER NOT NULL REFERENCES location (id),
  currency    TEXT,
  ordered_at  BIGINT NOT NULL DEFAULT 0,
  expected_on TEXT,
  received_at BIGINT NOT NULL DEFAULT 0,
  note        TEXT,
  created_at  BIGINT NOT NULL DEFAULT 0,
  UNIQUE (supplier_id, number)
);
CREATE INDEX purchase_open ON purchase (expected_on) WHERE state = 'ordered';
CREATE TABLE purchase_line (
  id          INTEGER PRIMARY KEY,
  purchase_id INTEGER NOT NULL REFERENCES purchase (id),
  position    INTEGER NOT NULL DEFAULT 0,
  product_id  INTEGER NOT NULL REFERENCES product (id),
  quantity    BIGINT NOT NULL CHECK (quantity > 0),
  received    BIGINT NOT NULL DEFAULT 0 CHECK (received >= 0),
  cost        BIGINT NOT NULL DEFAULT 0 CHECK (cost >= 0)
);
CREATE INDEX purchase_line_purchase ON purchase_line (purchase_id, position);
CREATE INDEX purchase_line_product ON purchase_line (product_id);

-- Going through the shelves. expected: what should have lain in the bin (on hand less picked) when it was counted.
CREATE TABLE stock_count (
  id          INTEGER PRIMARY KEY,
  location_id INTEGER NOT NULL REFERENCES location (id),
  state       TEXT NOT NULL CHECK (state IN ('open', 'posted', 'cancelled')),
  note        TEXT,
  actor       TEXT NOT NULL,
  created_at  BIGINT NOT NULL,
  posted_at   BIGINT NOT NULL DEFAULT 0
);
CREATE TABLE stock_count_line (
  id         INTEGER PRIMARY KEY,
  count_id   INTEGER NOT NULL REFERENCES stock_count (id),
  product_id INTEGER NOT NULL REFERENCES product (id),
  bin        TEXT NOT NULL DEFAULT '',
  lot_id     INTEGER REFERENCES lot (id),
  expected   BIGINT NOT NULL,
  counted    BIGINT NOT NULL CHECK (counted >= 0),
  counted_at BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX stock_count_line_place ON stock_count_line (count_id, product_id, bin, COALESCE (lot_id, 0));

-- Picking and packing ------------------------------------------------------------------------------------------------

-- inner_*: the inside, 0: as the outside; most_weight_g 0: any; cost: what one box costs, minor units of currency; stock:
-- boxes left, where they are counted.
ALTER TABLE package ADD COLUMN inner_length_mm INTEGER NOT NULL DEFAULT 0 CHECK (inner_length_mm >= 0);
ALTER TABLE package ADD COLUMN inner_width_mm INTEGER NOT NULL DEFAULT 0 CHECK (inner_width_mm >= 0);
ALTER TABLE package ADD COLUMN inner_height_mm INTEGER NOT NULL DEFAULT 0 CHECK (inner_height_mm >= 0);
ALTER TABLE package ADD COLUMN most_weight_g INTEGER NOT NULL DEFAULT 0 CHECK (most_weight_g >= 0);
ALTER TABLE package ADD COLUMN cost BIGINT NOT NULL DEFAULT 0 CHECK (cost >= 0);
ALTER TABLE package ADD COLUMN currency TEXT;
ALTER TABLE package ADD COLUMN counted INTEGER NOT NULL DEFAULT 0 CHECK (counted IN (0, 1));
ALTER TABLE package ADD COLUMN stock BIGINT NOT NULL DEFAULT 0 CHECK (stock >= 0);
-- upright: its height stays vertical in a box; fragile: nothing lies on it.
ALTER TABLE product ADD COLUMN upright INTEGER NOT NULL DEFAULT 0 CHECK (upright IN (0, 1));
ALTER TABLE product ADD COLUMN fragile INTEGER NOT NULL DEFAULT 0 CHECK (fragile IN (0, 1));

-- Orders that are picked in one walk. method: 'single': one order a walk; 'batch': all into one cart, sorted at the table;
-- 'cluster': a tote an order on the cart.
CREATE TABLE wave (
  id          INTEGER PRIMARY KEY,
  name        TEXT NOT NULL,
  method      TEXT NOT NULL CHECK (method IN ('single', 'batch', 'cluster')),
  state       TEXT NOT NULL CHECK (state IN ('open', 'done', 'cancelled')),
  location_id INTEGER REFERENCES location (id),
  query       TEXT,
  actor       TEXT NOT NULL,
  created_at  BIGINT NOT NULL,
  ended_at    BIGINT NOT NULL DEFAULT 0
);
CREATE TABLE wave_order (
  id       INTEGER PRIMARY KEY,
  wave_id  INTEGER NOT NULL REFERENCES wave (id),
  order_id INTEGER NOT NULL REFERENCES orders (id),
  place    INTEGER NOT NULL,
  tote     TEXT,
  state    TEXT NOT NULL CHECK (state IN ('open', 'picked', 'short', 'taken-out')),
  UNIQUE (wave_id, order_id)
);
-- An order is walked for once at a time, whoever builds waves; a tote holds one order.
CREATE UNIQUE INDEX wave_order_once ON wave_order (order_id) WHERE state = 'open';
CREATE UNIQUE INDEX wave_order_tote ON wave_order (wave_id, tote) WHERE tote IS NOT NULL AND state <> 'taken-out';

-- What is to be fetched: so many pieces of one product, from one bin, for one line of one order. turn: when on the walk.
CREATE TABLE pick (
  id            INTEGER PRIMARY KEY,
  wave_id       INTEGER NOT NULL REFERENCES wave (id),
  order_id      INTEGER NOT NULL REFERENCES orders (id),
  order_line_id INTEGER NOT NULL,
  product_id    INTEGER REFERENCES product (id),
  level_id      INTEGER REFERENCES stock_level (id),
  bin           TEXT NOT NULL DEFAULT '',
  turn          INTEGER NOT NULL,
  quantity      BIGINT NOT NULL CHECK (quantity > 0),
  picked        BIGINT NOT NULL DEFAULT 0 CHECK (picked >= 0),
  short         BIGINT NOT NULL DEFAULT 0 CHECK (short >= 0),
  CHECK (picked + short <= quantity)
);
CREATE INDEX pick_wave ON pick (wave_id, turn, id);
CREATE INDEX pick_order ON pick (order_id);

-- What happened to an order on the packing table, as it happened; it belongs to a shipment as soon as there is one.
CREATE TABLE evidence (
  id            INTEGER PRIMARY KEY,
  order_id      INTEGER NOT NULL REFERENCES orders (id),
  shipment_id   INTEGER REFERENCES shipment (id),
  at            BIGINT NOT NULL,
  kind          TEXT NOT NULL CHECK (kind IN ('scan', 'wrong', 'extra', 'unknown', 'by-hand', 'undone', 'serial', 'lot',
                                              'weight', 'package', 'photo', 'note')),
  order_line_id INTEGER,
  product_id    INTEGER REFERENCES product (id),
  quantity      BIGINT NOT NULL DEFAULT 0,
  code          TEXT,
  weight_g      BIGINT NOT NULL DEFAULT 0,
  document      TEXT REFERENCES document (hash),
  text          TEXT,
  actor         TEXT NOT NULL,
  station       TEXT
);
CREATE INDEX evidence_order ON evidence (order_id, id);
CREATE INDEX evidence_shipment ON evidence (shipment_id) WHERE shipment_id IS NOT NULL;

-- One parcel for several orders of one customer and address: the first one's shipment carries it, each of the others has a
-- shipment of its own that names it, and is charged and told to its shop by itself.
ALTER TABLE shipment ADD COLUMN carried_by INTEGER REFERENCES shipment (id);
CREATE INDEX shipment_carried ON shipment (carried_by) WHERE carried_by IS NOT NULL;
CREATE TABLE merged_order (
  order_id INTEGER PRIMARY KEY REFERENCES orders (id),
  lead_id  INTEGER NOT NULL REFERENCES orders (id),
  actor    TEXT NOT NULL,
  at       BIGINT NOT NULL,
  CHECK (order_id <> lead_id)
);
CREATE INDEX merged_order_lead ON merged_order (lead_id);

-- Rules --------------------------------------------------------------------------------------------------------------

-- When all conditions hold, the actions are done; in the order of position. conditions, actions: JSON.
CREATE TABLE rule (
  id         INTEGER PRIMARY KEY,
  position   INTEGER NOT NULL,
  name       TEXT NOT NULL UNIQUE,
  enabled    INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
  conditions TEXT NOT NULL,
  actions    TEXT NOT NULL,
  stop       INTEGER NOT NULL DEFAULT 0 CHECK (stop IN (0, 1)),
  changed_at BIGINT NOT NULL DEFAULT 0
);
-- What rules wish for an order: package, service, insurance, printer…: JSON.
ALTER TABLE orders ADD COLUMN wishes TEXT;
-- The station whose computer knows the queue or folder, where it is not the row's own: a printer that has a name of its
-- own for rules to wish for.
ALTER TABLE printer ADD COLUMN host TEXT;

-- Money --------------------------------------------------------------------------------------------------------------

-- whole_only: a capture takes all of it; less cannot be asked for (a shop that captures its order).
ALTER TABLE payment ADD COLUMN whole_only INTEGER NOT NULL DEFAULT 0 CHECK (whole_only IN (0, 1));

-- Counts up whenever something changes that reconciling reads (the drivers' triggers do it): what was worked out from it
-- may be kept as long as the number stays.
CREATE TABLE money_mark (
  id      INTEGER PRIMARY KEY CHECK (id = 1),
  version BIGINT NOT NULL
);
INSERT INTO money_mark (id, version) VALUES (1, 0);
