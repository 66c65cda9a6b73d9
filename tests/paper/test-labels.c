/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every real label there is goes through the pipeline at 203 and 300 dots an inch and in every
 * language; whatever a scanner read before it must read of what the printer gets. The last line is
 * “labels: N in, N decoded before, N decoded after”. */
#include "label-decoders.h"
#include "wb-bitmap.h"
#include "wb-label-document.h"
#include "wb-label-job.h"
#include "wb-label-scan.h"
#include "wb-printing.h"
#include "wb-test.h"
#include "wb-zpl-read.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define SKIPPED    77
#define BEFORE_DPI 300 /* at which a PDF is read as it came */

static const guint printers[] = { 203, 300 };

/* What became of one label. */
typedef struct
{
  const char *name;
  gboolean    decoded, kept;
  GString    *codes, *note;
} Row;

typedef struct
{
  guint in, before, after, faults;
} Sum;

static void
fault (Row *row, const char *format, ...)
{
  va_list          args;
  g_autofree char *text = NULL;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  row->kept = FALSE;
  g_string_append_printf (row->note, "%s%s", row->note->len > 0 ? "; " : "", text);
}

static gboolean
has_code (GPtrArray *codes, const WbScanned *wanted)
{
  for (guint i = 0; i < codes->len; i++)
    {
      const WbScanned *code = codes->pdata[i];

      if (g_str_equal (code->symbology, wanted->symbology) &&
          g_str_equal (code->text, wanted->text))
        return TRUE;
    }
  return FALSE;
}

static GPtrArray *
scan (const Raster *raster)
{
  WbGrey grey = { raster->width, raster->height, raster->dots };

  return wb_label_scan (&grey);
}

typedef Raster *(*Decode) (GBytes *bytes);

static const struct
{
  const char     *name;
  WbLabelLanguage language;
  gboolean        no_z64;
  Decode          decode;
} languages[] = {
  { "ZPL", WB_LABEL_LANGUAGE_ZPL, FALSE, decode_zpl },
  { "ZPL runs", WB_LABEL_LANGUAGE_ZPL, TRUE, decode_zpl },
  { "EPL2", WB_LABEL_LANGUAGE_EPL2, FALSE, decode_epl },
  { "TSPL", WB_LABEL_LANGUAGE_TSPL, FALSE, decode_tspl },
  { "raster", WB_LABEL_LANGUAGE_RASTER, FALSE, decode_raster },
  { "PNG", WB_LABEL_LANGUAGE_PNG, FALSE, decode_png },
};

/* The same dots in each language; TSPL rounds its width up to whole bytes. */
static gboolean
same_dots (const Raster *a, const Raster *b)
{
  if (a->height != b->height || (a->width + 7) / 8 != (b->width + 7) / 8)
    return FALSE;
  for (guint y = 0; y < a->height; y++)
    for (guint x = 0; x < MIN (a->width, b->width); x++)
      if ((a->dots[(gsize) y * a->width + x] < 128) != (b->dots[(gsize) y * b->width + x] < 128))
        return FALSE;
  return TRUE;
}

static Raster *
print (Row                 *row,
       GBytes              *bytes,
       const char          *format,
       WbLabelTarget        target,
       const WbLabelChange *change,
       guint                way)
{
  g_autoptr (GBytes) out = NULL;
  g_autoptr (GError) error = NULL;

  target.language = languages[way].language;
  target.no_z64 = languages[way].no_z64;
  if (wb_label_prepare (bytes, format, &target, change, &out, NULL, &error))
    return languages[way].decode (out);
  fault (row, "%s: %s", languages[way].name, error->message);
  return NULL;
}

static void
compare (Row *row, const Raster *printed, GPtrArray *wanted, const char *where)
{
  g_autoptr (GPtrArray) codes = scan (printed);

  for (guint i = 0; i < wanted->len; i++)
    if (!has_code (codes, wanted->pdata[i]))
      fault (row, "%s lost %s", where, ((const WbScanned *) wanted->pdata[i])->text);
}

/* One page on one printer: in every language the same dots (asked at the first resolution; the
 * languages do not know which it is), and in those every code. */
