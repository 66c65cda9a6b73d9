/* SPDX-License-Identifier: GPL-3.0-or-later
 * Stock told to channels: what is available, less what is kept back, for every listing whose shop
 * counts it; after the orders were read, so that what was sold there is in the sum. */
#include "wb-desk-channel.h"
#include "wb-desk-private.h"

#include "wb-stock.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>

#define PUBLISHES "publish_stock"
#define BUFFER    "stock_buffer"
#define ROUNDS    2 /* a sale in between changes the sum: it is reckoned anew so often */

/** wb_publish_result_clear: frees what @result holds. */
void
wb_publish_result_clear (WbPublishResult *result)
{
  g_clear_pointer (&result->problems, g_ptr_array_unref);
}

static JsonNode *
settings_of (WbConnection *channel)
{
  const char *text = wb_record_get_text (channel, WB_CONNECTION_SETTINGS);
  JsonNode   *node = text != NULL ? wb_json_parse (text, -1, "settings", NULL) : NULL;

  return node != NULL ? node : wb_json_parse ("{}", -1, "settings", NULL);
}

/** wb_channel_publishes: whether somebody wants @channel to be told of the stock; nobody does until
 * it is said (wb_desk_set_publishing()). */
gboolean
wb_channel_publishes (WbConnection *channel)
{
  g_autoptr (JsonNode) settings = settings_of (channel);
  WbJson               at = wb_json_root (settings, "settings");

  return wb_json_bool (&at, PUBLISHES, FALSE);
}

/** wb_channel_stock_buffer: pieces of every listing that @channel is never told of. */
gint64
wb_channel_stock_buffer (WbConnection *channel)
{
  g_autoptr (JsonNode) settings = settings_of (channel);
  WbJson               at = wb_json_root (settings, "settings");
  gint64               pieces = 0;

  return wb_json_opt_int (&at, BUFFER, 0, &pieces, NULL) ? MAX (0, pieces) : 0;
}

/* Settings that are no object are begun anew. */
static JsonObject *
object_of (JsonNode *settings)
{
  if (!JSON_NODE_HOLDS_OBJECT (settings))
    {
      json_node_init (settings, JSON_NODE_OBJECT);
      json_node_take_object (settings, json_object_new ());
    }
  return json_node_get_object (settings);
}

/** wb_desk_set_stock_buffer: how many pieces of each listing the channel is never told of, 0 or
 * more; a listing's own number wins where it is greater. */
gboolean
wb_desk_set_stock_buffer (WbDesk *self, gint64 channel_id, gint64 pieces, GError **error)
{
  g_autoptr (WbConnection) channel = wb_book_get_connection (self->book, channel_id, error);
  g_autoptr (JsonNode)     settings = channel != NULL ? settings_of (channel) : NULL;

  if (channel == NULL)
    return FALSE;
  if (pieces < 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "Pieces that are kept back are not negative");
      return FALSE;
    }
  json_object_set_int_member (object_of (settings), BUFFER, pieces);
  wb_record_take_text (channel, WB_CONNECTION_SETTINGS, wb_json_to_text (settings));
  return wb_book_save (self->book, channel, error);
}

/**
 * wb_desk_set_publishing:
 * Whether the channel is told, after each sync, how many pieces are available of what it sells. Its
 * own numbers are overwritten then, so it is never begun unasked. Refused for a shop that cannot be
 * told.
 */
gboolean
wb_desk_set_publishing (WbDesk *self, gint64 channel_id, gboolean publishes, GError **error)
{
  g_autoptr (WbConnection) channel = wb_book_get_connection (self->book, channel_id, error);
  g_autoptr (JsonNode)     settings = channel != NULL ? settings_of (channel) : NULL;
  g_autoptr (WbShop)       shop =
      channel != NULL && publishes ? wb_desk_open_shop (self, channel_id, error) : NULL;

  if (channel == NULL || (publishes && shop == NULL))
    return FALSE;
  if (publishes && !wb_shop_can_set_stock (shop))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
                   _ ("“%s” is a kind of shop that cannot be told of the stock"),
                   wb_record_get_text (channel, WB_CONNECTION_NAME));
      return FALSE;
    }
  json_object_set_boolean_member (object_of (settings), PUBLISHES, publishes);
  wb_record_take_text (channel, WB_CONNECTION_SETTINGS, wb_json_to_text (settings));
  return wb_book_save (self->book, channel, error);
}

typedef struct
{
  WbDesk          *desk;
  gint64           channel_id;
  gint64           buffer; /* of the whole channel */
  WbShop          *shop;
  WbPublishResult *result;
  GCancellable    *cancellable;
} Publishing;

