/* SPDX-License-Identifier: GPL-3.0-or-later
 * The journal: every effect on the outside world is a row, written and synced before the call. */
#include "wb-journal.h"

#include "wb-book-private.h"
#include "wb-presence.h"

#include <string.h>

struct _WbJournal
{
  WbBook                          *book;
  const WbOperationHandler *const *handlers; /* NULL-terminated */
  gpointer                         context;
  WbPresence                      *presence;
};

static WbPlugFunc plug_func;

/** wb_journal_set_plug: for the plug test: @plug is called at every point where the power may fail.
 */
void
wb_journal_set_plug (WbPlugFunc plug)
{
  plug_func = plug;
}

/** wb_journal_plug: names a point where the power may fail; nothing happens outside the plug test.
 */
void
wb_journal_plug (const char *point)
{
  if (plug_func != NULL)
    plug_func (point);
}

/** wb_outcome_clear: frees what @outcome holds. */
void
wb_outcome_clear (WbOutcome *outcome)
{
  g_clear_pointer (&outcome->reply, json_node_unref);
  g_clear_pointer (&outcome->document, g_bytes_unref);
  g_clear_pointer (&outcome->media_type, g_free);
}

/**
 * wb_journal_new:
 * @handlers: %NULL-terminated table, must outlive the journal
 * @context: handed to every handler
 *
 * Returns: (transfer full): the journal of @book for this program.
 */
WbJournal *
wb_journal_new (WbBook                          *book,
                const WbOperationHandler *const *handlers,
                gpointer                         context,
                GError                         **error)
{
  WbPresence *presence = wb_presence_new (wb_book_get_path (book), error);
  WbJournal  *self;

  if (presence == NULL)
    return NULL;
  self = g_new0 (WbJournal, 1);
  self->book = g_object_ref (book);
  self->handlers = handlers;
  self->context = context;
  self->presence = presence;
  return self;
}

/** wb_journal_free: frees @self; what it left `sending` will be taken up as unsure. */
void
wb_journal_free (WbJournal *self)
{
  wb_presence_free (self->presence);
  g_object_unref (self->book);
  g_free (self);
}

static const WbOperationHandler *
handler_of (WbJournal *self, WbOperation *operation, GError **error)
{
  const char *kind = wb_record_get_text (operation, WB_OPERATION_KIND);

  for (guint i = 0; self->handlers[i] != NULL; i++)
    if (g_str_equal (self->handlers[i]->kind, kind))
      return self->handlers[i];
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               "This program does not know how to do “%s”; a newer Waybill may", kind);
  return NULL;
}

/** wb_operation_is: whether @operation is in @state (WB_OPERATION_…). */
gboolean
wb_operation_is (gpointer operation, const char *state)
{
  return g_strcmp0 (wb_record_get_text (operation, WB_OPERATION_STATE), state) == 0;
}

static JsonNode *
stored_json (gpointer operation, guint field)
{
  const char *text = wb_record_get_text (operation, field);

  return text != NULL ? json_from_string (text, NULL) : NULL;
}

/** wb_operation_reply: Returns: (transfer full) (nullable): what came back. */
JsonNode *
wb_operation_reply (gpointer operation)
{
  return stored_json (operation, WB_OPERATION_REPLY);
}

/** wb_operation_request: Returns: (transfer full): what was asked. */
JsonNode *
wb_operation_request (gpointer operation)
{
  return stored_json (operation, WB_OPERATION_REQUEST);
}

static void
set_error (WbOperation *operation, const GError *why)
{
  wb_record_set_text (operation, WB_OPERATION_ERROR_CODE,
                      why != NULL ? wb_error_to_name (wb_error_code (why)) : NULL);
  wb_record_set_text (operation, WB_OPERATION_ERROR, why != NULL ? why->message : NULL);
}

