/* SPDX-License-Identifier: GPL-3.0-or-later
 * waves, wave: picking without a window: a wave is made of what is ready, walked line by line,
 * printed, finished or given up; every step can be taken back. */
#include "wb-cli-order-view.h"
#include "wb-cli-table.h"
#include "wb-cli.h"

#include "wb-file.h"
#include "wb-pick-sheet.h"
#include "wb-pick-wave.h"
#include "wb-text.h"

#include <glib/gi18n.h>

/* ---- the waves there are ---- */

static gboolean
add_wave (WbBook *book, WbWave *wave, WbTable *table, GError **error)
{
  gint64                  id = wb_record_get_int (wave, WB_WAVE_ID), wanted = 0, picked = 0;
  g_autoptr (WbPickSheet) sheet = wb_pick_sheet_read (book, id, error);
  g_autofree char        *number = g_strdup_printf ("%d", (int) id);
  g_autofree char        *made = wb_cli_when (wb_record_get_int (wave, WB_WAVE_CREATED_AT));
  g_autofree char        *orders = NULL, *pieces = NULL;

  if (sheet == NULL)
    return FALSE;
  for (guint i = 0; i < sheet->lines->len; i++)
    {
      wanted += wb_pick_line_wanted (sheet->lines->pdata[i]);
      picked += wb_pick_line_picked (sheet->lines->pdata[i]);
    }
  orders = g_strdup_printf ("%u", sheet->orders->len);
  pieces = g_strdup_printf ("%d/%d", (int) picked, (int) wanted);
  wb_table_add (table, number, made, wb_record_get_text (wave, WB_WAVE_METHOD),
                wb_record_get_text (wave, WB_WAVE_STATE), orders, pieces,
                wb_record_get_text (wave, WB_WAVE_ACTOR));
  return TRUE;
}

static gboolean
cmd_waves (WbCli *self, GError **error)
{
  static const WbColumn columns[] = {
    { N_ ("Wave"), TRUE, 0 },    { N_ ("Made"), FALSE, 0 },
    { N_ ("Method"), FALSE, 0 }, { N_ ("State"), FALSE, 0 },
    { N_ ("Orders"), TRUE, 0 },  { N_ ("Fetched"), TRUE, 0 },
    { N_ ("By"), FALSE, 20 },    { NULL },
  };
  WbBook               *book = wb_cli_book (self, error);
  g_autofree WbColumn  *titled = wb_cli_translate (columns);
  g_autoptr (WbTable)   table = wb_table_new (titled);
  g_autoptr (GPtrArray) waves =
      book != NULL
          ? wb_book_list_waves (book, wb_cli_has (self, "all") ? NULL : WB_WAVE_OPEN, error)
          : NULL;

  if (waves == NULL)
    return FALSE;
  for (guint i = 0; !self->json && i < waves->len; i++)
    if (!add_wave (book, waves->pdata[i], table, error))
      return FALSE;
  if (self->json)
    wb_cli_print_json (wb_cli_records_to_json (waves));
  else if (waves->len == 0)
    wb_cli_say (self, "%s", _ ("Nobody is picking; see: waybillctl wave --help"));
  else
    wb_table_print (table);
  return TRUE;
}

/* ---- one wave, as it is walked ---- */

