/* SPDX-License-Identifier: GPL-3.0-or-later
 * What came back: headers, JSON, and what a status means for the one who asked. */
#include "wb-http-private.h"

#include <string.h>

#include "wb-json.h"
#include "wb-text.h"

#define MAX_MESSAGE  300         /* characters of a vendor's message that are shown */
#define MAX_PAGE     (16 * 1024) /* bytes of a web page that are searched for its title */
#define MAX_SEARCHED 4096        /* bytes of it that are looked at */

/** wb_http_response_free: Frees @response; %NULL is fine. */
void
wb_http_response_free (WbHttpResponse *response)
{
  if (response == NULL)
    return;
  g_free (response->name);
  g_free (response->url);
  g_clear_pointer (&response->headers, soup_message_headers_unref);
  g_clear_pointer (&response->body, g_bytes_unref);
  g_free (response);
}

/** wb_http_response_get_status: Returns: the HTTP status, 100 to 599. */
guint
wb_http_response_get_status (const WbHttpResponse *response)
{
  return response->status;
}

/** wb_http_response_is_success: whether the status is 2xx. */
gboolean
wb_http_response_is_success (const WbHttpResponse *response)
{
  return response->status >= 200 && response->status < 300;
}

/** wb_http_response_get_header: Returns: (nullable): the value, repeated headers joined by “, ”;
 * upper and lower case are one. */
const char *
wb_http_response_get_header (const WbHttpResponse *response, const char *name)
{
  return soup_message_headers_get_list (response->headers, name);
}

/** wb_http_response_get_header_int: Returns: the header as a whole number, or @absent when it is
 * missing or no number. */
gint64
wb_http_response_get_header_int (const WbHttpResponse *response, const char *name, gint64 absent)
{
  const char *text = wb_http_response_get_header (response, name);
  gint64      value;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &value, NULL))
    return absent;
  return value;
}

/** wb_http_response_get_body: Returns: (transfer none): never %NULL, maybe empty. */
GBytes *
wb_http_response_get_body (const WbHttpResponse *response)
{
  return response->body;
}

/** wb_http_response_get_url: Returns: the address that answered, after redirects, without secrets.
 */
const char *
wb_http_response_get_url (const WbHttpResponse *response)
{
  return response->url;
}

/**
 * wb_http_response_maybe_repeated:
 * Whether an earlier try of this request (with an idempotency key) was sent and got no answer.
 */
gboolean
wb_http_response_maybe_repeated (const WbHttpResponse *response)
{
  return response->maybe_repeated;
}

/* Where the text begins: behind a byte order mark and white space. */
static const char *
body_text (const WbHttpResponse *response, gsize *size)
{
  const char *text = g_bytes_get_data (response->body, size);

  if (text == NULL)
    return "";
  if (*size >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    {
      text += 3;
      *size -= 3;
    }
  while (*size > 0 && g_ascii_isspace (*text))
    {
      text++;
      *size -= 1;
    }
  return text;
}

/** wb_http_response_is_html: whether a web page came back (a maintenance page, a log-in form, a PHP
 * warning), whatever its type says. */
gboolean
wb_http_response_is_html (const WbHttpResponse *response)
{
  const char *type = soup_message_headers_get_content_type (response->headers, NULL);
  gsize       size;
  const char *text = body_text (response, &size);

  if (size == 0)
    return FALSE;
  return *text == '<' || (g_strcmp0 (type, "text/html") == 0 && *text != '{' && *text != '[');
}

/* ---- Retry-After ---- */

/**
 * wb_http_response_get_retry_after:
 * Returns: the seconds the other side asks to wait (RFC 9110, 10.2.3: seconds or a date), never
 * negative; -1 when it does not ask.
 */
gint64
wb_http_response_get_retry_after (const WbHttpResponse *response)
{
  const char           *text = wb_http_response_get_header (response, "Retry-After");
  g_autoptr (GDateTime) date = NULL;
  guint64               seconds;

  if (text == NULL)
    return -1;
  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT32, &seconds, NULL))
    return (gint64) seconds;
  date = soup_date_time_new_from_http_string (text);
  return date != NULL ? MAX (0, g_date_time_to_unix (date) - wb_now ()) : -1;
}

/**
 * wb_http_response_get_date:
 * Returns: the other side's clock by its `Date` header, in seconds since 1970; 0 when it does not
 * tell. The difference to wb_now() is what wb_http_set_clock_offset() wants.
 */
