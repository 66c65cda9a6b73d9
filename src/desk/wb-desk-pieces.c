/* SPDX-License-Identifier: GPL-3.0-or-later
 * How many pieces an order has of its articles, changed in its shop from here: what may not be
 * crossed (what was sent, what is paid, a label that is bought), and what it means for the
 * payment. */
#include "wb-book-merged.h"
#include "wb-desk-channel.h"
#include "wb-desk-charge.h"
#include "wb-desk-private.h"
#include "wb-shop-lines.h"

#include <glib/gi18n-lib.h>

/** wb_pieces_outlook_clear: frees what @outlook holds. */
void
wb_pieces_outlook_clear (WbPiecesOutlook *outlook)
{
  g_clear_pointer (&outlook->payment, g_free);
}

/** wb_order_line_pieces: Returns: the pieces that an order has of @line: ordered and not cancelled;
 * 0 for what is no article. */
gint64
wb_order_line_pieces (gpointer line)
{
  return g_strcmp0 (wb_record_get_text (line, WB_ORDER_LINE_KIND), WB_LINE_ITEM) == 0
             ? wb_record_get_int (line, WB_ORDER_LINE_QUANTITY) -
                   wb_record_get_int (line, WB_ORDER_LINE_CANCELLED)
             : 0;
}

/** wb_order_line_sent: Returns: the pieces of @line that have left, here or elsewhere: the fewest
 * that it can have. */
gint64
wb_order_line_sent (gpointer line)
{
  return wb_record_get_int (line, WB_ORDER_LINE_SHIPPED) +
         wb_record_get_int (line, WB_ORDER_LINE_ELSEWHERE);
}

/**
 * wb_order_may_change_pieces:
 * Returns: whether the pieces of @order can be changed from here, as long as it is not done or
 * cancelled: 0, or %WB_SHOP_CHANGE_LINES with what its shop takes along (%WB_SHOP_CHANGE_LINES_TEXT
 * and so on). Quick, and asks nobody.
 */
guint
wb_order_may_change_pieces (WbBook *book, WbOrder *order)
{
  static const char *const over[] = { WB_STAGE_SHIPPED, WB_STAGE_CANCELLED, NULL };
  const char              *stage = wb_record_get_text (order, WB_ORDER_STAGE);
  g_autoptr (WbConnection) channel =
      wb_book_get_connection (book, wb_record_get_int (order, WB_ORDER_CHANNEL_ID), NULL);
  const WbShopProvider *shop =
      channel != NULL && wb_record_get_bool (channel, WB_CONNECTION_ENABLED)
          ? wb_shop_find_provider (wb_record_get_text (channel, WB_CONNECTION_PROVIDER))
          : NULL;

  if (shop == NULL || !(shop->changes & WB_SHOP_CHANGE_LINES) || stage == NULL ||
      g_strv_contains (over, stage))
    return 0;
  return shop->changes & (WB_SHOP_CHANGE_LINES | WB_SHOP_CHANGE_LINES_TEXT |
                          WB_SHOP_CHANGE_LINES_TELLS | WB_SHOP_CHANGE_LINES_RESTOCK);
}

static gboolean
refuse (GError **error, WbOrder *order, WbError code, const char *why)
{
  /* Translators: order number, a sentence */
  g_set_error (error, WB_ERROR, code, _ ("Order %s: %s. The shop's order was not changed"),
               wb_record_get_text (order, WB_ORDER_NUMBER), why);
  return FALSE;
}

/* ---- the pieces ---- */

static gpointer
find_article (WbOrder *order, const char *ref)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);

  for (guint i = 0; i < lines->len; i++)
    if (g_strcmp0 (wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_KIND), WB_LINE_ITEM) == 0 &&
        g_strcmp0 (wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_REMOTE_ID), ref) == 0)
      return lines->pdata[i];
  return NULL;
}

/* @amount of @was pieces for @now of them, rounded half away from zero. */
static gint64
scaled (gint64 amount, gint64 was, gint64 now)
{
  __int128 product = (__int128) amount * now;

  return (gint64) ((product + (product < 0 ? -was / 2 : was / 2)) / was);
}

/* What @more pieces of @line cost with their tax: its amounts for so many more, less what they are.
 */
static gint64
worth_of (gpointer line, gint64 more)
{
  gint64 net = wb_record_get_int (line, WB_ORDER_LINE_TOTAL),
         tax = wb_record_get_int (line, WB_ORDER_LINE_TAX),
         was = wb_record_get_int (line, WB_ORDER_LINE_QUANTITY);

  return was > 0 ? scaled (net, was, was + more) - net + scaled (tax, was, was + more) - tax : 0;
}

