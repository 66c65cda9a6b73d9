/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is open in a Shopify shop, and changing an order there: its note, its address, a hold, its
 * end; its pieces stand in wb-shopify-pieces.c. */
#include <string.h>

#include "wb-shopify-shop.h"
#include "wb-text.h"

#define OPEN_A_PAGE 100

/* ---- what is open ---- */

static void
add_standing (WbShopifyShop *self, GPtrArray *list, const WbJson *at)
{
  WbShopStanding *standing;
  char           *ref = wb_shopify_ref (at, "id");

  if (ref == NULL || !g_str_equal (wb_shopify_state_of (at, &self->reader), WB_SHOP_OPEN))
    {
      g_free (ref);
      return;
    }
  standing = g_new0 (WbShopStanding, 1);
  standing->order_ref = ref;
  standing->number = g_strdup (wb_json_opt_string (at, "name"));
  standing->remote_status = wb_shopify_status_words (at);
  wb_json_opt_instant (at, "createdAt", &standing->placed_at, NULL);
  wb_json_opt_instant (at, "updatedAt", &standing->modified_at, NULL);
  g_ptr_array_add (list, standing);
}

/** wb_shopify_list_open: see wb_shop_list_open(). */
GPtrArray *
wb_shopify_list_open (WbShop *shop, GCancellable *cancellable, GError **error)
{
  WbShopifyShop        *self = WB_SHOPIFY_SHOP (shop);
  g_autoptr (GPtrArray) open =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wb_shop_standing_free);
  g_autofree char *after = NULL;
  gboolean         more = TRUE;

  while (more)
    {
      g_autoptr (JsonNode) root =
          wb_shopify_call (self, "open-orders.graphql",
                           wb_graphql_object ("first", 'i', (gint64) OPEN_A_PAGE, "after", 's',
                                              after, "filter", 's', WB_SHOPIFY_OPEN_FILTER, NULL),
                           cancellable, error);
      WbJson at = wb_json_root (root, "reply");
      WbJson data, connection, list;
      guint  n;

      if (root == NULL)
        return NULL;
      data = wb_json_member (&at, "data");
      connection = wb_json_member (&data, "orders");
      if (!wb_json_array (&connection, "nodes", &list, &n, error))
        return NULL;
      for (guint i = 0; i < n; i++)
        {
          WbJson one = wb_json_element (&list, i);

          add_standing (self, open, &one);
        }
      more = wb_shopify_next_page (&connection, &after);
    }
  return g_steal_pointer (&open);
}

/* ---- changes ---- */

static JsonNode *
read_state (WbShopifyShop *self,
            const char    *order_ref,
            JsonNode     **order,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autofree char *gid = NULL;

  if (!wb_shopify_check_ref (order_ref, error))
    return NULL;
  gid = wb_shopify_gid ("Order", order_ref);
  return wb_shopify_call_order (self, "order-state.graphql",
                                wb_graphql_object ("id", 's', gid, NULL), order_ref, order,
                                cancellable, error);
}

static gboolean
update (WbShopifyShop *self, JsonNode *input, GCancellable *cancellable, GError **error)
{
  return wb_shopify_mutate (self, "update.graphql", "orderUpdate", "userErrors",
                            wb_graphql_object ("input", 'n', input, NULL), NULL, cancellable,
                            error);
}

/* A note is added below what stands there, once. */
static gboolean
change_note (WbShopifyShop      *self,
             const WbShopChange *change,
             GCancellable       *cancellable,
             GError            **error)
{
  JsonNode            *order;
  g_autofree char     *gid = wb_shopify_gid ("Order", change->order_ref);
  g_autoptr (JsonNode) root = NULL;
  g_autofree char     *text = NULL;
  const char          *before;
  WbJson               at;

  if (change->to_customer)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
                   "Shopify sends no notes to customers. Keep the note for the staff, or write to "
                   "the customer yourself");
      return FALSE;
    }
  root = read_state (self, change->order_ref, &order, cancellable, error);
  if (root == NULL)
    return FALSE;
  at = wb_json_root (order, "order");
  before = wb_json_opt_string (&at, "note");
  if (before != NULL && strstr (before, change->text) != NULL)
    return TRUE;
  text = g_strdup_printf ("%s%s%s", before != NULL ? before : "",
                          wb_text_is_empty (before) ? "" : "\n", change->text);
  return update (self, wb_graphql_object ("id", 's', gid, "note", 's', text, NULL), cancellable,
                 error);
}

static gboolean
change_cancel (WbShopifyShop      *self,
               const WbShopChange *change,
               GCancellable       *cancellable,
               GError            **error)
{
  g_autofree char *gid = wb_shopify_gid ("Order", change->order_ref);

  return wb_shopify_mutate (self, "cancel.graphql", "orderCancel", "orderCancelUserErrors",
                            wb_graphql_object ("orderId", 's', gid, "reason", 's', "OTHER",
                                               "restock", 'b', change->restock, "notifyCustomer",
                                               'b', change->to_customer, "staffNote", 's',
                                               change->text, NULL),
                            NULL, cancellable, error);
}

