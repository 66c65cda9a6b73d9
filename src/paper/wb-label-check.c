/* SPDX-License-Identifier: GPL-3.0-or-later
 * A label looked at before anybody prints it: is it whole, is it of the roll's size, is the
 * tracking number on it, do its barcodes say what they should. */
#include "wb-label-check.h"

#include "wb-label-place.h"
#include "wb-label-scan.h"
#include "wb-page-size.h"
#include "wb-printing.h"
#include "wb-zpl-fit.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SNIFF       512
#define DEFAULT_DPI 300 /* at which labels are read when no printer is known */
/* Signs of a code; shorter ones (routing, postcodes) prove nothing by themselves. */
#define SHORTEST_CODE 8

/** wb_label_finding_free: frees @finding. */
void
wb_label_finding_free (WbLabelFinding *finding)
{
  g_free (finding->text);
  g_free (finding);
}

static void
note (GPtrArray *findings, const char *kind, gboolean grave, char *text)
{
  WbLabelFinding *finding = g_new0 (WbLabelFinding, 1);

  finding->kind = kind;
  finding->grave = grave;
  finding->text = text;
  g_ptr_array_add (findings, finding);
}

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID, message);
  return FALSE;
}

/* How the bytes of each format begin, after what may stand before. */
static gboolean
begins_right (const char *start, const char *format)
{
  if (g_str_equal (format, WB_PRINT_PNG))
    return g_str_has_prefix (start, "\x89PNG");
  if (g_str_equal (format, WB_PRINT_PDF))
    return strstr (start, "%PDF-") != NULL;
  return strchr (start, '^') != NULL || strchr (start, '~') != NULL;
}

/* A page of an overloaded or refusing server that came in the label's place. */
static gboolean
is_web_page (const char *start)
{
  static const char *const signs[] = { "<!doctype", "<html", "<?xml", "<error", "{\"", "[{" };
  g_autofree char         *lower = g_ascii_strdown (start, -1);
  const char              *text = lower;

  while (g_ascii_isspace (*text))
    text++;
  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (g_str_has_prefix (text, signs[i]))
      return TRUE;
  return FALSE;
}

/** wb_label_check_bytes: whether @bytes can be a label of @format at all; %WB_ERROR_INVALID when
 * they are empty, too many or something else. */
gboolean
wb_label_check_bytes (GBytes *bytes, const char *format, GError **error)
{
  char  start[SNIFF + 1] = "";
  gsize size = g_bytes_get_size (bytes);

  if (!g_str_equal (format, WB_PRINT_PDF) && !g_str_equal (format, WB_PRINT_PNG) &&
      !g_str_equal (format, WB_PRINT_ZPL))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "“%s” is no format that can be printed",
                   format);
      return FALSE;
    }
  if (size == 0)
    return fail (error, "The label is empty");
  if (size > WB_LABEL_MAX_BYTES)
    return fail (error, "The label is larger than any label: it is something else");
  memcpy (start, g_bytes_get_data (bytes, NULL), MIN (size, SNIFF));
  for (gsize i = 0; i < MIN (size, SNIFF); i++)
    if (start[i] == '\0')
      start[i] = ' ';
  if (is_web_page (start))
    return fail (error,
                 "What the carrier sent as the label is a page of text, perhaps of an error");
  if (begins_right (start, format))
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "The label's bytes are not %s",
               g_str_equal (format, WB_PRINT_PDF)   ? "a PDF"
               : g_str_equal (format, WB_PRINT_PNG) ? "a PNG picture"
                                                    : "ZPL");
  return FALSE;
}

/* Letters and digits only, in capitals: how numbers are compared. */
static char *
bare (const char *text)
{
  GString *plain = g_string_new (NULL);

  for (; *text != '\0'; text++)
    if (g_ascii_isalnum (*text))
      g_string_append_c (plain, g_ascii_toupper (*text));
  return g_string_free (plain, FALSE);
}

/* What carriers put before the number in a code, or leave out of it. */
static const char *const framings[] = {
  "00",       /* GS1: the number of a shipping unit follows (DHL Paket, Austrian Post) */
  "420",      /* USPS and UPS: a postcode of 5 or 9 digits follows, then the number */
  "JJD",      /* DHL: licence plate, its first J is an identifier */
  "JD",  "%", /* DPD: postcode before, service and country after the number */
};

static gboolean
says (const char *code, const char *number)
{
  if (strlen (number) >= SHORTEST_CODE && strstr (code, number) != NULL)
    return TRUE;
  return strlen (code) >= SHORTEST_CODE && strstr (number, code) != NULL;
}

