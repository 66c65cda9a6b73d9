/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the window for listings has the engine do: read them, compare them with the products, and
 * take a person's word for which product each is. */
#include "wb-listings-works.h"

#include "wb-works.h"

#include <glib/gi18n-lib.h>

#define MOST_GUESSES 5
#define MOST_FOUND   50

typedef struct
{
  gint64   channel_id;
  gboolean all;
} Ask;

/** wb_listings_ask_new: @all: those too whose product is known. Returns: (transfer full): data for
 * wb_listings_look_work. */
gpointer
wb_listings_ask_new (gint64 channel_id, gboolean all)
{
  return g_memdup2 (&(Ask){ channel_id, all }, sizeof (Ask));
}

/** wb_listings_look_free: frees @look. */
void
wb_listings_look_free (WbListingsLook *look)
{
  g_clear_pointer (&look->listings, g_ptr_array_unref);
  g_free (look);
}

static void
free_look (gpointer look)
{
  wb_listings_look_free (look);
}

/** wb_listing_get_guesses: Returns: (transfer none) (nullable) (element-type WbListingGuess): what
 * it may be; %NULL when somebody knows what it is. */
GPtrArray *
wb_listing_get_guesses (WbListing *listing)
{
  return g_object_get_data (G_OBJECT (listing), "guesses");
}

/** wb_listing_get_product_name: Returns: (transfer none) (nullable): of the product that it is. */
const char *
wb_listing_get_product_name (WbListing *listing)
{
  return g_object_get_data (G_OBJECT (listing), "product-name");
}

static gboolean
is_open (WbListing *listing)
{
  return wb_record_get_int (listing, WB_LISTING_PRODUCT_ID) == 0 &&
         !wb_record_get_bool (listing, WB_LISTING_MAPPED);
}

static void
add_guesses (GPtrArray *listings, WbListingMatcher *matcher)
{
  for (guint i = 0; i < listings->len; i++)
    if (is_open (listings->pdata[i]))
      g_object_set_data_full (listings->pdata[i], "guesses",
                              wb_listing_matcher_guess (matcher, listings->pdata[i], MOST_GUESSES),
                              (GDestroyNotify) g_ptr_array_unref);
}

static gboolean
add_names (WbBook *book, GPtrArray *listings, GError **error)
{
  g_autoptr (GPtrArray)  products = wb_book_list_products (book, error);
  g_autoptr (GHashTable) names = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GArray)     ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (products == NULL)
    return FALSE;
  g_array_set_size (ids, products->len);
  for (guint i = 0; i < products->len; i++)
    {
      g_array_index (ids, gint64, i) = wb_record_get_int (products->pdata[i], WB_PRODUCT_ID);
      g_hash_table_insert (names, &g_array_index (ids, gint64, i),
                           (gpointer) wb_record_get_text (products->pdata[i], WB_PRODUCT_NAME));
    }
  for (guint i = 0; i < listings->len; i++)
    {
      gint64 id = wb_record_get_int (listings->pdata[i], WB_LISTING_PRODUCT_ID);

      g_object_set_data_full (listings->pdata[i], "product-name",
                              g_strdup (g_hash_table_lookup (names, &id)), g_free);
    }
  return TRUE;
}

static gpointer
run_look (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const Ask                   *ask = data;
  WbBook                      *book = wb_job_get_book (job, error);
  g_autoptr (WbListingMatcher) matcher = book != NULL ? wb_listing_matcher_new (book, error) : NULL;
  g_autoptr (GPtrArray)        all =
      matcher != NULL ? wb_book_list_channel_listings (book, ask->channel_id, FALSE, error) : NULL;
  g_autoptr (WbListingsLook) look = g_new0 (WbListingsLook, 1);

  if (all == NULL)
    return NULL;
  look->total = all->len;
  look->listings = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < all->len; i++)
    {
      gboolean open = is_open (all->pdata[i]);

      look->unmatched += open;
      if (open || ask->all)
        g_ptr_array_add (look->listings, g_object_ref (all->pdata[i]));
    }
  add_guesses (look->listings, matcher);
  return !ask->all || add_names (book, look->listings, error) ? g_steal_pointer (&look) : NULL;
}

const WbWorkKind wb_listings_look_work = { .run = run_look,
                                           .free_data = g_free,
                                           .free_result = free_look };

/* Every shop that is asked for its orders; those that cannot tell what they sell are left out. */
static gboolean
read_all (WbDesk *desk, WbListingsResult *result, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) shops =
      wb_book_list_connections (wb_desk_get_book (desk), WB_KIND_SHOP, error);

  for (guint i = 0; shops != NULL && i < shops->len; i++)
    {
      g_autoptr (GError) local = NULL;

      if (!wb_record_get_bool (shops->pdata[i], WB_CONNECTION_ENABLED) ||
          wb_desk_sync_listings (desk, wb_record_get_int (shops->pdata[i], WB_CONNECTION_ID),
                                 result, cancellable, &local) ||
          g_error_matches (local, WB_ERROR, WB_ERROR_REFUSED))
        continue;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return shops != NULL;
}

static gpointer
run_read (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const WbWish             *wish = data;
  WbDesk                   *desk = wb_job_get_desk (job, error);
  g_auto (WbListingsResult) result = { 0 };

  if (desk == NULL ||
      !(wish->id != 0 ? wb_desk_sync_listings (desk, wish->id, &result, cancellable, error)
                      : read_all (desk, &result, cancellable, error)))
    return NULL;
  if (result.problems != NULL && result.problems->len > 0)
    return g_strdup (result.problems->pdata[0]);
  return g_strdup_printf (ngettext ("%d listing was read, %d are new",
                                    "%d listings were read, %d are new", (gulong) result.read),
                          (int) result.read, (int) result.added);
}

