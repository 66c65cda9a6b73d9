/* SPDX-License-Identifier: GPL-3.0-or-later
 * Changes of an order in its shop: notes, statuses, cancellations, addresses, holds, pieces; and
 * orders that are made there. Each is told once; what came of it is read from the shop like any
 * other edit. */
#include "wb-desk-channel.h"
#include "wb-desk-private.h"

#include <glib/gi18n-lib.h>

static JsonNode *
lines_to_json (const WbShopChange *change)
{
  JsonArray *array = json_array_new ();
  JsonNode  *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; change->line_refs[i] != NULL; i++)
    json_array_add_element (array, wb_json_make ("s:ref", change->line_refs[i], "i:quantity",
                                                 change->quantities[i], NULL));
  json_node_take_array (node, array);
  return node;
}

static JsonNode *
change_to_json (const WbShopChange *change, const char *order_ref)
{
  JsonNode *node =
      wb_json_make ("s:order", order_ref, "i:change", (gint64) change->kind, "s:text", change->text,
                    "b:to_customer", change->to_customer, "b:restock", change->restock, NULL);
  JsonObject *object = json_node_get_object (node);

  if (change->line_refs != NULL)
    json_object_set_member (object, "lines", lines_to_json (change));
  if (change->ship_to != NULL)
    json_object_set_member (object, "ship_to", wb_record_to_json (change->ship_to));
  return node;
}

/* The order as the shop has it now, into the book. */
static gboolean
read_again (WbDesk       *self,
            gint64        channel_id,
            const char   *order_ref,
            GCancellable *cancellable,
            GError      **error)
{
  g_autoptr (WbShop)    shop = wb_desk_open_shop (self, channel_id, error);
  g_autoptr (GBytes)    raw = NULL;
  g_autoptr (WbOrder)   order = NULL;
  g_auto (WbSyncResult) result = { 0 };

  if (shop == NULL ||
      (order = wb_shop_fetch_order (shop, order_ref, &raw, cancellable, error)) == NULL)
    return FALSE;
  wb_record_set_int (order, WB_ORDER_CHANNEL_ID, channel_id);
  return wb_desk_import_order (self, order, raw, &result, error);
}

/* Nothing may be on its way that the change would cross: a label being bought, money being taken.
 */
static gboolean
is_at_rest (WbDesk *self, WbOrder *order, GError **error)
{
  g_autoptr (GPtrArray) operations =
      wb_book_list_operations_of (self->book, wb_record_get_int (order, WB_ORDER_ID), 0, error);

  for (guint i = 0; operations != NULL && i < operations->len; i++)
    if (wb_operation_is (operations->pdata[i], WB_OPERATION_SENDING) ||
        wb_operation_is (operations->pdata[i], WB_OPERATION_UNSURE))
      {
        g_set_error (
            error, WB_ERROR, WB_ERROR_CONFLICT,
            _ ("Order %s: “%s” is not settled yet. The shop's order was not changed; try "
               "again when it is"),
            wb_record_get_text (order, WB_ORDER_NUMBER),
            wb_operation_title (wb_record_get_text (operations->pdata[i], WB_OPERATION_KIND)));
        return FALSE;
      }
  return operations != NULL;
}

static gboolean
may_change_pieces (WbDesk *self, WbOrder *order, const WbShopChange *change, GError **error)
{
  g_auto (WbPiecesOutlook) outlook = { 0 };

  return wb_pieces_check (self->book, order, change, &outlook, error);
}

/* A change of the order as a whole must not cross what has left or been paid already. */
static gboolean
may_change (WbDesk *self, WbOrder *order, const WbShopChange *change, GError **error)
{
  g_autoptr (GPtrArray) labels = NULL;

  if (change->kind == WB_SHOP_CHANGE_NOTE)
    return TRUE;
  if (!is_at_rest (self, order, error))
    return FALSE;
  if (change->kind == WB_SHOP_CHANGE_LINES)
    return may_change_pieces (self, order, change, error);
  if (change->kind != WB_SHOP_CHANGE_CANCEL)
    return TRUE;
  labels = wb_book_list_labels (self->book, wb_record_get_int (order, WB_ORDER_ID), error);
  for (guint i = 0; labels != NULL && i < labels->len; i++)
    if (g_str_equal (wb_record_get_text (labels->pdata[i], WB_LABEL_STATE), WB_LABEL_LIVE))
      {
        g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT,
                     _ ("Order %s has a label that is paid. Void it first, or take the goods back "
                        "as a return; the shop's order was not cancelled"),
                     wb_record_get_text (order, WB_ORDER_NUMBER));
        return FALSE;
      }
  return labels != NULL;
}

