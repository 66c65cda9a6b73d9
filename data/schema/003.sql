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
CREATE INDEX listing_sku ON listing (sku);

-- Channels -----------------------------------------------------------------------------------------------------------

-- Stock --------------------------------------------------------------------------------------------------------------

-- Picking and packing ------------------------------------------------------------------------------------------------

-- Rules --------------------------------------------------------------------------------------------------------------
