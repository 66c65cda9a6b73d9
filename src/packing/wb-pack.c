/* SPDX-License-Identifier: GPL-3.0-or-later
 * The packing table: an order opened by any of its codes, its pieces verified, its evidence kept.
 */
#include "wb-pack-private.h"

#include "wb-book-merged.h"
#include "wb-book-stock.h"
#include "wb-error.h"
#include "wb-kit.h"
#include "wb-stock.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define VERIFY_SETTING "pack_verify"
#define MOST_TEXT      200 /* of a code or note that is kept */

static void
line_free (gpointer data)
{
  WbPackLine *line = data;

  g_free (line->sku);
  g_free (line->name);
  g_free (line->options);
  g_free (line->kit);
  g_free (line);
}

/** wb_pack_free: takes the order off the table; what was counted stays in the book. */
void
wb_pack_free (WbPack *self)
{
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->order_ids, g_array_unref);
  g_clear_object (&self->book);
  g_free (self->number);
  g_free (self->customer);
  g_free (self->note);
  g_free (self->station);
  g_free (self->actor);
  g_free (self->package);
  g_free (self);
}

/* The line with this number, of a kit the first of its parts; %NULL where there is none. */
WbPackLine *
wb_pack_find_line (WbPack *self, gint64 line_id)
{
  for (guint i = 0; i < self->lines->len; i++)
    if (((WbPackLine *) self->lines->pdata[i])->line_id == line_id)
      return self->lines->pdata[i];
  return NULL;
}

/* The line with this number, of a kit the part that is @product_id. */
WbPackLine *
wb_pack_find_part (WbPack *self, gint64 line_id, gint64 product_id)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      WbPackLine *line = self->lines->pdata[i];

      if (line->line_id == line_id && (line->kit_id == 0 || line->product_id == product_id))
        return line;
    }
  return NULL;
}

/* Counts what was counted then, or taken back. A kit's own code counts all its
 * parts. Returns: (nullable): the first line that it is for. */
WbPackLine *
wb_pack_apply (WbPack *self, WbEvidence *evidence)
{
  gint64 line_id = wb_record_get_int (evidence, WB_EVIDENCE_ORDER_LINE_ID),
         product_id = wb_record_get_int (evidence, WB_EVIDENCE_PRODUCT_ID),
         quantity = wb_record_get_int (evidence, WB_EVIDENCE_QUANTITY);
  WbPackLine *first = NULL;

  for (guint i = 0; i < self->lines->len; i++)
    {
      WbPackLine *line = self->lines->pdata[i];
      gboolean    whole = line->kit_id != 0 && line->kit_id == product_id;

      if (line->line_id != line_id ||
          (line->kit_id != 0 && !whole && line->product_id != product_id))
        continue;
      line->counted += whole ? quantity * line->per_unit : quantity;
      first = first != NULL ? first : line;
    }
  return first;
}

/* ---- opening ---- */

static WbPackLine *
new_line (WbPack *self, WbOrderLine *from, gint64 product_id, WbProduct *product)
{
  WbPackLine *line;

  line = g_new0 (WbPackLine, 1);
  line->line_id = wb_record_get_int (from, WB_ORDER_LINE_ID);
  line->order_id = wb_record_get_int (from, WB_ORDER_LINE_ORDER_ID);
  line->product_id = product_id;
  line->sku = g_strdup (wb_record_get_text (from, WB_ORDER_LINE_SKU));
  line->name = g_strdup (wb_record_get_text (from, WB_ORDER_LINE_NAME));
  line->options = g_strdup (wb_record_get_text (from, WB_ORDER_LINE_OPTIONS));
  line->wanted = wb_order_line_to_pack (from);
  line->serials = product != NULL && wb_record_get_bool (product, WB_PRODUCT_SERIALS);
  line->lots = product != NULL && wb_record_get_bool (product, WB_PRODUCT_LOTS);
  line->per_unit = 1;
  g_ptr_array_add (self->lines, line);
  return line;
}