/* “1042 × 2 → 3, 1043”: for whom, how many, into which tote. */
static char *
orders_of (const WbPickLine *line)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < line->parts->len; i++)
    {
      const WbPickPart *part = line->parts->pdata[i];

      if (part->out)
        continue;
      g_string_append_printf (text, "%s%s × %d", text->len > 0 ? ", " : "", part->number,
                              (int) part->wanted);
      if (part->tote != NULL)
        g_string_append_printf (text, " → %s", part->tote);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_line (WbTable *table, guint i, const WbPickLine *line)
{
  g_autofree char *number = g_strdup_printf ("%u", i + 1), *orders = orders_of (line);
  g_autofree char *wanted = g_strdup_printf ("%d", (int) wb_pick_line_wanted (line));
  g_autofree char *picked = g_strdup_printf ("%d", (int) wb_pick_line_picked (line));
  g_autofree char *missing = g_strdup_printf ("%d", (int) wb_pick_line_missing (line));

  wb_table_add (table, number, line->bin, line->sku != NULL ? line->sku : "", line->name, wanted,
                picked, missing, orders);
}

static void
print_sheet (WbPickSheet *sheet)
{
  static const WbColumn columns[] = {
    { N_ ("Line"), TRUE, 0 },      { N_ ("Bin"), FALSE, 0 },     { N_ ("SKU"), FALSE, 18 },
    { N_ ("Product"), FALSE, 30 }, { N_ ("Wanted"), TRUE, 0 },   { N_ ("Fetched"), TRUE, 0 },
    { N_ ("Not there"), TRUE, 0 }, { N_ ("Orders"), FALSE, 48 }, { NULL },
  };
  g_autofree WbColumn *titled = wb_cli_translate (columns);
  g_autoptr (WbTable)  table = wb_table_new (titled);

  for (guint i = 0; i < sheet->lines->len; i++)
    if (wb_pick_line_wanted (sheet->lines->pdata[i]) > 0)
      add_line (table, i, sheet->lines->pdata[i]);
  wb_table_print (table);
}

static void
set_text (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
  else
    json_object_set_null_member (object, name);
}

static JsonArray *
parts_to_json (const WbPickLine *line)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < line->parts->len; i++)
    {
      const WbPickPart *part = line->parts->pdata[i];
      JsonObject       *object;

      if (part->out)
        continue;
      object = json_object_new ();
      set_text (object, "order", part->number);
      set_text (object, "tote", part->tote);
      json_object_set_int_member (object, "wanted", part->wanted);
      json_object_set_int_member (object, "fetched", part->picked);
      json_object_set_int_member (object, "not_there", part->missing);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonArray *
lines_to_json (WbPickSheet *sheet)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < sheet->lines->len; i++)
    {
      const WbPickLine *line = sheet->lines->pdata[i];
      JsonObject       *object;

      if (wb_pick_line_wanted (line) == 0)
        continue;
      object = json_object_new ();
      json_object_set_int_member (object, "line", (gint64) i + 1);
      set_text (object, "bin", line->bin);
      set_text (object, "sku", line->sku);
      set_text (object, "name", line->name);
      json_object_set_int_member (object, "wanted", wb_pick_line_wanted (line));
      json_object_set_int_member (object, "fetched", wb_pick_line_picked (line));
      json_object_set_int_member (object, "not_there", wb_pick_line_missing (line));
      json_object_set_array_member (object, "orders", parts_to_json (line));
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonNode *
sheet_to_json (WbPickSheet *sheet)
{
  JsonNode   *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_member (object, "wave", wb_record_to_json (sheet->wave));
  json_object_set_member (object, "orders", wb_cli_records_to_json (sheet->orders));
  json_object_set_array_member (object, "lines", lines_to_json (sheet));
  json_node_take_object (node, object);
  return node;
}

static gboolean
show_wave (WbCli *self, gint64 wave_id, GError **error)
{
  g_autoptr (WbPickSheet) sheet = wb_pick_sheet_read (wb_cli_book (self, error), wave_id, error);

  if (sheet == NULL)
    return FALSE;
  if (self->json)
    wb_cli_print_json (sheet_to_json (sheet));
  else
    {
      /* Translators: a wave's number, how it stands (a word of the program) */
      wb_cli_say (self, _ ("Wave %d: %s"), (int) wave_id,
                  wb_record_get_text (sheet->wave, WB_WAVE_STATE));
      print_sheet (sheet);
    }
  return TRUE;
}

/* ---- made ---- */

/* The last second of the day, in the zone of whoever asks. */
static gboolean
read_ship_by (WbCli *self, WbInstant *out, GError **error)
{
  const char           *date = wb_cli_option (self, "ship-by");
  g_auto (GStrv)        parts = date != NULL ? g_strsplit (date, "-", 3) : NULL;
  g_autoptr (GDateTime) start = NULL;

  if (date == NULL)
    return TRUE;
  if (!wb_date_is_valid (date))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("“%s” is no date like 2026-11-30"), date);
      return FALSE;
    }
  start = g_date_time_new_local ((gint) g_ascii_strtoll (parts[0], NULL, 10),
                                 (gint) g_ascii_strtoll (parts[1], NULL, 10),
                                 (gint) g_ascii_strtoll (parts[2], NULL, 10), 23, 59, 59);
  *out = g_date_time_to_unix (start);
  return TRUE;
}

