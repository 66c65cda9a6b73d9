/* SPDX-License-Identifier: GPL-3.0-or-later
 * listings, listing, publish, listen, audit, tell-shop: channels beyond their orders coming in. */
#include "wb-cli-order-view.h"
#include "wb-cli-table.h"
#include "wb-cli.h"
#include "wb-desk-channel.h"

#include <glib/gi18n.h>

/* The channels that are meant: the one that was named, or all that are switched on. */
static GPtrArray *
channels_meant (WbCli *self, GError **error)
{
  const char *word = wb_cli_word (self, 0);
  WbDesk     *desk = wb_cli_open (self, error);
  GPtrArray  *all =
      desk != NULL ? wb_book_list_connections (wb_desk_get_book (desk), WB_KIND_SHOP, error) : NULL;
  g_autoptr (WbConnection) one = NULL;

  if (all == NULL)
    return NULL;
  if (word != NULL && (one = wb_cli_find_connection (self, word, WB_KIND_SHOP, error)) == NULL)
    {
      g_ptr_array_unref (all);
      return NULL;
    }
  for (guint i = all->len; i > 0; i--)
    if (one != NULL ? wb_record_get_int (all->pdata[i - 1], WB_CONNECTION_ID) !=
                          wb_record_get_int (one, WB_CONNECTION_ID)
                    : !wb_record_get_bool (all->pdata[i - 1], WB_CONNECTION_ENABLED))
      g_ptr_array_remove_index (all, i - 1);
  return all;
}

static void
say_problems (WbCli *self, GPtrArray *problems)
{
  for (guint i = 0; problems != NULL && i < problems->len; i++)
    wb_cli_say (self, "%s", (const char *) problems->pdata[i]);
  if (problems != NULL && problems->len > 0)
    self->exit_code = WB_EXIT_PERSON;
}

static gboolean
read_listings (WbCli *self, GPtrArray *channels, GError **error)
{
  for (guint i = 0; i < channels->len; i++)
    {
      g_auto (WbListingsResult) result = { 0 };

      if (!wb_desk_sync_listings (self->desk,
                                  wb_record_get_int (channels->pdata[i], WB_CONNECTION_ID), &result,
                                  self->cancellable, error))
        return FALSE;
      wb_cli_say (self,
                  _ ("%s: %d listings read, %d new, %d changed; %d are no product of yours yet."),
                  wb_record_get_text (channels->pdata[i], WB_CONNECTION_NAME), (int) result.read,
                  (int) result.added, (int) result.changed, (int) result.unmatched);
      say_problems (self, result.problems);
    }
  return TRUE;
}

