/* SPDX-License-Identifier: GPL-3.0-or-later
 * The doctor: what is set up, what is missing, what is wrong, and what to do about it. */
#include "wb-doctor.h"

#include "wb-desk-vendors.h"
#include "wb-exceptions.h"
#include "wb-printing.h"
#include "wb-refusals.h"

#include <glib/gi18n-lib.h>

/** wb_finding_row_free: frees @row. */
void
wb_finding_row_free (WbFindingRow *row)
{
  g_free (row->subject);
  g_free (row->finding);
  g_free (row->advice);
  g_free (row);
}

static void
add (GPtrArray *rows, gboolean ok, const char *subject, const char *finding, const char *advice)
{
  WbFindingRow *row = g_new0 (WbFindingRow, 1);

  *row = (WbFindingRow){ .ok = ok,
                         .subject = g_strdup (subject),
                         .finding = g_strdup (finding),
                         .advice = g_strdup (ok ? NULL : advice) };
  g_ptr_array_add (rows, row);
}

static void
examine_book (WbDesk *self, GPtrArray *rows)
{
  g_autoptr (GError) local = NULL;

  if (wb_book_check (wb_desk_get_book (self), &local))
    add (rows, TRUE, _ ("Order book"), wb_book_get_path (wb_desk_get_book (self)), NULL);
  else
    add (rows, FALSE, _ ("Order book"), local->message,
         _ ("Restore the last backup with: waybillctl restore FILE"));
}

static void
examine_secrets (WbDesk *self, GPtrArray *rows)
{
  g_autoptr (GError) local = NULL;

  if (wb_secrets_check (wb_desk_get_secrets (self), &local))
    add (rows, TRUE, _ ("Secrets"), wb_secrets_describe (wb_desk_get_secrets (self)), NULL);
  else
    add (rows, FALSE, _ ("Secrets"), local->message,
         _ ("Unlock the password store, or use --secrets-file FILE"));
}

static gboolean
ask_module (WbDesk       *self,
            WbConnection *connection,
            char        **summary,
            GCancellable *cancellable,
            GError      **error)
{
  const char             *kind = wb_record_get_text (connection, WB_CONNECTION_KIND);
  gint64                  id = wb_record_get_int (connection, WB_CONNECTION_ID);
  g_auto (WbShopFindings) findings = { 0 };
  g_autoptr (GObject)     module = NULL;

  if (g_str_equal (kind, WB_KIND_SHOP))
    {
      module = G_OBJECT (wb_desk_open_shop (self, id, error));
      if (module == NULL || !wb_shop_probe (WB_SHOP (module), &findings, cancellable, error))
        return FALSE;
      *summary =
          g_strdup_printf (_ ("answers; its clock is %d s from ours"), (int) findings.clock_offset);
      return TRUE;
    }
  if (g_str_equal (kind, WB_KIND_CARRIER))
    {
      module = G_OBJECT (wb_desk_open_carrier (self, id, error));
      return module != NULL && wb_carrier_probe (WB_CARRIER (module), summary, cancellable, error);
    }
  module = G_OBJECT (wb_desk_open_gateway (self, id, error));
  return module != NULL && wb_gateway_probe (WB_GATEWAY (module), summary, cancellable, error);
}

static void
examine_connection (WbDesk       *self,
                    WbConnection *connection,
                    gboolean      ask_vendors,
                    GPtrArray    *rows,
                    GCancellable *cancellable)
{
  g_autoptr (GError) local = NULL;
  g_autofree char   *summary = NULL;
  const char        *name = wb_record_get_text (connection, WB_CONNECTION_NAME);
  g_autofree char   *advice = NULL;

  if (!wb_record_get_bool (connection, WB_CONNECTION_ENABLED))
    {
      add (rows, TRUE, name, _ ("switched off"), NULL);
      return;
    }
  if (!ask_vendors)
    {
      add (rows, wb_record_get_text (connection, WB_CONNECTION_ERROR) == NULL, name,
           wb_record_get_text (connection, WB_CONNECTION_ERROR) != NULL
               ? wb_record_get_text (connection, WB_CONNECTION_ERROR)
               : _ ("connected (not asked now)"),
           _ ("Sync it again"));
      return;
    }
  if (ask_module (self, connection, &summary, cancellable, &local))
    {
      add (rows, TRUE, name, summary, NULL);
      return;
    }
  advice = wb_error_advice (local);
  add (rows, FALSE, name, local->message, advice);
}

static void
examine_connections (WbDesk *self, gboolean ask_vendors, GPtrArray *rows, GCancellable *cancellable)
{
  static const char *const kinds[] = { WB_KIND_SHOP, WB_KIND_CARRIER, WB_KIND_GATEWAY };
  static const char *const missing[] = { N_ ("no shop is connected"),
                                         N_ ("no carrier is connected"),
                                         N_ ("no payment gateway is connected") };
  static const char *const effect[] = {
    N_ ("No orders come in. Connect one: waybillctl connect shop"),
    N_ ("No labels can be bought. Connect one: waybillctl connect carrier"),
    N_ ("Fine if the shop captures or all is paid beforehand; otherwise: waybillctl connect "
        "gateway")
  };

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autoptr (GPtrArray) connections =
          wb_book_list_connections (wb_desk_get_book (self), kinds[k], NULL);

      for (guint i = 0; connections != NULL && i < connections->len; i++)
        examine_connection (self, connections->pdata[i], ask_vendors, rows, cancellable);
      if (connections == NULL || connections->len == 0)
        add (rows, FALSE, wb_kind_title (kinds[k]), _ (missing[k]), _ (effect[k]));
    }
}