/** wb_desk_possible_changes: Returns: what can be changed of the order in its shop, a mask of
 * #WbShopChangeKind; 0 with @error when the shop cannot be opened. Quick. */
guint
wb_desk_possible_changes (WbDesk *self, gint64 order_id, GError **error)
{
  g_autoptr (WbOrder) order = wb_book_get_order (self->book, order_id, error);
  g_autoptr (WbShop)  shop =
      order != NULL
           ? wb_desk_open_shop (self, wb_record_get_int (order, WB_ORDER_CHANNEL_ID), error)
           : NULL;

  return shop != NULL ? wb_shop_changes (shop) : 0;
}

static gboolean
is_of_pieces (gpointer operation)
{
  g_autoptr (JsonNode) request = wb_operation_request (operation);
  WbJson               at = wb_json_root (request, "request");
  gint64               kind = 0;

  return g_str_equal (wb_record_get_text (operation, WB_OPERATION_KIND), WB_OP_CHANGE_ORDER) &&
         wb_json_int (&at, "change", &kind, NULL) && kind == WB_SHOP_CHANGE_LINES;
}

/* Pieces are set, so an older wish that has not been sent yet must not come after a newer one. */
static gboolean
withdraw_older (WbDesk *self, WbOrder *order, GError **error)
{
  g_autoptr (GPtrArray) operations =
      wb_book_list_operations_of (self->book, wb_record_get_int (order, WB_ORDER_ID), 0, error);

  for (guint i = 0; operations != NULL && i < operations->len; i++)
    if (wb_operation_is (operations->pdata[i], WB_OPERATION_PLANNED) &&
        is_of_pieces (operations->pdata[i]) &&
        !wb_journal_abandon (self->journal, operations->pdata[i], self->actor,
                             "other pieces are asked for now", error))
      return FALSE;
  return operations != NULL;
}

static WbOperation *
plan_change (WbDesk *self, WbOrder *order, const WbShopChange *change, GError **error)
{
  gint64           order_id = wb_record_get_int (order, WB_ORDER_ID);
  g_autofree char *start =
      g_strdup_printf ("%s:%" G_GINT64_FORMAT ":", WB_OP_CHANGE_ORDER, order_id);
  guint                   n = 0;
  g_autoptr (GError)      local = NULL;
  g_autoptr (WbOperation) last = wb_book_last_attempt (self->book, start, &n, &local);
  g_autoptr (JsonNode)    request =
      change_to_json (change, wb_record_get_text (order, WB_ORDER_REMOTE_ID));
  g_autofree char *key = g_strdup_printf ("%s%u:1", start, n + 1);

  if (local == NULL && change->kind == WB_SHOP_CHANGE_LINES && !withdraw_older (self, order, error))
    return NULL;
  if (local == NULL)
    return wb_journal_plan (self->journal, WB_OP_CHANGE_ORDER, key, order_id, 0,
                            wb_record_get_int (order, WB_ORDER_CHANNEL_ID), request, self->actor,
                            error);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* What a change of pieces comes to was weighed for now: one that could not be sent is not sent by
 * itself at another time. */
static gboolean
settle_change (WbDesk             *self,
               WbOrder            *order,
               const WbShopChange *change,
               WbOperation        *operation,
               GCancellable       *cancellable,
               GError            **error)
{
  g_autoptr (GError) local = NULL;

  if (wb_journal_settle (self->journal, operation, cancellable, &local))
    return TRUE;
  if (change->kind != WB_SHOP_CHANGE_LINES || !wb_operation_is (operation, WB_OPERATION_PLANNED) ||
      !wb_journal_abandon (self->journal, operation, self->actor, "the shop could not be asked",
                           NULL))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  g_set_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE,
               _ ("Order %s: its shop does not take the change just now, and nothing was changed "
                  "there. Try again in a while"),
               wb_record_get_text (order, WB_ORDER_NUMBER));
  return FALSE;
}

