/* SPDX-License-Identifier: GPL-3.0-or-later
 * Turns a blocking call of the engine into a GTask, with notes on its progress in the main context.
 */
#include "wb-worker.h"

#include "wb-behind.h"

#include <glib/gi18n-lib.h>
#include <malloc.h>
#include <sys/resource.h>
#include <unistd.h>

#define REST_MS   400 /* quiet for so long: nobody is at work */
#define MOST_IDLE 4   /* books that are kept open for the next work */
#define YIELDING  10  /* nice: a tenth of the weight of what somebody waits for */

struct _WbWorker
{
  GObject    parent_instance;
  char      *book_path;
  WbSecrets *secrets;
  char      *trace;
  GMutex     lock;
  GPtrArray *idle_desks; /* opened and used by nobody just now; under lock */
  GPtrArray *idle_books;
  GPtrArray *running; /* of WbJob; main context only */
  guint      rest_id;
  gint       stopping; /* atomic: what runs ends after the step it is at */
};

struct _WbJob
{
  WbWorker         *worker;
  const WbWorkKind *kind;
  gpointer          data;
  GObject          *owner;
  GCancellable     *cancellable; /* of an effect */
  WbDesk           *desk;
  WbBook           *book;
};

enum
{
  ENDED,
  TOLD,
  IDLE,
  QUIET,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbWorker, wb_worker, G_TYPE_OBJECT)

static gpointer
take_idle (WbWorker *self, GPtrArray *idle)
{
  gpointer taken = NULL;

  g_mutex_lock (&self->lock);
  if (idle->len > 0)
    taken = g_ptr_array_steal_index_fast (idle, idle->len - 1);
  g_mutex_unlock (&self->lock);
  return taken;
}

static void
give_back (WbWorker *self, GPtrArray *idle, gpointer object)
{
  g_autoptr (GObject) too_many = object;

  if (object == NULL)
    return;
  g_mutex_lock (&self->lock);
  if (idle->len < MOST_IDLE)
    g_ptr_array_add (idle, g_steal_pointer (&too_many));
  g_mutex_unlock (&self->lock);
}

static void
job_free (gpointer data)
{
  WbJob *job = data;

  if (job->kind->free_data != NULL && job->data != NULL)
    job->kind->free_data (job->data);
  g_clear_object (&job->owner);
  g_clear_object (&job->cancellable);
  g_clear_object (&job->worker);
  g_free (job);
}

static void
run_job (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WbJob             *job = task_data;
  g_autoptr (GError) error = NULL;
  gpointer           result = job->kind->run (job, job->data, cancellable, &error);

  give_back (job->worker, job->worker->idle_desks, g_steal_pointer (&job->desk));
  give_back (job->worker, job->worker->idle_books, g_steal_pointer (&job->book));
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, result, job->kind->free_result);
}

/* A thread of its own: a priority once lowered cannot be raised again, and those of GTask serve
 * everybody. The task is let go of where what it holds belongs. */
static gpointer
run_behind (gpointer data)
{
  GTask *task = data;

#ifdef __linux__ /* where a thread has a priority of its own */
  if (setpriority (PRIO_PROCESS, (id_t) gettid (), YIELDING) != 0)
    g_debug ("A work behind has the priority of all others");
#endif
  wb_behind_begin ();
  run_job (task, g_task_get_source_object (task), g_task_get_task_data (task),
           g_task_get_cancellable (task));
  wb_behind_end ();
  g_idle_add_once (g_object_unref, task);
  return NULL;
}

typedef struct
{
  WbWorker         *worker;
  const WbWorkKind *kind;
  GObject          *owner;
  gpointer          note;
} Told;

static void
told_free (gpointer data)
{
  Told *told = data;

  if (told->kind->free_note != NULL)
    told->kind->free_note (told->note);
  g_clear_object (&told->owner);
  g_clear_object (&told->worker);
  g_free (told);
}

static gboolean
pass_on_cb (gpointer data)
{
  Told *told = data;

  told->kind->note (told->owner, told->note);
  g_signal_emit (told->worker, signals[TOLD], 0);
  return G_SOURCE_REMOVE;
}

/* What reading and counting took is given back while nobody is at work. */
static void
rest_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  WbWorker             *self = source;
  g_autoptr (GPtrArray) desks = g_ptr_array_new (), books = g_ptr_array_new ();
  gpointer              taken;

  while ((taken = take_idle (self, self->idle_desks)) != NULL)
    g_ptr_array_add (desks, taken);
  while ((taken = take_idle (self, self->idle_books)) != NULL)
    g_ptr_array_add (books, taken);
  for (guint i = 0; i < desks->len; i++)
    wb_book_rest (wb_desk_get_book (desks->pdata[i]));
  for (guint i = 0; i < books->len; i++)
    wb_book_rest (books->pdata[i]);
  for (guint i = 0; i < desks->len; i++)
    give_back (self, self->idle_desks, desks->pdata[i]);
  for (guint i = 0; i < books->len; i++)
    give_back (self, self->idle_books, books->pdata[i]);
