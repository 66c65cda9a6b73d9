/* SPDX-License-Identifier: GPL-3.0-or-later
 * What to order from whom and why, and what is on order. */
#include "wb-buying-window.h"

#include "wb-buying-works.h"
#include "wb-detail.h"
#include "wb-order-facts.h"
#include "wb-proposal-row.h"
#include "wb-purchase-window.h"
#include "wb-resource.h"
#include "wb-stock-row.h"
#include "wb-terms-window.h"
#include "wb-text.h"
#include "wb-toast.h"
#include "wb-trouble.h"
#include "wb-works.h"

#include <glib/gi18n-lib.h>

#define MOST_ROWS 200 /* proposals shown; the most urgent of each supplier first */

struct _WbBuyingWindow
{
  AdwWindow         parent_instance;
  AdwToastOverlay  *overlay;
  AdwViewStack     *views;
  AdwViewStackPage *order_page, *coming_page;
  GtkStack         *stack, *coming_stack;
  AdwStatusPage    *error_page;
  GtkBox           *proposals;
  GtkListBox       *purchases;
  GtkLabel         *rest;
  WbWorkspace      *workspace;
  WbBuyingFound    *found;
  GCancellable     *cancellable;
  WbPurchaseOrder  *made;  /* that is being written down */
  char             *shown; /* signature of the proposals */
  gboolean          running, again, went;
};

G_DEFINE_FINAL_TYPE (WbBuyingWindow, wb_buying_window, ADW_TYPE_WINDOW)

static void read_all (WbBuyingWindow *self);

/* ---- making a purchase ---- */

/* The rows of one supplier: what is to be ordered there. */
typedef struct
{
  WbSupplier *supplier;
  guint       lead_days;
  GPtrArray  *rows;  /* of WbProposalRow, not owned */
  GPtrArray  *lines; /* of WbPurchaseLine, one of each row; its pieces are the row's */
} Group;

static void
group_free (gpointer data)
{
  Group *group = data;

  g_clear_object (&group->supplier);
  g_ptr_array_unref (group->rows);
  g_ptr_array_unref (group->lines);
  g_free (group);
}

static WbPurchaseLine *
make_line (const WbProposal *proposal)
{
  WbPurchaseLine *line = wb_purchase_line_new ();

  wb_record_set_int (line, WB_PURCHASE_LINE_PRODUCT_ID,
                     wb_record_get_int (proposal->product, WB_PRODUCT_ID));
  if (proposal->terms != NULL)
    wb_record_set_int (line, WB_PURCHASE_LINE_COST,
                       wb_record_get_int (proposal->terms, WB_PRODUCT_SUPPLIER_PRICE));
  return line;
}

static WbPurchaseOrder *
make_purchase (const Group *group)
{
  WbPurchaseOrder      *purchase = wb_purchase_order_new ();
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) then = g_date_time_add_days (now, (int) group->lead_days);
  g_autofree char      *day = g_date_time_format (then, "%Y-%m-%d");

  wb_record_set_int (purchase, WB_PURCHASE_ORDER_SUPPLIER_ID,
                     wb_record_get_int (group->supplier, WB_SUPPLIER_ID));
  wb_record_set_text (purchase, WB_PURCHASE_ORDER_EXPECTED_ON, day);
  for (guint i = 0; i < group->rows->len; i++)
    {
      gint64 pieces = wb_proposal_row_get_pieces (group->rows->pdata[i]);

      if (pieces > 0)
        {
          WbPurchaseLine *line = wb_record_copy (group->lines->pdata[i]);

          wb_record_set_int (line, WB_PURCHASE_LINE_QUANTITY, pieces);
          wb_record_add (purchase, WB_PURCHASE_ORDER_LINES, line);
        }
    }
  return purchase;
}

static void
undo_cb (AdwToast *toast, WbBuyingWindow *self)
{
  const gint64 *id = g_object_get_data (G_OBJECT (toast), "undo");

  if (self->workspace != NULL)
    wb_detail_work (GTK_WIDGET (self), self->workspace, &wb_purchase_cancel_work,
                    wb_wish_new (*id, NULL));
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbBuyingWindow             *self = WB_BUYING_WINDOW (source);
  g_autoptr (GError)          error = NULL;
  g_autofree char            *outcome = wb_worker_finish (result, &error);
  g_autoptr (WbPurchaseOrder) made = g_steal_pointer (&self->made);
  gint64                      id;

  if (self->workspace == NULL)
    return;
  if (outcome == NULL)
    {
      wb_toast_outcome (GTK_WIDGET (self->overlay), NULL, error);
      return;
    }
  id = wb_record_get_int (made, WB_PURCHASE_ORDER_ID);
  wb_toast_show_undo (GTK_WIDGET (self->overlay), outcome, G_OBJECT (self), G_CALLBACK (undo_cb),
                      g_memdup2 (&id, sizeof id), g_free);
  wb_workspace_look (self->workspace);
}

