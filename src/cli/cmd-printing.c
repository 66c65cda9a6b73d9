/* SPDX-License-Identifier: GPL-3.0-or-later
 * printer, print-batch, print-set, label-sheet: what prints what on which station, whether it
 * prints true, and many papers in one go. */
#include "wb-cli-order-view.h"
#include "wb-cli-table.h"
#include "wb-cli.h"

#include "wb-file.h"

#include <glib/gi18n.h>
#include <string.h>

static const struct
{
  const char *option;
  const char *kind;
} targets[] = {
  { "queue", WB_TARGET_QUEUE },
  { "ipp", WB_TARGET_IPP },
  { "socket", WB_TARGET_SOCKET },
  { "folder", WB_TARGET_FOLDER },
};

static const struct
{
  const char *option;
  guint       field;
  gint64      least;
} numbers[] = {
  { "dpi", WB_PRINTER_DPI, 0 },           { "gap", WB_PRINTER_GAP_DMM, 0 },
  { "darkness", WB_PRINTER_DARKNESS, 0 }, { "speed", WB_PRINTER_SPEED_MMS, 0 },
  { "rotation", WB_PRINTER_ROTATION, 0 },
};

static const char *const formats[] = { WB_PRINT_PDF,  WB_PRINT_PNG,  WB_PRINT_PWG, WB_PRINT_ZPL,
                                       WB_PRINT_EPL2, WB_PRINT_TSPL, NULL };
static const char *const sensors[] = { WB_SENSOR_GAP, WB_SENSOR_MARK, WB_SENSOR_CONTINUOUS, NULL };
static const char *const finishes[] = { WB_FINISH_TEAR, WB_FINISH_CUT, WB_FINISH_PEEL, NULL };

static gboolean
set_target (WbCli *self, WbPrinter *printer, GError **error)
{
  guint named = 0;

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      const char      *value = wb_cli_option (self, targets[i].option);
      g_autofree char *path = value != NULL && g_str_equal (targets[i].kind, WB_TARGET_FOLDER)
                                  ? g_canonicalize_filename (value, NULL)
                                  : g_strdup (value);

      if (value == NULL)
        continue;
      named++;
      wb_record_set_text (printer, WB_PRINTER_TARGET_KIND, targets[i].kind);
      wb_record_set_text (printer, WB_PRINTER_TARGET, path);
    }
  if (named == 1 || (named == 0 && wb_record_get_text (printer, WB_PRINTER_TARGET) != NULL))
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s",
               _ ("Say one of --queue NAME (of the print server), --ipp ADDRESS (a printer in the "
                  "network), --socket HOST (its port 9100) or --folder FOLDER (papers as files)"));
  return FALSE;
}

static gboolean
set_word (WbCli             *self,
          const char        *option,
          const char *const *known,
          WbPrinter         *printer,
          guint              field,
          GError           **error)
{
  const char      *value = wb_cli_option (self, option);
  g_autofree char *all = g_strjoinv (", ", (char **) known);

  if (value == NULL)
    return TRUE;
  if (!g_strv_contains (known, value))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("--%s is one of %s, not “%s”"), option,
                   all, value);
      return FALSE;
    }
  wb_record_set_text (printer, field, value);
  return TRUE;
}

/* “1.5,-2”: millimetres to the right and down. */
static gboolean
set_nudge (WbCli *self, WbPrinter *printer, GError **error)
{
  const char    *value = wb_cli_option (self, "nudge");
  g_auto (GStrv) parts = value != NULL ? g_strsplit (value, ",", 2) : NULL;
  gint64         dmm[2];

  if (value == NULL)
    return TRUE;
  for (guint i = 0; i < 2; i++)
    {
      char  *end = NULL;
      double mm = 0; /* no money: a length */

      if (parts[0] != NULL && parts[1] != NULL)
        mm = g_ascii_strtod (parts[i], &end); /* no money */

      if (end == NULL || *end != '\0' || end == parts[i] || mm < -50 || mm > 50)
        {
          g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                       _ ("--nudge is RIGHT,DOWN in millimetres like 1.5,-2, not “%s”"), value);
          return FALSE;
        }
      dmm[i] = (gint64) (mm * 10 + (mm < 0 ? -0.5 : 0.5));
    }
  wb_record_set_int (printer, WB_PRINTER_NUDGE_X, dmm[0]);
  wb_record_set_int (printer, WB_PRINTER_NUDGE_Y, dmm[1]);
  return TRUE;
}