static void
add_part (WbPack *self, WbOrderLine *from, const WbKitPart *part)
{
  WbPackLine *line =
      new_line (self, from, wb_record_get_int (part->product, WB_PRODUCT_ID), part->product);

  line->kit_id = wb_record_get_int (from, WB_ORDER_LINE_PRODUCT_ID);
  line->kit = g_strdup (line->name);
  line->per_unit = part->per_unit;
  line->wanted *= part->per_unit;
  wb_set_str (&line->sku, wb_record_get_text (part->product, WB_PRODUCT_SKU));
  if (wb_record_get_text (part->product, WB_PRODUCT_NAME) != NULL)
    wb_set_str (&line->name, wb_record_get_text (part->product, WB_PRODUCT_NAME));
}

/* A kit stands on the table with each of its parts. */
static gboolean
add_line (WbPack *self, WbOrderLine *from, GError **error)
{
  gint64                product_id = wb_record_get_int (from, WB_ORDER_LINE_PRODUCT_ID);
  g_autoptr (GPtrArray) parts = wb_kit_parts (self->book, product_id, error);
  g_autoptr (WbProduct) product = NULL;

  if (parts == NULL)
    return FALSE;
  for (guint i = 0; i < parts->len; i++)
    add_part (self, from, parts->pdata[i]);
  if (parts->len > 0)
    return TRUE;
  if (product_id != 0 && (product = wb_book_get_product (self->book, product_id, error)) == NULL)
    return FALSE;
  new_line (self, from, product_id, product);
  return TRUE;
}

static int
by_number (gconstpointer a, gconstpointer b)
{
  gint64 left = wb_record_get_int (*(gpointer const *) a, WB_EVIDENCE_ID),
         right = wb_record_get_int (*(gpointer const *) b, WB_EVIDENCE_ID);

  return (left > right) - (left < right);
}

/* What was kept of all orders on the table, as it happened. Returns: (transfer full) (element-type
 * WbEvidence). */
GPtrArray *
wb_pack_list_evidence (WbPack *self, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->order_ids->len; i++)
    {
      g_autoptr (GPtrArray) some =
          wb_book_list_evidence (self->book, g_array_index (self->order_ids, gint64, i), 0, error);

      if (some == NULL)
        return NULL;
      for (guint k = 0; k < some->len; k++)
        g_ptr_array_add (all, g_object_ref (some->pdata[k]));
    }
  g_ptr_array_sort (all, by_number);
  return g_steal_pointer (&all);
}

/* What has happened on the table before. */
static gboolean
recall (WbPack *self, GError **error)
{
  g_autoptr (GPtrArray) evidence = wb_pack_list_evidence (self, error);

  for (guint i = 0; evidence != NULL && i < evidence->len; i++)
    {
      gpointer    one = evidence->pdata[i];
      const char *kind = wb_record_get_text (one, WB_EVIDENCE_KIND);

      if (g_str_equal (kind, WB_EVIDENCE_SCAN) || g_str_equal (kind, WB_EVIDENCE_BY_HAND) ||
          g_str_equal (kind, WB_EVIDENCE_UNDONE))
        wb_pack_apply (self, one);
      if (g_str_equal (kind, WB_EVIDENCE_WEIGHT))
        self->weight_g = wb_record_get_int (one, WB_EVIDENCE_WEIGHT_G);
      if (g_str_equal (kind, WB_EVIDENCE_PACKAGE))
        wb_set_str (&self->package, wb_record_get_text (one, WB_EVIDENCE_TEXT));
    }
  for (guint i = 0; evidence != NULL && i < self->lines->len; i++)
    {
      WbPackLine *line = self->lines->pdata[i];

      line->counted = CLAMP (line->counted, 0, line->wanted);
    }
  return evidence != NULL;
}

static gboolean
may_be_packed (WbOrder *order, GError **error)
{
  const char *stage = wb_record_get_text (order, WB_ORDER_STAGE),
             *number = wb_record_get_text (order, WB_ORDER_NUMBER),
             *held = wb_order_why_held (order);

  if (g_str_equal (stage, WB_STAGE_READY) || g_str_equal (stage, WB_STAGE_PARTIAL))
    return TRUE;
  if (held != NULL)
    g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
                 _ ("Order %s is on hold: %s. Put it aside until it is released"), number, held);
  else if (g_str_equal (stage, WB_STAGE_SHIPPED))
    g_set_error (error, WB_ERROR, WB_ERROR_REFUSED, _ ("All of order %s has left already"), number);
  else if (g_str_equal (stage, WB_STAGE_CANCELLED))
    g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
                 _ ("Order %s is cancelled: put its goods back, nothing of it is to leave"),
                 number);
  else if (g_str_equal (stage, WB_STAGE_WAITING))
    g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
                 _ ("Order %s is not paid and not authorised: put it aside until it is"), number);
  else
    g_set_error (error, WB_ERROR, WB_ERROR_REFUSED, _ ("Order %s is not to be packed"), number);
  return FALSE;
}