/* Every listing that is no product yet becomes one; of two with one SKU the first does. */
static gboolean
make_products (WbCli *self, gint64 channel_id, GError **error)
{
  g_autoptr (GPtrArray) listings =
      wb_book_list_channel_listings (wb_desk_get_book (self->desk), channel_id, TRUE, error);
  guint made = 0;

  for (guint i = 0; listings != NULL && i < listings->len; i++)
    {
      g_autoptr (GError) local = NULL;

      if (wb_desk_make_product (self->desk, wb_record_get_int (listings->pdata[i], WB_LISTING_ID),
                                &local) != 0)
        made++;
      else if (g_error_matches (local, WB_ERROR, WB_ERROR_ALREADY))
        wb_cli_say (self, "%s", local->message);
      else
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
  if (listings != NULL)
    wb_cli_say (self, ngettext ("%u product was made.", "%u products were made.", made), made);
  return listings != NULL;
}

static void
print_listings (WbCli *self, GPtrArray *listings)
{
  static const WbColumn columns[] = {
    { N_ ("Number"), TRUE, 0 },    { N_ ("SKU"), FALSE, 20 },
    { N_ ("Name"), FALSE, 36 },    { N_ ("Product"), FALSE, 20 },
    { N_ ("Shown"), TRUE, 0 },     { N_ ("Told"), TRUE, 0 },
    { N_ ("Kept back"), TRUE, 0 }, { NULL },
  };
  g_autofree WbColumn *titled = wb_cli_translate (columns);
  g_autoptr (WbTable)  table = wb_table_new (titled);

  for (guint i = 0; i < listings->len; i++)
    {
      gpointer              one = listings->pdata[i];
      gint64                id = wb_record_get_int (one, WB_LISTING_PRODUCT_ID);
      g_autoptr (WbProduct) product =
          id != 0 ? wb_book_get_product (wb_desk_get_book (self->desk), id, NULL) : NULL;
      g_autofree char *number =
          g_strdup_printf ("%" G_GINT64_FORMAT, wb_record_get_int (one, WB_LISTING_ID));
      g_autofree char *shown =
          wb_record_get_bool (one, WB_LISTING_MANAGED)
              ? g_strdup_printf ("%" G_GINT64_FORMAT, wb_record_get_int (one, WB_LISTING_SHOWN))
              : g_strdup ("–");
      g_autofree char *told =
          wb_record_get_int (one, WB_LISTING_PUBLISHED_AT) != 0
              ? g_strdup_printf ("%" G_GINT64_FORMAT, wb_record_get_int (one, WB_LISTING_PUBLISHED))
              : g_strdup ("–");
      g_autofree char *kept =
          wb_record_get_bool (one, WB_LISTING_WITHHELD)
              ? g_strdup (_ ("all"))
              : g_strdup_printf ("%" G_GINT64_FORMAT, wb_record_get_int (one, WB_LISTING_BUFFER));

      wb_table_add (table, number, wb_record_get_text (one, WB_LISTING_SKU),
                    wb_record_get_text (one, WB_LISTING_NAME),
                    product != NULL ? wb_record_get_text (product, WB_PRODUCT_NAME) : "?", shown,
                    told, kept);
    }
  wb_table_print (table);
}

static gboolean
cmd_listings (WbCli *self, GError **error)
{
  g_autoptr (GPtrArray) channels = channels_meant (self, error);
  g_autoptr (GPtrArray) listings = NULL;
  gint64                one = 0;

  if (channels == NULL || (wb_cli_has (self, "sync") && !read_listings (self, channels, error)))
    return FALSE;
  if (wb_cli_word (self, 0) != NULL && channels->len > 0)
    one = wb_record_get_int (channels->pdata[0], WB_CONNECTION_ID);
  if (wb_cli_has (self, "make-products") && !make_products (self, one, error))
    return FALSE;
  listings = wb_book_list_channel_listings (wb_desk_get_book (self->desk), one,
                                            wb_cli_has (self, "unmatched"), error);
  if (listings == NULL)
    return FALSE;
  if (self->json)
    wb_cli_print_json (wb_cli_records_to_json (listings));
  else if (listings->len == 0)
    wb_cli_say (self, "%s", _ ("No listings; read them with: waybillctl listings --sync"));
  else
    print_listings (self, listings);
  return TRUE;
}

/* “none”, or a product by its SKU. */
static gboolean
map_to (WbCli *self, gint64 listing_id, const char *sku, GError **error)
{
  g_autoptr (WbProduct) product = NULL;

  if (g_str_equal (sku, "none"))
    return wb_desk_map_listing (self->desk, listing_id, 0, error);
  product = wb_book_find_product (wb_desk_get_book (self->desk), sku, error);
  return product != NULL && wb_desk_map_listing (self->desk, listing_id,
                                                 wb_record_get_int (product, WB_PRODUCT_ID), error);
}

static gboolean
cmd_listing (WbCli *self, GError **error)
{
  WbDesk               *desk = wb_cli_open (self, error);
  gint64                id = 0, buffer;
  g_autoptr (WbListing) listing = NULL;
  gboolean              withheld;

  if (desk == NULL || !wb_cli_parse_id (wb_cli_word (self, 0), "listing", &id, error) ||
      (listing = wb_book_get_listing (wb_desk_get_book (desk), id, error)) == NULL)
    return FALSE;
  buffer = wb_record_get_int (listing, WB_LISTING_BUFFER);
  withheld = wb_cli_has (self, "withhold") ||
             (wb_record_get_bool (listing, WB_LISTING_WITHHELD) && !wb_cli_has (self, "offer"));
  if ((wb_cli_has (self, "product") &&
       !map_to (self, id, wb_cli_option (self, "product"), error)) ||
      (wb_cli_has (self, "make-product") && wb_desk_make_product (desk, id, error) == 0) ||
      (wb_cli_has (self, "keep-back") && !wb_cli_number (self, "keep-back", 0, &buffer, error)) ||
      !wb_book_set_listing_offer (wb_desk_get_book (desk), id, buffer, withheld, error))
    return FALSE;
  wb_cli_say (self, _ ("“%s” is set."), wb_record_get_text (listing, WB_LISTING_NAME));
  return TRUE;
}

static gboolean
switch_publishing (WbCli *self, GPtrArray *channels, GError **error)
{
  gboolean switches = wb_cli_has (self, "on") || wb_cli_has (self, "off");
  gint64   pieces = 0;

  if (wb_cli_has (self, "keep-back") && !wb_cli_number (self, "keep-back", 0, &pieces, error))
    return FALSE;
  for (guint i = 0; i < channels->len; i++)
    {
      gint64 id = wb_record_get_int (channels->pdata[i], WB_CONNECTION_ID);

      if ((wb_cli_has (self, "keep-back") &&
           !wb_desk_set_stock_buffer (self->desk, id, pieces, error)) ||
          (switches && !wb_desk_set_publishing (self->desk, id, wb_cli_has (self, "on"), error)))
        return FALSE;
    }
  return TRUE;
}

/* What each would be told; nobody is. */
static gboolean
try_publishing (WbCli *self, GPtrArray *channels, GError **error)
{
  for (guint i = 0; i < channels->len; i++)
    {
      g_auto (WbPublishPlan) plan = { 0 };

      if (!wb_desk_plan_publishing (self->desk,
                                    wb_record_get_int (channels->pdata[i], WB_CONNECTION_ID),
                                    wb_channel_stock_buffer (channels->pdata[i]), &plan, error))
        return FALSE;
      wb_cli_say (self,
                  _ ("%s: %u listings would be told another number, %u of them none at all; %u "
                     "show the right one, %u are no product of yours yet."),
                  wb_record_get_text (channels->pdata[i], WB_CONNECTION_NAME), plan.tells,
                  plan.to_none, plan.right, plan.unmatched);
      for (guint n = 0; n < plan.examples->len; n++)
        {
          const WbPublishExample *example = plan.examples->pdata[n];

          wb_cli_say (self, "  %s: %d → %d", example->name, (int) example->shown,
                      (int) example->quantity);
        }
    }
  return TRUE;
}

static gboolean
cmd_publish (WbCli *self, GError **error)
{
  g_autoptr (GPtrArray) channels = channels_meant (self, error);

  if (channels == NULL)
    return FALSE;
  if (wb_cli_has (self, "on") || wb_cli_has (self, "off") || wb_cli_has (self, "keep-back"))
    return switch_publishing (self, channels, error);
  if (wb_cli_has (self, "try"))
    return try_publishing (self, channels, error);
  for (guint i = 0; i < channels->len; i++)
    {
      g_auto (WbPublishResult) result = { 0 };
      const char              *name = wb_record_get_text (channels->pdata[i], WB_CONNECTION_NAME);

      if (!wb_channel_publishes (channels->pdata[i]))
        {
          wb_cli_say (self,
                      _ ("%s is not told of the stock; begin with: waybillctl publish %s --on"),
                      name, name);
          continue;
        }
      if (!wb_desk_publish_stock (self->desk,
                                  wb_record_get_int (channels->pdata[i], WB_CONNECTION_ID), &result,
                                  self->cancellable, error))
        return FALSE;
      wb_cli_say (self, _ ("%s: %d listings told, %d were right already."), name, (int) result.told,
                  (int) result.right);
      say_problems (self, result.problems);
    }
  return TRUE;
}

static void
print_gaps (WbCli *self, GPtrArray *gaps)
{
  static const WbColumn columns[] = {
    { N_ ("Order"), FALSE, 16 },
    { N_ ("What does not agree"), FALSE, 44 },
    { N_ ("Why"), FALSE, 60 },
    { NULL },
  };
  g_autofree WbColumn *titled = wb_cli_translate (columns);
  g_autoptr (WbTable)  table = wb_table_new (titled);

  for (guint i = 0; i < gaps->len; i++)
    wb_table_add (table, wb_record_get_text (gaps->pdata[i], WB_ORDER_GAP_NUMBER),
                  wb_order_gap_title (wb_record_get_text (gaps->pdata[i], WB_ORDER_GAP_KIND)),
                  wb_record_get_text (gaps->pdata[i], WB_ORDER_GAP_REASON));
  wb_table_print (table);
}

static gboolean
cmd_audit (WbCli *self, GError **error)
{
  g_autoptr (GPtrArray) channels = channels_meant (self, error), gaps = NULL;
  gint64                one = 0;

  if (channels == NULL)
    return FALSE;
  for (guint i = 0; i < channels->len; i++)
    if (!wb_desk_audit (self->desk, wb_record_get_int (channels->pdata[i], WB_CONNECTION_ID),
                        self->cancellable, error))
      return FALSE;
  if (wb_cli_word (self, 0) != NULL && channels->len > 0)
    one = wb_record_get_int (channels->pdata[0], WB_CONNECTION_ID);
  gaps = wb_book_list_order_gaps (wb_desk_get_book (self->desk), one, error);
  if (gaps == NULL)
    return FALSE;
  if (self->json)
    wb_cli_print_json (wb_cli_records_to_json (gaps));
  else if (gaps->len == 0)
    wb_cli_say (self, "%s", _ ("The shops and the order book agree."));
  else
    print_gaps (self, gaps);
  self->exit_code = gaps->len > 0 ? WB_EXIT_PERSON : WB_EXIT_OK;
  return TRUE;
}

static const struct
{
  const char      *word;
  WbShopChangeKind kind;
  gboolean         needs_text;
} changes[] = {
  { "note", WB_SHOP_CHANGE_NOTE, TRUE },        { "status", WB_SHOP_CHANGE_STATUS, TRUE },
  { "cancel", WB_SHOP_CHANGE_CANCEL, TRUE },    { "hold", WB_SHOP_CHANGE_HOLD, TRUE },
  { "release", WB_SHOP_CHANGE_RELEASE, FALSE },
};

static gboolean
read_change (WbCli *self, WbShopChange *change, GError **error)
{
  const char *word = wb_cli_word (self, 1);

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    if (g_strcmp0 (changes[i].word, word) == 0)
      {
        change->kind = changes[i].kind;
        change->text = wb_cli_word (self, 2);
        change->to_customer = wb_cli_has (self, "to-customer");
        change->restock = wb_cli_has (self, "restock");
        if (change->text != NULL || !changes[i].needs_text)
          return TRUE;
        g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                     _ ("Say what: waybillctl tell-shop %s %s TEXT"), wb_cli_word (self, 0), word);
        return FALSE;
      }
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               _ ("“%s” is none of: note, status, cancel, hold, release"), word);
  return FALSE;
}