gint64
wb_http_response_get_date (const WbHttpResponse *response)
{
  const char           *text = wb_http_response_get_header (response, "Date");
  g_autoptr (GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;

  return date != NULL ? g_date_time_to_unix (date) : 0;
}

/* ---- what the other side says in words ---- */

static char *
between (const char *text, const char *tag)
{
  g_autofree char   *expression = g_strdup_printf ("<%s\\b[^>]*>(.*?)</%s>", tag, tag);
  g_autoptr (GRegex) regex =
      g_regex_new (expression, G_REGEX_RAW | G_REGEX_CASELESS | G_REGEX_DOTALL, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  return g_regex_match (regex, text, 0, &match) ? g_match_info_fetch (match, 1) : NULL;
}

static char *
without_tags (const char *html)
{
  static const struct
  {
    const char *entity;
    const char *plain;
  } entities[] = {
    { "&nbsp;", " " },        { "&#160;", " " },       { "&lt;", "<" },
    { "&gt;", ">" },          { "&quot;", "\"" },      { "&#039;", "'" },
    { "&#39;", "'" },         { "&rsquo;", "\u2019" }, { "&#8217;", "\u2019" },
    { "&rsaquo;", "\u203a" }, { "&#8250;", "\u203a" }, { "&amp;", "&" },
  };
  g_autoptr (GRegex)  tags = g_regex_new ("<(script|style|head)\\b.*?</\\1>|<!--.*?-->|<[^>]*>",
                                          G_REGEX_RAW | G_REGEX_CASELESS | G_REGEX_DOTALL, 0, NULL);
  g_autofree char    *bare = g_regex_replace_literal (tags, html, -1, 0, " ", 0, NULL);
  g_autoptr (GString) text = g_string_new (bare != NULL ? bare : "");

  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    g_string_replace (text, entities[i].entity, entities[i].plain, 0);
  return wb_text_one_line (text->str);
}

/* One line that may be shown. Of a huge text only the beginning is looked at, and what a cut might
 * have split is left out. */
static char *
shorten (const char *text)
{
  gsize            length = strlen (text);
  g_autofree char *start = g_strndup (text, MIN (length, MAX_SEARCHED));
  g_autofree char *clean = wb_redact_text (start);
  g_autofree char *line = wb_text_one_line (clean);
  glong            shown = g_utf8_strlen (line, -1);

  if (length > MAX_SEARCHED)
    shown -= MIN (shown, MAX_SEARCHED / 2);
  else if (shown <= MAX_MESSAGE)
    return g_steal_pointer (&line);
  *g_utf8_offset_to_pointer (line, MIN (shown, MAX_MESSAGE)) = '\0';
  return g_strconcat (line, "…", NULL);
}

/* The title of a page, else its first heading, else how its text begins. */
static char *
page_words (const char *html)
{
  static const char *const tags[] = { "title", "h1", "h2", "p" };
  g_autofree char         *all = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      g_autofree char *inner = between (html, tags[i]);
      g_autofree char *plain = inner != NULL ? without_tags (inner) : NULL;

      if (!wb_text_is_empty (plain))
        return shorten (plain);
    }
  all = without_tags (html);
  return shorten (all);
}

static const char *
member_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

/* {"error":{"message":…}} (Stripe, EasyPost), {"message":…} (WordPress), {"error":"…"}; with its
 * code in brackets. */
static char *
json_words (JsonNode *root)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode   *inner = object != NULL ? json_object_get_member (object, "error") : NULL;
  const char *message;
  const char *code;

  if (object == NULL)
    return NULL;
  if (inner != NULL && JSON_NODE_HOLDS_OBJECT (inner))
    object = json_node_get_object (inner);
  message = member_text (object, "message");
  if (message == NULL)
    message = member_text (object, "error_description");
  if (message == NULL)
    message = member_text (object, "error");
  code = member_text (object, "code");
  if (message == NULL || code == NULL)
    return g_strdup (message != NULL ? message : code);
  return g_strdup_printf ("%s (%s)", message, code);
}

/**
 * wb_http_response_dup_message:
 * Returns: (transfer full) (nullable): in one line, what the other side says went wrong: the
 * message of a JSON error as the common vendors write it, or the title of a web page. Secrets
 * removed.
 */
