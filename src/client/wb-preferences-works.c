/* SPDX-License-Identifier: GPL-3.0-or-later
 * The works of the preferences: each is one call of the engine. */
#include "wb-preferences-works.h"

#include "wb-rules.h"

#include <glib/gi18n-lib.h>

static gpointer
run_save (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbDesk  *desk = wb_job_get_desk (job, error);
  gboolean saved = FALSE;

  if (desk == NULL)
    return NULL;
  if (WB_IS_ORIGIN (data))
    saved = wb_desk_save_origin (desk, data, error);
  else if (WB_IS_PACKAGE (data))
    saved = wb_desk_save_package (desk, data, error);
  else if (WB_IS_PRINTER (data))
    saved = wb_desk_save_printer (desk, data, error);
  else if (WB_IS_RULE (data))
    saved = wb_desk_save_rule (desk, data, error);
  return saved ? g_strdup (_ ("Saved")) : NULL;
}

static gpointer
run_remove (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbDesk  *desk = wb_job_get_desk (job, error);
  gint64   id = wb_record_get_int (data, 0);
  gboolean removed = FALSE;

  if (desk == NULL)
    return NULL;
  if (WB_IS_ORIGIN (data))
    removed = wb_desk_remove_origin (desk, id, error);
  else if (WB_IS_PACKAGE (data))
    removed = wb_desk_remove_package (desk, id, error);
  else if (WB_IS_CONNECTION (data))
    removed = wb_desk_remove_connection (desk, id, error);
  else if (WB_IS_RULE (data))
    removed = wb_desk_remove_rule (desk, id, error);
  return removed ? g_strdup (_ ("Removed")) : NULL;
}

typedef struct
{
  WbPrinter *printer;
  gint64     gone;
} PrinterChoice;

/** wb_printer_choice_new: @printer: (nullable) (transfer full): to be kept; @gone: the number of a
 * row to be forgotten, 0: none. Returns: (transfer full): data for wb_choose_printer_work. */
gpointer
wb_printer_choice_new (WbPrinter *printer, gint64 gone)
{
  PrinterChoice *choice = g_new0 (PrinterChoice, 1);

  choice->printer = printer;
  choice->gone = gone;
  return choice;
}

static void
printer_choice_free (gpointer data)
{
  PrinterChoice *choice = data;

  g_clear_object (&choice->printer);
  g_free (choice);
}

static gpointer
run_choose_printer (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  PrinterChoice *choice = data;
  WbDesk        *desk = wb_job_get_desk (job, error);

  if (desk == NULL ||
      (choice->printer != NULL && !wb_desk_save_printer (desk, choice->printer, error)) ||
      (choice->gone != 0 && !wb_desk_remove_printer (desk, choice->gone, error)))
    return NULL;
  return g_strdup (_ ("Saved"));
}

const WbWorkKind wb_choose_printer_work = {
  .run = run_choose_printer,
  .free_data = printer_choice_free,
  .free_result = g_free,
  .effect = TRUE,
};

static gpointer
run_backup (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbDesk          *desk = wb_job_get_desk (job, error);
  g_autofree char *name = g_path_get_basename (data);

  if (desk == NULL || !wb_book_backup (wb_desk_get_book (desk), data, error))
    return NULL;
  /* Translators: %s is the name of a file */
  return g_strdup_printf (_ ("The order book is backed up in “%s”, and the copy was read again"),
                          name);
}

static gpointer
run_print_test (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbDesk          *desk = wb_job_get_desk (job, error);
  g_autofree char *outcome = NULL;

  if (desk == NULL || !wb_desk_print_test (desk, data, &outcome, cancellable, error))
    return NULL;
  /* Translators: %s names the printer and the job */
  return g_strdup_printf (_ ("The test page is on its way: %s"), outcome);
}

typedef struct
{
  char          *document;
  WbTestFindings findings;
} AdjustAsk;

