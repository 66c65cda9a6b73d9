/* SPDX-License-Identifier: GPL-3.0-or-later
 * The saved views of a list: choose one, save what is shown, rename, delete with a way back. */
#include "wb-saved-views.h"

#include "wb-orders-view.h"
#include "wb-resource.h"
#include "wb-text.h"
#include "wb-toast.h"
#include "wb-view-row.h"

#include <glib/gi18n-lib.h>

struct _WbSavedViews
{
  AdwBin       parent_instance;
  GtkWidget   *none;
  GtkListBox  *views;
  GtkEditable *name;
  GtkWidget   *save;
  WbWorkspace *workspace;
  WbSavedView *deleted; /* the latest that was, for the way back */
};

enum
{
  WANTED,
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbSavedViews, wb_saved_views, ADW_TYPE_BIN)

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbSavedViews      *self = WB_SAVED_VIEWS (source);
  g_autoptr (GError) error = NULL;
  g_autofree char   *outcome = wb_worker_finish (result, &error);

  if (self->workspace == NULL)
    return;
  wb_toast_outcome (GTK_WIDGET (self), outcome, error);
  wb_saved_views_refresh (self);
}

static void
keep (WbSavedViews *self, WbSavedView *view)
{
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_save_view_work,
                       g_object_ref (view), G_OBJECT (self), NULL, done_cb, NULL);
}

static void
undo_cb (AdwToast *toast, WbSavedViews *self)
{
  if (self->deleted != NULL && self->workspace != NULL)
    {
      wb_record_set_int (self->deleted, WB_SAVED_VIEW_ID, 0);
      keep (self, self->deleted);
    }
  g_clear_object (&self->deleted);
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbSavedViews      *self = WB_SAVED_VIEWS (source);
  g_autoptr (GError) error = NULL;
  g_autofree char   *outcome = wb_worker_finish (result, &error);

  if (self->workspace == NULL)
    return;
  if (outcome != NULL)
    wb_toast_show_undo (GTK_WIDGET (self), outcome, G_OBJECT (self), G_CALLBACK (undo_cb), NULL,
                        NULL);
  else
    wb_toast_outcome (GTK_WIDGET (self), NULL, error);
  wb_saved_views_refresh (self);
}

static void
row_deleted_cb (WbViewRow *row, WbSavedViews *self)
{
  g_set_object (&self->deleted, wb_view_row_get_view (row));
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_delete_view_work,
                       g_object_ref (self->deleted), G_OBJECT (self), NULL, deleted_cb, NULL);
}

static void
row_renamed_cb (WbViewRow *row, const char *name, WbSavedViews *self)
{
  g_autoptr (WbSavedView) view = wb_record_copy (wb_view_row_get_view (row));

  wb_record_set_text (view, WB_SAVED_VIEW_NAME, name);
  keep (self, view);
}

static void
chosen_cb (GtkListBox *box, GtkListBoxRow *row, WbSavedViews *self)
{
  g_signal_emit (self, signals[CHOSEN], 0, wb_view_row_get_view (WB_VIEW_ROW (row)));
}

static void
typed_cb (GtkEditable *entry, WbSavedViews *self)
{
  gtk_widget_set_sensitive (self->save, !wb_text_is_empty (gtk_editable_get_text (entry)));
}

static void
save_cb (GtkWidget *widget, WbSavedViews *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));

  if (*name == '\0')
    return;
  g_signal_emit (self, signals[WANTED], 0, name);
  gtk_editable_set_text (self->name, "");
}

static void
wb_saved_views_dispose (GObject *object)
{
  WbSavedViews *self = WB_SAVED_VIEWS (object);

  g_clear_object (&self->workspace);
  g_clear_object (&self->deleted);
  G_OBJECT_CLASS (wb_saved_views_parent_class)->dispose (object);
}

static void
wb_saved_views_class_init (WbSavedViewsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_saved_views_dispose;

  /* What is shown is to be saved under this name: wb_saved_views_save() is expected. */
  signals[WANTED] = g_signal_new ("wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  /* This WbSavedView is to be shown. */
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, wb_saved_view_get_type ());
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-saved-views.ui");
  gtk_widget_class_bind_template_child (widget_class, WbSavedViews, none);
  gtk_widget_class_bind_template_child (widget_class, WbSavedViews, views);
  gtk_widget_class_bind_template_child (widget_class, WbSavedViews, name);
  gtk_widget_class_bind_template_child (widget_class, WbSavedViews, save);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
wb_saved_views_init (WbSavedViews *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_saved_views_set_workspace: where the views are kept; once. */
void
wb_saved_views_set_workspace (WbSavedViews *self, WbWorkspace *workspace)
{
  g_set_object (&self->workspace, workspace);
  wb_saved_views_refresh (self);
}

/* Where the keyboard is in the list; -1: not in it. */
static int
find_focus (WbSavedViews *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *row = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->views))
                       ? GTK_IS_LIST_BOX_ROW (focus)
                             ? focus
                             : gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW)
                       : NULL;

  return row != NULL ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) : -1;
}

/* A row that goes with the keyboard on it leaves the window without one in GTK 4.8: it is put on
 * the row that takes its place. */
static void
restore_focus (WbSavedViews *self, int index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->views, index);

  if (row == NULL && index > 0)
    row = gtk_list_box_get_row_at_index (self->views, index - 1);
  gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : GTK_WIDGET (self->name));
}

/** wb_saved_views_refresh: reads the views again. */
void
wb_saved_views_refresh (WbSavedViews *self)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) all = NULL;
  GtkListBoxRow        *row;
  int                   focus;

  if (self->workspace == NULL)
    return;
  all = wb_book_list_saved_views (wb_workspace_get_book (self->workspace), &error);
  if (all == NULL)
    {
      g_warning ("Saved views could not be read: %s", error->message);
      return;
    }
  focus = find_focus (self);
  if (focus >= 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->name));
  while ((row = gtk_list_box_get_row_at_index (self->views, 0)) != NULL)
    gtk_list_box_remove (self->views, GTK_WIDGET (row));
  for (guint i = 0; i < all->len; i++)
    {
      GtkWidget *made = wb_view_row_new (all->pdata[i]);

      g_signal_connect (made, "deleted", G_CALLBACK (row_deleted_cb), self);
      g_signal_connect (made, "renamed", G_CALLBACK (row_renamed_cb), self);
      gtk_list_box_append (self->views, made);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->views), all->len > 0);
  gtk_widget_set_visible (self->none, all->len == 0);
  if (focus >= 0)
    restore_focus (self, focus);
}

/** wb_saved_views_save: keeps @query (as of wb_orders_view_to_json()) under @name, in the place of
 * one that has the name already. */
void
wb_saved_views_save (WbSavedViews *self, const char *name, const char *query)
{
  g_autoptr (WbSavedView) view = wb_saved_view_new ();

  for (int i = 0; gtk_list_box_get_row_at_index (self->views, i) != NULL; i++)
    {
      WbSavedView *old =
          wb_view_row_get_view (WB_VIEW_ROW (gtk_list_box_get_row_at_index (self->views, i)));

      if (g_strcmp0 (wb_record_get_text (old, WB_SAVED_VIEW_NAME), name) == 0)
        wb_record_set_int (view, WB_SAVED_VIEW_ID, wb_record_get_int (old, WB_SAVED_VIEW_ID));
    }
  wb_record_set_text (view, WB_SAVED_VIEW_NAME, name);
  wb_record_set_text (view, WB_SAVED_VIEW_QUERY, query);
  keep (self, view);
}
