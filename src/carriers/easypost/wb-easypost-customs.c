/* SPDX-License-Identifier: GPL-3.0-or-later
 * What customs are told, in EasyPost's form: customs_info with its customs_items. */
#include "wb-easypost-private.h"

#include "wb-text.h"

#include <string.h>

/* US export: up to this value of one kind of goods no electronic filing is needed (15
 * CFR 30.37(a)); to Canada never (30.36). */
#define MOST_UNFILED G_GINT64_CONSTANT (250000)
#define UNFILED      "NOEEI 30.37(a)"
#define TO_CANADA    "NOEEI 30.36"

static const struct
{
  const char *ours;
  const char *theirs;
} contents[] = {
  { WB_CONTENTS_MERCHANDISE, "merchandise" }, { WB_CONTENTS_GIFT, "gift" },
  { WB_CONTENTS_SAMPLE, "sample" },           { WB_CONTENTS_RETURN, "returned_goods" },
  { WB_CONTENTS_DOCUMENTS, "documents" },     { WB_CONTENTS_OTHER, "other" },
};

static char *
quoted (const char *text)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), text != NULL ? text : "");

  return wb_json_to_text (node);
}

static const char *
contents_type (const WbCustoms *customs)
{
  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    if (g_strcmp0 (contents[i].ours, customs->contents) == 0)
      return contents[i].theirs;
  return "other";
}

/* A number is written as text: it is exact and must not pass through a floating-point number. */
static gboolean
append_item (GString *text, const WbCustoms *customs, const WbCustomsLine *line, GError **error)
{
  char             weight[WB_MONEY_TEXT_SIZE];
  g_autofree char *description = quoted (line->description), *sku = quoted (line->sku);
  g_autofree char *value = wb_money_to_decimal (wb_money (line->value, customs->currency));

  if (line->hs_code == NULL || line->origin == NULL || wb_text_is_empty (line->description) ||
      line->quantity <= 0)
    {
      g_set_error (
          error, WB_ERROR, WB_ERROR_INVALID,
          "customs line “%s”: tariff number, country of origin, description or quantity is "
          "missing",
          line->description != NULL ? line->description : "");
      return FALSE;
    }
  if (!wb_easypost_ounces_within (line->weight_g, weight, error))
    return FALSE;
  g_string_append_printf (
      text,
      "%s{\"description\":%s,\"quantity\":%" G_GINT64_FORMAT
      ",\"weight\":%s,\"value\":%s,\"currency\":\"%s\",\"hs_tariff_number\":\"%s\","
      "\"origin_country\":\"%s\",\"code\":%s}",
      text->str[text->len - 1] == '[' ? "" : ",", description, line->quantity, weight, value,
      customs->currency, line->hs_code, line->origin, sku);
  return TRUE;
}

/* How the export is cleared without a filing, where it may be. */
static gboolean
choose_filing (const WbParcelAsk *ask, const char **filing, GError **error)
{
  const char *to = wb_record_get_text (ask->to, WB_ADDRESS_COUNTRY);

  *filing = NULL;
  if (g_strcmp0 (wb_record_get_text (ask->from, WB_ORIGIN_COUNTRY), "US") != 0)
    return TRUE;
  *filing = g_strcmp0 (to, "CA") == 0 ? TO_CANADA : UNFILED;
  for (guint i = 0; i < ask->customs->lines->len && g_strcmp0 (to, "CA") != 0; i++)
    {
      const WbCustomsLine *line = ask->customs->lines->pdata[i];

      if (g_strcmp0 (ask->customs->currency, "USD") != 0 || line->value <= MOST_UNFILED)
        continue;
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "“%s” is worth more than 2,500 USD: such an export from the US must be filed "
                   "first (AES). File it and buy this label at the carrier",
                   line->description);
      return FALSE;
    }
  return TRUE;
}

/**
 * wb_easypost_customs_text:
 * @text: (out) (transfer full): the object customs_info; “null” where @ask tells customs nothing
 *
 * %WB_ERROR_INVALID for a line that lacks what EasyPost demands; nothing is padded or made up.
 */
gboolean
wb_easypost_customs_text (const WbParcelAsk *ask, char **text, GError **error)
{
  const WbCustoms    *customs = ask->customs;
  g_autoptr (GString) items = g_string_new ("[");
  g_autofree char    *signer = NULL;
  const char         *filing = NULL;

  if (customs == NULL)
    {
      *text = g_strdup ("null");
      return TRUE;
    }
  if (wb_text_is_empty (customs->signer) || customs->lines->len == 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "A customs declaration needs a signer and at least one line");
      return FALSE;
    }
  for (guint i = 0; i < customs->lines->len; i++)
    if (!append_item (items, customs, customs->lines->pdata[i], error))
      return FALSE;
  if (!choose_filing (ask, &filing, error))
    return FALSE;
  signer = quoted (customs->signer);
  *text = g_strdup_printf (
      "{\"contents_type\":\"%s\",\"customs_certify\":true,\"customs_signer\":%s,%s%s%s"
      "\"non_delivery_option\":\"return\",\"restriction_type\":\"none\",\"customs_items\":%s]}",
      contents_type (customs), signer, filing != NULL ? "\"eel_pfc\":\"" : "",
      filing != NULL ? filing : "", filing != NULL ? "\"," : "", items->str);
  return TRUE;
}
