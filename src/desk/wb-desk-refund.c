/* SPDX-License-Identifier: GPL-3.0-or-later
 * Giving money back: the gateway's object is read first, what is asked is held against what is
 * left, and the whole wish goes into the journal at once before anything is sent. */
#include "wb-charge-private.h"

#include "wb-text.h"

#include <glib/gi18n-lib.h>

/* ---- who gives it back, and how much there is ---- */

typedef struct
{
  WbDesk       *desk;
  WbOrder      *order;
  WbConnection *channel;
  GPtrArray    *operations;
} Case;

static void
case_clear (Case *self)
{
  g_clear_object (&self->order);
  g_clear_object (&self->channel);
  g_clear_pointer (&self->operations, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Case, case_clear)

static gboolean
case_open (WbDesk *desk, gint64 order_id, Case *self, GError **error)
{
  g_clear_object (&self->order);
  g_clear_pointer (&self->operations, g_ptr_array_unref);
  self->desk = desk;
  self->order = wb_book_get_order (desk->book, order_id, error);
  if (self->order == NULL)
    return FALSE;
  if (self->channel == NULL)
    self->channel = wb_book_get_connection (
        desk->book, wb_record_get_int (self->order, WB_ORDER_CHANNEL_ID), error);
  self->operations = wb_book_list_operations_of (desk->book, order_id, 0, error);
  return self->channel != NULL && self->operations != NULL;
}

static gboolean
refuse (GError **error, Case *self, const char *why)
{
  g_set_error (error, WB_ERROR, WB_ERROR_REFUSED, "Order %s: %s",
               wb_record_get_text (self->order, WB_ORDER_NUMBER), why);
  return FALSE;
}

/* What was received by hand and not given back, by the ledger; -1 with an error. */
static gint64
by_hand_left (Case *self, GError **error)
{
  g_autoptr (GPtrArray) entries =
      wb_book_list_entries (self->desk->book, wb_record_get_int (self->order, WB_ORDER_ID), error);
  gint64 left = 0;

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const char *kind = wb_record_get_text (entries->pdata[i], WB_ENTRY_KIND);

      if (g_str_equal (wb_record_get_text (entries->pdata[i], WB_ENTRY_SOURCE), WB_SOURCE_PERSON) &&
          (g_str_equal (kind, WB_ENTRY_CAPTURED) || g_str_equal (kind, WB_ENTRY_REFUNDED)))
        left += wb_record_get_int (entries->pdata[i], WB_ENTRY_AMOUNT);
    }
  return entries != NULL ? left : -1;
}

/* A gateway's payment that is given back by hand must not be given back there as well: what is left
 * there counts. */
static gboolean
plan_by_hand (Case *self, WbPayment *payment, WbRefundPlan *plan, GError **error)
{
  gint64 received = by_hand_left (self, error);
  gint64 total = wb_record_get_int (self->order, WB_ORDER_TOTAL);
  gint64 back = MAX (wb_record_get_int (self->order, WB_ORDER_REFUNDED_TOTAL),
                     wb_record_get_int (self->order, WB_ORDER_CHARGE_REFUNDED));

  if (received < 0)
    return FALSE;
  plan->way = WB_REFUND_HAND;
  if (payment != NULL)
    plan->remaining = received + wb_record_get_int (payment, WB_PAYMENT_CAPTURED) -
                      MAX (back, wb_record_get_int (payment, WB_PAYMENT_REFUNDED));
  else if (received > 0)
    plan->remaining = received;
  else if (wb_record_get_int (self->order, WB_ORDER_PAID_AT) != 0)
    plan->remaining = total - back;
  plan->remaining = MAX (0, plan->remaining);
  plan->how = g_strdup (_ ("You give it back yourself (cash, transfer); Waybill writes it down."));
  return TRUE;
}

static gboolean
refuse_uncaptured (Case *self, GError **error)
{
  return refuse (error, self,
                 "nothing has been captured, so there is nothing to give back. Release the "
                 "authorisation instead");
}

static gboolean
plan_at_gateway (Case *self, WbPayment *payment, WbRefundPlan *plan, GError **error)
{
  gint64 captured = wb_record_get_int (payment, WB_PAYMENT_CAPTURED);

  plan->way = WB_REFUND_GATEWAY;
  plan->connection_id = wb_record_get_int (payment, WB_PAYMENT_GATEWAY_ID);
  plan->payment_ref = g_strdup (wb_record_get_text (payment, WB_PAYMENT_REF));
  plan->remaining = MAX (0, captured - wb_record_get_int (payment, WB_PAYMENT_REFUNDED) -
                                wb_record_get_int (payment, WB_PAYMENT_DISPUTED));
  plan->how =
      g_strdup (_ ("The gateway gives it back the way it was paid; then the shop is told."));
  if (g_strcmp0 (wb_record_get_text (payment, WB_PAYMENT_CURRENCY), plan->currency) != 0)
    return refuse (error, self, "its payment is in another currency; a person has to look");
  return TRUE;
}

static void
take_shop (WbOrder *order, gpointer now)
{
  wb_record_set_int (order, WB_ORDER_REFUNDED_TOTAL,
                     wb_record_get_int (now, WB_ORDER_REFUNDED_TOTAL));
}