static gboolean
check_line (WbOrder *order, gpointer line, gint64 wanted, GError **error)
{
  g_autofree char *why = NULL;

  if (line == NULL)
    return refuse (error, order, WB_ERROR_NOT_FOUND, _ ("it has no such line any more"));
  if (wanted >= wb_order_line_sent (line))
    return TRUE;
  /* Translators: part of a sentence; a number of pieces, the name of an article */
  why = g_strdup_printf (_ ("%d pieces of “%s” have been sent, so it cannot have fewer. Take them "
                            "back as a return"),
                         (int) wb_order_line_sent (line),
                         wb_record_get_text (line, WB_ORDER_LINE_NAME));
  return refuse (error, order, WB_ERROR_CONFLICT, why);
}

/* What changes, and what it is worth. */
static gboolean
weigh (WbOrder *order, const WbShopChange *change, gint64 *worth, GError **error)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);
  gint64     left = 0;
  gboolean   any = FALSE;

  for (guint i = 0; i < lines->len; i++)
    left += wb_order_line_pieces (lines->pdata[i]);
  *worth = 0;
  for (guint i = 0; change->line_refs[i] != NULL; i++)
    {
      gpointer line = find_article (order, change->line_refs[i]);
      gint64   more;

      if (!check_line (order, line, change->quantities[i], error))
        return FALSE;
      more = change->quantities[i] - wb_order_line_pieces (line);
      any |= more != 0;
      left += more;
      *worth += worth_of (line, more);
    }
  if (!any)
    return refuse (error, order, WB_ERROR_INVALID, _ ("it has these pieces already"));
  return left > 0 || refuse (error, order, WB_ERROR_REFUSED,
                             _ ("nothing of it would be left. Cancel it instead"));
}

/* ---- what is bought ---- */

static gboolean
has_bought_label (WbBook *book, gint64 order_id, gboolean *bought, GError **error)
{
  g_autoptr (GPtrArray) shipments = wb_book_list_shipments (book, order_id, error);

  for (guint i = 0; shipments != NULL && i < shipments->len; i++)
    *bought |= g_strcmp0 (wb_record_get_text (shipments->pdata[i], WB_SHIPMENT_STATE),
                          WB_SHIPMENT_LABELLED) == 0;
  return shipments != NULL;
}

/* A parcel whose label is paid and that has not left yet holds the pieces as they were; it may be
 * the parcel of another order that this one goes with. */
static gboolean
check_labels (WbBook *book, WbOrder *order, GError **error)
{
  gint64             id = wb_record_get_int (order, WB_ORDER_ID);
  g_autoptr (GArray) others = wb_book_list_merged (book, id, error);
  gboolean           bought = FALSE;

  if (others == NULL || !has_bought_label (book, id, &bought, error))
    return FALSE;
  for (guint i = 0; i < others->len; i++)
    if (!has_bought_label (book, g_array_index (others, gint64, i), &bought, error))
      return FALSE;
  return !bought || refuse (error, order, WB_ERROR_CONFLICT,
                            _ ("its parcel has a label that is paid and has not left. Hand it "
                               "over, or void the label first"));
}

/* ---- the payment ---- */

/* Minor units of the order's currency. @whole: all of @promised can be captured, or nothing */
typedef struct
{
  gint64   paid, promised;
  gboolean whole;
} Cover;

/* What came by hand and was not given back. */
static gboolean
add_by_hand (WbBook *book, gint64 order_id, Cover *cover, GError **error)
{
  g_autoptr (GPtrArray) entries = wb_book_list_entries (book, order_id, error);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const char *kind = wb_record_get_text (entries->pdata[i], WB_ENTRY_KIND);

      if (g_str_equal (wb_record_get_text (entries->pdata[i], WB_ENTRY_SOURCE), WB_SOURCE_PERSON) &&
          (g_str_equal (kind, WB_ENTRY_CAPTURED) || g_str_equal (kind, WB_ENTRY_REFUNDED)))
        cover->paid += wb_record_get_int (entries->pdata[i], WB_ENTRY_AMOUNT);
    }
  return entries != NULL;
}

