/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Today page: three numbers, fourteen days, and everything that needs a person, worst first. */
#include "wb-today-page.h"

#include "wb-day-chart.h"
#include "wb-exception-row.h"
#include "wb-order-facts.h"
#include "wb-resource.h"
#include "wb-set-aside-window.h"
#include "wb-settle-window.h"
#include "wb-text.h"
#include "wb-toast.h"
#include "wb-today-works.h"
#include "wb-trouble.h"

#include <glib/gi18n-lib.h>

#define DAY       (24 * 60 * 60)
#define MOST_ROWS 40 /* shown at once; the worst come first */

/* What the page shows, read in one go. */
typedef struct
{
  guint      to_ship;
  GArray    *to_capture; /* of WbMoney */
  WbInstant  first_day;
  gint64     in[WB_CHART_DAYS], out[WB_CHART_DAYS];
  GPtrArray *needing; /* of WbException */
} Figures;

struct _WbTodayPage
{
  AdwBin         parent_instance;
  GtkStack      *stack;
  GtkWidget     *to_ship_button;
  GtkWidget     *needs_you_button;
  GtkWidget     *to_capture_button;
  GtkLabel      *to_ship;
  GtkLabel      *needs_you;
  GtkLabel      *to_capture;
  WbDayChart    *chart;
  GtkStack      *inbox;
  GtkListBox    *rows;
  GtkLabel      *more;
  AdwStatusPage *error_page;
  WbWorkspace   *workspace;
  GPtrArray     *needing; /* of WbException, as last read */
  char          *shown;   /* signature of the rows */
  GHashTable    *busy;    /* keys of exceptions whose step runs */
  GHashTable    *failed;  /* key → why its step did not settle it */
  guint          to_ship_count;
  gboolean       running, again;
};

enum
{
  COUNTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbTodayPage, wb_today_page, ADW_TYPE_BIN)

static void query (WbTodayPage *self);

static void
figures_free (gpointer data)
{
  Figures *figures = data;

  g_clear_pointer (&figures->to_capture, g_array_unref);
  g_clear_pointer (&figures->needing, g_ptr_array_unref);
  g_free (figures);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Figures, figures_free)

/* The beginning of the local day thirteen days ago. */
static WbInstant
first_day (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (wb_now ());
  g_autoptr (GDateTime) today =
      g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now),
                             g_date_time_get_day_of_month (now), 0, 0, 0);

  return g_date_time_to_unix (today) - (WB_CHART_DAYS - 1) * DAY;
}

static gpointer
read_figures (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbBook                *book = wb_job_get_book (job, error);
  g_autoptr (Figures)    figures = g_new0 (Figures, 1);
  g_autoptr (GHashTable) stages = book != NULL ? wb_book_count_stages (book, error) : NULL;

  if (stages == NULL)
    return NULL;
  figures->to_ship = GPOINTER_TO_UINT (g_hash_table_lookup (stages, WB_STAGE_READY)) +
                     GPOINTER_TO_UINT (g_hash_table_lookup (stages, WB_STAGE_PARTIAL));
  figures->first_day = first_day ();
  if ((figures->to_capture = wb_book_sum_to_capture (book, error)) == NULL ||
      !wb_book_count_days (book, figures->first_day, WB_CHART_DAYS, figures->in, figures->out,
                           error) ||
      (figures->needing = wb_desk_list_exceptions (book, error)) == NULL)
    return NULL;
  return g_steal_pointer (&figures);
}

static const WbWorkKind figures_work = { .run = read_figures, .free_result = figures_free };

/* A number alone says nothing to those who hear it. */
static void
name_figure (GtkWidget *button, const char *number, const char *what)
{
  g_autofree char *name = g_strdup_printf ("%s %s", number, what);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
show_money (WbTodayPage *self, GArray *sums)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < sums->len; i++)
    {
      g_autofree char *amount = wb_money_to_text (g_array_index (sums, WbMoney, i));

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", amount);
    }
  gtk_label_set_text (self->to_capture, text->len > 0 ? text->str : "–");
  name_figure (self->to_capture_button, text->len > 0 ? text->str : "0",
               _ ("to capture when shipped"));
}

/* What is left out comes up as soon as what is worse is settled. */
static void
show_more (WbTodayPage *self, guint n)
{
  guint            more = n > MOST_ROWS ? n - MOST_ROWS : 0;
  g_autofree char *text = g_strdup_printf (
      ngettext ("and %u more that is less urgent", "and %u more that are less urgent", more), more);

  gtk_label_set_text (self->more, text);
  gtk_widget_set_visible (GTK_WIDGET (self->more), more > 0);
}

/* What runs and what failed, on the rows as they are now. */
static void
show_steps (WbTodayPage *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->rows, i)) != NULL; i++)
    {
      const char *key = wb_exception_row_get_key (WB_EXCEPTION_ROW (row));

      wb_exception_row_set_busy (WB_EXCEPTION_ROW (row), g_hash_table_contains (self->busy, key));
      wb_exception_row_set_outcome (WB_EXCEPTION_ROW (row),
                                    g_hash_table_lookup (self->failed, key));
    }
}

/* The rows are made anew only when one of them is new: a button must not vanish under a finger. And
 * only while they can be seen: what nobody looks at must not hold up what somebody does. */
