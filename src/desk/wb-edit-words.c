/* SPDX-License-Identifier: GPL-3.0-or-later
 * An edit in the shop for people: which field, what it was, what it is now, and what that makes
 * invalid. */
#include "wb-desk.h"

#include "wb-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SHIP_TO "ship_to"
#define BILL_TO "bill_to"
#define LINES   "lines["
#define REFUNDS "refunds["

typedef struct
{
  const char *field;
  const char *title; /* NULL: of no interest by itself: another field says it for people */
} Title;

static const Title of_order[] = {
  { "number", N_ ("Order number") },
  { "remote_status", N_ ("State in the shop") },
  { "shop_state", NULL },
  { "placed_at", N_ ("Placed") },
  { "paid_at", N_ ("Paid") },
  { "currency", N_ ("Currency") },
  { "total", N_ ("Total") },
  { "tax_total", N_ ("Tax") },
  { "shipping_total", N_ ("Shipping cost") },
  { "discount_total", N_ ("Discount") },
  { "refunded_total", N_ ("Refunded in the shop") },
  { "customer_ref", NULL },
  { "customer_name", N_ ("Customer") },
  { "email", N_ ("E-mail") },
  { "phone", N_ ("Telephone") },
  { "note", N_ ("Note") },
  { "service_asked", N_ ("Service asked for") },
  { "payment_method", NULL },
  { "payment_title", N_ ("Paid by") },
  { "payment_ref", N_ ("Payment") },
};

static const Title of_address[] = {
  { "name", N_ ("Name") },         { "company", N_ ("Company") },
  { "street1", N_ ("Street") },    { "street2", N_ ("Street, second line") },
  { "city", N_ ("City") },         { "region", N_ ("Region") },
  { "postcode", N_ ("Postcode") }, { "country", N_ ("Country") },
  { "phone", N_ ("Telephone") },   { "email", N_ ("E-mail") },
};

static const Title of_line[] = {
  { "kind", NULL },
  { "product_ref", NULL },
  { "variation_ref", NULL },
  { "sku", N_ ("SKU") },
  { "name", N_ ("Name") },
  { "options", N_ ("Options") },
  { "needs_shipping", N_ ("To be shipped") },
  { "quantity", N_ ("Quantity") },
  { "cancelled", N_ ("Cancelled") },
  { "subtotal", NULL },
  { "total", N_ ("Price") },
  { "tax", N_ ("Tax") },
};

static const Title of_refund[] = {
  { "amount", N_ ("Amount") },
  { "reason", N_ ("Reason") },
  { "at", NULL },
};

/* One change as it is being put into words. */
typedef struct
{
  const char *path;   /* “lines[412].quantity” */
  const char *field;  /* “quantity”; NULL: the child as a whole */
  char       *child;  /* “412”; NULL: the order itself or an address */
  WbRecord   *sample; /* of the kind that has the field */
  WbOrder    *order;
} Place;

static void
place_clear (Place *place)
{
  g_clear_pointer (&place->child, g_free);
  g_clear_object (&place->sample);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

static gboolean
in_address (const char *path)
{
  return g_str_has_prefix (path, SHIP_TO) || g_str_has_prefix (path, BILL_TO);
}

static void
find_place (WbOrder *order, const char *path, Place *place)
{
  const char *bracket = strchr (path, '['), *end = strrchr (path, ']');
  const char *dot = strrchr (end != NULL ? end : path, '.');

  place->path = path;
  place->order = order;
  place->field = dot != NULL ? dot + 1 : NULL;
  if (bracket != NULL && end != NULL && end > bracket)
    place->child = g_strndup (bracket + 1, (gsize) (end - bracket - 1));
  if (g_str_has_prefix (path, LINES))
    place->sample = WB_RECORD (wb_order_line_new ());
  else if (g_str_has_prefix (path, REFUNDS))
    place->sample = WB_RECORD (wb_refund_new ());
  else if (in_address (path))
    place->sample = WB_RECORD (wb_address_new ());
  else
    {
      place->sample = WB_RECORD (wb_order_new ());
      place->field = path;
    }
}

static const WbField *
field_of (const Place *place)
{
  int field = place->field != NULL ? wb_record_find_field (place->sample, place->field) : -1;

  return field >= 0 ? &wb_record_describe (place->sample)->fields[field] : NULL;
}

static WbOrderLine *
line_of (const Place *place)
{
  GPtrArray *lines = wb_record_get_many (place->order, WB_ORDER_LINES);

  for (guint i = 0; place->child != NULL && i < lines->len; i++)
    if (g_strcmp0 (wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_REMOTE_ID), place->child) ==
        0)
      return lines->pdata[i];
  return NULL;
}

/* The field's title, NULL for one that is told by another; a field that has no words yet is told by
 * its name, never hidden. */
static const char *
look_up (const Title *titles, guint n, const char *field)
{
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (titles[i].field, field) == 0)
      return titles[i].title != NULL ? _ (titles[i].title) : NULL;
  return field;
}

static char *
line_title (const Place *place)
{
  WbOrderLine *line = line_of (place);
  const char  *name = line != NULL ? wb_record_get_text (line, WB_ORDER_LINE_NAME) : NULL;
  const char  *title = look_up (of_line, G_N_ELEMENTS (of_line), place->field);

  if (place->field == NULL)
    return g_strdup (_ ("Line"));
  if (title == NULL)
    return NULL;
  /* Translators: a line's name; what of it was changed: “Red mug: Quantity” */
  return name != NULL ? g_strdup_printf (_ ("%s: %s"), name, title) : g_strdup (title);
}

