/* SPDX-License-Identifier: GPL-3.0-or-later
 * A book in a folder of its own, and orders and shipments to put into it. */
#pragma once

#include "wb-book.h"

G_BEGIN_DECLS

typedef struct
{
  char   *folder;
  char   *path;
  WbBook *book;
  gint64  channel, gateway, carrier;
} Shelf;

Shelf   *shelf_new (void);
void     shelf_free (Shelf *self);
char    *shelf_file (Shelf *self, const char *name);
WbOrder *sample_order (Shelf *self, const char *number);
WbOrder *shelf_add_order (Shelf *self, const char *number);
gpointer sample_line (
    const char *remote_id, const char *kind, const char *sku, gint64 quantity, gint64 total);
WbShipment *sample_shipment (Shelf *self, WbOrder *order, gint64 quantity);
WbLabel    *sample_label (Shelf *self, WbShipment *shipment, const char *hash);
char       *file_checksum (const char *path);
void        assert_same_order (gpointer a, gpointer b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Shelf, shelf_free)

G_END_DECLS
