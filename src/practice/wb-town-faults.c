/* SPDX-License-Identifier: GPL-3.0-or-later
 * Misbehaviour on demand: which request meets which fault, and what the caller then gets to see. */
#include "wb-town-faults.h"

#include "wb-json.h"

#include <string.h>

typedef struct
{
  guint       number;
  char       *service; /* NULL: any */
  char       *method;  /* NULL: any */
  GRegex     *path;    /* NULL: any; seen with the query */
  WbTownFault kind;
  gint64      after; /* matching requests let through first */
  gint64      times; /* how often it strikes; -1: for ever */
  gint64      ms;
  gint64      struck;
} Fault;

struct _WbTownFaults
{
  GPtrArray *faults;
  guint      count;
};

static const char *const names[] = {
  [WB_TOWN_FAULT_NONE] = "none",
  [WB_TOWN_FAULT_DELAY] = "delay",
  [WB_TOWN_FAULT_LATE] = "late",
  [WB_TOWN_FAULT_429] = "429",
  [WB_TOWN_FAULT_500_BEFORE] = "500-before",
  [WB_TOWN_FAULT_500_AFTER] = "500-after",
  [WB_TOWN_FAULT_502_HTML] = "502-html",
  [WB_TOWN_FAULT_503_HTML] = "503-html",
  [WB_TOWN_FAULT_HTML] = "html",
  [WB_TOWN_FAULT_CUT_BEFORE] = "cut-before",
  [WB_TOWN_FAULT_CUT_AFTER] = "cut-after",
  [WB_TOWN_FAULT_CUT_MID] = "cut-mid",
  [WB_TOWN_FAULT_TRUNCATED] = "truncated",
  [WB_TOWN_FAULT_DUPLICATE_ROWS] = "duplicate-rows",
  [WB_TOWN_FAULT_REORDER_ROWS] = "reorder-rows",
};

static void
fault_free (gpointer data)
{
  Fault *fault = data;

  g_free (fault->service);
  g_free (fault->method);
  g_clear_pointer (&fault->path, g_regex_unref);
  g_free (fault);
}

/** wb_town_faults_new: Returns: (transfer full): no faults yet. */
WbTownFaults *
wb_town_faults_new (void)
{
  WbTownFaults *self = g_new0 (WbTownFaults, 1);

  self->faults = g_ptr_array_new_with_free_func (fault_free);
  return self;
}

/** wb_town_faults_free: frees @self. */
void
wb_town_faults_free (WbTownFaults *self)
{
  g_ptr_array_unref (self->faults);
  g_free (self);
}

/** wb_town_faults_clear: the town behaves again. */
void
wb_town_faults_clear (WbTownFaults *self)
{
  g_ptr_array_set_size (self->faults, 0);
}

/** wb_town_fault_name: Returns: the word of the control API for @kind. */
const char *
wb_town_fault_name (WbTownFault kind)
{
  return names[kind];
}

/** wb_town_fault_from_name: Returns: the kind called @name, or %WB_TOWN_FAULT_NONE. */
WbTownFault
wb_town_fault_from_name (const char *name)
{
  for (guint i = 1; name != NULL && i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i], name) == 0)
      return (WbTownFault) i;
  return WB_TOWN_FAULT_NONE;
}

/* Reads one fault; the outputs of a bad one are freed by the caller's cleanup. */
static gboolean
fault_read (const WbJson *at, Fault *fault, GError **error)
{
  WbJson      match = wb_json_member (at, "match");
  const char *kind = wb_json_string (at, "kind", error);
  const char *path = wb_json_opt_string (&match, "path");

  if (kind == NULL)
    return FALSE;
  fault->kind = wb_town_fault_from_name (kind);
  if (fault->kind == WB_TOWN_FAULT_NONE)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "There is no fault called “%s”.", kind);
      return FALSE;
    }
  if (path == NULL)
    path = wb_json_opt_string (&match, "path-regex");
  fault->service = g_strdup (wb_json_opt_string (&match, "service"));
  fault->method = g_strdup (wb_json_opt_string (&match, "method"));
  if (path != NULL && (fault->path = g_regex_new (path, G_REGEX_OPTIMIZE, 0, error)) == NULL)
    {
      wb_error_convert (error);
      return FALSE;
    }
  return wb_json_opt_int (at, "after", 0, &fault->after, error) &&
         wb_json_opt_int (at, "times", 1, &fault->times, error) &&
         wb_json_opt_int (at, "ms", 1000, &fault->ms, error);
}