static void
order_cb (GtkButton *button, WbBuyingWindow *self)
{
  const Group *group = g_object_get_data (G_OBJECT (button), "group");

  if (self->made != NULL)
    return;
  self->made = make_purchase (group);
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_purchase_make_work,
                       g_object_ref (self->made), G_OBJECT (self), NULL, made_cb, NULL);
}

static void
terms_cb (GtkButton *button, WbBuyingWindow *self)
{
  wb_terms_window_open (GTK_WINDOW (self), self->workspace,
                        g_object_get_data (G_OBJECT (button), "product"));
}

/* ---- proposals ---- */

static GtkWidget *
make_button (const char *label, const char *spoken)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
  return button;
}

/* Rows of one supplier below its name and the button that orders them. */
static void
add_group (WbBuyingWindow *self, guint first, guint n)
{
  const WbProposal *one = self->found->proposals->pdata[first];
  const char       *name = wb_record_get_text (one->supplier, WB_SUPPLIER_NAME);
  Group            *group = g_new0 (Group, 1);
  GtkWidget        *box = adw_preferences_group_new ();
  g_autofree char  *title = g_markup_escape_text (name, -1);
  /* Translators: the name of a supplier */
  g_autofree char *spoken = g_strdup_printf (_ ("Order from %s"), name);
  GtkWidget       *button = make_button (_ ("_Order"), spoken);

  group->supplier = g_object_ref (one->supplier);
  group->lead_days = one->lead_days;
  group->rows = g_ptr_array_new ();
  group->lines = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = first; i < first + n; i++)
    {
      GtkWidget *row = wb_proposal_row_new (self->found->proposals->pdata[i]);

      g_ptr_array_add (group->rows, row);
      g_ptr_array_add (group->lines, make_line (self->found->proposals->pdata[i]));
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (box), row);
    }
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (box), title);
  gtk_widget_add_css_class (button, "suggested-action");
  g_object_set_data_full (G_OBJECT (button), "group", group, group_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (order_cb), self, 0);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (box), button);
  gtk_box_append (self->proposals, box);
}

/* Products of which nobody has said from whom they are bought. */
static void
add_homeless (WbBuyingWindow *self, guint first, guint n)
{
  GtkWidget *box = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (box), _ ("From nobody yet"));
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (box), _ ("Say from whom a product is bought and it can be ordered."));
  for (guint i = first; i < first + n; i++)
    {
      const WbProposal *one = self->found->proposals->pdata[i];
      GtkWidget        *row = wb_proposal_row_new (one);
      /* Translators: the name of a product */
      g_autofree char *spoken = g_strdup_printf (
          _ ("Say from whom %s is bought"), wb_record_get_text (one->product, WB_PRODUCT_NAME));
      GtkWidget *button = make_button (_ ("From _whom…"), spoken);

      g_object_set_data_full (G_OBJECT (button), "product", g_object_ref (one->product),
                              g_object_unref);
      g_signal_connect_object (button, "clicked", G_CALLBACK (terms_cb), self, 0);
      adw_expander_row_add_action (ADW_EXPANDER_ROW (row), button);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (box), row);
    }
  gtk_box_append (self->proposals, box);
}

static gint64
supplier_of (const WbProposal *proposal)
{
  return proposal->supplier != NULL ? wb_record_get_int (proposal->supplier, WB_SUPPLIER_ID) : 0;
}

/* What is typed and where the keyboard is stays unless something else is to be ordered. */
static gboolean
is_new (WbBuyingWindow *self)
{
  g_autoptr (GString) signature = g_string_new (NULL);

  for (guint i = 0; i < self->found->proposals->len; i++)
    {
      const WbProposal *of = self->found->proposals->pdata[i];

      g_string_append_printf (
          signature, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n",
          supplier_of (of), wb_record_get_int (of->product, WB_PRODUCT_ID), of->quantity);
    }
  return wb_set_str (&self->shown, signature->str);
}

