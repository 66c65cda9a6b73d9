/* SPDX-License-Identifier: GPL-3.0-or-later
 * The two-way audit: what is open in the shop against what is open in the book. What can be put
 * right by reading the order again is; what remains is shown with its reason. */
#include "wb-desk-channel.h"
#include "wb-desk-private.h"

#include <glib/gi18n-lib.h>

#define READ_AGAIN_MOST 200 /* orders read one by one in an audit; the rest waits for the next */

typedef struct
{
  WbDesk       *desk;
  gint64        channel_id;
  WbShop       *shop;
  GHashTable   *open_there; /* order_ref → WbShopStanding, borrowed */
  GPtrArray    *gaps;
  guint         read;
  GCancellable *cancellable;
} Audit;

/* Words for people: what the shop and the book do not agree on. */
static const struct
{
  const char *kind;
  const char *title; /* N_() */
} titles[] = {
  { WB_GAP_UNKNOWN_HERE, N_ ("open in the shop, but not in the order book") },
  { WB_GAP_SHIPPED_HERE, N_ ("still open in the shop, though all of it has left") },
  { WB_GAP_OPEN_HERE, N_ ("to be shipped here, but not open in the shop any more") },
};

/** wb_order_gap_title: Returns: (transfer none): what the gap is, for people. */
const char *
wb_order_gap_title (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_strcmp0 (titles[i].kind, kind) == 0)
      return _ (titles[i].title);
  return kind;
}

static void
add_gap (Audit      *audit,
         const char *kind,
         const char *ref,
         const char *number,
         gint64      order_id,
         const char *reason)
{
  WbOrderGap *gap = wb_order_gap_new ();

  wb_record_set_text (gap, WB_ORDER_GAP_KIND, kind);
  wb_record_set_text (gap, WB_ORDER_GAP_ORDER_REF, ref);
  wb_record_set_text (gap, WB_ORDER_GAP_NUMBER, number);
  wb_record_set_int (gap, WB_ORDER_GAP_ORDER_ID, order_id);
  wb_record_set_text (gap, WB_ORDER_GAP_REASON, reason);
  g_ptr_array_add (audit->gaps, gap);
}

/* The order as the shop has it now, into the book. @order: (out) (nullable): as it is then. */
static gboolean
read_one (Audit *audit, const char *ref, WbOrder **order, GError **error)
{
  g_autoptr (GBytes)    raw = NULL;
  g_autoptr (WbOrder)   fresh = NULL;
  g_auto (WbSyncResult) result = { 0 };

  if (audit->read >= READ_AGAIN_MOST)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE, "%s",
                   _ ("There were too many to read at once; the next audit goes on with it"));
      return FALSE;
    }
  audit->read++;
  fresh = wb_shop_fetch_order (audit->shop, ref, &raw, audit->cancellable, error);
  if (fresh == NULL)
    return FALSE;
  wb_record_set_int (fresh, WB_ORDER_CHANNEL_ID, audit->channel_id);
  if (!wb_desk_import_order (audit->desk, fresh, raw, &result, error))
    return FALSE;
  *order = wb_book_find_order (audit->desk->book, audit->channel_id, ref, error);
  return *order != NULL;
}

/* Why the shop may still think that it is open: what became of our telling it. */
static char *
why_not_told (WbDesk *self, WbOrder *order)
{
  g_autoptr (GPtrArray) operations =
      wb_book_list_operations_of (self->book, wb_record_get_int (order, WB_ORDER_ID), 0, NULL);

  for (guint i = operations != NULL ? operations->len : 0; i > 0; i--)
    {
      gpointer one = operations->pdata[i - 1];

      if (!g_str_equal (wb_record_get_text (one, WB_OPERATION_KIND), WB_OP_REPORT))
        continue;
      if (wb_operation_is (one, WB_OPERATION_DONE))
        return g_strdup (_ ("The shop was told; somebody may have opened it again there."));
      if (wb_record_get_text (one, WB_OPERATION_ERROR) != NULL)
        return g_strdup (wb_record_get_text (one, WB_OPERATION_ERROR));
      return g_strdup (_ ("The shop has not been told yet."));
    }
  return g_strdup (_ ("It was marked as shipped here without telling the shop."));
}

static gboolean
stands (WbOrder *order, const char *const *stages)
{
  return g_strv_contains (stages, wb_record_get_text (order, WB_ORDER_STAGE));
}

static void
look_at_open_there (Audit *audit, const WbShopStanding *standing)
{
  static const char *const over[] = { WB_STAGE_SHIPPED, NULL };
  g_autoptr (GError)       local = NULL;
  g_autoptr (WbOrder)      order =
      wb_book_find_order (audit->desk->book, audit->channel_id, standing->order_ref, NULL);
  g_autofree char *why = NULL;

  if (order == NULL && !read_one (audit, standing->order_ref, &order, &local))
    {
      add_gap (audit, WB_GAP_UNKNOWN_HERE, standing->order_ref, standing->number, 0,
               local != NULL ? local->message : NULL);
      return;
    }
  if (!stands (order, over))
    return;
  why = why_not_told (audit->desk, order);
  add_gap (audit, WB_GAP_SHIPPED_HERE, standing->order_ref,
           wb_record_get_text (order, WB_ORDER_NUMBER), wb_record_get_int (order, WB_ORDER_ID),
           why);
}

