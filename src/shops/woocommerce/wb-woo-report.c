/* SPDX-License-Identifier: GPL-3.0-or-later
 * Telling a WooCommerce shop of a shipment, never twice.
 *
 * The shop has no idempotency key and no version check, so everything that is written carries our
 * reference and is looked for first: a fulfilment where the shop has that API, else an order note;
 * then the status. A fulfilment leaves the order's status as it is, so “completed” is a write of
 * its own: one PUT, never `/orders/batch`, which takes unknown statuses. */
#include <glib/gi18n-lib.h>

#include "wb-text.h"
#include "wb-woo-meta.h"
#include "wb-woo-order.h"
#include "wb-woo-shop.h"
#include "wb-woo-text.h"

/* What the shop has of a shipment. */
typedef struct
{
  WbOrder  *order;
  gboolean  has_api; /* the fulfilments API */
  JsonNode *fulfilments;
  char     *written; /* “fulfillments/12” or “notes/281”: ours; NULL: not there */
  gboolean  complete;
} Look;

static void
look_clear (Look *look)
{
  g_clear_object (&look->order);
  g_clear_pointer (&look->fulfilments, json_node_unref);
  g_clear_pointer (&look->written, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Look, look_clear)

/* ---- looking ---- */

/* Ours by our reference, or the same parcel told by something else: its tracking number. */
static gboolean
is_ours (const WbJson *record, const WbFulfilment *fulfilment)
{
  return wb_woo_meta_is (record, WB_WOO_REFERENCE_KEY, fulfilment->reference) ||
         wb_woo_meta_is (record, "_tracking_number", fulfilment->tracking);
}

static gboolean
is_deleted (const WbJson *record)
{
  WbJson deleted = wb_json_member (record, "date_deleted");

  return !wb_json_is_null (&deleted);
}

static gboolean
look_at_order (WbWooShop          *self,
               const WbFulfilment *fulfilment,
               Look               *look,
               GCancellable       *cancellable,
               GError            **error)
{
  look->order =
      wb_woo_shop_fetch_order (WB_SHOP (self), fulfilment->order_ref, NULL, cancellable, error);
  if (look->order == NULL)
    return FALSE;
  look->complete =
      g_str_equal (wb_record_get_text (look->order, WB_ORDER_REMOTE_STATUS), "completed");
  return TRUE;
}

/* The API is a feature a shop may have switched off: then its route is not there at all. */
static gboolean
look_at_fulfilments (WbWooShop          *self,
                     const WbFulfilment *fulfilment,
                     Look               *look,
                     GCancellable       *cancellable,
                     GError            **error)
{
  g_autoptr (WbHttpRequest) request =
      wb_woo_shop_request ("GET", "/orders/%s/fulfillments", fulfilment->order_ref);
  g_autoptr (WbHttpResponse) response = wb_woo_shop_send (self, request, cancellable, error);
  g_autofree char           *code = NULL;
  WbJson                     list;
  guint                      n;

  if (response == NULL)
    return FALSE;
  code = wb_woo_shop_code (response);
  if (wb_http_response_get_status (response) == 404 && g_strcmp0 (code, "rest_no_route") == 0)
    return TRUE;
  if (!wb_woo_shop_check (response, error))
    return FALSE;
  look->fulfilments = wb_http_response_json (response, NULL);
  if (look->fulfilments == NULL)
    look->fulfilments = wb_woo_shop_call (self, request, NULL, cancellable, error);
  list = wb_json_root (look->fulfilments, "fulfillments");
  if (look->fulfilments == NULL ||
      (!wb_json_is_array (&list) && !wb_json_fail (&list, "a list", error)))
    return FALSE;
  look->has_api = TRUE;
  n = json_array_get_length (json_node_get_array (list.node));
  for (guint i = 0; look->written == NULL && i < n; i++)
    {
      WbJson           record = wb_json_element (&list, i);
      g_autofree char *id = wb_json_scalar_text (&record, "id");

      if (id != NULL && !is_deleted (&record) && is_ours (&record, fulfilment))
        look->written = g_strdup_printf ("fulfillments/%s", id);
    }
  return TRUE;
}

static gboolean
look_at_notes (WbWooShop          *self,
               const WbFulfilment *fulfilment,
               Look               *look,
               GCancellable       *cancellable,
               GError            **error)
{
  g_autoptr (WbHttpRequest) request =
      wb_woo_shop_request ("GET", "/orders/%s/notes", fulfilment->order_ref);
  g_autoptr (JsonNode) root = wb_woo_shop_call (self, request, NULL, cancellable, error);
  WbJson               list = wb_json_root (root, "notes");
  guint                n;

  if (root == NULL || (!wb_json_is_array (&list) && !wb_json_fail (&list, "a list", error)))
    return FALSE;
  n = json_array_get_length (json_node_get_array (root));
  for (guint i = 0; look->written == NULL && i < n; i++)
    {
      WbJson           note = wb_json_element (&list, i);
      const char      *text = wb_json_opt_string (&note, "note");
      g_autofree char *id = wb_json_scalar_text (&note, "id");

      if (text != NULL && id != NULL && wb_woo_text_names (text, fulfilment->reference))
        look->written = g_strdup_printf ("notes/%s", id);
    }
  return TRUE;
}

/* Both places, whichever the shop uses now: the feature may have been switched since we wrote. */
static gboolean
look_up (WbWooShop          *self,
         const WbFulfilment *fulfilment,
         Look               *look,
         GCancellable       *cancellable,
         GError            **error)
{
  if (wb_text_is_empty (fulfilment->reference))
    {
      g_set_error (
          error, WB_ERROR, WB_ERROR_INVALID,
          "A shipment without a reference cannot be told to a shop: it could not be found again");
      return FALSE;
    }
  return look_at_order (self, fulfilment, look, cancellable, error) &&
         look_at_fulfilments (self, fulfilment, look, cancellable, error) &&
         (look->written != NULL || look_at_notes (self, fulfilment, look, cancellable, error));
}

/* Everything that is to be told has been told. */
static gboolean
is_all_there (const Look *look, const WbFulfilment *fulfilment)
{
  return look->written != NULL && (look->complete || !fulfilment->completes);
}

/** wb_woo_shop_find_report: see wb_shop_find_report(). */
WbFinding
wb_woo_shop_find_report (WbShop             *shop,
                         const WbFulfilment *fulfilment,
                         char              **remote_id,
                         GCancellable       *cancellable,
                         GError            **error)
{
  g_auto (Look) look = { 0 };

  if (!look_up (WB_WOO_SHOP (shop), fulfilment, &look, cancellable, error))
    return WB_FINDING_UNKNOWN;
  if (look.written == NULL)
    return WB_FINDING_NOT_DONE;
  if (remote_id != NULL)
    *remote_id = g_strdup (look.written);
  return is_all_there (&look, fulfilment) ? WB_FINDING_DONE : WB_FINDING_PARTLY;
}

/* ---- whether it may be written ---- */

static gboolean
refuse (GError **error, WbError code, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list          args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, WB_ERROR, code, message);
  return FALSE;
}