static char *
address_title (const Place *place)
{
  const char *whose = g_str_has_prefix (place->path, SHIP_TO) ? _ ("Ship to") : _ ("Bill to");
  const char *title = look_up (of_address, G_N_ELEMENTS (of_address), place->field);

  return place->field == NULL ? g_strdup (whose) : g_strdup_printf (_ ("%s: %s"), whose, title);
}

static char *
title_of (const Place *place)
{
  const char *title;

  if (g_str_has_prefix (place->path, LINES))
    return line_title (place);
  if (in_address (place->path))
    return address_title (place);
  if (!g_str_has_prefix (place->path, REFUNDS))
    return g_strdup (look_up (of_order, G_N_ELEMENTS (of_order), place->field));
  title = look_up (of_refund, G_N_ELEMENTS (of_refund), place->field);
  if (place->field == NULL)
    return g_strdup (_ ("Refund in the shop"));
  return title != NULL ? g_strdup_printf (_ ("%s: %s"), _ ("Refund in the shop"), title) : NULL;
}

/* A value as people write it: money with its currency, an instant in their time. */
static char *
value_of (const Place *place, const char *value)
{
  const WbField *field = field_of (place);
  WbMoney        money;
  WbInstant      at;

  if (value == NULL || *value == '\0' || field == NULL)
    return g_strdup (value != NULL ? value : "");
  if (field->kind == WB_FIELD_AMOUNT &&
      wb_money_parse (value, wb_record_get_text (place->order, WB_ORDER_CURRENCY), &money, NULL))
    return wb_money_to_text (money);
  if (field->kind == WB_FIELD_INSTANT && wb_instant_parse (value, &at, NULL))
    return wb_instant_to_text (at);
  if (field->kind == WB_FIELD_BOOL)
    return g_strdup (g_str_equal (value, "true") ? _ ("yes") : _ ("no"));
  return g_strdup (value);
}

static const char *
effect_of (const Place *place, guint flags)
{
  if ((flags & WB_FIELD_PARCEL) && in_address (place->path))
    return g_str_has_prefix (place->path, SHIP_TO) ? _ ("Changes where the parcel goes.") : NULL;
  if ((flags & WB_FIELD_PARCEL) && (flags & WB_FIELD_CHARGE))
    return _ ("Changes what is in the parcel and what is captured.");
  if (flags & WB_FIELD_PARCEL)
    return g_strcmp0 (place->field, "service_asked") == 0 ? _ ("Changes the service.")
                                                          : _ ("Changes what is in the parcel.");
  return flags & WB_FIELD_CHARGE ? _ ("Changes what is captured.") : NULL;
}

/* A whole line or refund that came or went has its parent's flags. */
static guint
flags_of (const Place *place)
{
  const WbField *field = field_of (place);

  if (field != NULL)
    return field->flags;
  if (g_str_has_prefix (place->path, LINES))
    return WB_FIELD_PARCEL | WB_FIELD_CHARGE;
  return g_str_has_prefix (place->path, REFUNDS)   ? WB_FIELD_CHARGE
         : g_str_has_prefix (place->path, SHIP_TO) ? WB_FIELD_PARCEL
                                                   : 0;
}

/** wb_edit_free: frees @edit. */
void
wb_edit_free (WbEdit *edit)
{
  g_free (edit->title);
  g_free (edit->before);
  g_free (edit->after);
  g_free (edit);
}

static void
add_edit (GPtrArray *edits, WbOrder *order, const WbJson *change)
{
  const char      *path = wb_json_opt_string (change, "field");
  g_auto (Place)   place = { 0 };
  g_autofree char *title = NULL;
  WbEdit          *edit;

  if (path == NULL)
    return;
  find_place (order, path, &place);
  title = title_of (&place);
  if (title == NULL)
    return;
  edit = g_new0 (WbEdit, 1);
  edit->title = g_steal_pointer (&title);
  edit->before = value_of (&place, wb_json_opt_string (change, "before"));
  edit->after = value_of (&place, wb_json_opt_string (change, "after"));
  edit->effect = effect_of (&place, flags_of (&place));
  g_ptr_array_add (edits, edit);
}

/**
 * wb_event_list_edits:
 * @order: the event's order as it is now
 *
 * Returns: (transfer full) (element-type WbEdit): what an event of the kind “edited” changed, in
 * words, as the shop told it; none for another event, and none when its detail was erased.
 */
GPtrArray *
wb_event_list_edits (WbEvent *event, WbOrder *order)
{
  GPtrArray           *edits = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_edit_free);
  const char          *detail = wb_record_get_text (event, WB_EVENT_DETAIL);
  g_autoptr (JsonNode) root = NULL;
  WbJson               at, changes;
  guint                n;

  if (g_strcmp0 (wb_record_get_text (event, WB_EVENT_KIND), "edited") != 0 || detail == NULL ||
      (root = wb_json_parse (detail, -1, "detail", NULL)) == NULL)
    return edits;
  at = wb_json_root (root, "detail");
  if (!wb_json_array (&at, "changes", &changes, &n, NULL))
    return edits;
  for (guint i = 0; i < n; i++)
    {
      WbJson change = wb_json_element (&changes, i);

      add_edit (edits, order, &change);
    }
  return edits;
}
