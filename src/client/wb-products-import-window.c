/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a file of products would change, row by row, and what of it cannot be read; then it is
 * imported, or not. */
#include "wb-products-import-window.h"

#include "wb-desk-stock.h"
#include "wb-refusals.h"
#include "wb-resource.h"

#include <glib/gi18n-lib.h>

struct _WbProductsImportWindow
{
  WbFormWindow parent_instance;
  GtkStack    *stack;
  GtkLabel    *summary, *problems_title;
  GtkListView *changes, *problems;
  GtkWidget   *problems_part, *changes_part;
  char        *path;
  gint64       rows; /* that would change something; -1: not known yet */
};

G_DEFINE_FINAL_TYPE (WbProductsImportWindow, wb_products_import_window, WB_TYPE_FORM_WINDOW)

static void
import_free (gpointer data)
{
  WbProductsImport *import = data;

  wb_products_import_clear (import);
  g_free (import);
}

/* ---- looking ---- */

static gpointer
run_try (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbDesk           *desk = wb_job_get_desk (job, error);
  WbProductsImport *found = g_new0 (WbProductsImport, 1);

  if (desk != NULL && wb_desk_try_products (desk, data, found, cancellable, error))
    return found;
  import_free (found);
  return NULL;
}

static const WbWorkKind try_work = {
  .run = run_try,
  .free_data = g_free,
  .free_result = import_free,
};

/* “line 4: A-17, new”, and below it what changes. */
static char *
change_text (const WbProductChange *change)
{
  if (change->is_new)
    /* Translators: the number of a line of a file; a SKU; what the product has */
    return g_strdup_printf (_ ("line %u: %s is new: %s"), change->line, change->name, change->what);
  /* Translators: the number of a line of a file; a SKU; what changes */
  return g_strdup_printf (_ ("line %u: %s: %s"), change->line, change->name, change->what);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, "compact-row");
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

static void
show_list (GtkListView *view, GtkStringList *texts)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSelectionModel)  model =
      GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (texts)));

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_list_view_set_factory (view, factory);
  gtk_list_view_set_model (view, model);
}

static void
show_summary (WbProductsImportWindow *self, const WbProductsImport *found)
{
  g_autofree char *text = g_strdup_printf (
      _ ("%'d rows. New products: %'d, changed: %'d, counts put right: %'d."), (int) found->read,
      (int) found->added, (int) found->changed, (int) found->counted);
  g_autofree char *bad =
      g_strdup_printf (ngettext ("%'d row cannot be read and is left out",
                                 "%'d rows cannot be read and are left out", found->problems->len),
                       (int) found->problems->len);

  gtk_label_set_text (self->summary, text);
  gtk_label_set_text (self->problems_title, bad);
}

static void
show_found (WbProductsImportWindow *self, const WbProductsImport *found)
{
  GtkStringList *changes = gtk_string_list_new (NULL), *problems = gtk_string_list_new (NULL);

  for (guint i = 0; i < found->changes->len; i++)
    gtk_string_list_take (changes, change_text (found->changes->pdata[i]));
  for (guint i = 0; i < found->problems->len; i++)
    gtk_string_list_take (problems, wb_tell_again (found->problems->pdata[i]));
  show_list (self->changes, changes);
  show_list (self->problems, problems);
  gtk_widget_set_visible (self->changes_part, found->changes->len > 0);
  gtk_widget_set_visible (self->problems_part, found->problems->len > 0);
  show_summary (self, found);
  self->rows = found->added + found->changed + found->counted;
  gtk_stack_set_visible_child_name (self->stack, "found");
  wb_form_window_check (WB_FORM_WINDOW (self));
}

static void
tried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbProductsImportWindow *self = WB_PRODUCTS_IMPORT_WINDOW (source);
  g_autoptr (GError)      error = NULL;
  WbProductsImport       *found = wb_worker_finish (result, &error);

  if (wb_form_window_get_workspace (WB_FORM_WINDOW (self)) != NULL)
    {
      if (found != NULL)
        show_found (self, found);
      else
        gtk_stack_set_visible_child_name (self->stack, "nothing");
      wb_form_window_say (WB_FORM_WINDOW (self), error);
    }
  g_clear_pointer (&found, import_free);
}

/* ---- importing ---- */

static gpointer
run_import (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbDesk                   *desk = wb_job_get_desk (job, error);
  g_auto (WbProductsImport) found = { 0 };

  if (desk == NULL || !wb_desk_import_products (desk, data, &found, cancellable, error))
    return NULL;
  return g_strdup_printf (_ ("Imported. New products: %'d, changed: %'d, counts put right: %'d"),
                          (int) found.added, (int) found.changed, (int) found.counted);
}

static const WbWorkKind import_work = {
  .run = run_import,
  .free_data = g_free,
  .free_result = g_free,
  .effect = TRUE,
  .title = N_ ("Importing products"),
};

static gboolean
check (WbFormWindow *form)
{
  return WB_PRODUCTS_IMPORT_WINDOW (form)->rows > 0;
}

static void
act (WbFormWindow *form)
{
  wb_form_window_run (form, &import_work, g_strdup (WB_PRODUCTS_IMPORT_WINDOW (form)->path));
}

static void
wb_products_import_window_finalize (GObject *object)
{
  g_clear_pointer (&WB_PRODUCTS_IMPORT_WINDOW (object)->path, g_free);
  G_OBJECT_CLASS (wb_products_import_window_parent_class)->finalize (object);
}

static void
wb_products_import_window_class_init (WbProductsImportWindowClass *klass)
{
  GtkWidgetClass    *widget_class = GTK_WIDGET_CLASS (klass);
  WbFormWindowClass *form_class = WB_FORM_WINDOW_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wb_products_import_window_finalize;
  form_class->check = check;
  form_class->act = act;
  wb_form_window_class_set_view (form_class, WB_RESOURCE "wb-products-import-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbProductsImportWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, WbProductsImportWindow, summary);
  gtk_widget_class_bind_template_child (widget_class, WbProductsImportWindow, problems_title);
  gtk_widget_class_bind_template_child (widget_class, WbProductsImportWindow, changes);
  gtk_widget_class_bind_template_child (widget_class, WbProductsImportWindow, problems);
  gtk_widget_class_bind_template_child (widget_class, WbProductsImportWindow, changes_part);
  gtk_widget_class_bind_template_child (widget_class, WbProductsImportWindow, problems_part);
}

static void
wb_products_import_window_init (WbProductsImportWindow *self)
{
  self->rows = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_products_import_window_open: @path: CSV as wb_desk_import_products() reads it. Returns:
 * (transfer none): the window, above @parent. */
GtkWindow *
wb_products_import_window_open (GtkWindow *parent, WbWorkspace *workspace, const char *path)
{
  WbProductsImportWindow *self = g_object_new (WB_TYPE_PRODUCTS_IMPORT_WINDOW, NULL);

  self->path = g_strdup (path);
  wb_form_window_set_act (WB_FORM_WINDOW (self), _ ("_Import"), FALSE);
  wb_form_window_present (WB_FORM_WINDOW (self), parent, workspace);
  wb_worker_run_async (wb_workspace_get_worker (workspace), &try_work, g_strdup (path),
                       G_OBJECT (self), NULL, tried_cb, NULL);
  return GTK_WINDOW (self);
}
