/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a window works on: one book read in the main thread, a worker for the rest, and notice of
 * every change. */
#include "wb-workspace.h"

/* How often another process's changes are looked for: one read of a counter, some microseconds. */
#define LOOK_EVERY_MS 400
/* Everything that shows is read anew after a change: while one follows the other, as when shops are
 * asked, no oftener than so. */
#define CALM_US (2 * G_USEC_PER_SEC)

struct _WbWorkspace
{
  GObject    parent_instance;
  WbWorker  *worker;
  WbBook    *book; /* NULL until opened; the main thread's alone */
  GPtrArray *connections;
  gboolean   practice;
  guint      look_id;
  gint64     told_at; /* of a change, µs */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbWorkspace, wb_workspace, G_TYPE_OBJECT)

static void
read_connections (WbWorkspace *self)
{
  g_autoptr (GError) error = NULL;
  GPtrArray         *read = wb_book_list_connections (self->book, NULL, &error);

  if (read == NULL)
    {
      g_warning ("Connections could not be read: %s", error->message);
      return;
    }
  g_clear_pointer (&self->connections, g_ptr_array_unref);
  self->connections = read;
}

static gboolean
look_cb (gpointer data)
{
  WbWorkspace *self = data;

  if (g_get_monotonic_time () >= self->told_at + CALM_US)
    wb_workspace_look (self);
  return G_SOURCE_CONTINUE;
}

/* What opening brings: the main thread's own book, which no other touches from then on. */
typedef struct
{
  WbBook  *book;
  gboolean practice;
} Opened;

static void
opened_free (gpointer data)
{
  Opened *opened = data;

  g_clear_object (&opened->book);
  g_free (opened);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opened, opened_free)

/* Opening for writing makes or upgrades the book and settles what a crash has left; that takes as
 * long as it takes. What the first page reads with is opened with it. */
static gpointer
open_all (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (Opened) opened = g_new0 (Opened, 1);
  WbDesk            *desk = wb_job_get_desk (job, error);

  if (desk == NULL || wb_job_get_book (job, error) == NULL)
    return NULL;
  opened->practice = wb_desk_is_practice (desk);
  opened->book = wb_book_open (wb_job_get_path (job), TRUE, error);
  return opened->book != NULL ? g_steal_pointer (&opened) : NULL;
}

static const WbWorkKind open_work = { .run = open_all, .free_result = opened_free };

static void
desk_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask)  task = user_data;
  WbWorkspace       *self = WB_WORKSPACE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (Opened) opened = wb_worker_finish (result, &error);

  if (opened == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  self->book = g_steal_pointer (&opened->book);
  self->practice = opened->practice;
  read_connections (self);
  self->look_id = g_timeout_add (LOOK_EVERY_MS, look_cb, self);
  g_task_return_boolean (task, TRUE);
}

static void
wb_workspace_finalize (GObject *object)
{
  WbWorkspace *self = WB_WORKSPACE (object);

  g_clear_handle_id (&self->look_id, g_source_remove);
  g_clear_pointer (&self->connections, g_ptr_array_unref);
  g_clear_object (&self->book);
  g_clear_object (&self->worker);
  G_OBJECT_CLASS (wb_workspace_parent_class)->finalize (object);
}

static void
wb_workspace_class_init (WbWorkspaceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_workspace_finalize;

  /* Something in the book is no longer as it was, whoever changed it. */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_workspace_init (WbWorkspace *self)
{
  self->connections = g_ptr_array_new_with_free_func (g_object_unref);
}

/** wb_workspace_new: Returns: (transfer full): a workspace that is not yet open; arguments as of
 * wb_worker_new(). */
WbWorkspace *
wb_workspace_new (const char *book_path, WbSecrets *secrets, const char *trace)
{
  WbWorkspace *self = g_object_new (WB_TYPE_WORKSPACE, NULL);

  self->worker = wb_worker_new (book_path, secrets, trace);
  return self;
}

/** wb_workspace_open_async: opens, makes or upgrades the book without holding up a frame. */
void
wb_workspace_open_async (WbWorkspace *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  wb_worker_run_async (self->worker, &open_work, NULL, G_OBJECT (self), NULL, desk_opened_cb, task);
}

/** wb_workspace_open_finish: FALSE with a sentence for people when the book cannot be used. */
gboolean
wb_workspace_open_finish (WbWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/** wb_workspace_is_open: whether there is a book to read. */
gboolean
wb_workspace_is_open (WbWorkspace *self)
{
  return self->book != NULL;
}

/** wb_workspace_is_practice: whether nothing in here is real. */
gboolean
wb_workspace_is_practice (WbWorkspace *self)
{
  return self->practice;
}

/** wb_workspace_get_book: Returns: (transfer none): for quick reads in the main thread; only once
 * open. */
WbBook *
wb_workspace_get_book (WbWorkspace *self)
{
  return self->book;
}

/** wb_workspace_get_worker: Returns: (transfer none): what runs everything that is not a quick
 * read. */
WbWorker *
wb_workspace_get_worker (WbWorkspace *self)
{
  return self->worker;
}

/** wb_workspace_get_connections: Returns: (transfer none) (element-type WbConnection): all of them,
 * as last read. */
GPtrArray *
wb_workspace_get_connections (WbWorkspace *self)
{
  return self->connections;
}

/** wb_workspace_get_connection_name: Returns: (transfer none): its name, or “” when it is gone. */
const char *
wb_workspace_get_connection_name (WbWorkspace *self, gint64 id)
{
  for (guint i = 0; i < self->connections->len; i++)
    if (wb_record_get_int (self->connections->pdata[i], WB_CONNECTION_ID) == id)
      return wb_record_get_text (self->connections->pdata[i], WB_CONNECTION_NAME);
  return "";
}

/** wb_workspace_look: looks for changes now, not at the next tick. */
void
wb_workspace_look (WbWorkspace *self)
{
  if (self->book == NULL || !wb_book_poll_changed (self->book))
    return;
  self->told_at = g_get_monotonic_time ();
  read_connections (self);
  g_signal_emit (self, signals[CHANGED], 0);
}