/* “4” or “red,blue,green”. Returns: (transfer full) (nullable): names. */
static char **
read_totes (WbCli *self)
{
  const char           *text = wb_cli_option (self, "totes");
  guint64               n = 0;
  g_autoptr (GPtrArray) names = NULL;

  if (text == NULL)
    return NULL;
  if (!g_ascii_string_to_unsigned (text, 10, 1, 999, &n, NULL))
    return g_strsplit (text, ",", -1);
  names = g_ptr_array_new ();
  for (guint64 i = 1; i <= n; i++)
    g_ptr_array_add (names, g_strdup_printf ("%u", (guint) i));
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

static GArray *
named_orders (WbCli *self, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 1; i < self->words->len; i++)
    {
      g_autoptr (WbOrder) order = wb_cli_find_order (self, wb_cli_word (self, i), error);
      gint64              id = order != NULL ? wb_record_get_int (order, WB_ORDER_ID) : 0;

      if (order == NULL)
        return NULL;
      g_array_append_val (ids, id);
    }
  return g_steal_pointer (&ids);
}

static gboolean
take_wish (WbCli *self, WbWaveAsk *ask, GError **error)
{
  static const char *const methods[] = { WB_WAVE_BATCH, WB_WAVE_CLUSTER, WB_WAVE_SINGLE, NULL };
  const char              *method = wb_cli_option (self, "method");
  const char              *channel = wb_cli_option (self, "channel");
  gint64                   most = 0;

  ask->method = method != NULL ? method : WB_WAVE_BATCH;
  if (!g_strv_contains (methods, ask->method))
    {
      g_set_error (
          error, WB_ERROR, WB_ERROR_INVALID,
          _ ("--method is batch (one cart), cluster (a tote an order) or single, not “%s”"),
          method);
      return FALSE;
    }
  if (channel != NULL)
    {
      g_autoptr (WbConnection) shop = wb_cli_find_connection (self, channel, WB_KIND_SHOP, error);

      if (shop == NULL)
        return FALSE;
      ask->channel_id = wb_record_get_int (shop, WB_CONNECTION_ID);
    }
  ask->service = wb_cli_option (self, "service");
  ask->zone = wb_cli_option (self, "zone");
  if (!wb_cli_number (self, "most", 1, &most, error) || !read_ship_by (self, &ask->ship_by, error))
    return FALSE;
  ask->most = (guint) most;
  return TRUE;
}

static gboolean
make_wave (WbCli *self, GError **error)
{
  WbDesk            *desk = wb_cli_open (self, error);
  g_auto (GStrv)     totes = read_totes (self);
  g_autoptr (GArray) orders = desk != NULL ? named_orders (self, error) : NULL;
  WbWaveAsk          ask = { 0 };
  gint64             id;

  if (orders == NULL || !take_wish (self, &ask, error))
    return FALSE;
  ask.totes = (const char *const *) totes;
  ask.order_ids = (const gint64 *) (gpointer) orders->data;
  ask.n = orders->len;
  id = wb_wave_build (wb_desk_get_book (desk), &ask, wb_desk_get_actor (desk), error);
  return id != 0 && show_wave (self, id, error);
}

/* ---- walked ---- */

/* A wave, and what is done with it. */
typedef struct
{
  WbCli       *cli;
  WbBook      *book;
  gint64       wave_id;
  const char  *actor;
  WbPickSheet *sheet;
} Walk;

/* The line that the third word names by its place on the walk. */
static const WbPickLine *
find_line (Walk *walk, GError **error)
{
  const char *word = wb_cli_word (walk->cli, 2);
  gint64      place = 0;

  if (word != NULL && g_ascii_string_to_signed (word, 10, 1, walk->sheet->lines->len, &place, NULL))
    return walk->sheet->lines->pdata[place - 1];
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               _ ("Say which line of the walk: a number from 1 to %u"), walk->sheet->lines->len);
  return NULL;
}

static gboolean
read_pieces (Walk *walk, gint64 usual, gint64 *pieces, GError **error)
{
  const char *word = wb_cli_word (walk->cli, 3);

  *pieces = usual;
  if (word == NULL || g_ascii_string_to_signed (word, 10, 1, G_MAXINT32, pieces, NULL))
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("“%s” is no number of pieces"), word);
  return FALSE;
}

static gboolean
too_many (gint64 asked, gint64 there, GError **error)
{
  g_set_error (error, WB_ERROR, WB_ERROR_TOO_MUCH, _ ("%d can be counted here, not %d"),
               (int) there, (int) asked);
  return FALSE;
}

