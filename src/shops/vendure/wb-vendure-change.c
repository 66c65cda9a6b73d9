/* SPDX-License-Identifier: GPL-3.0-or-later
 * Changing an order in a Vendure shop: a note, its state, cancelling it, its pieces, its address.
 *
 * Each change is looked for before it is made, by what it leaves behind: our key in a note or in
 * the reason of a cancellation, the state, the pieces, the address. */
#include "wb-shop-lines.h"
#include "wb-text.h"
#include "wb-vendure-shop.h"

#define NOTE "ORDER_NOTE"

/* What the shop has of a change. */
typedef struct
{
  WbVendureLook look;
  WbFinding     finding;
  char         *id;
} Seen;

static void
seen_clear (Seen *seen)
{
  wb_vendure_look_clear (&seen->look);
  g_clear_pointer (&seen->id, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Seen, seen_clear)

typedef gboolean (*LookFunc) (WbVendureShop      *self,
                              const WbShopChange *change,
                              Seen               *seen,
                              GCancellable       *cancellable,
                              GError            **error);
typedef gboolean (*ActFunc) (WbVendureShop      *self,
                             const WbShopChange *change,
                             Seen               *seen,
                             GCancellable       *cancellable,
                             GError            **error);

static JsonObject *
with_input (JsonObject *input)
{
  JsonObject *variables = json_object_new ();

  json_object_set_object_member (variables, "input", input);
  return variables;
}

static void
found_if (Seen *seen, gboolean done)
{
  seen->finding = done ? WB_FINDING_DONE : WB_FINDING_NOT_DONE;
}

/* ---- a note ---- */

static gboolean
look_for_note (WbVendureShop      *self,
               const WbShopChange *change,
               Seen               *seen,
               GCancellable       *cancellable,
               GError            **error)
{
  if (!wb_vendure_history_has (self, change->order_ref, NOTE, "note", change->key, &seen->id,
                               cancellable, error))
    return FALSE;
  found_if (seen, seen->id != NULL);
  return TRUE;
}

static gboolean
write_note (WbVendureShop      *self,
            const WbShopChange *change,
            Seen               *seen,
            GCancellable       *cancellable,
            GError            **error)
{
  JsonObject      *input = json_object_new ();
  g_autofree char *note = wb_vendure_with_key (change->text, change->key);

  json_object_set_string_member (input, "id", change->order_ref);
  json_object_set_string_member (input, "note", note);
  json_object_set_boolean_member (input, "isPublic", change->to_customer);
  return wb_vendure_act (self, "add-note.graphql", with_input (input), "addNoteToOrder", NULL, NULL,
                         cancellable, error);
}

/* ---- its state ---- */

static gboolean
look_for_state (WbVendureShop      *self,
                const WbShopChange *change,
                Seen               *seen,
                GCancellable       *cancellable,
                GError            **error)
{
  found_if (seen, g_strcmp0 (wb_vendure_look_state (&seen->look), change->text) == 0);
  return TRUE;
}

static gboolean
move_to (WbVendureShop *self,
         const char    *order_ref,
         const char    *state,
         GCancellable  *cancellable,
         GError       **error)
{
  JsonObject *variables = wb_vendure_id (order_ref);

  json_object_set_string_member (variables, "state", state);
  return wb_vendure_act (self, "transition-order.graphql", variables, "transitionOrderToState",
                         NULL, NULL, cancellable, error);
}

static gboolean
set_state (WbVendureShop      *self,
           const WbShopChange *change,
           Seen               *seen,
           GCancellable       *cancellable,
           GError            **error)
{
  return move_to (self, change->order_ref, change->text, cancellable, error);
}

/* ---- cancelling ---- */

static gboolean
look_for_cancelled (WbVendureShop      *self,
                    const WbShopChange *change,
                    Seen               *seen,
                    GCancellable       *cancellable,
                    GError            **error)
{
  found_if (seen, g_str_equal (wb_vendure_look_state (&seen->look), "Cancelled"));
  return TRUE;
}

/* Pieces of an order that have left cannot stay out of the stock: Vendure puts them back. */
static gboolean
check_restock (const WbShopChange *change, const Seen *seen, GError **error)
{
  WbJson list;
  guint  n = 0;

  if (change->restock || !wb_json_array (&seen->look.order, "lines", &list, &n, NULL))
    return TRUE;
  for (guint i = 0; i < n; i++)
    {
      WbJson line = wb_json_element (&list, i);

      if (wb_vendure_fulfilled (&line) > 0)
        return wb_vendure_refuse (error, WB_ERROR_REFUSED,
                                  "Vendure puts the goods of a cancelled order back into stock, "
                                  "also those that were shipped. Cancel it with restocking, or in "
                                  "the shop");
    }
  return TRUE;
}

static gboolean
cancel (WbVendureShop      *self,
        const WbShopChange *change,
        Seen               *seen,
        GCancellable       *cancellable,
        GError            **error)
{
  JsonObject      *input = json_object_new ();
  g_autofree char *reason = wb_vendure_with_key (change->text, change->key);

  if (!check_restock (change, seen, error))
    {
      json_object_unref (input);
      return FALSE;
    }
  json_object_set_string_member (input, "orderId", change->order_ref);
  json_object_set_string_member (input, "reason", reason);
  json_object_set_boolean_member (input, "cancelShipping", TRUE);
  return wb_vendure_act (self, "cancel-order.graphql", with_input (input), "cancelOrder", NULL,
                         NULL, cancellable, error);
}

/* ---- some of its pieces ---- */

/* Pieces of @ref in the order now, -1: no such line. */
static gint64
pieces_of (const Seen *seen, const char *ref)
{
  WbJson list;
  guint  n = 0;
  gint64 pieces;

  if (!wb_json_array (&seen->look.order, "lines", &list, &n, NULL))
    return -1;
  for (guint i = 0; i < n; i++)
    {
      WbJson           line = wb_json_element (&list, i);
      g_autofree char *id = wb_json_scalar_text (&line, "id");

      if (g_strcmp0 (id, ref) == 0 && wb_json_int (&line, "quantity", &pieces, NULL))
        return pieces;
    }
  return -1;
}

/* An order that was left open for changes is not as it should be. */
static void
found_open (Seen *seen)
{
  if (g_str_equal (wb_vendure_look_state (&seen->look), "Modifying"))
    seen->finding = WB_FINDING_PARTLY;
}

static gboolean
look_for_lines (WbVendureShop      *self,
                const WbShopChange *change,
                Seen               *seen,
                GCancellable       *cancellable,
                GError            **error)
{
  gboolean all = TRUE;

  if (!wb_shop_check_pieces (change, error))
    return FALSE;
  for (guint i = 0; change->line_refs[i] != NULL; i++)
    {
      gint64 pieces = pieces_of (seen, change->line_refs[i]);

      if (pieces < 0 && change->quantities[i] > 0)
        return wb_vendure_refuse (error, WB_ERROR_CONFLICT,
                                  "The order in the shop has no line %s any more",
                                  change->line_refs[i]);
      all &= MAX (0, pieces) == change->quantities[i];
    }
  found_if (seen, all);
  found_open (seen);
  return TRUE;
}

/* Whether any line is to have fewer (@sign -1) or more (1) pieces than it has. */
static gboolean
goes (const WbShopChange *change, const Seen *seen, int sign)
{
  for (guint i = 0; change->line_refs[i] != NULL; i++)
    if (sign * (change->quantities[i] - MAX (0, pieces_of (seen, change->line_refs[i]))) > 0)
      return TRUE;
  return FALSE;
}

static gboolean
cancel_lines (WbVendureShop      *self,
              const WbShopChange *change,
              Seen               *seen,
              GCancellable       *cancellable,
              GError            **error)
{
  JsonObject      *input = json_object_new ();
  JsonArray       *lines = json_array_new ();
  g_autofree char *reason = wb_vendure_with_key (change->text, change->key);

  for (guint i = 0; change->line_refs[i] != NULL; i++)
    {
      gint64      less = pieces_of (seen, change->line_refs[i]) - change->quantities[i];
      JsonObject *line;

      if (less <= 0)
        continue;
      line = json_object_new ();
      json_object_set_string_member (line, "orderLineId", change->line_refs[i]);
      json_object_set_int_member (line, "quantity", less);
      json_array_add_object_element (lines, line);
    }
  json_object_set_string_member (input, "orderId", change->order_ref);
  json_object_set_string_member (input, "reason", reason);
  json_object_set_array_member (input, "lines", lines);
  return wb_vendure_act (self, "cancel-order.graphql", with_input (input), "cancelOrder", NULL,
                         NULL, cancellable, error);
}

/* ---- its address ---- */

static const struct
{
  const char *name;
  guint       field;
} words[] = {
  { "fullName", WB_ADDRESS_NAME },       { "company", WB_ADDRESS_COMPANY },
  { "streetLine1", WB_ADDRESS_STREET1 }, { "streetLine2", WB_ADDRESS_STREET2 },
  { "city", WB_ADDRESS_CITY },           { "postalCode", WB_ADDRESS_POSTCODE },
  { "province", WB_ADDRESS_REGION },     { "countryCode", WB_ADDRESS_COUNTRY },
  { "phoneNumber", WB_ADDRESS_PHONE },
};

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static gboolean
has_address (const Seen *seen, WbAddress *wanted)
{
  WbJson address = wb_json_member (&seen->look.order, "shippingAddress");

  if (!wb_json_is_object (&address))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (or_empty (wb_json_opt_string (&address, words[i].name)),
                   or_empty (wb_record_get_text (wanted, words[i].field))) != 0)
      return FALSE;
  return TRUE;
}