static gboolean
read_cover (WbBook *book, WbOrder *order, Cover *cover, GError **error)
{
  gint64                id = wb_record_get_int (order, WB_ORDER_ID);
  g_autoptr (WbPayment) payment = wb_book_get_payment (book, id, NULL);
  const char *state = payment != NULL ? wb_record_get_text (payment, WB_PAYMENT_STATE) : NULL;

  if (!add_by_hand (book, id, cover, error))
    return FALSE;
  if (payment == NULL)
    {
      if (cover->paid == 0 && wb_record_get_int (order, WB_ORDER_PAID_AT) != 0)
        cover->paid = wb_record_get_int (order, WB_ORDER_TOTAL) -
                      wb_record_get_int (order, WB_ORDER_REFUNDED_TOTAL);
      return TRUE;
    }
  cover->paid += wb_record_get_int (payment, WB_PAYMENT_CAPTURED) -
                 wb_record_get_int (payment, WB_PAYMENT_REFUNDED);
  cover->whole = wb_record_get_bool (payment, WB_PAYMENT_WHOLE_ONLY);
  if (g_strcmp0 (state, WB_PAYMENT_STATE_LAPSED) != 0 &&
      g_strcmp0 (state, WB_PAYMENT_STATE_CANCELLED) != 0)
    cover->promised = wb_record_get_int (payment, WB_PAYMENT_CAPTURABLE);
  return TRUE;
}

/* What it means for the payment. @due: what the order comes to, less what was refunded */
static char *
tell_payment (const Cover *cover, gint64 due, const WbPiecesOutlook *outlook)
{
  g_autofree char *covered = wb_money_to_text (wb_money (outlook->covered, outlook->currency));
  g_autofree char *missing = wb_money_to_text (wb_money (outlook->missing, outlook->currency));
  g_autofree char *promised = wb_money_to_text (wb_money (cover->promised, outlook->currency));

  if (outlook->covered == 0)
    return g_strdup (_ ("Nothing is paid or authorised yet: the customer pays what it comes to."));
  if (outlook->missing > 0)
    /* Translators: amounts of money */
    return g_strdup_printf (_ ("Only %s is paid or authorised, and no more than that is taken when "
                               "it ships: ask the customer for the other %s."),
                            covered, missing);
  if (cover->whole && cover->promised > 0 && cover->promised != due - cover->paid)
    /* Translators: an amount of money */
    return g_strdup_printf (_ ("Its payment can be captured only as a whole, that is %s: it cannot "
                               "be captured here for another total."),
                            promised);
  if (outlook->covered > due)
    return g_strdup (_ ("The payment covers it. Less is captured when it ships, and the rest of "
                        "the authorisation is let go."));
  return g_strdup (_ ("The payment covers it."));
}

/* More has been taken than the order would come to: the way back is a refund, which takes the
 * pieces out as well. */
static gboolean
refuse_paid (WbOrder *order, const Cover *cover, gint64 due, GError **error)
{
  const char      *currency = wb_record_get_text (order, WB_ORDER_CURRENCY);
  g_autofree char *paid = wb_money_to_text (wb_money (cover->paid, currency));
  g_autofree char *comes = wb_money_to_text (wb_money (due, currency));
  /* Translators: part of a sentence; amounts of money */
  g_autofree char *why = g_strdup_printf (
      _ ("%s is paid already, and it would come to %s. Refund the pieces instead: that takes them "
         "out of the order and gives the money back"),
      paid, comes);

  return refuse (error, order, WB_ERROR_REFUSED, why);
}

/**
 * wb_pieces_check:
 * @change: of kind %WB_SHOP_CHANGE_LINES
 * @outlook: (out): untouched on failure
 *
 * Whether @change may be made in the shop of @order, and what it comes to; errors as of
 * wb_pieces_look_ahead().
 */
gboolean
wb_pieces_check (WbBook             *book,
                 WbOrder            *order,
                 const WbShopChange *change,
                 WbPiecesOutlook    *outlook,
                 GError            **error)
{
  WbPiecesOutlook seen = { .before = wb_record_get_int (order, WB_ORDER_TOTAL) };
  Cover           cover = { 0 };
  gint64          worth = 0, due;

  if (!wb_shop_check_pieces (change, error) || !weigh (order, change, &worth, error) ||
      !check_labels (book, order, error) || !read_cover (book, order, &cover, error))
    return FALSE;
  g_strlcpy (seen.currency, wb_record_get_text (order, WB_ORDER_CURRENCY), sizeof seen.currency);
  seen.after = seen.before + worth;
  due = seen.after - wb_record_get_int (order, WB_ORDER_REFUNDED_TOTAL);
  if (worth < 0 && cover.paid > due)
    return refuse_paid (order, &cover, due, error);
  seen.covered = cover.paid + cover.promised;
  seen.missing = MAX (0, due - seen.covered);
  seen.payment = tell_payment (&cover, due, &seen);
  *outlook = seen;
  return TRUE;
}

/* ---- asking for it ---- */

