/* SPDX-License-Identifier: GPL-3.0-or-later
 * practice-day: a day's work in the practice town, and whether the town's own books agree with ours
 * afterwards. */
#include "wb-cli-order-view.h"
#include "wb-cli-table.h"
#include "wb-cli.h"
#include "wb-practice-books.h"
#include "wb-practice-day.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void
progress_cb (guint done, guint total, gpointer data)
{
  WbCli *self = data;

  if (!self->json && !self->quiet && isatty (STDERR_FILENO))
    fprintf (stderr, done < total ? "\r%u / %u" : "\r\033[K", done, total);
}

static gboolean
read_books (WbPractice *practice, WbDesk *desk, WbPracticeBooks *books, GError **error)
{
  g_autofree char *theirs = wb_practice_control (practice, "GET", "/town/books", NULL, error);
  g_autoptr (WbConnection) shop = NULL;

  if (theirs == NULL)
    return FALSE;
  shop = wb_book_find_connection (wb_desk_get_book (desk), WB_PRACTICE_SHOP, error);
  return shop != NULL && wb_practice_compare_books (wb_desk_get_book (desk),
                                                    wb_record_get_int (shop, WB_CONNECTION_ID),
                                                    theirs, books, error);
}

/* “2 · 15.16 USD”; empty for nothing. */
static char *
times_money (guint n, WbMoney money)
{
  g_autofree char *text = NULL;

  if (n == 0)
    return g_strdup ("");
  text = wb_money_to_text (money);
  return n == 1 ? g_steal_pointer (&text) : g_strdup_printf ("%u · %s", n, text);
}

static void
add_row (WbTable *table, WbBook *book, const WbDayRow *day, const WbPracticeBooks *books)
{
  const WbPracticeRow  *row = wb_practice_books_find (books, day->order_id);
  g_autoptr (GPtrArray) heads = wb_book_list_order_heads (book, &day->order_id, 1, NULL);
  gpointer              order = heads != NULL && heads->len > 0 ? heads->pdata[0] : NULL;
  g_autofree char      *labels =
      row != NULL ? times_money (row->labels, row->label_cost) : g_strdup ("");
  g_autofree char *captured =
      row != NULL ? times_money (row->captures, row->captured) : g_strdup ("");
  g_autofree char *reported =
      row != NULL && row->reports > 0 ? g_strdup_printf ("%u", row->reports) : g_strdup ("");
  const char *note = day->trouble;

  if (order == NULL)
    return;
  if (note == NULL && g_strcmp0 (wb_record_get_text (order, WB_ORDER_STAGE), WB_STAGE_PARTIAL) == 0)
    note = _ ("The rest is still to ship.");
  if (note == NULL && *captured == '\0')
    note = wb_charge_title (wb_record_get_text (order, WB_ORDER_CHARGE_STATE));
  wb_table_add (table, wb_record_get_text (order, WB_ORDER_NUMBER),
                wb_record_get_text (order, WB_ORDER_CUSTOMER_NAME), labels, captured, reported,
                note);
}

static void
print_day (WbBook *book, GPtrArray *rows, const WbPracticeBooks *books)
{
  static const WbColumn columns[] = {
    { N_ ("Order"), FALSE, 0 },
    { N_ ("Customer"), FALSE, 24 },
    { N_ ("Label"), TRUE, 0 },
    { N_ ("Captured"), TRUE, 0 },
    { N_ ("Reported"), TRUE, 0 },
    { N_ ("Remark"), FALSE, 110 },
    { NULL },
  };
  g_autofree WbColumn *titled = wb_cli_translate (columns);
  g_autoptr (WbTable)  table = wb_table_new (titled);

  for (guint i = 0; i < rows->len; i++)
    add_row (table, book, rows->pdata[i], books);
  wb_table_print (table);
}

/* How many files of each kind of paper there are. */
static void
count_papers (const char *folder, guint *labels, guint *slips)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char      *name;

  *labels = *slips = 0;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      *labels += strstr (name, "-" WB_DOCUMENT_LABEL "-") != NULL;
      *slips += strstr (name, "-" WB_DOCUMENT_SLIP "-") != NULL;
    }
}

static void
print_sums (WbPractice *practice, const WbPracticeBooks *books)
{
  guint labels, slips;

  count_papers (wb_practice_get_papers_path (practice), &labels, &slips);
  /* Translators: numbers of labels and packing slips, and the folder they are in */
  printf (_ ("\nPapers: %u labels and %u packing slips in %s (marked as practice)\n"), labels,
          slips, wb_practice_get_papers_path (practice));
  printf (_ ("Order book: %s\n"), wb_practice_get_book_path (practice));
  for (guint i = 0; i < books->differences->len; i++)
    printf ("✗ %s\n", (const char *) books->differences->pdata[i]);
}

