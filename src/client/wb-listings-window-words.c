/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is said of listings: which product one is, that it is none, that it was meant otherwise; and
 * what their shops are asked. */
#include "wb-guess-row.h"
#include "wb-listings-window-private.h"
#include "wb-toast.h"
#include "wb-trouble.h"
#include "wb-works.h"

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
  wb_listings_window_set_busy (self, -1);
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
  wb_listings_window_look (self);
}

/* @word: (transfer full) */
static void
say (WbListingsWindow *self, WbListingWord *word, gboolean back)
{
  wb_trouble_in_label (self->trouble, NULL);
  wb_listings_window_set_busy (self, 1);
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
  WbListing *listing = wb_listings_window_get_chosen (self);

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

  if (wb_listings_window_get_chosen (self) == NULL)
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
  wb_listings_window_set_busy (self, -1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "listings.read", TRUE);
  wb_trouble_in_label (self->trouble, error);
  wb_toast_show (GTK_WIDGET (self->toasts), text);
  wb_workspace_look (self->workspace);
  wb_listings_window_look (self);
}

static void
read_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbListingsWindow *self = WB_LISTINGS_WINDOW (widget);

  wb_trouble_in_label (self->trouble, NULL);
  gtk_widget_action_set_enabled (widget, "listings.read", FALSE);
  wb_listings_window_set_busy (self, 1);
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_listings_read_work,
                       wb_wish_new (self->channel_id, NULL), G_OBJECT (self), NULL, read_cb, NULL);
}

/** wb_listings_window_bind_words: the callbacks and actions by which something is said, with their
 * keys. */
void
wb_listings_window_bind_words (GtkWidgetClass *widget_class)
{
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

  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      gtk_widget_class_install_action (widget_class, actions[i].action, NULL, actions[i].func);
      gtk_widget_class_add_binding_action (widget_class, actions[i].key, actions[i].modifiers,
                                           actions[i].action, NULL);
    }
}