typedef struct
{
  GPtrArray   *refs; /* NULL-terminated */
  GArray      *quantities;
  WbShopChange change;
} Wanted;

static void
wanted_clear (Wanted *wanted)
{
  g_clear_pointer (&wanted->refs, g_ptr_array_unref);
  g_clear_pointer (&wanted->quantities, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wanted, wanted_clear)

/* Only lines that change: what others do to the rest meanwhile is left alone. */
static gboolean
want (WbOrder *order, const WbPiecesAsk *ask, Wanted *wanted, GError **error)
{
  wanted->refs = g_ptr_array_new ();
  wanted->quantities = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < ask->n; i++)
    {
      gpointer    line = wb_order_find_line (order, ask->line_ids[i]);
      const char *ref = line != NULL ? wb_record_get_text (line, WB_ORDER_LINE_REMOTE_ID) : NULL;

      if (ref == NULL)
        return refuse (error, order, WB_ERROR_NOT_FOUND, _ ("it has no such line any more"));
      if (ask->quantities[i] == wb_order_line_pieces (line))
        continue;
      g_ptr_array_add (wanted->refs, (gpointer) ref);
      g_array_append_val (wanted->quantities, ask->quantities[i]);
    }
  if (wanted->refs->len == 0)
    return refuse (error, order, WB_ERROR_INVALID, _ ("it has these pieces already"));
  g_ptr_array_add (wanted->refs, NULL);
  wanted->change = (WbShopChange){
    .kind = WB_SHOP_CHANGE_LINES,
    .text = ask->reason,
    .to_customer = ask->to_customer,
    .restock = ask->restock,
    .line_refs = (const char **) wanted->refs->pdata,
    .quantities = (const gint64 *) (gpointer) wanted->quantities->data,
  };
  return TRUE;
}

/**
 * wb_pieces_look_ahead:
 * @order: as the book has it; its lines are named by it
 * @outlook: (out): untouched on failure; clear it with wb_pieces_outlook_clear()
 *
 * What a change of pieces comes to, before anybody is asked; quick. %WB_ERROR_CONFLICT when it
 * would cross what was sent or bought, %WB_ERROR_REFUSED when it would leave money that is paid
 * without goods, %WB_ERROR_INVALID when it changes nothing.
 */
gboolean
wb_pieces_look_ahead (
    WbBook *book, WbOrder *order, const WbPiecesAsk *ask, WbPiecesOutlook *outlook, GError **error)
{
  g_auto (Wanted) wanted = { 0 };

  return want (order, ask, &wanted, error) &&
         wb_pieces_check (book, order, &wanted.change, outlook, error);
}

/* What came of it, by the order as the shop told it afterwards. */
static char *
tell_outcome (WbDesk *self, gint64 order_id, const WbShopChange *change)
{
  g_autoptr (WbOrder) order = wb_book_get_order (self->book, order_id, NULL);
  g_autofree char    *total = NULL, *rest = NULL;
  gint64              open;

  if (order == NULL || !wb_shop_has_pieces (order, change))
    return g_strdup (_ ("The shop has it; the order is read again with the next sync."));
  open = wb_order_open_amount (self->book, order, NULL);
  total = wb_money_to_text (wb_record_get_money (order, WB_ORDER_TOTAL));
  if (open <= 0)
    /* Translators: an amount of money */
    return g_strdup_printf (_ ("The shop has it. The order comes to %s now."), total);
  rest = wb_money_to_text (wb_money (open, wb_record_get_text (order, WB_ORDER_CURRENCY)));
  /* Translators: amounts of money */
  return g_strdup_printf (_ ("The shop has it. The order comes to %s now; %s of it is neither paid "
                             "nor authorised: ask the customer for it."),
                          total, rest);
}

/**
 * wb_desk_change_pieces:
 * @outcome: (out): what came of it, for people
 *
 * Changes the pieces of an order in its shop, once, by the journal; then the order is read from
 * there, and what changed is shown as any edit of the shop's own. Errors as of
 * wb_pieces_look_ahead() and wb_desk_change_in_shop().
 */
gboolean
wb_desk_change_pieces (
    WbDesk *self, const WbPiecesAsk *ask, char **outcome, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbOrder) order = wb_book_get_order (self->book, ask->order_id, error);
  g_auto (Wanted)     wanted = { 0 };

  if (order == NULL || !want (order, ask, &wanted, error) ||
      !wb_desk_change_in_shop (self, ask->order_id, &wanted.change, cancellable, error))
    return FALSE;
  *outcome = tell_outcome (self, ask->order_id, &wanted.change);
  return TRUE;
}
