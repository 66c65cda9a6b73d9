/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which product each listing of a channel is: those that nobody knows, what they may be, and the
 * choice. By keyboard alone: Return goes from a listing to its proposals, Return takes one and goes
 * on to the next listing. */
#include "wb-listing-row.h"
#include "wb-listings-window-private.h"
#include "wb-resource.h"
#include "wb-trouble.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (WbListingsWindow, wb_listings_window, ADW_TYPE_WINDOW)

/** wb_listings_window_get_chosen: Returns: (transfer none) (nullable): the listing. */
WbListing *
wb_listings_window_get_chosen (WbListingsWindow *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

/** wb_listings_window_set_busy: @more: works that have begun; negative: that have ended. */
void
wb_listings_window_set_busy (WbListingsWindow *self, int more)
{
  self->busy = (guint) ((int) self->busy + more);
  gtk_spinner_set_spinning (self->spinner, self->busy > 0);
}

/* ---- the list ---- */

static gboolean
is_in (GPtrArray *listings, gint64 id, guint *place)
{
  for (*place = 0; *place < listings->len; (*place)++)
    if (wb_record_get_int (listings->pdata[*place], WB_LISTING_ID) == id)
      return TRUE;
  return FALSE;
}

/* What is gone goes by itself and what stays is replaced in its place: so the list knows where the
 * keyboard was. */
static void
replace (WbListingsWindow *self, GPtrArray *listings)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < listings->len; i++)
    g_hash_table_add (ids,
                      g_memdup2 (&(gint64){ wb_record_get_int (listings->pdata[i], WB_LISTING_ID) },
                                 sizeof (gint64)));
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->list)); i > 0; i--)
    {
      g_autoptr (WbListing) old = g_list_model_get_item (G_LIST_MODEL (self->list), i - 1);
      gint64                id = wb_record_get_int (old, WB_LISTING_ID);

      if (!g_hash_table_contains (ids, &id))
        g_list_store_remove (self->list, i - 1);
    }
  g_list_store_splice (self->list, 0, g_list_model_get_n_items (G_LIST_MODEL (self->list)),
                       listings->pdata, listings->len);
}

static gboolean
list_has_keyboard (WbListingsWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  return focus != NULL && (focus == GTK_WIDGET (self->view) ||
                           gtk_widget_is_ancestor (focus, GTK_WIDGET (self->view)));
}