/** wb_shopify_address_input: Returns: (transfer full): a MailingAddressInput. First name and last
 * name are made out of one: all but the last word, the last word. */
JsonNode *
wb_shopify_address_input (WbAddress *address)
{
  const char      *name = wb_record_get_text (address, WB_ADDRESS_NAME);
  const char      *space = name != NULL ? strrchr (name, ' ') : NULL;
  g_autofree char *first = space != NULL ? g_strndup (name, (gsize) (space - name)) : NULL;
  JsonNode *node = wb_graphql_object ("firstName", 's', first != NULL ? first : "", "lastName", 's',
                                      space != NULL  ? space + 1
                                      : name != NULL ? name
                                                     : "",
                                      NULL);
  static const struct
  {
    guint       field;
    const char *member;
  } words[] = {
    { WB_ADDRESS_COMPANY, "company" },     { WB_ADDRESS_STREET1, "address1" },
    { WB_ADDRESS_STREET2, "address2" },    { WB_ADDRESS_CITY, "city" },
    { WB_ADDRESS_POSTCODE, "zip" },        { WB_ADDRESS_COUNTRY, "countryCode" },
    { WB_ADDRESS_REGION, "provinceCode" }, { WB_ADDRESS_PHONE, "phone" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      const char *value = wb_record_get_text (address, words[i].field);

      if (value != NULL)
        json_object_set_string_member (json_node_get_object (node), words[i].member, value);
      else if (words[i].field != WB_ADDRESS_COUNTRY)
        json_object_set_null_member (json_node_get_object (node), words[i].member);
    }
  return node;
}

static gboolean
change_address (WbShopifyShop      *self,
                const WbShopChange *change,
                GCancellable       *cancellable,
                GError            **error)
{
  g_autofree char *gid = wb_shopify_gid ("Order", change->order_ref);

  return update (self,
                 wb_graphql_object ("id", 's', gid, "shippingAddress", 'n',
                                    wb_shopify_address_input (change->ship_to), NULL),
                 cancellable, error);
}

/* Our name for a hold: found again by it. */
static char *
handle_of (const WbShopChange *change)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, change->key, -1);

  return g_strdup_printf ("waybill-%.20s", digest);
}

