/* SPDX-License-Identifier: GPL-3.0-or-later
 * Changing an order in a WooCommerce shop: a note, its status, its cancellation, its address; its
 * pieces stand in wb-woo-pieces.c.
 *
 * The shop has neither an idempotency key nor a version check. A change of the order itself takes
 * our key along as hidden meta data in the same PUT; a note can only name it in its text. Both are
 * looked for before anything is sent. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "wb-text.h"
#include "wb-woo-meta.h"
#include "wb-woo-order.h"
#include "wb-woo-shop.h"
#include "wb-woo-text.h"

/* One row of meta data a kind: a later change of that kind takes its place. */
#define STATUS_KEY  "_waybill_status"
#define CANCEL_KEY  "_waybill_cancel"
#define ADDRESS_KEY "_waybill_address"

/* Orders that nothing is to be done for any more. */
static const char *const over[] = { "cancelled", "refunded", "trash", NULL };

/* ---- notes ---- */

static WbFinding
find_note (WbWooShop          *self,
           const WbShopChange *change,
           char              **remote_id,
           GCancellable       *cancellable,
           GError            **error)
{
  g_autoptr (WbHttpRequest) request =
      wb_woo_shop_request ("GET", "/orders/%s/notes", change->order_ref);
  g_autoptr (JsonNode) root = wb_woo_shop_call (self, request, NULL, cancellable, error);
  WbJson               list = wb_json_root (root, "notes");
  guint                n;

  if (root == NULL || (!wb_json_is_array (&list) && !wb_json_fail (&list, "a list", error)))
    return WB_FINDING_UNKNOWN;
  n = json_array_get_length (json_node_get_array (root));
  for (guint i = 0; i < n; i++)
    {
      WbJson           note = wb_json_element (&list, i);
      const char      *text = wb_json_opt_string (&note, "note");
      g_autofree char *id = wb_json_scalar_text (&note, "id");

      if (text == NULL || id == NULL || !wb_woo_text_names (text, change->key))
        continue;
      if (remote_id != NULL)
        *remote_id = g_strdup_printf ("notes/%s", id);
      return WB_FINDING_DONE;
    }
  return WB_FINDING_NOT_DONE;
}

static gboolean
post_note (WbWooShop          *self,
           const WbShopChange *change,
           char              **remote_id,
           GCancellable       *cancellable,
           GError            **error)
{
  g_autoptr (WbHttpRequest) request =
      wb_woo_shop_request ("POST", "/orders/%s/notes", change->order_ref);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode)    body = NULL, root = NULL;
  g_autoptr (GString)     text = g_string_new (change->text);
  g_autofree char        *id = NULL;
  WbJson                  at;

  g_string_append_c (text, ' ');
  /* Translators: to the customer; %s is our number of the parcel */
  g_string_append_printf (text, _ ("(Reference %s)"), change->key);
  json_builder_begin_object (builder);
  wb_woo_write_text (builder, "note", text->str);
  json_builder_set_member_name (builder, "customer_note");
  json_builder_add_boolean_value (builder, change->to_customer);
  json_builder_end_object (builder);
  body = json_builder_get_root (builder);
  wb_http_request_set_json (request, body);
  root = wb_woo_shop_call (self, request, NULL, cancellable, error);
  if (root == NULL)
    return FALSE;
  at = wb_json_root (root, "note");
  id = wb_json_scalar_text (&at, "id");
  if (id == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_UNSURE,
                   "The shop took the note, but its answer names no id");
      return FALSE;
    }
  if (remote_id != NULL)
    *remote_id = g_strdup_printf ("notes/%s", id);
  return TRUE;
}

static gboolean
write_note (WbWooShop          *self,
            const WbShopChange *change,
            char              **remote_id,
            GCancellable       *cancellable,
            GError            **error)
{
  switch (find_note (self, change, remote_id, cancellable, error))
    {
    case WB_FINDING_DONE:
      return TRUE;
    case WB_FINDING_NOT_DONE:
      return post_note (self, change, remote_id, cancellable, error);
    case WB_FINDING_PARTLY:
    case WB_FINDING_UNKNOWN:
    default:
      return FALSE;
    }
}

/* ---- addresses ---- */

static const struct
{
  const char *name;
  guint       field;
} words[] = {
  { "company", WB_ADDRESS_COMPANY },   { "address_1", WB_ADDRESS_STREET1 },
  { "address_2", WB_ADDRESS_STREET2 }, { "city", WB_ADDRESS_CITY },
  { "postcode", WB_ADDRESS_POSTCODE }, { "country", WB_ADDRESS_COUNTRY },
  { "state", WB_ADDRESS_REGION },      { "phone", WB_ADDRESS_PHONE },
};

/**
 * wb_woo_write_address:
 * @name: the member, “shipping”
 * @email: (nullable): goes along where the member has one (billing)
 *
 * Our name is one text: what stands before its last space is the first name there.
 */