static gboolean
add_event (WbJournal *self, WbOperation *operation, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode)    detail = NULL;
  g_autofree char        *kind =
      g_strdup_printf ("%s-%s", wb_record_get_text (operation, WB_OPERATION_KIND),
                       wb_record_get_text (operation, WB_OPERATION_STATE));
  gint64 order_id = wb_record_get_int (operation, WB_OPERATION_ORDER_ID);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "operation");
  json_builder_add_int_value (builder, wb_record_get_int (operation, WB_OPERATION_ID));
  if (wb_record_get_text (operation, WB_OPERATION_ERROR) != NULL)
    {
      json_builder_set_member_name (builder, "error");
      json_builder_add_string_value (builder, wb_record_get_text (operation, WB_OPERATION_ERROR));
    }
  json_builder_end_object (builder);
  detail = json_builder_get_root (builder);
  return wb_book_add_event (
      self->book, order_id != 0 ? "order" : "operation",
      order_id != 0 ? order_id : wb_record_get_int (operation, WB_OPERATION_ID), kind,
      wb_record_get_text (operation, WB_OPERATION_ACTOR), detail, error);
}

/**
 * wb_journal_plan:
 * @key: the idempotency key: the same @key gives the same operation, however often it is planned
 * @request: exactly what will be asked
 *
 * Returns: (transfer full): the operation: new and planned, or the one that is there already in
 * whatever state. May be called inside a transaction of the caller.
 */
WbOperation *
wb_journal_plan (WbJournal  *self,
                 const char *kind,
                 const char *key,
                 gint64      order_id,
                 gint64      shipment_id,
                 gint64      connection_id,
                 JsonNode   *request,
                 const char *actor,
                 GError    **error)
{
  g_autoptr (WbOperation) operation = wb_book_find_operation (self->book, key, NULL);
  g_autofree char        *text = wb_json_to_text (request);
  g_autoptr (GError)      local = NULL;

  if (operation != NULL)
    return g_steal_pointer (&operation);
  operation = wb_operation_new ();
  wb_record_set_text (operation, WB_OPERATION_KIND, kind);
  wb_record_set_text (operation, WB_OPERATION_STATE, WB_OPERATION_PLANNED);
  wb_record_set_text (operation, WB_OPERATION_KEY, key);
  wb_record_set_int (operation, WB_OPERATION_ORDER_ID, order_id);
  wb_record_set_int (operation, WB_OPERATION_SHIPMENT_ID, shipment_id);
  wb_record_set_int (operation, WB_OPERATION_CONNECTION_ID, connection_id);
  wb_record_set_text (operation, WB_OPERATION_REQUEST, text);
  wb_record_set_text (operation, WB_OPERATION_ACTOR, actor);
  wb_record_set_int (operation, WB_OPERATION_CREATED_AT, wb_now ());
  if (wb_database_insert (self->book->database, operation, NULL, &local))
    return g_steal_pointer (&operation);
  /* Another desk may have planned the same just now. */
  g_clear_object (&operation);
  if (g_error_matches (local, WB_ERROR, WB_ERROR_CONFLICT))
    operation = wb_book_find_operation (self->book, key, NULL);
  if (operation == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return g_steal_pointer (&operation);
}

/* Brings @operation up to what the book says now. */
static gboolean
refresh (WbJournal *self, WbOperation *operation, GError **error)
{
  g_autoptr (WbOperation) now =
      wb_book_get_operation (self->book, wb_record_get_int (operation, WB_OPERATION_ID), error);
  static const guint texts[] = { WB_OPERATION_STATE, WB_OPERATION_REPLY, WB_OPERATION_ERROR_CODE,
                                 WB_OPERATION_ERROR, WB_OPERATION_ACTOR };
  static const guint numbers[] = { WB_OPERATION_ATTEMPTS, WB_OPERATION_SENT_AT,
                                   WB_OPERATION_ENDED_AT };

  for (guint i = 0; now != NULL && i < G_N_ELEMENTS (texts); i++)
    wb_record_set_text (operation, texts[i], wb_record_get_text (now, texts[i]));
  for (guint i = 0; now != NULL && i < G_N_ELEMENTS (numbers); i++)
    wb_record_set_int (operation, numbers[i], wb_record_get_int (now, numbers[i]));
  return now != NULL;
}

/*
 * In a transaction: whether the book still has @operation as @operation says: another desk may have
 * asked after it, sent it or decided about it meanwhile. What is being sent is ours only with our
 * own token. Without this, a late answer would overwrite a newer state, and what is done would be
 * sent again.
 */
static gboolean
is_still_ours (WbJournal *self, WbOperation *operation, GError **error)
{
  gint64 fits = 0;

  if (!wb_database_get_int (self->book->database, &fits, error,
                            "SELECT COUNT(*) FROM operation WHERE id = ? AND state = ? AND (state "
                            "<> 'sending' OR owner = ?)",
                            "isi", wb_record_get_int (operation, WB_OPERATION_ID),
                            wb_record_get_text (operation, WB_OPERATION_STATE),
                            wb_presence_get_token (self->presence)))
    return FALSE;
  if (fits == 1)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT,
               "Another desk has dealt with this meanwhile (%s)",
               wb_record_get_text (operation, WB_OPERATION_KEY));
  return FALSE;
}

