/* SPDX-License-Identifier: GPL-3.0-or-later
 * Giving money back for an order: which pieces, the shipping, or any amount. The gateway says first
 * how much there is; the amount stands in the button. */
#include "wb-refund-window.h"

#include "wb-amount.h"
#include "wb-charge-works.h"
#include "wb-order-facts.h"
#include "wb-refusals.h"
#include "wb-resource.h"
#include "wb-ship-line-row.h"
#include "wb-text.h"
#include "wb-toast.h"

#include <glib/gi18n-lib.h>

struct _WbRefundWindow
{
  AdwWindow     parent_instance;
  GtkButton    *give;
  GtkLabel     *trouble;
  GtkStack     *stack;
  GtkLabel     *remaining;
  GtkWidget    *inputs;
  GtkWidget    *lines_part;
  GtkListBox   *lines;
  GtkWidget    *shipping_row;
  GtkSwitch    *shipping;
  GtkEditable  *amount;
  GtkEditable  *reason;
  GtkWidget    *restock_row;
  GtkSwitch    *restock;
  WbWorkspace  *workspace;
  WbOrder      *order;
  GPtrArray    *operations;
  WbRefundPlan *plan; /* (nullable): what the gateway said */
  char         *id;
  gboolean      sent;
  guint         idle;
  gboolean      pricing; /* reading a quantity writes it anew, which tells of a change */
};

G_DEFINE_FINAL_TYPE (WbRefundWindow, wb_refund_window, ADW_TYPE_WINDOW)

/* What is chosen now. Returns: (transfer full) (nullable): NULL with the reason why it is none. */
static WbRefundWish *
make_wish (WbRefundWindow *self, GError **error)
{
  WbRefundWish  *wish = wb_refund_wish_new (wb_record_get_int (self->order, WB_ORDER_ID), self->id);
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->lines, i)) != NULL; i++)
    {
      gint64 id = wb_ship_line_row_get_line_id (WB_SHIP_LINE_ROW (row));
      gint64 quantity = wb_ship_line_row_get_quantity (WB_SHIP_LINE_ROW (row));

      if (quantity == 0)
        continue;
      g_array_append_val (wish->ids, id);
      g_array_append_val (wish->quantities, quantity);
    }
  wish->shipping = gtk_switch_get_active (self->shipping);
  wish->restock = gtk_switch_get_active (self->restock);
  wish->reason = g_strstrip (g_strdup (gtk_editable_get_text (self->reason)));
  if (wb_amount_read (self->amount, self->plan->currency, &wish->amount, error))
    return wish;
  wb_refund_wish_free (wish);
  return NULL;
}

static void
show_trouble (WbRefundWindow *self, const GError *error)
{
  g_autofree char *words = error != NULL ? wb_error_words (error) : NULL;
  g_autofree char *advice = error != NULL ? wb_error_advice (error) : NULL;
  g_autofree char *text = error != NULL ? g_strdup_printf ("%s. %s", words, advice) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->trouble), error != NULL);
  gtk_label_set_text (self->trouble, text != NULL ? text : "");
}

/* Prices what is chosen, by what the gateway said when the window was opened. */
static void
update (WbRefundWindow *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *money = NULL, *label = NULL;
  WbRefundWish      *wish;
  WbRefundAsk        ask;

  if (self->plan == NULL || self->sent || self->pricing)
    return;
  self->pricing = TRUE;
  wish = make_wish (self, &error);
  self->pricing = FALSE;
  if (wish != NULL)
    {
      ask = wb_refund_wish_ask (wish);
      wb_refund_plan_lines (self->order, self->operations, &ask, self->plan, &error);
      gtk_widget_set_visible (self->restock_row, wish->ids->len > 0);
      wb_refund_wish_free (wish);
    }
  show_trouble (self, error);
  money = wb_money_to_text (wb_money (self->plan->amount, self->plan->currency));
  /* Translators: a button; the placeholder is an amount of money */
  label = g_strdup_printf (_ ("_Give %s back"), money);
  gtk_button_set_label (self->give,
                        error == NULL && self->plan->amount > 0 ? label : _ ("_Give back"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->give), error == NULL && self->plan->amount > 0);
}

static gboolean
idle_cb (gpointer data)
{
  WbRefundWindow *self = data;

  self->idle = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

/* Not at once: a digit typed over another is a removal and an insertion, and reading a quantity
 * between the two would write into it. */
static void
changed_cb (GtkWidget *widget, WbRefundWindow *self)
{
  if (self->idle == 0 && !self->pricing)
    self->idle = g_idle_add (idle_cb, self);
}

static void
switched_cb (GtkSwitch *widget, GParamSpec *pspec, WbRefundWindow *self)
{
  changed_cb (GTK_WIDGET (widget), self);
}

static void
given_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbRefundWindow    *self = WB_REFUND_WINDOW (source);
  g_autoptr (GError) error = NULL;
  g_autofree char   *outcome = wb_worker_finish (result, &error);

  if (self->workspace == NULL)
    return;
  wb_workspace_look (self->workspace);
  show_trouble (self, error);
  if (outcome == NULL)
    {
      /* The same wish once more brings it to its end and never gives back twice. */
      gtk_button_set_label (self->give, _ ("_Try again"));
      gtk_widget_set_sensitive (GTK_WIDGET (self->give), TRUE);
      return;
    }
  wb_toast_show (GTK_WIDGET (gtk_window_get_transient_for (GTK_WINDOW (self))), outcome);
  gtk_window_close (GTK_WINDOW (self));
}