char *
wb_http_response_dup_message (const WbHttpResponse *response)
{
  gsize                size;
  const char          *text = body_text (response, &size);
  g_autofree char     *words = NULL;
  g_autoptr (JsonNode) root = NULL;

  if (size == 0)
    return NULL;
  if (wb_http_response_is_html (response))
    {
      g_autofree char *html = g_strndup (text, MIN (size, MAX_PAGE));

      words = page_words (html);
      return wb_text_is_empty (words) ? NULL : g_steal_pointer (&words);
    }
  root = wb_json_parse (text, (gssize) size, "the reply", NULL);
  words = root != NULL ? json_words (root) : NULL;
  return words != NULL ? shorten (words) : NULL;
}

/* ---- what it means ---- */

/* What the caller may do about @status. */
static WbError
code_of_status (const WbHttpResponse *response)
{
  static const struct
  {
    guint   status;
    WbError safe;
    WbError effect;
    WbError after_unsure; /* an earlier try may have acted: does this answer tell its outcome? */
  } table[] = {
    { 301, WB_ERROR_INVALID, WB_ERROR_INVALID, WB_ERROR_UNSURE },
    { 307, WB_ERROR_INVALID, WB_ERROR_INVALID, WB_ERROR_UNSURE },
    { 308, WB_ERROR_INVALID, WB_ERROR_INVALID, WB_ERROR_UNSURE },
    { 400, WB_ERROR_INVALID, WB_ERROR_INVALID, WB_ERROR_INVALID },
    { 401, WB_ERROR_AUTH, WB_ERROR_AUTH, WB_ERROR_UNSURE },
    { 402, WB_ERROR_DECLINED, WB_ERROR_DECLINED, WB_ERROR_DECLINED },
    { 403, WB_ERROR_AUTH, WB_ERROR_AUTH, WB_ERROR_UNSURE },
    { 404, WB_ERROR_NOT_FOUND, WB_ERROR_NOT_FOUND, WB_ERROR_NOT_FOUND },
    { 408, WB_ERROR_UNAVAILABLE, WB_ERROR_UNSURE, WB_ERROR_UNSURE },
    { 409, WB_ERROR_CONFLICT, WB_ERROR_CONFLICT, WB_ERROR_UNSURE },
    { 410, WB_ERROR_NOT_FOUND, WB_ERROR_NOT_FOUND, WB_ERROR_NOT_FOUND },
    { 422, WB_ERROR_INVALID, WB_ERROR_INVALID, WB_ERROR_INVALID },
    { 425, WB_ERROR_UNAVAILABLE, WB_ERROR_UNAVAILABLE, WB_ERROR_UNSURE },
    { 429, WB_ERROR_UNAVAILABLE, WB_ERROR_UNAVAILABLE, WB_ERROR_UNSURE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (table[i].status == response->status)
      return response->maybe_repeated ? table[i].after_unsure
             : response->effect       ? table[i].effect
                                      : table[i].safe;
  if (response->status >= 400 && response->status < 500)
    return WB_ERROR_REFUSED;
  /* A 5xx, a 302 or 303 that was not followed, anything odd: it may have acted. */
  return response->effect ? WB_ERROR_UNSURE : WB_ERROR_UNAVAILABLE;
}

static char *
advice (const WbHttpResponse *response, WbError code)
{
  gint64 wait = wb_http_response_get_retry_after (response);

  if (code == WB_ERROR_UNSURE)
    return g_strdup (". Whether it took effect is not known");
  if (code == WB_ERROR_UNAVAILABLE && wait > 0)
    {
      g_autofree char *when = wb_instant_to_iso (wb_now () + wait);

      return g_strdup_printf (". It asks to wait %" G_GINT64_FORMAT " s, until %s", wait, when);
    }
  return g_strdup ("");
}

/**
 * wb_http_check:
 * Returns: %TRUE for 2xx. Else an error by status: 401 and 403 %WB_ERROR_AUTH; 404 and 410
 * %WB_ERROR_NOT_FOUND; 409 %WB_ERROR_CONFLICT; 402 %WB_ERROR_DECLINED; 400 and 422
 * %WB_ERROR_INVALID; 425 and 429 %WB_ERROR_UNAVAILABLE; other 4xx %WB_ERROR_REFUSED; 408 and 5xx
 * %WB_ERROR_UNAVAILABLE when the request has no effect, else %WB_ERROR_UNSURE. When an earlier try
 * of the same request got no answer, only an answer that tells its outcome is taken as final.
 */
gboolean
wb_http_check (const WbHttpResponse *response, GError **error)
{
  WbError          code;
  g_autofree char *words = NULL;
  g_autofree char *more = NULL;
  gboolean         page;

  if (wb_http_response_is_success (response))
    return TRUE;
  code = code_of_status (response);
  words = wb_http_response_dup_message (response);
  more = advice (response, code);
  page = wb_http_response_is_html (response);
  g_set_error (error, WB_ERROR, code, "%s answered %s HTTP %u%s%s%s", response->name,
               page ? "with a web page:" : "with", response->status, words != NULL ? ": " : "",
               words != NULL ? words : "", more);
  return FALSE;
}

static JsonNode *
fail_unreadable (const WbHttpResponse *response, const char *why, GError **error)
{
  g_autofree char *clean = wb_redact_text (why);

  g_set_error (error, WB_ERROR, response->effect ? WB_ERROR_UNSURE : WB_ERROR_UNAVAILABLE,
               "%s answered HTTP %u, but %s%s", response->name, response->status, clean,
               response->effect ? ". Whether it took effect is not known" : "");
  return NULL;
}

/**
 * wb_http_response_json:
 * Returns: (transfer full): the root of the body, bounded in depth and size. When a web page came,
 * or JSON that is cut or broken: %WB_ERROR_UNAVAILABLE, or %WB_ERROR_UNSURE when the request has an
 * effect.
 */
JsonNode *
wb_http_response_json (const WbHttpResponse *response, GError **error)
{
  gsize                size;
  const char          *text = body_text (response, &size);
  g_autoptr (GError)   local = NULL;
  g_autoptr (JsonNode) root = NULL;

  if (size == 0)
    return fail_unreadable (response, "its answer is empty", error);
  if (wb_http_response_is_html (response))
    {
      g_autofree char *words = wb_http_response_dup_message (response);
      g_autofree char *why = g_strdup_printf ("with a web page instead of data: %s",
                                              words != NULL ? words : "no text");

      return fail_unreadable (response, why, error);
    }
  root = wb_json_parse (text, (gssize) size, "the answer", &local);
  if (root == NULL)
    return fail_unreadable (response, local->message, error);
  return g_steal_pointer (&root);
}

/* ---- pages ---- */

/**
 * wb_http_link_find:
 * @link_header: (nullable): the value of `Link` (RFC 8288): `<url>; rel="next", <url>; rel="prev"`
 *
 * Returns: (transfer full) (nullable): the address with that @rel.
 */
char *
wb_http_link_find (const char *link_header, const char *rel)
{
  for (const char *p = link_header; p != NULL && (p = strchr (p, '<')) != NULL;)
    {
      const char            *end = strchr (p, '>');
      const char            *next = end != NULL ? strchr (end, '<') : NULL;
      g_autofree char       *parameters = NULL;
      g_autoptr (GHashTable) table = NULL;
      g_auto (GStrv)         rels = NULL;

      if (end == NULL)
        return NULL;
      parameters =
          next != NULL ? g_strndup (end + 1, (gsize) (next - end - 1)) : g_strdup (end + 1);
      g_strchug (g_strchomp (parameters));
      if (g_str_has_suffix (parameters, ","))
        parameters[strlen (parameters) - 1] = '\0';
      if (*parameters == ';')
        table = soup_header_parse_semi_param_list (parameters + 1);
      if (table != NULL && g_hash_table_lookup (table, "rel") != NULL)
        rels = g_strsplit (g_hash_table_lookup (table, "rel"), " ", -1);
      if (rels != NULL && g_strv_contains ((const char *const *) rels, rel))
        return g_strndup (p + 1, (gsize) (end - p - 1));
      p = end;
    }
  return NULL;
}

/** wb_http_response_next_url: Returns: (transfer full) (nullable): the next page by the `Link`
 * header. */
char *
wb_http_response_next_url (const WbHttpResponse *response)
{
  return wb_http_link_find (wb_http_response_get_header (response, "Link"), "next");
}

/**
 * wb_http_response_total_pages:
 * Returns: `X-WP-TotalPages`, -1 when absent. Of an empty page it means nothing: WooCommerce 11
 * then says 0.
 */
gint64
wb_http_response_total_pages (const WbHttpResponse *response)
{
  return wb_http_response_get_header_int (response, "X-WP-TotalPages", -1);
}
