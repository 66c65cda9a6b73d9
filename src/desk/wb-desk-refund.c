/* SPDX-License-Identifier: GPL-3.0-or-later
 * Giving money back: the whole wish goes into the journal at once before anything is sent, and is
 * then brought to its end. */
#include "wb-refund-case.h"

#include "wb-text.h"

#include <glib/gi18n-lib.h>

/* ---- the wish as operations ---- */

static JsonNode *
lines_json (const WbRefundPlan *plan)
{
  JsonArray *list = json_array_new ();
  JsonNode  *node = json_node_alloc ();

  for (guint i = 0; i < plan->lines->len; i++)
    {
      const WbRefundLine *line = plan->lines->pdata[i];

      json_array_add_element (list,
                              wb_json_make ("i:line", line->line_id, "s:ref", line->ref, "s:name",
                                            line->name, "i:quantity", line->quantity, "i:net",
                                            line->net, "i:tax", line->tax, NULL));
    }
  json_node_init_array (node, list);
  json_array_unref (list);
  return node;
}

static const char *const ways[] = {
  [WB_REFUND_GATEWAY] = WB_WAY_GATEWAY,
  [WB_REFUND_SHOP] = WB_WAY_SHOP,
  [WB_REFUND_HAND] = WB_WAY_HAND,
};

static gboolean
plan_part (WbRefundCase       *self,
           const WbRefundAsk  *ask,
           const WbRefundPlan *plan,
           const char         *group,
           guint               part,
           const char         *payment,
           gint64              amount,
           GError            **error)
{
  g_autofree char     *key = g_strdup_printf ("%s:%s:%u:1", WB_OP_REFUND, group, part);
  g_autoptr (JsonNode) request =
      wb_json_make ("s:way", ways[plan->way], "s:payment", payment, "s:of", plan->payment_ref,
                    "i:amount", amount, "s:currency", plan->currency, "s:group", group, "i:whole",
                    plan->amount, "i:free", plan->free_amount, "s:reason", ask->reason, "b:restock",
                    ask->restock, "b:tell", plan->way != WB_REFUND_SHOP && !ask->silent, "s:order",
                    wb_record_get_text (self->order, WB_ORDER_REMOTE_ID), "i:channel",
                    wb_record_get_int (self->channel, WB_CONNECTION_ID), NULL);
  g_autoptr (WbOperation) operation = NULL;

  if (part == 1)
    json_object_set_member (json_node_get_object (request), "lines", lines_json (plan));
  operation = wb_journal_plan (self->desk->journal, WB_OP_REFUND, key,
                               wb_record_get_int (self->order, WB_ORDER_ID), 0, plan->connection_id,
                               request, self->desk->actor, error);
  return operation != NULL;
}

