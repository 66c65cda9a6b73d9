/* SPDX-License-Identifier: GPL-3.0-or-later
 * The engine: one workspace opened. */
#include "wb-desk-private.h"

#include "wb-http.h"
#include "wb-text.h"

G_DEFINE_FINAL_TYPE (WbDesk, wb_desk, G_TYPE_OBJECT)

const WbOperationHandler *const wb_desk_handlers[] = {
  &wb_label_handler,
  &wb_void_handler,
  &wb_print_handler,
  &wb_capture_handler,
  &wb_report_handler,
  &wb_refund_handler,
  &wb_tell_refund_handler,
  &wb_release_handler,
  &wb_renew_handler,
  &wb_set_stock_handler,
  &wb_change_order_handler,
  &wb_create_order_handler,
  NULL,
};

static void
wb_desk_finalize (GObject *object)
{
  WbDesk *self = WB_DESK (object);

  g_clear_pointer (&self->journal, wb_journal_free);
  g_clear_object (&self->book);
  g_clear_pointer (&self->secrets, wb_secrets_unref);
  g_clear_pointer (&self->modules, g_hash_table_unref);
  g_free (self->actor);
  g_free (self->book_id);
  G_OBJECT_CLASS (wb_desk_parent_class)->finalize (object);
}

static void
wb_desk_class_init (WbDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_desk_finalize;
}

static void
wb_desk_init (WbDesk *self)
{
  self->modules = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
}

/** wb_desk_default_path: Returns: (transfer full): where the book of @workspace (“default”,
 * “practice”) lies in the user's data folder. */
char *
wb_desk_default_path (const char *workspace)
{
  g_autofree char *file = g_strconcat (workspace, ".waybill", NULL);

  return g_build_filename (g_get_user_data_dir (), "waybill", file, NULL);
}

/* The book's own name in the place of secrets: made once, kept in the book and so in its backups.
 */
static char *
ensure_book_id (WbBook *book, GError **error)
{
  char *id = wb_book_get_setting (book, "id");

  if (id != NULL)
    return id;
  id = wb_text_random_id (8);
  if (wb_book_set_setting (book, "id", id, error))
    return id;
  g_free (id);
  return NULL;
}

/**
 * wb_desk_open:
 * @actor: who works: goes into the journal and the events
 *
 * Opens the workspace whose book is at @book_path, making it when it is new. What a program that
 * died left half sent becomes unsure at once; wb_desk_recover() resolves it.
 *
 * Returns: (transfer full): or %NULL with a sentence for people.
 */
WbDesk *
wb_desk_open (const char *book_path, WbSecrets *secrets, const char *actor, GError **error)
{
  g_autoptr (WbDesk) self = g_object_new (WB_TYPE_DESK, NULL);
  g_autoptr (GError) local = NULL;

  self->actor = g_strdup (actor);
  self->secrets = wb_secrets_ref (secrets);
  self->book = wb_book_open (book_path, FALSE, error);
  if (self->book == NULL || (self->book_id = ensure_book_id (self->book, error)) == NULL)
    return NULL;
  self->journal = wb_journal_new (self->book, wb_desk_handlers, self, error);
  if (self->journal == NULL)
    return NULL;
  wb_journal_recover (self->journal, &local);
  if (local == NULL)
    return g_steal_pointer (&self);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/** wb_desk_get_book: Returns: (transfer none): the order book. */
WbBook *
wb_desk_get_book (WbDesk *self)
{
  return self->book;
}

/** wb_desk_get_journal: Returns: (transfer none): the journal. */
WbJournal *
wb_desk_get_journal (WbDesk *self)
{
  return self->journal;
}

/** wb_desk_get_actor: Returns: (transfer none): who works. */
const char *
wb_desk_get_actor (WbDesk *self)
{
  return self->actor;
}

/** wb_desk_get_secrets: Returns: (transfer none): where the workspace's keys are. */
WbSecrets *
wb_desk_get_secrets (WbDesk *self)
{
  return self->secrets;
}

/** wb_desk_is_practice: whether this workspace is for practice; faces and papers say so. */
gboolean
wb_desk_is_practice (WbDesk *self)
{
  g_autofree char *mark = wb_book_get_setting (self->book, WB_PRACTICE_SETTING);

  return mark != NULL;
}

/** wb_desk_set_practice: marks a workspace as practice for good; refused when it already has
 * connections of the real world. */
gboolean
wb_desk_set_practice (WbDesk *self, GError **error)
{
  g_autoptr (GPtrArray) connections = wb_book_list_connections (self->book, NULL, error);

  if (connections == NULL)
    return FALSE;
  if (connections->len > 0 && !wb_desk_is_practice (self))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT,
                   "This workspace has real connections; practice needs a workspace of its own");
      return FALSE;
    }
  return wb_book_set_setting (self->book, WB_PRACTICE_SETTING, "1", error);
}

/** wb_desk_trace: writes all traffic with vendors to @path (mode 0600), secrets left out, for
 * support. */
gboolean
wb_desk_trace (WbDesk *self, const char *path, GError **error)
{
  g_autoptr (WbHttpTrace) trace = wb_http_trace_open (path, error);

  if (trace == NULL)
    return FALSE;
  wb_http_trace_set_default (trace);
  return TRUE;
}

/* For a handler that could not even begin: whatever was wrong, nothing was sent, and it may be
 * tried again when it is mended. */
gboolean
wb_not_sent (GError **error)
{
  if (error != NULL && *error != NULL && (*error)->domain == WB_ERROR)
    (*error)->code = WB_ERROR_UNAVAILABLE;
  return FALSE;
}
