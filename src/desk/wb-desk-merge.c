/* SPDX-License-Identifier: GPL-3.0-or-later
 * Shipping orders together: written down, proposed, taken back; and what takes an order out of a
 * common parcel by itself. All of it ends with the label: whoever is in the parcel then, leaves in
 * it. */
#include "wb-desk-merge.h"
#include "wb-desk-private.h"

/** wb_merge_group_free: frees @group. */
void
wb_merge_group_free (WbMergeGroup *group)
{
  g_clear_pointer (&group->ids, g_array_unref);
  g_free (group);
}

#define ID(ids, i) g_array_index (ids, gint64, i)

/* ---- together ---- */

typedef struct
{
  gint64    id;
  WbInstant placed_at;
} Place;

static int
placed_first (gconstpointer a, gconstpointer b)
{
  const Place *left = a, *right = b;

  if (left->placed_at != right->placed_at)
    return left->placed_at < right->placed_at ? -1 : 1;
  return (left->id > right->id) - (left->id < right->id);
}

/* Sorts @ids by when the orders were placed: the first leads. */
static gboolean
sort_ids (WbBook *book, GArray *ids, GError **error)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (WbOrder) order = wb_book_get_order (book, ID (ids, i), error);
      Place               place = { ID (ids, i), 0 };

      if (order == NULL)
        return FALSE;
      place.placed_at = wb_record_get_int (order, WB_ORDER_PLACED_AT);
      g_array_append_val (places, place);
    }
  g_array_sort (places, placed_first);
  for (guint i = 0; i < ids->len; i++)
    ID (ids, i) = g_array_index (places, Place, i).id;
  return TRUE;
}

static void
add_id (GArray *ids, gint64 id)
{
  for (guint i = 0; i < ids->len; i++)
    if (ID (ids, i) == id)
      return;
  g_array_append_val (ids, id);
}

/* Tells in each order's timeline of the orders it goes with. */
static gboolean
tell (WbDesk *self, GArray *ids, const char *event, GError **error)
{
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (GString)  others = g_string_new (NULL);
      g_autoptr (JsonNode) detail = NULL;

      for (guint k = 0; k < ids->len; k++)
        if (k != i)
          {
            g_autoptr (WbOrder) order = wb_book_get_order (self->book, ID (ids, k), error);

            if (order == NULL)
              return FALSE;
            g_string_append_printf (others, "%s#%s", others->len > 0 ? ", " : "",
                                    wb_record_get_text (order, WB_ORDER_NUMBER));
          }
      detail = wb_json_make ("s:with", others->str, NULL);
      if (!wb_book_add_event (self->book, "order", ID (ids, i), event, self->actor, detail, error))
        return FALSE;
    }
  return TRUE;
}

/* Those that @ids go with already come along. */
static GArray *
whole_group (WbBook *book, const gint64 *ids, guint n, GError **error)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GArray) with = wb_book_list_merged (book, ids[i], error);

      if (with == NULL)
        return NULL;
      add_id (all, ids[i]);
      for (guint k = 0; k < with->len; k++)
        add_id (all, ID (with, k));
    }
  return g_steal_pointer (&all);
}

static gint64
merge (WbDesk *self, const gint64 *ids, guint n, GError **error)
{
  g_autoptr (GArray) all = whole_group (self->book, ids, n, error);
  g_autofree char   *obstacle = NULL;

  if (all == NULL || !sort_ids (self->book, all, error) ||
      !wb_merge_check (self->book, (const gint64 *) all->data, all->len, &obstacle, error))
    return 0;
  if (obstacle != NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_REFUSED, "%s", obstacle);
      return 0;
    }
  for (guint i = 0; i < all->len; i++)
    if (!wb_book_unmerge_orders (self->book, ID (all, i), error))
      return 0;
  return wb_book_merge_orders (self->book, (const gint64 *) all->data, all->len, self->actor,
                               error) &&
                 tell (self, all, "merged", error)
             ? ID (all, 0)
             : 0;
}

/**
 * wb_desk_merge:
 * @ids: @n orders; those that one of them goes with already come along
 *
 * Writes down that these orders go into one parcel, with one label. Each keeps its own shipment, is
 * charged for its own lines by its own gateway and reported to its own shop. Nothing outside is
 * told before the parcel is shipped. Taken back with wb_desk_unmerge() as long as no label is
 * bought.
 *
 * Returns: the lead: the order that was placed first, whose shipment has the label and its whole
 * cost; 0 with @error: %WB_ERROR_REFUSED says what stands against it.
 */