/* planned → sending, by exactly one program: the state in the WHERE clause decides. */
static gboolean
claim (WbJournal *self, WbOperation *operation, GError **error)
{
  WbInstant now = wb_now ();

  if (!wb_book_begin (self->book, error))
    return FALSE;
  if (!wb_database_run (
          self->book->database, error,
          "UPDATE operation SET state = 'sending', sent_at = CASE WHEN sent_at = 0 THEN ? ELSE "
          "sent_at END, attempts = attempts + 1, "
          "owner = ?, error = NULL, error_code = NULL WHERE id = ? AND state = 'planned'",
          "iii", now, wb_presence_get_token (self->presence),
          wb_record_get_int (operation, WB_OPERATION_ID)))
    {
      wb_book_rollback (self->book);
      return FALSE;
    }
  if (wb_database_changes (self->book->database) != 1)
    {
      wb_book_rollback (self->book);
      g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT,
                   "Another desk is working on this just now (%s)",
                   wb_record_get_text (operation, WB_OPERATION_KEY));
      refresh (self, operation, NULL);
      return FALSE;
    }
  /* The row's own count and first instant: a vendor forgets keys after a time, so the first one
   * matters. */
  return wb_book_commit (self->book, error) && refresh (self, operation, error);
}

static gboolean
write_state (
    WbJournal *self, WbOperation *operation, const char *state, const GError *why, GError **error)
{
  gboolean ended = g_str_equal (state, WB_OPERATION_DONE) ||
                   g_str_equal (state, WB_OPERATION_REFUSED) ||
                   g_str_equal (state, WB_OPERATION_ABANDONED);

  wb_record_set_text (operation, WB_OPERATION_STATE, state);
  wb_record_set_int (operation, WB_OPERATION_ENDED_AT, ended ? wb_now () : 0);
  set_error (operation, why);
  return wb_database_update (self->book->database, operation, error) &&
         wb_database_run (self->book->database, error,
                          "UPDATE operation SET owner = 0 WHERE id = ?", "i",
                          wb_record_get_int (operation, WB_OPERATION_ID)) &&
         add_event (self, operation, error);
}

static gboolean
apply (WbJournal *self, WbOperation *operation, WbOutcome *outcome, GError **error)
{
  const WbOperationHandler *handler = handler_of (self, operation, error);
  g_autofree char          *hash = NULL;
  WbJson                    reply = wb_json_root (outcome->reply, "reply");

  if (handler == NULL)
    return FALSE;
  if (outcome->document != NULL &&
      (hash = wb_book_put_document (self->book, outcome->document, outcome->media_type, error)) ==
          NULL)
    return FALSE;
  return handler->apply (self->book, operation, &reply, hash, self->context, error);
}

static gboolean
finish_other (
    WbJournal *self, WbOperation *operation, const char *state, const GError *why, GError **error)
{
  if (!wb_book_begin (self->book, error))
    return FALSE;
  if (is_still_ours (self, operation, error) && write_state (self, operation, state, why, error))
    return wb_book_commit (self->book, error);
  wb_book_rollback (self->book);
  refresh (self, operation, NULL);
  return FALSE;
}

/* It happened, and the book does not say so: asked after later, never sent again. When another desk
 * wrote it down, all is well. */
static gboolean
not_written (
    WbJournal *self, WbOperation *operation, const char *before, GError *why, GError **error)
{
  g_autoptr (GError) own = why;

  wb_record_set_text (operation, WB_OPERATION_STATE, before);
  refresh (self, operation, NULL);
  if (wb_operation_is (operation, WB_OPERATION_DONE))
    return TRUE;
  if (wb_operation_is (operation, before))
    g_prefix_error (&own, "It happened, but could not be written down: ");
  if (wb_operation_is (operation, WB_OPERATION_SENDING))
    finish_other (self, operation, WB_OPERATION_UNSURE, own, NULL);
  g_propagate_error (error, g_steal_pointer (&own));
  return FALSE;
}