static gboolean
set_printer (WbCli *self, WbBook *book, const char *document, GError **error)
{
  const char           *station = wb_cli_option (self, "station");
  g_autoptr (WbPrinter) printer = NULL;

  if (g_strcmp0 (station, "this") == 0)
    station = wb_station ();
  printer = wb_book_find_printer (book, station, document, NULL);
  if (printer == NULL)
    printer = wb_printer_new ();
  wb_record_set_text (printer, WB_PRINTER_STATION, station);
  wb_record_set_text (printer, WB_PRINTER_HOST, wb_cli_has (self, "here") ? wb_station () : NULL);
  wb_record_set_text (printer, WB_PRINTER_DOCUMENT, document);
  if (!set_target (self, printer, error) ||
      !set_word (self, "format", formats, printer, WB_PRINTER_FORMAT, error) ||
      !set_word (self, "sensor", sensors, printer, WB_PRINTER_SENSOR, error) ||
      !set_word (self, "finish", finishes, printer, WB_PRINTER_FINISH, error) ||
      !set_nudge (self, printer, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      gint64 value = wb_record_get_int (printer, numbers[i].field);

      if (!wb_cli_number (self, numbers[i].option, numbers[i].least, &value, error))
        return FALSE;
      wb_record_set_int (printer, numbers[i].field, value);
    }
  if (wb_record_get_text (printer, WB_PRINTER_FORMAT) == NULL)
    wb_record_set_text (printer, WB_PRINTER_FORMAT, WB_PRINT_PDF);
  if (wb_cli_has (self, "media"))
    wb_record_set_text (printer, WB_PRINTER_MEDIA, wb_cli_option (self, "media"));
  if (!wb_desk_save_printer (self->desk, printer, error))
    return FALSE;
  wb_cli_say (self, "%s: %s", document, wb_record_get_text (printer, WB_PRINTER_TARGET));
  return TRUE;
}

/* What the print server has. */
static gboolean
list_queues (WbCli *self, GError **error)
{
  static const WbColumn columns[] = {
    { N_ ("Queue"), FALSE, 0 },
    { N_ ("Name"), FALSE, 40 },
    { N_ ("Takes"), FALSE, 0 },
    { N_ ("Trouble"), FALSE, 60 },
    { NULL },
  };
  g_autofree WbColumn    *titled = wb_cli_translate (columns);
  g_autoptr (WbTable)     table = wb_table_new (titled);
  g_autoptr (GPtrArray)   queues = wb_desk_list_queues (self->cancellable, error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (queues == NULL)
    return FALSE;
  json_builder_begin_array (builder);
  for (guint i = 0; i < queues->len; i++)
    {
      const WbDeskQueue *queue = queues->pdata[i];

      wb_table_add (table, queue->name, queue->title, queue->raw ? "zpl, epl2, tspl" : "pdf, png",
                    queue->trouble);
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "name");
      json_builder_add_string_value (builder, queue->name);
      json_builder_set_member_name (builder, "raw");
      json_builder_add_boolean_value (builder, queue->raw);
      json_builder_set_member_name (builder, "trouble");
      json_builder_add_value (builder,
                              queue->trouble != NULL
                                  ? json_node_init_string (json_node_alloc (), queue->trouble)
                                  : json_node_init_null (json_node_alloc ()));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  if (self->json)
    wb_cli_print_json (json_builder_get_root (builder));
  else if (queues->len == 0)
    wb_cli_say (self, "%s", _ ("The print server has no queues."));
  else
    wb_table_print (table);
  return TRUE;
}

static gboolean
list_printers (WbCli *self, WbBook *book, GError **error)
{
  static const WbColumn columns[] = {
    { N_ ("Prints"), FALSE, 0 },
    { N_ ("Station"), FALSE, 20 },
    { N_ ("By"), FALSE, 0 },
    { N_ ("Name"), FALSE, 0 },
    { N_ ("Format"), FALSE, 0 },
    { N_ ("Paper"), FALSE, 0 },
    { NULL },
  };
  g_autoptr (GPtrArray) found = wb_book_list_printers (book, error);
  g_autofree WbColumn  *titled = wb_cli_translate (columns);
  g_autoptr (WbTable)   table = wb_table_new (titled);

  for (guint i = 0; found != NULL && i < found->len; i++)
    wb_table_add (table, wb_record_get_text (found->pdata[i], WB_PRINTER_DOCUMENT),
                  wb_record_get_text (found->pdata[i], WB_PRINTER_STATION),
                  wb_record_get_text (found->pdata[i], WB_PRINTER_TARGET_KIND),
                  wb_record_get_text (found->pdata[i], WB_PRINTER_TARGET),
                  wb_record_get_text (found->pdata[i], WB_PRINTER_FORMAT),
                  wb_record_get_text (found->pdata[i], WB_PRINTER_MEDIA));
  if (found == NULL)
    return FALSE;
  if (self->json)
    wb_cli_print_json (wb_cli_records_to_json (found));
  else if (found->len == 0)
    wb_cli_say (self, "%s", _ ("No printer is set up yet; see: waybillctl printer --help"));
  else
    wb_table_print (table);
  return TRUE;
}

static gboolean
print_test (WbCli *self, GError **error)
{
  const char      *document = wb_cli_word (self, 1);
  g_autofree char *outcome = NULL;

  if (!wb_desk_print_test (self->desk, document != NULL ? document : WB_DOCUMENT_LABEL, &outcome,
                           self->cancellable, error))
    return FALSE;
  wb_cli_say (self, "%s", outcome);
  return TRUE;
}

static gboolean
cmd_printer (WbCli *self, GError **error)
{
  WbBook     *book = wb_cli_book (self, error);
  const char *word = wb_cli_word (self, 0);

  if (book == NULL)
    return FALSE;
  if (word == NULL || g_str_equal (word, "list"))
    return list_printers (self, book, error);
  if (g_str_equal (word, "queues"))
    return list_queues (self, error);
  if (g_str_equal (word, "test"))
    return print_test (self, error);
  if (wb_document_kind (word) != NULL)
    return set_printer (self, book, word, error);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("Say “label” or “slip”, not “%s”"), word);
  return FALSE;
}

static void
tell_row (const WbPrintsRow *row, guint total, gpointer data)
{
  static const char *const words[] = {
    [WB_PRINTS_WAITING] = N_ ("waiting"), [WB_PRINTS_SENT] = N_ ("at the printer"),
    [WB_PRINTS_PRINTED] = N_ ("printed"), [WB_PRINTS_FAILED] = N_ ("failed"),
    [WB_PRINTS_UNSURE] = N_ ("unsure"),
  };

  wb_cli_say (data, "%u/%u %s: %s %s", row->place, total, row->document, _ (words[row->state]),
              row->text != NULL ? row->text : "");
}

/* The numbers of the shipments that were named. */
static gboolean
read_shipments (WbCli *self, GArray *ids, GError **error)
{
  for (guint i = 0; i < self->words->len; i++)
    {
      gint64 id = 0;

      if (!wb_cli_parse_id (wb_cli_word (self, i), _ ("shipment"), &id, error))
        return FALSE;
      g_array_append_val (ids, id);
    }
  return TRUE;
}

static gboolean
cmd_print_batch (WbCli *self, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64             batch = 0, from = 0;

  if (wb_cli_book (self, error) == NULL || !wb_cli_number (self, "batch", 1, &batch, error) ||
      !wb_cli_number (self, "from", 1, &from, error) || !read_shipments (self, ids, error))
    return FALSE;
  if ((batch == 0) == (ids->len == 0))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s",
                   _ ("Name the shipments, or the batch that is to be gone on with"));
      return FALSE;
    }
  if (wb_cli_has (self, "cancel"))
    return wb_desk_cancel_prints (self->desk, batch, self->cancellable, error);
  if (batch == 0)
    batch = wb_desk_begin_prints (self->desk, (gint64 *) ids->data, ids->len,
                                  wb_cli_has (self, "slips"), error);
  if (batch == 0)
    return FALSE;
  wb_cli_say (self, _ ("Batch %d"), (int) batch);
  return wb_desk_run_prints (self->desk, batch, (guint) from, tell_row, self, self->cancellable,
                             error);
}

