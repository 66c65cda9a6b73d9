/* SPDX-License-Identifier: GPL-3.0-or-later
 * The Today page: three numbers, fourteen days, and everything that needs a person, worst first. */
#include "wb-today-page.h"

#include "wb-day-chart.h"
#include "wb-exception-row.h"
#include "wb-order-facts.h"
#include "wb-resource.h"
#include "wb-text.h"
#include "wb-works.h"

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
                              exception->next, exception->operation_id);
    }
  gtk_stack_set_visible_child_name (self->inbox, n > 0 ? "rows" : "calm");
  show_more (self, self->needing->len);
  if (!wb_set_str (&self->shown, signature->str))
    return;
  wb_list_box_clear (self->rows);
  for (guint i = 0; i < n; i++)
    gtk_list_box_append (self->rows, wb_exception_row_new (self->needing->pdata[i]));
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
      adw_status_page_set_description (self->error_page, error->message);
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

static void
worked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbTodayPage       *self = WB_TODAY_PAGE (source);
  g_autoptr (GError) error = NULL;
  g_autofree char   *outcome = wb_worker_finish (result, &error);

  if (self->workspace == NULL)
    return;
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s",
                              outcome != NULL ? outcome : error->message);
  wb_workspace_look (self->workspace);
  query (self);
}

static void
work (WbTodayPage *self, const WbWorkKind *kind, gint64 id, const char *text)
{
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), kind, wb_wish_new (id, text),
                       G_OBJECT (self), NULL, worked_cb, NULL);
}

static void
next_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbTodayPage *self = WB_TODAY_PAGE (widget);
  const char  *next;
  gint64       order_id, shipment_id, operation_id;

  g_variant_get (parameter, "(&sxxx)", &next, &order_id, &shipment_id, &operation_id);
  if (g_str_equal (next, "resolve") || g_str_equal (next, "retry"))
    work (self, &wb_resolve_work, operation_id, NULL);
  else if (g_str_equal (next, "release"))
    work (self, &wb_release_work, order_id, NULL);
  else if (g_str_equal (next, "refresh-payment"))
    work (self, &wb_refresh_payment_work, order_id, NULL);
  else if (g_str_equal (next, "reprint"))
    work (self, &wb_reprint_work, shipment_id, WB_DOCUMENT_LABEL);
  else if (g_str_equal (next, "sync"))
    gtk_widget_activate_action (widget, "win.sync", NULL);
  else if (order_id != 0)
    gtk_widget_activate_action (widget, "win.show-order", "x", order_id);
}

static void
decided_cb (AdwMessageDialog *dialog, const char *response, WbTodayPage *self)
{
  gint64 operation_id = *(gint64 *) g_object_get_data (G_OBJECT (dialog), "operation");

  if (self->workspace != NULL && !g_str_equal (response, "cancel"))
    work (self, &wb_decide_work, operation_id, response);
}

/* The vendor could not tell: a person who has looked there decides. */
static void
decide_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AdwMessageDialog *dialog;
  const char       *title;
  gint64            operation_id;

  g_variant_get (parameter, "(x&s)", &operation_id, &title);
  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)),
                                                       _ ("What happened?"), NULL));
  adw_message_dialog_format_body (dialog,
                                  _ ("%s\n\nLook at the vendor’s own pages first. What you say "
                                     "here is written down under your name and not asked again."),
                                  title);
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "no", _ ("It did _not happen"),
                                    "yes", _ ("It _happened"), NULL);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "operation",
                          g_memdup2 (&operation_id, sizeof operation_id), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (decided_cb), widget, 0);
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
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, to_ship);
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, needs_you);
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, to_capture);
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, chart);
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, inbox);
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, rows);
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, more);
  gtk_widget_class_bind_template_child (widget_class, WbTodayPage, error_page);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_install_action (widget_class, "today.next", "(sxxx)", next_action);
  gtk_widget_class_install_action (widget_class, "today.decide", "(xs)", decide_action);
}

static void
wb_today_page_init (WbTodayPage *self)
{
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