/* The listing that was chosen stays chosen; when it is gone, the one in its place is. */
static void
fill (WbListingsWindow *self, WbListingsLook *seen)
{
  guint was = gtk_single_selection_get_selected (self->selection), place = 0;

  self->to_list = self->to_list || list_has_keyboard (self);
  self->filling = TRUE;
  replace (self, seen->listings);
  if (!is_in (seen->listings, self->shown, &place))
    place = was < seen->listings->len ? was : MAX (seen->listings->len, 1) - 1;
  if (was == GTK_INVALID_LIST_POSITION && self->shown == 0)
    place = 0;
  gtk_single_selection_set_selected (self->selection,
                                     seen->listings->len > 0 ? place : GTK_INVALID_LIST_POSITION);
  self->filling = FALSE;
  wb_listings_window_show_chosen (self);
  if (self->to_list && seen->listings->len > 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
  else if (self->to_list)
    gtk_widget_grab_focus (GTK_WIDGET (self->all));
  self->to_list = self->to_list && seen->listings->len == 0;
}

static void
show_look (WbListingsWindow *self, WbListingsLook *seen)
{
  g_autofree char *open = g_strdup_printf (
      ngettext ("%u to be matched", "%u to be matched", seen->unmatched), seen->unmatched);

  adw_window_title_set_subtitle (self->window_title, seen->total > 0 ? open : "");
  gtk_stack_set_visible_child_name (self->stack, seen->listings->len > 0 ? "list"
                                                 : seen->total > 0       ? "done"
                                                                         : "never");
  fill (self, seen);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbListingsWindow          *self = WB_LISTINGS_WINDOW (source);
  g_autoptr (GError)         error = NULL;
  g_autoptr (WbListingsLook) seen = wb_worker_finish (result, &error);

  self->looking = FALSE;
  if (self->workspace == NULL)
    return;
  wb_listings_window_set_busy (self, -1);
  if (seen != NULL)
    show_look (self, seen);
  else
    {
      wb_trouble_in_page (self->error_page, error);
      gtk_stack_set_visible_child_name (self->stack, "error");
    }
  if (self->again)
    wb_listings_window_look (self);
}

/** wb_listings_window_look: reads the list again; once more when that runs already. */
void
wb_listings_window_look (WbListingsWindow *self)
{
  self->again = self->looking;
  if (self->looking)
    return;
  self->looking = TRUE;
  wb_listings_window_set_busy (self, 1);
  wb_worker_run_async (
      wb_workspace_get_worker (self->workspace), &wb_listings_look_work,
      wb_listings_ask_new (self->channel_id, gtk_toggle_button_get_active (self->all)),
      G_OBJECT (self), NULL, looked_cb, NULL);
}

static void
all_cb (GtkToggleButton *button, WbListingsWindow *self)
{
  wb_listings_window_look (self);
}

static void
changed_cb (WbWorkspace *workspace, WbListingsWindow *self)
{
  wb_listings_window_look (self);
}

static void
selected_cb (GtkSingleSelection *selection, GParamSpec *pspec, WbListingsWindow *self)
{
  wb_listings_window_show_chosen (self);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, WbListingsWindow *self)
{
  gtk_list_item_set_child (item, wb_listing_row_new ());
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, WbListingsWindow *self)
{
  wb_listing_row_show (WB_LISTING_ROW (gtk_list_item_get_child (item)),
                       gtk_list_item_get_item (item));
}

static void
folded_cb (WbSplit *split, GParamSpec *pspec, WbListingsWindow *self)
{
  gtk_widget_set_visible (self->back,
                          wb_split_get_folded (split) && wb_split_get_show_detail (split));
}

static void
back_cb (GtkButton *button, WbListingsWindow *self)
{
  wb_split_set_show_detail (self->split, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* ---- the class ---- */

static void
wb_listings_window_dispose (GObject *object)
{
  WbListingsWindow *self = WB_LISTINGS_WINDOW (object);

  g_clear_handle_id (&self->typing_id, g_source_remove);
  if (self->view != NULL)
    gtk_list_view_set_model (self->view, NULL);
  g_clear_object (&self->workspace);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  g_clear_pointer (&self->undo, wb_listing_word_free);
  G_OBJECT_CLASS (wb_listings_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WbListingsWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, WbListingsWindow, window_title);
  gtk_widget_class_bind_template_child (widget_class, WbListingsWindow, back);
  gtk_widget_class_bind_template_child (widget_class, WbListingsWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, WbListingsWindow, all);
  gtk_widget_class_bind_template_child (widget_class, WbListingsWindow, trouble);
  gtk_widget_class_bind_template_child (widget_class, WbListingsWindow, split);
  gtk_widget_class_bind_template_child (widget_class, WbListingsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, WbListingsWindow, view);
  gtk_widget_class_bind_template_child (widget_class, WbListingsWindow, error_page);
  gtk_widget_class_bind_template_child (widget_class, WbListingsWindow, detail);
  gtk_widget_class_bind_template_child (widget_class, WbListingsWindow, name);
  gtk_widget_class_bind_template_child (widget_class, WbListingsWindow, facts);
  gtk_widget_class_bind_template_child (widget_class, WbListingsWindow, search);
  gtk_widget_class_bind_template_child (widget_class, WbListingsWindow, rows_title);
  gtk_widget_class_bind_template_child (widget_class, WbListingsWindow, rows);
  gtk_widget_class_bind_template_callback (widget_class, all_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
}

static void
wb_listings_window_class_init (WbListingsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = wb_listings_window_dispose;
  g_type_ensure (WB_TYPE_SPLIT);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-listings-window.ui");
  bind_children (widget_class);
  wb_listings_window_bind_chosen (widget_class);
  wb_listings_window_bind_words (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
wb_listings_window_init (WbListingsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->list = g_list_store_new (wb_listing_get_type ());
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->list)));
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self,
                           0);
}

/** wb_listings_window_present: shows what @channel_id (0: every channel) sells and which product
 * each is, above @parent. Returns: (transfer none): the window. */
GtkWindow *
wb_listings_window_present (GtkWindow *parent, WbWorkspace *workspace, gint64 channel_id)
{
  WbListingsWindow *self = g_object_new (WB_TYPE_LISTINGS_WINDOW, "transient-for", parent, "modal",
                                         parent != NULL, NULL);
  g_autofree char  *title =
      channel_id == 0 ? g_strdup (_ ("Listings of all shops"))
                      /* Translators: the name of a shop */
                       : g_strdup_printf (_ ("Listings of “%s”"),
                                          wb_workspace_get_connection_name (workspace, channel_id));

  self->workspace = g_object_ref (workspace);
  self->channel_id = channel_id;
  gtk_window_set_title (GTK_WINDOW (self), title);
  adw_window_title_set_title (self->window_title, title);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (changed_cb), self, 0);
  self->to_list = TRUE;
  wb_listings_window_show_chosen (self);
  wb_listings_window_look (self);
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WINDOW (self);
}
