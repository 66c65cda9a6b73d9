/* SPDX-License-Identifier: GPL-3.0-or-later
 * Planted keys must be nowhere but in their own place: not in the order book or its log, not in a
 * trace, a backup, any output with all debug messages, a file, an environment or an argument list
 * of any process, with a secrets file and with the desktop's keyring. */
#include "wb-book.h"
#include "wb-test.h"
#include "wb-text.h"
#include "wb-town.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define INNER "--inside-a-keyring"

typedef struct
{
  char    *folder;
  char    *keys;  /* the secrets file; NULL: the Secret Service */
  char    *plant; /* the random part that every key ends with */
  char    *basic; /* how the carrier's key looks in a Basic header */
  WbTown  *town;
  WbBook  *holder; /* keeps the write-ahead log alive */
  GString *output;
  GThread *watch;
  gint     stop;
  gint     leaks; /* argument lists and environments that held a key */
} Run;

static const char *self_path;

static gboolean
holds (const char *text, gsize size, const char *needle)
{
  return memmem (text, size, needle, strlen (needle)) != NULL;
}

static gboolean
leaks (Run *run, const char *text, gsize size)
{
  return holds (text, size, run->plant) || holds (text, size, run->basic);
}

static void
look_at_process (Run *run, const char *pid, const char *file)
{
  g_autofree char *path = g_build_filename ("/proc", pid, file, NULL);
  g_autofree char *text = NULL;
  gsize            size = 0;

  if (g_file_get_contents (path, &text, &size, NULL) && leaks (run, text, size))
    g_atomic_int_inc (&run->leaks);
}

/* All processes of this machine, again and again while the run goes on. */
static gpointer
watch_processes (gpointer data)
{
  Run *run = data;

  while (!g_atomic_int_get (&run->stop))
    {
      g_autoptr (GDir) proc = g_dir_open ("/proc", 0, NULL);
      const char      *name;

      while (proc != NULL && (name = g_dir_read_name (proc)) != NULL)
        if (g_ascii_isdigit (name[0]))
          {
            look_at_process (run, name, "cmdline");
            look_at_process (run, name, "environ");
          }
      g_usleep (2000);
    }
  return NULL;
}

static char *
in_folder (Run *run, const char *name)
{
  return g_build_filename (run->folder, name, NULL);
}

