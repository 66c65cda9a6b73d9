/* SPDX-License-Identifier: GPL-3.0-or-later
 * What can be done on the page of products: with those that lack something, with files, and by keys
 * with the chosen one. */
#include "wb-buying-window.h"
#include "wb-customs-data-window.h"
#include "wb-products-files.h"
#include "wb-products-page-private.h"

#define MOST_FILLED 50 /* gaps filled in at one time */

static GtkWindow *
get_window (WbProductsPage *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

/* The next of those with gaps, as they are listed; after them there are fewer. */
static void
fill_gaps_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbProductsPage    *self = WB_PRODUCTS_PAGE (widget);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; self->found != NULL && i < self->found->all->len && ids->len < MOST_FILLED; i++)
    {
      const WbStanding *of = self->found->all->pdata[i];

      if (of->gaps != 0)
        g_array_append_val (ids, of->id);
    }
  if (ids->len > 0)
    wb_customs_data_window_open_ids (get_window (self), self->workspace, (gint64 *) ids->data,
                                     ids->len, NULL);
}

static void
order_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbProductsPage *self = WB_PRODUCTS_PAGE (widget);

  if (self->workspace != NULL)
    wb_buying_window_open (get_window (self), self->workspace);
}

static void
hint_cb (GtkButton *button, WbProductsPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self),
                              wb_products_page_get_filter (self) == WB_PRODUCTS_GAPS
                                  ? "products.fill-gaps"
                                  : "products.order",
                              NULL);
}

static void
import_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbProductsPage *self = WB_PRODUCTS_PAGE (widget);

  if (self->workspace != NULL)
    wb_products_files_ask_import (widget, self->workspace);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbProductsPage *self = WB_PRODUCTS_PAGE (widget);

  if (self->workspace != NULL)
    wb_products_files_ask_export (widget, self->workspace);
}

static gboolean
deed_key (GtkWidget *widget, GVariant *kind, gpointer data)
{
  wb_product_detail_act (WB_PRODUCTS_PAGE (widget)->detail, g_variant_get_int32 (kind));
  return TRUE;
}

static gboolean
edit_key (GtkWidget *widget, GVariant *nothing, gpointer data)
{
  wb_product_detail_edit (WB_PRODUCTS_PAGE (widget)->detail);
  return TRUE;
}

static void
bind_keys (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint      key;
    WbDeedKind kind;
  } keys[] = {
    { GDK_KEY_j, WB_DEED_ADJUST },
    { GDK_KEY_r, WB_DEED_RECEIVE },
    { GDK_KEY_u, WB_DEED_COUNT },
    { GDK_KEY_m, WB_DEED_MOVE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i].key, GDK_CONTROL_MASK, deed_key, "i",
                                  (int) keys[i].kind);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F2, 0, edit_key, NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_g, GDK_CONTROL_MASK,
                                       "products.fill-gaps", NULL);
}

/** wb_products_page_bind_acts: the actions, their keys, and the button of the hint, for the
 * template. */
void
wb_products_page_bind_acts (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, hint_cb);
  gtk_widget_class_install_action (widget_class, "products.fill-gaps", NULL, fill_gaps_action);
  gtk_widget_class_install_action (widget_class, "products.order", NULL, order_action);
  gtk_widget_class_install_action (widget_class, "products.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "products.export", NULL, export_action);
  bind_keys (widget_class);
}