/**
 * wb_town_faults_add:
 * @json: a fault, or an array of them: {match: {service, method, path}, kind, after, times, ms}
 * @error: %WB_ERROR_INVALID; then no fault is added
 */
gboolean
wb_town_faults_add (WbTownFaults *self, JsonNode *json, GError **error)
{
  WbJson                root = wb_json_root (json, "faults");
  gboolean              many = wb_json_is_array (&root);
  guint                 n = many ? json_array_get_length (json_node_get_array (json)) : 1;
  g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func (fault_free);

  for (guint i = 0; i < n; i++)
    {
      WbJson at = many ? wb_json_element (&root, i) : root;
      Fault *fault = g_new0 (Fault, 1);

      g_ptr_array_add (added, fault);
      if (!fault_read (&at, fault, error))
        return FALSE;
    }
  for (guint i = 0; i < n; i++)
    ((Fault *) g_ptr_array_index (added, i))->number = ++self->count;
  g_ptr_array_extend_and_steal (self->faults, g_steal_pointer (&added));
  return TRUE;
}

/** wb_town_faults_list: writes all faults, with how often each has struck. */
void
wb_town_faults_list (WbTownFaults *self, WbTownOut *out)
{
  wb_town_out_begin_array (out, NULL);
  for (guint i = 0; i < self->faults->len; i++)
    {
      const Fault *fault = g_ptr_array_index (self->faults, i);

      wb_town_out_begin_object (out, NULL);
      wb_town_out_int (out, "number", fault->number);
      wb_town_out_string (out, "kind", names[fault->kind]);
      wb_town_out_string (out, "service", fault->service);
      wb_town_out_string (out, "method", fault->method);
      wb_town_out_string (out, "path",
                          fault->path != NULL ? g_regex_get_pattern (fault->path) : NULL);
      wb_town_out_int (out, "after", fault->after);
      wb_town_out_int (out, "times", fault->times);
      wb_town_out_int (out, "ms", fault->ms);
      wb_town_out_int (out, "struck", fault->struck);
      wb_town_out_end_object (out);
    }
  wb_town_out_end_array (out);
}

static gboolean
fault_matches (const Fault *fault, const WbTownRequest *request)
{
  g_autofree char *whole = NULL;

  if (fault->times == 0 ||
      (fault->service != NULL && strcmp (fault->service, request->service) != 0))
    return FALSE;
  if (fault->method != NULL && strcmp (fault->method, request->method) != 0)
    return FALSE;
  if (fault->path == NULL)
    return TRUE;
  whole =
      g_strconcat (request->path, *request->raw_query != '\0' ? "?" : "", request->raw_query, NULL);
  return g_regex_match (fault->path, whole, 0, NULL);
}

/**
 * wb_town_faults_take:
 * @delay_ms: (out): how long to wait before anything else; 0 for not at all
 *
 * Uses up the first fault that strikes this request; delays add to it.
 */
WbTownFault
wb_town_faults_take (WbTownFaults *self, const WbTownRequest *request, guint *delay_ms)
{
  WbTownFault taken = WB_TOWN_FAULT_NONE;

  *delay_ms = 0;
  if (strcmp (request->service, "town") == 0)
    return WB_TOWN_FAULT_NONE;
  for (guint i = 0; i < self->faults->len; i++)
    {
      Fault *fault = g_ptr_array_index (self->faults, i);

      if (!fault_matches (fault, request) ||
          (fault->kind != WB_TOWN_FAULT_DELAY && taken != WB_TOWN_FAULT_NONE))
        continue;
      if (fault->after > 0)
        {
          fault->after--;
          continue;
        }
      if (fault->times > 0)
        fault->times--;
      fault->struck++;
      if (fault->kind == WB_TOWN_FAULT_DELAY)
        *delay_ms += (guint) fault->ms;
      else
        taken = fault->kind;
    }
  return taken;
}

