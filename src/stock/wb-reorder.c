/* SPDX-License-Identifier: GPL-3.0-or-later
 * What to buy, and why: position against demand over the lead time, with safety stock, the
 * supplier's least quantity and packs. */
#include "wb-reorder.h"

#include "wb-stock-private.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#define RULE_SETTING "reorder-rule"
#define DAY          (24 * 60 * 60)
#define MOST_DAYS    730

/** wb_reorder_get_rule: @rule: (out): the book's: 95 %, once a week, two weeks where no supplier
 * says, unless it was set otherwise. */
void
wb_reorder_get_rule (WbBook *book, WbReorderRule *rule)
{
  g_autofree char *text = wb_book_get_setting (book, RULE_SETTING);

  *rule = (WbReorderRule){ 950, 7, 14 };
  if (text != NULL)
    sscanf (text, "%u %u %u", &rule->service_permille, &rule->review_days, &rule->lead_days);
  rule->service_permille = CLAMP (rule->service_permille, 500, 999);
  rule->review_days = CLAMP (rule->review_days, 1, 365);
  rule->lead_days = CLAMP (rule->lead_days, 1, 365);
}

/** wb_reorder_set_rule: keeps @rule for this book. */
gboolean
wb_reorder_set_rule (WbBook *book, const WbReorderRule *rule, GError **error)
{
  g_autofree char *text =
      g_strdup_printf ("%u %u %u", rule->service_permille, rule->review_days, rule->lead_days);

  return wb_book_set_setting (book, RULE_SETTING, text, error);
}

static void
line_free (gpointer data)
{
  WbReorderLine *line = data;

  g_free (line->what);
  g_free (line->value);
  g_free (line);
}

/** wb_proposal_free: frees @proposal and all in it. */
void
wb_proposal_free (WbProposal *proposal)
{
  g_clear_object (&proposal->product);
  g_clear_object (&proposal->supplier);
  g_clear_object (&proposal->terms);
  g_clear_pointer (&proposal->lines, g_ptr_array_unref);
  g_free (proposal);
}

/* How far the clock where the goods lie is ahead of Greenwich just now. */
static gint64
clock_offset (WbBook *book)
{
  g_autoptr (GPtrArray) origins = wb_book_list_origins (book, NULL);
  const char           *zone = origins != NULL && origins->len > 0
                                   ? wb_record_get_text (origins->pdata[0], WB_ORIGIN_ZONE)
                                   : NULL;
  g_autoptr (GTimeZone) there =
      zone != NULL ? g_time_zone_new_identifier (zone) : g_time_zone_new_utc ();
  gint interval;

  if (there == NULL)
    return 0;
  interval = g_time_zone_find_interval (there, G_TIME_TYPE_UNIVERSAL, wb_now ());
  return interval >= 0 ? g_time_zone_get_offset (there, interval) : 0;
}

/* The days up to yesterday, without gaps, from the first on which anything happened. A day counts
 * as in stock when something was free when it began or became free in its course; before the first
 * movement nobody kept stock, so nothing is known against those days. */
static GArray *
make_series (GArray *happened, gint64 today)
{
  GArray  *days = g_array_new (FALSE, TRUE, sizeof (WbDay));
  gint64   free = 0, first;
  guint    next = 0;
  gboolean kept = FALSE;

  if (happened->len == 0)
    return days;
  first = MAX (g_array_index (happened, WbStockDay, 0).day, today - MOST_DAYS);
  for (gint64 day = g_array_index (happened, WbStockDay, 0).day; day < today; day++)
    {
      const WbStockDay *of =
          next < happened->len ? &g_array_index (happened, WbStockDay, next) : NULL;
      WbDay made = { 0, !kept || free > 0 };

      if (of != NULL && of->day == day)
        {
          made.demand = (double) MAX (0, of->ordered);
          kept |= of->up > 0 || of->down > 0;
          made.in_stock |= of->up > 0;
          free += of->up - of->down;
          next++;
        }
      if (day >= first)
        g_array_append_val (days, made);
    }
  return days;
}

G_GNUC_PRINTF (3, 4)
static void
show (WbProposal *proposal, const char *what, const char *format, ...)
{
  WbReorderLine *line = g_new0 (WbReorderLine, 1);
  va_list        args;

  va_start (args, format);
  line->what = g_strdup (what);
  line->value = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (proposal->lines, line);
}

