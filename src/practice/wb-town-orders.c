/* SPDX-License-Identifier: GPL-3.0-or-later
 * Makes an order out of the seed and its place: forty plots, told again and again with other people
 * and other goods. */
#include "wb-town-goods.h"
#include "wb-town-order.h"
#include "wb-town-paypal.h"
#include "wb-town-woo-traps.h"

#include "wb-money.h"
#include "wb-text.h"

#include <string.h>

#define DAY 86400

/* How it is paid. */
typedef enum
{
  PAY_AUTHORISED, /* by card, to be captured at shipping: on-hold */
  PAY_CARD,       /* by card, captured at once */
  PAY_BANK,       /* by transfer, arrived */
  PAY_BANK_OPEN,  /* by transfer, still awaited */
  PAY_COD,
  PAY_WALLET,
} Pay;

/* What is special about it. */
enum
{
  VARIATION = 1 << 0,
  FEE = 1 << 1,
  FEE_OFF = 1 << 2,
  COUPON = 1 << 3,
  TWO_SHIPPINGS = 1 << 4,
  GONE_PRODUCT = 1 << 5,
  GONE_VARIATION = 1 << 6,
  VIRTUAL_ONLY = 1 << 7,
  VIRTUAL_TOO = 1 << 8,
  PART_REFUND = 1 << 9,
  MANY_LINES = 1 << 10,
  MANY_PIECES = 1 << 11,
  ODD_TEXT = 1 << 12,
  BAD_ADDRESS = 1 << 13,
  NO_HOUSE = 1 << 14,
  DECLINES = 1 << 15,
  EXPIRED = 1 << 16,
  EXPIRING = 1 << 17,
  SHORT = 1 << 18,
  GIFT = 1 << 19,
  PLUGIN_META = 1 << 20,
  FULL_REFUND = 1 << 21,
  OWN_SKU_MISSING = 1 << 22,
  AGAIN = 1 << 23,
};

#define AGAIN_AFTER 10 /* so many orders ago the same customer ordered, to the same address */

typedef struct
{
  const char *status;
  Pay         pay;
  WbTownFolk  folk;
  guint       traits;
} Plot;