/* Completing marks an unpaid order as paid and mails the customer; the shop would take it from any
 * state. */
static gboolean
check_state (const Look *look, const WbFulfilment *fulfilment, GError **error)
{
  const char *state = wb_record_get_text (look->order, WB_ORDER_SHOP_STATE);
  const char *status = wb_record_get_text (look->order, WB_ORDER_REMOTE_STATUS);
  const char *number = wb_record_get_text (look->order, WB_ORDER_NUMBER);

  if (look->complete)
    return TRUE;
  if (g_str_equal (state, WB_SHOP_CANCELLED))
    return refuse (error, WB_ERROR_REFUSED,
                   "The shop has order %s as %s. It was not told of the shipment: look at the "
                   "order there first",
                   number, status);
  if (fulfilment->completes &&
      (g_str_equal (status, "pending") || g_str_equal (status, "failed") ||
       wb_woo_state_is_draft (status) ||
       (g_str_equal (status, "on-hold") && g_str_equal (state, WB_SHOP_UNPAID))))
    return refuse (error, WB_ERROR_REFUSED,
                   "The shop has order %s as %s, that is not paid. Completing it would mark it as "
                   "paid: settle the payment first",
                   number, status);
  return TRUE;
}

/* Pieces of a line in the shop's fulfilments that are not ours. */
static gint64
told_elsewhere (const Look *look, const char *line_ref)
{
  WbJson list = wb_json_root (look->fulfilments, "fulfillments");
  guint  n = look->fulfilments != NULL
                 ? json_array_get_length (json_node_get_array (look->fulfilments))
                 : 0;
  gint64 sum = 0;

  for (guint i = 0; i < n; i++)
    {
      WbJson    record = wb_json_element (&list, i);
      WbWooMeta items;
      guint     n_items = 0;

      if (wb_woo_meta_find (&record, "_items", &items) && wb_json_is_array (&items.value) &&
          !is_deleted (&record))
        n_items = json_array_get_length (json_node_get_array (items.value.node));

      for (guint k = 0; k < n_items; k++)
        {
          WbJson           item = wb_json_element (&items.value, k);
          g_autofree char *id = wb_json_scalar_text (&item, "item_id");
          g_autofree char *pieces = wb_json_scalar_text (&item, "qty");
          gint64           quantity;

          if (g_strcmp0 (id, line_ref) == 0 && pieces != NULL &&
              g_ascii_string_to_signed (pieces, 10, 0, G_MAXINT32, &quantity, NULL))
            sum += quantity;
        }
    }
  return sum;
}

