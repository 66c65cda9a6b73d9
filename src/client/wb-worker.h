/* SPDX-License-Identifier: GPL-3.0-or-later
 * Turns a blocking call of the engine into a GTask, with notes on its progress in the main context.
 */
#pragma once

#include "wb-desk.h"

G_BEGIN_DECLS

#define WB_TYPE_WORKER (wb_worker_get_type ())
G_DECLARE_FINAL_TYPE (WbWorker, wb_worker, WB, WORKER, GObject)

typedef struct _WbJob WbJob;

/**
 * WbWorkKind: one kind of work, declared once as a static table.
 * @run: works in a thread; returns the result, or %NULL with @error set
 * @note: (nullable): hears in the main context what wb_job_tell() was told
 * @free_data, @free_result, @free_note: (nullable): how each is freed
 * @effect: it reaches outside the house or writes the book: the program waits for it before it ends
 * @behind: nobody waits for it: it leaves the processor to whatever somebody looks at; as many of
 * them as there are wait for their vendors at once, and take turns at work (wb-behind)
 * @title: (nullable): N_(): what to call it when somebody asks what is running
 */
typedef struct
{
  gpointer (*run) (WbJob *job, gpointer data, GCancellable *cancellable, GError **error);
  void (*note) (gpointer owner, gpointer note);
  GDestroyNotify free_data;
  GDestroyNotify free_result;
  GDestroyNotify free_note;
  gboolean       effect;
  gboolean       behind;
  const char    *title;
} WbWorkKind;

WbWorker *wb_worker_new (const char *book_path, WbSecrets *secrets, const char *trace);
void      wb_worker_run_async (WbWorker           *self,
                               const WbWorkKind   *kind,
                               gpointer            data,
                               GObject            *owner,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data);
gpointer  wb_worker_finish (GAsyncResult *result, GError **error);
guint     wb_worker_get_effects (WbWorker *self);
gboolean  wb_worker_is_quiet (WbWorker *self);
char     *wb_worker_dup_running (WbWorker *self);
void      wb_worker_stop (WbWorker *self);
void      wb_worker_go_on (WbWorker *self);
void      wb_worker_forget_desks (WbWorker *self);

/* Inside WbWorkKind.run. */
WbDesk     *wb_job_get_desk (WbJob *job, GError **error);
WbBook     *wb_job_get_book (WbJob *job, GError **error);
WbBook     *wb_job_get_own_book (WbJob *job, GError **error);
const char *wb_job_get_path (WbJob *job);
void        wb_job_tell (WbJob *job, gpointer note);

G_END_DECLS