static const Plot plots[40] = {
  { "on-hold", PAY_AUTHORISED, WB_TOWN_FOLK_GERMAN, 0 },
  { "on-hold", PAY_AUTHORISED, WB_TOWN_FOLK_FRENCH, MANY_PIECES },
  { "processing", PAY_CARD, WB_TOWN_FOLK_POLISH, VARIATION },
  { "on-hold", PAY_AUTHORISED, WB_TOWN_FOLK_GREEK, MANY_LINES },
  { "processing", PAY_BANK, WB_TOWN_FOLK_GERMAN, FEE },
  { "on-hold", PAY_AUTHORISED, WB_TOWN_FOLK_UKRAINIAN, COUPON },
  { "on-hold", PAY_AUTHORISED, WB_TOWN_FOLK_AMERICAN, 0 },
  { "processing", PAY_CARD, WB_TOWN_FOLK_JAPANESE, TWO_SHIPPINGS },
  { "on-hold", PAY_AUTHORISED, WB_TOWN_FOLK_CHINESE, MANY_PIECES | VARIATION },
  { "on-hold", PAY_AUTHORISED, WB_TOWN_FOLK_GERMAN, DECLINES },
  { "processing", PAY_WALLET, WB_TOWN_FOLK_ARAB, 0 },
  { "on-hold", PAY_AUTHORISED, WB_TOWN_FOLK_BRITISH, VIRTUAL_TOO },
  { "processing", PAY_CARD, WB_TOWN_FOLK_GERMAN, PART_REFUND | MANY_PIECES },
  { "on-hold", PAY_AUTHORISED, WB_TOWN_FOLK_GERMAN, ODD_TEXT | GIFT },
  { "processing", PAY_COD, WB_TOWN_FOLK_POLISH, FEE },
  { "on-hold", PAY_AUTHORISED, WB_TOWN_FOLK_FRENCH, FEE_OFF | COUPON },
  { "processing", PAY_CARD, WB_TOWN_FOLK_GERMAN, GONE_PRODUCT },
  { "on-hold", PAY_AUTHORISED, WB_TOWN_FOLK_AMERICAN, BAD_ADDRESS },
  { "processing", PAY_BANK, WB_TOWN_FOLK_GREEK, GONE_VARIATION },
  { "on-hold", PAY_AUTHORISED, WB_TOWN_FOLK_GERMAN, EXPIRING },
  { "processing", PAY_CARD, WB_TOWN_FOLK_GERMAN, VIRTUAL_ONLY },
  { "on-hold", PAY_AUTHORISED, WB_TOWN_FOLK_JAPANESE, TWO_SHIPPINGS | MANY_LINES },
  { "on-hold", PAY_AUTHORISED, WB_TOWN_FOLK_POLISH, EXPIRED },
  { "processing", PAY_CARD, WB_TOWN_FOLK_UKRAINIAN, PLUGIN_META | VARIATION },
  { "on-hold", PAY_AUTHORISED, WB_TOWN_FOLK_GERMAN, SHORT },
  { "processing", PAY_BANK, WB_TOWN_FOLK_BRITISH, OWN_SKU_MISSING },
  { "on-hold", PAY_AUTHORISED, WB_TOWN_FOLK_ARAB, MANY_PIECES },
  { "awaiting-pickup", PAY_CARD, WB_TOWN_FOLK_GERMAN, 0 },
  { "on-hold", PAY_AUTHORISED, WB_TOWN_FOLK_AMERICAN, VARIATION | FEE },
  { "on-hold", PAY_BANK_OPEN, WB_TOWN_FOLK_FRENCH, 0 },
  { "processing", PAY_CARD, WB_TOWN_FOLK_AMERICAN, NO_HOUSE },
  { "on-hold", PAY_AUTHORISED, WB_TOWN_FOLK_GREEK, PLUGIN_META },
  { "processing", PAY_CARD, WB_TOWN_FOLK_GERMAN, MANY_LINES | COUPON },
  { "pending", PAY_CARD, WB_TOWN_FOLK_POLISH, 0 },
  { "on-hold", PAY_AUTHORISED, WB_TOWN_FOLK_GERMAN, MANY_PIECES | MANY_LINES | TWO_SHIPPINGS },
  { "cancelled", PAY_BANK_OPEN, WB_TOWN_FOLK_GERMAN, 0 },
  { "processing", PAY_CARD, WB_TOWN_FOLK_CHINESE, GIFT | ODD_TEXT },
  { "refunded", PAY_CARD, WB_TOWN_FOLK_GERMAN, FULL_REFUND },
  { "on-hold", PAY_AUTHORISED, WB_TOWN_FOLK_AMERICAN, OWN_SKU_MISSING | AGAIN },
  { "failed", PAY_CARD, WB_TOWN_FOLK_BRITISH, 0 },
};

static const struct
{
  const char *method;
  const char *title;
} ways[] = {
  [PAY_AUTHORISED] = { "stripe", "Credit Card (Stripe)" },
  [PAY_CARD] = { "stripe", "Credit Card (Stripe)" },
  [PAY_BANK] = { "bacs", "Überweisung" },
  [PAY_BANK_OPEN] = { "bacs", "Überweisung" },
  [PAY_COD] = { "cod", "Nachnahme" },
  [PAY_WALLET] = { "ppcp-gateway", "PayPal" },
};

/* The order being made. */
typedef struct
{
  WbTown      *town;
  WbTownOrder *order;
  const Plot  *plot;
  WbTownDice   dice;
  gint64       next_item;
  gint64       next_meta;
} Maker;

static WbInstant
created_of (WbTown *town, guint index)
{
  gint64 span;

  if (index >= town->first_orders)
    return g_array_index (town->arrivals, WbInstant, index - town->first_orders);
  span = MIN ((gint64) town->first_orders * 5400, 600 * DAY);
  return town->epoch - span + (gint64) index * span / town->first_orders;
}

/* Shops change orders in bulk: some neighbours were touched in the very same second. */
static WbInstant
modified_of (WbTown *town, guint index, WbInstant created)
{
  guint in_block = index % 25;
  guint last = index - in_block + 11;

  if (index >= town->first_orders)
    return created;
  if (in_block >= 5 && in_block <= 11 && last < town->first_orders)
    return MIN (created_of (town, last) + 30, town->epoch);
  return created + 5 + (gint64) (wb_town_mix (town->seed, 3, index) % 600);
}

static gboolean
is_aged (WbTown *town, WbInstant created)
{
  return created < town->epoch - 7 * DAY;
}

static const Plot *
plot_of (guint index)
{
  return &plots[index % G_N_ELEMENTS (plots)];
}