static void
show_rows (WbTodayPage *self)
{
  g_autoptr (GString) signature = g_string_new (NULL);
  guint               n = self->needing != NULL ? MIN (self->needing->len, MOST_ROWS) : 0;

  if (self->needing == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  for (guint i = 0; i < n; i++)
    {
      const WbException *exception = self->needing->pdata[i];

      g_string_append_printf (signature, "%s %s %" G_GINT64_FORMAT "\n", exception->title,
                              exception->next_title, exception->operation_id);
    }
  gtk_stack_set_visible_child_name (self->inbox, n > 0 ? "rows" : "calm");
  show_more (self, self->needing->len);
  if (!wb_set_str (&self->shown, signature->str))
    return;
  wb_list_box_clear (self->rows);
  for (guint i = 0; i < n; i++)
    gtk_list_box_append (self->rows, wb_exception_row_new (self->needing->pdata[i]));
  show_steps (self);
}

static void
wb_today_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wb_today_page_parent_class)->map (widget);
  show_rows (WB_TODAY_PAGE (widget));
}

static void
show_figures (WbTodayPage *self, Figures *figures)
{
  g_autofree char *to_ship = g_strdup_printf ("%'u", figures->to_ship);
  g_autofree char *needs = g_strdup_printf ("%'u", figures->needing->len);

  gtk_label_set_text (self->to_ship, to_ship);
  gtk_label_set_text (self->needs_you, needs);
  name_figure (self->to_ship_button, to_ship, _ ("to ship"));
  name_figure (self->needs_you_button, needs, _ ("orders and steps need you"));
  show_money (self, figures->to_capture);
  wb_day_chart_set_days (self->chart, figures->first_day, figures->in, figures->out);
  g_clear_pointer (&self->needing, g_ptr_array_unref);
  self->needing = g_ptr_array_ref (figures->needing);
  self->to_ship_count = figures->to_ship;
  show_rows (self);
  gtk_stack_set_visible_child_name (self->stack, "page");
  g_signal_emit (self, signals[COUNTED], 0);
}

static void
figures_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbTodayPage        *self = WB_TODAY_PAGE (source);
  g_autoptr (GError)  error = NULL;
  g_autoptr (Figures) figures = wb_worker_finish (result, &error);

  self->running = FALSE;
  if (self->workspace == NULL)
    return;
  if (figures != NULL)
    show_figures (self, figures);
  else
    {
      wb_trouble_in_page (self->error_page, error);
      gtk_stack_set_visible_child_name (self->stack, "error");
    }
  if (self->again)
    query (self);
}

static void
query (WbTodayPage *self)
{
  self->again = self->running;
  if (self->running)
    return;
  self->running = TRUE;
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &figures_work, NULL,
                       G_OBJECT (self), NULL, figures_cb, NULL);
}

static void
changed_cb (WbWorkspace *workspace, WbTodayPage *self)
{
  query (self);
}

/* ---- the next steps ---- */

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
  { .next = "show", .action = "win.show-order" },
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
  show_steps (self);
  wb_workspace_look (self->workspace);
  query (self);
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
      show_steps (self);
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

/* What is about a parcel is looked at there, all else at its order; shipping begins at once. */
static void
go_there (WbTodayPage *self, const char *action, const WbException *exception)
{
  gboolean shows = g_str_equal (exception->next, "show");

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

static void
retry_cb (GtkButton *button, WbTodayPage *self)
{
  query (self);
}

static void
wb_today_page_dispose (GObject *object)
{
  WbTodayPage *self = WB_TODAY_PAGE (object);

  g_clear_object (&self->workspace);
  g_clear_pointer (&self->needing, g_ptr_array_unref);
  g_clear_pointer (&self->shown, g_free);
  g_clear_pointer (&self->busy, g_hash_table_unref);
  g_clear_pointer (&self->failed, g_hash_table_unref);
  G_OBJECT_CLASS (wb_today_page_parent_class)->dispose (object);
}

static void
wb_today_page_class_init (WbTodayPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_today_page_dispose;
  widget_class->map = wb_today_page_map;
  /* How many things need a person has been read anew. */
  signals[COUNTED] = g_signal_new ("counted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (WB_TYPE_DAY_CHART);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-today-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, stack);
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, to_ship_button);
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, needs_you_button);
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, to_capture_button);
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, to_ship);
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, needs_you);
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, to_capture);
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, chart);
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, inbox);
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, rows);
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, more);
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, error_page);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_install_action (widget_class, "today.next", "s", next_action);
  gtk_widget_class_install_action (widget_class, "today.decide", "s", decide_action);
}

static void
wb_today_page_init (WbTodayPage *self)
{
  self->busy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->failed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_today_page_set_workspace: shows the day of @workspace, which must be open; once. */
void
wb_today_page_set_workspace (WbTodayPage *self, WbWorkspace *workspace)
{
  g_set_object (&self->workspace, workspace);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (changed_cb), self, 0);
  query (self);
}

/** wb_today_page_get_needing: Returns: how many things need a person. */
guint
wb_today_page_get_needing (WbTodayPage *self)
{
  return self->needing != NULL ? self->needing->len : 0;
}

/** wb_today_page_get_to_ship: Returns: how many orders are to ship, as last read. */
guint
wb_today_page_get_to_ship (WbTodayPage *self)
{
  return self->to_ship_count;
}
