/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which orders may go into one parcel: one person, one address, one currency, one kind of service,
 * and no customs on the way, where each parcel has the declaration of one sale. */
#include "wb-desk-customs.h"
#include "wb-desk-merge.h"
#include "wb-rules.h"

#include "wb-text.h"

#include <glib/gi18n-lib.h>

static const char *
number_of (WbOrder *order)
{
  return wb_record_get_text (order, WB_ORDER_NUMBER);
}

/* What two spellings of a text share: letters and digits only. */
static char *
bare_key (const char *text)
{
  g_autofree char    *key = wb_text_search_key (text != NULL ? text : "");
  g_autoptr (GString) bare = g_string_new (NULL);

  for (const char *p = key; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      g_string_append_unichar (bare, g_utf8_get_char (p));
  return g_string_free (g_steal_pointer (&bare), FALSE);
}

/* The region is left out: shops write it in words or in letters, and the postcode says more. */
static char *
address_key (WbOrder *order)
{
  static const guint  fields[] = { WB_ADDRESS_NAME,    WB_ADDRESS_COMPANY, WB_ADDRESS_STREET1,
                                   WB_ADDRESS_STREET2, WB_ADDRESS_CITY,    WB_ADDRESS_POSTCODE,
                                   WB_ADDRESS_COUNTRY };
  gpointer            address = wb_record_get_one (order, WB_ORDER_SHIP_TO);
  g_autoptr (GString) key = g_string_new (NULL);

  if (address == NULL)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *part = bare_key (wb_record_get_text (address, fields[i]));

      g_string_append (key, part);
      /* Some shops have the house in a field of its own. */
      if (fields[i] != WB_ADDRESS_STREET1)
        g_string_append_c (key, '\n');
    }
  return g_string_free (g_steal_pointer (&key), FALSE);
}

/* ---- one order ---- */

/* What stands against @order going with any other; NULL: nothing. */
static char *
own_obstacle (WbOrder *order)
{
  const char *stage = wb_record_get_text (order, WB_ORDER_STAGE), *why = wb_order_why_held (order);
  GPtrArray  *lines = wb_record_get_many (order, WB_ORDER_LINES);
  gint64      pieces = 0;

  for (guint i = 0; i < lines->len; i++)
    pieces += wb_order_line_to_pack (lines->pdata[i]);
  if (g_str_equal (stage, WB_STAGE_HOLD))
    /* Translators: an order's number; why it is held */
    return g_strdup_printf (_ ("#%s is on hold: %s"), number_of (order), why != NULL ? why : "");
  if (!g_str_equal (stage, WB_STAGE_READY) && !g_str_equal (stage, WB_STAGE_PARTIAL))
    return g_strdup_printf (_ ("#%s is not to be shipped: it is “%s”"), number_of (order),
                            wb_stage_title (stage));
  if (pieces == 0)
    return g_strdup_printf (_ ("Nothing of #%s is still to be packed"), number_of (order));
  if (wb_record_get_int (order, WB_ORDER_CUSTOMER_ID) == 0)
    return g_strdup_printf (_ ("Nobody knows whose order #%s is"), number_of (order));
  if (wb_record_get_one (order, WB_ORDER_SHIP_TO) == NULL)
    return g_strdup_printf (_ ("#%s has no address to ship to"), number_of (order));
  return NULL;
}

/* A parcel that was begun goes its own way. */
static gboolean
has_parcel (WbBook *book, WbOrder *order, gboolean *has, GError **error)
{
  g_autoptr (GPtrArray) shipments =
      wb_book_list_shipments (book, wb_record_get_int (order, WB_ORDER_ID), error);

  *has = FALSE;
  for (guint i = 0; shipments != NULL && i < shipments->len; i++)
    {
      const char *state = wb_record_get_text (shipments->pdata[i], WB_SHIPMENT_STATE);

      *has |= g_str_equal (state, WB_SHIPMENT_PLANNED) || g_str_equal (state, WB_SHIPMENT_LABELLED);
    }
  return shipments != NULL;
}

/* ---- two orders ---- */

static gboolean
is_same_person (WbBook *book, WbOrder *a, WbOrder *b, gboolean *same, GError **error)
{
  g_autoptr (GPtrArray) person =
      wb_book_list_person (book, wb_record_get_int (a, WB_ORDER_CUSTOMER_ID), error);

  *same = FALSE;
  for (guint i = 0; person != NULL && i < person->len; i++)
    *same |= wb_record_get_int (person->pdata[i], WB_CUSTOMER_ID) ==
             wb_record_get_int (b, WB_ORDER_CUSTOMER_ID);
  return person != NULL;
}

/* Across channels the names of services say nothing: there the merchant's rules speak. */
static gboolean
services_differ (WbOrder *a, WbOrder *b)
{
  return wb_record_get_int (a, WB_ORDER_CHANNEL_ID) == wb_record_get_int (b, WB_ORDER_CHANNEL_ID) &&
         g_strcmp0 (wb_record_get_text (a, WB_ORDER_SERVICE_ASKED),
                    wb_record_get_text (b, WB_ORDER_SERVICE_ASKED)) != 0;
}

/* An amount to be insured is of one order's goods: it cannot stand for those of both. */
static gboolean
wishes_differ (WbOrder *a, WbOrder *b)
{
  g_auto (WbRuleWishes) left = { 0 }, right = { 0 };

  wb_order_wishes (a, &left);
  wb_order_wishes (b, &right);
  return g_strcmp0 (left.service, right.service) != 0 || left.signature != right.signature ||
         left.insured != right.insured || left.insured > 0;
}

static char *
address_obstacle (WbOrder *a, WbOrder *b)
{
  g_autofree char *left = address_key (a), *right = address_key (b);

  if (g_strcmp0 (left, right) == 0)
    return NULL;
  return g_strdup_printf (_ ("#%s and #%s go to different addresses"), number_of (a),
                          number_of (b));
}

