-- The order book, version 2. SQL that SQLite and PostgreSQL both know; what only a driver knows is in 002.<driver>.sql.

-- Printers ---------------------------------------------------------------------------------------------------------

-- Labels and papers ------------------------------------------------------------------------------------------------

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
