/* SPDX-License-Identifier: GPL-3.0-or-later
 * A purchase: what of it came now, or that no more of it will. */
#include "wb-purchase-window.h"

#include "wb-arrival-group.h"
#include "wb-resource.h"
#include "wb-works.h"

#include <glib/gi18n-lib.h>

struct _WbPurchaseWindow
{
  WbFormWindow         parent_instance;
  AdwPreferencesPage  *page;
  AdwPreferencesGroup *rest;
  GtkWidget           *cancel_button;
  GPtrArray           *groups; /* of WbArrivalGroup, borrowed from the page */
  gint64               id;
  gboolean             open;
};

G_DEFINE_FINAL_TYPE (WbPurchaseWindow, wb_purchase_window, WB_TYPE_FORM_WINDOW)

/* What comes now, of all lines; -1: something typed will not do. */
static gint64
count_pieces (WbPurchaseWindow *self)
{
  gint64 sum = 0;

  for (guint i = 0; i < self->groups->len; i++)
    {
      gint64 pieces = wb_arrival_group_get_pieces (self->groups->pdata[i]);

      if (pieces < 0)
        return -1;
      sum += pieces;
    }
  return sum;
}

static gboolean
check (WbFormWindow *form)
{
  WbPurchaseWindow *self = WB_PURCHASE_WINDOW (form);
  gint64            pieces = count_pieces (self);
  /* Translators: a button; pieces of goods that came */
  g_autofree char *label = g_strdup_printf (_ ("_Receive %'d"), (int) pieces);

  wb_form_window_set_act (form, pieces > 0 ? label : _ ("_Receive"), FALSE);
  return self->open && pieces > 0;
}

static void
act (WbFormWindow *form)
{
  WbPurchaseWindow *self = WB_PURCHASE_WINDOW (form);
  GPtrArray        *arrivals = wb_arrivals_new ();

  for (guint i = 0; i < self->groups->len; i++)
    g_ptr_array_add (arrivals, wb_arrival_group_dup (self->groups->pdata[i]));
  wb_form_window_run (form, &wb_purchase_receive_work, arrivals);
}

static void
cancel_cb (GtkButton *button, WbPurchaseWindow *self)
{
  wb_form_window_run (WB_FORM_WINDOW (self), &wb_purchase_cancel_work,
                      wb_wish_new (self->id, NULL));
}

static void
changed_cb (WbArrivalGroup *group, WbFormWindow *self)
{
  wb_form_window_check (self);
}

static void
group_activated_cb (WbArrivalGroup *group, WbFormWindow *self)
{
  wb_form_window_activate (self);
}

static void
wb_purchase_window_finalize (GObject *object)
{
  g_clear_pointer (&WB_PURCHASE_WINDOW (object)->groups, g_ptr_array_unref);
  G_OBJECT_CLASS (wb_purchase_window_parent_class)->finalize (object);
}

static void
wb_purchase_window_class_init (WbPurchaseWindowClass *klass)
{
  GtkWidgetClass    *widget_class = GTK_WIDGET_CLASS (klass);
  WbFormWindowClass *form_class = WB_FORM_WINDOW_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wb_purchase_window_finalize;
  form_class->check = check;
  form_class->act = act;
  wb_form_window_class_set_view (form_class, WB_RESOURCE "wb-purchase-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPurchaseWindow, page);
  gtk_widget_class_bind_template_child (widget_class, WbPurchaseWindow, rest);
  gtk_widget_class_bind_template_child (widget_class, WbPurchaseWindow, cancel_button);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
}

static void
wb_purchase_window_init (WbPurchaseWindow *self)
{
  self->groups = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static gboolean
fill (WbPurchaseWindow *self, WbBook *book, GError **error)
{
  g_autoptr (WbPurchaseOrder) purchase = wb_book_get_purchase (book, self->id, error);
  GPtrArray                  *lines =
      purchase != NULL ? wb_record_get_many (purchase, WB_PURCHASE_ORDER_LINES) : NULL;
  g_autofree char *title = NULL;

  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      g_autoptr (WbProduct) product = wb_book_get_product (
          book, wb_record_get_int (lines->pdata[i], WB_PURCHASE_LINE_PRODUCT_ID), error);
      GtkWidget *group;

      if (product == NULL)
        return FALSE;
      group = wb_arrival_group_new (lines->pdata[i], product);
      g_ptr_array_add (self->groups, group);
      adw_preferences_page_add (self->page, ADW_PREFERENCES_GROUP (group));
      g_signal_connect_object (group, "changed", G_CALLBACK (changed_cb), self, 0);
      g_signal_connect_object (group, "activated", G_CALLBACK (group_activated_cb), self, 0);
    }
  if (purchase == NULL)
    return FALSE;
  self->open = g_strcmp0 (wb_record_get_text (purchase, WB_PURCHASE_ORDER_STATE),
                          WB_PURCHASE_ORDER_ORDERED) == 0;
  /* Translators: the number of a purchase */
  title =
      g_strdup_printf (_ ("Purchase %s"), wb_record_get_text (purchase, WB_PURCHASE_ORDER_NUMBER));
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_widget_set_visible (GTK_WIDGET (self->rest), self->open);
  return TRUE;
}

/** wb_purchase_window_open: Returns: (transfer none): the window, above @parent. */
GtkWindow *
wb_purchase_window_open (GtkWindow *parent, WbWorkspace *workspace, gint64 purchase_id)
{
  WbPurchaseWindow  *self = g_object_new (WB_TYPE_PURCHASE_WINDOW, NULL);
  g_autoptr (GError) error = NULL;

  self->id = purchase_id;
  fill (self, wb_workspace_get_book (workspace), &error);
  /* What no more of it comes is asked below the lines. */
  g_object_ref (self->rest);
  adw_preferences_page_remove (self->page, self->rest);
  adw_preferences_page_add (self->page, self->rest);
  g_object_unref (self->rest);
  wb_form_window_present (WB_FORM_WINDOW (self), parent, workspace);
  wb_form_window_say (WB_FORM_WINDOW (self), error);
  return GTK_WINDOW (self);
}