/* Still to ship by the book: when the shop does not list it as open, it is read once more; a gap
 * is only what stays so. */
static void
look_at_open_here (Audit *audit, gint64 order_id)
{
  static const char *const open[] = { WB_STAGE_READY, WB_STAGE_PARTIAL, NULL };
  g_autoptr (GError)       local = NULL;
  g_autoptr (WbOrder) order = wb_book_get_order (audit->desk->book, order_id, NULL), fresh = NULL;
  const char         *ref = order != NULL ? wb_record_get_text (order, WB_ORDER_REMOTE_ID) : NULL;

  if (ref == NULL || g_hash_table_contains (audit->open_there, ref))
    return;
  if (!read_one (audit, ref, &fresh, &local))
    {
      if (!g_error_matches (local, WB_ERROR, WB_ERROR_UNAVAILABLE))
        add_gap (audit, WB_GAP_OPEN_HERE, ref, wb_record_get_text (order, WB_ORDER_NUMBER),
                 order_id, local->message);
      return;
    }
  if (stands (fresh, open))
    add_gap (audit, WB_GAP_OPEN_HERE, ref, wb_record_get_text (order, WB_ORDER_NUMBER), order_id,
             NULL);
}

static gboolean
look_at_all (Audit *audit, GPtrArray *standings, GError **error)
{
  static const char *const open[] = { WB_STAGE_READY, WB_STAGE_PARTIAL, NULL };
  WbOrderQuery             query = { .stages = open, .channel_id = audit->channel_id };
  g_autoptr (GArray)       ids = wb_book_list_order_ids (audit->desk->book, &query, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < standings->len; i++)
    look_at_open_there (audit, standings->pdata[i]);
  for (guint i = 0; i < ids->len; i++)
    look_at_open_here (audit, g_array_index (ids, gint64, i));
  return !g_cancellable_set_error_if_cancelled (audit->cancellable, error);
}

/** wb_desk_audit_due: whether a day has gone since the channel was last audited. Quick. */
gboolean
wb_desk_audit_due (WbDesk *self, gint64 channel_id)
{
  return wb_book_audited_at (self->book, channel_id) + WB_AUDIT_EVERY <= wb_now ();
}

/**
 * wb_desk_audit:
 * Compares what is open in the shop with what is open in the book, both ways, after a sync. An
 * order that one side lacks is read from the shop again; what they then still do not agree on is
 * written down with its reason (wb_book_list_order_gaps()) and stands in the exceptions inbox.
 */
gboolean
wb_desk_audit (WbDesk *self, gint64 channel_id, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbShop)     shop = wb_desk_open_shop (self, channel_id, error);
  g_autoptr (GHashTable) open_there = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray)  standings = NULL, gaps = g_ptr_array_new_with_free_func (g_object_unref);
  Audit                  audit = { self, channel_id, shop, open_there, gaps, 0, cancellable };

  if (shop == NULL || (standings = wb_shop_list_open (shop, cancellable, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < standings->len; i++)
    g_hash_table_insert (open_there, ((WbShopStanding *) standings->pdata[i])->order_ref,
                         standings->pdata[i]);
  if (!look_at_all (&audit, standings, error) || !wb_book_begin (self->book, error))
    return FALSE;
  if (wb_book_replace_order_gaps (self->book, channel_id, gaps, error) &&
      wb_book_add_event (self->book, "connection", channel_id, "audited", self->actor, NULL, error))
    return wb_book_commit (self->book, error);
  wb_book_rollback (self->book);
  return FALSE;
}

/**
 * wb_desk_audit_daily:
 * @problems: (element-type utf8): what went wrong is added
 *
 * Once a day, after a sync of @channel: wb_desk_audit(). The first time a day after it was
 * connected: what was just imported agrees.
 */
void
wb_desk_audit_daily (WbDesk       *self,
                     WbConnection *channel,
                     GPtrArray    *problems,
                     GCancellable *cancellable)
{
  gint64             id = wb_record_get_int (channel, WB_CONNECTION_ID);
  g_autoptr (GError) local = NULL;
  g_autoptr (WbShop) shop = NULL;

  if (wb_record_get_int (channel, WB_CONNECTION_CREATED_AT) + WB_AUDIT_EVERY > wb_now () ||
      !wb_desk_audit_due (self, id))
    return;
  shop = wb_desk_open_shop (self, id, &local);
  if (shop != NULL && wb_shop_can_audit (shop))
    wb_desk_audit (self, id, cancellable, &local);
  if (local != NULL)
    g_ptr_array_add (problems, g_strdup (local->message));
}