#ifdef __GLIBC__
  malloc_trim (0);
#endif
  g_task_return_boolean (task, TRUE);
}

static void
rest_cb (gpointer data)
{
  WbWorker         *self = data;
  g_autoptr (GTask) task = g_task_new (self, NULL, NULL, NULL);

  self->rest_id = 0;
  g_task_set_source_tag (task, rest_cb);
  g_task_run_in_thread (task, rest_in_thread);
}

/* Whoever waits to close the program hears of it when no effect is left. */
static void
ended_cb (GTask *task, GParamSpec *pspec, WbWorker *self)
{
  WbJob *job = g_task_get_task_data (task);

  g_ptr_array_remove_fast (self->running, job);
  g_signal_emit (self, signals[ENDED], 0);
  if (job->kind->effect && wb_worker_get_effects (self) == 0)
    g_signal_emit (self, signals[IDLE], 0);
  if (self->running->len > 0)
    return;
  g_signal_emit (self, signals[QUIET], 0);
  g_clear_handle_id (&self->rest_id, g_source_remove);
  self->rest_id = g_timeout_add_once (REST_MS, rest_cb, self);
}

static void
wb_worker_finalize (GObject *object)
{
  WbWorker *self = WB_WORKER (object);

  g_clear_handle_id (&self->rest_id, g_source_remove);
  g_clear_pointer (&self->idle_desks, g_ptr_array_unref);
  g_clear_pointer (&self->idle_books, g_ptr_array_unref);
  g_clear_pointer (&self->running, g_ptr_array_unref);
  g_clear_pointer (&self->secrets, wb_secrets_unref);
  g_mutex_clear (&self->lock);
  g_free (self->book_path);
  g_free (self->trace);
  G_OBJECT_CLASS (wb_worker_parent_class)->finalize (object);
}

