/* SPDX-License-Identifier: GPL-3.0-or-later
 * The hand-over list: which parcels a carrier took along, to be signed by its driver. */
#pragma once

#include "wb-order-paper.h"

G_BEGIN_DECLS

/* One parcel on the list. All borrowed. */
typedef struct
{
  WbOrder    *order;
  WbShipment *shipment;
  WbParcel   *parcel;
} WbManifestRow;

/**
 * WbManifest: @with: how it is set: origin, channel, paper, practice, logo, language, template; no
 * order. @date: the ship date, local at the origin
 */
typedef struct
{
  WbOrderPaper         with;
  const char          *carrier;
  const char          *date;
  const WbManifestRow *rows;
  guint                n_rows;
} WbManifest;

GBytes *wb_manifest_render (const WbManifest *manifest,
                            WbInstant         created_at,
                            guint            *pages,
                            char           ***warnings,
                            GError          **error);

G_END_DECLS
