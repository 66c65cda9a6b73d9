/* SPDX-License-Identifier: GPL-3.0-or-later
 * Refunds of a Vendure shop: it gives money back by the payment's own service, once.
 *
 * Our key stands in the refund's reason. Goods that come back are cancelled from the order's lines,
 * which is how Vendure puts them into stock again. Money that was given back elsewhere is a private
 * note: Vendure has no refund without its payment service. */
#include <glib/gi18n-lib.h>

#include "wb-text.h"
#include "wb-vendure-shop.h"

#define NOTE   "ORDER_NOTE"
#define CANCEL "ORDER_CANCELLATION"

/* What the shop has of a refund. */
typedef struct
{
  WbVendureLook look;
  char         *id; /* of the refund or of the note, NULL: not there */
  gboolean      pending;
  gboolean      restocked; /* or nothing is to be restocked */
} Back;

static void
back_clear (Back *back)
{
  wb_vendure_look_clear (&back->look);
  g_clear_pointer (&back->id, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Back, back_clear)

/* ---- looking ---- */

static gboolean
restocks (const WbShopRefund *refund)
{
  for (guint i = 0; refund->restock && refund->line_refs != NULL && refund->line_refs[i] != NULL;
       i++)
    if (refund->quantities[i] > 0)
      return TRUE;
  return FALSE;
}

/* Our refund among those of @payment; one that failed gave nothing back. */
static void
look_at_payment (const WbJson *payment, const char *key, Back *back)
{
  WbJson list;
  guint  n = 0;

  if (!wb_json_array (payment, "refunds", &list, &n, NULL))
    return;
  for (guint i = 0; back->id == NULL && i < n; i++)
    {
      WbJson      at = wb_json_element (&list, i);
      const char *state = wb_json_opt_string (&at, "state");

      if (g_strcmp0 (state, "Failed") == 0 ||
          !wb_vendure_names_key (wb_json_opt_string (&at, "reason"), key))
        continue;
      back->id = wb_json_scalar_text (&at, "id");
      back->pending = g_strcmp0 (state, "Settled") != 0;
    }
}

static gboolean
look_at_money (Back *back, const char *key, GError **error)
{
  WbJson list = wb_json_member (&back->look.order, "payments");
  guint  n = 0;

  if (!wb_json_is_null (&list) && !wb_json_array (&back->look.order, "payments", &list, &n, error))
    return FALSE;
  for (guint i = 0; back->id == NULL && i < n; i++)
    {
      WbJson payment = wb_json_element (&list, i);

      look_at_payment (&payment, key, back);
    }
  return TRUE;
}

static gboolean
look_up (WbVendureShop      *self,
         const WbShopRefund *refund,
         Back               *back,
         GCancellable       *cancellable,
         GError            **error)
{
  g_autofree char *entry = NULL;

  if (wb_text_is_empty (refund->key))
    return wb_vendure_refuse (error, WB_ERROR_INVALID, "A refund needs a key to be found again by");
  if (!wb_vendure_look (self, refund->order_ref, &back->look, cancellable, error))
    return FALSE;
  if (refund->money ? !look_at_money (back, refund->key, error)
                    : !wb_vendure_history_has (self, refund->order_ref, NOTE, "note", refund->key,
                                               &back->id, cancellable, error))
    return FALSE;
  back->restocked = !restocks (refund);
  if (back->restocked)
    return TRUE;
  if (!wb_vendure_history_has (self, refund->order_ref, CANCEL, "reason", refund->key, &entry,
                               cancellable, error))
    return FALSE;
  back->restocked = entry != NULL;
  return TRUE;
}

static gboolean
tell_pending (GError **error)
{
  return wb_vendure_refuse (error, WB_ERROR_UNSURE,
                            "The shop has noted the refund, but its payment service does not give "
                            "the money back by itself. Give it back there, then settle the refund "
                            "in the shop");
}

/** wb_vendure_find_refund: see wb_shop_find_refund(). */
WbFinding
wb_vendure_find_refund (WbShop             *shop,
                        const WbShopRefund *refund,
                        char              **remote_id,
                        GCancellable       *cancellable,
                        GError            **error)
{
  g_auto (Back) back = { 0 };

  if (!look_up (WB_VENDURE_SHOP (shop), refund, &back, cancellable, error))
    return WB_FINDING_UNKNOWN;
  if (back.id == NULL)
    return WB_FINDING_NOT_DONE;
  if (back.pending)
    {
      tell_pending (error);
      return WB_FINDING_UNKNOWN;
    }
  if (remote_id != NULL)
    *remote_id = g_strdup (back.id);
  return back.restocked ? WB_FINDING_DONE : WB_FINDING_PARTLY;
}

/* ---- giving back ---- */

/* What is left of @payment, minor units; a refund that is only begun counts as given. */
static gint64
left_of (WbVendureShop *self, const WbJson *payment, const char *currency)
{
  WbJson list;
  guint  n = 0;
  gint64 left = 0, given;

  if (g_strcmp0 (wb_json_opt_string (payment, "state"), "Settled") != 0 ||
      !wb_vendure_amount (payment, "amount", &self->reader, currency, &left, NULL) ||
      !wb_json_array (payment, "refunds", &list, &n, NULL))
    return 0;
  for (guint i = 0; i < n; i++)
    {
      WbJson at = wb_json_element (&list, i);

      if (g_strcmp0 (wb_json_opt_string (&at, "state"), "Failed") != 0 &&
          wb_vendure_amount (&at, "total", &self->reader, currency, &given, NULL))
        left -= given;
    }
  return left;
}

/* The payment that has enough left. */
static char *
choose_payment (WbVendureShop *self, const Back *back, const WbShopRefund *refund, GError **error)
{
  const char      *currency = wb_json_opt_string (&back->look.order, "currencyCode");
  WbJson           list;
  guint            n = 0;
  gint64           most = 0;
  g_autofree char *wanted = wb_money_to_text (refund->amount), *left = NULL;

  if (g_strcmp0 (currency, refund->amount.currency) != 0)
    {
      wb_vendure_refuse (error, WB_ERROR_CONFLICT, "%s were to be given back of an order in %s",
                         wanted, currency);
      return NULL;
    }
  if (!wb_json_array (&back->look.order, "payments", &list, &n, error))
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      WbJson payment = wb_json_element (&list, i);
      gint64 here = left_of (self, &payment, currency);

      if (here >= refund->amount.minor)
        return wb_json_scalar_text (&payment, "id");
      most = MAX (most, here);
    }
  left = wb_money_to_text (wb_money (most, currency));
  wb_vendure_refuse (error, WB_ERROR_TOO_MUCH,
                     "%s were to be given back, and no payment of the order has more than %s left "
                     "in the shop",
                     wanted, left);
  return NULL;
}

