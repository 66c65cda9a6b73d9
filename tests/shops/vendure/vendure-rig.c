/* SPDX-License-Identifier: GPL-3.0-or-later
 * A real Vendure shop for tests: started from the npm packages, asked behind our back, killed. */
#include "vendure-rig.h"

#include "wb-test.h"

#include <signal.h>

static const char *
packages (void)
{
  const char *folder = g_getenv ("WAYBILL_VENDURE");

  return folder != NULL ? folder : "build/vendure";
}

/** vendure_rig_lacks: Returns: (nullable): why there can be no shop on this machine. */
const char *
vendure_rig_lacks (void)
{
  g_autofree char *core =
      g_build_filename (packages (), "node_modules", "@vendure", "core", "package.json", NULL);
  g_autofree char *node = g_find_program_in_path ("node");

  if (node == NULL)
    return "Node.js is not installed";
  return g_file_test (core, G_FILE_TEST_EXISTS)
             ? NULL
             : "Vendure's packages are not installed (./setup.sh test fetches them)";
}

static char *
script (const char *name)
{
  return g_build_filename (g_getenv ("WAYBILL_SOURCE"), "tests", "shops", "vendure", name, NULL);
}

/* Waits for the line that says where the shop is. */
static void
read_hello (VendureRig *self)
{
  g_autoptr (GDataInputStream) out =
      g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_autoptr (GError)   error = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autofree char     *line = NULL;
  WbJson               at;

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (out), FALSE);
  line = g_data_input_stream_read_line (out, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  root = wb_json_parse (line, -1, "the shop's first line", &error);
  g_assert_no_error (error);
  at = wb_json_root (root, "hello");
  g_free (self->url);
  g_free (self->own);
  g_free (self->key);
  self->url = g_strdup (wb_json_string (&at, "url", &error));
  self->own = g_strdup (wb_json_string (&at, "own", &error));
  self->key = g_strdup (wb_json_string (&at, "key", &error));
  g_assert_no_error (error);
  self->port = (guint16) g_ascii_strtoull (strrchr (self->url, ':') + 1, NULL, 10);
}

/** vendure_rig_start: starts the shop, again where and as it was when it was killed. */
void
vendure_rig_start (VendureRig *self)
{
  g_autofree char   *shop = script ("shop.js");
  g_autofree char   *database = g_build_filename (self->folder, "shop.sqlite", NULL);
  g_autofree char   *port = g_strdup_printf ("%u", self->port);
  g_autoptr (GError) error = NULL;

  self->process =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                        "node", shop, "--port", port, "--database", database, NULL);
  g_assert_no_error (error);
  read_hello (self);
}

/** vendure_rig_new: Returns: (transfer full): a running shop with five things to sell. */
VendureRig *
vendure_rig_new (void)
{
  VendureRig *self = g_new0 (VendureRig, 1);

  g_setenv ("WAYBILL_VENDURE", packages (), TRUE);
  self->folder = wb_test_temp_folder ();
  vendure_rig_start (self);
  return self;
}

/** vendure_rig_kill: the shop is gone at once, whatever it was doing. */
void
vendure_rig_kill (VendureRig *self)
{
  g_subprocess_send_signal (self->process, SIGKILL);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
}

/** vendure_rig_free: ends the shop and removes what it kept. */
void
vendure_rig_free (VendureRig *self)
{
  if (self->process != NULL)
    vendure_rig_kill (self);
  wb_test_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->url);
  g_free (self->own);
  g_free (self->key);
  g_free (self);
}

/** vendure_rig_run: Returns: (transfer full): what orders.js prints for @command; it must succeed.
 */
char *
vendure_rig_run (VendureRig *self, const char *command, const char *input)
{
  g_autofree char        *orders = script ("orders.js");
  g_autoptr (GError)      error = NULL;
  g_autoptr (GSubprocess) node = NULL;
  char                   *out = NULL;

  node = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                           "node", orders, self->own, command, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (node, input != NULL ? input : "", NULL, &out, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (node));
  return out;
}

static JsonNode *
parsed (char *text)
{
  g_autofree char   *taken = text;
  g_autoptr (GError) error = NULL;
  JsonNode          *root = wb_json_parse (taken, -1, "the shop's books", &error);

  g_assert_no_error (error);
  return root;
}

/** vendure_rig_books: Returns: (transfer full): what the shop's own books say, see orders.js. */
JsonNode *
vendure_rig_books (VendureRig *self)
{
  return parsed (vendure_rig_run (self, "books", NULL));
}

/** vendure_rig_admin: Returns: (transfer full): the data of one GraphQL request by the shop's own
 * people. */
JsonNode *
vendure_rig_admin (VendureRig *self, const char *format, ...)
{
  g_autofree char *query = NULL;
  va_list          args;

  va_start (args, format);
  query = g_strdup_vprintf (format, args);
  va_end (args);
  return parsed (vendure_rig_run (self, "admin", query));
}

/** vendure_rig_gate: the gate does @what (“lose” the answer, “refuse” the request) to the next
 * @times requests that name @operation. */
void
vendure_rig_gate (VendureRig *self, const char *what, const char *operation, guint times)
{
  g_autofree char *order = g_strdup_printf ("%s %s %u %s", self->url, what, times, operation);

  g_free (vendure_rig_run (self, "gate", order));
}

/** vendure_rig_count: Returns: how many requests have come to the gate. */
guint
vendure_rig_count (VendureRig *self)
{
  g_autofree char     *order = g_strdup_printf ("%s count 0 -", self->url);
  g_autoptr (JsonNode) root = parsed (vendure_rig_run (self, "gate", order));
  WbJson               at = wb_json_root (root, "gate");
  gint64               requests = 0;

  g_assert_true (wb_json_int (&at, "requests", &requests, NULL));
  return (guint) requests;
}