/* What stands against the two going together; NULL: nothing. */
static char *
pair_obstacle (WbOrder *a, WbOrder *b)
{
  if (g_strcmp0 (wb_record_get_text (a, WB_ORDER_CURRENCY),
                 wb_record_get_text (b, WB_ORDER_CURRENCY)) != 0)
    return g_strdup_printf (_ ("#%s and #%s are in different currencies"), number_of (a),
                            number_of (b));
  if (services_differ (a, b))
    return g_strdup_printf (_ ("#%s and #%s ask for different ways of shipping"), number_of (a),
                            number_of (b));
  if (wishes_differ (a, b))
    return g_strdup_printf (_ ("Your rules wish different parcels for #%s and #%s"), number_of (a),
                            number_of (b));
  return address_obstacle (a, b);
}

static gboolean
check_pair (WbBook *book, WbOrder *a, WbOrder *b, char **obstacle, GError **error)
{
  gboolean same;

  if (!is_same_person (book, a, b, &same, error))
    return FALSE;
  /* Translators: both placeholders are orders' numbers */
  *obstacle = same ? pair_obstacle (a, b)
                   : g_strdup_printf (_ ("#%s and #%s are of different customers; if they are one "
                                         "person, link them under Customers"),
                                      number_of (a), number_of (b));
  return TRUE;
}

/* ---- all of them ---- */

static GPtrArray *
read_orders (WbBook *book, const gint64 *ids, guint n, GError **error)
{
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      WbOrder *order = wb_book_get_order (book, ids[i], error);

      if (order == NULL)
        return NULL;
      g_ptr_array_add (orders, order);
    }
  return g_steal_pointer (&orders);
}

static char *
customs_obstacle (WbBook *book, WbOrder *order)
{
  g_autoptr (GPtrArray) origins = wb_book_list_origins (book, NULL);

  if (origins == NULL || origins->len == 0 || !wb_order_crosses_customs (order, origins->pdata[0]))
    return NULL;
  return g_strdup_printf (_ ("#%s goes through customs, which want one declaration for each sale: "
                             "such orders go by themselves"),
                          number_of (order));
}

/* @anew: they do not go together yet, so that none of them may have a parcel. */
static gboolean
check_all (WbBook *book, GPtrArray *orders, gboolean anew, char **obstacle, GError **error)
{
  for (guint i = 0; i < orders->len && *obstacle == NULL; i++)
    {
      gboolean parcel = FALSE;

      if (anew && !has_parcel (book, orders->pdata[i], &parcel, error))
        return FALSE;
      *obstacle =
          parcel ? g_strdup_printf (_ ("#%s has a parcel already: finish it or give it up first"),
                                    number_of (orders->pdata[i]))
                 : own_obstacle (orders->pdata[i]);
      for (guint k = 0; k < i && *obstacle == NULL; k++)
        if (!check_pair (book, orders->pdata[k], orders->pdata[i], obstacle, error))
          return FALSE;
    }
  if (*obstacle == NULL)
    *obstacle = customs_obstacle (book, orders->pdata[0]);
  return TRUE;
}

/* Whether all of @ids go together already. */
static gboolean
are_together (WbBook *book, const gint64 *ids, guint n, gboolean *together, GError **error)
{
  g_autoptr (GArray) with = wb_book_list_merged (book, ids[0], error);
  guint              found = 0;

  for (guint i = 0; with != NULL && i < n; i++)
    for (guint k = 0; k < with->len; k++)
      found += g_array_index (with, gint64, k) == ids[i];
  *together = found == n;
  return with != NULL;
}

/**
 * wb_merge_check:
 * @ids: @n orders; not looked at where they are too many (%WB_MERGE_MOST)
 * @obstacle: (out) (nullable) (transfer full): why they cannot go into one parcel, for people,
 * translated, without a full stop; %NULL: they can
 *
 * Quick: reads the book only. Returns: %FALSE with @error when it cannot be read.
 */
gboolean
wb_merge_check (WbBook *book, const gint64 *ids, guint n, char **obstacle, GError **error)
{
  g_autoptr (GPtrArray) orders = NULL;
  g_autofree char      *found = NULL;
  gboolean              together = FALSE;

  if (n > 1 && n <= WB_MERGE_MOST && !are_together (book, ids, n, &together, error))
    return FALSE;
  if (n < 2)
    found = g_strdup (_ ("One order goes by itself: choose two or more"));
  else if (n > WB_MERGE_MOST)
    found = g_strdup_printf (_ ("At most %d orders go into one parcel"), WB_MERGE_MOST);
  else if (together)
    found = g_strdup (_ ("They go into one parcel already"));
  else if ((orders = read_orders (book, ids, n, error)) == NULL ||
           !check_all (book, orders, TRUE, &found, error))
    return FALSE;
  *obstacle = g_steal_pointer (&found);
  return TRUE;
}

/* Whether those that were to go together still may: their addresses or the rules may be others
 * now. %WB_ERROR_CONFLICT says what stands against it. */
gboolean
wb_merge_still_fits (WbBook *book, GArray *ids, GError **error)
{
  g_autoptr (GPtrArray) orders = NULL;
  g_autofree char      *obstacle = NULL;

  if (ids->len < 2)
    return TRUE;
  if ((orders = read_orders (book, (const gint64 *) ids->data, ids->len, error)) == NULL ||
      !check_all (book, orders, FALSE, &obstacle, error))
    return FALSE;
  if (obstacle == NULL)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT,
               "%s. They can no longer go into one parcel: take the order out, and ship it by "
               "itself. Nothing was bought",
               obstacle);
  return FALSE;
}