static void
show_proposals (WbBuyingWindow *self)
{
  GPtrArray *all = self->found->proposals;
  guint      most = MIN (all->len, MOST_ROWS);
  GtkWidget *child;

  if (!is_new (self))
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->proposals))) != NULL)
    gtk_box_remove (self->proposals, child);
  for (guint first = 0, n; first < most; first += n)
    {
      gint64 supplier = supplier_of (all->pdata[first]);

      for (n = 1; first + n < most && supplier_of (all->pdata[first + n]) == supplier;)
        n++;
      if (supplier != 0)
        add_group (self, first, n);
      else
        add_homeless (self, first, n);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->rest), all->len > most);
  if (all->len > most)
    {
      g_autofree char *text = g_strdup_printf (
          _ ("%'d more are shown when these have been ordered."), (int) (all->len - most));

      gtk_label_set_text (self->rest, text);
    }
  adw_view_stack_page_set_badge_number (self->order_page, all->len);
  gtk_stack_set_visible_child_name (self->stack, all->len > 0 ? "proposals" : "nothing");
}

/* ---- what is on order ---- */

static gboolean
is_open (WbPurchaseOrder *purchase)
{
  return g_strcmp0 (wb_record_get_text (purchase, WB_PURCHASE_ORDER_STATE),
                    WB_PURCHASE_ORDER_ORDERED) == 0;
}

static const char *
state_text (WbPurchaseOrder *purchase)
{
  const char *state = wb_record_get_text (purchase, WB_PURCHASE_ORDER_STATE);

  if (g_strcmp0 (state, WB_PURCHASE_ORDER_RECEIVED) == 0)
    return _ ("all of it came");
  if (g_strcmp0 (state, WB_PURCHASE_ORDER_CANCELLED) == 0)
    return _ ("given up");
  return _ ("on order");
}

static char *
purchase_more (WbPurchaseOrder *purchase)
{
  const char *expected = wb_record_get_text (purchase, WB_PURCHASE_ORDER_EXPECTED_ON);

  if (is_open (purchase) && expected != NULL)
    /* Translators: the day on which goods are expected */
    return g_strdup_printf (_ ("%s, expected %s"), state_text (purchase), expected);
  return g_strdup (state_text (purchase));
}

static void
open_cb (GtkButton *button, WbBuyingWindow *self)
{
  const gint64 *id = g_object_get_data (G_OBJECT (button), "purchase");

  wb_purchase_window_open (GTK_WINDOW (self), self->workspace, *id);
}

static GtkWidget *
purchase_row (WbBuyingWindow *self, WbPurchaseOrder *purchase)
{
  gint64 id = wb_record_get_int (purchase, WB_PURCHASE_ORDER_ID),
         supplier = wb_record_get_int (purchase, WB_PURCHASE_ORDER_SUPPLIER_ID);
  WbSupplier      *from = g_hash_table_lookup (self->found->suppliers, &supplier);
  GPtrArray       *lines = wb_record_get_many (purchase, WB_PURCHASE_ORDER_LINES);
  gint64           ordered = 0, came = 0;
  GtkButton       *button;
  GtkWidget       *row;
  g_autofree char *title = NULL, *more = purchase_more (purchase), *value = NULL, *spoken = NULL;

  for (guint i = 0; i < lines->len; i++)
    {
      ordered += wb_record_get_int (lines->pdata[i], WB_PURCHASE_LINE_QUANTITY);
      came += wb_record_get_int (lines->pdata[i], WB_PURCHASE_LINE_RECEIVED);
    }
  title = g_strdup_printf ("%s · %s", wb_record_get_text (purchase, WB_PURCHASE_ORDER_NUMBER),
                           from != NULL ? wb_record_get_text (from, WB_SUPPLIER_NAME) : "");
  /* Translators: pieces that came, of so many ordered */
  value = g_strdup_printf (_ ("%'d of %'d"), (int) came, (int) ordered);
  row = wb_stock_row_new (title, more, value, is_open (purchase) ? NULL : "dim-label");
  /* Translators: the number of a purchase */
  spoken = g_strdup_printf (_ ("Open the purchase %s"),
                            wb_record_get_text (purchase, WB_PURCHASE_ORDER_NUMBER));
  button = wb_stock_row_add_button (WB_STOCK_ROW (row), "go-next-symbolic", spoken);
  g_object_set_data_full (G_OBJECT (button), "purchase", g_memdup2 (&id, sizeof id), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (open_cb), self, 0);
  return row;
}

