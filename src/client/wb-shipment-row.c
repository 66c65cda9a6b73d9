/* SPDX-License-Identifier: GPL-3.0-or-later
 * One shipment as a list shows it: lives only while a list holds it, and says when its shipment has
 * changed. */
#include "wb-shipment-row.h"

#include "wb-parcel-row.h"

struct _WbShipmentRow
{
  GObject     parent_instance;
  gint64      id;
  WbShipment *shipment; /* NULL: gone from the book */
  WbOrder    *order;    /* without its lines */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbShipmentRow, wb_shipment_row, G_TYPE_OBJECT)

static void
wb_shipment_row_finalize (GObject *object)
{
  WbShipmentRow *self = WB_SHIPMENT_ROW (object);

  g_clear_object (&self->shipment);
  g_clear_object (&self->order);
  G_OBJECT_CLASS (wb_shipment_row_parent_class)->finalize (object);
}

static void
wb_shipment_row_class_init (WbShipmentRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_shipment_row_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_shipment_row_init (WbShipmentRow *self)
{
}

static void
read_it (WbShipmentRow *self, WbBook *book)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) heads = NULL;
  gint64                order_id;

  g_clear_object (&self->shipment);
  g_clear_object (&self->order);
  self->shipment = wb_book_get_shipment (book, self->id, &error);
  if (self->shipment == NULL)
    {
      if (!g_error_matches (error, WB_ERROR, WB_ERROR_NOT_FOUND))
        g_warning ("A shipment could not be read: %s", error->message);
      return;
    }
  order_id = wb_record_get_int (self->shipment, WB_SHIPMENT_ORDER_ID);
  heads = wb_book_list_order_heads (book, &order_id, 1, &error);
  if (heads == NULL)
    g_warning ("An order could not be read: %s", error->message);
  else if (heads->len > 0)
    self->order = g_object_ref (heads->pdata[0]);
}

/** wb_shipment_row_new: Returns: (transfer full): the row of the shipment @id, read from @book. */
WbShipmentRow *
wb_shipment_row_new (gint64 id, WbBook *book)
{
  WbShipmentRow *self = g_object_new (WB_TYPE_SHIPMENT_ROW, NULL);

  self->id = id;
  read_it (self, book);
  return self;
}

/** wb_shipment_row_get_id: Returns: the shipment's number in the book. */
gint64
wb_shipment_row_get_id (WbShipmentRow *self)
{
  return self->id;
}

/** wb_shipment_row_refresh: reads it again; says “changed” when anything shown is different. */
void
wb_shipment_row_refresh (WbShipmentRow *self, WbBook *book)
{
  WbInstant now = wb_now ();
  char     *before[WB_N_SHIPMENT_COLUMNS];
  gboolean  same = TRUE;

  for (guint i = 0; i < WB_N_SHIPMENT_COLUMNS; i++)
    before[i] = wb_shipment_row_dup_text (self, i, now);
  read_it (self, book);
  for (guint i = 0; i < WB_N_SHIPMENT_COLUMNS; i++)
    {
      g_autofree char *old = before[i];
      g_autofree char *text = wb_shipment_row_dup_text (self, i, now);

      same = same && g_strcmp0 (old, text) == 0;
    }
  if (!same)
    g_signal_emit (self, signals[CHANGED], 0);
}

/** wb_shipment_get_parcel_text: Returns: (transfer none) (nullable): the text @field (WB_PARCEL_…)
 * of its parcel; an empty one is %NULL. */
const char *
wb_shipment_get_parcel_text (WbShipment *shipment, guint field)
{
  GPtrArray  *parcels = wb_record_get_many (shipment, WB_SHIPMENT_PARCELS);
  const char *text = parcels->len > 0 ? wb_record_get_text (parcels->pdata[0], field) : NULL;

  return text != NULL && *text != '\0' ? text : NULL;
}

static char *
order_text (WbShipmentRow *self)
{
  gint64      number = wb_record_get_int (self->shipment, WB_SHIPMENT_NUMBER);
  const char *order = self->order != NULL ? wb_record_get_text (self->order, WB_ORDER_NUMBER) : "";

  if (number < 2)
    return g_strdup_printf ("#%s", order);
  return g_strdup_printf ("#%s-%" G_GINT64_FORMAT, order, number);
}