static gboolean
do_pick (Walk *walk, GError **error)
{
  const WbPickLine *line = find_line (walk, error);
  gint64            pieces = 0;

  if (line == NULL || !read_pieces (walk, 1, &pieces, error))
    return FALSE;
  if (pieces > wb_pick_line_left (line))
    return too_many (pieces, wb_pick_line_left (line), error);
  for (guint i = 0; i < line->parts->len && pieces > 0; i++)
    {
      const WbPickPart *part = line->parts->pdata[i];
      gint64            by = MIN (pieces, wb_pick_part_left (part));

      if (by > 0 && !wb_wave_pick (walk->book, part->pick_id, by, walk->actor, error))
        return FALSE;
      pieces -= by;
    }
  return TRUE;
}

/* Those who were served last give back first. */
static gboolean
do_back (Walk *walk, GError **error)
{
  const WbPickLine *line = find_line (walk, error);
  gint64            pieces = 0;

  if (line == NULL || !read_pieces (walk, 1, &pieces, error))
    return FALSE;
  if (pieces > wb_pick_line_picked (line))
    return too_many (pieces, wb_pick_line_picked (line), error);
  for (guint i = line->parts->len; i > 0 && pieces > 0; i--)
    {
      const WbPickPart *part = line->parts->pdata[i - 1];
      gint64            by = MIN (pieces, part->picked);

      if (by > 0 && !wb_wave_put_back (walk->book, part->pick_id, by, walk->actor, error))
        return FALSE;
      pieces -= by;
    }
  return TRUE;
}

