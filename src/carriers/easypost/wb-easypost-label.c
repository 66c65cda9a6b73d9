/* SPDX-License-Identifier: GPL-3.0-or-later
 * A bought shipment as a purchase, and its label's bytes in the format that is wanted. */
#include "wb-easypost-private.h"

#include "wb-text.h"

#include <string.h>

#define END_WITHIN 4096

typedef struct
{
  const char *format;
  const char *file_type; /* what label_url holds when postage_label.label_file_type says this */
  const char *member;
} LabelPlace;

static const LabelPlace places[] = {
  { WB_FORMAT_PDF, "application/pdf", "label_pdf_url" },
  { WB_FORMAT_PNG, "image/png", NULL },
  { WB_FORMAT_ZPL, "application/zpl", "label_zpl_url" },
};

static const char *
given (const WbJson *label, const char *member)
{
  const char *url = member != NULL ? wb_json_opt_string (label, member) : NULL;

  return wb_text_is_empty (url) ? NULL : url;
}

/**
 * wb_easypost_label_url:
 * @format: (nullable): WB_FORMAT_…; %NULL takes whatever the label was made in
 *
 * Returns: (transfer none) (nullable): where the label of @shipment lies in @format, %NULL when it
 * has not been made.
 */
const char *
wb_easypost_label_url (const WbJson *shipment, const char *format)
{
  WbJson label = wb_json_member (shipment, "postage_label");

  if (format == NULL)
    return given (&label, "label_url");
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_str_equal (places[i].format, format))
      {
        if (g_strcmp0 (wb_json_opt_string (&label, "label_file_type"), places[i].file_type) == 0 &&
            given (&label, "label_url") != NULL)
          return given (&label, "label_url");
        return given (&label, places[i].member);
      }
  return NULL;
}

/** wb_easypost_is_bought: whether @shipment has been bought: it has its postage, or the rate that
 * was paid. */
gboolean
wb_easypost_is_bought (const WbJson *shipment)
{
  WbJson label = wb_json_member (shipment, "postage_label");
  WbJson rate = wb_json_member (shipment, "selected_rate");

  return wb_json_is_object (&label) || wb_json_is_object (&rate) ||
         !wb_text_is_empty (wb_json_opt_string (shipment, "tracking_code"));
}

static gboolean
read_cost (const WbJson *shipment, WbPurchase *purchase, GError **error)
{
  WbJson      rate;
  const char *currency;
  gint64      cost;

  if (!wb_json_object (shipment, "selected_rate", &rate, error))
    return FALSE;
  currency = wb_json_opt_string (&rate, "currency");
  if (!wb_currency_is_valid (currency))
    currency = "USD";
  if (!wb_json_decimal (&rate, "rate", wb_currency_exponent (currency), &cost, error))
    return FALSE;
  purchase->cost = wb_money (cost, currency);
  purchase->carrier = g_strdup (wb_json_opt_string (&rate, "carrier"));
  purchase->service = g_strdup (wb_json_opt_string (&rate, "service"));
  return TRUE;
}

/**
 * wb_easypost_read_purchase:
 * @purchase: (out): all but the label; untouched on failure
 *
 * What the bought @shipment cost, and how it is followed. A service without tracking has none.
 */
gboolean
wb_easypost_read_purchase (const WbJson *shipment, WbPurchase *purchase, GError **error)
{
  g_auto (WbPurchase) read = { 0 };
  WbJson              tracker = wb_json_member (shipment, "tracker");
  const char         *id = wb_json_string (shipment, "id", error);

  if (id == NULL || !read_cost (shipment, &read, error) ||
      !wb_easypost_read_insurance (shipment, &read, error))
    return FALSE;
  read.remote_id = g_strdup (id);
  read.tracking = g_strdup (wb_json_opt_string (shipment, "tracking_code"));
  read.tracking_url = g_strdup (wb_json_opt_string (&tracker, "public_url"));
  *purchase = read;
  read = (WbPurchase){ 0 };
  return TRUE;
}

/* EasyPost makes another format on request: the reply is the shipment with one address more. */
static JsonNode *
convert (
    WbEasypost *self, const char *id, const char *format, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbHttpRequest) request =
      wb_http_request_new_segments ("GET", "shipments", id, "label", NULL);
  g_autofree char *name = g_ascii_strup (format, -1);

  wb_http_request_add_query (request, "file_format", name);
  return wb_easypost_call (self, request, cancellable, error);
}

/* The address in @format, else of the label as it was made: a label in another format is better
 * than none. */
