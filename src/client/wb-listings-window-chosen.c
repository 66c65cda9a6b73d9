/* SPDX-License-Identifier: GPL-3.0-or-later
 * The chosen listing: what its shop says of it, the products it may be, and looking for another. */
#include "wb-guess-row.h"
#include "wb-listings-window-private.h"
#include "wb-order-facts.h"
#include "wb-text.h"
#include "wb-trouble.h"
#include "wb-works.h"

#include <glib/gi18n-lib.h>

#define TYPING_MS 120

static void find (WbListingsWindow *self);

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
  WbListing *listing = wb_listings_window_get_chosen (self);

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

/** wb_listings_window_show_chosen: the listing that is chosen in the list, unless it is shown. */
void
wb_listings_window_show_chosen (WbListingsWindow *self)
{
  WbListing       *listing = wb_listings_window_get_chosen (self);
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
  wb_listings_window_show_chosen (self);
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

/** wb_listings_window_bind_chosen: the callbacks of the chosen one, for the template. */
void
wb_listings_window_bind_chosen (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stop_cb);
}