/* The shop takes 99 of 1 and lines of other orders: nobody but us looks. */
static gboolean
check_lines (const Look *look, const WbFulfilment *fulfilment, GError **error)
{
  for (guint i = 0; fulfilment->line_refs != NULL && fulfilment->line_refs[i] != NULL; i++)
    {
      gint64   index = wb_woo_order_find_line (look->order, fulfilment->line_refs[i]);
      gpointer line =
          index >= 0 ? wb_record_get_many (look->order, WB_ORDER_LINES)->pdata[index] : NULL;
      gint64 ordered = line != NULL ? wb_record_get_int (line, WB_ORDER_LINE_QUANTITY) : 0;
      gint64 told = told_elsewhere (look, fulfilment->line_refs[i]);

      if (line == NULL)
        return refuse (error, WB_ERROR_CONFLICT,
                       "The order in the shop no longer has line %s; it was changed there",
                       fulfilment->line_refs[i]);
      if (fulfilment->quantities[i] < 1 || fulfilment->quantities[i] > ordered)
        return refuse (error, WB_ERROR_CONFLICT,
                       "The order in the shop has %" G_GINT64_FORMAT
                       " of “%s”, and %" G_GINT64_FORMAT " were to be reported as shipped",
                       ordered, wb_record_get_text (line, WB_ORDER_LINE_NAME),
                       fulfilment->quantities[i]);
      if (told + fulfilment->quantities[i] > ordered)
        return refuse (error, WB_ERROR_REFUSED,
                       "The shop already has %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
                       " of “%s” in other fulfilments; "
                       "%" G_GINT64_FORMAT " more do not fit",
                       told, ordered, wb_record_get_text (line, WB_ORDER_LINE_NAME),
                       fulfilment->quantities[i]);
    }
  return TRUE;
}

/* ---- writing ---- */

static void
add_items (JsonBuilder *builder, const WbFulfilment *fulfilment)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "key");
  json_builder_add_string_value (builder, "_items");
  json_builder_set_member_name (builder, "value");
  json_builder_begin_array (builder);
  for (guint i = 0; fulfilment->line_refs != NULL && fulfilment->line_refs[i] != NULL; i++)
    {
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "item_id");
      json_builder_add_int_value (builder, g_ascii_strtoll (fulfilment->line_refs[i], NULL, 10));
      json_builder_set_member_name (builder, "qty");
      json_builder_add_int_value (builder, fulfilment->quantities[i]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static JsonNode *
fulfilment_json (const WbFulfilment *fulfilment)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char        *provider =
      fulfilment->carrier != NULL ? g_ascii_strdown (fulfilment->carrier, -1) : NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "status");
  json_builder_add_string_value (builder, "fulfilled");
  json_builder_set_member_name (builder, "is_fulfilled");
  json_builder_add_boolean_value (builder, TRUE);
  json_builder_set_member_name (builder, "meta_data");
  json_builder_begin_array (builder);
  add_items (builder, fulfilment);
  wb_woo_meta_add (builder, "_tracking_number", fulfilment->tracking);
  wb_woo_meta_add (builder, "_shipment_provider", provider);
  wb_woo_meta_add (builder, "_tracking_url", fulfilment->tracking_url);
  wb_woo_meta_add (builder, WB_WOO_REFERENCE_KEY, fulfilment->reference);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/* What the customer reads. */
static char *
note_text (const WbFulfilment *fulfilment)
{
  GString *text = g_string_new (NULL);

  if (!wb_text_is_empty (fulfilment->carrier))
    /* Translators: to the customer; the carrier's name, “DHL” */
    g_string_append_printf (text, _ ("Your parcel is on its way with %s."), fulfilment->carrier);
  else
    g_string_append (text, _ ("Your parcel is on its way."));
  g_string_append_c (text, ' ');
  if (!wb_text_is_empty (fulfilment->tracking))
    {
      /* Translators: to the customer; %s is a tracking number */
      g_string_append_printf (text, _ ("Tracking number: %s."), fulfilment->tracking);
      g_string_append_c (text, ' ');
    }
  if (!wb_text_is_empty (fulfilment->tracking_url))
    g_string_append_printf (text, "%s ", fulfilment->tracking_url);
  /* Translators: to the customer; %s is our number of the parcel */
  g_string_append_printf (text, _ ("(Reference %s)"), fulfilment->reference);
  return g_string_free (text, FALSE);
}