/* From the preferred supplier, or the only one. */
static gboolean
find_terms (WbBook *book, WbProposal *proposal, const WbReorderRule *rule, GError **error)
{
  g_autoptr (GPtrArray) terms = wb_book_list_product_suppliers (
      book, wb_record_get_int (proposal->product, WB_PRODUCT_ID), error);

  proposal->lead_days = rule->lead_days;
  if (terms == NULL)
    return FALSE;
  if (terms->len == 0)
    return TRUE;
  proposal->terms = g_object_ref (terms->pdata[0]);
  proposal->supplier = wb_book_get_supplier (
      book, wb_record_get_int (proposal->terms, WB_PRODUCT_SUPPLIER_SUPPLIER_ID), error);
  if (proposal->supplier == NULL)
    return FALSE;
  if (wb_record_get_int (proposal->terms, WB_PRODUCT_SUPPLIER_LEAD_DAYS) > 0)
    proposal->lead_days =
        (guint) wb_record_get_int (proposal->terms, WB_PRODUCT_SUPPLIER_LEAD_DAYS);
  else if (wb_record_get_int (proposal->supplier, WB_SUPPLIER_LEAD_DAYS) > 0)
    proposal->lead_days = (guint) wb_record_get_int (proposal->supplier, WB_SUPPLIER_LEAD_DAYS);
  return TRUE;
}

static void
show_demand (WbProposal *proposal)
{
  const WbForecast *forecast = &proposal->forecast;

  show (proposal, _ ("Days looked at"), "%u", forecast->days);
  show (proposal, _ ("Of them in stock"), "%u", forecast->in_stock_days);
  if (forecast->damped > 0)
    /* Translators: days with an order out of all proportion */
    show (proposal, _ ("Days with a demand out of all proportion, counted as"), "%u × %.1f",
          forecast->damped, forecast->cap);
  show (proposal, _ ("Demand a day"), "%.2f (%s)", forecast->rate,
        wb_method_name (forecast->method));
  if (forecast->tests == 0)
    return;
  show (proposal, _ ("Error of that in past weeks, a day"), "%.2f", forecast->error);
  show (proposal, _ ("Error of the mean of 30 days, a day"), "%.2f", forecast->error_mean30);
  if (forecast->mase > 0)
    show (proposal, _ ("Error against “as before” (MASE)"), "%.2f", forecast->mase);
}

static void
show_position (WbProposal *proposal)
{
  const WbStockFigures *figures = &proposal->figures;
  const struct
  {
    const char *what;
    gint64      pieces;
    gboolean    always;
  } rows[] = {
    { _ ("On hand"), figures->on_hand, TRUE },
    { _ ("− expired"), figures->expired, FALSE },
    { _ ("− allocated"), figures->allocated, TRUE },
    { _ ("− waited for by orders"), figures->waiting, FALSE },
    { _ ("+ on order"), figures->incoming, TRUE },
    { _ ("= position"), proposal->position, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].always || rows[i].pieces != 0)
      show (proposal, rows[i].what, "%" G_GINT64_FORMAT, rows[i].pieces);
}

static void
show_order (
    WbProposal *proposal, const WbReorderRule *rule, double over_lead, gint64 moq, gint64 pack)
{
  show (proposal, _ ("Days until it can be here"), "%u", proposal->lead_days);
  show (proposal, _ ("Demand until then"), "%.1f", over_lead);
  show (proposal, _ ("+ safety stock"), "%.1f (%.1f %%: %.2f × %.1f)", proposal->safety,
        rule->service_permille / 10.0, wb_service_factor (rule->service_permille / 1000.0),
        proposal->forecast.spread);
  show (proposal, _ ("= order at or below"), "%.1f", proposal->point);
  /* Translators: the stock level up to which is ordered */
  show (proposal, _ ("Order up to"), "%.1f", proposal->up_to);
  if (moq > 1)
    show (proposal, _ ("The supplier’s least quantity"), "%" G_GINT64_FORMAT, moq);
  if (pack > 1)
    show (proposal, _ ("In packs of"), "%" G_GINT64_FORMAT, pack);
  show (proposal, _ ("To order"), "%" G_GINT64_FORMAT, proposal->quantity);
}