static gboolean
look_for_address (WbVendureShop      *self,
                  const WbShopChange *change,
                  Seen               *seen,
                  GCancellable       *cancellable,
                  GError            **error)
{
  if (change->ship_to == NULL)
    return wb_vendure_refuse (error, WB_ERROR_INVALID, "The new address is missing");
  found_if (seen, has_address (seen, change->ship_to));
  found_open (seen);
  return TRUE;
}

/* ---- an order that is opened, changed and closed again ---- */

/* How: what is put into the modification, and why it is not made when the order would cost
 * something else. */
typedef struct
{
  void (*fill) (JsonObject *input, const WbShopChange *change, const Seen *seen);
  const char *costs;
} Modification;

static void
fill_address (JsonObject *input, const WbShopChange *change, const Seen *seen)
{
  JsonObject *address = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    json_object_set_string_member (address, words[i].name,
                                   or_empty (wb_record_get_text (change->ship_to, words[i].field)));
  json_object_set_object_member (input, "updateShippingAddress", address);
}

/* The lines that get more pieces; the others are cancelled in part. */
static void
fill_more (JsonObject *input, const WbShopChange *change, const Seen *seen)
{
  JsonArray *lines = json_array_new ();

  for (guint i = 0; change->line_refs[i] != NULL; i++)
    {
      JsonObject *line;

      if (pieces_of (seen, change->line_refs[i]) >= change->quantities[i])
        continue;
      line = json_object_new ();
      json_object_set_string_member (line, "orderLineId", change->line_refs[i]);
      json_object_set_int_member (line, "quantity", change->quantities[i]);
      json_array_add_object_element (lines, line);
    }
  json_object_set_array_member (input, "adjustOrderLines", lines);
}

