/* SPDX-License-Identifier: GPL-3.0-or-later
 * What customs want to know of products, product by product: typed in and kept at once. */
#include "wb-customs-data-window.h"

#include "wb-customs-data-group.h"
#include "wb-resource.h"

#include <glib/gi18n-lib.h>

struct _WbCustomsDataWindow
{
  WbFormWindow        parent_instance;
  AdwPreferencesPage *page;
  GPtrArray          *groups; /* borrowed from the page */
};

G_DEFINE_FINAL_TYPE (WbCustomsDataWindow, wb_customs_data_window, WB_TYPE_FORM_WINDOW)

static GPtrArray *
dup_changed (WbCustomsDataWindow *self)
{
  GPtrArray *changed = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->groups->len; i++)
    {
      WbProduct *product = wb_customs_data_group_dup_changed (self->groups->pdata[i]);

      if (product != NULL)
        g_ptr_array_add (changed, product);
    }
  return changed;
}

static gboolean
check (WbFormWindow *form)
{
  WbCustomsDataWindow  *self = WB_CUSTOMS_DATA_WINDOW (form);
  g_autoptr (GPtrArray) changed = dup_changed (self);

  for (guint i = 0; i < self->groups->len; i++)
    if (!wb_customs_data_group_is_fine (self->groups->pdata[i]))
      return FALSE;
  return changed->len > 0;
}

static gpointer
run_save (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  GPtrArray *products = data;
  WbDesk    *desk = wb_job_get_desk (job, error);

  return desk != NULL && wb_desk_save_customs_data (desk, products, error)
             ? g_strdup_printf (ngettext ("What customs want to know of %u product is kept",
                                          "What customs want to know of %u products is kept",
                                          products->len),
                                products->len)
             : NULL;
}

static const WbWorkKind save_work = {
  .run = run_save,
  .free_data = (GDestroyNotify) g_ptr_array_unref,
  .free_result = g_free,
  .effect = TRUE,
};

static void
act (WbFormWindow *form)
{
  wb_form_window_run (form, &save_work, dup_changed (WB_CUSTOMS_DATA_WINDOW (form)));
}

static void
changed_cb (WbCustomsDataGroup *group, WbFormWindow *self)
{
  wb_form_window_check (self);
}

/* Return goes on to the next product that lacks something, and saves at the last. */
static void
row_activated_cb (WbCustomsDataGroup *group, WbCustomsDataWindow *self)
{
  guint at = 0;

  if (g_ptr_array_find (self->groups, group, &at) && at + 1 < self->groups->len)
    wb_customs_data_group_focus (self->groups->pdata[at + 1]);
  else
    wb_form_window_activate (WB_FORM_WINDOW (self));
}

static void
wb_customs_data_window_finalize (GObject *object)
{
  g_clear_pointer (&WB_CUSTOMS_DATA_WINDOW (object)->groups, g_ptr_array_unref);
  G_OBJECT_CLASS (wb_customs_data_window_parent_class)->finalize (object);
}

static void
wb_customs_data_window_class_init (WbCustomsDataWindowClass *klass)
{
  GtkWidgetClass    *widget_class = GTK_WIDGET_CLASS (klass);
  WbFormWindowClass *form_class = WB_FORM_WINDOW_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wb_customs_data_window_finalize;
  form_class->check = check;
  form_class->act = act;
  wb_form_window_class_set_view (form_class, WB_RESOURCE "wb-customs-data-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbCustomsDataWindow, page);
}

static void
wb_customs_data_window_init (WbCustomsDataWindow *self)
{
  self->groups = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_customs_data_window_open: @products: (element-type WbProduct): as wb_list_customs_gaps()
 * gives them; at least one. Returns: (transfer none): the window, above @parent. */
GtkWindow *
wb_customs_data_window_open (GtkWindow *parent, WbWorkspace *workspace, GPtrArray *products)
{
  WbCustomsDataWindow *self = g_object_new (WB_TYPE_CUSTOMS_DATA_WINDOW, NULL);

  for (guint i = 0; i < products->len; i++)
    {
      GtkWidget *group = wb_customs_data_group_new (products->pdata[i]);

      g_ptr_array_add (self->groups, group);
      adw_preferences_page_add (self->page, ADW_PREFERENCES_GROUP (group));
      g_signal_connect_object (group, "changed", G_CALLBACK (changed_cb), self, 0);
      g_signal_connect_object (group, "activated", G_CALLBACK (row_activated_cb), self, 0);
    }
  wb_form_window_present (WB_FORM_WINDOW (self), parent, workspace);
  if (self->groups->len > 0)
    wb_customs_data_group_focus (self->groups->pdata[0]);
  return GTK_WINDOW (self);
}

/** wb_customs_data_window_open_ids: as wb_customs_data_window_open(), of products that the book
 * knows. Returns: (nullable): %NULL when one cannot be read. */
GtkWindow *
wb_customs_data_window_open_ids (
    GtkWindow *parent, WbWorkspace *workspace, const gint64 *product_ids, guint n, GError **error)
{
  g_autoptr (GPtrArray) products = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      WbProduct *product =
          wb_book_get_product (wb_workspace_get_book (workspace), product_ids[i], error);

      if (product == NULL)
        return NULL;
      g_ptr_array_add (products, product);
    }
  return wb_customs_data_window_open (parent, workspace, products);
}