/** wb_town_fault_skips_effect: whether the request is not carried out at all. */
gboolean
wb_town_fault_skips_effect (WbTownFault kind)
{
  return kind == WB_TOWN_FAULT_429 || kind == WB_TOWN_FAULT_500_BEFORE ||
         kind == WB_TOWN_FAULT_502_HTML || kind == WB_TOWN_FAULT_503_HTML ||
         kind == WB_TOWN_FAULT_HTML || kind == WB_TOWN_FAULT_CUT_BEFORE;
}

static void
put_html (WbTownReply *reply, guint status, const char *html)
{
  wb_town_reply_reset (reply);
  reply->status = status;
  reply->content_type = "text/html; charset=UTF-8";
  reply->bytes = g_bytes_new (html, strlen (html));
}

/* PayPal's own form of an error of its own. */
static void
put_paypal (WbTownReply *reply, guint status, const char *name, const char *message)
{
  wb_town_reply_reset (reply);
  reply->status = status;
  wb_town_out_begin_object (reply->out, NULL);
  wb_town_out_string (reply->out, "name", name);
  wb_town_out_string (reply->out, "message", message);
  wb_town_out_string (reply->out, "debug_id", "90957fca61718");
  wb_town_out_end_object (reply->out);
}

static void
put_too_many (const WbTownRequest *request, WbTownReply *reply)
{
  gboolean stripe = strcmp (request->service, "stripe") == 0;

  if (strcmp (request->service, "paypal") == 0)
    {
      put_paypal (reply, 429, "RATE_LIMIT_REACHED", "Too many requests.");
      wb_town_reply_header (reply, "Retry-After", "1");
      return;
    }
  wb_town_reply_reset (reply);
  reply->status = 429;
  wb_town_reply_header (reply, "Retry-After", "1");
  wb_town_out_begin_object (reply->out, NULL);
  if (strcmp (request->service, "shop") == 0)
    {
      wb_town_out_string (reply->out, "code", "too_many_requests");
      wb_town_out_string (reply->out, "message", "Too many requests.");
    }
  else
    {
      wb_town_out_begin_object (reply->out, "error");
      wb_town_out_string (reply->out, "code", stripe ? "rate_limit" : "RATE_LIMITED");
      wb_town_out_string (reply->out, "message",
                          "Too many requests in a short time. Practise patience.");
      if (stripe)
        wb_town_out_string (reply->out, "type", "invalid_request_error");
      else
        {
          wb_town_out_begin_array (reply->out, "errors");
          wb_town_out_end_array (reply->out);
        }
      wb_town_out_end_object (reply->out);
    }
  wb_town_out_end_object (reply->out);
}

static void
put_broken (const WbTownRequest *request, WbTownReply *reply)
{
  if (strcmp (request->service, "shop") == 0)
    {
      put_html (reply, 500,
                "<!DOCTYPE html><html><head><title>Database Error</title></head>"
                "<body><h1>Error establishing a database connection</h1></body></html>");
      return;
    }
  if (strcmp (request->service, "paypal") == 0)
    {
      put_paypal (reply, 500, "INTERNAL_SERVER_ERROR", "An internal server error has occurred.");
      return;
    }
  wb_town_reply_reset (reply);
  reply->status = 500;
  wb_town_out_begin_object (reply->out, NULL);
  wb_town_out_begin_object (reply->out, "error");
  if (strcmp (request->service, "stripe") == 0)
    {
      wb_town_out_string (reply->out, "message", "An unknown error occurred");
      wb_town_out_string (reply->out, "type", "api_error");
    }
  else
    {
      wb_town_out_string (reply->out, "code", "INTERNAL_SERVER_ERROR");
      wb_town_out_string (reply->out, "message",
                          "We are sorry, something went wrong in the practice town.");
      wb_town_out_begin_array (reply->out, "errors");
      wb_town_out_end_array (reply->out);
    }
  wb_town_out_end_object (reply->out);
  wb_town_out_end_object (reply->out);
}

/* The list in a vendor's reply that is an object around it. */
static JsonArray *
list_of (JsonObject *object)
{
  static const char *const members[] = { "data", "shipments", "trackers" };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (json_object_has_member (object, members[i]))
      return json_object_get_array_member (object, members[i]);
  return NULL;
}

