/* SPDX-License-Identifier: GPL-3.0-or-later
 * One order as a list shows it: lives only while a list holds it, and says when its order has
 * changed. */
#include "wb-order-row.h"

#include <glib/gi18n-lib.h>

#define HOUR (60 * 60)
#define DAY  (24 * HOUR)

struct _WbOrderRow
{
  GObject       parent_instance;
  gint64        id;
  guint         position;
  WbOrderReader reader; /* NULL: the list is gone */
  gpointer      data;
  gboolean      is_read;
  WbOrder      *head; /* NULL: not looked at yet, or gone from the book */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbOrderRow, wb_order_row, G_TYPE_OBJECT)

static void
wb_order_row_finalize (GObject *object)
{
  WbOrderRow *self = WB_ORDER_ROW (object);

  g_clear_object (&self->head);
  G_OBJECT_CLASS (wb_order_row_parent_class)->finalize (object);
}

static void
wb_order_row_class_init (WbOrderRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_order_row_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_order_row_init (WbOrderRow *self)
{
}

/** wb_order_row_new: @reader: reads the order as soon as somebody looks at it. Returns: (transfer
 * full): a row of no order yet. */
WbOrderRow *
wb_order_row_new (WbOrderReader reader, gpointer data)
{
  WbOrderRow *self = g_object_new (WB_TYPE_ORDER_ROW, NULL);

  self->reader = reader;
  self->data = data;
  return self;
}

/** wb_order_row_place: the row stands for the order @id at @position from now on; who made it so
 * tells it to those that show it. */
void
wb_order_row_place (WbOrderRow *self, gint64 id, guint position)
{
  self->position = position;
  if (self->id == id)
    return;
  self->id = id;
  self->is_read = FALSE;
  g_clear_object (&self->head);
}

/** wb_order_row_forget_reader: what reads the orders is no more. */
void
wb_order_row_forget_reader (WbOrderRow *self)
{
  self->reader = NULL;
}

/** wb_order_row_get_id: Returns: the order's number in the book. */
gint64
wb_order_row_get_id (WbOrderRow *self)
{
  return self->id;
}

/** wb_order_row_get_position: Returns: where in its list it stands, %G_MAXUINT when it no longer
 * does. */
guint
wb_order_row_get_position (WbOrderRow *self)
{
  return self->position;
}

/** wb_order_row_get_head: Returns: (transfer none) (nullable): the order without its lines. */
WbOrder *
wb_order_row_get_head (WbOrderRow *self)
{
  if (!self->is_read && self->reader != NULL)
    {
      self->is_read = TRUE;
      g_set_object (&self->head, self->reader (self, self->data));
    }
  return self->head;
}

static gboolean
is_same_field (WbOrder *one, WbOrder *other, guint field)
{
  WbFieldKind kind = wb_record_describe (one)->fields[field].kind;

  if (kind == WB_FIELD_TEXT || kind == WB_FIELD_DATE || kind == WB_FIELD_JSON)
    return g_strcmp0 (wb_record_get_text (one, field), wb_record_get_text (other, field)) == 0;
  if (kind == WB_FIELD_BOOL)
    return wb_record_get_bool (one, field) == wb_record_get_bool (other, field);
  return wb_record_get_int (one, field) == wb_record_get_int (other, field);
}

/** wb_order_row_set_head: takes a newly read @head; says “changed” when anything in it is
 * different. */
void
wb_order_row_set_head (WbOrderRow *self, WbOrder *head)
{
  gboolean same = self->head != NULL && head != NULL;

  if (!self->is_read)
    return;
  for (guint i = 0; same && i < WB_ORDER_SHIP_TO; i++)
    same = is_same_field (self->head, head, i);
  if (same || !g_set_object (&self->head, head))
    return;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The whole days from the local day of @now to that of @then. */
static int
days_until (WbInstant then, WbInstant now)
{
  g_autoptr (GDateTime) a = wb_instant_to_local (now);
  g_autoptr (GDateTime) b = wb_instant_to_local (then);
  g_autoptr (GDateTime) first = NULL, second = NULL;

  if (a == NULL || b == NULL)
    return 0;
  first = g_date_time_new_utc (g_date_time_get_year (a), g_date_time_get_month (a),
                               g_date_time_get_day_of_month (a), 0, 0, 0);
  second = g_date_time_new_utc (g_date_time_get_year (b), g_date_time_get_month (b),
                                g_date_time_get_day_of_month (b), 0, 0, 0);
  return (int) (g_date_time_difference (second, first) / G_TIME_SPAN_DAY);
}

static char *
ship_by_text (WbInstant ship_by, WbInstant now)
{
  g_autoptr (GDateTime) date = wb_instant_to_local (ship_by);
  int                   days = days_until (ship_by, now);

  if (ship_by == 0 || date == NULL)
    return g_strdup ("–");
  if (days < 0)
    /* Translators: an order that should have left %d days ago, in a narrow column */
    return g_strdup_printf (ngettext ("%d day late", "%d days late", (gulong) -days), -days);
  if (days == 0)
    return g_strdup (_ ("Today"));
  if (days == 1)
    return g_strdup (_ ("Tomorrow"));
  /* Translators: a day in a narrow column: 21 Nov (see strftime) */
  return g_date_time_format (date, _ ("%-d %b"));
}

/* How long an authorisation is still good for, in the largest whole unit. */
static char *
time_left (WbInstant until, WbInstant now)
{
  gint64 left = until - now;

  if (left <= 0)
    return g_strdup (_ ("over"));
  if (left < DAY)
    /* Translators: time left, hours, in a narrow column */
    return g_strdup_printf (_ ("%d h"), (int) (left / HOUR));
  /* Translators: time left, days, in a narrow column */
  return g_strdup_printf (_ ("%d d"), (int) (left / DAY));
}

/* A narrow column has room for one word where the detail has a sentence. */
static const char *
short_stage (const char *stage)
{
  return g_strcmp0 (stage, WB_STAGE_WAITING) == 0 ? _ ("Not paid") : wb_stage_title (stage);
}

static const char *
short_charge (const char *state)
{
  return g_strcmp0 (state, WB_CHARGE_LAPSED) == 0 ? _ ("Lapsed") : wb_charge_title (state);
}

static char *
charge_text (WbOrder *head, WbInstant now)
{
  const char      *state = wb_record_get_text (head, WB_ORDER_CHARGE_STATE);
  WbInstant        before = wb_record_get_int (head, WB_ORDER_CAPTURE_BEFORE);
  g_autofree char *left = NULL;

  if (g_strcmp0 (state, WB_CHARGE_AUTHORISED) != 0 || before == 0)
    return g_strdup (short_charge (state));
  left = time_left (before, now);
  return g_strdup_printf ("%s · %s", wb_charge_title (state), left);
}

/** wb_order_dup_text: Returns: (transfer full): what @column says of the order @head. */
char *
wb_order_dup_text (WbOrder *head, WbOrderColumn column, WbWorkspace *workspace, WbInstant now)
{
  const char *text;

  switch (column)
    {
    case WB_COLUMN_ORDER:
      return g_strdup_printf ("#%s", wb_record_get_text (head, WB_ORDER_NUMBER));
    case WB_COLUMN_CHANNEL:
      return g_strdup (wb_workspace_get_connection_name (
          workspace, wb_record_get_int (head, WB_ORDER_CHANNEL_ID)));
    case WB_COLUMN_PLACED:
      return wb_instant_to_relative (wb_record_get_int (head, WB_ORDER_PLACED_AT), now);
    case WB_COLUMN_SHIP_BY:
      return ship_by_text (wb_record_get_int (head, WB_ORDER_SHIP_BY), now);
    case WB_COLUMN_CUSTOMER:
      text = wb_record_get_text (head, WB_ORDER_CUSTOMER_NAME);
      return g_strdup (text != NULL && *text != '\0' ? text
                                                     : wb_record_get_text (head, WB_ORDER_EMAIL));
    case WB_COLUMN_ITEMS:
      return g_strdup_printf ("%" G_GINT64_FORMAT, wb_record_get_int (head, WB_ORDER_ITEM_COUNT));
    case WB_COLUMN_TOTAL:
      return wb_money_to_text (wb_record_get_money (head, WB_ORDER_TOTAL));
    case WB_COLUMN_STAGE:
      return g_strdup (short_stage (wb_record_get_text (head, WB_ORDER_STAGE)));
    case WB_COLUMN_CHARGE:
      return charge_text (head, now);
    case WB_N_COLUMNS:
    default:
      g_return_val_if_reached (NULL);
    }
}

static const struct
{
  const char *state;
  const char *style;
} state_styles[] = {
  { WB_STAGE_READY, "accent" },        { WB_STAGE_PARTIAL, "accent" },
  { WB_STAGE_HOLD, "warning" },        { WB_STAGE_SHIPPED, "success" },
  { WB_STAGE_CANCELLED, "dim-label" }, { WB_STAGE_NOTHING, "dim-label" },
  { WB_STAGE_WAITING, "dim-label" },   { WB_CHARGE_CAPTURED, "success" },
  { WB_CHARGE_PAID, "success" },       { WB_CHARGE_LAPSED, "error" },
  { WB_CHARGE_REFUSED, "error" },      { WB_CHARGE_UNKNOWN, "dim-label" },
  { WB_CHARGE_REFUNDED, "dim-label" }, { WB_CHARGE_NONE, "dim-label" },
};

static const char *
style_of (const char *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (state_styles); i++)
    if (g_strcmp0 (state, state_styles[i].state) == 0)
      return state_styles[i].style;
  return NULL;
}

static gboolean
is_to_ship (WbOrder *head)
{
  const char *stage = wb_record_get_text (head, WB_ORDER_STAGE);

  return g_strcmp0 (stage, WB_STAGE_READY) == 0 || g_strcmp0 (stage, WB_STAGE_PARTIAL) == 0;
}

/** wb_order_get_style: Returns: (nullable): the style class that @column's text has for this order.
 */
const char *
wb_order_get_style (WbOrder *head, WbOrderColumn column, WbInstant now)
{
  WbInstant before = wb_record_get_int (head, WB_ORDER_CAPTURE_BEFORE);
  WbInstant ship_by = wb_record_get_int (head, WB_ORDER_SHIP_BY);

  switch (column)
    {
    case WB_COLUMN_SHIP_BY:
      if (!is_to_ship (head) || ship_by == 0)
        return "dim-label";
      return days_until (ship_by, now) < 0    ? "error"
             : days_until (ship_by, now) == 0 ? "warning"
                                              : NULL;
    case WB_COLUMN_STAGE:
      return style_of (wb_record_get_text (head, WB_ORDER_STAGE));
    case WB_COLUMN_CHARGE:
      if (g_strcmp0 (wb_record_get_text (head, WB_ORDER_CHARGE_STATE), WB_CHARGE_AUTHORISED) == 0)
        return before != 0 && before - now < DAY ? "error" : NULL;
      return style_of (wb_record_get_text (head, WB_ORDER_CHARGE_STATE));
    case WB_COLUMN_CHANNEL:
    case WB_COLUMN_PLACED:
      return "dim-label";
    case WB_COLUMN_ORDER:
    case WB_COLUMN_CUSTOMER:
    case WB_COLUMN_ITEMS:
    case WB_COLUMN_TOTAL:
    case WB_N_COLUMNS:
    default:
      return NULL;
    }
}