/**
 * wb_desk_change_in_shop:
 * @change: its order_ref and key are set here
 *
 * Changes the order in its shop, by the journal, and reads it from there again. Refused while
 * something of the order is not settled, a cancellation while a paid label lives, and pieces as
 * wb_pieces_check() says.
 *
 * Returns: %TRUE when the shop has it; that it could not be read again afterwards is no failure:
 * the next sync brings it.
 */
gboolean
wb_desk_change_in_shop (WbDesk             *self,
                        gint64              order_id,
                        const WbShopChange *change,
                        GCancellable       *cancellable,
                        GError            **error)
{
  g_autoptr (WbOrder)     order = wb_book_get_order (self->book, order_id, error);
  g_autoptr (WbOperation) operation = NULL;
  g_autoptr (GError)      later = NULL;

  if (order == NULL || !may_change (self, order, change, error))
    return FALSE;
  if (!(wb_desk_possible_changes (self, order_id, error) & change->kind))
    {
      if (error == NULL || *error == NULL)
        g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
                     _ ("The shop of order %s does not let other programs do that: change it in "
                        "the shop itself"),
                     wb_record_get_text (order, WB_ORDER_NUMBER));
      return FALSE;
    }
  operation = plan_change (self, order, change, error);
  if (operation == NULL)
    return FALSE;
  if (!settle_change (self, order, change, operation, cancellable, error))
    return FALSE;
  if (!read_again (self, wb_record_get_int (order, WB_ORDER_CHANNEL_ID),
                   wb_record_get_text (order, WB_ORDER_REMOTE_ID), cancellable, &later))
    g_info ("Order %s is read again with the next sync: %s",
            wb_record_get_text (order, WB_ORDER_NUMBER), later->message);
  return TRUE;
}

/**
 * wb_desk_create_in_shop:
 * @draft: the order as it is to be
 *
 * Makes an order in a shop, by the journal, and reads it from there into the book.
 *
 * Returns: its number in the book; 0 with @error. When the shop has it but it could not be read,
 * the error says so: the next sync brings it.
 */
gint64
wb_desk_create_in_shop (
    WbDesk *self, gint64 channel_id, WbOrder *draft, GCancellable *cancellable, GError **error)
{
  g_autofree char *start =
      g_strdup_printf ("%s:%" G_GINT64_FORMAT ":", WB_OP_CREATE_ORDER, channel_id);
  guint                   n = 0;
  g_autoptr (WbOperation) last = wb_book_last_attempt (self->book, start, &n, NULL);
  g_autofree char        *key = g_strdup_printf ("%s%u:1", start, n + 1), *ref = NULL;
  g_autoptr (JsonNode)    request = wb_record_to_json (draft), reply = NULL;
  g_autoptr (WbShop)      shop = wb_desk_open_shop (self, channel_id, error);
  g_autoptr (WbOperation) operation = NULL;
  g_autoptr (WbOrder)     order = NULL;
  WbJson                  at;

  if (shop == NULL)
    return 0;
  if (!wb_shop_can_create (shop))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
                   _ ("This kind of shop does not let other programs make orders"));
      return 0;
    }
  operation = wb_journal_plan (self->journal, WB_OP_CREATE_ORDER, key, 0, 0, channel_id, request,
                               self->actor, error);
  if (operation == NULL || !wb_journal_settle (self->journal, operation, cancellable, error))
    return 0;
  reply = wb_operation_reply (operation);
  at = wb_json_root (reply, "reply");
  ref = g_strdup (wb_json_opt_string (&at, "remote_id"));
  if (ref == NULL || !read_again (self, channel_id, ref, cancellable, error))
    {
      g_prefix_error (error, "%s ",
                      _ ("The shop has the order; it comes into the book with the next sync."));
      return 0;
    }
  order = wb_book_find_order (self->book, channel_id, ref, error);
  return order != NULL ? wb_record_get_int (order, WB_ORDER_ID) : 0;
}