/**
 * wb_label_code_says:
 * @code: what a scanner reads
 * @tracking: the number the carrier gave
 *
 * Returns: whether the code is about that number: it contains it (FedEx and USPS put routing before
 * it, DPD service and country after), or is it without what a carrier frames it with.
 */
gboolean
wb_label_code_says (const char *code, const char *tracking)
{
  g_autofree char *plain_code = bare (code), *plain = bare (tracking);

  if (*plain == '\0')
    return FALSE;
  if (g_str_equal (plain_code, plain) || says (plain_code, plain))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (framings); i++)
    {
      gsize length = strlen (framings[i]);

      if (g_str_has_prefix (plain_code, framings[i]) && says (plain_code + length, plain))
        return TRUE;
      if (g_str_has_prefix (plain, framings[i]) && says (plain_code, plain + length))
        return TRUE;
    }
  return FALSE;
}

/* What was found on the label: words as one text, codes. */
typedef struct
{
  GString   *words;
  GPtrArray *codes;   /* element-type utf8 */
  gboolean   picture; /* words cannot be read out of it */
} Seen;

static void
see_codes (Seen *seen, const WbGrey *grey)
{
  g_autoptr (GPtrArray) scanned = wb_label_scan (grey);

  for (guint i = 0; i < scanned->len; i++)
    g_ptr_array_add (seen->codes, g_strdup (((const WbScanned *) scanned->pdata[i])->text));
}

static void
see_document (Seen *seen, WbLabelDocument *document, guint dpi)
{
  g_autofree char *words = wb_label_document_text (document);
  double           width, height;

  seen->picture = *g_strstrip (words) == '\0';
  g_string_append (seen->words, words);
  for (guint i = 0; i < wb_label_document_pages (document); i++)
    {
      g_autoptr (WbGrey) grey = NULL;

      wb_label_document_size (document, i, &width, &height);
      grey = wb_label_document_grey (document, i,
                                     wb_label_document_resolution (document) > 0 ? 0 : dpi, NULL);
      if (grey != NULL)
        see_codes (seen, grey);
    }
}

/* The printer draws a field's code itself, so what the field says is what a scanner will read. */
static void
see_zpl (Seen *seen, const WbZpl *zpl)
{
  seen->picture = zpl->fields->len == 0;
  for (guint i = 0; i < zpl->fields->len; i++)
    {
      const WbZplField *field = zpl->fields->pdata[i];

      if (field->code != NULL)
        g_ptr_array_add (seen->codes, g_strdup (field->text));
      else
        g_string_append_printf (seen->words, "%s\n", field->text);
    }
  for (guint i = 0; i < zpl->graphics->len; i++)
    {
      g_autoptr (WbGrey) grey =
          wb_bitmap_to_grey (((const WbZplGraphic *) zpl->graphics->pdata[i])->bitmap);

      see_codes (seen, grey);
    }
}

static gboolean
any_code_says (const Seen *seen, const char *tracking)
{
  for (guint i = 0; i < seen->codes->len; i++)
    if (wb_label_code_says (seen->codes->pdata[i], tracking))
      return TRUE;
  return FALSE;
}

/* Compared with what was read. Without a tracking number (letters) nothing is expected. */
static void
judge (const Seen *seen, const char *tracking, GPtrArray *findings)
{
  g_autofree char *wanted = tracking != NULL ? bare (tracking) : NULL;
  g_autofree char *words = bare (seen->words->str);
  gboolean         named = wanted != NULL && *wanted != '\0' && strstr (words, wanted) != NULL;

  if (wanted == NULL || *wanted == '\0')
    return;
  if (any_code_says (seen, tracking))
    return;
  if (seen->codes->len == 0)
    note (findings, "barcode", TRUE,
          g_strdup ("No barcode on the label could be read, so the carrier may not be able to "
                    "read one either."));
  else if (named)
    note (findings, "barcode-other", FALSE,
          g_strdup_printf ("The barcode says “%s” and not the tracking number %s, which is on the "
                           "label in words.",
                           (const char *) seen->codes->pdata[0], tracking));
  else
    note (findings, "barcode-other", TRUE,
          g_strdup_printf ("The barcode says “%s”, not the tracking number %s: it may be another "
                           "parcel's label.",
                           (const char *) seen->codes->pdata[0], tracking));
  if (!named && !seen->picture)
    note (findings, "tracking", TRUE,
          g_strdup_printf ("The tracking number %s is not on the label.", tracking));
}

