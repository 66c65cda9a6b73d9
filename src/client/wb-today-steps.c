/* SPDX-License-Identifier: GPL-3.0-or-later
 * The next steps of the inbox: what the button of a row does, what is asked before it costs money,
 * and what came of it. */
#include "wb-channel-window.h"
#include "wb-exception-row.h"
#include "wb-exceptions.h"
#include "wb-listings-window.h"
#include "wb-refusals.h"
#include "wb-set-aside-window.h"
#include "wb-settle-window.h"
#include "wb-text.h"
#include "wb-toast.h"
#include "wb-today-page-private.h"
#include "wb-today-works.h"

#include <glib/gi18n-lib.h>

/* A next step by its id: the work that does it, or the action of the window that leads there. What
 * moves money or cannot be undone asks first, with the amount in its button. */
static const struct
{
  const char       *next;
  const WbWorkKind *work;
  const char       *action; /* of the window, on the order */
  const char       *heading, *body, *response;
} steps[] = {
  { .next = "resolve", .work = &wb_today_resolve_work },
  { .next = "retry",
    .work = &wb_today_retry_work,
    .heading = N_ ("Take this payment?"),
    .body = N_ ("The customer pays now."),
    /* Translators: a button; the placeholder is an amount of money */
    .response = N_ ("_Take %s") },
  { .next = "capture-rest",
    .work = &wb_today_capture_work,
    .heading = N_ ("Take this payment?"),
    .body = N_ ("The customer pays now."),
    .response = N_ ("_Take %s") },
  { .next = "void-label",
    .work = &wb_today_void_work,
    .heading = N_ ("Void this label?"),
    .body = N_ ("The label cannot be used afterwards. The parcel must not leave."),
    .response = N_ ("_Ask %s back") },
  { .next = "release", .work = &wb_today_release_work },
  { .next = "refresh-payment", .work = &wb_today_payment_work },
  { .next = "reprint", .work = &wb_today_print_work },
  { .next = "sync", .work = &wb_today_sync_work },
  { .next = "tell-stock", .work = &wb_today_tell_work },
  { .next = "show", .action = "win.show-order" },
  { .next = "match", .action = "win.show-order" }, /* both: open_channel() */
  { .next = "explain", .action = "win.show-order" },
  { .next = "ship", .action = "win.show-order" },
  { .next = "show-money", .action = "win.show-money" },
  { .next = "rebuy-label", .action = "win.show-order" },
  { .next = "renew-charge", .work = &wb_today_renew_work },
  { .next = "request-payment", .action = "win.show-order" },
};

/* What a running step keeps by it. */
typedef struct
{
  char       *key;
  WbTodayAsk *undo; /* (nullable): the hold that brings the release back */
} Step;

static void
step_free (gpointer data)
{
  Step *step = data;

  g_free (step->key);
  g_clear_pointer (&step->undo, wb_today_ask_free);
  g_free (step);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Step, step_free)

static void work (
    WbTodayPage *self, const WbWorkKind *kind, WbTodayAsk *ask, const char *key, WbTodayAsk *undo);

static void
undo_cb (AdwToast *toast, WbTodayPage *self)
{
  const WbTodayAsk *ask = g_object_get_data (G_OBJECT (toast), "undo");

  if (self->workspace != NULL)
    work (self, &wb_today_hold_work, wb_today_ask_copy (ask), NULL, NULL);
}

static void
show_outcome (WbTodayPage *self, Step *step, const char *outcome, const GError *error)
{
  g_autofree char *words = error != NULL ? wb_error_words (error) : NULL;
  g_autofree char *advice = error != NULL ? wb_error_advice (error) : NULL;

  if (error == NULL && step->undo != NULL)
    wb_toast_show_undo (GTK_WIDGET (self), outcome, G_OBJECT (self), G_CALLBACK (undo_cb),
                        g_steal_pointer (&step->undo), wb_today_ask_free);
  else if (error == NULL)
    wb_toast_show (GTK_WIDGET (self), outcome);
  else if (step->key == NULL)
    wb_toast_show (GTK_WIDGET (self), words);
  else
    g_hash_table_insert (self->failed, g_strdup (step->key),
                         g_strdup_printf ("%s. %s", words, advice));
}