static gboolean
cmd_tell_shop (WbCli *self, GError **error)
{
  WbDesk             *desk = wb_cli_open (self, error);
  WbShopChange        change = { 0 };
  g_autoptr (WbOrder) order =
      desk != NULL ? wb_cli_find_order (self, wb_cli_word (self, 0), error) : NULL;

  if (order == NULL || !read_change (self, &change, error) ||
      !wb_desk_change_in_shop (desk, wb_record_get_int (order, WB_ORDER_ID), &change,
                               self->cancellable, error))
    return FALSE;
  wb_cli_say (self, _ ("The shop has it: order %s."), wb_record_get_text (order, WB_ORDER_NUMBER));
  return TRUE;
}

const WbCommand wb_commands_channels[] = {
  { "listings",
    N_ ("[CHANNEL]"),
    0,
    1,
    N_ ("what the channels sell, which product each is, and what they show of the stock"),
    NULL,
    cmd_listings,
    { { "sync", NULL, N_ ("read them from the channels first") },
      { "unmatched", NULL, N_ ("only those that are no product of yours yet") },
      { "make-products", NULL, N_ ("make a product of each that is none yet") },
      { NULL } } },
  { "listing",
    N_ ("NUMBER"),
    1,
    1,
    N_ ("say which product a listing is, and how much of its stock the channel is told"),
    NULL,
    cmd_listing,
    { { "product", N_ ("SKU"), N_ ("it is this product; “none”: none of yours") },
      { "make-product", NULL, N_ ("make a product of it") },
      { "keep-back", N_ ("PIECES"), N_ ("never offer the last ones there") },
      { "withhold", NULL, N_ ("never tell the channel its stock") },
      { "offer", NULL, N_ ("tell it again") },
      { NULL } } },
  { "publish",
    N_ ("[CHANNEL]"),
    0,
    1,
    N_ ("tell the channels how many pieces are available"),
    N_ ("Every sync does it for a channel once it is switched on with --on. Its own numbers are "
        "overwritten then."),
    cmd_publish,
    { { "on", NULL, N_ ("from now on") },
      { "off", NULL, N_ ("no more") },
      { "keep-back", N_ ("PIECES"), N_ ("never offer the last ones there") },
      { "try", NULL, N_ ("only say what they would be told") },
      { NULL } } },
  { "listen",
    NULL,
    0,
    0,
    N_ ("take the messages that shops send when an order changes, and look there at once"),
    N_ ("A webhook of WooCommerce is sent to http://ADDRESS:PORT/hint/CHANNEL, with the secret "
        "that "
        "--set-secret is told:\n"
        "it is asked for without being shown, or read like other keys. A message is a hint and no "
        "more: go on syncing."),
    wb_cli_listen,
    { { "address", N_ ("ADDRESS"), N_ ("listen there, instead of 127.0.0.1") },
      { "port", N_ ("N"), N_ ("listen at this port, instead of 8780; 0: a free one") },
      { "set-secret", N_ ("CHANNEL"), N_ ("keep what the channel signs its messages with") },
      { "forget-secret", N_ ("CHANNEL"), N_ ("forget it; its messages are refused then") },
      { "secrets-from", N_ ("FILE"),
        N_ ("read the keys from a file of mode 0600; “-”: standard input") },
      { NULL } } },
  { "audit",
    N_ ("[CHANNEL]"),
    0,
    1,
    N_ ("compare what is open in the shops with what is open here, both ways"),
    N_ ("What one side lacks is read again. What still does not agree is listed, and stands in "
        "the inbox; the exit code is 4 then."),
    cmd_audit,
    { { NULL } } },
  { "statuses",
    N_ ("CHANNEL [STATUS unpaid|open|done|cancelled]"),
    1,
    3,
    N_ ("what the statuses of a shop's orders mean, or say it of one"),
    N_ ("A status that a shop has made itself waits until it is said what it means; then it holds "
        "for the orders that are here, and from now on."),
    wb_cli_statuses,
    { { NULL } } },
  { "tell-shop",
    N_ ("ORDER note|status|cancel|hold|release [TEXT]"),
    2,
    3,
    N_ ("change an order in its shop"),
    NULL,
    cmd_tell_shop,
    { { "to-customer", NULL, N_ ("a note that the shop mails to the customer") },
      { "restock", NULL, N_ ("a cancellation puts the pieces back into the shop's stock") },
      { NULL } } },
  { "pieces",
    N_ ("ORDER [SKU=N…]"),
    1,
    G_MAXUINT,
    N_ ("change in its shop how many pieces an order has of its articles"),
    N_ ("N is what the line is to have afterwards, pieces that were sent among them; 0 takes it "
        "out. Without SKU=N the lines are listed. First it is said what the order comes to then, "
        "and what that means for its payment."),
    wb_cli_pieces,
    { { "to-customer", NULL, N_ ("the shop tells the customer, where it can") },
      { "restock", NULL, N_ ("pieces that are taken out go back into the shop's stock") },
      { "reason", N_ ("TEXT"), N_ ("for the shop's record, where it keeps one") },
      { "dry-run", NULL, N_ ("only say what it comes to") },
      { "yes", NULL, N_ ("do not ask") },
      { NULL } } },
  { NULL },
};
