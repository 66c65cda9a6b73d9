/* SPDX-License-Identifier: GPL-3.0-or-later
 * The practice day as a user runs it: its last line, its papers as whole PDF files, and a second
 * day in the same folder. */
#include "wb-test.h"

#include <stdlib.h>
#include <string.h>

typedef struct
{
  guint orders, labels, captures;
} Sums;

static char *folder;

static char *
run_day (const char *orders, int *status)
{
  g_autofree char *program =
      g_build_filename (g_getenv ("WAYBILL_BUILD"), "src", "cli", "waybillctl", NULL);
  g_autoptr (GError) error = NULL;
  char              *output = NULL;
  const char        *arguments[] = {
           program, "practice-day", "--folder", folder, "--orders", orders, NULL
  };

  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_CHILD_INHERITS_STDIN, NULL, NULL, &output,
                NULL, status, &error);
  g_assert_no_error (error);
  return output;
}

/* The last line exactly as documented. */
static Sums
read_last_line (const char *output)
{
  g_autofree char   *text = g_strchomp (g_strdup (output));
  const char        *line = strrchr (text, '\n');
  g_autoptr (GRegex) form = g_regex_new (
      "^\\nday: ([0-9]+) orders, ([0-9]+) labels, ([0-9]+) captures, books agree$", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_auto (GStrv)         parts = NULL;

  g_test_message ("%s", line);
  g_assert_nonnull (line);
  g_assert_true (g_regex_match (form, line, 0, &match));
  parts = g_match_info_fetch_all (match);
  return (Sums){ (guint) atoi (parts[1]), (guint) atoi (parts[2]), (guint) atoi (parts[3]) };
}

static guint
count_papers (const char *word)
{
  g_autofree char *path = g_build_filename (folder, "papers", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char      *name;
  guint            n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n += strstr (name, word) != NULL;
  return n;
}

static void
test_day (void)
{
  int              status = -1;
  g_autofree char *output = run_day ("40", &status);
  Sums             sums = read_last_line (output);

  g_assert_cmpint (status, ==, 0);
  g_assert_cmpuint (sums.orders, ==, 40);
  g_assert_cmpuint (sums.labels, >=, 38);
  g_assert_cmpuint (sums.captures, >=, 15);
  g_assert_cmpuint (count_papers ("-label-"), ==, sums.labels);
  g_assert_cmpuint (count_papers ("-slip-"), ==, sums.labels);
  g_assert_nonnull (strstr (output, "declined"));
  g_assert_nonnull (strstr (output, "still to ship"));
  g_assert_nonnull (strstr (output, "2 · "));
  g_assert_null (strstr (output, "✗"));
}

/* What a paper says, by a program that has nothing to do with us. */
static char *
read_paper (const char *pdftotext, const char *path)
{
  const char        *arguments[] = { pdftotext, path, "-", NULL };
  g_autoptr (GError) error = NULL;
  char              *text = NULL;
  int                status = -1;

  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &text, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return text;
}

static void
test_papers (void)
{
  g_autofree char *pdftotext = g_find_program_in_path ("pdftotext");
  g_autofree char *papers = g_build_filename (folder, "papers", NULL);
  g_autoptr (GDir) dir = g_dir_open (papers, 0, NULL);
  const char      *name;

  if (pdftotext == NULL)
    {
      wb_test_skip ("pdftotext is not on this machine");
      return;
    }
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (papers, name, NULL);
      g_autofree char *text = read_paper (pdftotext, path);
      g_autofree char *low = g_utf8_strdown (text, -1);
      g_auto (GStrv)   parts = g_strsplit (name, "-", 5);

      g_assert_cmpuint (g_strv_length (parts), ==, 5);
      g_test_message ("%s", name);
      if (strstr (name, "-slip-") != NULL)
        g_assert_nonnull (strstr (text, parts[1])); /* the order's number */
      g_assert_true (strstr (low, "practice") != NULL || strstr (low, "sample") != NULL);
    }
}

/* The same folder the day after: the town and the book go on where they were. */
static void
test_second_day (void)
{
  int              status = -1;
  g_autofree char *output = run_day ("6", &status);
  Sums             sums = read_last_line (output);

  g_assert_cmpint (status, ==, 0);
  g_assert_cmpuint (sums.orders, ==, 6);
  g_assert_cmpuint (sums.labels, >=, 5);
  g_assert_cmpuint (sums.labels, <=, 12);
  g_assert_cmpuint (count_papers ("-label-"), ==, count_papers ("-slip-"));
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  folder = wb_test_temp_folder ();
  g_test_add_func ("/flow/practice-day/day", test_day);
  g_test_add_func ("/flow/practice-day/papers", test_papers);
  g_test_add_func ("/flow/practice-day/second-day", test_second_day);
  result = g_test_run ();
  wb_test_remove_folder (folder);
  g_free (folder);
  return result;
}
