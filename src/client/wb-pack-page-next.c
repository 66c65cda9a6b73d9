/* SPDX-License-Identifier: GPL-3.0-or-later
 * The empty packing table: what waits for it, to be scanned, typed or chosen. It needs no network:
 * what the book holds can be packed. */
#include "wb-pack-page-private.h"

#include "wb-list-state.h"
#include "wb-order-facts.h"

#include <glib/gi18n-lib.h>

static const WbListStateText error_state = {
  "error", "dialog-error-symbolic", N_ ("What waits for the table could not be read"),
  NULL,    N_ ("Try again"),
};

static void
retry_cb (GtkButton *button, WbPackPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, "loading");
  wb_pack_page_show_next (self);
}

static GtkWidget *
row_of (WbOrder *order)
{
  GtkWidget       *row = adw_action_row_new ();
  gint64           pieces = wb_record_get_int (order, WB_ORDER_ITEM_COUNT);
  const char      *name = wb_record_get_text (order, WB_ORDER_CUSTOMER_NAME);
  g_autofree char *title = g_strdup_printf ("#%s · %s", wb_record_get_text (order, WB_ORDER_NUMBER),
                                            name != NULL ? name : "");
  g_autofree char *many =
      g_strdup_printf (ngettext ("%d piece", "%d pieces", (gulong) pieces), (int) pieces);
  gint64 *id = g_new (gint64, 1);

  *id = wb_record_get_int (order, WB_ORDER_ID);
  g_object_set_data_full (G_OBJECT (row), "order", id, g_free);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), many);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  return row;
}

static gint64
order_of (GtkListBoxRow *row)
{
  return *(gint64 *) g_object_get_data (G_OBJECT (row), "order");
}

/* Whether the rows are those orders already: what has the focus keeps it. */
static gboolean
has_rows (WbPackPage *self, GPtrArray *orders)
{
  GtkListBoxRow *row;
  guint          n = 0;

  while ((row = gtk_list_box_get_row_at_index (self->next, (int) n)) != NULL && n < orders->len &&
         order_of (row) == wb_record_get_int (orders->pdata[n], WB_ORDER_ID))
    n++;
  return row == NULL && n == orders->len;
}

static void
show_rows (WbPackPage *self, GPtrArray *orders)
{
  for (guint i = orders->len; i > 0; i--)
    if (wb_pack_page_is_on_its_way (self, wb_record_get_int (orders->pdata[i - 1], WB_ORDER_ID)))
      g_ptr_array_remove_index (orders, i - 1);
  if (has_rows (self, orders))
    return;
  wb_list_box_clear (self->next);
  for (guint i = 0; i < orders->len; i++)
    gtk_list_box_append (self->next, row_of (orders->pdata[i]));
  gtk_widget_set_visible (self->next_part, orders->len > 0);
}

static void
next_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbPackPage            *self = WB_PACK_PAGE (source);
  g_autoptr (GError)     error = NULL;
  g_autoptr (WbPackNext) next = wb_worker_finish (result, &error);
  g_autofree char       *many = NULL;

  self->queried = FALSE;
  if (self->workspace == NULL || self->pack != NULL)
    return;
  if (self->next_stale)
    wb_pack_page_show_next (self);
  if (next == NULL)
    {
      wb_list_state_tell (
          wb_list_state_show (self->stack, &error_state, G_CALLBACK (retry_cb), self), error);
      return;
    }
  /* Translators: orders */
  many = next->waiting > 0
             ? g_strdup_printf (ngettext ("%d order waits to be packed.",
                                          "%d orders wait to be packed.", (gulong) next->waiting),
                                (int) next->waiting)
             : g_strdup (_ ("No order waits to be packed."));
  gtk_label_set_text (self->waiting_words, many);
  show_rows (self, next->orders);
  gtk_stack_set_visible_child_name (self->stack, "empty");
  if (gtk_widget_is_focus (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self->code));
}

/* The table is empty: what can be put on it next. */
void
wb_pack_page_show_next (WbPackPage *self)
{
  const char *shown = gtk_stack_get_visible_child_name (self->stack);

  if (g_strcmp0 (shown, "table") == 0)
    gtk_stack_set_visible_child_name (self->stack, "empty");
  self->next_stale = self->queried;
  if (self->queried)
    return;
  self->queried = TRUE;
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_pack_next_work, NULL,
                       G_OBJECT (self), NULL, next_cb, NULL);
}

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, WbPackPage *self)
{
  wb_pack_page_open (self, order_of (row));
}

/* The part of the template that this file works on. */
void
wb_pack_page_bind_next (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, waiting_words);
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, next);
  gtk_widget_class_bind_template_child (widget_class, WbPackPage, next_part);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}
