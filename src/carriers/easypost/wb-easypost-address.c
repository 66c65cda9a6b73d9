/* SPDX-License-Identifier: GPL-3.0-or-later
 * Addresses at EasyPost: how they are written, and what its verification says of one. */
#include "wb-easypost-private.h"

#include "wb-text.h"

#include <string.h>

typedef struct
{
  const char *name; /* EasyPost's */
  guint       address;
  int         origin; /* -1: an origin has none */
} AddressField;

static const AddressField fields[] = {
  { "name", WB_ADDRESS_NAME, WB_ORIGIN_NAME },
  { "company", WB_ADDRESS_COMPANY, WB_ORIGIN_COMPANY },
  { "street1", WB_ADDRESS_STREET1, WB_ORIGIN_STREET1 },
  { "street2", WB_ADDRESS_STREET2, WB_ORIGIN_STREET2 },
  { "city", WB_ADDRESS_CITY, WB_ORIGIN_CITY },
  { "state", WB_ADDRESS_REGION, WB_ORIGIN_REGION },
  { "zip", WB_ADDRESS_POSTCODE, WB_ORIGIN_POSTCODE },
  { "country", WB_ADDRESS_COUNTRY, WB_ORIGIN_COUNTRY },
  { "phone", WB_ADDRESS_PHONE, WB_ORIGIN_PHONE },
  { "email", WB_ADDRESS_EMAIL, WB_ORIGIN_EMAIL },
};

/* What a verification may rewrite; names and contact data stay as the buyer wrote them. */
static const guint placed[] = { 2, 3, 4, 5, 6, 7 };

static void
add_text (JsonObject *object, const char *name, const char *value)
{
  if (!wb_text_is_empty (value))
    json_object_set_string_member (object, name, value);
}

static JsonNode *
take_object (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

/** wb_easypost_address_to_json: Returns: (transfer full): @address in EasyPost's words; what is
 * empty is left out. */
JsonNode *
wb_easypost_address_to_json (WbAddress *address)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    add_text (object, fields[i].name, wb_record_get_text (address, fields[i].address));
  return take_object (object);
}

/**
 * wb_easypost_origin_to_json:
 * Returns: (transfer full): @origin as a sender. Its own name (“Main store”) is for us: it goes out
 * only when there is no company to name.
 */
JsonNode *
wb_easypost_origin_to_json (WbOrigin *origin)
{
  JsonObject *object = json_object_new ();
  gboolean    has_company = !wb_text_is_empty (wb_record_get_text (origin, WB_ORIGIN_COMPANY));

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i].origin != WB_ORIGIN_NAME || !has_company)
      add_text (object, fields[i].name, wb_record_get_text (origin, (guint) fields[i].origin));
  return take_object (object);
}

static gboolean
same_words (const char *a, const char *b)
{
  g_autofree char *line_a = wb_text_one_line (a != NULL ? a : "");
  g_autofree char *line_b = wb_text_one_line (b != NULL ? b : "");
  g_autofree char *fold_a = g_utf8_casefold (line_a, -1);
  g_autofree char *fold_b = g_utf8_casefold (line_b, -1);

  return g_str_equal (fold_a, fold_b);
}

/* 90277 and 90277-2506 name the same place: ZIP+4 only sorts finer. */
static gboolean
same_zip (const char *asked, const char *told)
{
  if (asked != NULL && told != NULL && strlen (asked) == 5 && strlen (told) == 10 &&
      told[5] == '-' && strncmp (asked, told, 5) == 0)
    return TRUE;
  return same_words (asked, told);
}

static gboolean
is_same_place (WbAddress *asked, const WbJson *told)
{
  for (guint i = 0; i < G_N_ELEMENTS (placed); i++)
    {
      const AddressField *field = &fields[placed[i]];
      const char         *ours = wb_record_get_text (asked, field->address);
      const char         *theirs = wb_json_opt_string (told, field->name);

      if (field->address == WB_ADDRESS_POSTCODE ? !same_zip (ours, theirs)
                                                : !same_words (ours, theirs))
        return FALSE;
    }
  return TRUE;
}

static WbAddress *
suggest (WbAddress *asked, const WbJson *told)
{
  WbAddress *suggestion = wb_record_copy (asked);

  for (guint i = 0; i < G_N_ELEMENTS (placed); i++)
    wb_record_set_text (suggestion, fields[placed[i]].address,
                        wb_json_opt_string (told, fields[placed[i]].name));
  return suggestion;
}