static char *
service_text (WbShipment *shipment)
{
  const char *carrier = wb_record_get_text (shipment, WB_SHIPMENT_CARRIER);
  const char *service = wb_record_get_text (shipment, WB_SHIPMENT_SERVICE);
  char       *text;

  /* Carriers like to begin the service's name with their own. */
  if (carrier != NULL && service != NULL && g_str_has_prefix (service, carrier))
    return g_strdup (service);
  text = g_strdup_printf ("%s %s", carrier != NULL ? carrier : "", service != NULL ? service : "");

  return g_strstrip (text);
}

static char *
where_text (WbShipment *shipment)
{
  if (wb_shipment_get_parcel_text (shipment, WB_PARCEL_TRACKING) == NULL ||
      g_strcmp0 (wb_record_get_text (shipment, WB_SHIPMENT_STATE), WB_SHIPMENT_VOID) == 0)
    return g_strdup ("–");
  return g_strdup (
      wb_tracker_title (wb_shipment_get_parcel_text (shipment, WB_PARCEL_TRACKER_STATE)));
}

/** wb_shipment_row_dup_text: Returns: (transfer full): what @column says of the shipment; empty
 * when it is gone. */
char *
wb_shipment_row_dup_text (WbShipmentRow *self, WbShipmentColumn column, WbInstant now)
{
  const char *name;

  if (self->shipment == NULL)
    return g_strdup ("");
  switch (column)
    {
    case WB_SHIPMENT_COLUMN_ORDER:
      return order_text (self);
    case WB_SHIPMENT_COLUMN_MADE:
      return wb_instant_to_relative (wb_record_get_int (self->shipment, WB_SHIPMENT_CREATED_AT),
                                     now);
    case WB_SHIPMENT_COLUMN_CUSTOMER:
      name = self->order != NULL ? wb_record_get_text (self->order, WB_ORDER_CUSTOMER_NAME) : NULL;
      return g_strdup (name != NULL ? name : "");
    case WB_SHIPMENT_COLUMN_SERVICE:
      return service_text (self->shipment);
    case WB_SHIPMENT_COLUMN_COST:
      return wb_money_to_text (wb_record_get_money (self->shipment, WB_SHIPMENT_COST));
    case WB_SHIPMENT_COLUMN_STATE:
      return g_strdup (
          wb_shipment_state_title (wb_record_get_text (self->shipment, WB_SHIPMENT_STATE)));
    case WB_SHIPMENT_COLUMN_WHERE:
      return where_text (self->shipment);
    case WB_N_SHIPMENT_COLUMNS:
    default:
      g_return_val_if_reached (NULL);
    }
}

static const struct
{
  const char *state;
  const char *style;
} styles[] = {
  { WB_SHIPMENT_PLANNED, "warning" },    { WB_SHIPMENT_LABELLED, "accent" },
  { WB_SHIPMENT_SHIPPED, "success" },    { WB_SHIPMENT_VOID, "dim-label" },
  { WB_TRACKER_UNKNOWN, "dim-label" },   { WB_TRACKER_PRE, "dim-label" },
  { WB_TRACKER_DELIVERED, "success" },   { WB_TRACKER_RETURNED, "warning" },
  { WB_TRACKER_FAILURE, "error" },       { WB_TRACKER_PICKUP, "warning" },
  { WB_TRACKER_CANCELLED, "dim-label" },
};

/** wb_shipment_get_style: Returns: (nullable): the style class of a shipment's or tracker's @state.
 */
const char *
wb_shipment_get_style (const char *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    if (g_strcmp0 (state, styles[i].state) == 0)
      return styles[i].style;
  return NULL;
}

/** wb_tracker_get_style: Returns: (nullable): the style class of a @tracker_state (%NULL: not
 * asked yet). */
const char *
wb_tracker_get_style (const char *tracker_state)
{
  return tracker_state != NULL ? wb_shipment_get_style (tracker_state) : "dim-label";
}

/** wb_shipment_row_get_style: Returns: (nullable): the style class that @column's text has. */
const char *
wb_shipment_row_get_style (WbShipmentRow *self, WbShipmentColumn column)
{
  if (self->shipment == NULL)
    return NULL;
  if (column == WB_SHIPMENT_COLUMN_STATE)
    return wb_shipment_get_style (wb_record_get_text (self->shipment, WB_SHIPMENT_STATE));
  if (column == WB_SHIPMENT_COLUMN_WHERE)
    return wb_tracker_get_style (
        wb_shipment_get_parcel_text (self->shipment, WB_PARCEL_TRACKER_STATE));
  return column == WB_SHIPMENT_COLUMN_MADE ? "dim-label" : NULL;
}
