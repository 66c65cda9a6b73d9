/* SPDX-License-Identifier: GPL-3.0-or-later
 * The day in figures: what is to ship and to capture, fourteen days, and all that needs a person.
 * Read once for everybody who shows any of it. */
#include "wb-today-figures.h"

#include "wb-exceptions.h"

#define DAY (24 * 60 * 60)

struct _WbTodayFigures
{
  GObject      parent_instance;
  WbWorkspace *workspace; /* (weak): it owns this */
  WbTodayRead *read;      /* NULL: not yet, or the last reading failed */
  GError      *error;
  gboolean     running, again;
};

enum
{
  READ,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbTodayFigures, wb_today_figures, G_TYPE_OBJECT)

static void
read_free (gpointer data)
{
  WbTodayRead *read = data;

  g_clear_pointer (&read->to_capture, g_array_unref);
  g_clear_pointer (&read->needing, g_ptr_array_unref);
  g_free (read);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbTodayRead, read_free)

static WbInstant
first_day (void)
{
  g_autoptr (GDateTime) now = wb_instant_to_local (wb_now ());
  g_autoptr (GDateTime) today =
      g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now),
                             g_date_time_get_day_of_month (now), 0, 0, 0);

  return g_date_time_to_unix (today) - (WB_FIGURES_DAYS - 1) * DAY;
}

static gpointer
run_read (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbBook                 *book = wb_job_get_book (job, error);
  g_autoptr (WbTodayRead) read = g_new0 (WbTodayRead, 1);
  g_autoptr (GHashTable)  stages = book != NULL ? wb_book_count_stages (book, error) : NULL;

  if (stages == NULL)
    return NULL;
  read->to_ship = GPOINTER_TO_UINT (g_hash_table_lookup (stages, WB_STAGE_READY)) +
                  GPOINTER_TO_UINT (g_hash_table_lookup (stages, WB_STAGE_PARTIAL));
  read->first_day = first_day ();
  if ((read->to_capture = wb_book_sum_to_capture (book, error)) == NULL ||
      !wb_book_count_days (book, read->first_day, WB_FIGURES_DAYS, read->in, read->out, error) ||
      (read->needing = wb_list_exceptions (book, error)) == NULL)
    return NULL;
  return g_steal_pointer (&read);
}

static const WbWorkKind read_work = { .run = run_read, .free_result = read_free };

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbTodayFigures *self = WB_TODAY_FIGURES (source);

  self->running = FALSE;
  g_clear_pointer (&self->read, read_free);
  g_clear_error (&self->error);
  self->read = wb_worker_finish (result, &self->error);
  if (self->workspace == NULL)
    return;
  g_signal_emit (self, signals[READ], 0);
  if (self->again)
    wb_today_figures_read (self);
}

static void
changed_cb (WbWorkspace *workspace, WbTodayFigures *self)
{
  wb_today_figures_read (self);
}

static void
wb_today_figures_finalize (GObject *object)
{
  WbTodayFigures *self = WB_TODAY_FIGURES (object);

  g_clear_weak_pointer (&self->workspace);
  g_clear_pointer (&self->read, read_free);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (wb_today_figures_parent_class)->finalize (object);
}

static void
wb_today_figures_class_init (WbTodayFiguresClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_today_figures_finalize;

  /* They have been read anew, or could not be. */
  signals[READ] = g_signal_new ("read", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
wb_today_figures_init (WbTodayFigures *self)
{
}

/** wb_today_figures_get: @workspace: open. Returns: (transfer none): its figures, the same for
 * everybody; from the first time on they are read whenever the book has changed. */
WbTodayFigures *
wb_today_figures_get (WbWorkspace *workspace)
{
  static const char *const name = "wb-today-figures";
  WbTodayFigures          *self = g_object_get_data (G_OBJECT (workspace), name);

  if (self != NULL)
    return self;
  self = g_object_new (WB_TYPE_TODAY_FIGURES, NULL);
  g_set_weak_pointer (&self->workspace, workspace);
  g_object_set_data_full (G_OBJECT (workspace), name, self, g_object_unref);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (changed_cb), self, 0);
  wb_today_figures_read (self);
  return self;
}

/** wb_today_figures_read: reads them now, or once more as soon as the reading that runs has ended.
 */
void
wb_today_figures_read (WbTodayFigures *self)
{
  self->again = self->running;
  if (self->running || self->workspace == NULL)
    return;
  self->running = TRUE;
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &read_work, NULL, G_OBJECT (self),
                       NULL, read_cb, NULL);
}

/** wb_today_figures_get_read: Returns: (transfer none) (nullable): what was read last, until it is
 * read again. */
const WbTodayRead *
wb_today_figures_get_read (WbTodayFigures *self)
{
  return self->read;
}

/** wb_today_figures_get_error: Returns: (transfer none) (nullable): why the last reading failed. */
const GError *
wb_today_figures_get_error (WbTodayFigures *self)
{
  return self->error;
}