static void
add_count (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

/* Of the day's orders, not of all that the book has. */
typedef struct
{
  guint labels, captures, reports;
} DaySums;

static DaySums
sum_day (GPtrArray *rows, const WbPracticeBooks *books)
{
  DaySums sums = { 0 };

  for (guint i = 0; i < rows->len; i++)
    {
      const WbPracticeRow *row =
          wb_practice_books_find (books, ((WbDayRow *) rows->pdata[i])->order_id);

      if (row == NULL)
        continue;
      sums.labels += row->labels;
      sums.captures += row->captures;
      sums.reports += row->reports;
    }
  return sums;
}

static void
print_json (WbPractice *practice, guint orders, DaySums sums, const WbPracticeBooks *books)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_count (builder, "orders", orders);
  add_count (builder, "labels", sums.labels);
  add_count (builder, "captures", sums.captures);
  add_count (builder, "reports", sums.reports);
  json_builder_set_member_name (builder, "papers");
  json_builder_add_string_value (builder, wb_practice_get_papers_path (practice));
  json_builder_set_member_name (builder, "differences");
  json_builder_begin_array (builder);
  for (guint i = 0; i < books->differences->len; i++)
    json_builder_add_string_value (builder, books->differences->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  wb_cli_print_json (json_builder_get_root (builder));
}

static void
report_day (
    WbCli *self, WbPractice *practice, WbBook *book, GPtrArray *rows, const WbPracticeBooks *books)
{
  DaySums sums = sum_day (rows, books);

  if (books->differences->len > 0)
    self->exit_code = WB_EXIT_FAILED;
  if (self->json)
    {
      print_json (practice, rows->len, sums, books);
      return;
    }
  if (!self->quiet)
    {
      print_day (book, rows, books);
      print_sums (practice, books);
    }
  /* Scripts and tests look for this line: it is the same in every language. */
  printf ("day: %u orders, %u labels, %u captures, %s\n", rows->len, sums.labels, sums.captures,
          books->differences->len == 0 ? "books agree" : "books DIFFER");
}

static gboolean
cmd_practice_day (WbCli *self, GError **error)
{
  const char              *folder = wb_cli_option (self, "folder");
  gint64                   orders = 40, seed = 1;
  g_autoptr (WbPractice)   practice = NULL;
  g_autoptr (WbDesk)       desk = NULL;
  g_autoptr (GPtrArray)    rows = NULL;
  g_auto (WbPracticeBooks) books = { 0 };

  if (folder == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s",
                   _ ("Say where the practice workspace is kept: --folder FOLDER"));
      return FALSE;
    }
  if (!wb_cli_number (self, "orders", 1, &orders, error) ||
      !wb_cli_number (self, "seed", 0, &seed, error))
    return FALSE;
  practice = wb_practice_open (folder, (guint) MIN (orders, 100000), (guint64) seed, error);
  desk = practice != NULL ? wb_practice_open_desk (practice, "practice-day", error) : NULL;
  if (desk == NULL ||
      (wb_cli_has (self, "trace") && !wb_desk_trace (desk, wb_cli_option (self, "trace"), error)))
    return FALSE;
  rows = wb_practice_work_day (practice, desk, (guint) MIN (orders, 100000), progress_cb, self,
                               self->cancellable, error);
  if (rows == NULL || !read_books (practice, desk, &books, error))
    return FALSE;
  report_day (self, practice, wb_desk_get_book (desk), rows, &books);
  return TRUE;
}

const WbCommand wb_commands_practice[] = {
  { "practice-day",
    NULL,
    0,
    0,
    N_ ("work a day in the practice town and check the books"),
    N_ ("Needs no account, no printer and no display; nothing real is bought or captured. Orders "
        "come in and are shipped, some in\n"
        "parts; one card is declined at the capture and one connection breaks after a label was "
        "bought. Labels and slips become\n"
        "files in FOLDER/papers. Look around afterwards with: waybillctl --practice FOLDER orders"),
    cmd_practice_day,
    { { "folder", N_ ("FOLDER"), N_ ("where town, order book and papers are kept") },
      { "orders", N_ ("N"), N_ ("ship so many orders (40)") },
      { "seed", N_ ("N"), N_ ("make the town that belongs to this number") } } },
  { NULL },
};