static const Modification new_address = {
  fill_address, "With the new address the order would cost something else in the shop. Nothing was "
                "changed: change it there, where the customer can be asked"
};
/* A modification that costs more leaves Vendure's order open until its difference is paid there. */
static const Modification more_pieces = {
  fill_more,
  "With more pieces the order would cost more, and Vendure takes that only together with "
  "the payment of the difference. Nothing was changed: take a second order for the "
  "pieces, or modify the order in the shop, where the customer can pay"
};

static JsonObject *
modify_input (const Modification *how, const WbShopChange *change, const Seen *seen, gboolean dry)
{
  JsonObject *input = json_object_new ();

  json_object_set_boolean_member (input, "dryRun", dry);
  json_object_set_string_member (input, "orderId", change->order_ref);
  how->fill (input, change, seen);
  return input;
}

/* What costs the customer something else is the merchant's own decision. */
static gboolean
keeps_total (WbVendureShop      *self,
             const Modification *how,
             const WbShopChange *change,
             const Seen         *seen,
             GCancellable       *cancellable,
             GError            **error)
{
  g_autoptr (JsonNode) root = NULL;
  WbJson               rows[3];
  gint64               before, after;

  if (!wb_vendure_act (self, "modify-order.graphql",
                       with_input (modify_input (how, change, seen, TRUE)), "modifyOrder", &root,
                       rows, cancellable, error) ||
      !wb_json_int (&seen->look.order, "totalWithTax", &before, error) ||
      !wb_json_int (&rows[2], "totalWithTax", &after, error))
    return FALSE;
  return before == after || wb_vendure_refuse (error, WB_ERROR_REFUSED, "%s", how->costs);
}