static const char *
status_of (WbTown *town, guint index, WbInstant created)
{
  const Plot *plot = plot_of (index);
  gboolean open = strcmp (plot->status, "on-hold") == 0 || strcmp (plot->status, "processing") == 0;

  if (strcmp (plot->status, "awaiting-pickup") == 0 && !wb_town_trap (town, 18))
    return "processing";
  if (!is_aged (town, created) || !open || plot->pay == PAY_BANK_OPEN)
    return plot->status;
  return plot->traits & (EXPIRED | DECLINES) ? "cancelled" : "completed";
}

/** wb_town_row_make: what lists need of the order at @index. */
WbTownRow
wb_town_row_make (WbTown *town, guint index)
{
  WbTownRow row = { .index = index,
                    .id = WB_TOWN_FIRST_ORDER + (gint64) index * WB_TOWN_ORDER_STEP };

  row.created = created_of (town, index);
  row.status = g_intern_string (status_of (town, index, row.created));
  row.modified = modified_of (town, index, row.created);
  if (strcmp (row.status, "completed") == 0)
    row.modified += DAY;
  return row;
}

static char *
id_of (WbTown *town, const char *prefix, guint index)
{
  g_autofree char *token = wb_town_token (town->seed, 71, index, 14, 62);

  return g_strdup_printf ("%s_3Wb%07uT%s", prefix, index, token);
}

/** wb_town_payment_id: Returns: (transfer full): the PaymentIntent of the order at @index, if it is
 * paid by card. */
char *
wb_town_payment_id (WbTown *town, guint index)
{
  return id_of (town, "pi", index);
}

static WbTownMeta *
add_meta (Maker *maker, GPtrArray *rows, const char *key, const char *json)
{
  WbTownMeta *meta = wb_town_meta_new (maker->next_meta++, key, json);

  g_ptr_array_add (rows, meta);
  return meta;
}

static void
add_text (Maker *maker, GPtrArray *rows, const char *key, const char *text)
{
  g_ptr_array_add (rows, wb_town_meta_text (maker->next_meta++, key, text));
}

/* A choice of the customer on a line. */
static void
add_choice (Maker *maker, WbTownItem *line, const char *key, const char *label, const char *value)
{
  WbTownMeta *meta = wb_town_meta_text (maker->next_meta++, key, value);

  meta->display_key = g_strdup (label);
  meta->display_value = g_strdup (meta->value);
  g_ptr_array_add (line->meta, meta);
}

static void
set_amounts (Maker *maker, WbTownItem *item, gint64 subtotal, guint discount)
{
  item->subtotal = subtotal;
  item->subtotal_tax = wb_town_tax_of (subtotal, maker->order->tax_rate);
  item->total = subtotal - subtotal * discount / 100;
  item->total_tax = wb_town_tax_of (item->total, maker->order->tax_rate);
}

/* The price without tax where the shop's prices have it inside. */
static gint64
net_of (Maker *maker, gint64 price)
{
  gint64 rate = 10000 + maker->order->tax_rate;

  return maker->order->prices_include_tax ? (price * 10000 + rate / 2) / rate : price;
}

static void
name_line (Maker *maker, WbTownItem *line, const WbTownGood *good)
{
  gboolean trapped = wb_town_trap (maker->town, 13);

  if (good->parent == 0)
    {
      line->product_id = good->deleted && trapped ? 0 : good->id;
      if (good->deleted && trapped)
        g_clear_pointer (&line->code, g_free);
      return;
    }
  line->product_id = good->parent;
  line->variation_id = good->deleted && trapped ? 0 : good->id;
  line->parent_name = g_strdup (good->name);
  g_free (line->name);
  line->name = g_strdup_printf ("%s - %s", good->name, good->option);
  if (good->deleted && trapped)
    {
      g_free (line->code);
      line->code = g_strdup (wb_town_good (good->parent)->sku);
    }
}

static void
add_line (Maker *maker, const WbTownGood *good, gint64 quantity)
{
  WbTownItem *line = wb_town_item_new (maker->next_item++, good->name, wb_town_good_sku (good));
  WbTownMeta *reduced;

  line->quantity = quantity;
  name_line (maker, line, good);
  set_amounts (maker, line, net_of (maker, good->price * quantity),
               maker->plot->traits & COUPON ? 10 : 0);
  if (good->option != NULL)
    add_choice (maker, line, "pa_groesse", "Größe", good->option);
  if (maker->plot->traits & PLUGIN_META)
    {
      WbTownMeta *addons =
          add_meta (maker, line->meta, "_addons",
                    "[{\"name\":\"Gravur\",\"value\":\"Für Oma &times; 2\",\"price\":0}]");

      addons->display_key = g_strdup ("_addons");
      addons->display_value = g_strdup (addons->value);
      add_choice (maker, line, "Gravur", "Gravur", "Für Oma &times; 2");
    }
  reduced = add_meta (maker, line->meta, "_reduced_stock", "");
  g_free (reduced->value);
  reduced->value = g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", quantity);
  reduced->display_key = g_strdup ("_reduced_stock");
  reduced->display_value = g_strdup (reduced->value);
  g_ptr_array_add (maker->order->lines, line);
}

