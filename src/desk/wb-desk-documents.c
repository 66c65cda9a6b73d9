/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every paper of an order or a shipment, made from the book: in the customer's language where the
 * papers speak it, after the workspace's own templates where it has them. */
#include "wb-desk-documents.h"

#include "wb-customs-rules.h"
#include "wb-desk-customs.h"

#include "wb-manifest-cover.h"
#include "wb-order-paper.h"
#include "wb-paper-words.h"
#include "wb-pick-list.h"
#include "wb-sheet.h"
#include "wb-text.h"

#define SETTING_LANGUAGE "paper.language" /* “customer” (also when empty), or a language's code */
#define TEMPLATES        "templates"

/* What a paper is made from; owns all of it. */
typedef struct
{
  WbOrder      *order;
  WbShipment   *shipment;
  WbConnection *channel;
  WbOrigin     *origin;
  WbPrinter    *printer;
  WbTemplate *template;
  WbCustoms   *customs;
  WbSlipDesign design;
  char        *language;
} Stuff;

static void
stuff_clear (Stuff *stuff)
{
  g_clear_object (&stuff->order);
  g_clear_object (&stuff->shipment);
  g_clear_object (&stuff->channel);
  g_clear_object (&stuff->origin);
  g_clear_object (&stuff->printer);
  g_clear_pointer (&stuff->template, wb_template_free);
  g_clear_pointer (&stuff->customs, wb_customs_free);
  g_clear_pointer (&stuff->language, g_free);
  wb_slip_design_clear (&stuff->design);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Stuff, stuff_clear)

/* Papers that strangers read: customs and carriers, by custom in English. */
static gboolean
is_for_customs (const char *kind)
{
  return g_str_equal (kind, WB_PAPER_CN22) || g_str_equal (kind, WB_PAPER_CN23) ||
         g_str_equal (kind, WB_PAPER_INVOICE);
}

static gboolean
is_for_us (const char *kind)
{
  return g_str_equal (kind, WB_PAPER_PICK) || g_str_equal (kind, WB_PAPER_MANIFEST);
}

/* Returns: (nullable): NULL: the user's own. */
static char *
choose_language (WbDesk *self, const char *kind, WbOrder *order)
{
  g_autofree char *wish = wb_book_get_setting (self->book, SETTING_LANGUAGE);
  gpointer         to = order != NULL ? wb_record_get_one (order, WB_ORDER_SHIP_TO) : NULL;

  if (is_for_customs (kind))
    return g_strdup ("en");
  if (!wb_text_is_empty (wish) && !g_str_equal (wish, "customer"))
    return g_steal_pointer (&wish);
  if (is_for_us (kind) || to == NULL)
    return NULL;
  return g_strdup (wb_country_language (wb_record_get_text (to, WB_ADDRESS_COUNTRY)));
}

static gboolean
take_origin (WbDesk *self, Stuff *stuff, GError **error)
{
  g_autoptr (GPtrArray) origins = wb_book_list_origins (self->book, error);

  if (origins == NULL)
    return FALSE;
  if (origins->len > 0)
    {
      stuff->origin = g_object_ref (origins->pdata[0]);
      return TRUE;
    }
  g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND,
               "No sender's address is set up: a paper needs one");
  return FALSE;
}

/** wb_desk_load_template: @template: (out) (nullable): the workspace's own for @kind, which lies
 * beside its book; %NULL: it has none. A faulty one is an error with file, line and field. */