/* Where an order goes back to that was opened by us, or by somebody else. */
static const char *
state_before (WbVendureShop *self, const Seen *seen)
{
  const char   *state = wb_vendure_look_state (&seen->look);
  WbVendureSums sums;
  WbJson        list;
  guint         n = 0;
  gboolean      some = FALSE, all = TRUE;

  if (!g_str_equal (state, "Modifying"))
    return state;
  if (wb_json_array (&seen->look.order, "lines", &list, &n, NULL))
    for (guint i = 0; i < n; i++)
      {
        WbJson line = wb_json_element (&list, i);
        gint64 pieces = 0;

        if (!wb_json_int (&line, "quantity", &pieces, NULL))
          pieces = 0;
        some |= wb_vendure_fulfilled (&line) > 0;
        all &= wb_vendure_fulfilled (&line) >= pieces;
      }
  if (some)
    return all ? "Shipped" : "PartiallyShipped";
  return wb_vendure_look_sums (self, &seen->look, &sums) && sums.settled >= sums.total
             ? "PaymentSettled"
             : "PaymentAuthorized";
}

/* Opened, tried dry, changed, closed. A trial that fails leaves the order as it was. @done: it is
 * as it should be, and was only left open. */
static gboolean
modify (WbVendureShop      *self,
        const Modification *how,
        const WbShopChange *change,
        Seen               *seen,
        gboolean            done,
        GCancellable       *cancellable,
        GError            **error)
{
  g_autofree char   *back = g_strdup (state_before (self, seen));
  g_autoptr (GError) local = NULL;

  if (!g_str_equal (wb_vendure_look_state (&seen->look), "Modifying") &&
      !move_to (self, change->order_ref, "Modifying", cancellable, error))
    return FALSE;
  if (!done)
    done = keeps_total (self, how, change, seen, cancellable, &local) &&
           wb_vendure_act (self, "modify-order.graphql",
                           with_input (modify_input (how, change, seen, FALSE)), "modifyOrder",
                           NULL, NULL, cancellable, &local);
  if (!done && !wb_error_is_refusal (local))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_UNSURE,
                   "The order is open for changes in the shop, and the change was not seen to be "
                   "taken: %s",
                   local->message);
      return FALSE;
    }
  if (!move_to (self, change->order_ref, back, NULL, error))
    {
      if (error != NULL && *error != NULL)
        {
          (*error)->code = WB_ERROR_UNSURE;
          g_prefix_error (error, "The order was left open for changes (Modifying) in the shop: ");
        }
      return FALSE;
    }
  if (!done)
    g_propagate_error (error, g_steal_pointer (&local));
  return done;
}