/** wb_adjust_ask_new: Returns: (transfer full): data for wb_adjust_printer_work. */
gpointer
wb_adjust_ask_new (const char *document, const WbTestFindings *findings)
{
  AdjustAsk *ask = g_new0 (AdjustAsk, 1);

  ask->document = g_strdup (document);
  ask->findings = *findings;
  return ask;
}

static void
adjust_ask_free (gpointer data)
{
  AdjustAsk *ask = data;

  g_free (ask->document);
  g_free (ask);
}

static gpointer
run_adjust (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  AdjustAsk       *ask = data;
  WbDesk          *desk = wb_job_get_desk (job, error);
  g_autofree char *changes = NULL, *outcome = NULL;

  if (desk == NULL ||
      !wb_desk_adjust_printer (desk, ask->document, &ask->findings, &changes, error) ||
      !wb_desk_print_test (desk, ask->document, &outcome, cancellable, error))
    return NULL;
  if (*changes == '\0')
    return g_strdup_printf (_ ("The test page is on its way: %s"), outcome);
  /* Translators: what was changed (sentences); printer and job */
  return g_strdup_printf (_ ("%s Printed again: %s"), changes, outcome);
}

const WbWorkKind wb_adjust_printer_work = {
  .run = run_adjust, .free_data = adjust_ask_free, .free_result = g_free, .effect = TRUE
};

static gpointer
run_list_queues (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  return wb_desk_list_queues (cancellable, error);
}

/** wb_connect_ask_new: Returns: (transfer full): an ask with copies of both. */
WbConnectAsk *
wb_connect_ask_new (WbConnection *draft, const char *const *secrets)
{
  WbConnectAsk *ask = g_new0 (WbConnectAsk, 1);

  ask->draft = wb_record_copy (draft);
  ask->secrets = g_strdupv ((char **) secrets);
  return ask;
}

/** wb_connect_ask_free: frees @ask. */
void
wb_connect_ask_free (WbConnectAsk *ask)
{
  g_clear_object (&ask->draft);
  g_strfreev (ask->secrets);
  g_free (ask->findings);
  g_free (ask);
}

static void
free_ask (gpointer data)
{
  wb_connect_ask_free (data);
}

static gpointer
run_connect_test (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbConnectAsk            *asked = data;
  WbDesk                  *desk = wb_job_get_desk (job, error);
  g_autoptr (WbConnectAsk) ask =
      wb_connect_ask_new (asked->draft, (const char *const *) asked->secrets);

  if (desk == NULL ||
      !wb_desk_test_connection (desk, ask->draft, (const char *const *) ask->secrets,
                                &ask->findings, cancellable, error))
    return NULL;
  return g_steal_pointer (&ask);
}

static gpointer
run_connect_save (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbConnectAsk *ask = data;
  WbDesk       *desk = wb_job_get_desk (job, error);

  if (desk == NULL ||
      wb_desk_add_connection (desk, ask->draft, (const char *const *) ask->secrets, error) == 0)
    return NULL;
  /* Translators: %s is the name of a shop, carrier or gateway */
  return g_strdup_printf (_ ("“%s” is connected"),
                          wb_record_get_text (ask->draft, WB_CONNECTION_NAME));
}

static void
free_queues (gpointer queues)
{
  g_ptr_array_unref (queues);
}

#define WORK(name, does, frees)                                                                    \
  const WbWorkKind name = { .run = does, .free_data = frees, .free_result = g_free, .effect = TRUE }

WORK (wb_save_record_work, run_save, g_object_unref);
WORK (wb_remove_record_work, run_remove, g_object_unref);
WORK (wb_backup_work, run_backup, g_free);
WORK (wb_print_test_work, run_print_test, g_free);
WORK (wb_connect_save_work, run_connect_save, free_ask);

const WbWorkKind wb_list_queues_work = { .run = run_list_queues, .free_result = free_queues };
const WbWorkKind wb_connect_test_work = { .run = run_connect_test,
                                          .free_data = free_ask,
                                          .free_result = free_ask };