void
wb_woo_write_address (JsonBuilder *builder, const char *name, WbAddress *address, const char *email)
{
  const char      *whole = wb_record_get_text (address, WB_ADDRESS_NAME);
  const char      *space = whole != NULL ? strrchr (whole, ' ') : NULL;
  g_autofree char *first = space != NULL ? g_strndup (whole, (gsize) (space - whole)) : NULL;

  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  wb_woo_write_text (builder, "first_name", first != NULL ? first : "");
  wb_woo_write_text (builder, "last_name", space != NULL ? space + 1 : whole != NULL ? whole : "");
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      const char *value = wb_record_get_text (address, words[i].field);

      wb_woo_write_text (builder, words[i].name, value != NULL ? value : "");
    }
  if (!wb_text_is_empty (email))
    wb_woo_write_text (builder, "email", email);
  json_builder_end_object (builder);
}

/* What decides where a parcel goes; a plug-in may polish the rest. */
static gboolean
has_address (const WbJson *order, WbAddress *wanted)
{
  WbJson           at = wb_json_member (order, "shipping");
  const char      *first = wb_json_opt_string (&at, "first_name");
  const char      *last = wb_json_opt_string (&at, "last_name");
  const char      *whole = wb_record_get_text (wanted, WB_ADDRESS_NAME);
  g_autofree char *name =
      g_strstrip (g_strdup_printf ("%s %s", first != NULL ? first : "", last != NULL ? last : ""));

  if (g_strcmp0 (name, whole != NULL ? whole : "") != 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      const char *there = wb_json_opt_string (&at, words[i].name);
      const char *here = wb_record_get_text (wanted, words[i].field);

      if (words[i].field != WB_ADDRESS_PHONE &&
          g_strcmp0 (there != NULL ? there : "", here != NULL ? here : "") != 0)
        return FALSE;
    }
  return TRUE;
}

/* ---- changes of the order itself ---- */

static const char *
wanted_status (const WbShopChange *change)
{
  return change->kind == WB_SHOP_CHANGE_CANCEL    ? "cancelled"
         : g_str_has_prefix (change->text, "wc-") ? change->text + 3
                                                  : change->text;
}

static const char *
meta_key (const WbShopChange *change)
{
  return change->kind == WB_SHOP_CHANGE_ADDRESS  ? ADDRESS_KEY
         : change->kind == WB_SHOP_CHANGE_CANCEL ? CANCEL_KEY
                                                 : STATUS_KEY;
}

/* Done by us, which our key tells whatever became of the order since, or by somebody else. */
static gboolean
is_done (const WbJson *order, const WbShopChange *change)
{
  const char *status = wb_json_opt_string (order, "status");

  if (wb_woo_meta_is (order, meta_key (change), change->key))
    return TRUE;
  if (change->kind == WB_SHOP_CHANGE_ADDRESS)
    return has_address (order, change->ship_to);
  if (change->kind == WB_SHOP_CHANGE_CANCEL)
    return status != NULL && g_strv_contains (over, status);
  return g_strcmp0 (status, wanted_status (change)) == 0;
}

static JsonNode *
read_order (WbWooShop *self, const char *order_ref, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbHttpRequest) request = wb_woo_shop_request ("GET", "/orders/%s", order_ref);

  return wb_woo_shop_call (self, request, NULL, cancellable, error);
}

/* The shop would cancel from any state, and a customer whose parcel is there would be told so. */
static gboolean
check_state (const WbJson *order, const WbShopChange *change, GError **error)
{
  const char *status = wb_json_opt_string (order, "status");

  if (change->kind == WB_SHOP_CHANGE_CANCEL && g_strcmp0 (status, "completed") == 0)
    g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
                 "The shop has the order as completed: it was not cancelled there. Give the money "
                 "back as a refund instead");
  else if (change->kind != WB_SHOP_CHANGE_CANCEL && g_strcmp0 (status, "trash") == 0)
    g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
                 "The order lies in the shop's trash; nothing was changed. Take it out of there "
                 "first");
  else
    return TRUE;
  return FALSE;
}

static gboolean
put_change (WbWooShop *self, const WbShopChange *change, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbHttpRequest) request = wb_woo_shop_request ("PUT", "/orders/%s", change->order_ref);
  g_autoptr (JsonBuilder)   builder = json_builder_new ();
  g_autoptr (JsonNode)      body = NULL, root = NULL;
  const char               *status;
  WbJson                    at;

  json_builder_begin_object (builder);
  if (change->kind == WB_SHOP_CHANGE_ADDRESS)
    wb_woo_write_address (builder, "shipping", change->ship_to, NULL);
  else
    wb_woo_write_text (builder, "status", wanted_status (change));
  json_builder_set_member_name (builder, "meta_data");
  json_builder_begin_array (builder);
  wb_woo_meta_add (builder, meta_key (change), change->key);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  body = json_builder_get_root (builder);
  wb_http_request_set_json (request, body);
  root = wb_woo_shop_call (self, request, NULL, cancellable, error);
  if (root == NULL)
    return FALSE;
  at = wb_json_root (root, "order");
  status = wb_json_opt_string (&at, "status");
  if (change->kind == WB_SHOP_CHANGE_ADDRESS ? has_address (&at, change->ship_to)
                                             : g_strcmp0 (status, wanted_status (change)) == 0)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
               change->kind == WB_SHOP_CHANGE_ADDRESS
                   ? "The shop took the address and shows another one (its status is “%s”): look "
                     "at the order there"
                   : "The shop took the change and left the order's status at “%s”",
               status != NULL ? status : "");
  return FALSE;
}