/* A real thing to pack that exists still and has no variations. */
static const WbTownGood *
pick_good (Maker *maker, gboolean variation)
{
  for (;;)
    {
      const WbTownGood *good = &wb_town_goods[wb_town_dice_roll (&maker->dice, wb_town_n_goods ())];

      if (!good->deleted && !good->virtual_good && (good->parent != 0) == variation &&
          !wb_town_good_has_variations (good))
        return good;
    }
}

static void
add_lines (Maker *maker)
{
  guint traits = maker->plot->traits;
  guint n = traits & MANY_LINES ? 4 + wb_town_dice_roll (&maker->dice, 5)
                                : 1 + wb_town_dice_roll (&maker->dice, 2);

  if (traits & VIRTUAL_ONLY)
    {
      add_line (maker, wb_town_good (18), 1);
      add_line (maker, wb_town_good (19), 1);
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      gint64 quantity = traits & MANY_PIECES ? 2 + wb_town_dice_roll (&maker->dice, 5)
                                             : 1 + wb_town_dice_roll (&maker->dice, 2);

      add_line (maker, pick_good (maker, (traits & VARIATION) && i == 0), quantity);
    }
  if (traits & VIRTUAL_TOO)
    add_line (maker, wb_town_good (18), 1);
  if (traits & GONE_PRODUCT)
    add_line (maker, wb_town_good (21), 1);
  if (traits & GONE_VARIATION)
    add_line (maker, wb_town_good (207), 2);
  if (traits & OWN_SKU_MISSING)
    add_line (maker, wb_town_good (206), 1);
}

static void
add_shipping (
    Maker *maker, const char *name, const char *method, const char *instance, gint64 price)
{
  WbTownItem *item = wb_town_item_new (maker->next_item++, name, method);

  item->parent_name = g_strdup (instance);
  set_amounts (maker, item, net_of (maker, price), 0);
  add_choice (maker, item, "Positionen", "Positionen", "Alles × 1");
  g_ptr_array_add (maker->order->shippings, item);
}

static void
add_fee (Maker *maker, const char *name, gint64 amount)
{
  WbTownItem *item = wb_town_item_new (maker->next_item++, name, "");

  set_amounts (maker, item, amount, 0);
  g_ptr_array_add (maker->order->fees, item);
}

static void
add_extras (Maker *maker)
{
  guint       traits = maker->plot->traits;
  WbTownItem *coupon;

  if (!(traits & VIRTUAL_ONLY))
    add_shipping (maker, "Standardversand", "flat_rate", "1", 490);
  if (traits & TWO_SHIPPINGS)
    add_shipping (maker, "Sperrgut", "flat_rate", "4", 1990);
  if (traits & FEE)
    add_fee (maker, maker->plot->pay == PAY_COD ? "Nachnahmegebühr" : "Geschenkverpackung", 250);
  if (traits & FEE_OFF)
    add_fee (maker, "Treuerabatt", -300);
  if (traits & COUPON)
    {
      coupon = wb_town_item_new (maker->next_item++, "", "herbst10");
      for (guint i = 0; i < maker->order->lines->len; i++)
        {
          const WbTownItem *line = g_ptr_array_index (maker->order->lines, i);

          coupon->total += line->subtotal - line->total;
          coupon->total_tax += line->subtotal_tax - line->total_tax;
        }
      g_ptr_array_add (maker->order->coupons, coupon);
    }
}

/* The dice are thrown for somebody in any case: the goods are the same whoever orders them. */
static WbTownPerson *
make_buyer (Maker *maker)
{
  WbTownPerson *person = wb_town_person_make (maker->plot->folk, &maker->dice);
  guint         index = maker->order->index;
  WbTownDice    before;

  if (!(maker->plot->traits & AGAIN) || index < AGAIN_AFTER)
    return person;
  wb_town_person_free (person);
  before = wb_town_dice (maker->town->seed, 1, index - AGAIN_AFTER);
  return wb_town_person_make (plot_of (index - AGAIN_AFTER)->folk, &before);
}

