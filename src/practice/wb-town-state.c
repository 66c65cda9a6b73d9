/* SPDX-License-Identifier: GPL-3.0-or-later
 * How the town outlives its process: every request that changed something is appended to a file as
 * one line of JSON, and done again, at its own time, at the next start. A line half written when
 * the town was killed counts as never written. */
#include "wb-town-state.h"

#include "wb-json.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define FORMAT   1
#define MAX_SIZE (512 * 1024 * 1024)

struct _WbTownState
{
  int fd;
};

static gboolean
refuse (GError **error, const char *path, const char *why)
{
  g_set_error (error, WB_ERROR, WB_ERROR_STORAGE, "The practice town's file %s cannot be used: %s",
               path, why);
  return FALSE;
}

/* The whole lines of the file; a broken end is cut off. */
static gboolean
read_lines (const char *path, char **text, GError **error)
{
  g_autoptr (GError) inner = NULL;
  gsize              size;
  char              *end;

  if (!g_file_get_contents (path, text, &size, &inner))
    return refuse (error, path, inner->message);
  if (size > MAX_SIZE)
    return refuse (error, path, "it is too large.");
  end = strrchr (*text, '\n');
  if (end == NULL)
    return refuse (error, path, "it has no whole line.");
  end[1] = '\0';
  if (strlen (*text) < size && truncate (path, (off_t) strlen (*text)) != 0)
    return refuse (error, path, g_strerror (errno));
  return TRUE;
}

static gboolean
take_options (const WbJson *root, WbTown *town, GError **error)
{
  gint64      format;
  gint64      seed;
  gint64      orders;
  const char *currency = wb_json_string (root, "currency", error);
  const char *timezone = currency != NULL ? wb_json_string (root, "timezone", error) : NULL;

  if (timezone == NULL || !wb_json_int (root, "practice_town", &format, error) ||
      !wb_json_int (root, "seed", &seed, error) || !wb_json_int (root, "orders", &orders, error) ||
      !wb_json_int (root, "epoch", &town->epoch, error) ||
      !wb_json_int (root, "skew", &town->clock_skew, error))
    return FALSE;
  if (format != FORMAT)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_STORAGE,
                   "it is of another version (%" G_GINT64_FORMAT ").", format);
      return FALSE;
    }
  town->seed = (guint64) seed;
  town->first_orders = (guint) orders;
  town->modern = wb_json_bool (root, "modern", TRUE);
  town->fulfillments = wb_json_bool (root, "fulfillments", FALSE);
  town->paypal = wb_json_bool (root, "paypal", FALSE);
  town->woo_payments = wb_json_bool (root, "woo_payments", FALSE);
  g_free (town->currency);
  town->currency = g_strdup (currency);
  g_free (town->timezone);
  town->timezone = g_strdup (timezone);
  return TRUE;
}

/**
 * wb_town_state_read_options:
 * Takes seed, orders, epoch and manners of the town in the file at @path, if there is one, before
 * its parts are made.
 * @error: %WB_ERROR_STORAGE when the file is not a town's
 */
gboolean
wb_town_state_read_options (const char *path, WbTown *town, GError **error)
{
  g_autofree char     *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError)   inner = NULL;
  WbJson               root;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  if (!read_lines (path, &text, error))
    return FALSE;
  node = wb_json_parse (text, strchr (text, '\n') - text, "first line", &inner);
  root = wb_json_root (node, "first line");
  if (node == NULL || !take_options (&root, town, &inner))
    return refuse (error, path, inner->message);
  return TRUE;
}

static gboolean
do_again (WbTown *town, const char *line, GError **error)
{
  g_autoptr (JsonNode)      node = wb_json_parse (line, -1, "line", error);
  WbJson                    root = wb_json_root (node, "line");
  g_autoptr (WbTownRequest) request = NULL;
  g_autoptr (WbTownReply)   reply = wb_town_reply_new ();
  const char               *method = node != NULL ? wb_json_string (&root, "method", error) : NULL;
  const char               *path = method != NULL ? wb_json_string (&root, "path", error) : NULL;
  const char               *body;
  g_autoptr (GBytes)        bytes = NULL;

  if (path == NULL || !wb_json_int (&root, "time", &town->replay_clock, error))
    return FALSE;
  request = wb_town_request_new (method, path, wb_json_opt_string (&root, "query"));
  request->replay = TRUE;
  request->idempotency_key = g_strdup (wb_json_opt_string (&root, "key"));
  request->fault = g_strdup (wb_json_opt_string (&root, "fault"));
  body = wb_json_opt_string (&root, "body");
  bytes = g_bytes_new (body, body != NULL ? strlen (body) : 0);
  wb_town_request_set_body (request, bytes, wb_json_opt_string (&root, "type"));
  wb_town_dispatch (town, request, reply);
  return TRUE;
}

