/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which product of the house a listing may be: proposals by barcode, SKU and name, and a search
 * among all products. What is only alike is never taken without a person. */
#include "wb-desk-channel.h"
#include "wb-desk-private.h"

#include "wb-text.h"

#include <glib/gi18n-lib.h>

#define SAME_BARCODE 96
#define SAME_SKU     90
#define SAME_NAME    80
#define LIKE_SKU     55
#define LEAST        30 /* what is less alike is no proposal */
#define AGREES       4  /* more when another sign says the same */
#define SHORTEST_SKU 4  /* the start of another one must have so many signs to say anything */

typedef struct
{
  WbProduct *product;
  char      *sku, *barcode; /* letters and digits; digits without leading zeros */
  char      *text;          /* all that is searched */
  guint      words;         /* of the name */
} Entry;

struct _WbListingMatcher
{
  GArray     *entries;                       /* of Entry */
  GHashTable *by_sku, *by_barcode, *by_word; /* utf8 → GArray of guint */
};

/* ---- how things are compared ---- */

/* What is left of a SKU when case, spaces and signs are: “AB-12 c” is “ab12c”. */
static char *
bare (const char *text)
{
  g_autofree char *key = wb_text_search_key (text != NULL ? text : "");
  GString         *letters = g_string_new (NULL);

  for (const char *p = key; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      g_string_append_unichar (letters, g_utf8_get_char (p));
  return g_string_free (letters, FALSE);
}

/* One article's UPC, EAN and GTIN-14 differ by leading zeros. */
static char *
bare_barcode (const char *text)
{
  g_autofree char *key = bare (text);
  const char      *from = key;

  while (*from == '0')
    from++;
  return g_strdup (from);
}

static GPtrArray *
words_of (const char *text)
{
  g_autofree char *key = wb_text_search_key (text != NULL ? text : "");
  GPtrArray       *words = g_ptr_array_new_with_free_func (g_free);
  const char      *start = NULL;

  for (const char *p = key;; p = g_utf8_next_char (p))
    {
      gboolean inside = *p != '\0' && g_unichar_isalnum (g_utf8_get_char (p));

      if (inside && start == NULL)
        start = p;
      if (!inside && start != NULL)
        {
          g_autofree char *word = g_strndup (start, (gsize) (p - start));

          if (!g_ptr_array_find_with_equal_func (words, word, g_str_equal, NULL))
            g_ptr_array_add (words, g_steal_pointer (&word));
          start = NULL;
        }
      if (*p == '\0')
        return words;
    }
}

static void
entry_clear (gpointer data)
{
  Entry *entry = data;

  g_object_unref (entry->product);
  g_free (entry->sku);
  g_free (entry->barcode);
  g_free (entry->text);
}

static void
note (GHashTable *table, const char *key, guint index)
{
  GArray *list = *key != '\0' ? g_hash_table_lookup (table, key) : NULL;

  if (*key == '\0')
    return;
  if (list == NULL)
    {
      list = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (table, g_strdup (key), list);
    }
  g_array_append_val (list, index);
}

static void
add_product (WbListingMatcher *self, WbProduct *product)
{
  const char           *name = wb_record_get_text (product, WB_PRODUCT_NAME);
  g_autoptr (GPtrArray) words = words_of (name);
  g_autofree char      *key = wb_text_search_key (name != NULL ? name : "");
  guint                 index = self->entries->len;
  Entry                 entry = { .product = g_object_ref (product),
                                  .sku = bare (wb_record_get_text (product, WB_PRODUCT_SKU)),
                                  .barcode = bare_barcode (wb_record_get_text (product, WB_PRODUCT_BARCODE)),
                                  .words = words->len };

  entry.text = g_strjoin (" ", key, entry.sku, entry.barcode, NULL);
  g_array_append_val (self->entries, entry);
  note (self->by_sku, entry.sku, index);
  note (self->by_barcode, entry.barcode, index);
  for (guint i = 0; i < words->len; i++)
    note (self->by_word, words->pdata[i], index);
}

static GHashTable *
new_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
}

/** wb_listing_matcher_new: Returns: (transfer full): all products of @book, ready to be compared.
 */
WbListingMatcher *
wb_listing_matcher_new (WbBook *book, GError **error)
{
  g_autoptr (GPtrArray) products = wb_book_list_products (book, error);
  WbListingMatcher     *self;

  if (products == NULL)
    return NULL;
  self = g_new0 (WbListingMatcher, 1);
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (self->entries, entry_clear);
  self->by_sku = new_table ();
  self->by_barcode = new_table ();
  self->by_word = new_table ();
  for (guint i = 0; i < products->len; i++)
    add_product (self, products->pdata[i]);
  return self;
}

/** wb_listing_matcher_free: frees @self. */
void
wb_listing_matcher_free (WbListingMatcher *self)
{
  g_array_unref (self->entries);
  g_hash_table_unref (self->by_sku);
  g_hash_table_unref (self->by_barcode);
  g_hash_table_unref (self->by_word);
  g_free (self);
}

/* ---- proposals ---- */

/* What speaks for each product; the strongest sign is the reason. */
static void
speak (GHashTable *guesses, const Entry *entry, guint index, guint score, const char *why)
{
  WbListingGuess *guess = g_hash_table_lookup (guesses, GUINT_TO_POINTER (index));

  if (guess == NULL)
    {
      guess = g_new0 (WbListingGuess, 1);
      guess->product = g_object_ref (entry->product);
      g_hash_table_insert (guesses, GUINT_TO_POINTER (index), guess);
    }
  else
    score = MAX (score, guess->score) == score ? score + AGREES : score;
  if (score > guess->score)
    {
      guess->score = MIN (score, 99);
      guess->why = why;
    }
  else
    guess->score = MIN (guess->score + AGREES, 99);
}