gboolean
wb_desk_load_template (WbDesk *self, const char *kind, WbTemplate **template, GError **error)
{
  g_autofree char   *place = g_path_get_dirname (wb_book_get_path (self->book));
  g_autofree char   *folder = g_build_filename (place, TEMPLATES, NULL);
  g_autoptr (GError) local = NULL;
  WbTemplate        *loaded = wb_template_load (kind, folder, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  *template = loaded;
  return TRUE;
}

static gboolean
take_common (WbDesk *self, const char *kind, Stuff *stuff, GError **error)
{
  stuff->printer = wb_book_get_printer (self->book, WB_DOCUMENT_SLIP, NULL);
  stuff->language = choose_language (self, kind, stuff->order);
  return take_origin (self, stuff, error) &&
         wb_desk_load_template (self, kind, &stuff->template, error) &&
         wb_desk_get_slip_design (self, &stuff->design, error);
}

/* The newest shipment that is not void. */
static gboolean
take_shipment (WbDesk *self, gint64 shipment_id, Stuff *stuff, GError **error)
{
  g_autoptr (GPtrArray) all = NULL;

  if (shipment_id != 0)
    return (stuff->shipment = wb_book_get_shipment (self->book, shipment_id, error)) != NULL;
  all = wb_book_list_shipments (self->book, wb_record_get_int (stuff->order, WB_ORDER_ID), error);
  for (guint i = 0; all != NULL && i < all->len; i++)
    if (g_strcmp0 (wb_record_get_text (all->pdata[i], WB_SHIPMENT_STATE), WB_SHIPMENT_VOID) != 0 &&
        (stuff->shipment == NULL || wb_record_get_int (all->pdata[i], WB_SHIPMENT_ID) >
                                        wb_record_get_int (stuff->shipment, WB_SHIPMENT_ID)))
      g_set_object (&stuff->shipment, all->pdata[i]);
  return all != NULL;
}

static gboolean
take_order (WbDesk *self, gint64 order_id, gint64 shipment_id, Stuff *stuff, GError **error)
{
  if (shipment_id != 0 && !take_shipment (self, shipment_id, stuff, error))
    return FALSE;
  if (stuff->shipment != NULL)
    order_id = wb_record_get_int (stuff->shipment, WB_SHIPMENT_ORDER_ID);
  stuff->order = wb_book_get_order (self->book, order_id, error);
  if (stuff->order == NULL || (stuff->shipment == NULL && !take_shipment (self, 0, stuff, error)))
    return FALSE;
  stuff->channel = wb_book_get_connection (
      self->book, wb_record_get_int (stuff->order, WB_ORDER_CHANNEL_ID), error);
  return stuff->channel != NULL;
}

/* A customs paper with a gap is not made: what is missing is told. */
static gboolean
take_customs (WbDesk *self, Stuff *stuff, GError **error)
{
  WbParcel          *parcel = wb_shipment_parcel (stuff->shipment);
  GPtrArray         *lines = wb_record_get_many (parcel, WB_PARCEL_LINES);
  g_autofree gint64 *ids = g_new0 (gint64, lines->len + 1),
                    *quantities = g_new0 (gint64, lines->len + 1);
  g_autoptr (GPtrArray) gaps = NULL;
  g_autofree char      *all = NULL;

  for (guint i = 0; i < lines->len; i++)
    {
      ids[i] = wb_record_get_int (lines->pdata[i], WB_PARCEL_LINE_LINE_ID);
      quantities[i] = wb_record_get_int (lines->pdata[i], WB_PARCEL_LINE_QUANTITY);
    }
  stuff->customs =
      wb_desk_make_customs (self, stuff->order, stuff->origin, ids, quantities, lines->len,
                            wb_record_get_int (parcel, WB_PARCEL_WEIGHT_G), &gaps, error);
  if (stuff->customs == NULL)
    return FALSE;
  if (gaps->len == 0)
    return TRUE;
  g_ptr_array_add (gaps, NULL);
  all = g_strjoinv (".\n", (char **) gaps->pdata);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "Order %s: %s",
               wb_record_get_text (stuff->order, WB_ORDER_NUMBER), all);
  return FALSE;
}

static WbOrderPaper
paper_of (WbDesk *self, const char *kind, Stuff *stuff)
{
  return (WbOrderPaper){
    .kind = kind,
    .order = stuff->order,
    .shipment = stuff->shipment,
    .parcel = stuff->shipment != NULL ? wb_shipment_parcel (stuff->shipment) : NULL,
    .origin = stuff->origin,
    .channel =
        stuff->channel != NULL ? wb_record_get_text (stuff->channel, WB_CONNECTION_NAME) : NULL,
    .message = is_for_us (kind) || is_for_customs (kind) ? NULL : stuff->design.message,
    .logo = stuff->design.logo,
    .hide = g_str_equal (kind, WB_PAPER_SLIP) ? wb_slip_design_hides (&stuff->design) : 0,
    .paper = stuff->printer != NULL ? wb_record_get_text (stuff->printer, WB_PRINTER_MEDIA) : NULL,
    .practice = wb_desk_is_practice (self),
    .language = stuff->language,
    .template = stuff->template,
    .customs = stuff->customs,
  };
}