static gboolean
has_handle (const WbJson *part, const char *handle)
{
  WbJson list;
  guint  n;

  if (!wb_json_array (part, "fulfillmentHolds", &list, &n, NULL))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      WbJson one = wb_json_element (&list, i);

      if (g_strcmp0 (wb_json_opt_string (&one, "handle"), handle) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_over (const WbJson *part)
{
  const char *status = wb_json_opt_string (part, "status");

  return g_strcmp0 (status, "CLOSED") == 0 || g_strcmp0 (status, "CANCELLED") == 0 ||
         g_strcmp0 (status, "INCOMPLETE") == 0;
}

static gboolean
hold_part (WbShopifyShop      *self,
           const WbJson       *part,
           const WbShopChange *change,
           GCancellable       *cancellable,
           GError            **error)
{
  g_autofree char *handle = handle_of (change);

  if (is_over (part) || has_handle (part, handle))
    return TRUE;
  return wb_shopify_mutate (
      self, "hold.graphql", "fulfillmentOrderHold", "userErrors",
      wb_graphql_object ("id", 's', wb_json_opt_string (part, "id"), "hold", 'n',
                         wb_graphql_object ("reason", 's', "OTHER", "reasonNotes", 's',
                                            change->text, "handle", 's', handle, NULL),
                         NULL),
      NULL, cancellable, error);
}

static gboolean
release_part (WbShopifyShop      *self,
              const WbJson       *part,
              const WbShopChange *change,
              GCancellable       *cancellable,
              GError            **error)
{
  if (g_strcmp0 (wb_json_opt_string (part, "status"), "ON_HOLD") != 0)
    return TRUE;
  return wb_shopify_mutate (self, "release.graphql", "fulfillmentOrderReleaseHold", "userErrors",
                            wb_graphql_object ("id", 's', wb_json_opt_string (part, "id"), NULL),
                            NULL, cancellable, error);
}

/* Each part by itself: what was done of a change that broke off is not done again. */
static gboolean
change_parts (WbShopifyShop      *self,
              const WbShopChange *change,
              GCancellable       *cancellable,
              GError            **error)
{
  g_autoptr (GPtrArray) parts =
      wb_shopify_read_fulfillment_orders (self, change->order_ref, cancellable, error);

  if (parts == NULL)
    return FALSE;
  for (guint i = 0; i < parts->len; i++)
    {
      WbJson   part = wb_json_root (parts->pdata[i], "fulfillmentOrder");
      gboolean done = change->kind == WB_SHOP_CHANGE_HOLD
                          ? hold_part (self, &part, change, cancellable, error)
                          : release_part (self, &part, change, cancellable, error);

      if (!done)
        return FALSE;
    }
  return TRUE;
}

/** wb_shopify_change_order: see wb_shop_change_order(). */
gboolean
wb_shopify_change_order (WbShop             *shop,
                         const WbShopChange *change,
                         char              **remote_id,
                         GCancellable       *cancellable,
                         GError            **error)
{
  WbShopifyShop *self = WB_SHOPIFY_SHOP (shop);

  if (!wb_shopify_check_ref (change->order_ref, error))
    return FALSE;
  switch (change->kind)
    {
    case WB_SHOP_CHANGE_NOTE:
      return change_note (self, change, cancellable, error);
    case WB_SHOP_CHANGE_CANCEL:
      return change_cancel (self, change, cancellable, error);
    case WB_SHOP_CHANGE_ADDRESS:
      return change_address (self, change, cancellable, error);
    case WB_SHOP_CHANGE_LINES:
      return wb_shopify_change_pieces (self, change, cancellable, error);
    default:
      return change_parts (self, change, cancellable, error);
    }
}

/* ---- what became of a change ---- */

static gboolean
is_address (const WbJson *order, WbAddress *address)
{
  static const struct
  {
    guint       field;
    const char *member;
  } words[] = {
    { WB_ADDRESS_NAME, "name" },
    { WB_ADDRESS_COMPANY, "company" },
    { WB_ADDRESS_STREET1, "address1" },
    { WB_ADDRESS_STREET2, "address2" },
    { WB_ADDRESS_CITY, "city" },
    { WB_ADDRESS_POSTCODE, "zip" },
    { WB_ADDRESS_COUNTRY, "countryCodeV2" },
  };
  WbJson at = wb_json_member (order, "shippingAddress");

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      const char *there = wb_json_opt_string (&at, words[i].member);
      const char *ours = wb_record_get_text (address, words[i].field);

      if (g_strcmp0 (wb_text_is_empty (there) ? NULL : there,
                     wb_text_is_empty (ours) ? NULL : ours) != 0)
        return FALSE;
    }
  return TRUE;
}

static WbFinding
find_in_parts (WbShopifyShop      *self,
               const WbShopChange *change,
               GCancellable       *cancellable,
               GError            **error)
{
  g_autofree char      *handle = handle_of (change);
  g_autoptr (GPtrArray) parts =
      wb_shopify_read_fulfillment_orders (self, change->order_ref, cancellable, error);
  guint open = 0, done = 0;

  if (parts == NULL)
    return WB_FINDING_UNKNOWN;
  for (guint i = 0; i < parts->len; i++)
    {
      WbJson   part = wb_json_root (parts->pdata[i], "fulfillmentOrder");
      gboolean held = g_strcmp0 (wb_json_opt_string (&part, "status"), "ON_HOLD") == 0;

      if (is_over (&part))
        continue;
      open++;
      done += change->kind == WB_SHOP_CHANGE_HOLD ? has_handle (&part, handle) : !held;
    }
  if (done == open && open > 0)
    return WB_FINDING_DONE;
  return done > 0 ? WB_FINDING_PARTLY : WB_FINDING_NOT_DONE;
}

/** wb_shopify_find_change: see wb_shop_find_change(). */
WbFinding
wb_shopify_find_change (WbShop             *shop,
                        const WbShopChange *change,
                        char              **remote_id,
                        GCancellable       *cancellable,
                        GError            **error)
{
  WbShopifyShop       *self = WB_SHOPIFY_SHOP (shop);
  g_autoptr (JsonNode) root = NULL;
  JsonNode            *order;
  const char          *note;
  gboolean             done;
  WbJson               at;

  if (!wb_shopify_check_ref (change->order_ref, error))
    return WB_FINDING_UNKNOWN;
  if (change->kind == WB_SHOP_CHANGE_HOLD || change->kind == WB_SHOP_CHANGE_RELEASE)
    return find_in_parts (self, change, cancellable, error);
  if (change->kind == WB_SHOP_CHANGE_LINES)
    return wb_shopify_find_pieces (self, change, cancellable, error);
  root = read_state (self, change->order_ref, &order, cancellable, error);
  if (root == NULL)
    return WB_FINDING_UNKNOWN;
  at = wb_json_root (order, "order");
  note = wb_json_opt_string (&at, "note");
  if (change->kind == WB_SHOP_CHANGE_CANCEL)
    done = wb_json_opt_string (&at, "cancelledAt") != NULL;
  else if (change->kind == WB_SHOP_CHANGE_ADDRESS)
    done = is_address (&at, change->ship_to);
  else
    done = note != NULL && strstr (note, change->text) != NULL;
  return done ? WB_FINDING_DONE : WB_FINDING_NOT_DONE;
}