static void
examine_printer (WbDesk     *self,
                 const char *document,
                 const char *subject,
                 GPtrArray  *queues,
                 const char *trouble,
                 GPtrArray  *rows)
{
  g_autoptr (WbPrinter) printer = wb_book_get_printer (wb_desk_get_book (self), document, NULL);
  const char *target = printer != NULL ? wb_record_get_text (printer, WB_PRINTER_TARGET) : NULL;

  if (printer == NULL)
    {
      add (rows, FALSE, subject, _ ("no printer is set up"),
           _ ("Set one up: waybillctl printer --help"));
      return;
    }
  if (g_str_equal (wb_record_get_text (printer, WB_PRINTER_TARGET_KIND), WB_TARGET_FOLDER))
    {
      add (rows, g_file_test (target, G_FILE_TEST_IS_DIR), subject, target,
           _ ("The folder is not there; make it"));
      return;
    }
  if (!g_str_equal (wb_record_get_text (printer, WB_PRINTER_TARGET_KIND), WB_TARGET_QUEUE))
    {
      g_autoptr (GError)  local = NULL;
      g_autoptr (WbQueue) itself = wb_print_describe (printer, NULL, &local);

      add (rows, itself != NULL, subject, itself != NULL ? itself->info : local->message,
           _ ("Switch it on and look at its cable; the job waits for it."));
      return;
    }
  for (guint i = 0; queues != NULL && i < queues->len; i++)
    {
      WbQueue *queue = queues->pdata[i];

      if (g_strcmp0 (queue->name, target) != 0)
        continue;
      add (rows, queue->accepting && !queue->stopped, subject,
           queue->message != NULL && *queue->message != '\0' ? queue->message : queue->info,
           _ ("The queue is stopped or takes no jobs; start it in the printer settings"));
      return;
    }
  add (rows, FALSE, subject, trouble != NULL ? trouble : target,
       _ ("The print server does not know this queue; choose another or set it up"));
}

/* A label is dated by the day at the sender's: with no such zone on the machine none can be bought.
 */
static void
examine_zones (GPtrArray *origins, GPtrArray *rows)
{
  for (guint i = 0; origins != NULL && i < origins->len; i++)
    {
      g_autoptr (GError) local = NULL;
      char               today[WB_DATE_SIZE];

      if (!wb_date_at (wb_now (), wb_record_get_text (origins->pdata[i], WB_ORIGIN_ZONE), today,
                       &local))
        add (rows, FALSE, wb_record_get_text (origins->pdata[i], WB_ORIGIN_NAME), local->message,
             _ ("No label can be dated there. Install the time zones (package tzdata), or correct "
                "the sender's zone: waybillctl origin --help"));
    }
}

static void
examine_setup (WbDesk *self, GPtrArray *rows, GCancellable *cancellable)
{
  g_autoptr (GPtrArray) origins = wb_book_list_origins (wb_desk_get_book (self), NULL),
                        packages = wb_book_list_packages (wb_desk_get_book (self), NULL);
  g_autoptr (GError)    local = NULL;
  g_autoptr (GPtrArray) queues = wb_print_list_queues (cancellable, &local);
  gboolean              has_origin = origins != NULL && origins->len > 0,
           has_package = packages != NULL && packages->len > 0;

  add (rows, has_origin, _ ("Sender"),
       has_origin ? wb_record_get_text (origins->pdata[0], WB_ORIGIN_NAME)
                  : _ ("no sender's address is set up"),
       _ ("Labels need one: waybillctl origin --help"));
  examine_zones (origins, rows);
  add (rows, has_package, _ ("Packages"),
       has_package ? wb_record_get_text (packages->pdata[0], WB_PACKAGE_NAME)
                   : _ ("no package is set up"),
       _ ("Rates need one: waybillctl package --help"));
  examine_printer (self, WB_DOCUMENT_LABEL, _ ("Label printer"), queues,
                   local != NULL ? local->message : NULL, rows);
  examine_printer (self, WB_DOCUMENT_SLIP, _ ("Slip printer"), queues,
                   local != NULL ? local->message : NULL, rows);
}

static void
examine_exceptions (WbDesk *self, GPtrArray *rows)
{
  g_autoptr (GPtrArray) exceptions = wb_list_exceptions (wb_desk_get_book (self), NULL);
  guint                 n = exceptions != NULL ? exceptions->len : 0;
  g_autofree char      *text =
      n > 0
               ? g_strdup_printf (ngettext ("%u thing needs a person", "%u things need a person", n), n)
               : g_strdup (_ ("nothing needs a person"));

  add (rows, n == 0, _ ("Exceptions"), text, _ ("See: waybillctl exceptions"));
}

/**
 * wb_desk_examine:
 * @ask_vendors: also ask shops, carriers and gateways
 *
 * Returns: (transfer full) (element-type WbFindingRow): everything that must be right for a day's
 * work, one row each.
 */
GPtrArray *
wb_desk_examine (WbDesk *self, gboolean ask_vendors, GCancellable *cancellable, GError **error)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_finding_row_free);

  examine_book (self, rows);
  examine_secrets (self, rows);
  examine_connections (self, ask_vendors, rows, cancellable);
  examine_setup (self, rows, cancellable);
  examine_exceptions (self, rows);
  return rows;
}