gint64
wb_desk_merge (WbDesk *self, const gint64 *ids, guint n, GError **error)
{
  gint64 lead;

  if (!wb_book_begin (self->book, error))
    return 0;
  lead = merge (self, ids, n, error);
  if (lead != 0)
    return wb_book_commit (self->book, error) ? lead : 0;
  wb_book_rollback (self->book);
  return 0;
}

/* ---- and apart ---- */

/* The parcel that was begun for @order_id with others: 0: none. Its label may have been bought:
 * @late. */
static gboolean
find_parcel (WbDesk *self, gint64 order_id, gint64 *shipment_id, gboolean *late, GError **error)
{
  g_autoptr (GPtrArray) shipments = wb_book_list_shipments (self->book, order_id, error);

  *shipment_id = 0;
  *late = FALSE;
  for (guint i = 0; shipments != NULL && i < shipments->len; i++)
    {
      const char *state = wb_record_get_text (shipments->pdata[i], WB_SHIPMENT_STATE);

      if (!g_str_equal (state, WB_SHIPMENT_PLANNED) && !g_str_equal (state, WB_SHIPMENT_LABELLED))
        continue;
      *shipment_id = wb_record_get_int (shipments->pdata[i], WB_SHIPMENT_ID);
      *late = g_str_equal (state, WB_SHIPMENT_LABELLED);
    }
  return shipments != NULL;
}

/* Gives up what was planned for the common parcel. @late: (out): its label may have been bought, so
 * that nothing was given up. */
static gboolean
give_up_parcel (WbDesk *self, gint64 order_id, gboolean *late, GError **error)
{
  g_autoptr (GError) local = NULL;
  gint64             shipment_id;

  if (!find_parcel (self, order_id, &shipment_id, late, error))
    return FALSE;
  if (shipment_id == 0 || *late || wb_desk_drop_inside (self, shipment_id, &local))
    return TRUE;
  *late = g_error_matches (local, WB_ERROR, WB_ERROR_CONFLICT);
  if (*late)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Takes @order_id out of @ids and lets the others go on; of one order nothing is left to merge. */
static gboolean
take_out (WbDesk *self, GArray *ids, gint64 order_id, const char *event, GError **error)
{
  g_autoptr (GArray) rest = g_array_new (FALSE, FALSE, sizeof (gint64)),
                     gone = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < ids->len; i++)
    if (ID (ids, i) != order_id)
      g_array_append_val (rest, ID (ids, i));
  g_array_append_val (gone, order_id);
  return wb_book_unmerge_orders (self->book, ID (ids, 0), error) &&
         sort_ids (self->book, rest, error) &&
         wb_book_merge_orders (self->book, (const gint64 *) rest->data, rest->len, self->actor,
                               error) &&
         tell (self, gone, event, error) &&
         tell (self, rest, rest->len > 1 ? "merge-smaller" : "unmerged", error);
}

/*
 * Takes an order out of its common parcel, inside a transaction of the caller, and says so in all
 * the timelines. What was planned for the parcel is given up, with no label bought. An order that
 * goes by itself stays as it is, and so does one of whose parcel the label may have been bought:
 * it can only be voided. @event: what is said of the order that leaves.
 */
gboolean
wb_merge_leave (WbDesk *self, gint64 order_id, const char *event, GError **error)
{
  g_autoptr (GArray) ids = wb_book_list_merged (self->book, order_id, error);
  gboolean           late = FALSE;

  if (ids == NULL)
    return FALSE;
  if (ids->len == 0)
    return TRUE;
  return give_up_parcel (self, order_id, &late, error) &&
         (late || take_out (self, ids, order_id, event, error));
}

static gboolean
unmerge (WbDesk *self, gint64 order_id, GError **error)
{
  g_autoptr (GArray) ids = wb_book_list_merged (self->book, order_id, error);
  gboolean           late = FALSE;

  if (ids == NULL || (ids->len > 0 && !give_up_parcel (self, order_id, &late, error)))
    return FALSE;
  if (ids->len == 0)
    g_set_error (error, WB_ERROR, WB_ERROR_REFUSED, "This order goes by itself already");
  else if (late)
    g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT,
                 "The label of the common parcel may have been bought. Void it first: then each "
                 "order can be shipped by itself");
  else
    return take_out (self, ids, order_id, "unmerged", error);
  return FALSE;
}

