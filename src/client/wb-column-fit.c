/* SPDX-License-Identifier: GPL-3.0-or-later
 * Hides a list's lesser columns where there is no room for all of them, and shows them again where
 * there is. */
#include "wb-column-fit.h"

#include "wb-cells.h"

#define LEAST_WIDTH 130 /* px of a column that takes what is left */

typedef struct
{
  GtkColumnViewColumn *column;
  guint                rank;
  int                  width;  /* px when it is to be seen; -1: what is left */
  gboolean             expand; /* of itself */
  gboolean             unwanted;
} Fitted;

struct _WbColumnFit
{
  GtkAdjustment *room;
  Fitted        *all;
  guint          n, idle_id;
  int            shown; /* px of the room that the columns are fitted to */
  gboolean       fitting;
};

static int
width_of (const Fitted *one)
{
  return one->width >= 0 ? one->width : wb_cell_width (LEAST_WIDTH);
}

/* GTK 4.8 keeps room for a hidden column of fixed width: then it must have none. */
static void
show (Fitted *one, gboolean visible, gboolean expand)
{
  gtk_column_view_column_set_expand (one->column, expand);
  if (gtk_column_view_column_get_visible (one->column) == visible)
    return;
  gtk_column_view_column_set_fixed_width (one->column, visible ? one->width : -1);
  gtk_column_view_column_set_visible (one->column, visible);
}

static gboolean
has_place (const Fitted *one, guint rank)
{
  return !one->unwanted && one->rank <= rank;
}

/* Returns: the highest rank whose columns have room, with all of lesser ranks. */
static guint
find_rank (WbColumnFit *self, int room)
{
  guint most = 0, best = 0;

  for (guint i = 0; i < self->n; i++)
    most = MAX (most, self->all[i].rank);
  for (guint rank = 0; rank <= most; rank++)
    {
      int sum = 0;

      for (guint i = 0; i < self->n; i++)
        if (has_place (&self->all[i], rank))
          sum += width_of (&self->all[i]);
      if (sum <= room)
        best = rank;
    }
  return best;
}

/* The last one to be seen takes what is left, when no other does. */
static void
fit (WbColumnFit *self)
{
  int      room = (int) gtk_adjustment_get_page_size (self->room);
  guint    rank = find_rank (self, room), last = 0;
  gboolean taken = FALSE;

  if (room <= 0)
    return;
  self->shown = room;
  self->fitting = TRUE;
  for (guint i = 0; i < self->n; i++)
    if (has_place (&self->all[i], rank))
      {
        last = i;
        taken |= self->all[i].expand;
      }
  for (guint i = 0; i < self->n; i++)
    show (&self->all[i], has_place (&self->all[i], rank),
          self->all[i].expand || (i == last && !taken));
  self->fitting = FALSE;
}

static gboolean
idle_cb (gpointer data)
{
  WbColumnFit *self = data;

  self->idle_id = 0;
  fit (self);
  return G_SOURCE_REMOVE;
}

/* Not while sizes are being given out. */
static void
room_cb (GtkAdjustment *room, WbColumnFit *self)
{
  if (self->idle_id == 0 && (int) gtk_adjustment_get_page_size (room) != self->shown)
    self->idle_id = g_idle_add_full (GTK_PRIORITY_RESIZE - 1, idle_cb, self, NULL);
}

/* A person has drawn it wider or narrower, and wants to see it: it is the others that go. */
static void
width_cb (GtkColumnViewColumn *column, GParamSpec *pspec, WbColumnFit *self)
{
  for (guint i = 0; i < self->n && !self->fitting; i++)
    if (self->all[i].column == column)
      {
        self->all[i].width = gtk_column_view_column_get_fixed_width (column);
        self->all[i].rank = 0;
      }
}

/** wb_column_fit_new: @view: has all its columns, in a scrolled window; @ranks: one for each of its
 * @n columns: those of the highest go first, those of 0 never. Returns: (transfer full): fits them
 * to the room there is, until it is freed. */
WbColumnFit *
wb_column_fit_new (GtkColumnView *view, const guint *ranks, guint n)
{
  WbColumnFit *self = g_new0 (WbColumnFit, 1);
  GListModel  *columns = gtk_column_view_get_columns (view);

  g_return_val_if_fail (g_list_model_get_n_items (columns) == n, NULL);

  self->room = g_object_ref (gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (view)));
  self->all = g_new0 (Fitted, n);
  self->n = n;
  for (guint i = 0; i < n; i++)
    {
      GtkColumnViewColumn *column = g_list_model_get_item (columns, i);

      self->all[i] = (Fitted){ column, ranks[i], gtk_column_view_column_get_fixed_width (column),
                               gtk_column_view_column_get_expand (column) };
      g_signal_connect (column, "notify::fixed-width", G_CALLBACK (width_cb), self);
    }
  g_signal_connect (self->room, "changed", G_CALLBACK (room_cb), self);
  return self;
}

/** wb_column_fit_free: fits nothing any more. */
void
wb_column_fit_free (WbColumnFit *self)
{
  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->room, self);
  g_clear_object (&self->room);
  for (guint i = 0; i < self->n; i++)
    {
      g_signal_handlers_disconnect_by_data (self->all[i].column, self);
      g_object_unref (self->all[i].column);
    }
  g_free (self->all);
  g_free (self);
}

/** wb_column_fit_want: whether the column @number is to be seen where there is room for it; at
 * first each is. */
void
wb_column_fit_want (WbColumnFit *self, guint number, gboolean wanted)
{
  Fitted *one = &self->all[number];

  g_return_if_fail (number < self->n);

  one->unwanted = !wanted;
  if (self->shown > 0)
    fit (self);
  else
    {
      self->fitting = TRUE;
      show (one, wanted, one->expand);
      self->fitting = FALSE;
    }
}
