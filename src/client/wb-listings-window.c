/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which product each listing of a channel is: those that nobody knows, what they may be, and the
 * choice. By keyboard alone: Return goes from a listing to its proposals, Return takes one and goes
 * on to the next listing. */
#include "wb-listings-window.h"

#include "wb-guess-row.h"
#include "wb-listing-row.h"
#include "wb-listings-works.h"
#include "wb-order-facts.h"
#include "wb-resource.h"
#include "wb-split.h"
#include "wb-text.h"
#include "wb-toast.h"
#include "wb-trouble.h"
#include "wb-works.h"

#include <glib/gi18n-lib.h>

#define TYPING_MS 120

struct _WbListingsWindow
{
  AdwWindow           parent_instance;
  AdwToastOverlay    *toasts;
  AdwWindowTitle     *window_title;
  GtkWidget          *back;
  GtkSpinner         *spinner;
  GtkToggleButton    *all;
  GtkLabel           *trouble;
  WbSplit            *split;
  GtkStack           *stack;
  GtkListView        *view;
  AdwStatusPage      *error_page;
  GtkStack           *detail;
  GtkLabel           *name;
  GtkLabel           *facts;
  GtkEditable        *search;
  GtkLabel           *rows_title;
  GtkListBox         *rows;
  WbWorkspace        *workspace; /* NULL: gone */
  gint64              channel_id;
  GListStore         *list; /* of WbListing */
  GtkSingleSelection *selection;
  gint64              shown; /* the listing in the detail, 0: none */
  WbListingWord      *undo;  /* what takes the last word back */
  gboolean            looking, again;
  gboolean            finding, find_again;
  gboolean            filling;
  gboolean            to_list; /* the keyboard goes there when the list has been read */
  guint               busy;    /* works that run */
  guint               typing_id;
};

G_DEFINE_FINAL_TYPE (WbListingsWindow, wb_listings_window, ADW_TYPE_WINDOW)

static void look (WbListingsWindow *self);
static void find (WbListingsWindow *self);

static WbListing *
get_chosen (WbListingsWindow *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

static void
set_busy (WbListingsWindow *self, int more)
{
  self->busy = (guint) ((int) self->busy + more);
  gtk_spinner_set_spinning (self->spinner, self->busy > 0);
}

/* ---- the chosen one ---- */

static void
show_rows (WbListingsWindow *self, GPtrArray *guesses, const char *title, const char *nothing)
{
  gboolean any = guesses != NULL && guesses->len > 0;

  wb_list_box_clear (self->rows);
  for (guint i = 0; any && i < guesses->len; i++)
    gtk_list_box_append (self->rows, wb_guess_row_new (guesses->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self->rows), any);
  gtk_label_set_text (self->rows_title, any ? title : nothing);
}

static void
show_guesses (WbListingsWindow *self)
{
  WbListing *listing = get_chosen (self);

  show_rows (self, listing != NULL ? wb_listing_get_guesses (listing) : NULL,
             _ ("It may be one of these"), _ ("Nothing is like it: look for the product"));
}

static char *
facts_of (WbListing *listing)
{
  const char *sku = wb_record_get_text (listing, WB_LISTING_SKU);
  const char *barcode = wb_record_get_text (listing, WB_LISTING_BARCODE);
  gint64      weight = wb_record_get_int (listing, WB_LISTING_WEIGHT_G);
  GString    *text = g_string_new (NULL);

  /* Translators: a listing's SKU in its shop */
  g_string_append_printf (text, _ ("SKU there: %s"), wb_text_is_empty (sku) ? "–" : sku);
  if (!wb_text_is_empty (barcode))
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("Barcode: %s"), barcode);
    }
  if (weight > 0)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("Weight: %d g"), (int) weight);
    }
  if (wb_record_get_bool (listing, WB_LISTING_MANAGED))
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("In stock there: %d"),
                              (int) wb_record_get_int (listing, WB_LISTING_SHOWN));
    }
  return g_string_free (text, FALSE);
}

static void
show_chosen (WbListingsWindow *self)
{
  WbListing       *listing = get_chosen (self);
  gint64           id = listing != NULL ? wb_record_get_int (listing, WB_LISTING_ID) : 0;
  g_autofree char *facts = listing != NULL ? facts_of (listing) : NULL;

  if (self->filling)
    return;
  gtk_stack_set_visible_child_name (self->detail, listing != NULL ? "listing" : "nothing");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "listings.make", listing != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "listings.none", listing != NULL);
  if (listing == NULL || id == self->shown)
    {
      self->shown = id;
      return;
    }
  self->shown = id;
  gtk_label_set_text (self->name, wb_record_get_text (listing, WB_LISTING_NAME));
  gtk_label_set_text (self->facts, facts);
  gtk_editable_set_text (self->search, "");
  show_guesses (self);
}