/* How many the channel is to show; %FALSE: it is not to be told. */
static gboolean
reckon (WbBook *book, gint64 buffer, WbListing *listing, gint64 *quantity)
{
  gint64 product_id = wb_record_get_int (listing, WB_LISTING_PRODUCT_ID);
  gint64 kept = MAX (buffer, wb_record_get_int (listing, WB_LISTING_BUFFER)), available;

  if (product_id == 0 || !wb_record_get_bool (listing, WB_LISTING_MANAGED) ||
      wb_record_get_bool (listing, WB_LISTING_WITHHELD))
    return FALSE;
  available = wb_stock_available (book, product_id, 0);
  *quantity = MAX (0, available - kept);
  return available != WB_STOCK_ENDLESS;
}

static WbOperation *
plan (Publishing *self, WbListing *listing, gint64 shown, gint64 quantity, GError **error)
{
  gint64                  id = wb_record_get_int (listing, WB_LISTING_ID);
  g_autofree char        *start = g_strdup_printf ("%s:%" G_GINT64_FORMAT ":", WB_OP_SET_STOCK, id);
  guint                   attempts = 0;
  g_autoptr (WbOperation) last = wb_book_last_attempt (self->desk->book, start, &attempts, NULL);
  g_autofree char        *key = g_strdup_printf ("%s%u", start, attempts + 1);
  g_autoptr (JsonNode)    request = NULL;

  if (last != NULL && (wb_operation_is (last, WB_OPERATION_UNSURE) ||
                       wb_operation_is (last, WB_OPERATION_SENDING) ||
                       wb_operation_is (last, WB_OPERATION_PLANNED)))
    wb_journal_abandon (self->desk->journal, last, self->desk->actor,
                        "the channel was asked what it shows, and is told anew", NULL);
  request = wb_json_make ("i:listing", id, "s:product",
                          wb_record_get_text (listing, WB_LISTING_PRODUCT_REF), "s:variation",
                          wb_record_get_text (listing, WB_LISTING_VARIATION_REF), "s:stock",
                          wb_record_get_text (listing, WB_LISTING_STOCK_REF), "i:expected", shown,
                          "i:quantity", quantity, NULL);
  return wb_journal_plan (self->desk->journal, WB_OP_SET_STOCK, key, 0, 0, self->channel_id,
                          request, self->desk->actor, error);
}

/* One listing, once. %WB_ERROR_CONFLICT: something was sold meanwhile: to be reckoned anew. */
static gboolean
publish_once (Publishing *self, WbListing *listing, gint64 quantity, GError **error)
{
  gint64                  id = wb_record_get_int (listing, WB_LISTING_ID), shown = 0;
  g_autoptr (WbOperation) operation = NULL;
  g_autoptr (GError)      local = NULL;

  if (!wb_shop_read_stock (self->shop, listing, &shown, self->cancellable, error) ||
      !wb_book_note_shown (self->desk->book, id, shown, error))
    return FALSE;
  if (shown == quantity)
    {
      self->result->right++;
      return TRUE;
    }
  operation = plan (self, listing, shown, quantity, error);
  if (operation == NULL)
    return FALSE;
  if (wb_journal_settle (self->desk->journal, operation, self->cancellable, &local))
    {
      self->result->told++;
      return TRUE;
    }
  if (g_error_matches (local, WB_ERROR, WB_ERROR_CONFLICT) &&
      wb_operation_is (operation, WB_OPERATION_REFUSED))
    wb_journal_abandon (self->desk->journal, operation, self->desk->actor,
                        "the channel sold some meanwhile; the number is reckoned anew", NULL);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* What was sold there since is brought into the book, for it is part of the sum. */
static gboolean
read_orders (Publishing *self, GError **error)
{
  g_auto (WbSyncResult) result = { 0 };

  return wb_desk_sync_orders (self->desk, self->channel_id, &result, self->cancellable, error);
}

static gboolean
publish (Publishing *self, WbListing *listing, GError **error)
{
  for (guint round = 0;; round++)
    {
      g_autoptr (GError) local = NULL;
      gint64             quantity = 0;

      if (!reckon (self->desk->book, self->buffer, listing, &quantity) ||
          quantity == wb_record_get_int (listing, WB_LISTING_SHOWN))
        return TRUE;
      if (publish_once (self, listing, quantity, &local))
        return TRUE;
      if (round + 1 == ROUNDS || !g_error_matches (local, WB_ERROR, WB_ERROR_CONFLICT))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (!read_orders (self, error))
        return FALSE;
    }
}

/* Whether the rest need not be tried: the channel is away, or the person has stopped it. */
static gboolean
ends_it (const GError *error)
{
  return error->domain == WB_ERROR &&
         (error->code == WB_ERROR_UNAVAILABLE || error->code == WB_ERROR_AUTH ||
          error->code == WB_ERROR_CANCELLED || error->code == WB_ERROR_STORAGE);
}

/**
 * wb_desk_publish_stock:
 * @result: clear with wb_publish_result_clear()
 *
 * Tells the channel, listing by listing, how many pieces are available less what is kept back,
 * wherever it shows another number; each telling is an operation of the journal. Call it after the
 * channel's orders were read. Only where the channel still shows what it showed just before; if it
 * sold some in between, its orders are read and the number is reckoned anew. One listing's refusal
 * does not stop the others: it stands in @result and in the exceptions inbox.
 *
 * Returns: %FALSE with @error when the channel is away or the book cannot be used.
 */
gboolean
wb_desk_publish_stock (WbDesk          *self,
                       gint64           channel_id,
                       WbPublishResult *result,
                       GCancellable    *cancellable,
                       GError         **error)
{
  g_autoptr (WbConnection) channel = wb_book_get_connection (self->book, channel_id, error);
  g_autoptr (JsonNode)     settings = channel != NULL ? settings_of (channel) : NULL;
  g_autoptr (WbShop)    shop = channel != NULL ? wb_desk_open_shop (self, channel_id, error) : NULL;
  g_autoptr (GPtrArray) listings =
      shop != NULL ? wb_book_list_channel_listings (self->book, channel_id, FALSE, error) : NULL;
  Publishing publishing = { self, channel_id, 0, shop, result, cancellable };
  WbJson     at = wb_json_root (settings, "settings");

  if (listings == NULL || !wb_json_opt_int (&at, BUFFER, 0, &publishing.buffer, error))
    return FALSE;
  if (result->problems == NULL)
    result->problems = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < listings->len; i++)
    {
      g_autoptr (GError) local = NULL;

      if (publish (&publishing, listings->pdata[i], &local))
        continue;
      if (ends_it (local))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      g_ptr_array_add (result->problems,
                       g_strdup_printf ("%s: %s",
                                        wb_record_get_text (listings->pdata[i], WB_LISTING_NAME),
                                        local->message));
    }
  return TRUE;
}