static void
note_size (WbLabelDocument *document, const WbLabelTarget *target, GPtrArray *findings)
{
  g_autofree char *trouble = NULL;
  double           width, height;
  guint            area_width, area_height;

  if (wb_label_fits (document, 0, target))
    return;
  wb_label_document_size (document, 0, &width, &height);
  wb_label_area (target, &area_width, &area_height);
  note (findings, "size", TRUE,
        g_strdup_printf ("The label is %.0f × %.0f mm and the roll in the printer %.0f × %.0f mm. "
                         "It is never scaled.",
                         width * 25.4, height * 25.4, area_width * 25.4 / target->dpi,
                         area_height * 25.4 / target->dpi));
}

/* Nobody may guess: the one way prints it at a size that a person accepts, the other is the
 * carrier's. */
static void
note_unmeasured (WbLabelDocument *document, GPtrArray *findings)
{
  guint width, height;

  wb_label_document_dots (document, &width, &height);
  note (findings, "unmeasured", TRUE,
        g_strdup_printf ("The label's picture of %u × %u dots does not say how large it is, and "
                         "no label that is known has so many.",
                         width, height));
}

static void
note_pages (guint pages, GPtrArray *findings)
{
  if (pages > 1)
    note (findings, "pages", FALSE, g_strdup_printf ("The label has %u pages.", pages));
}

static void
note_damage (GPtrArray *findings, const GError *error)
{
  note (findings, "damaged", TRUE,
        g_strdup_printf ("The label cannot be used: %s.", error->message));
}

static void
check_zpl (GBytes              *bytes,
           const char          *tracking,
           const WbLabelTarget *target,
           Seen                *seen,
           GPtrArray           *findings)
{
  g_autoptr (WbZpl)  zpl = wb_zpl_read (bytes);
  g_autoptr (GError) error = NULL;

  if (!wb_zpl_check_whole (zpl, &error))
    {
      note_damage (findings, error);
      return;
    }
  note_pages (zpl->labels, findings);
  if (target != NULL && !wb_zpl_check_fit (zpl, target, &error))
    note (findings, "size", TRUE,
          g_strdup ("The label is made for a printer of another resolution or for another roll, "
                    "and its language cannot be scaled."));
  see_zpl (seen, zpl);
  judge (seen, tracking, findings);
}

static void
check_document (GBytes              *bytes,
                const char          *format,
                const char          *tracking,
                const WbLabelTarget *target,
                Seen                *seen,
                GPtrArray           *findings)
{
  g_autoptr (GError)          error = NULL;
  g_autoptr (WbLabelDocument) document = wb_label_document_open (bytes, format, &error);
  g_autoptr (WbGrey)          drawn = NULL;
  double                      width, height;

  if (document != NULL)
    drawn =
        wb_label_document_grey (document, 0, g_str_equal (format, WB_PRINT_PNG) ? 0 : 72, &error);
  if (drawn == NULL)
    {
      note_damage (findings, error);
      return;
    }
  if (g_str_equal (format, WB_PRINT_PDF))
    wb_page_size (bytes, &width, &height, NULL); /* it need not be measured when it is printed */
  note_pages (wb_label_document_pages (document), findings);
  if (!wb_label_document_is_measured (document))
    note_unmeasured (document, findings);
  else if (target != NULL)
    note_size (document, target, findings);
  see_document (seen, document, DEFAULT_DPI);
  judge (seen, tracking, findings);
}

/**
 * wb_label_check:
 * @tracking: (nullable): the number the carrier gave; %NULL or empty: none, then no code is asked
 * for
 * @target: (nullable): the printer's roll; %NULL: size is not looked at
 *
 * Never fails: what is wrong is a finding. Returns: (transfer full) (element-type WbLabelFinding):
 * worst first, empty when all is well.
 */
GPtrArray *
wb_label_check (GBytes              *bytes,
                const char          *format,
                const char          *tracking,
                const WbLabelTarget *target)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_label_finding_free);
  g_autoptr (GString)   words = g_string_new (NULL);
  g_autoptr (GPtrArray) codes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError)    error = NULL;
  Seen                  seen = { words, codes, FALSE };

  if (!wb_label_check_bytes (bytes, format, &error))
    note_damage (findings, error);
  else if (g_str_equal (format, WB_PRINT_ZPL))
    check_zpl (bytes, tracking, target, &seen, findings);
  else
    check_document (bytes, format, tracking, target, &seen, findings);
  return findings;
}

/** wb_label_check_reason: Returns: (transfer full) (nullable): the grave findings as one text;
 * %NULL when there is none and the label may be printed. */
char *
wb_label_check_reason (GPtrArray *findings)
{
  g_autoptr (GString) reason = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++)
    {
      const WbLabelFinding *finding = findings->pdata[i];

      if (finding->grave)
        g_string_append_printf (reason, "%s%s", reason->len > 0 ? " " : "", finding->text);
    }
  return reason->len > 0 ? g_string_free (g_steal_pointer (&reason), FALSE) : NULL;
}