static gboolean
give_back (WbVendureShop      *self,
           const WbShopRefund *refund,
           Back               *back,
           GCancellable       *cancellable,
           GError            **error)
{
  g_autofree char     *payment = choose_payment (self, back, refund, error);
  g_autofree char     *reason = wb_vendure_with_key (refund->reason, refund->key);
  g_autoptr (JsonNode) root = NULL;
  JsonObject          *variables, *input;
  WbJson               rows[3];
  const char          *state;

  if (payment == NULL)
    return FALSE;
  variables = json_object_new ();
  input = json_object_new ();
  json_object_set_string_member (input, "paymentId", payment);
  json_object_set_int_member (input, "amount", wb_vendure_to_shop (&self->reader, refund->amount));
  /* Deprecated, and still missed by the database of 3.7 when they are left out. */
  json_object_set_array_member (input, "lines", json_array_new ());
  json_object_set_int_member (input, "shipping", 0);
  json_object_set_int_member (input, "adjustment", 0);
  json_object_set_string_member (input, "reason", reason);
  json_object_set_object_member (variables, "input", input);
  if (!wb_vendure_act (self, "refund-order.graphql", variables, "refundOrder", &root, rows,
                       cancellable, error))
    return FALSE;
  state = wb_json_opt_string (&rows[2], "state");
  if (g_strcmp0 (state, "Failed") == 0)
    return wb_vendure_refuse (error, WB_ERROR_REFUSED,
                              "The shop's payment service did not give the money back; the shop "
                              "shows a failed refund");
  if (g_strcmp0 (state, "Settled") != 0)
    return tell_pending (error);
  back->id = wb_json_scalar_text (&rows[2], "id");
  return TRUE;
}

