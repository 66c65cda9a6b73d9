/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where secrets live: a file that only its owner reads, memory, and a private password store of the
 * desktop. */
#include "wb-secrets.h"
#include "wb-test.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static void
assert_stored (WbSecrets  *secrets,
               const char *book,
               const char *connection,
               const char *name,
               const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *found = wb_secrets_lookup (secrets, book, connection, name, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, value);
}

static void
assert_missing (WbSecrets *secrets, const char *book, const char *connection, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *found = wb_secrets_lookup (secrets, book, connection, name, &error);

  g_assert_null (found);
  g_assert_error (error, WB_ERROR, WB_ERROR_SECRETS);
  g_assert_nonnull (strstr (error->message, connection));
}

/* Every place does the same. */
static void
round_trip (WbSecrets *secrets)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (wb_secrets_check (secrets, &error));
  g_assert_no_error (error);
  assert_missing (secrets, "b1", "shop", "key");
  g_assert_true (wb_secrets_store (secrets, "b1", "shop", "key", "ck_1", &error));
  g_assert_true (wb_secrets_store (secrets, "b1", "shop", "secret", "cs_ü \"quoted\"\n", &error));
  g_assert_true (wb_secrets_store (secrets, "b2", "shop", "key", "of another book", &error));
  g_assert_no_error (error);
  assert_stored (secrets, "b1", "shop", "key", "ck_1");
  assert_stored (secrets, "b1", "shop", "secret", "cs_ü \"quoted\"\n");
  assert_stored (secrets, "b2", "shop", "key", "of another book");
  g_assert_true (wb_secrets_store (secrets, "b1", "shop", "key", "ck_2", &error));
  assert_stored (secrets, "b1", "shop", "key", "ck_2");
  g_assert_true (wb_secrets_clear (secrets, "b1", "shop", "key", &error));
  g_assert_true (wb_secrets_clear (secrets, "b1", "shop", "never", &error));
  g_assert_no_error (error);
  assert_missing (secrets, "b1", "shop", "key");
  assert_stored (secrets, "b2", "shop", "key", "of another book");
}

static void
test_file (void)
{
  g_autofree char *folder = wb_test_temp_folder (),
                  *path = g_build_filename (folder, "keys.json", NULL);
  g_autoptr (GError)    error = NULL;
  g_autoptr (WbSecrets) secrets = wb_secrets_new_file (path, &error), again = NULL;
  struct stat           info;
  mode_t                mask = umask (0);

  g_assert_no_error (error);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS)); /* made with the first secret */
  round_trip (secrets);
  umask (mask);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 07777, ==, 0600);
  again = wb_secrets_new_file (path, &error);
  assert_stored (again, "b2", "shop", "key", "of another book");
  g_assert_cmpstr (wb_secrets_describe (again), ==, path);
  wb_test_remove_folder (folder);
}

/* What others may read is refused, also when it becomes so while the program runs; and nothing is
 * written into it. */