static void
worked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbTodayPage       *self = WB_TODAY_PAGE (source);
  g_autoptr (Step)   step = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char   *outcome = wb_worker_finish (result, &error);

  if (self->workspace == NULL)
    return;
  if (step->key != NULL)
    g_hash_table_remove (self->busy, step->key);
  show_outcome (self, step, outcome, error);
  wb_today_page_show_steps (self);
  wb_workspace_look (self->workspace);
  wb_today_figures_read (self->figures);
}

/* @key: (nullable): the exception's, whose row shows it running; @undo: (transfer full) (nullable)
 */
static void
work (WbTodayPage *self, const WbWorkKind *kind, WbTodayAsk *ask, const char *key, WbTodayAsk *undo)
{
  Step *step = g_new0 (Step, 1);

  step->key = g_strdup (key);
  step->undo = undo;
  if (key != NULL)
    {
      g_hash_table_add (self->busy, g_strdup (key));
      g_hash_table_remove (self->failed, key);
      wb_today_page_show_steps (self);
    }
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), kind, ask, G_OBJECT (self), NULL,
                       worked_cb, step);
}

static const WbException *
find_exception (WbTodayPage *self, const char *key)
{
  for (guint i = 0; self->needing != NULL && i < self->needing->len; i++)
    {
      g_autofree char *own = wb_exception_key (self->needing->pdata[i]);

      if (g_str_equal (own, key))
        return self->needing->pdata[i];
    }
  return NULL;
}

/* What is about a channel as a whole is settled in a window of its own. */
static gboolean
open_channel (WbTodayPage *self, const WbException *exception)
{
  GtkWindow               *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  g_autoptr (WbConnection) channel = NULL;

  if (g_str_equal (exception->next, "match"))
    {
      wb_listings_window_present (window, self->workspace, exception->connection_id);
      return TRUE;
    }
  if (!g_str_equal (exception->next, "explain"))
    return FALSE;
  channel = wb_book_get_connection (wb_workspace_get_book (self->workspace),
                                    exception->connection_id, NULL);
  if (channel != NULL)
    wb_channel_window_present (window, self->workspace, channel);
  return TRUE;
}

/* What is about a parcel is looked at there, all else at its order; shipping begins at once. */
static void
go_there (WbTodayPage *self, const char *action, const WbException *exception)
{
  gboolean shows = g_str_equal (exception->next, "show");

  if (open_channel (self, exception))
    return;

  if (g_str_equal (exception->kind, "set-aside"))
    {
      gtk_window_present (
          wb_set_aside_window_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                   self->workspace, exception->label_id));
      return;
    }
  if (g_str_equal (exception->next, "request-payment"))
    {
      wb_settle_window_open (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->workspace,
                             exception->order_id, WB_SETTLE_ASKED);
      return;
    }
  if (shows && exception->shipment_id != 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-shipment", "x",
                                exception->shipment_id);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), action, "x", exception->order_id);
  if (!shows)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.main-action", NULL);
}

static void
do_step (WbTodayPage *self, guint i, const WbException *exception)
{
  g_autofree char *key = wb_exception_key (exception);
  WbTodayAsk      *undo = NULL;

  if (steps[i].action != NULL)
    {
      go_there (self, steps[i].action, exception);
      return;
    }
  if (exception->hold_reason != NULL && g_str_equal (exception->next, "release"))
    undo = wb_today_ask_new (exception, exception->hold_reason);
  work (self, steps[i].work, wb_today_ask_new (exception, NULL), key, undo);
}

static guint
find_step (const char *next)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_strcmp0 (steps[i].next, next) == 0)
      return i;
  return G_N_ELEMENTS (steps);
}

/* It may have been settled by somebody else while the question stood there. */
static void
confirmed_cb (AdwMessageDialog *dialog, const char *response, WbTodayPage *self)
{
  const WbException *exception =
      find_exception (self, g_object_get_data (G_OBJECT (dialog), "key"));

  if (self->workspace != NULL && exception != NULL && g_str_equal (response, "go"))
    do_step (self, find_step (exception->next), exception);
}

static AdwMessageDialog *
ask (WbTodayPage *self, const WbException *exception, const char *heading)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (
      adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), heading, NULL));

  adw_message_dialog_add_response (dialog, "cancel", _ ("_Cancel"));
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "key", wb_exception_key (exception), g_free);
  return dialog;
}