/* One line a paper; @missing counts those that no printer has. */
static void
tell_set (WbCli *self, gint64 shipment_id, GPtrArray *rows, guint *missing)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const WbSetRow *row = rows->pdata[i];

      if (row->error != NULL)
        g_printerr ("%" G_GINT64_FORMAT " %s: %s\n", shipment_id, row->document,
                    row->error->message);
      else
        wb_cli_say (self, "%" G_GINT64_FORMAT " %s: %s", shipment_id, row->document, row->outcome);
      *missing += row->error != NULL;
    }
}

static gboolean
cmd_print_set (WbCli *self, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint              missing = 0;

  if (wb_cli_open (self, error) == NULL || !read_shipments (self, ids, error))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      gint64                id = g_array_index (ids, gint64, i);
      g_autoptr (GPtrArray) rows =
          wb_desk_print_set (self->desk, id, NULL, self->cancellable, error);

      if (rows == NULL)
        return FALSE;
      tell_set (self, id, rows, &missing);
    }
  if (missing == 0)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_FAILED,
               ngettext ("%d paper is missing", "%d papers are missing", missing), (int) missing);
  return FALSE;
}

static gboolean
cmd_label_sheet (WbCli *self, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  const char        *sheet = wb_cli_option (self, "sheet"), *out = wb_cli_option (self, "out");
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char   *outcome = NULL;
  gint64             start = 1;

  if (sheet == NULL)
    sheet = "a4-2"; /* two 4 × 6 inch labels */
  if (wb_cli_open (self, error) == NULL || !wb_cli_number (self, "start", 1, &start, error) ||
      !read_shipments (self, ids, error))
    return FALSE;
  if (out == NULL)
    {
      if (!wb_desk_print_label_sheet (self->desk, sheet, (guint) start, TRUE,
                                      (const gint64 *) (gpointer) ids->data, ids->len, &outcome,
                                      self->cancellable, error))
        return FALSE;
      wb_cli_say (self, "%s", outcome);
      return TRUE;
    }
  bytes = wb_desk_make_label_sheet (self->desk, sheet, (guint) start, TRUE,
                                    (const gint64 *) (gpointer) ids->data, ids->len, error);
  if (bytes == NULL || !wb_file_write (out, bytes, 0600, error))
    return FALSE;
  wb_cli_say (self, _ ("Written to “%s”."), out);
  return TRUE;
}