/* The order as the shop has it now: what it refunded meanwhile counts. */
static gboolean
plan_at_shop (Case *self, WbRefundPlan *plan, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbShop) shop =
      wb_desk_open_shop (self->desk, wb_record_get_int (self->channel, WB_CONNECTION_ID), error);
  g_autoptr (WbOrder) now = NULL;

  if (shop == NULL)
    return FALSE;
  if (!wb_shop_can_refund (shop))
    return refuse (error, self, "this shop cannot give money back for us. Do it there");
  now = wb_shop_fetch_order (shop, wb_record_get_text (self->order, WB_ORDER_REMOTE_ID), NULL,
                             cancellable, error);
  if (now == NULL || !wb_desk_change_order (self->desk, self->order, take_shop, now, error))
    return FALSE;
  if (wb_record_get_int (now, WB_ORDER_PAID_AT) == 0)
    return refuse (error, self, "it has not been paid, so there is nothing to give back");
  plan->way = WB_REFUND_SHOP;
  plan->connection_id = wb_record_get_int (self->channel, WB_CONNECTION_ID);
  plan->remaining = MAX (0, wb_record_get_int (now, WB_ORDER_TOTAL) -
                                wb_record_get_int (now, WB_ORDER_REFUNDED_TOTAL));
  plan->how = g_strdup (_ ("The shop gives it back through its own gateway."));
  return TRUE;
}

/* Where a gateway refunds one capture at a time: the oldest first, until the amount is together. */
static gboolean
split (Case *self, WbRefundPlan *plan, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbGateway) gateway = wb_desk_open_gateway (self->desk, plan->connection_id, error);
  g_autoptr (GError)    local = NULL;
  gint64                missing = plan->amount;

  if (gateway == NULL)
    return FALSE;
  plan->captures = wb_gateway_list_refundable (gateway, plan->payment_ref, cancellable, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  for (guint i = 0; plan->captures != NULL && i < plan->captures->len; i++)
    {
      WbMovement *one = plan->captures->pdata[i];

      one->amount.minor = MIN (one->amount.minor, missing);
      missing -= one->amount.minor;
    }
  for (guint i = plan->captures != NULL ? plan->captures->len : 0; i > 0; i--)
    if (((WbMovement *) plan->captures->pdata[i - 1])->amount.minor == 0)
      g_ptr_array_remove_index (plan->captures, i - 1);
  if (plan->captures == NULL || missing == 0)
    return TRUE;
  return refuse (error, self, "its captures do not have that much left; read it anew");
}

static gboolean
plan_way (Case              *self,
          const WbRefundAsk *ask,
          WbRefundPlan      *plan,
          GCancellable      *cancellable,
          GError           **error)
{
  g_autoptr (GError)    local = NULL;
  g_autoptr (WbPayment) payment =
      wb_desk_read_payment (self->desk, self->order, self->channel, cancellable, &local);
  gint64 gateway_id = wb_desk_gateway_for (self->desk, self->order, self->channel);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (payment != NULL && !wb_desk_note_payment (self->desk, self->order, payment, error))
    return FALSE;
  if (ask->by_hand || (payment == NULL && wb_desk_is_by_hand (self->desk, gateway_id)))
    return plan_by_hand (self, payment, plan, error);
  if (payment != NULL && wb_record_get_int (payment, WB_PAYMENT_CAPTURED) == 0)
    return refuse_uncaptured (self, error);
  return payment != NULL && !wb_desk_shop_takes (self->channel)
             ? plan_at_gateway (self, payment, plan, error)
             : plan_at_shop (self, plan, cancellable, error);
}

/**
 * wb_desk_plan_refund:
 * @ask: may ask for nothing yet: then @plan says how much there is and how it would go
 * @plan: (out): to be cleared also after a failure
 *
 * What a refund would give back, from what the gateway (or the shop) says now. Nothing is sent.
 */
gboolean
wb_desk_plan_refund (WbDesk            *self,
                     const WbRefundAsk *ask,
                     WbRefundPlan      *plan,
                     GCancellable      *cancellable,
                     GError           **error)
{
  g_auto (Case) one = { 0 };

  if (!case_open (self, ask->order_id, &one, error))
    return FALSE;
  g_strlcpy (plan->currency, wb_record_get_text (one.order, WB_ORDER_CURRENCY),
             sizeof plan->currency);
  return plan_way (&one, ask, plan, cancellable, error) &&
         wb_refund_plan_lines (one.order, one.operations, ask, plan, error) &&
         (plan->way != WB_REFUND_GATEWAY || plan->amount == 0 ||
          split (&one, plan, cancellable, error));
}

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
plan_part (Case               *self,
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
plan_parts (
    Case *self, const WbRefundAsk *ask, const WbRefundPlan *plan, const char *group, GError **error)
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
is_alone (Case *self, const char *group, gboolean *there, GError **error)
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
  g_auto (Case) one = { 0 };
  gboolean      there = FALSE;

  if (!wb_book_begin (self->book, error))
    return FALSE;
  if (case_open (self, ask->order_id, &one, error) && is_alone (&one, group, &there, error) &&
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
  g_auto (Case)         one = { 0 };
  g_auto (WbRefundPlan) plan = { 0 };
  g_autofree char      *group = ask->id != NULL ? g_strdup (ask->id) : wb_text_random_id (8);
  g_autofree char      *money = NULL;
  gboolean              there = FALSE;
  gint64                given = 0;

  if (!case_open (self, ask->order_id, &one, error) || !is_alone (&one, group, &there, error))
    return FALSE;
  if (!there)
    {
      if (!wb_desk_plan_refund (self, ask, &plan, cancellable, error))
        return FALSE;
      if (plan.amount == 0)
        return refuse (error, &one, "say what is to be given back: nothing was chosen");
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
