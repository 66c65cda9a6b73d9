/* SPDX-License-Identifier: GPL-3.0-or-later
 * Ships one order: what goes into the parcel, in which box, how heavy. */
#include "wb-ship-pane-private.h"

#include "wb-book-merged.h"
#include "wb-merge-works.h"
#include "wb-order-facts.h"
#include "wb-resource.h"
#include "wb-rules.h"
#include "wb-ship-line-row.h"
#include "wb-trouble.h"

#include <glib/gi18n-lib.h>

enum
{
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbShipPane, wb_ship_pane, ADW_TYPE_BIN)

/* The order that is shipped, 0: none. */
gint64
wb_ship_pane_order_id (WbShipPane *self)
{
  return self->order != NULL ? wb_record_get_int (self->order, WB_ORDER_ID) : 0;
}

static void
take_quantities (WbShipPane *self, WbShipAsk *ask)
{
  guint          rows = wb_record_get_many (self->whole, WB_ORDER_LINES)->len;
  gboolean       whole = TRUE;
  GtkListBoxRow *row;

  ask->line_ids = g_new0 (gint64, rows);
  ask->quantities = g_new0 (gint64, rows);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->lines, i)) != NULL; i++)
    {
      whole &= wb_ship_line_row_is_whole (WB_SHIP_LINE_ROW (row));
      if (wb_ship_line_row_get_quantity (WB_SHIP_LINE_ROW (row)) == 0)
        continue;
      ask->line_ids[ask->n] = wb_ship_line_row_get_line_id (WB_SHIP_LINE_ROW (row));
      ask->quantities[ask->n++] = wb_ship_line_row_get_quantity (WB_SHIP_LINE_ROW (row));
    }
  if (whole)
    ask->n = 0; /* everything: also what the engine may still add */
}

/* The parcel as the person wants it. Returns: (transfer full). */
WbShipAsk *
wb_ship_pane_make_ask (WbShipPane *self)
{
  WbShipAsk *ask = g_new0 (WbShipAsk, 1);
  gboolean   filling = self->filling;

  /* What is typed is taken; that changes nothing of it. */
  self->filling = TRUE;
  gtk_spin_button_update (self->weight);
  self->filling = filling;
  ask->order_id = wb_ship_pane_order_id (self);
  ask->package = g_strdup (wb_ship_box_row_get_name (self->box));
  ask->weight_g = gtk_spin_button_get_value_as_int (self->weight);
  ask->signature = gtk_switch_get_active (self->signature);
  ask->insured = gtk_switch_get_active (self->insure) ? self->insured : 0;
  take_quantities (self, ask);
  return ask;
}

/* A signature, insurance: each has another price. */
static void
option_cb (GObject *option, GParamSpec *pspec, WbShipPane *self)
{
  wb_ship_pane_parcel_changed (self);
}

/* A spin button takes a typed number only when it is left or Return is pressed: here it counts when
 * typing pauses. */
static void
weight_cb (GtkEditable *editable, WbShipPane *self)
{
  wb_ship_pane_parcel_changed (self);
}

static void
line_cb (WbShipLineRow *row, WbShipPane *self)
{
  wb_ship_pane_parcel_changed (self);
}

/* The order as it is now: what is still to ship of it may have changed. */
void
wb_ship_pane_begin_anew (WbShipPane *self)
{
  WbBook               *book = wb_workspace_get_book (self->workspace);
  g_autoptr (GError)    error = NULL;
  g_autoptr (WbOrder)   order = wb_book_get_order (book, wb_ship_pane_order_id (self), &error);
  g_autoptr (GPtrArray) shipments =
      order != NULL ? wb_book_list_shipments (book, wb_ship_pane_order_id (self), &error) : NULL;

  if (shipments != NULL)
    wb_ship_pane_begin (self, order, shipments);
  else
    wb_trouble_in_label (self->outcome, error);
}

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[CLOSED], 0);
}

static void
wb_ship_pane_dispose (GObject *object)
{
  WbShipPane *self = WB_SHIP_PANE (object);

  wb_ship_pane_stop_asking (self);
  g_clear_object (&self->order);
  g_clear_object (&self->whole);
  g_clear_object (&self->unfinished);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (wb_ship_pane_parent_class)->dispose (object);
}

static void
wb_ship_pane_class_init (WbShipPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_ship_pane_dispose;
  /* The person is done here, or wants to go back to the order. */
  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (WB_TYPE_CUSTOMS_HINT);
  g_type_ensure (WB_TYPE_SHIP_BOX_ROW);
  g_type_ensure (WB_TYPE_STEP_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-ship-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, stack);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, title);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, box);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, weight);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, signature);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, insure_row);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, insure);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, lines);
  gtk_widget_class_bind_template_child (widget_class, WbShipPane, customs);
  wb_ship_pane_bind_offers (widget_class);
  wb_ship_pane_bind_run (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, option_cb);
  gtk_widget_class_bind_template_callback (widget_class, weight_cb);
  gtk_widget_class_install_action (widget_class, "ship.close", NULL, close_action);
}

