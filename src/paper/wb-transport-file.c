/* SPDX-License-Identifier: GPL-3.0-or-later
 * The folder: each job becomes a file there, named by its title. */
#include "wb-file.h"
#include "wb-text.h"
#include "wb-transport.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define LONGEST_STEM 60

static gboolean
file_check (const char *target, GError **error)
{
  if (g_path_is_absolute (target))
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               "printer.target: a folder's whole path is needed, not “%s”", target);
  return FALSE;
}

static gpointer
file_open (WbPrinter *printer, GCancellable *cancellable, GError **error)
{
  return g_strdup (wb_record_get_text (printer, WB_PRINTER_TARGET));
}

static WbQueue *
file_describe (gpointer link, GError **error)
{
  WbQueue *queue = g_new0 (WbQueue, 1);

  queue->name = g_strdup (link);
  queue->info = g_strdup (link);
  queue->kind = WB_QUEUE_FILES;
  queue->accepting = TRUE;
  queue->media = g_new0 (char *, 1);
  queue->ready = g_new0 (char *, 1);
  queue->formats = g_new0 (char *, 1);
  return queue;
}

/* A file's name for a job: its title, without what a file's name cannot have. */
static char *
file_stem (const char *title)
{
  g_autofree char *line = wb_text_one_line (title);

  g_strdelimit (line, "/\\:*?\"<>|", '-');
  if (*line == '.')
    *line = '_';
  return g_utf8_strlen (line, -1) > LONGEST_STEM ? g_utf8_substring (line, 0, LONGEST_STEM)
                                                 : g_steal_pointer (&line);
}

/* The file in @folder that bears @title, whatever its format. */
static char *
find_file (const char *folder, const char *title)
{
  static const char *const formats[] = { WB_PRINT_PDF, WB_PRINT_PNG,  WB_PRINT_PWG,
                                         WB_PRINT_ZPL, WB_PRINT_EPL2, WB_PRINT_TSPL };
  g_autofree char         *stem = file_stem (title);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *name = g_strconcat (stem, ".", formats[i], NULL);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&name);
    }
  return NULL;
}

static gboolean
file_submit (gpointer          link,
             const WbPrintJob *job,
             const char       *title,
             char            **job_id,
             GCancellable     *cancellable,
             GError          **error)
{
  const char        *folder = link;
  g_autoptr (GError) local = NULL;
  g_autofree char   *there = find_file (folder, title);
  g_autofree char   *stem = file_stem (title);
  g_autofree char   *name = g_strconcat (stem, ".", job->format, NULL);
  g_autofree char   *path = g_build_filename (folder, name, NULL);

  if (there != NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_ALREADY, "“%s” is already in “%s”", there, folder);
      return FALSE;
    }
  if (g_mkdir_with_parents (folder, 0755) != 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE, "The folder “%s” cannot be made: %s",
                   folder, g_strerror (errno));
      return FALSE;
    }
  if (!wb_file_write (path, job->bytes, 0644, &local))
    {
      /* Whatever it was, no file is there: nothing has been printed. */
      g_set_error_literal (error, WB_ERROR, WB_ERROR_UNAVAILABLE, local->message);
      return FALSE;
    }
  *job_id = g_steal_pointer (&name);
  return TRUE;
}

static WbPrintFinding
file_find (gpointer link, const char *title, WbInstant since, char **job_id, GError **error)
{
  char *name = find_file (link, title);

  if (name == NULL)
    return WB_PRINT_NOT_THERE;
  *job_id = name;
  return WB_PRINT_FOUND;
}

static gboolean
file_look (gpointer link, const char *job_id, WbPrintStand *stand, GError **error)
{
  g_autofree char *path = g_build_filename (link, job_id, NULL);
  gboolean         there = g_file_test (path, G_FILE_TEST_IS_REGULAR);

  stand->state = there ? WB_PRINT_COMPLETED : WB_PRINT_GONE;
  if (there)
    /* Translators: the first %s is a file's name, the second a folder's */
    stand->sentence = g_strdup_printf (_ ("Written to “%s” in “%s”"), job_id, (char *) link);
  else
    stand->sentence = g_strdup_printf (_ ("“%s” is not in “%s” any more"), job_id, (char *) link);
  return TRUE;
}

static gboolean
file_cancel (gpointer link, const char *job_id, GError **error)
{
  g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
               "“%s” is written already; remove the file if it is not wanted", job_id);
  return FALSE;
}

const WbTransport wb_transport_file = { WB_TARGET_FOLDER, file_check,    file_open,
                                        g_free,           file_describe, file_submit,
                                        file_find,        file_look,     file_cancel };