/* The rows of a list as they are written, to the letter; NULL: it is none. */
static GPtrArray *
rows_of (const char *text)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);
  const char           *start = NULL;
  guint                 depth = 0;

  if (*text != '[')
    return NULL;
  for (const char *p = text; *p != '\0'; p++)
    if (*p == '"')
      for (p++; *p != '"' && *p != '\0'; p++)
        p += *p == '\\';
    else if (*p == '{' || *p == '[')
      {
        if (++depth == 2)
          start = p;
      }
    else if ((*p == '}' || *p == ']') && --depth == 1)
      g_ptr_array_add (rows, g_strndup (start, (gsize) (p - start) + 1));
  return g_steal_pointer (&rows);
}

static void
put_rows (WbTownReply *reply, GPtrArray *rows)
{
  g_string_assign (reply->out->text, "[");
  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (reply->out->text, "%s%s", i > 0 ? "," : "",
                            (const char *) rows->pdata[i]);
  g_string_append_c (reply->out->text, ']');
}

/* The second half before the first, each from behind. */
static void
put_rows_mixed (WbTownReply *reply)
{
  g_autoptr (GPtrArray) rows = rows_of (reply->out->text->str);
  g_autoptr (GPtrArray) mixed = g_ptr_array_new ();

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    g_ptr_array_add (mixed, rows->pdata[(rows->len - 1 - i + rows->len / 2) % rows->len]);
  if (rows != NULL)
    put_rows (reply, mixed);
}

/* Every row of the reply's list comes twice, as when a page shifts under a reader's feet. */
static void
put_rows_twice (WbTownReply *reply)
{
  g_autoptr (GPtrArray) written = rows_of (reply->out->text->str);
  g_autoptr (JsonNode)  root = json_from_string (reply->out->text->str, NULL);
  JsonArray            *rows = NULL;
  guint                 n;

  if (written != NULL)
    {
      g_autoptr (GPtrArray) twice = g_ptr_array_new ();

      for (guint i = 0; i < 2 * written->len; i++)
        g_ptr_array_add (twice, written->pdata[i % written->len]);
      put_rows (reply, twice);
      return;
    }
  if (root == NULL)
    return;
  if (JSON_NODE_HOLDS_OBJECT (root))
    rows = list_of (json_node_get_object (root));
  if (rows == NULL)
    return;
  n = json_array_get_length (rows);
  for (guint i = 0; i < n; i++)
    json_array_add_element (rows, json_node_copy (json_array_get_element (rows, i)));
  wb_town_out_clear (reply->out);
  wb_town_out_node (reply->out, NULL, root);
}

/** wb_town_fault_apply: turns the right @reply into what the fault shows; a cut connection is the
 * front door's business. */
void
wb_town_fault_apply (WbTownFault kind, WbTownRequest *request, WbTownReply *reply)
{
  switch (kind)
    {
    case WB_TOWN_FAULT_429:
      put_too_many (request, reply);
      break;
    case WB_TOWN_FAULT_500_BEFORE:
    case WB_TOWN_FAULT_500_AFTER:
      put_broken (request, reply);
      break;
    case WB_TOWN_FAULT_502_HTML:
      put_html (reply, 502,
                "<html><head><title>502 Bad Gateway</title></head>"
                "<body><center><h1>502 Bad Gateway</h1></center></body></html>");
      break;
    case WB_TOWN_FAULT_503_HTML:
      put_html (reply, 503,
                "<!DOCTYPE html><html><head><title>Maintenance</title></head>"
                "<body>Briefly unavailable for scheduled maintenance. Check back in a "
                "minute.</body></html>");
      wb_town_reply_header (reply, "Retry-After", "600");
      break;
    case WB_TOWN_FAULT_HTML:
      put_html (reply, 200,
                "<!DOCTYPE html><html><head><title>Just a moment</title></head>"
                "<body><p>Checking your browser before you go on.</p></body></html>");
      break;
    case WB_TOWN_FAULT_TRUNCATED:
      if (reply->bytes == NULL)
        g_string_truncate (reply->out->text, reply->out->text->len / 2);
      break;
    case WB_TOWN_FAULT_DUPLICATE_ROWS:
      put_rows_twice (reply);
      break;
    case WB_TOWN_FAULT_REORDER_ROWS:
      put_rows_mixed (reply);
      break;
    default:
      break;
    }
}