/* What the printers' profiles call a document, as a kind of paper. */
static const char *
paper_kind (const char *document)
{
  static const char *const names[][2] = {
    { WB_DOCUMENT_GIFT_SLIP, WB_PAPER_GIFT },
    { WB_DOCUMENT_RETURN_SLIP, WB_PAPER_RETURN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i][0], document))
      return names[i][1];
  return document;
}

static WbCustomsForms
forms_of (Stuff *stuff)
{
  return wb_customs_forms (
      wb_record_get_text (stuff->shipment, WB_SHIPMENT_CARRIER),
      wb_record_get_text (stuff->shipment, WB_SHIPMENT_SERVICE),
      wb_record_get_int (wb_shipment_parcel (stuff->shipment), WB_PARCEL_WEIGHT_G),
      wb_customs_total_value (stuff->customs), stuff->customs->currency,
      stuff->customs->lines->len);
}

static GBytes *
render (const WbOrderPaper *paper, WbInstant made, guint copies, char ***warnings, GError **error)
{
  g_autoptr (WbPaperWriter) writer = wb_paper_writer_new (made);
  GBytes                   *bytes;

  for (guint i = 0; i < copies; i++)
    if (!wb_paper_writer_add (writer, paper, error))
      return NULL;
  bytes = wb_paper_writer_finish (writer, error);
  if (bytes != NULL && warnings != NULL)
    *warnings = wb_paper_writer_dup_warnings (writer);
  return bytes;
}

/* @copied: as many copies as go with the parcel, else one. */
static GBytes *
make_paper (WbDesk     *self,
            const char *kind,
            gint64      order_id,
            gint64      shipment_id,
            gboolean    copied,
            char     ***warnings,
            GError    **error)
{
  g_auto (Stuff) stuff = { 0 };
  WbOrderPaper   paper;
  WbInstant      made;
  gboolean       customs = g_str_equal (kind, WB_DOCUMENT_CUSTOMS);

  kind = customs ? WB_PAPER_CN23 : paper_kind (kind);
  if (!take_order (self, order_id, shipment_id, &stuff, error) ||
      !take_common (self, kind, &stuff, error))
    return NULL;
  if (is_for_customs (kind) && stuff.shipment != NULL && !take_customs (self, &stuff, error))
    return NULL;
  if (customs && stuff.customs != NULL && (forms_of (&stuff) & WB_FORM_CN22))
    kind = WB_PAPER_CN22;
  paper = paper_of (self, kind, &stuff);
  made = stuff.shipment != NULL ? wb_record_get_int (stuff.shipment, WB_SHIPMENT_CREATED_AT)
                                : wb_record_get_int (stuff.order, WB_ORDER_PLACED_AT);
  return render (&paper, made, copied ? wb_customs_copies (kind) : 1, warnings, error);
}

/**
 * wb_desk_make_paper:
 * @kind: WB_PAPER_…, but for lists of many orders, or WB_DOCUMENT_…
 * @order_id: whose; 0: the shipment's
 * @shipment_id: of which parcel; 0: the order's newest that is not void
 * @warnings: (out) (optional) (transfer full): what could not be set as it is, for people
 *
 * Returns: (transfer full): the paper as PDF. The same records give the same bytes.
 */
GBytes *
wb_desk_make_paper (WbDesk     *self,
                    const char *kind,
                    gint64      order_id,
                    gint64      shipment_id,
                    char     ***warnings,
                    GError    **error)
{
  return make_paper (self, kind, order_id, shipment_id, FALSE, warnings, error);
}

/* As wb_desk_make_paper(), in as many copies as go with the parcel: what is printed. */
GBytes *
wb_desk_make_copies (
    WbDesk *self, const char *kind, gint64 shipment_id, char ***warnings, GError **error)
{
  return make_paper (self, kind, 0, shipment_id, TRUE, warnings, error);
}

