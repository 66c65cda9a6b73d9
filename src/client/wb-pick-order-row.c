/* SPDX-License-Identifier: GPL-3.0-or-later
 * An order of the wave that is walked: where it lies, how far it is; it can be taken out. */
#include "wb-pick-order-row.h"

#include "wb-resource.h"

#include <glib/gi18n-lib.h>

struct _WbPickOrderRow
{
  AdwActionRow parent_instance;
  GtkWidget   *out_button;
  gint64       order_id;
};

enum
{
  TAKEN_OUT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbPickOrderRow, wb_pick_order_row, ADW_TYPE_ACTION_ROW)

static void
out_cb (GtkButton *button, WbPickOrderRow *self)
{
  g_signal_emit (self, signals[TAKEN_OUT], 0);
}

static gboolean
key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  WbPickOrderRow *self = WB_PICK_ORDER_ROW (widget);

  if (gtk_widget_get_visible (self->out_button))
    g_signal_emit (self, signals[TAKEN_OUT], 0);
  return TRUE;
}

static void
wb_pick_order_row_class_init (WbPickOrderRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  /* Nobody is to walk for it any more. */
  signals[TAKEN_OUT] = g_signal_new ("taken-out", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-pick-order-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPickOrderRow, out_button);
  gtk_widget_class_bind_template_callback (widget_class, out_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, key_cb, NULL);
}

static void
wb_pick_order_row_init (WbPickOrderRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Whether its wave still has it open, and what is fetched of it. */
static const char *
count (WbPickSheet *sheet, gint64 order_id, int *picked, int *wanted)
{
  *picked = *wanted = 0;
  for (guint i = 0; i < sheet->lines->len; i++)
    {
      GPtrArray *parts = ((WbPickLine *) sheet->lines->pdata[i])->parts;

      for (guint k = 0; k < parts->len; k++)
        {
          const WbPickPart *part = parts->pdata[k];

          if (part->order_id == order_id)
            {
              *picked += (int) part->picked;
              *wanted += (int) part->wanted;
            }
        }
    }
  for (guint i = 0; i < sheet->orders->len; i++)
    if (wb_record_get_int (sheet->orders->pdata[i], WB_WAVE_ORDER_ORDER_ID) == order_id)
      return wb_record_get_text (sheet->orders->pdata[i], WB_WAVE_ORDER_STATE);
  return NULL;
}

/** wb_pick_order_row_show: shows how it stands now. */
void
wb_pick_order_row_show (WbPickOrderRow *self, WbPickSheet *sheet)
{
  int         picked, wanted;
  const char *state = count (sheet, self->order_id, &picked, &wanted);
  gboolean    open = g_strcmp0 (state, WB_WAVE_ORDER_OPEN) == 0,
           out = g_strcmp0 (state, WB_WAVE_ORDER_TAKEN_OUT) == 0;
  g_autofree char *text = out ? g_strdup (_ ("Taken out: what was fetched for it goes back"))
                              : g_strdup_printf (_ ("%d of %d pieces are fetched"), picked, wanted);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), text);
  gtk_widget_set_visible (self->out_button, open);
}

/** wb_pick_order_row_new: Returns: (transfer floating): the row of an order of @sheet. */
GtkWidget *
wb_pick_order_row_new (WbPickSheet *sheet, gint64 order_id)
{
  WbPickOrderRow *self = g_object_new (WB_TYPE_PICK_ORDER_ROW, NULL);
  const char     *number = wb_pick_sheet_number (sheet, order_id);
  const char     *tote = g_hash_table_lookup (sheet->totes, &order_id);
  /* Translators: an order's number, the tote that it lies in */
  g_autofree char *title = tote != NULL ? g_strdup_printf (_ ("#%s in tote %s"), number, tote)
                                        : g_strdup_printf ("#%s", number);
  g_autofree char *said = g_strdup_printf (_ ("Take #%s out"), number);

  self->order_id = order_id;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->out_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  said, -1);
  wb_pick_order_row_show (self, sheet);
  return GTK_WIDGET (self);
}

/** wb_pick_order_row_get_order: Returns: the number of its order. */
gint64
wb_pick_order_row_get_order (WbPickOrderRow *self)
{
  return self->order_id;
}
