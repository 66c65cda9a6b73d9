/* SPDX-License-Identifier: GPL-3.0-or-later
 * The operations “refund” and “tell-refund”: money is given back, once, by the gateway, by the shop
 * or by hand; and where the shop did not do it itself, it is told afterwards, once. */
#include "wb-charge-private.h"
#include "wb-op-shop.h"

#include <glib/gi18n-lib.h>

/* ---- what the request says ---- */

static const char *
way_of (const WbJson *at)
{
  const char *way = wb_json_opt_string (at, "way");

  return way != NULL ? way : WB_WAY_GATEWAY;
}

/* A shop's refund with the lists that it points to. */
typedef struct
{
  WbShopRefund refund;
  char       **refs;
  gint64      *numbers; /* quantities, nets, taxes */
} Told;

static void
told_clear (Told *told)
{
  g_clear_pointer (&told->refs, g_strfreev);
  g_clear_pointer (&told->numbers, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Told, told_clear)

static gboolean
read_lines (const WbJson *at, Told *told, GError **error)
{
  WbJson list;
  guint  n = 0;

  if (!wb_json_array (at, "lines", &list, &n, NULL))
    n = 0;
  told->refs = g_new0 (char *, n + 1);
  told->numbers = g_new0 (gint64, 3 * n + 1);
  for (guint i = 0; i < n; i++)
    {
      WbJson row = wb_json_element (&list, i);

      if (wb_json_string (&row, "ref", error) == NULL ||
          !wb_json_int (&row, "quantity", &told->numbers[i], error) ||
          !wb_json_int (&row, "net", &told->numbers[n + i], error) ||
          !wb_json_int (&row, "tax", &told->numbers[2 * n + i], error))
        return FALSE;
      told->refs[i] = g_strdup (wb_json_opt_string (&row, "ref"));
    }
  told->refund.line_refs = (const char **) told->refs;
  told->refund.quantities = told->numbers;
  told->refund.nets = told->numbers + n;
  told->refund.taxes = told->numbers + 2 * n;
  return TRUE;
}

static gboolean
read_told (WbOperation *operation, const WbJson *at, gboolean money, Told *told, GError **error)
{
  told->refund = (WbShopRefund){
    .order_ref = wb_json_string (at, "order", error),
    .key = wb_record_get_text (operation, WB_OPERATION_KEY),
    .reason = wb_json_opt_string (at, "reason"),
    .money = money,
    .restock = wb_json_bool (at, "restock", FALSE),
    .first_sent_at = wb_record_get_int (operation, WB_OPERATION_SENT_AT),
  };
  return told->refund.order_ref != NULL && wb_money_op_amount (at, &told->refund.amount, error) &&
         read_lines (at, told, error);
}

/* ---- the shop: as the one who pays, or as the one who is told ---- */

static gboolean
shop_perform (WbOperation  *operation,
              gpointer      context,
              gboolean      money,
              WbOutcome    *outcome,
              GCancellable *cancellable,
              GError      **error)
{
  g_auto (WbShopOp) op = { 0 };
  g_auto (Told)     told = { 0 };
  g_autofree char  *remote_id = NULL;

  if (!wb_shop_op_open (&op, operation, context, error) ||
      !read_told (operation, &op.at, money, &told, error))
    return wb_not_sent (error);
  if (!wb_shop_refund (op.shop, &told.refund, &remote_id, cancellable, error))
    return FALSE;
  wb_money_op_moved (outcome, remote_id, told.refund.amount);
  return TRUE;
}

static WbVerdict
shop_verify (WbOperation  *operation,
             gpointer      context,
             gboolean      money,
             WbOutcome    *outcome,
             GCancellable *cancellable,
             GError      **error)
{
  g_auto (WbShopOp) op = { 0 };
  g_auto (Told)     told = { 0 };
  g_autofree char  *remote_id = NULL;
  WbVerdict         verdict;

  if (!wb_shop_op_open (&op, operation, context, error) ||
      !read_told (operation, &op.at, money, &told, error))
    return WB_VERDICT_UNKNOWN;
  verdict = wb_shop_op_verdict (
      wb_shop_find_refund (op.shop, &told.refund, &remote_id, cancellable, error));
  if (verdict == WB_VERDICT_DONE)
    wb_money_op_moved (outcome, remote_id, told.refund.amount);
  return verdict;
}

static gboolean
tell_perform (WbOperation  *operation,
              gpointer      context,
              WbOutcome    *outcome,
              GCancellable *cancellable,
              GError      **error)
{
  return shop_perform (operation, context, FALSE, outcome, cancellable, error);
}

static WbVerdict
tell_verify (WbOperation  *operation,
             gpointer      context,
             WbOutcome    *outcome,
             GCancellable *cancellable,
             GError      **error)
{
  return shop_verify (operation, context, FALSE, outcome, cancellable, error);
}

/* ---- the refund ---- */

static gboolean
refund_perform (WbOperation  *operation,
                gpointer      context,
                WbOutcome    *outcome,
                GCancellable *cancellable,
                GError      **error)
{
  g_autoptr (JsonNode) request = wb_operation_request (operation);
  WbJson               at = wb_json_root (request, "request");
  WbMoney              amount;

  if (g_str_equal (way_of (&at), WB_WAY_GATEWAY))
    return wb_money_op_perform (operation, context, wb_gateway_refund, outcome, cancellable, error);
  if (g_str_equal (way_of (&at), WB_WAY_SHOP))
    return shop_perform (operation, context, TRUE, outcome, cancellable, error);
  if (!wb_money_op_amount (&at, &amount, error))
    return wb_not_sent (error);
  wb_money_op_moved (outcome, wb_record_get_text (operation, WB_OPERATION_KEY), amount);
  return TRUE;
}

static WbVerdict
refund_verify (WbOperation  *operation,
               gpointer      context,
               WbOutcome    *outcome,
               GCancellable *cancellable,
               GError      **error)
{
  g_autoptr (JsonNode) request = wb_operation_request (operation);
  WbJson               at = wb_json_root (request, "request");

  if (g_str_equal (way_of (&at), WB_WAY_GATEWAY))
    return wb_money_op_verify (operation, context, wb_gateway_find_refund, outcome, cancellable,
                               error);
  if (g_str_equal (way_of (&at), WB_WAY_SHOP))
    return shop_verify (operation, context, TRUE, outcome, cancellable, error);
  return WB_VERDICT_NOT_DONE; /* only written down: writing it down again doubles nothing */
}

/* Whether @ref is the refund @name, or one of its several payments, named behind a plus. */
static gboolean
is_refund (const char *ref, const char *name)
{
  return ref != NULL && g_str_has_prefix (ref, name) &&
         (ref[strlen (name)] == '\0' || ref[strlen (name)] == '+');
}

/* What the shop gave back through a gateway that we read too is in the ledger by that. What it
 * captured itself (@channel) its own balance may have shown already, as @name, before the shop's
 * answer was understood; nobody else tells of it. */
static gboolean
gateway_tells (WbBook *book, gint64 order_id, gint64 channel, const char *name)
{
  g_autoptr (GPtrArray) entries = wb_book_list_entries (book, order_id, NULL);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      gpointer    one = entries->pdata[i];
      const char *kind = wb_record_get_text (one, WB_ENTRY_KIND);
      gboolean    own = wb_record_get_int (one, WB_ENTRY_CONNECTION_ID) == channel;

      if (!g_str_equal (wb_record_get_text (one, WB_ENTRY_SOURCE), WB_SOURCE_GATEWAY))
        continue;
      if ((!own && g_str_equal (kind, WB_ENTRY_CAPTURED)) ||
          (own && g_str_equal (kind, WB_ENTRY_REFUNDED) &&
           is_refund (wb_record_get_text (one, WB_ENTRY_SOURCE_REF), name)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
add_entry (WbBook       *book,
           WbOperation  *operation,
           const WbJson *at,
           WbMoney       given,
           const char   *ref,
           GError      **error)
{
  const char         *way = way_of (at);
  gint64              order_id = wb_record_get_int (operation, WB_OPERATION_ORDER_ID);
  const char         *source = g_str_equal (way, WB_WAY_GATEWAY) ? WB_SOURCE_GATEWAY
                               : g_str_equal (way, WB_WAY_SHOP)  ? WB_SOURCE_SHOP
                                                                 : WB_SOURCE_PERSON;
  g_autoptr (WbEntry) entry = wb_charge_entry (order_id, WB_ENTRY_REFUNDED, source,
                                               wb_money (-given.minor, given.currency));
  g_autofree char    *by_shop = g_strdup_printf (
         "%" G_GINT64_FORMAT ":%s", wb_record_get_int (operation, WB_OPERATION_CONNECTION_ID), ref);

  if (g_str_equal (way, WB_WAY_SHOP) &&
      gateway_tells (book, order_id, wb_record_get_int (operation, WB_OPERATION_CONNECTION_ID),
                     by_shop))
    return TRUE;
  wb_record_set_text (entry, WB_ENTRY_SOURCE_REF, g_str_equal (way, WB_WAY_SHOP) ? by_shop : ref);
  wb_record_set_text (entry, WB_ENTRY_OBJECT_REF, ref);
  wb_record_set_text (entry, WB_ENTRY_PAYMENT_REF, wb_json_opt_string (at, "of"));
  wb_record_set_text (entry, WB_ENTRY_NOTE, wb_json_opt_string (at, "reason"));
  wb_record_set_int (entry, WB_ENTRY_CONNECTION_ID,
                     wb_record_get_int (operation, WB_OPERATION_CONNECTION_ID));
  wb_record_set_int (entry, WB_ENTRY_OPERATION_ID, wb_record_get_int (operation, WB_OPERATION_ID));
  return wb_book_add_entry (book, entry, NULL, error);
}

/* More or less than asked: nothing of the order moves on before a person has looked. */
static void
hold_on_difference (WbOrder *order, WbMoney asked, WbMoney given)
{
  g_autofree char *wanted = wb_money_to_text (asked), *got = wb_money_to_text (given);

  /* Translators: both placeholders are amounts with their currency */
  wb_money_op_hold (order,
                    g_strdup_printf (_ ("%s was to be given back, but %s was"), wanted, got));
}

static void
note_in_order (WbOrder *order, WbMoney given)
{
  gint64 back = wb_record_get_int (order, WB_ORDER_CHARGE_REFUNDED) + given.minor;
  gint64 captured = wb_record_get_int (order, WB_ORDER_CAPTURED);

  wb_record_set_int (order, WB_ORDER_CHARGE_REFUNDED, back);
  if (back >= (captured > 0 ? captured : wb_record_get_int (order, WB_ORDER_TOTAL)) &&
      !g_str_equal (wb_record_get_text (order, WB_ORDER_CHARGE_STATE), WB_CHARGE_PARTIAL))
    wb_record_set_text (order, WB_ORDER_CHARGE_STATE, WB_CHARGE_REFUNDED);
}

/* What the operations of one wish have come to. */
typedef struct
{
  gint64   given; /* by the ended ones that were made */
  gint64   told;  /* of it, what the shop was or is to be told */
  guint    tells;
  gboolean open;
  gpointer first; /* the one that has the lines */
} Group;

static gboolean
sum_group (
    WbBook *book, WbOperation *self, const char *group, Group *sum, GPtrArray **all, GError **error)
{
  *all =
      wb_book_list_operations_of (book, wb_record_get_int (self, WB_OPERATION_ORDER_ID), 0, error);
  for (guint i = 0; *all != NULL && i < (*all)->len; i++)
    {
      gpointer             one = (*all)->pdata[i];
      g_autoptr (JsonNode) request = wb_operation_request (one);
      WbJson               at = wb_json_root (request, "request"), lines;
      guint                n = 0;
      WbMoney              amount = { 0 };
      gboolean tells = g_str_equal (wb_record_get_text (one, WB_OPERATION_KIND), WB_OP_TELL_REFUND);

      if (g_strcmp0 (wb_json_opt_string (&at, "group"), group) != 0 ||
          !wb_money_op_amount (&at, &amount, NULL))
        continue;
      if (tells)
        {
          sum->tells++;
          sum->told += wb_charge_is_open (one) || wb_operation_is (one, WB_OPERATION_DONE)
                           ? amount.minor
                           : 0;
          continue;
        }
      if (wb_json_array (&at, "lines", &lines, &n, NULL) && n > 0 && sum->first == NULL)
        sum->first = one;
      if (wb_record_get_int (one, WB_OPERATION_ID) == wb_record_get_int (self, WB_OPERATION_ID))
        continue; /* its end is being written */
      sum->open |= wb_charge_is_open (one);
      if (wb_operation_is (one, WB_OPERATION_DONE))
        sum->given += amount.minor;
    }
  return *all != NULL;
}

/* Plans to tell the shop what was given back, once all parts of the wish have ended. */
static gboolean
plan_tell (WbBook       *book,
           WbOperation  *operation,
           const WbJson *at,
           WbDesk       *desk,
           WbMoney       given,
           GError      **error)
{
  const char             *group = wb_json_opt_string (at, "group");
  g_autoptr (GPtrArray)   all = NULL;
  g_autoptr (JsonNode)    request = NULL, first = NULL;
  g_autoptr (WbOperation) planned = NULL;
  g_autofree char        *key = NULL;
  Group                   sum = { 0 };
  gint64                  channel = 0, whole = 0, now;
  WbJson                  from, lines;
  guint                   n = 0;

  if (!wb_json_bool (at, "tell", FALSE))
    return TRUE;
  if (!sum_group (book, operation, group, &sum, &all, error))
    return FALSE;
  now = sum.given + given.minor - sum.told;
  if (sum.open || now <= 0)
    return TRUE;
  if (!wb_json_int (at, "channel", &channel, error) || !wb_json_int (at, "whole", &whole, error))
    return FALSE;
  request =
      wb_json_make ("s:order", wb_json_opt_string (at, "order"), "s:group", group, "i:amount", now,
                    "s:currency", given.currency, "s:reason", wb_json_opt_string (at, "reason"),
                    "b:restock", wb_json_bool (at, "restock", FALSE), NULL);
  first = sum.first != NULL ? wb_operation_request (sum.first) : NULL;
  from = wb_json_root (first, "request");
  if (now == whole && first != NULL && wb_json_array (&from, "lines", &lines, &n, NULL))
    json_object_set_member (json_node_get_object (request), "lines", json_node_copy (lines.node));
  key = g_strdup_printf ("%s:%s:%u", WB_OP_TELL_REFUND, group, sum.tells + 1);
  planned = wb_journal_plan (desk->journal, WB_OP_TELL_REFUND, key,
                             wb_record_get_int (operation, WB_OPERATION_ORDER_ID), 0, channel,
                             request, wb_record_get_text (operation, WB_OPERATION_ACTOR), error);
  return planned != NULL;
}

static gboolean
refund_apply (WbBook      *book,
              WbOperation *operation,
              WbJson      *reply,
              const char  *document_hash,
              gpointer     context,
              GError     **error)
{
  g_autoptr (JsonNode) request = wb_operation_request (operation);
  WbJson               at = wb_json_root (request, "request");
  g_autoptr (WbOrder)  order =
      wb_book_get_order (book, wb_record_get_int (operation, WB_OPERATION_ORDER_ID), error);
  WbMoney     asked, given;
  const char *ref = wb_json_string (reply, "ref", error);

  if (order == NULL || ref == NULL || !wb_money_op_amount (&at, &asked, error) ||
      !wb_money_op_amount (reply, &given, error))
    return FALSE;
  note_in_order (order, given);
  if (!wb_money_equal (asked, given))
    hold_on_difference (order, asked, given);
  return wb_book_update_order_head (book, order, error) &&
         add_entry (book, operation, &at, given, ref, error) &&
         plan_tell (book, operation, &at, context, given, error);
}

static gboolean
refund_refused (
    WbBook *book, WbOperation *operation, const GError *why, gpointer context, GError **error)
{
  g_autoptr (JsonNode) request = wb_operation_request (operation);
  WbJson               at = wb_json_root (request, "request");
  const char          *currency = wb_json_opt_string (&at, "currency");

  /* What other parts gave back is told, even if this one never comes. */
  return currency == NULL ||
         plan_tell (book, operation, &at, context, wb_money (0, currency), error);
}

const WbOperationHandler wb_refund_handler = { WB_OP_REFUND, refund_perform, refund_verify,
                                               refund_apply, refund_refused };
const WbOperationHandler wb_tell_refund_handler = { WB_OP_TELL_REFUND, tell_perform, tell_verify,
                                                    wb_shop_op_apply_nothing, NULL };