static gboolean
set_address (WbVendureShop      *self,
             const WbShopChange *change,
             Seen               *seen,
             GCancellable       *cancellable,
             GError            **error)
{
  return modify (self, &new_address, change, seen, has_address (seen, change->ship_to), cancellable,
                 error);
}

/* What may be refused comes first: more pieces. Fewer are a cancellation in part, which asks for no
 * refund. Each sets what is not there yet, so a change that broke off goes on. */
static gboolean
set_pieces (WbVendureShop      *self,
            const WbShopChange *change,
            Seen               *seen,
            GCancellable       *cancellable,
            GError            **error)
{
  gboolean more = goes (change, seen, 1);

  if ((more || g_str_equal (wb_vendure_look_state (&seen->look), "Modifying")) &&
      !modify (self, &more_pieces, change, seen, !more, cancellable, error))
    return FALSE;
  if (!goes (change, seen, -1) || cancel_lines (self, change, seen, cancellable, error))
    return TRUE;
  if (more)
    g_prefix_error (error, "The shop has added the pieces that come in, and not taken out the "
                           "others: ");
  return FALSE;
}

/* ---- all of them ---- */

/* looks: the order itself is needed. */
static const struct
{
  WbShopChangeKind kind;
  gboolean         looks;
  LookFunc         look;
  ActFunc          act;
} kinds[] = {
  { WB_SHOP_CHANGE_NOTE, FALSE, look_for_note, write_note },
  { WB_SHOP_CHANGE_STATUS, TRUE, look_for_state, set_state },
  { WB_SHOP_CHANGE_CANCEL, TRUE, look_for_cancelled, cancel },
  { WB_SHOP_CHANGE_LINES, TRUE, look_for_lines, set_pieces },
  { WB_SHOP_CHANGE_ADDRESS, TRUE, look_for_address, set_address },
};

/* The row of kinds[], -1 with @error. */
static int
look_up (WbVendureShop      *self,
         const WbShopChange *change,
         Seen               *seen,
         GCancellable       *cancellable,
         GError            **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (kinds[i].kind != change->kind)
        continue;
      if (!wb_vendure_check_ref (change->order_ref, error) ||
          (kinds[i].looks &&
           !wb_vendure_look (self, change->order_ref, &seen->look, cancellable, error)) ||
          !kinds[i].look (self, change, seen, cancellable, error))
        return -1;
      return (int) i;
    }
  wb_vendure_refuse (error, WB_ERROR_REFUSED, "Vendure cannot change that in an order");
  return -1;
}

/** wb_vendure_change_order: see wb_shop_change_order(). remote_id: the note's id, else the order's.
 */
gboolean
wb_vendure_change_order (WbShop             *shop,
                         const WbShopChange *change,
                         char              **remote_id,
                         GCancellable       *cancellable,
                         GError            **error)
{
  WbVendureShop *self = WB_VENDURE_SHOP (shop);
  g_auto (Seen)  seen = { 0 };
  int            row = look_up (self, change, &seen, cancellable, error);

  if (row < 0 || (seen.finding != WB_FINDING_DONE &&
                  !kinds[row].act (self, change, &seen, cancellable, error)))
    return FALSE;
  if (remote_id != NULL)
    *remote_id = seen.id != NULL ? g_steal_pointer (&seen.id) : g_strdup (change->order_ref);
  return TRUE;
}

/** wb_vendure_find_change: see wb_shop_find_change(). */
WbFinding
wb_vendure_find_change (WbShop             *shop,
                        const WbShopChange *change,
                        char              **remote_id,
                        GCancellable       *cancellable,
                        GError            **error)
{
  g_auto (Seen) seen = { 0 };

  if (look_up (WB_VENDURE_SHOP (shop), change, &seen, cancellable, error) < 0)
    return WB_FINDING_UNKNOWN;
  if (remote_id != NULL && seen.finding == WB_FINDING_DONE)
    *remote_id = seen.id != NULL ? g_steal_pointer (&seen.id) : g_strdup (change->order_ref);
  return seen.finding;
}
