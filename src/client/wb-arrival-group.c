/* SPDX-License-Identifier: GPL-3.0-or-later
 * One line of a purchase: what was ordered and came, and what comes now. */
#include "wb-arrival-group.h"

#include "wb-resource.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>

#define MOST_PIECES 1000000

struct _WbArrivalGroup
{
  AdwPreferencesGroup parent_instance;
  GtkEditable        *pieces, *bin, *lot, *expires;
  gint64              line_id, product_id;
};

enum
{
  CHANGED,
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbArrivalGroup, wb_arrival_group, ADW_TYPE_PREFERENCES_GROUP)

static void
typed_cb (GtkEditable *editable, WbArrivalGroup *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
activated_cb (AdwEntryRow *row, WbArrivalGroup *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
wb_arrival_group_class_init (WbArrivalGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  /* Something else is typed. */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  /* Return in a row. */
  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-arrival-group.ui");
  gtk_widget_class_bind_template_child (widget_class, WbArrivalGroup, pieces);
  gtk_widget_class_bind_template_child (widget_class, WbArrivalGroup, bin);
  gtk_widget_class_bind_template_child (widget_class, WbArrivalGroup, lot);
  gtk_widget_class_bind_template_child (widget_class, WbArrivalGroup, expires);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
wb_arrival_group_init (WbArrivalGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_arrival_group_new: Returns: (transfer floating): rows for @line, which is of @product; all
 * that has not come yet is proposed. */
GtkWidget *
wb_arrival_group_new (WbPurchaseLine *line, WbProduct *product)
{
  WbArrivalGroup *self = g_object_new (WB_TYPE_ARRIVAL_GROUP, NULL);
  gint64          ordered = wb_record_get_int (line, WB_PURCHASE_LINE_QUANTITY),
         came = wb_record_get_int (line, WB_PURCHASE_LINE_RECEIVED);
  const char      *bin = wb_record_get_text (product, WB_PRODUCT_BIN);
  g_autofree char *title = g_markup_escape_text (wb_record_get_text (product, WB_PRODUCT_NAME), -1);
  g_autofree char *open = g_strdup_printf ("%" G_GINT64_FORMAT, MAX (0, ordered - came));
  /* Translators: pieces of a product */
  g_autofree char *about =
      g_strdup_printf (_ ("%'d ordered, %'d came already"), (int) ordered, (int) came);
  gboolean lots = wb_record_get_bool (product, WB_PRODUCT_LOTS);

  self->line_id = wb_record_get_int (line, WB_PURCHASE_LINE_ID);
  self->product_id = wb_record_get_int (product, WB_PRODUCT_ID);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), about);
  gtk_editable_set_text (self->pieces, open);
  gtk_editable_set_text (self->bin, bin != NULL ? bin : "");
  gtk_widget_set_visible (GTK_WIDGET (self->lot), lots);
  gtk_widget_set_visible (GTK_WIDGET (self->expires), lots);
  return GTK_WIDGET (self);
}

static char *
dup_typed (GtkEditable *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (entry)));
}

/** wb_arrival_group_get_pieces: Returns: how many came now; -1: what is typed is no number of
 * pieces, or a lot is wanted, or its day is none. */
gint64
wb_arrival_group_get_pieces (WbArrivalGroup *self)
{
  g_autofree char *text = dup_typed (self->pieces), *lot = dup_typed (self->lot),
                  *expires = dup_typed (self->expires);
  gint64 pieces = 0;

  if (*text != '\0' && !g_ascii_string_to_signed (text, 10, 0, MOST_PIECES, &pieces, NULL))
    return -1;
  if (pieces > 0 && gtk_widget_get_visible (GTK_WIDGET (self->lot)) &&
      (*lot == '\0' || (*expires != '\0' && !wb_date_is_valid (expires))))
    return -1;
  return pieces;
}

/** wb_arrival_group_dup: Returns: (transfer full): what came now, for a wb_arrivals_new(). */
WbArrival *
wb_arrival_group_dup (WbArrivalGroup *self)
{
  WbArrival       *arrival = g_new0 (WbArrival, 1);
  g_autofree char *lot = dup_typed (self->lot), *expires = dup_typed (self->expires);

  arrival->line_id = self->line_id;
  arrival->product_id = self->product_id;
  arrival->pieces = wb_arrival_group_get_pieces (self);
  arrival->bin = dup_typed (self->bin);
  if (gtk_widget_get_visible (GTK_WIDGET (self->lot)) && *lot != '\0')
    arrival->lot = g_steal_pointer (&lot);
  if (arrival->lot != NULL && *expires != '\0')
    arrival->expires = g_steal_pointer (&expires);
  return arrival;
}