static gboolean
keep_outcome (WbJournal *self, WbOperation *operation, WbOutcome *outcome, GError **error)
{
  if (outcome->reply == NULL)
    outcome->reply = json_from_string ("{}", NULL);
  wb_record_take_text (operation, WB_OPERATION_REPLY, wb_json_to_text (outcome->reply));
  return apply (self, operation, outcome, error) &&
         write_state (self, operation, WB_OPERATION_DONE, NULL, error);
}

/* The outcome, its document, what follows from it, and the state: one transaction. */
static gboolean
finish_done (WbJournal *self, WbOperation *operation, WbOutcome *outcome, GError **error)
{
  g_autofree char   *before = g_strdup (wb_record_get_text (operation, WB_OPERATION_STATE));
  g_autoptr (GError) local = NULL;

  if (wb_book_begin (self->book, &local))
    {
      if (is_still_ours (self, operation, &local) &&
          keep_outcome (self, operation, outcome, &local))
        {
          wb_journal_plug ("before-commit-done");
          if (wb_book_commit (self->book, &local))
            return TRUE;
        }
      else
        wb_book_rollback (self->book);
    }
  return not_written (self, operation, before, g_steal_pointer (&local), error);
}

static gboolean
finish_refused (WbJournal *self, WbOperation *operation, const GError *why, GError **error)
{
  const WbOperationHandler *handler = handler_of (self, operation, error);

  if (handler == NULL || !wb_book_begin (self->book, error))
    return FALSE;
  if (is_still_ours (self, operation, error) &&
      (handler->refused == NULL ||
       handler->refused (self->book, operation, why, self->context, error)) &&
      write_state (self, operation, WB_OPERATION_REFUSED, why, error))
    return wb_book_commit (self->book, error);
  wb_book_rollback (self->book);
  refresh (self, operation, NULL);
  return FALSE;
}

static gboolean
finish_failed (WbJournal *self, WbOperation *operation, GError *why, GError **error)
{
  g_autoptr (GError) own = why;
  g_autoptr (GError) storage = NULL;
  gboolean           written;

  wb_error_convert (&own);
  if (wb_error_is_refusal (own))
    written = finish_refused (self, operation, own, &storage);
  else if (own->code == WB_ERROR_UNAVAILABLE || own->code == WB_ERROR_CANCELLED)
    written = finish_other (self, operation, WB_OPERATION_PLANNED, own, &storage);
  else
    written = finish_other (self, operation, WB_OPERATION_UNSURE, own, &storage);
  if (!written)
    g_warning ("journal: %s: the outcome could not be written: %s",
               wb_record_get_text (operation, WB_OPERATION_KEY), storage->message);
  g_propagate_error (error, g_steal_pointer (&own));
  return FALSE;
}

/* “Done before”: by us, in a request that was thought lost and came through after all, or by
 * somebody else? The vendor knows. */
static gboolean
finish_already (WbJournal                *self,
                WbOperation              *operation,
                const WbOperationHandler *handler,
                GError                   *why,
                GCancellable             *cancellable,
                GError                  **error)
{
  g_auto (WbOutcome) outcome = { 0 };
  g_autoptr (GError) local = NULL;

  switch (handler->verify (operation, self->context, &outcome, cancellable, &local))
    {
    case WB_VERDICT_DONE:
      g_error_free (why);
      return finish_done (self, operation, &outcome, error);
    case WB_VERDICT_UNKNOWN:
      why->code = WB_ERROR_UNSURE;
      return finish_failed (self, operation, why, error);
    case WB_VERDICT_NOT_DONE:
    case WB_VERDICT_REFUSED:
    default:
      return finish_failed (self, operation, why, error);
    }
}

/**
 * wb_journal_run:
 * Sends a planned @operation: the row becomes `sending` and is synced before the vendor is called;
 * afterwards it is done (with what follows from it, in one transaction), refused, planned again
 * (surely nothing happened) or unsure.
 *
 * Returns: %TRUE when it is done. @operation is up to date in any case.
 */