/* ---- what would be told ---- */

static void
example_free (gpointer data)
{
  WbPublishExample *example = data;

  g_free (example->name);
  g_free (example);
}

/** wb_publish_plan_clear: frees what @plan holds. */
void
wb_publish_plan_clear (WbPublishPlan *plan)
{
  g_clear_pointer (&plan->examples, g_ptr_array_unref);
}

static gint64
change_of (gconstpointer example)
{
  const WbPublishExample *one = *(const WbPublishExample *const *) example;

  return ABS (one->shown - one->quantity);
}

static int
greater_change (gconstpointer a, gconstpointer b)
{
  return change_of (a) != change_of (b) ? (change_of (a) > change_of (b) ? -1 : 1) : 0;
}

static void
plan_listing (WbBook *book, WbListing *listing, gint64 buffer, WbPublishPlan *plan)
{
  gint64            shown = wb_record_get_int (listing, WB_LISTING_SHOWN), quantity = 0;
  WbPublishExample *example;

  plan->unmatched += wb_record_get_int (listing, WB_LISTING_PRODUCT_ID) == 0 &&
                     !wb_record_get_bool (listing, WB_LISTING_MAPPED);
  if (!reckon (book, buffer, listing, &quantity))
    {
      plan->uncounted += wb_record_get_int (listing, WB_LISTING_PRODUCT_ID) != 0;
      return;
    }
  if (shown == quantity)
    {
      plan->right++;
      return;
    }
  plan->tells++;
  plan->to_none += shown > 0 && quantity == 0;
  example = g_new0 (WbPublishExample, 1);
  example->name = g_strdup (wb_record_get_text (listing, WB_LISTING_NAME));
  example->shown = shown;
  example->quantity = quantity;
  g_ptr_array_add (plan->examples, example);
}

/**
 * wb_desk_plan_publishing:
 * @buffer: pieces kept back, as wb_desk_set_stock_buffer() would have it
 * @plan: (out): clear with wb_publish_plan_clear()
 *
 * What wb_desk_publish_stock() would tell the channel, by what is known of it here. Asks and tells
 * nobody; read the listings before, for a number that is true.
 */
gboolean
wb_desk_plan_publishing (
    WbDesk *self, gint64 channel_id, gint64 buffer, WbPublishPlan *plan, GError **error)
{
  g_autoptr (WbShop)    shop = wb_desk_open_shop (self, channel_id, error);
  g_autoptr (GPtrArray) listings =
      shop != NULL ? wb_book_list_channel_listings (self->book, channel_id, FALSE, error) : NULL;
  WbPublishPlan found = { 0 };

  if (listings == NULL)
    return FALSE;
  found.can = wb_shop_can_set_stock (shop);
  found.listings = listings->len;
  found.examples = g_ptr_array_new_with_free_func (example_free);
  for (guint i = 0; i < listings->len; i++)
    plan_listing (self->book, listings->pdata[i], buffer, &found);
  g_ptr_array_sort (found.examples, greater_change);
  if (found.examples->len > WB_PUBLISH_EXAMPLES)
    g_ptr_array_set_size (found.examples, WB_PUBLISH_EXAMPLES);
  *plan = found;
  return TRUE;
}