/* Runs waybillctl with @words (in one text, blanks between them). Returns: the exit code. */
static int
ctl (Run *run, const char *input, const char *words)
{
  g_autofree char *program =
      g_build_filename (g_getenv ("WAYBILL_BUILD"), "src", "cli", "waybillctl", NULL);
  g_autofree char                *book = in_folder (run, "book.waybill");
  g_autofree char                *trace = in_folder (run, "trace.txt");
  g_auto (GStrv)                  more = g_strsplit (words, " ", -1);
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                 G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_autoptr (GPtrArray)   arguments = g_ptr_array_new ();
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GError)      error = NULL;
  g_autofree char        *output = NULL;
  const char             *always[] = { program, "--book", book, "--trace", trace };

  for (guint i = 0; i < G_N_ELEMENTS (always); i++)
    g_ptr_array_add (arguments, (gpointer) always[i]);
  if (run->keys != NULL)
    {
      g_ptr_array_add (arguments, (gpointer) "--secrets-file");
      g_ptr_array_add (arguments, run->keys);
    }
  for (guint i = 0; more[i] != NULL; i++)
    g_ptr_array_add (arguments, more[i]);
  g_ptr_array_add (arguments, NULL);
  g_subprocess_launcher_setenv (launcher, "G_MESSAGES_DEBUG", "all", TRUE);
  child = g_subprocess_launcher_spawnv (launcher, (const char *const *) arguments->pdata, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (child, input, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_string_append_printf (run->output, "$ %s\n%s", words, output);
  return g_subprocess_get_if_exited (child) ? g_subprocess_get_exit_status (child) : -1;
}

static void
must (Run *run, const char *input, const char *words)
{
  int status = ctl (run, input, words);

  if (status != 0)
    g_test_message ("%s", run->output->str);
  g_assert_cmpint (status, ==, 0);
}

/* Keys by standard input, by name, and from a file that is gone afterwards. */
static void
connect_all (Run *run)
{
  g_autofree char *stripe = wb_town_dup_url (run->town, "stripe");
  g_autofree char *post = wb_town_dup_url (run->town, "easypost");
  g_autofree char *shop = wb_town_dup_url (run->town, "shop");
  g_autofree char *path = in_folder (run, "shop-keys");
  g_autofree char *gateway_words =
      g_strdup_printf ("connect gateway stripe --name Bank --url %s --yes", stripe);
  g_autofree char *carrier_words =
      g_strdup_printf ("connect carrier easypost --name Post --url %s --yes --json", post);
  g_autofree char *shop_words = g_strdup_printf (
      "connect shop woocommerce --name Shop --url %s --capturer gateway --secrets-from %s --yes",
      shop, path);
  g_autofree char *gateway_keys = g_strdup_printf (WB_TOWN_STRIPE_KEY "%s\n", run->plant);
  g_autofree char *carrier_keys =
      g_strdup_printf ("api_key=" WB_TOWN_EASYPOST_KEY "%s\n", run->plant);
  g_autofree char *shop_keys = g_strdup_printf ("consumer_secret=" WB_TOWN_SHOP_SECRET
                                                "%s\nconsumer_key=" WB_TOWN_SHOP_KEY "%s\n",
                                                run->plant, run->plant);
  g_autofree char *wrong_keys = g_strdup_printf ("sk_test_wrong%s\n", run->plant);

  g_assert_cmpint (ctl (run, wrong_keys, gateway_words), ==, 9);
  must (run, gateway_keys, gateway_words);
  must (run, carrier_keys, carrier_words);
  g_assert_true (
      g_file_set_contents_full (path, shop_keys, -1, G_FILE_SET_CONTENTS_NONE, 0644, NULL));
  g_assert_cmpint (ctl (run, "", shop_words), ==, 7); /* others may read it */
  g_assert_cmpint (g_chmod (path, 0600), ==, 0);
  must (run, "", shop_words);
  g_unlink (path);
}

static void
work (Run *run)
{
  static const char *const before[] = {
    "origin add Store --street Lindenstr._12 --city Berlin --postcode 10969 --country DE --phone "
    "4930555010 --zone Europe/Berlin",
    "package add Box --size 240x160x120 --weight 90",
  };
  static const char *const after[] = { "orders --json",     "show @1 --json",     "show @1 --raw",
                                       "operations --json", "connections --json", "exceptions",
                                       "events --json",     "shipments",          "doctor" };
  g_autofree char         *label = g_strdup_printf ("printer label --folder %s", run->folder);
  g_autofree char         *slip = g_strdup_printf ("printer slip --folder %s", run->folder);
  g_autofree char         *backup = g_strdup_printf ("backup %s/backup.waybill", run->folder);
  g_autofree char         *book = in_folder (run, "book.waybill");
  g_autofree char         *hook = g_strdup_printf ("hook%s\n", run->plant);
  g_autoptr (GError)       error = NULL;

  connect_all (run);
  run->holder = wb_book_open (book, TRUE, &error);
  g_assert_no_error (error);
  g_assert_nonnull (wb_book_list_connections (run->holder, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (before); i++)
    must (run, "", before[i]);
  must (run, "", label);
  must (run, "", slip);
  must (run, "", "sync");
  must (run, "", "ship 1000 1003 --weight 700 --yes");
  must (run, hook, "listen --set-secret Shop");
  must (run, "", backup);
  for (guint i = 0; i < G_N_ELEMENTS (after); i++)
    ctl (run, "", after[i]);
}

/* Every file below @path but the secrets' own. Returns: how many were read. */
static guint
look_at_files (Run *run, const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char      *name;
  guint            n = 0;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_autofree char *text = NULL;
      gsize            size = 0;

      if (g_file_test (file, G_FILE_TEST_IS_DIR))
        n += look_at_files (run, file);
      else if (g_strcmp0 (file, run->keys) != 0 && g_file_get_contents (file, &text, &size, NULL))
        {
          n++;
          g_test_message ("%s: %u bytes", file, (guint) size);
          g_assert_false (leaks (run, text, size));
        }
    }
  return n;
}

static gsize
file_size (Run *run, const char *name)
{
  g_autofree char *path = in_folder (run, name);
  GStatBuf         info;

  return g_stat (path, &info) == 0 ? (gsize) info.st_size : 0;
}

/* The run really left traces, and the search really finds: else its silence would mean nothing. */
static void
prove_search (Run *run)
{
  g_autofree char *text = NULL;
  gsize            size = 0;
  GStatBuf         info;

  g_assert_cmpuint (file_size (run, "trace.txt"), >, 20000);
  g_assert_cmpuint (file_size (run, "book.waybill-wal"), >, 0);
  g_assert_cmpuint (file_size (run, "backup.waybill"), >, 50000);
  g_assert_nonnull (strstr (run->output->str, "1003"));
  if (run->keys == NULL)
    return;
  g_assert_true (g_file_get_contents (run->keys, &text, &size, NULL));
  g_assert_true (leaks (run, text, size));
  g_assert_cmpint (g_stat (run->keys, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

static void
check_run (gboolean with_file)
{
  Run                run = { .folder = wb_test_temp_folder (),
                             .plant = wb_text_random_id (16),
                             .output = g_string_new (NULL) };
  WbTownOptions      options = WB_TOWN_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autofree char   *plain = g_strdup_printf (WB_TOWN_EASYPOST_KEY "%s:", run.plant);

  run.keys = with_file ? in_folder (&run, "keys.json") : NULL;
  run.basic = g_base64_encode ((const guchar *) plain, strlen (plain));
  run.basic[strlen (run.basic) - 4] = '\0';
  options.key_suffix = run.plant;
  run.town = wb_town_new (&options, &error);
  g_assert_no_error (error);
  wb_town_start (run.town, &error);
  g_assert_no_error (error);
  run.watch = g_thread_new ("watch", watch_processes, &run);
  work (&run);
  g_atomic_int_set (&run.stop, 1);
  g_thread_join (run.watch);
  g_assert_cmpint (g_atomic_int_get (&run.leaks), ==, 0);
  g_assert_false (leaks (&run, run.output->str, run.output->len));
  g_assert_cmpuint (look_at_files (&run, run.folder), >=, 6);
  prove_search (&run);
  g_clear_object (&run.holder);
  wb_town_free (run.town);
  wb_test_remove_folder (run.folder);
  g_free (run.folder);
  g_free (run.keys);
  g_free (run.plant);
  g_free (run.basic);
  g_string_free (run.output, TRUE);
}

static void
test_file (void)
{
  check_run (TRUE);
}

static void
test_inner (void)
{
  check_run (FALSE);
}

/* The same inside a private bus with a keyring that was just unlocked. */
static void
test_keyring (void)
{
  static const char *const script =
      "printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; "
      "\"$0\" " INNER "; status=$?; "
      "exit $status";
  const char      *arguments[] = { "dbus-run-session", "--", "sh", "-c", script, self_path, NULL };
  g_autofree char *bus = g_find_program_in_path ("dbus-run-session");
  g_autofree char *keyring = g_find_program_in_path ("gnome-keyring-daemon");
  g_autofree char *home = NULL;
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;
  g_auto (GStrv)   environment = g_get_environ ();
  g_autoptr (GError) error = NULL;
  int                status = -1;

  if (bus == NULL || keyring == NULL)
    {
      wb_test_skip ("dbus-run-session or gnome-keyring-daemon is not on this machine");
      return;
    }
  home = wb_test_temp_folder ();
  environment = g_environ_setenv (environment, "HOME", home, TRUE);
  environment = g_environ_setenv (environment, "XDG_DATA_HOME", home, TRUE);
  environment = g_environ_setenv (environment, "XDG_RUNTIME_DIR", home, TRUE);
  g_chmod (home, 0700);
  g_spawn_sync (NULL, (char **) arguments, environment, G_SPAWN_SEARCH_PATH, NULL, NULL, &output,
                &errors, &status, &error);
  g_assert_no_error (error);
  g_test_message ("%s%s", output, errors);
  wb_test_remove_folder (home);
  g_assert_cmpint (status, ==, 0);
}

/* No bus, no keyring: a sentence that says what to do, and the exit code for it. */
static void
test_no_place (void)
{
  g_autofree char *folder = wb_test_temp_folder ();
  g_autofree char *program =
      g_build_filename (g_getenv ("WAYBILL_BUILD"), "src", "cli", "waybillctl", NULL);
  g_autofree char   *book = g_build_filename (folder, "book.waybill", NULL);
  const char        *arguments[] = { program, "--book", book, "doctor", "--offline", NULL };
  g_auto (GStrv)     environment = g_get_environ ();
  g_autofree char   *output = NULL;
  g_autoptr (GError) error = NULL;
  int                status = 0;

  environment = g_environ_unsetenv (environment, "DISPLAY");
  environment =
      g_environ_setenv (environment, "DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  g_spawn_sync (NULL, (char **) arguments, environment, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                &output, NULL, &status, &error);
  g_assert_no_error (error);
  g_test_message ("%s", output);
  g_assert_cmpint (WEXITSTATUS (status), ==, 1);
  g_assert_nonnull (strstr (output, "--secrets-file"));
  wb_test_remove_folder (folder);
}

int
main (int argc, char **argv)
{
  gboolean inner = argc > 1 && g_str_equal (argv[argc - 1], INNER);

  self_path = argv[0];
  if (inner)
    argc--;
  g_test_init (&argc, &argv, NULL);
  if (inner)
    g_test_add_func ("/flow/secrets/in-keyring", test_inner);
  else
    {
      g_test_add_func ("/flow/secrets/file", test_file);
      g_test_add_func ("/flow/secrets/keyring", test_keyring);
      g_test_add_func ("/flow/secrets/no-place", test_no_place);
    }
  return g_test_run ();
}