static void
try_printer (Row                 *row,
             GBytes              *bytes,
             const char          *format,
             const WbLabelTarget *target,
             const WbLabelChange *change,
             GPtrArray           *wanted)
{
  g_autoptr (Raster) first = print (row, bytes, format, *target, change, 0);
  g_autofree char   *where = g_strdup_printf ("%u dpi", target->dpi);

  if (first == NULL)
    return;
  g_assert_cmpuint (first->width, ==, target->width);
  g_assert_cmpuint (first->height, ==, target->height);
  compare (row, first, wanted, where);
  for (guint i = 1; i < (target->dpi == printers[0] ? G_N_ELEMENTS (languages) : 2); i++)
    {
      g_autoptr (Raster) other = NULL;

      if (languages[i].language == WB_LABEL_LANGUAGE_PNG && g_str_equal (format, WB_PRINT_PNG))
        continue; /* passed through when it is of these dots: greys are kept */
      other = print (row, bytes, format, *target, change, i);
      if (other != NULL && !same_dots (first, other))
        fault (row, "%s: %s has other dots", where, languages[i].name);
    }
}

/* The roll is as large as the page, so that nothing is changed. */
static void
try_page (Row *row, GBytes *bytes, const char *format, WbLabelDocument *document, guint page)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbGrey) grey = wb_label_document_grey (
      document, page, g_str_equal (format, WB_PRINT_PNG) ? 0 : BEFORE_DPI, &error);
  g_autoptr (GPtrArray) wanted = NULL;
  double                width, height;
  WbLabelChange         change = { .page = page + 1 };

  g_assert_no_error (error);
  wanted = wb_label_scan (grey);
  wb_label_document_size (document, page, &width, &height);
  for (guint i = 0; i < wanted->len; i++)
    g_string_append_printf (row->codes, "%s%.24s", row->codes->len > 0 ? " " : "",
                            ((const WbScanned *) wanted->pdata[i])->text);
  row->decoded = row->decoded || wanted->len > 0;
  for (guint i = 0; i < G_N_ELEMENTS (printers); i++)
    {
      WbLabelTarget target = { .dpi = printers[i],
                               .width = (guint) lround (width * printers[i]),
                               .height = (guint) lround (height * printers[i]) };

      try_printer (row, bytes, format, &target, &change, wanted);
    }
}

static void
try_document (Row *row, GBytes *bytes, const char *format)
{
  g_autoptr (GError)          error = NULL;
  g_autoptr (WbLabelDocument) document = wb_label_document_open (bytes, format, &error);

  if (document == NULL)
    {
      fault (row, "%s", error->message);
      return;
    }
  for (guint i = 0; i < wb_label_document_pages (document); i++)
    try_page (row, bytes, format, document, i);
}

static guint
count_codes (const WbZpl *zpl, GString *words)
{
  guint n = 0;

  for (guint i = 0; i < zpl->fields->len; i++)
    {
      const WbZplField *field = zpl->fields->pdata[i];

      n += field->code != NULL;
      if (field->code != NULL && words != NULL)
        g_string_append_printf (words, "%s%.24s", words->len > 0 ? " " : "", field->text);
    }
  return n;
}

/* A printer draws a ZPL label's codes itself: its bytes must reach it whole, or not at all. */
static void
try_zpl_printer (Row *row, GBytes *bytes, WbLabelTarget target, guint codes, gboolean *passed)
{
  g_autoptr (GBytes) plain = NULL, set = NULL;
  g_autoptr (WbZpl)  after = NULL;
  g_autoptr (GError) error = NULL;

  target.language = WB_LABEL_LANGUAGE_ZPL;
  if (!wb_label_prepare (bytes, WB_PRINT_ZPL, &target, NULL, &plain, NULL, &error))
    {
      if (g_error_matches (error, WB_ERROR, WB_ERROR_REFUSED))
        g_string_append_printf (row->note, "%s%u dpi: refused", row->note->len > 0 ? "; " : "",
                                target.dpi);
      else
        fault (row, "%s", error->message);
      return;
    }
  *passed = TRUE;
  if (!g_bytes_equal (plain, bytes))
    fault (row, "%u dpi: the bytes were touched", target.dpi);
  target.mark = WB_LABEL_MARK_GAP;
  target.darkness = 20;
  g_assert_true (wb_label_prepare (bytes, WB_PRINT_ZPL, &target, NULL, &set, NULL, NULL));
  if (memmem (g_bytes_get_data (set, NULL), g_bytes_get_size (set), g_bytes_get_data (bytes, NULL),
              g_bytes_get_size (bytes)) == NULL)
    fault (row, "%u dpi: the bytes were touched by settings", target.dpi);
  after = wb_zpl_read (set);
  if (count_codes (after, NULL) != codes)
    fault (row, "%u dpi lost a code", target.dpi);
}