static void
show_purchases (WbBuyingWindow *self)
{
  GPtrArray *all = self->found->purchases;
  guint      open = 0;

  wb_list_box_clear (self->purchases);
  for (guint i = 0; i < all->len; i++)
    {
      open += is_open (all->pdata[i]);
      gtk_list_box_append (self->purchases, purchase_row (self, all->pdata[i]));
    }
  adw_view_stack_page_set_badge_number (self->coming_page, open);
  gtk_stack_set_visible_child_name (self->coming_stack, all->len > 0 ? "purchases" : "nothing");
}

/* Where nothing has to be ordered, to what is on order; at first only. */
static void
go_where_work_is (WbBuyingWindow *self)
{
  if (self->went)
    return;
  self->went = TRUE;
  if (self->found->proposals->len == 0 && self->found->purchases->len > 0 &&
      is_open (self->found->purchases->pdata[0]))
    adw_view_stack_set_visible_child_name (self->views, "coming");
}

/* ---- reading ---- */

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbBuyingWindow           *self = WB_BUYING_WINDOW (source);
  g_autoptr (GError)        error = NULL;
  g_autoptr (WbBuyingFound) found = wb_worker_finish (result, &error);

  self->running = FALSE;
  if (self->workspace == NULL)
    return;
  if (self->again)
    {
      read_all (self);
      return;
    }
  if (found == NULL)
    {
      wb_trouble_in_page (self->error_page, error);
      gtk_stack_set_visible_child_name (self->stack, "error");
      return;
    }
  g_clear_pointer (&self->found, wb_buying_found_free);
  self->found = g_steal_pointer (&found);
  show_proposals (self);
  show_purchases (self);
  go_where_work_is (self);
}

static void
read_all (WbBuyingWindow *self)
{
  self->again = self->running;
  if (self->running)
    return;
  self->running = TRUE;
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_buying_read_work, NULL,
                       G_OBJECT (self), self->cancellable, read_cb, NULL);
}

static void
changed_cb (WbWorkspace *workspace, WbBuyingWindow *self)
{
  read_all (self);
}

static void
toast_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wb_toast_show (GTK_WIDGET (WB_BUYING_WINDOW (widget)->overlay),
                 g_variant_get_string (parameter, NULL));
}

/* ---- the window itself ---- */

static void
wb_buying_window_dispose (GObject *object)
{
  WbBuyingWindow *self = WB_BUYING_WINDOW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->workspace);
  g_clear_object (&self->made);
  g_clear_pointer (&self->shown, g_free);
  g_clear_pointer (&self->found, wb_buying_found_free);
  G_OBJECT_CLASS (wb_buying_window_parent_class)->dispose (object);
}

static void
wb_buying_window_class_init (WbBuyingWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_buying_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-buying-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbBuyingWindow, overlay);
  gtk_widget_class_bind_template_child (widget_class, WbBuyingWindow, views);
  gtk_widget_class_bind_template_child (widget_class, WbBuyingWindow, order_page);
  gtk_widget_class_bind_template_child (widget_class, WbBuyingWindow, coming_page);
  gtk_widget_class_bind_template_child (widget_class, WbBuyingWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, WbBuyingWindow, coming_stack);
  gtk_widget_class_bind_template_child (widget_class, WbBuyingWindow, error_page);
  gtk_widget_class_bind_template_child (widget_class, WbBuyingWindow, proposals);
  gtk_widget_class_bind_template_child (widget_class, WbBuyingWindow, purchases);
  gtk_widget_class_bind_template_child (widget_class, WbBuyingWindow, rest);
  gtk_widget_class_install_action (widget_class, "win.toast", "s", toast_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
wb_buying_window_init (WbBuyingWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_buying_window_open: Returns: (transfer none): the window, above @parent. */
GtkWindow *
wb_buying_window_open (GtkWindow *parent, WbWorkspace *workspace)
{
  WbBuyingWindow *self = g_object_new (WB_TYPE_BUYING_WINDOW, NULL);

  self->workspace = g_object_ref (workspace);
  gtk_window_set_transient_for (GTK_WINDOW (self), parent);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (changed_cb), self, 0);
  read_all (self);
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WINDOW (self);
}
