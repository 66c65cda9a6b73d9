/* SPDX-License-Identifier: GPL-3.0-or-later
 * How the packing slip looks: kept as settings of the book, and seen beforehand on an example. */
#include "wb-desk-documents.h"

#include "wb-order-paper.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>

#define SETTING_MESSAGE "slip.message"
#define SETTING_LOGO    "slip.logo" /* the document's hash */
#define SETTING_COLUMNS "slip.columns"
#define ALL_COLUMNS     "sku,ordered,to-come"
#define MOST_LOGO_BYTES (4 * 1024 * 1024)

static const struct
{
  const char *name;
  guint       hide;
} columns[] = {
  { "sku", WB_SLIP_HIDE_SKU },
  { "ordered", WB_SLIP_HIDE_ORDERED },
  { "to-come", WB_SLIP_HIDE_TO_COME },
};

/** wb_slip_design_clear: frees what @design holds. */
void
wb_slip_design_clear (WbSlipDesign *design)
{
  g_clear_pointer (&design->message, g_free);
  g_clear_pointer (&design->logo, g_bytes_unref);
  g_clear_pointer (&design->columns, g_free);
}

/* Returns: WB_SLIP_HIDE_… of the columns that @design does not name. */
guint
wb_slip_design_hides (const WbSlipDesign *design)
{
  g_auto (GStrv) shown = design->columns != NULL ? g_strsplit (design->columns, ",", -1) : NULL;
  guint          hides = 0;

  for (guint i = 0; shown != NULL && i < G_N_ELEMENTS (columns); i++)
    if (!g_strv_contains ((const char *const *) shown, columns[i].name))
      hides |= columns[i].hide;
  return hides;
}

/** wb_desk_get_slip_design: @design: (out): what is kept; cleared with wb_slip_design_clear(). */
gboolean
wb_desk_get_slip_design (WbDesk *self, WbSlipDesign *design, GError **error)
{
  g_autofree char   *hash = wb_book_get_setting (self->book, SETTING_LOGO);
  g_autoptr (GBytes) logo = NULL;

  if (!wb_text_is_empty (hash) &&
      (logo = wb_book_get_document (self->book, hash, NULL, error)) == NULL)
    return FALSE;
  design->message = wb_book_get_setting (self->book, SETTING_MESSAGE);
  design->columns = wb_book_get_setting (self->book, SETTING_COLUMNS);
  design->logo = g_steal_pointer (&logo);
  return TRUE;
}

/* A logo is a PNG or an SVG. */
static const char *
picture_type (GBytes *logo)
{
  gsize       size;
  const char *data = g_bytes_get_data (logo, &size);

  return size > 4 && memcmp (data, "\x89PNG", 4) == 0 ? "image/png" : "image/svg+xml";
}

/** wb_desk_set_slip_design: keeps @design for every slip made from now on. */
gboolean
wb_desk_set_slip_design (WbDesk *self, const WbSlipDesign *design, GError **error)
{
  g_autofree char *hash = NULL;

  if (design->logo != NULL && g_bytes_get_size (design->logo) > MOST_LOGO_BYTES)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "The logo is larger than 4 MB: every slip would be");
      return FALSE;
    }
  if (!wb_book_begin (self->book, error))
    return FALSE;
  if ((design->logo == NULL ||
       (hash = wb_book_put_document (self->book, design->logo, picture_type (design->logo),
                                     error)) != NULL) &&
      wb_book_set_setting (self->book, SETTING_LOGO, hash != NULL ? hash : "", error) &&
      wb_book_set_setting (self->book, SETTING_MESSAGE,
                           design->message != NULL ? design->message : "", error) &&
      wb_book_set_setting (self->book, SETTING_COLUMNS,
                           design->columns != NULL ? design->columns : ALL_COLUMNS, error))
    return wb_book_commit (self->book, error);
  wb_book_rollback (self->book);
  return FALSE;
}

static void
add_example_line (WbOrder    *order,
                  WbParcel   *parcel,
                  gint64      id,
                  const char *sku,
                  const char *name,
                  gint64      ordered,
                  gint64      here)
{
  g_autoptr (WbOrderLine)  line = wb_order_line_new ();
  g_autoptr (WbParcelLine) packed = wb_parcel_line_new ();

  wb_record_set_int (line, WB_ORDER_LINE_ID, id);
  wb_record_set_int (line, WB_ORDER_LINE_POSITION, id);
  wb_record_set_text (line, WB_ORDER_LINE_KIND, WB_LINE_ITEM);
  wb_record_set_text (line, WB_ORDER_LINE_SKU, sku);
  wb_record_set_text (line, WB_ORDER_LINE_NAME, name);
  wb_record_set_bool (line, WB_ORDER_LINE_NEEDS_SHIPPING, TRUE);
  wb_record_set_int (line, WB_ORDER_LINE_QUANTITY, ordered);
  wb_record_add (order, WB_ORDER_LINES, g_steal_pointer (&line));
  if (here == 0)
    return;
  wb_record_set_int (packed, WB_PARCEL_LINE_LINE_ID, id);
  wb_record_set_int (packed, WB_PARCEL_LINE_QUANTITY, here);
  wb_record_add (parcel, WB_PARCEL_LINES, g_steal_pointer (&packed));
}