/* A label that draws beyond its roll: it goes through once somebody has accepted it as it is. */
static void
try_accepted (Row *row, GBytes *bytes)
{
  WbLabelTarget      target = { WB_LABEL_LANGUAGE_ZPL, 203, 432, 687, .gap = 24 };
  WbLabelChange      change = { .as_is = TRUE };
  g_autoptr (GBytes) out = NULL;

  if (wb_label_prepare (bytes, WB_PRINT_ZPL, &target, &change, &out, NULL, NULL) &&
      g_bytes_equal (out, bytes))
    g_string_append (row->note, "; passed once accepted as it is");
  else
    fault (row, "no printer takes it");
}

/* “Example1-102x152.zpl2” says its roll in millimetres. */
static void
roll_of (const char *name, double *width, double *height)
{
  const char *sizes = strrchr (name, '-');
  guint       w, h;

  *width = 102;
  *height = 152;
  if (sizes != NULL && sscanf (sizes, "-%ux%u", &w, &h) == 2)
    {
      *width = w;
      *height = h;
    }
}

static void
try_zpl (Row *row, GBytes *bytes)
{
  g_autoptr (WbZpl) zpl = wb_zpl_read (bytes);
  guint             codes = count_codes (zpl, row->codes);
  double            width, height;
  gboolean          passed = FALSE;

  row->decoded = codes > 0;
  roll_of (row->name, &width, &height);
  for (guint i = 0; i < G_N_ELEMENTS (printers); i++)
    {
      WbLabelTarget target = { .dpi = printers[i],
                               .width = (guint) lround (width / 25.4 * printers[i]),
                               .height = (guint) lround (height / 25.4 * printers[i]) };

      try_zpl_printer (row, bytes, target, codes, &passed);
    }
  if (!passed)
    try_accepted (row, bytes);
}

static void
try_label (const char *path, Sum *sum)
{
  g_autofree char    *name = g_path_get_basename (path), *data = NULL;
  g_autoptr (GError)  error = NULL;
  g_autoptr (GBytes)  bytes = NULL;
  g_autoptr (GString) codes = g_string_new (NULL), note = g_string_new (NULL);
  Row                 row = { name, FALSE, TRUE, codes, note };
  gsize               size = 0;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (g_steal_pointer (&data), size);
  if (g_str_has_suffix (name, ".zpl2"))
    try_zpl (&row, bytes);
  else
    try_document (&row, bytes, g_str_has_suffix (name, ".png") ? WB_PRINT_PNG : WB_PRINT_PDF);
  sum->in++;
  sum->before += row.decoded;
  sum->after += row.decoded && row.kept;
  sum->faults += !row.kept;
  printf ("%-40s %-7s %-7s %.60s%s%s\n", name, row.decoded ? "yes" : "-",
          !row.kept     ? "NO"
          : row.decoded ? "yes"
                        : "-",
          codes->str, note->len > 0 ? "  " : "", note->str);
  fflush (stdout);
}

static int
by_name (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* All labels below @folder, by name. */
static void
try_folder (const char *folder, Sum *sum)
{
  g_autoptr (GDir)      dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  const char           *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (paths, by_name);
  for (guint i = 0; i < paths->len; i++)
    if (g_file_test (paths->pdata[i], G_FILE_TEST_IS_DIR))
      try_folder (paths->pdata[i], sum);
    else if (g_str_has_suffix (paths->pdata[i], ".pdf") ||
             g_str_has_suffix (paths->pdata[i], ".png") ||
             g_str_has_suffix (paths->pdata[i], ".zpl2"))
      try_label (paths->pdata[i], sum);
}

int
main (void)
{
  g_autofree char *samples = wb_test_contract ("data/label-samples"),
                  *zpl = wb_test_contract ("data/zpl-binarykits");
  Sum sum = { 0 };

  if (samples == NULL || zpl == NULL)
    {
      printf ("the contracts with the carriers' labels are not here (WAYBILL_CONTRACTS)\n");
      return SKIPPED;
    }
  printf ("%-40s %-7s %-7s %s\n", "label", "before", "after", "codes");
  try_folder (samples, &sum);
  try_folder (zpl, &sum);
  printf ("labels: %u in, %u decoded before, %u decoded after\n", sum.in, sum.before, sum.after);
  return sum.in > 0 && sum.before > 0 && sum.faults == 0 ? 0 : 1;
}