/* “A” and “B” become “A + B”; each only once. */
static void
join (char **text, const char *more, const char *between)
{
  g_autofree char *before = *text;

  *text = before == NULL || *before == '\0' ? g_strdup (more)
          : more == NULL || *more == '\0' || strcmp (before, more) == 0
              ? g_strdup (before)
              : g_strconcat (before, between, more, NULL);
}

static gboolean
put_on_table (WbPack *self, gint64 order_id, GError **error)
{
  g_autoptr (WbOrder) order = wb_book_get_order (self->book, order_id, error);
  GPtrArray          *lines;

  if (order == NULL || !may_be_packed (order, error))
    return FALSE;
  join (&self->number, wb_record_get_text (order, WB_ORDER_NUMBER), " + ");
  join (&self->note, wb_record_get_text (order, WB_ORDER_NOTE), "\n");
  if (self->customer == NULL)
    self->customer = g_strdup (wb_record_get_text (order, WB_ORDER_CUSTOMER_NAME));
  lines = wb_record_get_many (order, WB_ORDER_LINES);
  for (guint i = 0; i < lines->len; i++)
    if (wb_order_line_to_pack (lines->pdata[i]) > 0 && !add_line (self, lines->pdata[i], error))
      return FALSE;
  return TRUE;
}

/**
 * wb_pack_open:
 * @station: (nullable): which table
 *
 * Puts an order on the table, with those that go into the same parcel: what of them is still to
 * pack, and what of that was counted before.
 *
 * Returns: (transfer full): %WB_ERROR_REFUSED with the reason for an order that is not to be
 * packed.
 */