static WbOrder *
make_example_order (WbParcel *parcel)
{
  WbOrder              *order = wb_order_new ();
  g_autoptr (WbAddress) to = wb_address_new ();

  wb_record_set_int (order, WB_ORDER_ID, 1);
  wb_record_set_text (order, WB_ORDER_NUMBER, "1042");
  wb_record_set_int (order, WB_ORDER_PLACED_AT, wb_now () - 86400);
  wb_record_set_text (order, WB_ORDER_CURRENCY, "EUR");
  wb_record_set_text (to, WB_ADDRESS_NAME, "Ana Quiñones");
  wb_record_set_text (to, WB_ADDRESS_STREET1, "Calle Mayor 12");
  wb_record_set_text (to, WB_ADDRESS_CITY, "Madrid");
  wb_record_set_text (to, WB_ADDRESS_POSTCODE, "28013");
  wb_record_set_text (to, WB_ADDRESS_COUNTRY, "ES");
  wb_record_set_one (order, WB_ORDER_SHIP_TO, to);
  /* Translators: three articles on the example of a packing slip */
  add_example_line (order, parcel, 1, "MUG-RED", _ ("Mug, red"), 2, 2);
  add_example_line (order, parcel, 2, "SOCK-W-42", _ ("Wool socks"), 3, 1);
  add_example_line (order, parcel, 3, "TOWEL-01", _ ("Tea towel"), 1, 0);
  return order;
}

static WbOrigin *
example_origin (WbDesk *self, GError **error)
{
  g_autoptr (GPtrArray) origins = wb_book_list_origins (self->book, error);
  WbOrigin             *origin;

  if (origins == NULL)
    return NULL;
  if (origins->len > 0)
    return g_object_ref (origins->pdata[0]);
  origin = wb_origin_new ();
  /* Translators: stands for the sender on the example of a packing slip */
  wb_record_set_text (origin, WB_ORIGIN_NAME, _ ("Your address"));
  wb_record_set_text (origin, WB_ORIGIN_COUNTRY, "DE");
  wb_record_set_text (origin, WB_ORIGIN_ZONE, "UTC");
  return origin;
}

/** wb_desk_preview_slip: Returns: (transfer full): an example of a packing slip after @design, as
 * PDF; nothing is kept. */
GBytes *
wb_desk_preview_slip (WbDesk *self, const WbSlipDesign *design, GError **error)
{
  g_autoptr (WbOrigin)   origin = example_origin (self, error);
  g_autoptr (WbPrinter)  printer = wb_book_get_printer (self->book, WB_DOCUMENT_SLIP, NULL);
  g_autoptr (WbShipment) shipment = wb_shipment_new ();
  g_autoptr (WbParcel)   parcel = wb_parcel_new ();
  g_autoptr (WbOrder)    order = make_example_order (parcel);
  g_autoptr (WbTemplate) template = NULL;
  WbOrderPaper slip = { 0 };

  if (origin == NULL || !wb_desk_load_template (self, WB_PAPER_SLIP, &template, error))
    return NULL;
  wb_record_set_int (shipment, WB_SHIPMENT_ORDER_ID, 1);
  wb_record_set_text (shipment, WB_SHIPMENT_STATE, WB_SHIPMENT_LABELLED);
  wb_record_set_int (parcel, WB_PARCEL_ORDER_ID, 1);
  wb_record_set_text (parcel, WB_PARCEL_REFERENCE, "WB-1042-1");
  wb_record_add (shipment, WB_SHIPMENT_PARCELS, g_object_ref (parcel));
  slip = (WbOrderPaper){
    .order = order,
    .shipment = shipment,
    .parcel = parcel,
    .origin = origin,
    .paper = printer != NULL ? wb_record_get_text (printer, WB_PRINTER_MEDIA) : NULL,
    .message = design->message,
    .logo = design->logo,
    .hide = wb_slip_design_hides (design),
    .practice = wb_desk_is_practice (self),
    .template = template,
  };
  return wb_order_paper_render (&slip, wb_now (), NULL, NULL, error);
}