static void
reckon (WbProposal *proposal, const WbReorderRule *rule)
{
  const WbStockFigures *figures = &proposal->figures;
  double                over_lead = proposal->forecast.rate * proposal->lead_days;
  gint64                moq = proposal->terms != NULL
                                  ? wb_record_get_int (proposal->terms, WB_PRODUCT_SUPPLIER_MOQ)
                                  : 0,
         pack = proposal->terms != NULL
                    ? wb_record_get_int (proposal->terms, WB_PRODUCT_SUPPLIER_PACK)
                    : 1;
  gint64 least = wb_record_get_int (proposal->product, WB_PRODUCT_MIN_STOCK),
         set = wb_record_get_int (proposal->product, WB_PRODUCT_REORDER_POINT);

  proposal->position = figures->on_hand - figures->expired - figures->allocated - figures->waiting +
                       figures->incoming;
  proposal->safety =
      wb_service_factor (rule->service_permille / 1000.0) * proposal->forecast.spread;
  proposal->point = set > 0 ? (double) set : MAX (over_lead + proposal->safety, (double) least);
  proposal->up_to = proposal->point + proposal->forecast.rate * rule->review_days;
  if ((double) proposal->position <= proposal->point && proposal->up_to > 0)
    proposal->quantity =
        wb_reorder_round (MAX (proposal->up_to - (double) proposal->position, 1), moq, pack);
  show_demand (proposal);
  show_position (proposal);
  if (set > 0)
    show (proposal, _ ("Order point, set by hand"), "%" G_GINT64_FORMAT, set);
  else if (least > 0)
    show (proposal, _ ("Least stock, set by hand"), "%" G_GINT64_FORMAT, least);
  show_order (proposal, rule, over_lead, moq, pack);
}

/**
 * wb_reorder_propose:
 * @rule: (nullable): %NULL: the book's
 *
 * Returns: (transfer full): what to buy of a product, with every number; its quantity is 0 when
 * nothing is to be bought. %WB_ERROR_INVALID for a kit: buy its parts.
 */
WbProposal *
wb_reorder_propose (WbBook *book, gint64 product_id, const WbReorderRule *rule, GError **error)
{
  g_autoptr (WbProposal) proposal = g_new0 (WbProposal, 1);
  g_autoptr (GArray)     happened = NULL, days = NULL;
  gint64                 offset = clock_offset (book);
  WbReorderRule          own;

  if (rule == NULL)
    wb_reorder_get_rule (book, &own);
  else
    own = *rule;
  proposal->lines = g_ptr_array_new_with_free_func (line_free);
  if ((proposal->product = wb_book_get_product (book, product_id, error)) == NULL ||
      !wb_stock_figures (book, product_id, 0, &proposal->figures, error) ||
      !find_terms (book, proposal, &own, error) ||
      (happened = wb_book_list_stock_days (book, product_id, offset, error)) == NULL)
    return NULL;
  days = make_series (happened, (wb_now () + offset) / DAY);
  wb_forecast_make ((const WbDay *) (gpointer) days->data, days->len, proposal->lead_days,
                    &proposal->forecast);
  reckon (proposal, &own);
  return g_steal_pointer (&proposal);
}

static gint
by_urgency (gconstpointer a, gconstpointer b)
{
  const WbProposal *x = *(WbProposal *const *) a, *y = *(WbProposal *const *) b;
  double left_x = x->forecast.rate > 0 ? (double) x->position / x->forecast.rate : G_MAXDOUBLE,
         left_y = y->forecast.rate > 0 ? (double) y->position / y->forecast.rate : G_MAXDOUBLE;

  return left_x < left_y ? -1 : left_x > left_y;
}

/** wb_reorder_propose_all: Returns: (transfer full) (element-type WbProposal): for every product
 * under stock keeping of which something is to be bought, the one that runs out first, first. */
GPtrArray *
wb_reorder_propose_all (WbBook              *book,
                        const WbReorderRule *rule,
                        GCancellable        *cancellable,
                        GError             **error)
{
  g_autoptr (GPtrArray) products = wb_book_list_products (book, error);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_proposal_free);

  for (guint i = 0; products != NULL && i < products->len; i++)
    {
      WbProposal *proposal;

      if (g_cancellable_is_cancelled (cancellable))
        {
          g_set_error (error, WB_ERROR, WB_ERROR_CANCELLED, "Stopped");
          return NULL;
        }
      if (!wb_record_get_bool (products->pdata[i], WB_PRODUCT_TRACKED))
        continue; /* no kit either: those are never under stock keeping themselves */
      proposal = wb_reorder_propose (book, wb_record_get_int (products->pdata[i], WB_PRODUCT_ID),
                                     rule, error);
      if (proposal == NULL)
        return NULL;
      if (proposal->quantity > 0)
        g_ptr_array_add (found, proposal);
      else
        wb_proposal_free (proposal);
    }
  if (products == NULL)
    return NULL;
  g_ptr_array_sort (found, by_urgency);
  return g_steal_pointer (&found);
}