static void
selected_cb (GtkSingleSelection *selection, GParamSpec *pspec, WbListingsWindow *self)
{
  show_chosen (self);
}

/* To what can be taken with Return; without proposals to the search. */
static void
go_to_detail (WbListingsWindow *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->rows, 0);

  wb_split_set_show_detail (self->split, TRUE);
  gtk_widget_grab_focus (first != NULL && gtk_widget_get_visible (GTK_WIDGET (self->rows))
                             ? GTK_WIDGET (first)
                             : GTK_WIDGET (self->search));
}

static void
activate_cb (GtkListView *view, guint position, WbListingsWindow *self)
{
  gtk_single_selection_set_selected (self->selection, position);
  show_chosen (self);
  go_to_detail (self);
}

/* ---- looking for a product ---- */

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbListingsWindow     *self = WB_LISTINGS_WINDOW (source);
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) found = wb_worker_finish (result, &error);

  self->finding = FALSE;
  if (self->workspace == NULL)
    return;
  if (self->find_again)
    find (self);
  else if (found == NULL)
    wb_trouble_in_label (self->trouble, error);
  else if (!wb_text_is_empty (gtk_editable_get_text (self->search)))
    show_rows (self, found, _ ("Found"), _ ("No product found"));
}

static void
find (WbListingsWindow *self)
{
  self->find_again = self->finding;
  if (self->finding)
    return;
  self->finding = TRUE;
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_listings_find_work,
                       wb_wish_new (0, gtk_editable_get_text (self->search)), G_OBJECT (self), NULL,
                       found_cb, NULL);
}

static void
typing_cb (gpointer data)
{
  WbListingsWindow *self = data;

  self->typing_id = 0;
  if (wb_text_is_empty (gtk_editable_get_text (self->search)))
    show_guesses (self);
  else
    find (self);
}

static void
search_cb (GtkSearchEntry *entry, WbListingsWindow *self)
{
  g_clear_handle_id (&self->typing_id, g_source_remove);
  self->typing_id = g_timeout_add_once (TYPING_MS, typing_cb, self);
}

static void
search_activate_cb (GtkSearchEntry *entry, WbListingsWindow *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->rows, 0);

  if (first != NULL && gtk_widget_get_visible (GTK_WIDGET (self->rows)))
    gtk_widget_grab_focus (GTK_WIDGET (first));
}

static void
search_stop_cb (GtkSearchEntry *entry, WbListingsWindow *self)
{
  if (!wb_text_is_empty (gtk_editable_get_text (self->search)))
    gtk_editable_set_text (self->search, "");
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
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
  show_chosen (self);
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
  set_busy (self, -1);
  if (seen != NULL)
    show_look (self, seen);
  else
    {
      wb_trouble_in_page (self->error_page, error);
      gtk_stack_set_visible_child_name (self->stack, "error");
    }
  if (self->again)
    look (self);
}

static void
look (WbListingsWindow *self)
{
  self->again = self->looking;
  if (self->looking)
    return;
  self->looking = TRUE;
  set_busy (self, 1);
  wb_worker_run_async (
      wb_workspace_get_worker (self->workspace), &wb_listings_look_work,
      wb_listings_ask_new (self->channel_id, gtk_toggle_button_get_active (self->all)),
      G_OBJECT (self), NULL, looked_cb, NULL);
}

static void
all_cb (GtkToggleButton *button, WbListingsWindow *self)
{
  look (self);
}