const WbCommand wb_commands_printing[] = {
  { "printer",
    N_ ("[list | queues | test [PAPER] | PAPER]"),
    0,
    2,
    N_ ("list or set up what prints labels and slips"),
    N_ ("PAPER is label, slip, pick-list, customs, return-slip…; what has no printer of its own is "
        "printed where labels or slips are. A queue is one of the print server (“queues” lists "
        "them). ZPL, EPL2 and TSPL go to raw queues and to port 9100."),
    cmd_printer,
    { { "queue", N_ ("NAME"), N_ ("a queue of the print server") },
      { "ipp", N_ ("ADDRESS"), N_ ("a printer itself: ipp://HOST/ipp/print") },
      { "socket", N_ ("HOST"), N_ ("a label printer's port 9100: HOST or HOST:PORT") },
      { "folder", N_ ("FOLDER"), N_ ("papers become files in this folder") },
      { "station", N_ ("NAME"), N_ ("only on this station; “this” is this computer") },
      { "here", NULL,
        N_ ("the station is a name for a printer of this computer, for rules to wish for") },
      { "format", N_ ("FORMAT"), N_ ("pdf, png, pwg, zpl, epl2 or tspl") },
      { "media", N_ ("MEDIA"),
        N_ ("PWG name of the paper: na_index-4x6_4x6in, iso_a4_210x297mm…") },
      { "dpi", N_ ("DOTS"), N_ ("the printer's dots an inch: 203, 300…") },
      { "sensor", N_ ("WORD"), N_ ("where a label begins: gap, mark or continuous") },
      { "gap", N_ ("TENTHS"), N_ ("gap or mark in tenths of a millimetre") },
      { "darkness", N_ ("PERCENT"), N_ ("1 to 100; 0: as the printer is set") },
      { "speed", N_ ("SPEED"), N_ ("millimetres a second; 0: as the printer is set") },
      { "rotation", N_ ("DEGREES"), N_ ("0, 90, 180 or 270, clockwise") },
      { "nudge", N_ ("RIGHT,DOWN"), N_ ("move everything by millimetres: 1.5,-2") },
      { "finish", N_ ("WORD"), N_ ("after a label: tear, cut or peel") } } },
  { "print-batch",
    N_ ("[SHIPMENT…]"),
    0,
    500,
    N_ ("print the labels of many shipments in their order"),
    N_ ("One job a paper. When the printer fails it stops there; --batch goes on with it, nothing "
        "twice and nothing missing."),
    cmd_print_batch,
    { { "slips", NULL, N_ ("a packing slip after each label") },
      { "batch", N_ ("NUMBER"), N_ ("go on with this batch") },
      { "from", N_ ("PLACE"), N_ ("papers from this place on did not come out") },
      { "cancel", NULL, N_ ("print nothing more of it") } } },
  { "print-set",
    N_ ("SHIPMENT…"),
    1,
    500,
    N_ ("print every paper that a shipment must have"),
    N_ ("Label, slip, and what customs on its way want. What was printed before is not printed "
        "again; what is missing is told."),
    cmd_print_set,
    { { NULL } } },
  { "label-sheet",
    N_ ("SHIPMENT…"),
    1,
    500,
    N_ ("print labels on A4 or Letter sheets, at their own size"),
    N_ ("They are never scaled: what does not fit its place is refused."),
    cmd_label_sheet,
    { { "sheet", N_ ("SHEET"), N_ ("which sheet: a4-1, a4-2, a4-4, letter-2…") },
      { "start", N_ ("N"), N_ ("the first free place of that sheet") },
      { "out", N_ ("FILE"), N_ ("write it to a file and print nothing") } } },
  { NULL },
};