static gboolean
write_note (WbVendureShop      *self,
            const WbShopRefund *refund,
            Back               *back,
            GCancellable       *cancellable,
            GError            **error)
{
  g_autofree char *amount = wb_money_to_text (refund->amount);
  g_autofree char *words = NULL, *note = NULL;
  JsonObject      *variables = json_object_new (), *input = json_object_new ();

  /* Translators: to the shop's staff; an amount, and why it was given back */
  words = g_strdup_printf (_ ("%s given back outside the shop: %s"), amount,
                           wb_text_is_empty (refund->reason) ? "–" : refund->reason);
  note = wb_vendure_with_key (words, refund->key);
  json_object_set_string_member (input, "id", refund->order_ref);
  json_object_set_string_member (input, "note", note);
  json_object_set_boolean_member (input, "isPublic", FALSE);
  json_object_set_object_member (variables, "input", input);
  if (!wb_vendure_act (self, "add-note.graphql", variables, "addNoteToOrder", NULL, NULL,
                       cancellable, error))
    return FALSE;
  back->id = g_strdup ("note");
  return TRUE;
}

static gboolean
restock (WbVendureShop *self, const WbShopRefund *refund, GCancellable *cancellable, GError **error)
{
  g_autofree char *reason = wb_vendure_with_key (refund->reason, refund->key);
  JsonObject      *variables = json_object_new (), *input = json_object_new ();
  JsonArray       *lines = json_array_new ();

  for (guint i = 0; refund->line_refs[i] != NULL; i++)
    if (refund->quantities[i] > 0)
      {
        JsonObject *line = json_object_new ();

        json_object_set_string_member (line, "orderLineId", refund->line_refs[i]);
        json_object_set_int_member (line, "quantity", refund->quantities[i]);
        json_array_add_object_element (lines, line);
      }
  json_object_set_string_member (input, "orderId", refund->order_ref);
  json_object_set_array_member (input, "lines", lines);
  json_object_set_string_member (input, "reason", reason);
  json_object_set_object_member (variables, "input", input);
  if (wb_vendure_act (self, "cancel-order.graphql", variables, "cancelOrder", NULL, NULL,
                      cancellable, error))
    return TRUE;
  /* The money is back: a refusal would say that nothing happened. */
  if (error != NULL && *error != NULL)
    {
      (*error)->code = WB_ERROR_UNSURE;
      g_prefix_error (error, "The money was given back, but the goods were not put into stock: ");
    }
  return FALSE;
}

/** wb_vendure_refund: see wb_shop_refund(). */
gboolean
wb_vendure_refund (WbShop             *shop,
                   const WbShopRefund *refund,
                   char              **remote_id,
                   GCancellable       *cancellable,
                   GError            **error)
{
  WbVendureShop *self = WB_VENDURE_SHOP (shop);
  g_auto (Back)  back = { 0 };

  if (!look_up (self, refund, &back, cancellable, error))
    return FALSE;
  if (back.pending)
    return tell_pending (error);
  if (back.id == NULL && !(refund->money ? give_back (self, refund, &back, cancellable, error)
                                         : write_note (self, refund, &back, cancellable, error)))
    return FALSE;
  if (!back.restocked && !restock (self, refund, cancellable, error))
    return FALSE;
  if (remote_id != NULL)
    *remote_id = g_steal_pointer (&back.id);
  return TRUE;
}