/* Returns: (transfer full): @list on the workspace's own paper, as PDF. */
GBytes *
wb_desk_set_pick_list (
    WbDesk *self, WbPickList *list, WbInstant made, char ***warnings, GError **error)
{
  g_auto (Stuff) stuff = { 0 };
  WbOrderPaper   with;

  if (!take_common (self, WB_PAPER_PICK, &stuff, error))
    return NULL;
  with = paper_of (self, WB_PAPER_PICK, &stuff);
  return wb_pick_list_render (list, &with, made, NULL, warnings, error);
}

static gboolean
add_to_pick_list (WbDesk *self, gint64 order_id, WbPickList *list, GError **error)
{
  g_autoptr (WbOrder) order = wb_book_get_order (self->book, order_id, error);
  GPtrArray          *lines = order != NULL ? wb_record_get_many (order, WB_ORDER_LINES) : NULL;

  if (order == NULL)
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    {
      g_autoptr (WbProduct) product = NULL;

      if (wb_order_line_to_pack (lines->pdata[i]) <= 0)
        continue;
      if (!wb_book_product_of (self->book, wb_record_get_int (order, WB_ORDER_CHANNEL_ID),
                               lines->pdata[i], &product, error))
        return FALSE;
      wb_pick_list_add (list, order, lines->pdata[i], wb_order_line_to_pack (lines->pdata[i]),
                        product != NULL ? wb_record_get_text (product, WB_PRODUCT_BIN) : NULL);
    }
  return TRUE;
}

/**
 * wb_desk_make_pick_list:
 * @order_ids: @n of them
 *
 * Returns: (transfer full): what is still to be packed of these orders, in walking order, as PDF;
 * %WB_ERROR_INVALID when there is nothing.
 */
GBytes *
wb_desk_make_pick_list (
    WbDesk *self, const gint64 *order_ids, guint n, char ***warnings, GError **error)
{
  g_autoptr (WbPickList) list = wb_pick_list_new ();

  for (guint i = 0; i < n; i++)
    if (!add_to_pick_list (self, order_ids[i], list, error))
      return NULL;
  wb_pick_list_sort (list);
  return wb_desk_set_pick_list (self, list, wb_now (), warnings, error);
}

/**
 * wb_desk_make_address_sheet:
 * @layout: “a4-8”: one of the sheets of labels
 * @start: the first free place of the first sheet, from 1
 * @marks: whether to print marks to cut along
 * @order_ids: @n of them
 *
 * Returns: (transfer full): address labels on sheets, at their own size, as PDF for one-sided
 * printing; %WB_ERROR_INVALID when they do not fit the places.
 */
GBytes *
wb_desk_make_address_sheet (WbDesk       *self,
                            const char   *layout,
                            guint         start,
                            gboolean      marks,
                            const gint64 *order_ids,
                            guint         n,
                            GError      **error)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  WbSheetAsk            ask = { .layout = layout, .start = start, .marks = marks };

  for (guint i = 0; i < n; i++)
    {
      GBytes *label = wb_desk_make_paper (self, WB_PAPER_ADDRESS, order_ids[i], 0, NULL, error);

      if (label == NULL)
        return NULL;
      g_ptr_array_add (labels, label);
    }
  return wb_sheet_render (&ask, labels, wb_now (), NULL, error);
}

/* What travels in another's parcel is no parcel of its own. */
static gboolean
is_on_manifest (WbShipment *shipment, const char *carrier, const char *date)
{
  const char *state = wb_record_get_text (shipment, WB_SHIPMENT_STATE);

  return wb_record_get_int (shipment, WB_SHIPMENT_CARRIED_BY) == 0 &&
         (g_strcmp0 (state, WB_SHIPMENT_LABELLED) == 0 ||
          g_strcmp0 (state, WB_SHIPMENT_SHIPPED) == 0) &&
         g_strcmp0 (wb_record_get_text (shipment, WB_SHIPMENT_CARRIER), carrier) == 0 &&
         g_strcmp0 (wb_record_get_text (shipment, WB_SHIPMENT_SHIP_DATE), date) == 0;
}

/**
 * wb_desk_make_manifest:
 * @carrier: as the shipments name it
 * @date: the ship date, local at the origin
 *
 * Returns: (transfer full): the list of every labelled parcel of that day for this carrier, as PDF,
 * to be signed at the hand-over.
 */