static void
changed_cb (WbWorkspace *workspace, WbListingsWindow *self)
{
  look (self);
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

/* ---- what is said ---- */

static void undo_cb (AdwToast *toast, WbListingsWindow *self);

static void
said_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbListingsWindow         *self = WB_LISTINGS_WINDOW (source);
  g_autoptr (GError)        error = NULL;
  g_autoptr (WbListingDone) done = wb_worker_finish (result, &error);
  gboolean                  back = GPOINTER_TO_INT (user_data);

  if (self->workspace == NULL)
    return;
  set_busy (self, -1);
  wb_trouble_in_label (self->trouble, error);
  if (done == NULL)
    return;
  g_clear_pointer (&self->undo, wb_listing_word_free);
  if (back)
    wb_toast_show (GTK_WIDGET (self->toasts), done->text);
  else
    {
      self->undo = wb_listing_word_copy (done->undo);
      wb_toast_show_undo (GTK_WIDGET (self->toasts), done->text, G_OBJECT (self),
                          G_CALLBACK (undo_cb), g_steal_pointer (&done->undo),
                          wb_listing_word_free);
      wb_split_set_show_detail (self->split, FALSE);
      self->to_list = TRUE;
    }
  wb_workspace_look (self->workspace);
  look (self);
}

/* @word: (transfer full) */
static void
say (WbListingsWindow *self, WbListingWord *word, gboolean back)
{
  wb_trouble_in_label (self->trouble, NULL);
  set_busy (self, 1);
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_listings_say_work, word,
                       G_OBJECT (self), NULL, said_cb, GINT_TO_POINTER (back));
}

static void
undo_cb (AdwToast *toast, WbListingsWindow *self)
{
  if (self->workspace != NULL)
    say (self, wb_listing_word_copy (g_object_get_data (G_OBJECT (toast), "undo")), TRUE);
}

static void
say_chosen (WbListingsWindow *self, WbListingSay what, gint64 product_id)
{
  WbListing *listing = get_chosen (self);

  if (listing != NULL)
    say (self, wb_listing_word_new (listing, what, product_id), FALSE);
}

static void
row_activated_cb (GtkListBox *rows, GtkListBoxRow *row, WbListingsWindow *self)
{
  say_chosen (self, WB_LISTING_IS, wb_guess_row_get_product_id (WB_GUESS_ROW (row)));
}

static void
make_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  say_chosen (WB_LISTINGS_WINDOW (widget), WB_LISTING_IS_NEW, 0);
}

static void
none_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  say_chosen (WB_LISTINGS_WINDOW (widget), WB_LISTING_IS_NONE, 0);
}

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbListingsWindow *self = WB_LISTINGS_WINDOW (widget);

  if (self->undo != NULL)
    say (self, g_steal_pointer (&self->undo), TRUE);
}

static void
find_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbListingsWindow *self = WB_LISTINGS_WINDOW (widget);

  if (get_chosen (self) == NULL)
    return;
  wb_split_set_show_detail (self->split, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbListingsWindow  *self = WB_LISTINGS_WINDOW (source);
  g_autoptr (GError) error = NULL;
  g_autofree char   *text = wb_worker_finish (result, &error);

  if (self->workspace == NULL)
    return;
  set_busy (self, -1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "listings.read", TRUE);
  wb_trouble_in_label (self->trouble, error);
  wb_toast_show (GTK_WIDGET (self->toasts), text);
  wb_workspace_look (self->workspace);
  look (self);
}

static void
read_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbListingsWindow *self = WB_LISTINGS_WINDOW (widget);

  wb_trouble_in_label (self->trouble, NULL);
  gtk_widget_action_set_enabled (widget, "listings.read", FALSE);
  set_busy (self, 1);
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_listings_read_work,
                       wb_wish_new (self->channel_id, NULL), G_OBJECT (self), NULL, read_cb, NULL);
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
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
wb_listings_window_class_init (WbListingsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const struct
  {
    const char                 *action;
    GtkWidgetActionActivateFunc func;
    guint                       key;
    GdkModifierType             modifiers;
  } actions[] = {
    { "listings.make", make_action, GDK_KEY_n, GDK_CONTROL_MASK },
    { "listings.none", none_action, GDK_KEY_Delete, GDK_CONTROL_MASK },
    { "listings.undo", undo_action, GDK_KEY_z, GDK_CONTROL_MASK },
    { "listings.find", find_action, GDK_KEY_f, GDK_CONTROL_MASK },
    { "listings.read", read_action, GDK_KEY_F5, 0 },
  };

  G_OBJECT_CLASS (klass)->dispose = wb_listings_window_dispose;
  g_type_ensure (WB_TYPE_SPLIT);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-listings-window.ui");
  bind_children (widget_class);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      gtk_widget_class_install_action (widget_class, actions[i].action, NULL, actions[i].func);
      gtk_widget_class_add_binding_action (widget_class, actions[i].key, actions[i].modifiers,
                                           actions[i].action, NULL);
    }
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
  show_chosen (self);
  look (self);
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WINDOW (self);
}