gboolean
wb_journal_run (WbJournal *self, WbOperation *operation, GCancellable *cancellable, GError **error)
{
  const WbOperationHandler *handler = handler_of (self, operation, error);
  g_auto (WbOutcome)        outcome = { 0 };
  GError                   *why = NULL;

  g_assert (!wb_database_in_transaction (self->book->database));
  if (handler == NULL)
    return FALSE;
  if (wb_operation_is (operation, WB_OPERATION_DONE))
    return TRUE;
  wb_journal_plug ("before-claim");
  if (!claim (self, operation, error))
    return FALSE;
  wb_journal_plug ("after-claim");
  if (!handler->perform (operation, self->context, &outcome, cancellable, &why))
    {
      wb_journal_plug ("after-failure");
      if (g_error_matches (why, WB_ERROR, WB_ERROR_ALREADY))
        return finish_already (self, operation, handler, why, cancellable, error);
      return finish_failed (self, operation, why, error);
    }
  wb_journal_plug ("after-perform");
  if (!finish_done (self, operation, &outcome, error))
    return FALSE;
  wb_journal_plug ("after-done");
  return TRUE;
}

/**
 * wb_journal_resolve:
 * Asks the vendor what became of an unsure @operation. Afterwards it is done, refused, planned (it
 * did not happen: it may be sent), or still unsure (@error tells why).
 *
 * Returns: %TRUE when it is not unsure any more.
 */
gboolean
wb_journal_resolve (WbJournal    *self,
                    WbOperation  *operation,
                    GCancellable *cancellable,
                    GError      **error)
{
  const WbOperationHandler *handler = handler_of (self, operation, error);
  g_auto (WbOutcome)        outcome = { 0 };
  g_autoptr (GError)        why = NULL, local = NULL;
  WbVerdict                 verdict;
  gboolean                  written;

  if (handler == NULL)
    return FALSE;
  if (!wb_operation_is (operation, WB_OPERATION_UNSURE))
    return TRUE;
  wb_journal_plug ("before-verify");
  verdict = handler->verify (operation, self->context, &outcome, cancellable, &why);
  wb_journal_plug ("after-verify");
  if (why == NULL && verdict == WB_VERDICT_REFUSED)
    why = g_error_new (WB_ERROR, WB_ERROR_REFUSED, "The vendor says that it was refused");
  if (why == NULL && verdict == WB_VERDICT_UNKNOWN)
    why = g_error_new (WB_ERROR, WB_ERROR_UNSURE,
                       "The vendor cannot say whether it happened; a person has to decide");
  if (verdict == WB_VERDICT_DONE)
    written = finish_done (self, operation, &outcome, &local);
  else if (verdict == WB_VERDICT_NOT_DONE)
    written = finish_other (self, operation, WB_OPERATION_PLANNED, NULL, &local);
  else if (verdict == WB_VERDICT_REFUSED)
    written = finish_refused (self, operation, why, &local);
  else
    written = finish_other (self, operation, WB_OPERATION_UNSURE, why, &local);
  if (!wb_operation_is (operation, WB_OPERATION_UNSURE) &&
      (written || g_error_matches (local, WB_ERROR, WB_ERROR_CONFLICT)))
    return TRUE; /* by us or, meanwhile, by another desk */
  g_propagate_error (error, local != NULL ? g_steal_pointer (&local) : g_steal_pointer (&why));
  return FALSE;
}

/**
 * wb_journal_settle:
 * Brings @operation to its end as far as can be done without a person: resolves it when unsure,
 * sends it when planned. A lost answer is asked after once at once. Returns: %TRUE when it is done.
 */