static void
test_mode (void)
{
  static const int modes[] = { 0644, 0640, 0604, 0660, 0601, 0777 };
  g_autofree char *folder = wb_test_temp_folder (),
                  *path = g_build_filename (folder, "keys.json", NULL);
  g_autoptr (WbSecrets) secrets = wb_secrets_new_file (path, NULL);

  g_assert_true (wb_secrets_store (secrets, "b", "c", "n", "v", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autoptr (GError)    error = NULL;
      g_autoptr (WbSecrets) opened = NULL;
      g_autofree char      *value = NULL;

      g_chmod (path, modes[i]);
      opened = wb_secrets_new_file (path, &error);
      g_assert_null (opened);
      g_assert_error (error, WB_ERROR, WB_ERROR_SECRETS);
      g_assert_nonnull (strstr (error->message, "chmod 600"));
      g_clear_error (&error);
      value = wb_secrets_lookup (secrets, "b", "c", "n", &error);
      g_assert_null (value);
      g_assert_error (error, WB_ERROR, WB_ERROR_SECRETS);
      g_clear_error (&error);
      g_assert_false (wb_secrets_store (secrets, "b", "c", "other", "v", &error));
      g_clear_error (&error);
      g_assert_false (wb_secrets_check (secrets, &error));
    }
  g_chmod (path, 0400);
  assert_stored (secrets, "b", "c", "n", "v");
  wb_test_remove_folder (folder);
}

static void
test_wrong_content (void)
{
  static const char *const contents[] = { "",         "{",    "[1]",           "\"a\"",
                                          "\xff\xfe", "null", "{\"b/c/n\": 7}" };
  g_autofree char         *folder = wb_test_temp_folder (),
                  *path = g_build_filename (folder, "keys.json", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_autoptr (GError)    error = NULL;
      g_autoptr (WbSecrets) secrets = NULL;
      g_autofree char      *value = NULL, *after = NULL;

      g_assert_true (g_file_set_contents_full (path, contents[i], -1,
                                               G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL));
      g_chmod (path, 0600);
      secrets = wb_secrets_new_file (path, NULL);
      value = wb_secrets_lookup (secrets, "b", "c", "n", &error);
      g_assert_null (value);
      g_assert_error (error, WB_ERROR, WB_ERROR_SECRETS);
      if (contents[i][0] == '{' && contents[i][1] == '"')
        continue;
      g_clear_error (&error);
      g_assert_false (wb_secrets_store (secrets, "b", "c", "n", "v",
                                        &error)); /* what is there is not thrown away */
      g_assert_error (error, WB_ERROR, WB_ERROR_SECRETS);
      g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
      g_assert_cmpstr (after, ==, contents[i]);
    }
  wb_test_remove_folder (folder);
}

static void
test_fixed (void)
{
  static const char *const known[] = { "shop/key", "ck", NULL };
  g_autoptr (WbSecrets)    secrets = wb_secrets_new_fixed (known);
  g_autoptr (GError)       error = NULL;

  assert_stored (secrets, "any", "shop", "key", "ck");
  assert_missing (secrets, "any", "shop", "secret");
  g_assert_true (wb_secrets_store (secrets, "any", "carrier", "key", "ek", &error));
  assert_stored (secrets, "any", "carrier", "key", "ek");
  g_assert_true (wb_secrets_clear (secrets, "any", "carrier", "key", &error));
  assert_missing (secrets, "any", "carrier", "key");
}

/* No bus, no password store: a sentence with the way out. */
static void
test_no_service (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (WbSecrets) secrets = wb_secrets_new_service ();
      g_autoptr (GError)    error = NULL;

      g_assert_false (wb_secrets_check (secrets, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_SECRETS);
      g_assert_nonnull (strstr (error->message, "--secrets-file"));
      g_clear_error (&error);
      g_assert_false (wb_secrets_store (secrets, "b", "c", "n", "v", &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_SECRETS);
      return;
    }
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  g_test_trap_subprocess (NULL, 20 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

/* A password store of our own on a bus of our own, in a home of our own: unlocked, used, gone. */
static void
test_service (void)
{
  g_autofree char *bus = g_find_program_in_path ("dbus-run-session"),
                  *keyring = g_find_program_in_path ("gnome-keyring-daemon");
  g_autofree char *home = NULL, *data = NULL, *script = NULL, *self = NULL, *output = NULL,
                  *complaint = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv)     environment = g_get_environ ();
  int                status = 0;

  if (g_getenv ("WB_TEST_INSIDE") != NULL)
    {
      g_autoptr (WbSecrets) secrets = wb_secrets_new_service ();

      round_trip (secrets);
      return;
    }
  if (bus == NULL || keyring == NULL)
    {
      wb_test_skip ("dbus-run-session or gnome-keyring-daemon is not installed");
      return;
    }
  home = wb_test_temp_folder ();
  data = g_build_filename (home, "data", NULL);
  self = g_file_read_link ("/proc/self/exe", NULL);
  environment = g_environ_setenv (environment, "HOME", home, TRUE);
  environment = g_environ_setenv (environment, "XDG_DATA_HOME", data, TRUE);
  environment = g_environ_setenv (environment, "XDG_RUNTIME_DIR", home, TRUE);
  environment = g_environ_setenv (environment, "WB_TEST_INSIDE", "1", TRUE);
  environment = g_environ_unsetenv (environment, "DBUS_SESSION_BUS_ADDRESS");
  g_chmod (home, 0700);
  script = g_strdup_printf ("printf secret | '%s' --unlock --components=secrets >/dev/null 2>&1 && "
                            "exec '%s' -p /desk/secrets/service",
                            keyring, self);
  {
    const char *const arguments[] = { bus, "--", "sh", "-c", script, NULL };

    g_assert_true (g_spawn_sync (NULL, (char **) arguments, environment, G_SPAWN_DEFAULT, NULL,
                                 NULL, &output, &complaint, &status, &error));
  }
  g_assert_no_error (error);
  g_test_message ("%s%s", output, complaint);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
  wb_test_remove_folder (home);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/secrets/file", test_file);
  g_test_add_func ("/desk/secrets/mode", test_mode);
  g_test_add_func ("/desk/secrets/wrong-content", test_wrong_content);
  g_test_add_func ("/desk/secrets/fixed", test_fixed);
  g_test_add_func ("/desk/secrets/no-service", test_no_service);
  g_test_add_func ("/desk/secrets/service", test_service);
  return g_test_run ();
}