static void
speak_all (WbListingMatcher *self,
           GHashTable       *guesses,
           GHashTable       *table,
           const char       *key,
           guint             score,
           const char       *why)
{
  GArray *list = *key != '\0' ? g_hash_table_lookup (table, key) : NULL;

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      guint index = g_array_index (list, guint, i);

      speak (guesses, &g_array_index (self->entries, Entry, index), index, score, why);
    }
}

/* How many words of the name each product shares, of all words that both have. */
static void
compare_names (WbListingMatcher *self, GHashTable *guesses, const char *name)
{
  g_autoptr (GPtrArray)  words = words_of (name);
  g_autoptr (GHashTable) shared = g_hash_table_new (NULL, NULL);
  GHashTableIter         iter;
  gpointer               index, count;

  for (guint i = 0; i < words->len; i++)
    {
      GArray *list = g_hash_table_lookup (self->by_word, words->pdata[i]);

      for (guint n = 0; list != NULL && n < list->len; n++)
        {
          gpointer key = GUINT_TO_POINTER (g_array_index (list, guint, n));

          count = g_hash_table_lookup (shared, key);
          g_hash_table_insert (shared, key, GUINT_TO_POINTER (GPOINTER_TO_UINT (count) + 1));
        }
    }
  g_hash_table_iter_init (&iter, shared);
  while (g_hash_table_iter_next (&iter, &index, &count))
    {
      const Entry *entry = &g_array_index (self->entries, Entry, GPOINTER_TO_UINT (index));
      guint        score = SAME_NAME * 2 * GPOINTER_TO_UINT (count) / (words->len + entry->words);

      if (score >= LEAST)
        speak (guesses, entry, GPOINTER_TO_UINT (index), score,
               score == SAME_NAME ? N_ ("the same name") : N_ ("a similar name"));
    }
}

/* A shop often adds something to a SKU, or leaves its end out. */
static void
compare_starts (WbListingMatcher *self, GHashTable *guesses, const char *sku)
{
  for (guint i = 0; strlen (sku) >= SHORTEST_SKU && i < self->entries->len; i++)
    {
      const Entry *entry = &g_array_index (self->entries, Entry, i);

      if (strlen (entry->sku) >= SHORTEST_SKU && !g_str_equal (entry->sku, sku) &&
          (g_str_has_prefix (entry->sku, sku) || g_str_has_prefix (sku, entry->sku)))
        speak (guesses, entry, i, LIKE_SKU, N_ ("a similar SKU"));
    }
}

static int
better (gconstpointer a, gconstpointer b)
{
  const WbListingGuess *left = *(gconstpointer *) a, *right = *(gconstpointer *) b;

  if (left->score != right->score)
    return left->score > right->score ? -1 : 1;
  return g_strcmp0 (wb_record_get_text (left->product, WB_PRODUCT_NAME),
                    wb_record_get_text (right->product, WB_PRODUCT_NAME));
}

/**
 * wb_listing_matcher_guess:
 * @most: how many at most
 *
 * Returns: (transfer full) (element-type WbListingGuess): products that @listing may be, the
 * likeliest first; each with how sure that is, of 100, and why.
 */
GPtrArray *
wb_listing_matcher_guess (WbListingMatcher *self, WbListing *listing, guint most)
{
  g_autoptr (GHashTable) guesses = g_hash_table_new (NULL, NULL);
  GPtrArray       *list = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_listing_guess_free);
  g_autofree char *sku = bare (wb_record_get_text (listing, WB_LISTING_SKU));
  g_autofree char *barcode = bare_barcode (wb_record_get_text (listing, WB_LISTING_BARCODE));
  GHashTableIter   iter;
  gpointer         guess;

  compare_names (self, guesses, wb_record_get_text (listing, WB_LISTING_NAME));
  compare_starts (self, guesses, sku);
  speak_all (self, guesses, self->by_sku, sku, SAME_SKU, N_ ("the same SKU"));
  speak_all (self, guesses, self->by_barcode, barcode, SAME_BARCODE, N_ ("the same barcode"));
  g_hash_table_iter_init (&iter, guesses);
  while (g_hash_table_iter_next (&iter, NULL, &guess))
    g_ptr_array_add (list, guess);
  g_ptr_array_sort (list, better);
  if (list->len > most)
    g_ptr_array_set_size (list, (int) most);
  return list;
}

/** wb_listing_guess_free: frees @guess. */
void
wb_listing_guess_free (WbListingGuess *guess)
{
  g_object_unref (guess->product);
  g_free (guess);
}

/** wb_listing_guess_why: Returns: (transfer none): why it may be this product, translated. */
const char *
wb_listing_guess_why (const WbListingGuess *guess)
{
  return guess->why != NULL ? _ (guess->why) : "";
}

/* ---- search ---- */

static gboolean
has_all (const Entry *entry, GPtrArray *words)
{
  for (guint i = 0; i < words->len; i++)
    if (strstr (entry->text, words->pdata[i]) == NULL)
      return FALSE;
  return TRUE;
}

/** wb_listing_matcher_find: Returns: (transfer full) (element-type WbProduct): at most @most
 * products with all words of @text in their name, SKU or barcode, by SKU. */
GPtrArray *
wb_listing_matcher_find (WbListingMatcher *self, const char *text, guint most)
{
  g_autoptr (GPtrArray) words = words_of (text);
  g_autofree char      *whole = bare (text);
  GPtrArray            *found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; words->len > 0 && found->len < most && i < self->entries->len; i++)
    {
      const Entry *entry = &g_array_index (self->entries, Entry, i);

      if (has_all (entry, words) || strstr (entry->sku, whole) != NULL)
        g_ptr_array_add (found, g_object_ref (entry->product));
    }
  return found;
}
