/* SPDX-License-Identifier: GPL-3.0-or-later
 * A product that a listing may be: its name and SKU, how sure that is, and why. */
#include "wb-guess-row.h"

#include "wb-resource.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>

struct _WbGuessRow
{
  AdwActionRow parent_instance;
  GtkLabel    *score;
  gint64       product_id;
};

G_DEFINE_FINAL_TYPE (WbGuessRow, wb_guess_row, ADW_TYPE_ACTION_ROW)

static void
wb_guess_row_class_init (WbGuessRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-guess-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbGuessRow, score);
}

static void
wb_guess_row_init (WbGuessRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static char *
describe (const WbListingGuess *guess)
{
  const char *parts[] = { wb_record_get_text (guess->product, WB_PRODUCT_SKU),
                          wb_record_get_text (guess->product, WB_PRODUCT_BARCODE),
                          wb_listing_guess_why (guess) };
  GString    *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (!wb_text_is_empty (parts[i]))
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", parts[i]);
  return g_string_free (text, FALSE);
}

/** wb_guess_row_new: Returns: (transfer floating): the row; without a score it was looked for. */
GtkWidget *
wb_guess_row_new (const WbListingGuess *guess)
{
  WbGuessRow      *self = g_object_new (WB_TYPE_GUESS_ROW, NULL);
  g_autofree char *subtitle = describe (guess);
  g_autofree char *score = g_strdup_printf ("%u %%", guess->score);
  const char      *name = wb_record_get_text (guess->product, WB_PRODUCT_NAME);

  self->product_id = wb_record_get_int (guess->product, WB_PRODUCT_ID);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  gtk_label_set_text (self->score, guess->score > 0 ? score : "");
  return GTK_WIDGET (self);
}

/** wb_guess_row_get_product_id: Returns: the number of its product. */
gint64
wb_guess_row_get_product_id (WbGuessRow *self)
{
  return self->product_id;
}