/* Whether a cancellation's reason is still to be written down. */
static gboolean
wants_reason (const WbShopChange *change)
{
  return change->kind == WB_SHOP_CHANGE_CANCEL && !wb_text_is_empty (change->text);
}

static gboolean
write_order (WbWooShop          *self,
             const WbShopChange *change,
             char              **remote_id,
             GCancellable       *cancellable,
             GError            **error)
{
  g_autoptr (JsonNode) root = read_order (self, change->order_ref, cancellable, error);
  WbJson               at = wb_json_root (root, "order");

  if (root == NULL || (!is_done (&at, change) && (!check_state (&at, change, error) ||
                                                  !put_change (self, change, cancellable, error))))
    return FALSE;
  if (wants_reason (change) && !write_note (self, change, NULL, cancellable, error))
    {
      g_prefix_error (error, "The order is cancelled in the shop, but the reason was not seen to "
                             "be noted there: ");
      return FALSE;
    }
  if (remote_id != NULL)
    *remote_id = g_strdup (change->order_ref);
  return TRUE;
}

/* ---- the two calls ---- */

static gboolean
check_change (const WbShopChange *change, GError **error)
{
  gboolean words_wanted =
      change->kind == WB_SHOP_CHANGE_NOTE || change->kind == WB_SHOP_CHANGE_STATUS;

  if (!wb_woo_shop_check_ref (change->order_ref, error))
    return FALSE;
  if (!wb_text_is_empty (change->key) && !(words_wanted && wb_text_is_empty (change->text)) &&
      !(change->kind == WB_SHOP_CHANGE_ADDRESS && change->ship_to == NULL))
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               "A change of an order needs its key and what is to be changed");
  return FALSE;
}

/**
 * wb_woo_shop_change_order:
 * See wb_shop_change_order(). A cancelled order's pieces go back into the shop's stock by
 * themselves, whatever the change says; the stock that is published next puts it right. Setting
 * “completed” mails the customer.
 */
gboolean
wb_woo_shop_change_order (WbShop             *shop,
                          const WbShopChange *change,
                          char              **remote_id,
                          GCancellable       *cancellable,
                          GError            **error)
{
  if (!check_change (change, error))
    return FALSE;
  if (change->kind == WB_SHOP_CHANGE_NOTE)
    return write_note (WB_WOO_SHOP (shop), change, remote_id, cancellable, error);
  if (change->kind != WB_SHOP_CHANGE_LINES)
    return write_order (WB_WOO_SHOP (shop), change, remote_id, cancellable, error);
  if (!wb_woo_change_pieces (WB_WOO_SHOP (shop), change, cancellable, error))
    return FALSE;
  if (remote_id != NULL)
    *remote_id = g_strdup (change->order_ref);
  return TRUE;
}

/** wb_woo_shop_find_change: see wb_shop_find_change(). */
WbFinding
wb_woo_shop_find_change (WbShop             *shop,
                         const WbShopChange *change,
                         char              **remote_id,
                         GCancellable       *cancellable,
                         GError            **error)
{
  WbWooShop           *self = WB_WOO_SHOP (shop);
  g_autoptr (JsonNode) root = NULL;
  WbFinding            note = WB_FINDING_DONE;
  WbJson               at;

  if (!check_change (change, error))
    return WB_FINDING_UNKNOWN;
  if (change->kind == WB_SHOP_CHANGE_NOTE)
    return find_note (self, change, remote_id, cancellable, error);
  if (change->kind == WB_SHOP_CHANGE_LINES)
    {
      WbFinding found = wb_woo_find_pieces (self, change, cancellable, error);

      if (found == WB_FINDING_DONE && remote_id != NULL)
        *remote_id = g_strdup (change->order_ref);
      return found;
    }
  if ((root = read_order (self, change->order_ref, cancellable, error)) == NULL)
    return WB_FINDING_UNKNOWN;
  at = wb_json_root (root, "order");
  if (!is_done (&at, change))
    return WB_FINDING_NOT_DONE;
  if (wants_reason (change))
    note = find_note (self, change, NULL, cancellable, error);
  if (note == WB_FINDING_UNKNOWN)
    return note;
  if (remote_id != NULL)
    *remote_id = g_strdup (change->order_ref);
  return note == WB_FINDING_DONE ? WB_FINDING_DONE : WB_FINDING_PARTLY;
}