/* What the checks “delivery” and “zip4” complain of, each sentence once. */
static char *
complaints (const WbJson *verifications)
{
  static const char *const checks[] = { "delivery", "zip4" };
  g_autoptr (GString)      text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      WbJson check = wb_json_member (verifications, checks[i]);
      WbJson errors;
      guint  n;

      if (!wb_json_array (&check, "errors", &errors, &n, NULL))
        continue;
      for (guint e = 0; e < n; e++)
        {
          WbJson      one = wb_json_element (&errors, e);
          const char *message = wb_json_opt_string (&one, "message");

          if (message != NULL && strstr (text->str, message) == NULL)
            g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", message);
        }
    }
  return text->len > 0 ? wb_text_one_line (text->str) : NULL;
}

/**
 * wb_easypost_read_verification:
 * @at: the Address in the reply
 * @asked: what was asked; compared with what came back
 *
 * “success” alone is not trusted: with another verifier EasyPost says success beside the error that
 * the address was not found (recorded). Good is a delivery check that succeeded with nothing to
 * complain of; only a differing case or a ZIP+4 is no correction. Outputs untouched on failure.
 */
gboolean
wb_easypost_read_verification (const WbJson     *at,
                               WbAddress        *asked,
                               WbAddressVerdict *verdict,
                               WbAddress       **suggestion,
                               char            **remark,
                               GError          **error)
{
  WbJson           verifications = wb_json_member (at, "verifications");
  WbJson           delivery = wb_json_member (&verifications, "delivery");
  g_autofree char *words = complaints (&verifications);
  gboolean         found = wb_json_bool (&delivery, "success", FALSE);
  gboolean         sure = found && words == NULL;
  gboolean         same;

  if (wb_json_string (at, "street1", error) == NULL)
    return FALSE;
  same = is_same_place (asked, at);
  *verdict = !sure ? WB_ADDRESS_DOUBTFUL : same ? WB_ADDRESS_GOOD : WB_ADDRESS_CORRECTED;
  *suggestion = same || !found ? NULL : suggest (asked, at);
  *remark = words != NULL || sure ? g_steal_pointer (&words)
                                  : g_strdup ("EasyPost could not verify this address");
  return TRUE;
}

static char *
verify_body (WbAddress *address)
{
  g_autoptr (JsonNode) node = wb_easypost_address_to_json (address);
  g_autofree char     *text = wb_json_to_text (node);

  return g_strdup_printf ("{\"verify\":true,\"address\":%s}", text);
}

/* An error that only says that the address is not known: an answer, not a failure. */
static gboolean
is_doubt (const WbHttpResponse *response)
{
  g_autofree char *code = wb_easypost_dup_error_code (response);

  return g_strcmp0 (code, "ADDRESS.VERIFY.FAILURE") == 0;
}

/** wb_easypost_verify_address: wb_carrier_verify_address(). Leaves an Address object at EasyPost;
 * that costs and moves nothing. */
gboolean
wb_easypost_verify_address (WbCarrier        *carrier,
                            WbAddress        *address,
                            WbAddressVerdict *verdict,
                            WbAddress       **suggestion,
                            char            **remark,
                            GCancellable     *cancellable,
                            GError          **error)
{
  WbEasypost                *self = WB_EASYPOST (carrier);
  g_autoptr (WbHttpRequest)  request = wb_http_request_new ("POST", "/addresses");
  g_autofree char           *text = verify_body (address);
  g_autoptr (GBytes)         body = g_bytes_new (text, strlen (text));
  g_autoptr (WbHttpResponse) response = NULL;
  g_autoptr (JsonNode)       root = NULL;
  g_autoptr (GError)         local = NULL;
  WbJson                     at;

  wb_http_request_set_body (request, body, "application/json");
  wb_http_request_set_effect (request, FALSE);
  if ((response = wb_http_send (self->http, request, cancellable, error)) == NULL)
    return FALSE;
  if (!wb_easypost_check (response, &local))
    {
      if (!is_doubt (response))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      *verdict = WB_ADDRESS_DOUBTFUL;
      *suggestion = NULL;
      *remark = g_strdup (local->message);
      return TRUE;
    }
  if ((root = wb_http_response_json (response, error)) == NULL)
    return FALSE;
  at = wb_json_root (root, "address");
  return wb_easypost_read_verification (&at, address, verdict, suggestion, remark, error);
}
