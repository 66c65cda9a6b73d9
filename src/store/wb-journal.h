/* SPDX-License-Identifier: GPL-3.0-or-later
 * The journal: every effect on the outside world is a row, written and synced before the call.
 * planned → sending → done | refused | unsure; unsure is resolved by asking the vendor, never by
 * sending again. */
#pragma once

#include "wb-book.h"

G_BEGIN_DECLS

typedef struct _WbJournal WbJournal;

/**
 * WbOutcome: what an effect brought.
 * @reply: what the vendor said, kept in the journal
 * @document: (nullable): bytes that must be kept with the outcome (a label), stored in the same
 * transaction
 * @media_type: of @document
 */
typedef struct
{
  JsonNode *reply;
  GBytes   *document;
  char     *media_type;
} WbOutcome;

typedef enum
{
  WB_VERDICT_UNKNOWN,  /* the vendor cannot say, or cannot be reached: a person or a later try
                          decides */
  WB_VERDICT_DONE,     /* it happened: the outcome is filled */
  WB_VERDICT_NOT_DONE, /* it did not happen, or can be repeated without doubling: it may be sent
                          again */
  WB_VERDICT_REFUSED,  /* it did not happen and must not be tried again as it is: @error says why */
} WbVerdict;

/**
 * WbOperationHandler: one kind of operation.
 * @perform: sends @operation's request; fills @outcome; %WB_ERROR_UNSURE when the outcome is not
 * known, %WB_ERROR_UNAVAILABLE or %WB_ERROR_CANCELLED when surely nothing happened, any refusal
 * when the vendor said no
 * @verify: asks the vendor what became of it
 * @apply: writes what follows into the book, in the transaction in which the operation becomes
 * done; @document_hash is where the outcome's bytes are kept
 * @refused: (nullable): writes what follows from a refusal, in its transaction
 */
typedef struct
{
  const char *kind;
  gboolean (*perform) (WbOperation  *operation,
                       gpointer      context,
                       WbOutcome    *outcome,
                       GCancellable *cancellable,
                       GError      **error);
  WbVerdict (*verify) (WbOperation  *operation,
                       gpointer      context,
                       WbOutcome    *outcome,
                       GCancellable *cancellable,
                       GError      **error);
  gboolean (*apply) (WbBook      *book,
                     WbOperation *operation,
                     WbJson      *reply,
                     const char  *document_hash,
                     gpointer     context,
                     GError     **error);
  gboolean (*refused) (
      WbBook *book, WbOperation *operation, const GError *why, gpointer context, GError **error);
} WbOperationHandler;

/* For the plug test: called with a name at every point between two instructions that matter. */
typedef void (*WbPlugFunc) (const char *point);

WbJournal *wb_journal_new (WbBook                          *book,
                           const WbOperationHandler *const *handlers,
                           gpointer                         context,
                           GError                         **error);
void       wb_journal_free (WbJournal *self);
void       wb_journal_set_plug (WbPlugFunc plug);
void       wb_journal_plug (const char *point);

WbOperation *wb_journal_plan (WbJournal  *self,
                              const char *kind,
                              const char *key,
                              gint64      order_id,
                              gint64      shipment_id,
                              gint64      connection_id,
                              JsonNode   *request,
                              const char *actor,
                              GError    **error);
gboolean
wb_journal_run (WbJournal *self, WbOperation *operation, GCancellable *cancellable, GError **error);
gboolean wb_journal_resolve (WbJournal    *self,
                             WbOperation  *operation,
                             GCancellable *cancellable,
                             GError      **error);
gboolean wb_journal_settle (WbJournal    *self,
                            WbOperation  *operation,
                            GCancellable *cancellable,
                            GError      **error);
guint    wb_journal_recover (WbJournal *self, GError **error);
gboolean wb_journal_abandon (
    WbJournal *self, WbOperation *operation, const char *actor, const char *reason, GError **error);
gboolean wb_journal_decide (WbJournal   *self,
                            WbOperation *operation,
                            gboolean     done,
                            JsonNode    *evidence,
                            const char  *actor,
                            GError     **error);

WbOperation *wb_book_get_operation (WbBook *book, gint64 id, GError **error);
WbOperation *wb_book_find_operation (WbBook *book, const char *key, GError **error);
GPtrArray   *wb_book_list_operations (WbBook *book, const char *state, guint limit, GError **error);
GPtrArray *
wb_book_list_operations_of (WbBook *book, gint64 order_id, gint64 shipment_id, GError **error);
WbOperation *
wb_book_last_attempt (WbBook *book, const char *key_start, guint *attempts, GError **error);

GPtrArray *wb_book_list_prints (WbBook *book, WbInstant since, GError **error);
gboolean   wb_operation_is (gpointer operation, const char *state);
JsonNode  *wb_operation_reply (gpointer operation);
JsonNode  *wb_operation_request (gpointer operation);
void       wb_outcome_clear (WbOutcome *outcome);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbJournal, wb_journal_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbOutcome, wb_outcome_clear)

G_END_DECLS