static gboolean
replay (const char *path, WbTown *town, GError **error)
{
  g_autofree char   *text = NULL;
  g_auto (GStrv)     lines = NULL;
  g_autoptr (GError) inner = NULL;

  if (!read_lines (path, &text, error))
    return FALSE;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    if (!do_again (town, lines[i], &inner))
      {
        town->replay_clock = 0;
        return refuse (error, path, inner->message);
      }
  town->replay_clock = 0;
  return TRUE;
}

static gboolean
append (WbTownState *self, GString *line)
{
  const char *from = line->str;
  gsize       left = line->len;

  while (left > 0)
    {
      gssize n = write (self->fd, from, left);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      from += n;
      left -= (gsize) n;
    }
  return TRUE;
}

static gboolean
write_options (WbTownState *self, WbTown *town)
{
  g_autoptr (WbTownOut) out = wb_town_out_new ();

  wb_town_out_begin_object (out, NULL);
  wb_town_out_int (out, "practice_town", FORMAT);
  wb_town_out_int (out, "seed", (gint64) town->seed);
  wb_town_out_int (out, "orders", town->first_orders);
  wb_town_out_int (out, "epoch", town->epoch);
  wb_town_out_int (out, "skew", town->clock_skew);
  wb_town_out_bool (out, "modern", town->modern);
  wb_town_out_bool (out, "fulfillments", town->fulfillments);
  wb_town_out_bool (out, "paypal", town->paypal);
  wb_town_out_bool (out, "woo_payments", town->woo_payments);
  wb_town_out_string (out, "currency", town->currency);
  wb_town_out_string (out, "timezone", town->timezone);
  wb_town_out_end_object (out);
  g_string_append_c (out->text, '\n');
  return append (self, out->text);
}

/**
 * wb_town_state_open:
 * Does again what the file at @path holds, or begins a new file.
 * @error: %WB_ERROR_STORAGE
 *
 * Returns: (transfer full) (nullable): the open file.
 */
WbTownState *
wb_town_state_open (const char *path, WbTown *town, GError **error)
{
  gboolean                is_new = !g_file_test (path, G_FILE_TEST_EXISTS);
  g_autofree WbTownState *self = g_new0 (WbTownState, 1);

  if (!is_new && !replay (path, town, error))
    return NULL;
  self->fd = open (path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  if (self->fd < 0 || (is_new && !write_options (self, town)))
    {
      refuse (error, path, g_strerror (errno));
      return NULL;
    }
  return g_steal_pointer (&self);
}

/** wb_town_state_keep: notes that @request was carried out at @when. */
void
wb_town_state_keep (WbTownState *self, const WbTownRequest *request, WbInstant when)
{
  g_autoptr (WbTownOut) out = wb_town_out_new ();
  gsize                 size;
  const char           *data = g_bytes_get_data (request->body, &size);
  g_autofree char      *body = size > 0 ? g_utf8_make_valid (data, (gssize) size) : NULL;

  wb_town_out_begin_object (out, NULL);
  wb_town_out_int (out, "time", when);
  wb_town_out_string (out, "method", request->method);
  wb_town_out_string (out, "path", request->path);
  wb_town_out_string (out, "query", request->raw_query);
  wb_town_out_string (out, "type", request->content_type);
  wb_town_out_string (out, "key", request->idempotency_key);
  wb_town_out_string (out, "fault", request->fault);
  wb_town_out_string (out, "body", body);
  wb_town_out_end_object (out);
  g_string_append_c (out->text, '\n');
  if (!append (self, out->text))
    g_warning ("The practice town could not write its file: %s", g_strerror (errno));
}

/** wb_town_state_free: closes the file. */
void
wb_town_state_free (WbTownState *self)
{
  close (self->fd);
  g_free (self);
}