GBytes *
wb_desk_make_manifest (
    WbDesk *self, const char *carrier, const char *date, char ***warnings, GError **error)
{
  g_auto (Stuff)        stuff = { 0 };
  g_autoptr (GPtrArray) shipments =
      wb_book_list_recent_shipments (self->book, NULL, G_MAXINT32, error);
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray)    rows = g_array_new (FALSE, FALSE, sizeof (WbManifestRow));
  WbManifest            manifest;

  if (shipments == NULL || !take_common (self, WB_PAPER_MANIFEST, &stuff, error))
    return NULL;
  for (guint i = shipments->len; i > 0; i--)
    {
      WbShipment   *shipment = shipments->pdata[i - 1];
      GPtrArray    *parcels = wb_record_get_many (shipment, WB_SHIPMENT_PARCELS);
      WbManifestRow row = { .shipment = shipment };

      if (!is_on_manifest (shipment, carrier, date))
        continue;
      row.order =
          wb_book_get_order (self->book, wb_record_get_int (shipment, WB_SHIPMENT_ORDER_ID), error);
      if (row.order == NULL)
        return NULL;
      g_ptr_array_add (orders, row.order);
      for (guint k = 0; k < parcels->len; k++)
        {
          row.parcel = parcels->pdata[k];
          g_array_append_val (rows, row);
        }
    }
  manifest = (WbManifest){ .with = paper_of (self, WB_PAPER_MANIFEST, &stuff),
                           .carrier = carrier,
                           .date = date,
                           .rows = (const WbManifestRow *) (gpointer) rows->data,
                           .n_rows = rows->len };
  return wb_manifest_render (&manifest, wb_now (), NULL, warnings, error);
}

/**
 * wb_desk_needed_papers:
 * Returns: (transfer full): the kinds of paper this shipment must have besides its label: the slip,
 * and what customs on its way want.
 */
char **
wb_desk_needed_papers (WbDesk *self, gint64 shipment_id, GError **error)
{
  static const struct
  {
    WbCustomsForms form;
    const char    *kind;
  } papers[] = {
    { WB_FORM_CN22, WB_PAPER_CN22 },
    { WB_FORM_CN23, WB_PAPER_CN23 },
    { WB_FORM_INVOICE, WB_PAPER_INVOICE },
  };
  g_auto (Stuff)           stuff = { 0 };
  g_autoptr (GStrvBuilder) kinds = g_strv_builder_new ();
  WbCustomsForms           forms = WB_FORM_NONE;

  if (!take_order (self, 0, shipment_id, &stuff, error) || !take_origin (self, &stuff, error))
    return NULL;
  g_strv_builder_add (kinds, WB_PAPER_SLIP);
  if (wb_order_crosses_customs (stuff.order, stuff.origin))
    {
      g_autoptr (GError) gaps = NULL;

      /* With gaps the value may not be whole: the larger form is named. */
      if (!take_customs (self, &stuff, &gaps) && stuff.customs == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&gaps));
          return NULL;
        }
      forms = forms_of (&stuff);
    }
  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    if (forms & papers[i].form)
      g_strv_builder_add (kinds, papers[i].kind);
  return g_strv_builder_end (kinds);
}

/* Which of a printer's papers a kind of paper is. Returns: WB_DOCUMENT_…, static. */
const char *
wb_paper_document (const char *kind)
{
  if (g_str_equal (kind, WB_PAPER_CN22) || g_str_equal (kind, WB_PAPER_CN23))
    return WB_DOCUMENT_CUSTOMS;
  return g_str_equal (kind, WB_PAPER_INVOICE) ? WB_DOCUMENT_INVOICE : WB_DOCUMENT_SLIP;
}

/* Whether @document is one of the papers that the shipment must have; also when that cannot be
 * known, so that making it tells why. */
gboolean
wb_desk_needs_paper (WbDesk *self, gint64 shipment_id, const char *document)
{
  g_auto (GStrv) kinds = wb_desk_needed_papers (self, shipment_id, NULL);

  for (guint i = 0; kinds != NULL && kinds[i] != NULL; i++)
    if (g_str_equal (wb_paper_document (kinds[i]), document))
      return TRUE;
  return kinds == NULL;
}