static void
confirm (WbTodayPage *self, guint i, const WbException *exception)
{
  AdwMessageDialog *dialog = ask (self, exception, _ (steps[i].heading));
  g_autofree char  *money = wb_money_to_text (exception->amount);
  g_autofree char  *response = g_strdup_printf (_ (steps[i].response), money);

  adw_message_dialog_format_body (dialog, "%s\n\n%s", exception->title, _ (steps[i].body));
  adw_message_dialog_add_response (dialog, "go", response);
  adw_message_dialog_set_response_appearance (dialog, "go",
                                              g_str_equal (exception->next, "void-label")
                                                  ? ADW_RESPONSE_DESTRUCTIVE
                                                  : ADW_RESPONSE_SUGGESTED);
  g_signal_connect_object (dialog, "response", G_CALLBACK (confirmed_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
next_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbTodayPage       *self = WB_TODAY_PAGE (widget);
  const char        *key = g_variant_get_string (parameter, NULL);
  const WbException *exception = find_exception (self, key);
  guint              i = exception != NULL ? find_step (exception->next) : 0;

  if (exception == NULL || i == G_N_ELEMENTS (steps) || g_hash_table_contains (self->busy, key))
    return;
  if (exception->amount.minor != 0 && steps[i].heading != NULL)
    confirm (self, i, exception);
  else
    do_step (self, i, exception);
}

static void
decided_cb (AdwMessageDialog *dialog, const char *response, WbTodayPage *self)
{
  const char        *key = g_object_get_data (G_OBJECT (dialog), "key");
  const WbException *exception = find_exception (self, key);
  GtkWidget         *entry = adw_message_dialog_get_extra_child (dialog);
  WbTodayAsk        *decision;

  if (self->workspace == NULL || exception == NULL || g_str_equal (response, "cancel"))
    return;
  decision = wb_today_ask_new (exception,
                               entry != NULL ? gtk_editable_get_text (GTK_EDITABLE (entry)) : NULL);
  decision->happened = g_str_equal (response, "yes");
  work (self, &wb_today_decide_work, decision, key, NULL);
}

/* That it happened is proved by the vendor's own number for it. */
static void
ref_typed_cb (GtkEditable *entry, AdwMessageDialog *dialog)
{
  adw_message_dialog_set_response_enabled (dialog, "yes",
                                           !wb_text_is_empty (gtk_editable_get_text (entry)));
}

static void
add_ref_entry (AdwMessageDialog *dialog)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("The gateway's number of the payment"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("The gateway's number of the payment"), -1);
  adw_message_dialog_set_extra_child (dialog, entry);
  adw_message_dialog_set_response_enabled (dialog, "yes", FALSE);
  g_signal_connect_object (entry, "changed", G_CALLBACK (ref_typed_cb), dialog, 0);
}

/* The vendor could not tell: a person who has looked there decides. */
static void
decide_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbTodayPage       *self = WB_TODAY_PAGE (widget);
  const WbException *exception = find_exception (self, g_variant_get_string (parameter, NULL));
  AdwMessageDialog  *dialog;

  if (exception == NULL)
    return;
  dialog = ask (self, exception, _ ("What happened?"));
  adw_message_dialog_format_body (
      dialog, "%s\n\n%s", exception->title,
      exception->decide == WB_DECIDE_NOT
          ? _ ("Look at the carrier’s own pages first. If a label was bought there, ask again or "
               "void it there. What you say is written down under your name.")
          : _ ("Look at the vendor’s own pages first. What did not happen is done now. What you "
               "say is written down under your name and not asked again."));
  adw_message_dialog_add_response (dialog, "no", _ ("It did _not happen"));
  if (exception->decide != WB_DECIDE_NOT)
    adw_message_dialog_add_response (dialog, "yes", _ ("It _happened"));
  if (exception->decide == WB_DECIDE_WITH_REF)
    add_ref_entry (dialog);
  g_signal_connect_object (dialog, "response", G_CALLBACK (decided_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/** wb_today_steps_install: the actions that the rows' buttons ask for, by the exception's key. */
void
wb_today_steps_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "today.next", "s", next_action);
  gtk_widget_class_install_action (widget_class, "today.decide", "s", decide_action);
}