static void
set_people (Maker *maker)
{
  WbTownOrder *order = maker->order;
  guint        traits = maker->plot->traits;

  order->billing = make_buyer (maker);
  order->shipping = traits & GIFT ? wb_town_person_make (WB_TOWN_FOLK_BRITISH, &maker->dice)
                                  : wb_town_person_copy (order->billing);
  if (traits & VIRTUAL_ONLY)
    {
      wb_town_person_free (order->shipping);
      order->shipping = wb_town_person_empty ();
    }
  if (traits & BAD_ADDRESS)
    {
      g_free (order->shipping->address_1);
      order->shipping->address_1 = g_strdup ("000 unknown street");
    }
  if (traits & NO_HOUSE)
    {
      g_free (order->shipping->address_1);
      order->shipping->address_1 = g_strdup ("Harbor Drive");
    }
  if (traits & ODD_TEXT)
    {
      g_free (order->shipping->company);
      order->shipping->company = g_strdup ("Bäckerei Süß & Söhne GmbH <Köln>");
      order->customer_note = g_strdup ("Bitte bei <Nachbar> abgeben 🎁\nDanke! “Klingel” geht nicht "
                                       "& Hund beißt 🐕‍🦺");
    }
  else
    order->customer_note = g_strdup (traits & GIFT ? "Kein Preis auf den Zettel, bitte. 🎀" : "");
}

/* What the shop's extension for each gateway notes of a payment. */
static void
note_payment (Maker *maker)
{
  WbTownOrder *order = maker->order;

  if (order->card.wallet)
    {
      g_autofree char *sale = wb_town_till_name (maker->town, "5P", order->index, 0);

      add_text (maker, order->meta, "_ppcp_paypal_order_id", sale);
      add_text (maker, order->meta, "_ppcp_paypal_intent", "AUTHORIZE");
      add_text (maker, order->meta, "_ppcp_paypal_captured",
                order->card.captured ? "true" : "false");
      return;
    }
  if (maker->town->woo_payments)
    {
      g_autofree char *charge = g_strconcat ("ch_", order->transaction_id + 3, NULL);

      wb_set_str (&order->payment_method, "woocommerce_payments");
      wb_set_str (&order->payment_title, "WooPayments");
      add_text (maker, order->meta, "_intent_id", order->transaction_id);
      add_text (maker, order->meta, "_charge_id", charge);
      add_text (maker, order->meta, "_intention_status",
                order->card.captured ? "succeeded" : "requires_capture");
      return;
    }
  add_text (maker, order->meta, "_stripe_intent_id", order->transaction_id);
  add_text (maker, order->meta, "_stripe_charge_captured", order->card.captured ? "yes" : "no");
  add_text (maker, order->meta, "_stripe_currency", order->currency);
}

/* The same buyer, but from a PayPal account. */
static void
take_wallet (Maker *maker)
{
  WbTownOrder *order = maker->order;

  order->card.wallet = TRUE;
  wb_set_str (&order->payment_method, ways[PAY_WALLET].method);
  wb_set_str (&order->payment_title, ways[PAY_WALLET].title);
  g_free (order->transaction_id);
  order->transaction_id = wb_town_till_name (maker->town, "0A", order->index, 0);
}

static void
set_payment (Maker *maker)
{
  WbTownOrder *order = maker->order;
  guint        traits = maker->plot->traits;
  guint        days = 7;
  gboolean     card = maker->plot->pay == PAY_AUTHORISED || maker->plot->pay == PAY_CARD;
  gboolean     tried = card && strcmp (maker->plot->status, "pending") != 0 &&
                   strcmp (maker->plot->status, "failed") != 0;

  order->payment_method = g_strdup (ways[maker->plot->pay].method);
  order->payment_title = g_strdup (ways[maker->plot->pay].title);
  order->transaction_id = tried ? wb_town_payment_id (maker->town, order->index)
                          : maker->plot->pay == PAY_WALLET
                              ? wb_town_token (maker->town->seed, 72, order->index, 17, 16)
                              : g_strdup ("");
  if (maker->plot->pay == PAY_AUTHORISED
          ? strcmp (order->status, "completed") == 0
          : maker->plot->pay != PAY_BANK_OPEN && maker->plot->pay != PAY_COD && (tried || !card))
    order->paid = order->created + 4;
  if (!tried)
    return;
  if (maker->town->paypal && order->index % 3 == 1)
    {
      take_wallet (maker);
      days = 29;
    }
  order->card.amount = wb_town_minor_of (order->total, order->currency);
  order->card.authorised = order->created;
  order->card.captured = order->paid != 0;
  if (traits & SHORT)
    order->card.amount -= order->card.amount / 5;
  order->card.declines = (traits & DECLINES) != 0;
  if (!is_aged (maker->town, order->created) && (traits & (EXPIRING | EXPIRED)))
    order->card.authorised = maker->town->epoch - days * DAY + (traits & EXPIRING ? 7200 : -3600);
  order->card.capture_before = order->card.authorised + days * DAY;
  note_payment (maker);
}