const WbWorkKind wb_listings_read_work = { .run = run_read,
                                           .free_data = wb_wish_free,
                                           .free_result = g_free,
                                           .effect = TRUE,
                                           .title = N_ ("Reading what a shop sells") };

static gpointer
run_find (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const WbWish                *wish = data;
  WbBook                      *book = wb_job_get_book (job, error);
  g_autoptr (WbListingMatcher) matcher = book != NULL ? wb_listing_matcher_new (book, error) : NULL;
  g_autoptr (GPtrArray)        found = NULL;
  GPtrArray                   *guesses;

  if (matcher == NULL)
    return NULL;
  found = wb_listing_matcher_find (matcher, wish->text, MOST_FOUND);
  guesses = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_listing_guess_free);
  for (guint i = 0; i < found->len; i++)
    {
      WbListingGuess *guess = g_new0 (WbListingGuess, 1);

      guess->product = g_object_ref (found->pdata[i]);
      g_ptr_array_add (guesses, guess);
    }
  return guesses;
}

static void
free_array (gpointer array)
{
  g_ptr_array_unref (array);
}

const WbWorkKind wb_listings_find_work = { .run = run_find,
                                           .free_data = wb_wish_free,
                                           .free_result = free_array };

/* ---- a person's word ---- */

/** wb_listing_word_new: Returns: (transfer full): what is said of @listing. */
WbListingWord *
wb_listing_word_new (WbListing *listing, WbListingSay say, gint64 product_id)
{
  WbListingWord *word = g_new0 (WbListingWord, 1);

  word->listing_id = wb_record_get_int (listing, WB_LISTING_ID);
  word->name = g_strdup (wb_record_get_text (listing, WB_LISTING_NAME));
  word->say = say;
  word->product_id = product_id;
  return word;
}

/** wb_listing_word_copy: Returns: (transfer full): the same. */
WbListingWord *
wb_listing_word_copy (const WbListingWord *word)
{
  WbListingWord *copy = g_memdup2 (word, sizeof *word);

  copy->name = g_strdup (word->name);
  return copy;
}

/** wb_listing_word_free: frees @word. */
void
wb_listing_word_free (gpointer word)
{
  g_free (((WbListingWord *) word)->name);
  g_free (word);
}

/** wb_listing_done_free: frees @done. */
void
wb_listing_done_free (WbListingDone *done)
{
  g_free (done->text);
  g_clear_pointer (&done->undo, wb_listing_word_free);
  g_free (done);
}

static void
free_done (gpointer done)
{
  wb_listing_done_free (done);
}

/* What would bring back how it was before @word. */
static WbListingWord *
undo_of (const WbListingWord *word, WbListing *before)
{
  WbListingWord *undo = wb_listing_word_copy (word);
  gint64         was = wb_record_get_int (before, WB_LISTING_PRODUCT_ID);

  undo->product_id = was;
  undo->say = was != 0                                         ? WB_LISTING_IS
              : wb_record_get_bool (before, WB_LISTING_MAPPED) ? WB_LISTING_IS_NONE
                                                               : WB_LISTING_IS_ASKED;
  return undo;
}

static gboolean
say (WbDesk *desk, const WbListingWord *word, WbListingWord *undo, GError **error)
{
  gint64 made;

  switch (word->say)
    {
    case WB_LISTING_IS:
      return wb_desk_map_listing (desk, word->listing_id, word->product_id, error);
    case WB_LISTING_IS_NONE:
      return wb_desk_map_listing (desk, word->listing_id, 0, error);
    case WB_LISTING_IS_ASKED:
      return wb_desk_unmap_listing (desk, word->listing_id, word->product_id, error);
    case WB_LISTING_IS_NEW:
      made = wb_desk_make_product (desk, word->listing_id, error);
      if (undo->say == WB_LISTING_IS_ASKED)
        undo->product_id = made;
      return made != 0;
    default:
      return FALSE;
    }
}

/* What came of it, for a toast. */
static char *
tell (const WbListingWord *word)
{
  static const char *const texts[] = {
    [WB_LISTING_IS] = N_ ("“%s” is matched"),
    [WB_LISTING_IS_NONE] = N_ ("“%s” is none of your products"),
    [WB_LISTING_IS_NEW] = N_ ("“%s” is a new product"),
    [WB_LISTING_IS_ASKED] = N_ ("“%s” is to be matched again"),
  };

  return g_strdup_printf (_ (texts[word->say]), word->name);
}

static gpointer
run_say (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const WbListingWord      *word = data;
  WbDesk                   *desk = wb_job_get_desk (job, error);
  g_autoptr (WbListing)     before = NULL;
  g_autoptr (WbListingDone) done = g_new0 (WbListingDone, 1);

  if (desk == NULL ||
      (before = wb_book_get_listing (wb_desk_get_book (desk), word->listing_id, error)) == NULL)
    return NULL;
  done->undo = undo_of (word, before);
  if (!say (desk, word, done->undo, error))
    return NULL;
  done->text = tell (word);
  return g_steal_pointer (&done);
}

const WbWorkKind wb_listings_say_work = {
  .run = run_say, .free_data = wb_listing_word_free, .free_result = free_done, .effect = TRUE
};