/* Sends one write and reads the id of what it made. */
static char *
create (WbWooShop     *self,
        WbHttpRequest *request,
        const char    *what,
        GCancellable  *cancellable,
        GError       **error)
{
  g_autoptr (JsonNode) root = wb_woo_shop_call (self, request, NULL, cancellable, error);
  WbJson               at = wb_json_root (root, what);
  g_autofree char     *id = NULL;

  if (root == NULL)
    return NULL;
  id = wb_json_scalar_text (&at, "id");
  if (id != NULL)
    return g_strdup_printf ("%s/%s", what, id);
  g_set_error (error, WB_ERROR, WB_ERROR_UNSURE,
               "The shop took the shipment, but its answer names no id");
  return NULL;
}

static char *
write_shipment (WbWooShop          *self,
                const Look         *look,
                const WbFulfilment *fulfilment,
                GCancellable       *cancellable,
                GError            **error)
{
  const char               *what = look->has_api ? "fulfillments" : "notes";
  g_autoptr (WbHttpRequest) request =
      wb_woo_shop_request ("POST", "/orders/%s/%s", fulfilment->order_ref, what);
  g_autoptr (JsonNode) body = NULL;

  if (look->has_api)
    {
      body = fulfilment_json (fulfilment);
      wb_http_request_add_query (request, "notify_customer",
                                 fulfilment->notify_customer ? "true" : "false");
    }
  else
    {
      g_autofree char        *text = note_text (fulfilment);
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "note");
      json_builder_add_string_value (builder, text);
      json_builder_set_member_name (builder, "customer_note");
      json_builder_add_boolean_value (builder, fulfilment->notify_customer);
      json_builder_end_object (builder);
      body = json_builder_get_root (builder);
    }
  wb_http_request_set_json (request, body);
  return create (self, request, what, cancellable, error);
}

static gboolean
write_completed (WbWooShop          *self,
                 const WbFulfilment *fulfilment,
                 GCancellable       *cancellable,
                 GError            **error)
{
  g_autoptr (WbHttpRequest) request =
      wb_woo_shop_request ("PUT", "/orders/%s", fulfilment->order_ref);
  g_autoptr (JsonNode) body = json_from_string ("{\"status\":\"completed\"}", NULL);
  g_autoptr (JsonNode) root = NULL;
  WbJson               at;

  wb_http_request_set_json (request, body);
  root = wb_woo_shop_call (self, request, NULL, cancellable, error);
  if (root == NULL)
    {
      if (error != NULL && *error != NULL)
        g_prefix_error (
            error,
            "The shop has the tracking number, but the order was not seen to be completed: ");
      return FALSE;
    }
  at = wb_json_root (root, "order");
  if (g_strcmp0 (wb_json_opt_string (&at, "status"), "completed") == 0)
    return TRUE;
  return refuse (
      error, WB_ERROR_REFUSED,
      "The shop has the tracking number, but left the order's status at “%s” instead of completed",
      wb_json_opt_string (&at, "status") != NULL ? wb_json_opt_string (&at, "status") : "");
}

/** wb_woo_shop_report: see wb_shop_report(). remote_id: “fulfillments/12” or “notes/281”, below the
 * order. */
gboolean
wb_woo_shop_report (WbShop             *shop,
                    const WbFulfilment *fulfilment,
                    char              **remote_id,
                    GCancellable       *cancellable,
                    GError            **error)
{
  WbWooShop       *self = WB_WOO_SHOP (shop);
  g_auto (Look)    look = { 0 };
  g_autofree char *written = NULL;

  if (!look_up (self, fulfilment, &look, cancellable, error))
    return FALSE;
  if (!is_all_there (&look, fulfilment) && !check_state (&look, fulfilment, error))
    return FALSE;
  written = g_steal_pointer (&look.written);
  if (written == NULL && check_lines (&look, fulfilment, error))
    written = write_shipment (self, &look, fulfilment, cancellable, error);
  if (written == NULL)
    return FALSE;
  if (fulfilment->completes && !look.complete &&
      !write_completed (self, fulfilment, cancellable, error))
    return FALSE;
  if (remote_id != NULL)
    *remote_id = g_steal_pointer (&written);
  return TRUE;
}