static gboolean
make_short (Walk *walk, const WbPickLine *line, GError **error)
{
  for (guint i = 0; i < line->parts->len; i++)
    {
      const WbPickPart *part = line->parts->pdata[i];

      if (wb_pick_part_left (part) > 0 &&
          !wb_wave_short (walk->book, part->pick_id, walk->actor, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
do_short (Walk *walk, GError **error)
{
  const WbPickLine *line = find_line (walk, error);

  if (line == NULL)
    return FALSE;
  return wb_pick_line_left (line) > 0 ? make_short (walk, line, error) : too_many (1, 0, error);
}

static gboolean
do_found (Walk *walk, GError **error)
{
  const WbPickLine *line = find_line (walk, error);

  if (line == NULL)
    return FALSE;
  if (wb_pick_line_missing (line) == 0)
    return too_many (1, 0, error);
  for (guint i = 0; i < line->parts->len; i++)
    {
      const WbPickPart *part = line->parts->pdata[i];

      if (!part->out && part->missing > 0 &&
          !wb_wave_found (walk->book, part->pick_id, walk->actor, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
do_scan (Walk *walk, GError **error)
{
  for (guint i = 2; i < walk->cli->words->len; i++)
    {
      g_auto (WbPickScan) result = { 0 };

      if (!wb_wave_scan (walk->book, walk->wave_id, wb_cli_word (walk->cli, i), walk->actor,
                         &result, error))
        return FALSE;
      if (result.scan != WB_SCAN_OK && result.scan != WB_SCAN_LAST)
        walk->cli->exit_code = WB_EXIT_PERSON;
      wb_cli_say (walk->cli, "%s", result.words);
    }
  if (walk->cli->words->len > 2)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s", _ ("Say what was scanned"));
  return FALSE;
}

typedef gboolean (*OrderFunc) (
    WbBook *book, gint64 wave_id, gint64 order_id, const char *actor, GError **error);

static gboolean
with_order (Walk *walk, OrderFunc does, GError **error)
{
  const char         *word = wb_cli_word (walk->cli, 2);
  g_autoptr (WbOrder) order = word != NULL ? wb_cli_find_order (walk->cli, word, error) : NULL;

  if (word == NULL)
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s", _ ("Say which order"));
  return order != NULL && does (walk->book, walk->wave_id, wb_record_get_int (order, WB_ORDER_ID),
                                walk->actor, error);
}

static gboolean
do_take_out (Walk *walk, GError **error)
{
  return with_order (walk, wb_wave_take_out, error);
}

static gboolean
do_put_in (Walk *walk, GError **error)
{
  return with_order (walk, wb_wave_put_in, error);
}

/* What is left was not found: the wave ends, and the orders wait for it. */
static gboolean
do_finish (Walk *walk, GError **error)
{
  for (guint i = 0; i < walk->sheet->lines->len; i++)
    if (!make_short (walk, walk->sheet->lines->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
do_cancel (Walk *walk, GError **error)
{
  return wb_wave_cancel (walk->book, walk->wave_id, walk->actor, error);
}

static gboolean
do_print (Walk *walk, GError **error)
{
  g_autofree char *outcome = NULL;

  if (!wb_desk_print_wave_list (walk->cli->desk, walk->wave_id, &outcome, walk->cli->cancellable,
                                error))
    return FALSE;
  wb_cli_say (walk->cli, "%s", outcome);
  return TRUE;
}

static gboolean
do_list (Walk *walk, GError **error)
{
  const char        *path = wb_cli_option (walk->cli, "out");
  g_autoptr (GBytes) list = NULL;

  if (path == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("Say where to write it: --out FILE"));
      return FALSE;
    }
  list = wb_desk_make_wave_list (walk->cli->desk, walk->wave_id, NULL, error);
  if (list == NULL || !wb_file_write (path, list, 0600, error))
    return FALSE;
  wb_cli_say (walk->cli, _ ("Written to “%s”."), path);
  return TRUE;
}

static const struct
{
  const char *word;
  gboolean (*does) (Walk *walk, GError **error);
} deeds[] = {
  { "scan", do_scan },     { "pick", do_pick },     { "back", do_back },
  { "short", do_short },   { "found", do_found },   { "take-out", do_take_out },
  { "put-in", do_put_in }, { "finish", do_finish }, { "cancel", do_cancel },
  { "print", do_print },   { "list", do_list },
};

static gboolean
work_on_wave (WbCli *self, Walk *walk, const char *word, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    if (g_strcmp0 (deeds[i].word, word) == 0)
      return deeds[i].does (walk, error);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               _ ("“%s” is nothing that is done with a wave; see: waybillctl wave --help"), word);
  return FALSE;
}

static gboolean
cmd_wave (WbCli *self, GError **error)
{
  const char             *word = wb_cli_word (self, 1);
  WbDesk                 *desk;
  gint64                  id;
  g_autoptr (WbPickSheet) sheet = NULL;
  Walk                    walk;

  if (g_strcmp0 (wb_cli_word (self, 0), "make") == 0)
    return make_wave (self, error);
  if (!wb_cli_parse_id (wb_cli_word (self, 0), "wave", &id, error) ||
      (desk = wb_cli_open (self, error)) == NULL)
    return FALSE;
  sheet = wb_pick_sheet_read (wb_desk_get_book (desk), id, error);
  if (sheet == NULL)
    return FALSE;
  walk = (Walk){ self, wb_desk_get_book (desk), id, wb_desk_get_actor (desk), sheet };
  if (word != NULL && !work_on_wave (self, &walk, word, error))
    return FALSE;
  if (word != NULL && (g_str_equal (word, "print") || g_str_equal (word, "list")))
    return TRUE;
  return show_wave (self, id, error);
}

const WbCommand wb_commands_waves[] = {
  { "waves",
    "",
    0,
    0,
    N_ ("list who is picking what"),
    NULL,
    cmd_waves,
    { { "all", NULL, N_ ("those that are at their end too") }, { NULL } } },
  { "wave",
    N_ ("make [ORDER…] | WAVE [scan CODE… | pick LINE [N] | short LINE | finish | …]"),
    1,
    500,
    N_ ("make a wave of what is ready, and walk it"),
    N_ ("“make” takes the orders that are ready, the first to leave first, or those that are "
        "named; "
        "a wave's number alone shows it in walking order. “scan” counts what a scanner reads, "
        "“pick LINE [N]” pieces by hand, “short LINE” what is not there: its order waits for it. "
        "“back LINE [N]”, “found LINE” and “put-in ORDER” take back “pick”, “short” and “take-out "
        "ORDER”. “finish” says of all that is left that it is not there, “cancel” gives the wave "
        "up. “print” prints the list where pick lists are printed, “list” writes it to --out."),
    cmd_wave,
    { { "method", N_ ("METHOD"), N_ ("make: batch (one cart), cluster (a tote an order), single") },
      { "channel", N_ ("NAME"), N_ ("make: only orders of this channel") },
      { "ship-by", N_ ("DATE"), N_ ("make: only orders that should leave by then") },
      { "service", N_ ("WORDS"), N_ ("make: only orders that asked for such a service") },
      { "zone", N_ ("ZONE"), N_ ("make: only orders all of whose goods lie in this zone") },
      { "most", N_ ("N"), N_ ("make: at most so many orders") },
      { "totes", N_ ("TOTES"), N_ ("make: how many, or their names: red,blue") },
      { "out", N_ ("FILE"), N_ ("list: where to write it, a PDF") },
      { NULL } } },
  { NULL },
};
