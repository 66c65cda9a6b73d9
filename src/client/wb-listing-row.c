/* SPDX-License-Identifier: GPL-3.0-or-later
 * One listing of a channel in the list: its name and SKU there, and which product it is or may be.
 */
#include "wb-listing-row.h"

#include "wb-listings-works.h"
#include "wb-resource.h"

#include <glib/gi18n-lib.h>

struct _WbListingRow
{
  AdwBin    parent_instance;
  GtkLabel *name;
  GtkLabel *sku;
  GtkLabel *state;
};

G_DEFINE_FINAL_TYPE (WbListingRow, wb_listing_row, ADW_TYPE_BIN)

static void
wb_listing_row_class_init (WbListingRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-listing-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbListingRow, name);
  gtk_widget_class_bind_template_child (widget_class, WbListingRow, sku);
  gtk_widget_class_bind_template_child (widget_class, WbListingRow, state);
}

static void
wb_listing_row_init (WbListingRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_listing_row_new: Returns: (transfer floating): an empty row. */
GtkWidget *
wb_listing_row_new (void)
{
  return g_object_new (WB_TYPE_LISTING_ROW, NULL);
}

static char *
describe (WbListing *listing)
{
  GPtrArray            *guesses = wb_listing_get_guesses (listing);
  const WbListingGuess *best = guesses != NULL && guesses->len > 0 ? guesses->pdata[0] : NULL;
  const char           *product = wb_listing_get_product_name (listing);

  if (product != NULL)
    /* Translators: the name of the product that a shop's listing is */
    return g_strdup_printf (_ ("Is “%s”"), product);
  if (wb_record_get_bool (listing, WB_LISTING_MAPPED))
    return g_strdup (_ ("None of your products"));
  if (best == NULL)
    return g_strdup (_ ("Nothing like it among your products"));
  /* Translators: the name of a product, how sure that is, of 100 */
  return g_strdup_printf (_ ("Perhaps “%s”, %u %%"),
                          wb_record_get_text (best->product, WB_PRODUCT_NAME), best->score);
}

/** wb_listing_row_show: shows @listing, as wb_listings_look_work has read it. */
void
wb_listing_row_show (WbListingRow *self, WbListing *listing)
{
  const char      *sku = wb_record_get_text (listing, WB_LISTING_SKU);
  g_autofree char *state = describe (listing);

  gtk_label_set_text (self->name, wb_record_get_text (listing, WB_LISTING_NAME));
  gtk_label_set_text (self->sku, sku != NULL ? sku : "");
  gtk_label_set_text (self->state, state);
}