static gboolean
plan_parts (WbRefundCase       *self,
            const WbRefundAsk  *ask,
            const WbRefundPlan *plan,
            const char         *group,
            GError            **error)
{
  if (plan->captures == NULL || plan->captures->len == 0)
    return plan_part (self, ask, plan, group, 1, plan->payment_ref, plan->amount, error);
  for (guint i = 0; i < plan->captures->len; i++)
    {
      const WbMovement *one = plan->captures->pdata[i];

      if (!plan_part (self, ask, plan, group, i + 1, one->ref, one->amount.minor, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_of_group (gpointer operation, const char *group)
{
  g_autoptr (JsonNode) request = wb_operation_request (operation);
  WbJson               at = wb_json_root (request, "request");

  return g_strcmp0 (wb_json_opt_string (&at, "group"), group) == 0;
}

/* Two refunds of one order at a time would each count on the same money. */
static gboolean
is_alone (WbRefundCase *self, const char *group, gboolean *there, GError **error)
{
  *there = FALSE;
  for (guint i = 0; i < self->operations->len; i++)
    {
      gpointer one = self->operations->pdata[i];

      if (!g_str_equal (wb_record_get_text (one, WB_OPERATION_KIND), WB_OP_REFUND))
        continue;
      if (is_of_group (one, group))
        *there = TRUE;
      else if (wb_charge_is_open (one))
        {
          g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT,
                       "Another refund of order %s is under way (operation %" G_GINT64_FORMAT
                       "). Bring it to its end first",
                       wb_record_get_text (self->order, WB_ORDER_NUMBER),
                       wb_record_get_int (one, WB_OPERATION_ID));
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
write_wish (WbDesk             *self,
            const WbRefundAsk  *ask,
            const WbRefundPlan *plan,
            const char         *group,
            GError            **error)
{
  g_auto (WbRefundCase) one = { 0 };
  gboolean              there = FALSE;

  if (!wb_book_begin (self->book, error))
    return FALSE;
  if (wb_refund_case_open (self, ask->order_id, &one, error) &&
      is_alone (&one, group, &there, error) &&
      (there || plan_parts (&one, ask, plan, group, error)))
    return wb_book_commit (self->book, error);
  wb_book_rollback (self->book);
  return FALSE;
}

/* ---- bringing it to its end ---- */

static void
import_anew (WbDesk *self, WbOrder *order, GCancellable *cancellable)
{
  g_autoptr (WbShop) shop =
      wb_desk_open_shop (self, wb_record_get_int (order, WB_ORDER_CHANNEL_ID), NULL);
  g_autoptr (WbOrder)   now = NULL;
  g_autoptr (GBytes)    raw = NULL;
  g_auto (WbSyncResult) result = { 0 };

  if (shop != NULL)
    now = wb_shop_fetch_order (shop, wb_record_get_text (order, WB_ORDER_REMOTE_ID), &raw,
                               cancellable, NULL);
  if (now == NULL)
    return; /* the next sync brings it */
  wb_record_set_int (now, WB_ORDER_CHANNEL_ID, wb_record_get_int (order, WB_ORDER_CHANNEL_ID));
  wb_desk_import_order (self, now, raw, &result, NULL);
}

/* A later attempt at the same takes the place of one that was refused. */
static gboolean
is_replaced (GPtrArray *operations, guint index)
{
  const char *key = wb_record_get_text (operations->pdata[index], WB_OPERATION_KEY);
  gsize       stem = (gsize) (strrchr (key, ':') - key) + 1;

  if (!wb_operation_is (operations->pdata[index], WB_OPERATION_REFUSED))
    return FALSE;
  for (guint i = index + 1; i < operations->len; i++)
    if (strncmp (key, wb_record_get_text (operations->pdata[i], WB_OPERATION_KEY), stem) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
settle_kind (WbDesk       *self,
             gint64        order_id,
             const char   *group,
             const char   *kind,
             gint64       *given,
             GCancellable *cancellable,
             GError      **error)
{
  g_autoptr (GPtrArray) operations = wb_book_list_operations_of (self->book, order_id, 0, error);
  gboolean              ok = operations != NULL;

  for (guint i = 0; ok && i < operations->len; i++)
    {
      gpointer             one = operations->pdata[i];
      g_autoptr (JsonNode) reply = NULL;
      WbJson               at;
      gint64               amount = 0;

      if (!g_str_equal (wb_record_get_text (one, WB_OPERATION_KIND), kind) ||
          !is_of_group (one, group) || wb_operation_is (one, WB_OPERATION_ABANDONED) ||
          is_replaced (operations, i))
        continue;
      ok = wb_journal_settle (self->journal, one, cancellable, error);
      reply = ok ? wb_operation_reply (one) : NULL;
      at = wb_json_root (reply, "reply");
      if (ok && wb_json_opt_int (&at, "amount", 0, &amount, NULL) && given != NULL)
        *given += amount;
    }
  return ok;
}

static gboolean
settle (WbDesk       *self,
        WbOrder      *order,
        const char   *group,
        gint64       *given,
        GCancellable *cancellable,
        GError      **error)
{
  gint64             order_id = wb_record_get_int (order, WB_ORDER_ID);
  g_autoptr (GError) local = NULL;

  if (!settle_kind (self, order_id, group, WB_OP_REFUND, given, cancellable, error))
    return FALSE;
  if (!settle_kind (self, order_id, group, WB_OP_TELL_REFUND, NULL, cancellable, &local))
    {
      g_propagate_prefixed_error (error, g_steal_pointer (&local),
                                  "The money was given back, but the shop does not know it yet: ");
      return FALSE;
    }
  import_anew (self, order, cancellable);
  return TRUE;
}

static char *
group_of (WbOperation *operation)
{
  g_autoptr (JsonNode) request = wb_operation_request (operation);
  WbJson               at = wb_json_root (request, "request");

  return g_strdup (wb_json_opt_string (&at, "group"));
}

/* After an operation of this file has ended: what follows from it (the shop is told). Others are
 * left alone. */
gboolean
wb_desk_follow_charge (WbDesk       *self,
                       WbOperation  *operation,
                       GCancellable *cancellable,
                       GError      **error)
{
  const char         *kind = wb_record_get_text (operation, WB_OPERATION_KIND);
  g_autofree char    *group = NULL;
  g_autoptr (WbOrder) order = NULL;

  if (!g_str_equal (kind, WB_OP_REFUND) && !g_str_equal (kind, WB_OP_TELL_REFUND))
    return TRUE;
  order =
      wb_book_get_order (self->book, wb_record_get_int (operation, WB_OPERATION_ORDER_ID), error);
  group = group_of (operation);
  return order != NULL && settle (self, order, group, NULL, cancellable, error);
}

/* The number of attempts at what @operation was to do. */
static guint
count_attempts (WbDesk *self, WbOperation *operation, const char *stem)
{
  g_autoptr (GPtrArray) all = wb_book_list_operations_of (
      self->book, wb_record_get_int (operation, WB_OPERATION_ORDER_ID), 0, NULL);
  guint n = 0;

  for (guint i = 0; all != NULL && i < all->len; i++)
    n += g_str_has_prefix (wb_record_get_text (all->pdata[i], WB_OPERATION_KEY), stem);
  return n;
}

/* A refund, or telling the shop of one, that was refused, asked for once more. The vendor is asked
 * first whether it has it, and refuses what is not left. */
gboolean
wb_desk_retry_refund (WbDesk       *self,
                      WbOperation  *operation,
                      GCancellable *cancellable,
                      GError      **error)
{
  const char             *key = wb_record_get_text (operation, WB_OPERATION_KEY);
  g_autofree char        *stem = g_strndup (key, (gsize) (strrchr (key, ':') - key) + 1);
  g_autofree char        *anew = NULL;
  g_autoptr (JsonNode)    request = wb_operation_request (operation);
  g_autoptr (WbOperation) again = NULL;

  anew = g_strdup_printf ("%s%u", stem, count_attempts (self, operation, stem) + 1);
  again = wb_journal_plan (self->journal, wb_record_get_text (operation, WB_OPERATION_KIND), anew,
                           wb_record_get_int (operation, WB_OPERATION_ORDER_ID), 0,
                           wb_record_get_int (operation, WB_OPERATION_CONNECTION_ID), request,
                           self->actor, error);
  return again != NULL && wb_journal_settle (self->journal, again, cancellable, error) &&
         wb_desk_follow_charge (self, again, cancellable, error);
}

/**
 * wb_desk_refund:
 * @outcome: (out) (optional): one sentence for people
 *
 * Gives money back, never more than is left: at the gateway, and then the shop is told; or through
 * the shop that holds the money; or by hand, written down. The same @ask->id is done once.
 */
gboolean
wb_desk_refund (
    WbDesk *self, const WbRefundAsk *ask, char **outcome, GCancellable *cancellable, GError **error)
{
  g_auto (WbRefundCase) one = { 0 };
  g_auto (WbRefundPlan) plan = { 0 };
  g_autofree char      *group = ask->id != NULL ? g_strdup (ask->id) : wb_text_random_id (8);
  g_autofree char      *money = NULL;
  gboolean              there = FALSE;
  gint64                given = 0;

  if (!wb_refund_case_open (self, ask->order_id, &one, error) ||
      !is_alone (&one, group, &there, error))
    return FALSE;
  if (!there)
    {
      if (!wb_desk_plan_refund (self, ask, &plan, cancellable, error))
        return FALSE;
      if (plan.amount == 0)
        return wb_refund_case_refuse (&one, "say what is to be given back: nothing was chosen",
                                      error);
      if (!write_wish (self, ask, &plan, group, error))
        return FALSE;
    }
  if (!settle (self, one.order, group, &given, cancellable, error))
    return FALSE;
  money = wb_money_to_text (wb_money (given, wb_record_get_text (one.order, WB_ORDER_CURRENCY)));
  if (outcome != NULL)
    /* Translators: an amount of money */
    *outcome = g_strdup_printf (_ ("%s was given back."), money);
  return TRUE;
}