static char *
find_url (WbEasypost   *self,
          const WbJson *shipment,
          const char   *id,
          const char   *format,
          GCancellable *cancellable,
          GError      **error)
{
  const char          *url = wb_easypost_label_url (shipment, format);
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError)   local = NULL;
  WbJson               converted;

  if (url != NULL)
    return g_strdup (url);
  root = convert (self, id, format, cancellable, &local);
  if (root == NULL && !wb_error_is_refusal (local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (root != NULL)
    {
      converted = wb_json_root (root, "shipment");
      url = wb_easypost_label_url (&converted, format);
    }
  if (url == NULL)
    url = wb_easypost_label_url (shipment, NULL);
  if (url == NULL)
    {
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      else
        g_set_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE,
                     "EasyPost names no place where the label lies");
    }
  return g_strdup (url);
}

/**
 * wb_easypost_label_file:
 * Returns: (transfer full) (nullable): the label that the reply itself carries, as some purchases
 * do in place of an address; %NULL when there is none or it is no label.
 */
GBytes *
wb_easypost_label_file (const WbJson *shipment)
{
  WbJson             label = wb_json_member (shipment, "postage_label");
  const char        *text = given (&label, "label_file");
  gsize              size;
  guchar            *data = text != NULL ? g_base64_decode (text, &size) : NULL;
  g_autoptr (GBytes) bytes = data != NULL ? g_bytes_new_take (data, size) : NULL;

  return bytes != NULL && wb_easypost_label_is_whole (bytes) ? g_steal_pointer (&bytes) : NULL;
}

/* What each format ends with, a little before the end at most (a PDF may be followed by line ends
 * or a signature). */
static const struct
{
  const char *format;
  const char *mark;
} ends[] = {
  { WB_FORMAT_PDF, "%%EOF" },
  { WB_FORMAT_PNG, "IEND" },
  { WB_FORMAT_ZPL, "^XZ" },
};

/**
 * wb_easypost_label_is_whole:
 * Whether @label is one of the formats and was not cut off on its way: its end mark stands near its
 * end.
 */
gboolean
wb_easypost_label_is_whole (GBytes *label)
{
  const char *format = wb_label_sniff_format (label);
  gsize       size;
  const char *data = g_bytes_get_data (label, &size);
  gsize       tail = MIN (size, END_WITHIN);

  for (guint i = 0; format != NULL && i < G_N_ELEMENTS (ends); i++)
    if (g_str_equal (ends[i].format, format))
      return memmem (data + size - tail, tail, ends[i].mark, strlen (ends[i].mark)) != NULL;
  return FALSE;
}

static GBytes *
download (WbEasypost   *self,
          const WbJson *shipment,
          const char   *id,
          const char   *format,
          GCancellable *cancellable,
          GError      **error)
{
  g_autofree char   *url = find_url (self, shipment, id, format, cancellable, error);
  g_autoptr (GBytes) label =
      url != NULL ? wb_http_download (url, WB_EASYPOST_MAX_LABEL, cancellable, error) : NULL;

  if (label == NULL || wb_easypost_label_is_whole (label))
    return g_steal_pointer (&label);
  g_set_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE,
               "What lies at the label's address is no whole label: %" G_GSIZE_FORMAT " bytes, %s",
               g_bytes_get_size (label),
               wb_label_sniff_format (label) != NULL ? "cut off before their end"
                                                     : "neither PDF, PNG nor ZPL");
  return NULL;
}

/**
 * wb_easypost_fetch_label:
 * @format: the format wanted; another comes when the carrier does not offer it
 * @purchase: read before; gets the bytes and what they are. Untouched on failure
 *
 * Downloads the label of the bought @shipment, without credentials: it lies on another host. An
 * empty document, a web page or anything else that is no label is refused. One that came with the
 * reply is taken when it is in @format, or when EasyPost has no other.
 */
gboolean
wb_easypost_fetch_label (WbEasypost   *self,
                         const WbJson *shipment,
                         const char   *format,
                         WbPurchase   *purchase,
                         GCancellable *cancellable,
                         GError      **error)
{
  const char        *wanted = format != NULL ? format : WB_FORMAT_PDF;
  g_autoptr (GBytes) with_reply = wb_easypost_label_file (shipment);
  g_autoptr (GBytes) label = NULL;

  if (with_reply != NULL && (g_str_equal (wb_label_sniff_format (with_reply), wanted) ||
                             wb_easypost_label_url (shipment, NULL) == NULL))
    label = g_steal_pointer (&with_reply);
  else
    label = download (self, shipment, purchase->remote_id, wanted, cancellable, error);
  if (label == NULL)
    return FALSE;
  purchase->format = g_strdup (wb_label_sniff_format (label));
  purchase->label = g_steal_pointer (&label);
  return TRUE;
}