/* Gives back one piece of the first line, or everything. */
static void
add_refund (Maker *maker, gboolean everything)
{
  WbTownOrder  *order = maker->order;
  WbTownRefund *refund =
      wb_town_refund_new (order->id + 1, order->created + 900, everything ? order->total : 0,
                          everything ? "Storniert" : "Ein Stück zerbrochen");

  refund->paid_back = TRUE;
  for (guint i = 0; i < (everything ? order->lines->len : 1); i++)
    {
      const WbTownItem *line = g_ptr_array_index (order->lines, i);
      WbTownItem       *back = wb_town_item_new (maker->next_item++, line->name, line->code);
      gint64            pieces = everything ? line->quantity : 1;
      g_autofree char  *from = g_strdup_printf ("%" G_GINT64_FORMAT, line->id);

      back->product_id = line->product_id;
      back->variation_id = line->variation_id;
      back->quantity = -pieces;
      back->subtotal = back->total = -(line->total * pieces / line->quantity);
      back->subtotal_tax = back->total_tax = -(line->total_tax * pieces / line->quantity);
      add_choice (maker, back, "_refunded_item_id", "_refunded_item_id", from);
      if (!everything)
        refund->amount -= back->total + back->total_tax;
      g_ptr_array_add (refund->lines, back);
    }
  g_ptr_array_add (order->refunds, refund);
}

static void
add_note (Maker *maker, const char *text)
{
  WbTownOrder *order = maker->order;

  g_ptr_array_add (order->notes, wb_town_note_new (order->id * 10 + order->notes->len,
                                                   order->created + 2 + order->notes->len,
                                                   "WooCommerce", text, FALSE));
}

static void
finish (Maker *maker)
{
  WbTownOrder *order = maker->order;

  if (maker->plot->traits & (PART_REFUND | FULL_REFUND))
    add_refund (maker, (maker->plot->traits & FULL_REFUND) != 0);
  if (strcmp (order->status, "completed") == 0)
    {
      order->completed = order->created + DAY;
      if (order->paid == 0)
        order->paid = order->completed;
    }
  if (order->card.amount > 0 && !order->card.captured)
    {
      g_autofree char *text =
          g_strdup_printf ("Stripe charge authorized (Charge ID: %s). Process order to take "
                           "payment, or cancel to remove the pre-authorization.",
                           order->transaction_id);

      add_note (maker, text);
    }
  else
    add_note (maker, "Order status changed from Pending payment to Processing.");
}

/** wb_town_order_make: Returns: (transfer full): the order at @index as it was before anybody
 * changed it. */
WbTownOrder *
wb_town_order_make (WbTown *town, guint index)
{
  WbTownRow    row = wb_town_row_make (town, index);
  WbTownOrder *order = wb_town_order_new ();
  Maker        maker = { town, order, plot_of (index), wb_town_dice (town->seed, 1, index) };
  gboolean     yen = strcmp (town->currency, "JPY") == 0;

  maker.next_item = 20 * ((gint64) index + 1);
  maker.next_meta = 50 * ((gint64) index + 1);
  order->index = index;
  order->id = row.id;
  order->status = g_strdup (row.status);
  order->created = row.created;
  order->modified = row.modified;
  order->currency = g_strdup (town->currency);
  order->prices_include_tax = strcmp (town->currency, "USD") != 0;
  order->tax_rate = yen ? 1000 : 1900;
  order->customer_id = index % 3 == 0 ? 5 + index % 17 : 0;
  set_people (&maker);
  add_lines (&maker);
  add_extras (&maker);
  wb_town_order_sum (order);
  set_payment (&maker);
  finish (&maker);
  return order;
}