static void
wb_ship_pane_init (WbShipPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_ship_pane_set_workspace: where orders are shipped from; once. */
void
wb_ship_pane_set_workspace (WbShipPane *self, WbWorkspace *workspace)
{
  g_set_object (&self->workspace, workspace);
  wb_ship_box_row_set_workspace (self->box, workspace);
}

/* All that goes into the parcel; an order whose company cannot be read goes alone, and the engine
 * says why. */
static void
take_whole (WbShipPane *self)
{
  g_clear_object (&self->whole);
  self->whole = wb_book_get_whole_order (wb_workspace_get_book (self->workspace),
                                         wb_ship_pane_order_id (self), NULL);
  if (self->whole == NULL)
    g_set_object (&self->whole, self->order);
}

static void
show_title (WbShipPane *self)
{
  WbBook            *book = wb_workspace_get_book (self->workspace);
  g_autoptr (GArray) ids = wb_book_list_merged (book, wb_ship_pane_order_id (self), NULL);
  g_autofree char   *others =
      ids != NULL && ids->len > 0
            ? wb_together_numbers (book, ids, wb_ship_pane_order_id (self), NULL)
            : NULL;
  const char      *number = wb_record_get_text (self->order, WB_ORDER_NUMBER);
  g_autofree char *title =
      /* Translators: an order's number, and those of the orders that go into the same parcel */
      others != NULL ? g_strdup_printf (_ ("Ship #%s with %s"), number, others)
                     : g_strdup_printf (_ ("Ship #%s"), number);

  gtk_label_set_text (self->title, title);
}

/* Returns: (transfer full) (nullable): the number of the order that @line is of, where lines of
 * several go into the parcel. */
static char *
whose (WbShipPane *self, WbOrderLine *line)
{
  GPtrArray         *lines = wb_record_get_many (self->whole, WB_ORDER_LINES);
  g_autoptr (GArray) one = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64             id = wb_record_get_int (line, WB_ORDER_LINE_ORDER_ID);
  gboolean           several = FALSE;

  for (guint i = 0; i < lines->len && !several; i++)
    several = wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_ORDER_ID) != id;
  g_array_append_val (one, id);
  return several ? wb_together_numbers (wb_workspace_get_book (self->workspace), one, 0, NULL)
                 : NULL;
}

static void
fill_lines (WbShipPane *self)
{
  GPtrArray *lines = wb_record_get_many (self->whole, WB_ORDER_LINES);

  wb_list_box_clear (self->lines);
  for (guint i = 0; i < lines->len; i++)
    {
      gint64           pieces = wb_order_line_to_pack (lines->pdata[i]);
      g_autofree char *number = NULL;
      GtkWidget       *row;

      if (pieces <= 0)
        continue;
      row = wb_ship_line_row_new (lines->pdata[i], pieces);
      if ((number = whose (self, lines->pdata[i])) != NULL)
        wb_ship_line_row_add_note (WB_SHIP_LINE_ROW (row), number);
      g_signal_connect (row, "changed", G_CALLBACK (line_cb), self);
      gtk_list_box_append (self->lines, row);
    }
}

/* The parcel as the merchant's rules wish it; the person sees it and may change it. */
static void
fill_parcel (WbShipPane *self)
{
  g_auto (WbRuleWishes) wishes = { 0 };

  wb_order_wishes (self->order, &wishes);
  gtk_spin_button_set_value (self->weight, 0);
  gtk_switch_set_active (self->signature, wishes.signature);
  self->insured = wishes.insured != 0 ? wishes.insured : WB_INSURE_GOODS;
  gtk_switch_set_active (self->insure, wishes.insured != 0);
}

/** wb_ship_pane_begin: offers to ship @order, or to go on with what of @shipments is not finished.
 */
void
wb_ship_pane_begin (WbShipPane *self, WbOrder *order, GPtrArray *shipments)
{
  if (self->busy && wb_ship_pane_order_id (self) == wb_record_get_int (order, WB_ORDER_ID))
    return;
  self->busy = FALSE;
  wb_ship_pane_stop_asking (self);
  wb_ship_box_row_stop (self->box);
  g_set_object (&self->order, order);
  take_whole (self);
  show_title (self);
  wb_ship_pane_find_unfinished (self, shipments);
  if (self->unfinished != NULL)
    {
      wb_ship_pane_go_on (self);
      return;
    }
  self->filling = TRUE;
  fill_parcel (self);
  fill_lines (self);
  wb_customs_hint_show (self->customs, self->workspace, wb_ship_pane_order_id (self));
  self->filling = FALSE;
  gtk_stack_set_visible_child_name (self->stack, "ask");
  wb_ship_pane_begin_offers (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->weight));
}

/** wb_ship_pane_refresh: what was to be gone on with may have been given up meanwhile. */
void
wb_ship_pane_refresh (WbShipPane *self)
{
  if (self->order == NULL || self->busy || self->unfinished == NULL)
    return;
  if (wb_ship_pane_read_unfinished (self, NULL) && self->unfinished == NULL)
    wb_ship_pane_begin_anew (self);
}

/** wb_ship_pane_main_action: ships; or tries again what stopped; or, when all is done, closes. */
void
wb_ship_pane_main_action (WbShipPane *self)
{
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "ask") == 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "ship.ship", NULL);
  else if (gtk_widget_get_visible (GTK_WIDGET (self->retry_button)))
    gtk_widget_activate_action (GTK_WIDGET (self), "ship.retry", NULL);
  else if (!self->busy)
    gtk_widget_activate_action (GTK_WIDGET (self), "ship.close", NULL);
}