static void
give_cb (GtkButton *button, WbRefundWindow *self)
{
  WbRefundWish *wish = NULL;

  /* What was typed last counts, and what is asked is what the button says. */
  if (self->idle != 0)
    {
      g_clear_handle_id (&self->idle, g_source_remove);
      update (self);
      return;
    }
  self->pricing = TRUE;
  wish = make_wish (self, NULL);
  self->pricing = FALSE;
  if (wish == NULL)
    return;
  self->sent = TRUE;
  gtk_widget_set_sensitive (self->inputs, FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->give), FALSE);
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_refund_work, wish,
                       G_OBJECT (self), NULL, given_cb, NULL);
}

static void
activated_cb (AdwEntryRow *row, WbRefundWindow *self)
{
  if (gtk_widget_get_sensitive (GTK_WIDGET (self->give)))
    give_cb (self->give, self);
}

static void
fill_lines (WbRefundWindow *self)
{
  GPtrArray *lines = wb_record_get_many (self->order, WB_ORDER_LINES);
  gboolean   shipping = FALSE, any = FALSE;

  for (guint i = 0; i < lines->len; i++)
    {
      const char *kind = wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_KIND);
      gint64      left = wb_refund_left_of_line (
               self->order, wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_ID), self->operations);
      GtkWidget *row;

      shipping |= g_strcmp0 (kind, WB_LINE_SHIPPING) == 0 && left > 0;
      if (g_strcmp0 (kind, WB_LINE_ITEM) != 0 || left == 0)
        continue;
      row = wb_ship_line_row_new (lines->pdata[i], left);
      wb_ship_line_row_set_quantity (WB_SHIP_LINE_ROW (row), 0);
      g_signal_connect (row, "changed", G_CALLBACK (changed_cb), self);
      gtk_list_box_append (self->lines, row);
      any = TRUE;
    }
  gtk_widget_set_visible (self->lines_part, any);
  gtk_widget_set_visible (self->shipping_row, shipping);
}

static void
planned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbRefundWindow    *self = WB_REFUND_WINDOW (source);
  g_autoptr (GError) error = NULL;
  WbRefundPlan      *plan = wb_worker_finish (result, &error);
  g_autofree char   *money = NULL, *text = NULL;

  if (self->workspace == NULL)
    {
      g_clear_pointer (&plan, wb_refund_plan_unref);
      return;
    }
  gtk_stack_set_visible_child_name (self->stack, plan != NULL ? "ask" : "nothing");
  show_trouble (self, error);
  if (plan == NULL)
    return;
  self->plan = plan;
  money = wb_money_to_text (wb_money (plan->remaining, plan->currency));
  /* Translators: an amount of money; how it is given back */
  text = g_strdup_printf (_ ("%s can still be given back. %s"), money, plan->how);
  gtk_label_set_text (self->remaining, text);
  fill_lines (self);
  update (self);
}

static void
wb_refund_window_dispose (GObject *object)
{
  WbRefundWindow *self = WB_REFUND_WINDOW (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_object (&self->workspace);
  g_clear_object (&self->order);
  g_clear_pointer (&self->operations, g_ptr_array_unref);
  g_clear_pointer (&self->plan, wb_refund_plan_unref);
  g_clear_pointer (&self->id, g_free);
  G_OBJECT_CLASS (wb_refund_window_parent_class)->dispose (object);
}

static void
wb_refund_window_class_init (WbRefundWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_refund_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-refund-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbRefundWindow, give);
  gtk_widget_class_bind_template_child (widget_class, WbRefundWindow, trouble);
  gtk_widget_class_bind_template_child (widget_class, WbRefundWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, WbRefundWindow, remaining);
  gtk_widget_class_bind_template_child (widget_class, WbRefundWindow, inputs);
  gtk_widget_class_bind_template_child (widget_class, WbRefundWindow, lines_part);
  gtk_widget_class_bind_template_child (widget_class, WbRefundWindow, lines);
  gtk_widget_class_bind_template_child (widget_class, WbRefundWindow, shipping_row);
  gtk_widget_class_bind_template_child (widget_class, WbRefundWindow, shipping);
  gtk_widget_class_bind_template_child (widget_class, WbRefundWindow, amount);
  gtk_widget_class_bind_template_child (widget_class, WbRefundWindow, reason);
  gtk_widget_class_bind_template_child (widget_class, WbRefundWindow, restock_row);
  gtk_widget_class_bind_template_child (widget_class, WbRefundWindow, restock);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, switched_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, give_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
wb_refund_window_init (WbRefundWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_refund_window_open: Returns: (transfer none): the window, above @parent; it asks the gateway
 * at once how much of @order can be given back. */
GtkWindow *
wb_refund_window_open (GtkWindow *parent, WbWorkspace *workspace, WbOrder *order)
{
  WbRefundWindow *self =
      g_object_new (WB_TYPE_REFUND_WINDOW, "transient-for", parent, "modal", parent != NULL, NULL);
  gint64 id = wb_record_get_int (order, WB_ORDER_ID);

  self->workspace = g_object_ref (workspace);
  self->order = g_object_ref (order);
  self->operations = wb_book_list_operations_of (wb_workspace_get_book (workspace), id, 0, NULL);
  self->id = wb_text_random_id (8);
  wb_worker_run_async (wb_workspace_get_worker (workspace), &wb_refund_plan_work,
                       wb_refund_wish_new (id, NULL), G_OBJECT (self), NULL, planned_cb, NULL);
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WINDOW (self);
}