gboolean
wb_journal_settle (WbJournal    *self,
                   WbOperation  *operation,
                   GCancellable *cancellable,
                   GError      **error)
{
  g_autoptr (GError) local = NULL;

  if (wb_operation_is (operation, WB_OPERATION_SENDING))
    {
      wb_journal_recover (self, NULL);
      refresh (self, operation, NULL);
    }
  if (wb_operation_is (operation, WB_OPERATION_UNSURE) &&
      !wb_journal_resolve (self, operation, cancellable, error))
    return FALSE;
  for (guint round = 0; round < 2 && wb_operation_is (operation, WB_OPERATION_PLANNED); round++)
    {
      g_clear_error (&local);
      if (wb_journal_run (self, operation, cancellable, &local))
        return TRUE;
      if (!wb_operation_is (operation, WB_OPERATION_UNSURE))
        break;
      g_clear_error (&local);
      if (!wb_journal_resolve (self, operation, cancellable, &local))
        break;
    }
  if (wb_operation_is (operation, WB_OPERATION_DONE))
    return TRUE;
  if (local == NULL)
    g_set_error (&local, WB_ERROR,
                 wb_operation_is (operation, WB_OPERATION_SENDING) ? WB_ERROR_CONFLICT
                                                                   : WB_ERROR_REFUSED,
                 "%s",
                 wb_record_get_text (operation, WB_OPERATION_ERROR) != NULL
                     ? wb_record_get_text (operation, WB_OPERATION_ERROR)
                     : "Another desk is working on this just now");
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Takes over what its owner left `sending`; whoever is first gets it. */
static gboolean
take_over (WbJournal *self, WbOperation *operation, GError **error)
{
  gint64 owner = 0, token = wb_presence_get_token (self->presence),
         id = wb_record_get_int (operation, WB_OPERATION_ID);

  if (!wb_database_get_int (
          self->book->database, &owner, error,
          "SELECT COALESCE (MAX (owner), -1) FROM operation WHERE id = ? AND state = 'sending'",
          "i", id) ||
      owner < 0 || (owner != token && wb_presence_is_alive (self->presence, owner)))
    return FALSE;
  return wb_database_run (
             self->book->database, error,
             "UPDATE operation SET owner = ? WHERE id = ? AND state = 'sending' AND owner = ?",
             "iii", token, id, owner) &&
         wb_database_changes (self->book->database) == 1;
}

/**
 * wb_journal_recover:
 * Whatever a program that no longer runs left `sending` becomes `unsure`; and what this journal
 * itself could not write down (a full disk), for it sends nothing while this is called. To be
 * called at start, before anything else.
 *
 * Returns: how many there were; the first trouble in @error, the others are tried all the same.
 */
guint
wb_journal_recover (WbJournal *self, GError **error)
{
  g_autoptr (GError)    first = NULL;
  g_autoptr (GPtrArray) left =
      wb_book_list_operations (self->book, WB_OPERATION_SENDING, 0, &first);
  g_autoptr (GError) why =
      g_error_new (WB_ERROR, WB_ERROR_UNSURE, "The program ended before the answer came");
  guint recovered = 0;

  for (guint i = 0; left != NULL && i < left->len; i++)
    recovered += take_over (self, left->pdata[i], first == NULL ? &first : NULL) &&
                 finish_other (self, left->pdata[i], WB_OPERATION_UNSURE, why,
                               first == NULL ? &first : NULL);
  if (first != NULL)
    g_propagate_error (error, g_steal_pointer (&first));
  return recovered;
}

/** wb_journal_abandon: a person decides that a planned, refused or unsure @operation will not be
 * sent (again). */
gboolean
wb_journal_abandon (
    WbJournal *self, WbOperation *operation, const char *actor, const char *reason, GError **error)
{
  g_autoptr (GError) why = g_error_new (WB_ERROR, WB_ERROR_CANCELLED, "%s: %s", actor, reason);

  if (wb_operation_is (operation, WB_OPERATION_DONE) ||
      wb_operation_is (operation, WB_OPERATION_SENDING))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT, "It has been sent; it cannot be abandoned");
      return FALSE;
    }
  return finish_other (self, operation, WB_OPERATION_ABANDONED, why, error);
}

/**
 * wb_journal_decide:
 * @done: what the person found out at the vendor's: it happened, or it did not
 * @evidence: the reply as it would have been (see the handler), when @done
 *
 * A person settles an unsure @operation that the vendor cannot tell about.
 */
gboolean
wb_journal_decide (WbJournal   *self,
                   WbOperation *operation,
                   gboolean     done,
                   JsonNode    *evidence,
                   const char  *actor,
                   GError     **error)
{
  g_auto (WbOutcome) outcome = { .reply =
                                     done && evidence != NULL ? json_node_ref (evidence) : NULL };

  if (!wb_operation_is (operation, WB_OPERATION_UNSURE))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT,
                   "Only an unsure operation waits for a decision; this one is %s",
                   wb_record_get_text (operation, WB_OPERATION_STATE));
      return FALSE;
    }
  wb_record_set_text (operation, WB_OPERATION_ACTOR, actor);
  return done ? finish_done (self, operation, &outcome, error)
              : finish_other (self, operation, WB_OPERATION_PLANNED, NULL, error);
}