/**
 * wb_desk_unmerge:
 * @order_id: one of those that were merged, the lead or another
 *
 * Takes it out of the common parcel: it ships by itself again, the others stay together. A parcel
 * that was planned for them is given up. %WB_ERROR_CONFLICT once its label may have been bought.
 */
gboolean
wb_desk_unmerge (WbDesk *self, gint64 order_id, GError **error)
{
  if (!wb_book_begin (self->book, error))
    return FALSE;
  if (unmerge (self, order_id, error))
    return wb_book_commit (self->book, error);
  wb_book_rollback (self->book);
  return FALSE;
}

/* ---- proposals ---- */

static void
add_group (GPtrArray *groups, GArray *ids, gboolean merged)
{
  WbMergeGroup *group = g_new0 (WbMergeGroup, 1);

  group->ids = g_array_ref (ids);
  group->merged = merged;
  g_ptr_array_add (groups, group);
}

static gboolean
is_listed (GPtrArray *groups, gint64 order_id)
{
  for (guint i = 0; i < groups->len; i++)
    {
      GArray *ids = ((WbMergeGroup *) groups->pdata[i])->ids;

      for (guint k = 0; k < ids->len; k++)
        if (ID (ids, k) == order_id)
          return TRUE;
    }
  return FALSE;
}

/* @order_id and all that can go with it and are in none of @groups (nullable). Returns: (transfer
 * full) (element-type gint64). */
static GArray *
gather (WbBook *book, gint64 order_id, GPtrArray *groups, GError **error)
{
  g_autoptr (GArray) mates = wb_book_list_mates (book, order_id, error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_val (ids, order_id);
  for (guint i = 0; mates != NULL && i < mates->len; i++)
    {
      g_autofree char   *obstacle = NULL;
      g_autoptr (GArray) taken = wb_book_list_merged (book, ID (mates, i), error);

      if (taken == NULL)
        return NULL;
      if (groups != NULL && (taken->len > 0 || is_listed (groups, ID (mates, i))))
        continue;
      g_array_append_val (ids, ID (mates, i));
      if (!wb_merge_check (book, (const gint64 *) ids->data, ids->len, &obstacle, error))
        return NULL;
      if (obstacle != NULL)
        g_array_set_size (ids, ids->len - 1);
    }
  return mates != NULL ? g_steal_pointer (&ids) : NULL;
}

/**
 * wb_merge_propose:
 * Returns: (transfer full) (element-type gint64): the orders that could go into one parcel with
 * @order_id, itself first; it alone when there is none. Quick: reads the book only.
 */
GArray *
wb_merge_propose (WbBook *book, gint64 order_id, GError **error)
{
  return gather (book, order_id, NULL, error);
}

static gboolean
propose (WbBook *book, gint64 id, GPtrArray *groups, GError **error)
{
  g_autoptr (GArray) with = wb_book_list_merged (book, id, error), ids = NULL;

  if (with == NULL)
    return FALSE;
  if (with->len > 0)
    add_group (groups, with, TRUE);
  else if ((ids = gather (book, id, groups, error)) == NULL)
    return FALSE;
  else if (ids->len > 1)
    add_group (groups, ids, FALSE);
  return TRUE;
}

/**
 * wb_desk_list_merges:
 * Returns: (transfer full) (element-type WbMergeGroup): which orders go into one parcel, and which
 * could: of one person, to one address, across channels too; each order in one group at most. Reads
 * the book only.
 */
GPtrArray *
wb_desk_list_merges (WbBook *book, GError **error)
{
  g_autoptr (GPtrArray) groups =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wb_merge_group_free);
  g_autoptr (GArray) every = wb_book_list_orders_by_person (book, error);

  for (guint i = 0; every != NULL && i < every->len; i++)
    if (!is_listed (groups, ID (every, i)) && !propose (book, ID (every, i), groups, error))
      return NULL;
  return every != NULL ? g_steal_pointer (&groups) : NULL;
}