static void
wb_worker_class_init (WbWorkerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_worker_finalize;

  /* A work has ended, and who asked for it has been told. */
  signals[ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  /* A work that goes on has told something, and who asked for it has heard. */
  signals[TOLD] = g_signal_new ("told", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  /* The last running effect has ended. */
  signals[IDLE] = g_signal_new ("idle", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  /* Nothing runs any more, not even what only reads. */
  signals[QUIET] = g_signal_new ("quiet", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_worker_init (WbWorker *self)
{
  g_mutex_init (&self->lock);
  self->idle_desks = g_ptr_array_new_with_free_func (g_object_unref);
  self->idle_books = g_ptr_array_new_with_free_func (g_object_unref);
  self->running = g_ptr_array_new ();
}

/**
 * wb_worker_new:
 * @secrets: where the credentials are
 * @trace: (nullable): a file that every request and reply is written to, redacted
 *
 * Returns: (transfer full): a worker on the book at @book_path. It opens nothing by itself.
 */
WbWorker *
wb_worker_new (const char *book_path, WbSecrets *secrets, const char *trace)
{
  WbWorker *self = g_object_new (WB_TYPE_WORKER, NULL);

  self->book_path = g_strdup (book_path);
  self->secrets = wb_secrets_ref (secrets);
  self->trace = g_strdup (trace);
  return self;
}

/**
 * wb_worker_run_async:
 * @data: (transfer full): handed to @kind's run
 * @owner: kept alive until @callback has been called; hears the notes
 *
 * Runs the work in a thread. What has been done is reported even when @cancellable was cancelled
 * meanwhile: a bought label must not vanish.
 */
void
wb_worker_run_async (WbWorker           *self,
                     const WbWorkKind   *kind,
                     gpointer            data,
                     GObject            *owner,
                     GCancellable       *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  g_autoptr (GCancellable) brake = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  g_autoptr (GTask)        task = NULL;
  WbJob                   *job = g_new0 (WbJob, 1);

  if (kind->effect && brake == NULL)
    brake = g_cancellable_new ();
  task = g_task_new (owner, brake, callback, user_data);
  job->worker = g_object_ref (self);
  job->kind = kind;
  job->data = data;
  job->owner = g_object_ref (owner);
  g_set_object (&job->cancellable, brake);
  g_task_set_source_tag (task, wb_worker_run_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, job_free);
  g_ptr_array_add (self->running, job);
  g_clear_handle_id (&self->rest_id, g_source_remove);
  g_signal_connect_object (task, "notify::completed", G_CALLBACK (ended_cb), self, 0);
  if (kind->behind)
    g_thread_unref (g_thread_new ("behind", run_behind, g_object_ref (task)));
  else
    g_task_run_in_thread (task, run_job);
}

/** wb_worker_finish: Returns: (transfer full) (nullable): what the work brought, or %NULL with
 * @error set. */
gpointer
wb_worker_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/** wb_worker_get_effects: Returns: how many works that reach outside or write are running. */
guint
wb_worker_get_effects (WbWorker *self)
{
  guint effects = 0;

  for (guint i = 0; i < self->running->len; i++)
    effects += ((WbJob *) self->running->pdata[i])->kind->effect;
  return effects;
}

/** wb_worker_is_quiet: whether nothing runs at all. */
gboolean
wb_worker_is_quiet (WbWorker *self)
{
  return self->running->len == 0;
}

/** wb_worker_dup_running: Returns: (transfer full): what is running and must not be torn off, a
 * line each, for people. */
char *
wb_worker_dup_running (WbWorker *self)
{
  g_autoptr (GPtrArray) titles = g_ptr_array_new ();

  for (guint i = 0; i < self->running->len; i++)
    {
      const WbWorkKind *kind = ((WbJob *) self->running->pdata[i])->kind;
      const char *title = kind->title != NULL ? _ (kind->title) : _ ("Work on the order book");

      if (kind->effect && !g_ptr_array_find_with_equal_func (titles, title, g_str_equal, NULL))
        g_ptr_array_add (titles, (gpointer) title);
    }
  g_ptr_array_add (titles, NULL);
  return g_strjoinv ("\n", (char **) titles->pdata);
}

/** wb_worker_stop: what runs ends as soon as the step that it is at has ended; the rest of it stays
 * as the journal has it. */
void
wb_worker_stop (WbWorker *self)
{
  g_atomic_int_set (&self->stopping, 1);
}

/** wb_worker_go_on: takes back wb_worker_stop() for what has not ended yet. */
void
wb_worker_go_on (WbWorker *self)
{
  g_atomic_int_set (&self->stopping, 0);
}

/** wb_worker_forget_desks: engines that are idle are closed: they know connections and keys as they
 * were. */
void
wb_worker_forget_desks (WbWorker *self)
{
  g_mutex_lock (&self->lock);
  g_ptr_array_set_size (self->idle_desks, 0);
  g_mutex_unlock (&self->lock);
}

/** wb_job_get_desk: Returns: (transfer none): an engine for this job alone, opened when none is
 * idle. */
WbDesk *
wb_job_get_desk (WbJob *job, GError **error)
{
  WbWorker *self = job->worker;

  if (job->desk == NULL)
    job->desk = take_idle (self, self->idle_desks);
  if (job->desk == NULL)
    {
      job->desk = wb_desk_open (self->book_path, self->secrets, g_get_user_name (), error);
      if (job->desk != NULL && self->trace != NULL &&
          !wb_desk_trace (job->desk, self->trace, error))
        g_clear_object (&job->desk);
    }
  return job->desk;
}

/** wb_job_get_book: Returns: (transfer none): the book for reading, for this job alone. */
WbBook *
wb_job_get_book (WbJob *job, GError **error)
{
  WbWorker *self = job->worker;

  if (job->book == NULL)
    job->book = take_idle (self, self->idle_books);
  if (job->book == NULL)
    job->book = wb_book_open (self->book_path, TRUE, error);
  return job->book;
}

/** wb_job_get_own_book: Returns: (transfer none): the desk's book, which can be written, for this
 * job alone. */
WbBook *
wb_job_get_own_book (WbJob *job, GError **error)
{
  WbDesk *desk = wb_job_get_desk (job, error);

  return desk != NULL ? wb_desk_get_book (desk) : NULL;
}

/** wb_job_get_path: Returns: (transfer none): where the book is. */
const char *
wb_job_get_path (WbJob *job)
{
  return job->worker->book_path;
}

/** wb_job_tell: @note: (transfer full): handed to the kind's note function in the main context, in
 * order. */
void
wb_job_tell (WbJob *job, gpointer note)
{
  Told *told = g_new0 (Told, 1);

  /* Works tell between their steps: here nothing is on its way. */
  if (job->cancellable != NULL && g_atomic_int_get (&job->worker->stopping) != 0)
    g_cancellable_cancel (job->cancellable);
  told->worker = g_object_ref (job->worker);
  told->kind = job->kind;
  told->owner = g_object_ref (job->owner);
  told->note = note;
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, pass_on_cb, told, told_free);
}