WbPack *
wb_pack_open (WbBook *book, gint64 order_id, const char *station, const char *actor, GError **error)
{
  g_autoptr (WbPack) self = g_new0 (WbPack, 1);

  self->book = g_object_ref (book);
  self->station = g_strdup (station);
  self->actor = g_strdup (actor);
  self->lines = g_ptr_array_new_with_free_func (line_free);
  if ((self->order_ids = wb_book_list_merged (book, order_id, error)) == NULL)
    return NULL;
  if (self->order_ids->len == 0)
    g_array_append_val (self->order_ids, order_id);
  self->order_id = g_array_index (self->order_ids, gint64, 0);
  for (guint i = 0; i < self->order_ids->len; i++)
    if (!put_on_table (self, g_array_index (self->order_ids, gint64, i), error))
      return NULL;
  return recall (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * wb_pack_find:
 * @code: an order's number, a tote, or any item
 * @words: (out) (optional): why none was found, for people
 *
 * Which order a scan at the empty table means.
 *
 * Returns: its number in the book; 0 without @error when none is meant.
 */
gint64
wb_pack_find (WbBook *book, const char *code, char **words, GError **error)
{
  const char             *number = *code == '#' ? code + 1 : code;
  g_autoptr (GArray)      orders = wb_book_match_orders (book, number, error);
  g_autoptr (WbWaveOrder) tote = NULL;
  g_auto (WbStockCode)    item = { 0 };
  g_autoptr (GError)      local = NULL;
  gint64                  found;

  if (orders == NULL)
    return 0;
  if (orders->len == 1)
    return g_array_index (orders, gint64, 0);
  if ((tote = wb_book_find_tote (book, code, NULL)) != NULL)
    return wb_record_get_int (tote, WB_WAVE_ORDER_ORDER_ID);
  wb_stock_read_code (book, code, &item, NULL);
  found = wb_book_find_order_wanting (book, item.product_id, code, &local);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (found == 0 && words != NULL)
    *words = orders->len > 1
                 ? g_strdup_printf (_ ("Several orders have the number %s: open the one "
                                       "that is meant from the list"),
                                    number)
             : item.product_id != 0
                 ? g_strdup (_ ("No order that is ready wants this"))
                 : g_strdup_printf (_ ("%s is no order, no tote and no product"), code);
  return found;
}

/* ---- evidence ---- */

/* A piece of evidence of what happens now; not written down yet. */
WbEvidence *
wb_pack_evidence (
    WbPack *self, const char *kind, WbPackLine *line, gint64 quantity, const char *code)
{
  WbEvidence      *evidence = wb_evidence_new ();
  g_autofree char *kept =
      code != NULL ? g_utf8_make_valid (code, (gssize) MIN (strlen (code), MOST_TEXT)) : NULL;

  wb_record_set_int (evidence, WB_EVIDENCE_ORDER_ID,
                     line != NULL ? line->order_id : self->order_id);
  wb_record_set_int (evidence, WB_EVIDENCE_AT, wb_now ());
  wb_record_set_text (evidence, WB_EVIDENCE_KIND, kind);
  wb_record_set_int (evidence, WB_EVIDENCE_QUANTITY, quantity);
  wb_record_set_text (evidence, WB_EVIDENCE_CODE, kept);
  wb_record_set_text (evidence, WB_EVIDENCE_ACTOR, self->actor);
  wb_record_set_text (evidence, WB_EVIDENCE_STATION, self->station);
  if (line != NULL)
    {
      wb_record_set_int (evidence, WB_EVIDENCE_ORDER_LINE_ID, line->line_id);
      wb_record_set_int (evidence, WB_EVIDENCE_PRODUCT_ID, line->product_id);
    }
  return evidence;
}

/* Writes down what happened to @line (nullable). */
gboolean
wb_pack_note (WbPack     *self,
              const char *kind,
              WbPackLine *line,
              gint64      quantity,
              const char *code,
              GError    **error)
{
  g_autoptr (WbEvidence) evidence = wb_pack_evidence (self, kind, line, quantity, code);

  return wb_book_save (self->book, evidence, error);
}

/** wb_pack_weigh: what the scale (or a person) says, box and all. */
gboolean
wb_pack_weigh (WbPack *self, gint64 grams, GError **error)
{
  g_autoptr (WbEvidence) evidence = wb_pack_evidence (self, WB_EVIDENCE_WEIGHT, NULL, 0, NULL);

  wb_record_set_int (evidence, WB_EVIDENCE_WEIGHT_G, grams);
  if (!wb_book_save (self->book, evidence, error))
    return FALSE;
  self->weight_g = grams;
  return TRUE;
}

/** wb_pack_choose: the box it lies in. */
gboolean
wb_pack_choose (WbPack *self, const char *package, GError **error)
{
  g_autoptr (WbEvidence) evidence = wb_pack_evidence (self, WB_EVIDENCE_PACKAGE, NULL, 0, NULL);

  wb_record_set_text (evidence, WB_EVIDENCE_TEXT, package);
  if (!wb_book_save (self->book, evidence, error))
    return FALSE;
  wb_set_str (&self->package, package);
  return TRUE;
}

/** wb_pack_add_photo: a picture of what lies in the box. */
gboolean
wb_pack_add_photo (WbPack *self, GBytes *photo, const char *media_type, GError **error)
{
  g_autoptr (WbEvidence) evidence = wb_pack_evidence (self, WB_EVIDENCE_PHOTO, NULL, 0, NULL);
  g_autofree char       *hash = NULL;

  if (!wb_book_begin (self->book, error))
    return FALSE;
  hash = wb_book_put_document (self->book, photo, media_type, error);
  wb_record_set_text (evidence, WB_EVIDENCE_DOCUMENT, hash);
  if (hash != NULL && wb_book_save (self->book, evidence, error))
    return wb_book_commit (self->book, error);
  wb_book_rollback (self->book);
  return FALSE;
}

/** wb_pack_add_note: what a person wants to be known of this parcel. */
gboolean
wb_pack_add_note (WbPack *self, const char *text, GError **error)
{
  g_autoptr (WbEvidence) evidence = wb_pack_evidence (self, WB_EVIDENCE_NOTE, NULL, 0, NULL);

  wb_record_set_text (evidence, WB_EVIDENCE_TEXT, text);
  return wb_book_save (self->book, evidence, error);
}

/* ---- how it stands ---- */

/** wb_pack_counted: Returns: pieces that are verified. */
gint64
wb_pack_counted (WbPack *self)
{
  gint64 n = 0;

  for (guint i = 0; i < self->lines->len; i++)
    n += ((WbPackLine *) self->lines->pdata[i])->counted;
  return n;
}

/** wb_pack_wanted: Returns: pieces that are to be packed. */
gint64
wb_pack_wanted (WbPack *self)
{
  gint64 n = 0;

  for (guint i = 0; i < self->lines->len; i++)
    n += ((WbPackLine *) self->lines->pdata[i])->wanted;
  return n;
}

/** wb_pack_is_complete: whether every piece is verified. */
gboolean
wb_pack_is_complete (WbPack *self)
{
  return self->lines->len > 0 && wb_pack_counted (self) == wb_pack_wanted (self);
}

/* How many of an order's line are verified whole; of a kit no more than its scarcest part allows.
 */
static gint64
units_of (WbPack *self, gint64 line_id)
{
  gint64 units = G_MAXINT64;

  for (guint i = 0; i < self->lines->len; i++)
    {
      WbPackLine *line = self->lines->pdata[i];

      if (line->line_id == line_id)
        units = MIN (units, line->counted / line->per_unit);
    }
  return units == G_MAXINT64 ? 0 : units;
}

/** wb_pack_has_whole: whether anything is verified that can leave: half a kit cannot. */
gboolean
wb_pack_has_whole (WbPack *self)
{
  for (guint i = 0; i < self->lines->len; i++)
    if (units_of (self, ((WbPackLine *) self->lines->pdata[i])->line_id) > 0)
      return TRUE;
  return FALSE;
}

/**
 * wb_pack_take:
 * @line_ids, @quantities: (out) (transfer full): what is verified, for a parcel of it: of kits
 * those that are whole
 *
 * Returns: how many lines; 0: nothing is verified.
 */
guint
wb_pack_take (WbPack *self, gint64 **line_ids, gint64 **quantities)
{
  guint n = 0;

  *line_ids = g_new0 (gint64, self->lines->len + 1);
  *quantities = g_new0 (gint64, self->lines->len + 1);
  for (guint i = 0; i < self->lines->len; i++)
    {
      WbPackLine *line = self->lines->pdata[i];
      gint64      units = units_of (self, line->line_id);

      if (units == 0 || wb_pack_find_line (self, line->line_id) != line)
        continue;
      (*line_ids)[n] = line->line_id;
      (*quantities)[n++] = units;
    }
  return n;
}

/** wb_pack_must_verify: whether the merchant wants no label before the pieces are verified. */
gboolean
wb_pack_must_verify (WbBook *book)
{
  g_autofree char *text = wb_book_get_setting (book, VERIFY_SETTING);

  return g_strcmp0 (text, "1") == 0;
}

/** wb_pack_set_must_verify: says so. */
gboolean
wb_pack_set_must_verify (WbBook *book, gboolean must, GError **error)
{
  return wb_book_set_setting (book, VERIFY_SETTING, must ? "1" : "0", error);
}

/**
 * wb_pack_check_verified:
 * Whether what is to go into a parcel was verified on the table, where the merchant wants that.
 * %WB_ERROR_REFUSED names the first line that was not.
 */
gboolean
wb_pack_check_verified (WbBook       *book,
                        gint64        order_id,
                        const gint64 *line_ids,
                        const gint64 *quantities,
                        guint         n,
                        GError      **error)
{
  g_autoptr (WbPack) pack = NULL;

  if (!wb_pack_must_verify (book))
    return TRUE;
  if ((pack = wb_pack_open (book, order_id, NULL, "", error)) == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      WbPackLine *line = wb_pack_find_line (pack, line_ids[i]);
      gint64      units = units_of (pack, line_ids[i]);

      if (line != NULL && units >= quantities[i])
        continue;
      g_set_error (
          error, WB_ERROR, WB_ERROR_REFUSED,
          _ ("Order %s: %d of “%s” are verified on the packing table, %d are to be shipped. "
             "Scan them first; no label was bought"),
          pack->number, (int) units,
          line == NULL ? "?" : (line->kit != NULL ? line->kit : line->name), (int) quantities[i]);
      return FALSE;
    }
  return TRUE;
}
