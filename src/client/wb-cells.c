/* SPDX-License-Identifier: GPL-3.0-or-later
 * The cells of a long column view, filled when they come into view: a view of GTK 4.8 binds two
 * hundred rows for the twenty that are seen. What is out of sight is filled when nothing else is to
 * be done, a little at a time. */
#include "wb-cells.h"

#define ROW_HEIGHT 34 /* px, until the view has been laid out; as in style.css */
#define MARGIN     2  /* rows beyond the edges that count as seen */
#define A_TURN_US  3000
#define A_STEP     8 /* rows filled anew in one frame: what is new is laid out and drawn in it */
#define USUAL_DPI  (96 * 1024)

struct _WbCells
{
  GtkAdjustment *adjustment;
  GtkColumnView *view; /* outlives this */
  WbCellFill     fill;
  gpointer       data;
  GHashTable    *bound; /* GtkListItem → its column */
  GHashTable    *later; /* those of them that are not filled yet */
  double         row_height;
  guint          first, last; /* rows in view, with their margin */
  guint          next;        /* row that is filled anew in the next step */
  guint          idle_id, tick_id;
  gint64         last_step; /* number of the frame before which the last step was made */
};

/** wb_cell_width: @width: of a column in px for text of the usual size. Returns: for the size that
 * the desktop is set to; -1 for 0: the column takes what is left. */
int
wb_cell_width (int width)
{
  int dpi = -1;

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  if (width <= 0)
    return -1;
  return dpi > USUAL_DPI ? (int) ((gint64) width * dpi / USUAL_DPI) : width;
}

/** wb_cell_usual_width: Returns: what becomes @width by wb_cell_width(). */
int
wb_cell_usual_width (int width)
{
  int dpi = -1;

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  return dpi > USUAL_DPI ? (int) (((gint64) width * USUAL_DPI + dpi / 2) / dpi) : width;
}

/** wb_cells_scroll_to: brings the row at @position into view and gives it the keyboard: the list
 * inside a column view of GTK 4.8 does so by its action only. */
void
wb_cells_scroll_to (GtkColumnView *view, guint position)
{
  gtk_widget_activate_action (gtk_widget_get_last_child (GTK_WIDGET (view)), "list.scroll-to-item",
                              "u", position);
}

static void
fill_cell (WbCells *self, GtkListItem *item)
{
  self->fill (item, GPOINTER_TO_UINT (g_hash_table_lookup (self->bound, item)), self->data);
}

/* Which rows the view shows now. Its own measures are those of its last frame. */
static void
look (WbCells *self)
{
  GtkSelectionModel *model = gtk_column_view_get_model (self->view);
  guint              n = model != NULL ? g_list_model_get_n_items (G_LIST_MODEL (model)) : 0;
  double             upper = gtk_adjustment_get_upper (self->adjustment);
  double             page = gtk_adjustment_get_page_size (self->adjustment);
  double             value = gtk_adjustment_get_value (self->adjustment);

  if (n > 0 && page > 0 && upper > page)
    self->row_height = CLAMP (upper / n, ROW_HEIGHT, 4 * ROW_HEIGHT);
  if (page <= 0)
    page = gtk_widget_get_height (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self->view))));
  self->first = (guint) MAX (0, value / self->row_height - MARGIN);
  self->last = (guint) ((value + page) / self->row_height) + MARGIN;
}

static gboolean
is_in_view (WbCells *self, GtkListItem *item)
{
  guint position = gtk_list_item_get_position (item);

  return position >= self->first && position <= self->last;
}

/* Of the cells that are to be filled later, those of the rows from @first to @last. */
static void
fill_rows (WbCells *self, guint first, guint last)
{
  GHashTableIter iter;
  gpointer       item;

  g_hash_table_iter_init (&iter, self->later);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    {
      guint position = gtk_list_item_get_position (item);

      if (position < first || position > last)
        continue;
      g_hash_table_iter_remove (&iter);
      fill_cell (self, item);
    }
}

static void
end_steps (WbCells *self)
{
  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->view), self->tick_id);
  self->tick_id = 0;
}

static void
fill_view (WbCells *self)
{
  end_steps (self);
  look (self);
  fill_rows (self, self->first, self->last);
}

static gboolean
idle_cb (gpointer data)
{
  WbCells       *self = data;
  gint64         until = g_get_monotonic_time () + A_TURN_US;
  GHashTableIter iter;
  gpointer       item;

  fill_view (self);
  g_hash_table_iter_init (&iter, self->later);
  while (g_get_monotonic_time () < until && g_hash_table_iter_next (&iter, &item, NULL))
    {
      g_hash_table_iter_remove (&iter);
      fill_cell (self, item);
    }
  if (g_hash_table_size (self->later) > 0)
    return G_SOURCE_CONTINUE;
  self->idle_id = 0;
  return G_SOURCE_REMOVE;
}

static void
fill_later (WbCells *self)
{
  if (self->idle_id == 0 && g_hash_table_size (self->later) > 0)
    self->idle_id = g_idle_add_full (G_PRIORITY_LOW, idle_cb, self, NULL);
}

static void
step (WbCells *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->view));

  self->last_step = clock != NULL ? gdk_frame_clock_get_frame_counter (clock) : 0;
  fill_rows (self, self->next, self->next + A_STEP - 1);
  self->next += A_STEP;
}

/* The frame that draws one step does not make the next. */
static gboolean
tick_cb (GtkWidget *view, GdkFrameClock *clock, gpointer data)
{
  WbCells *self = data;

  if (gdk_frame_clock_get_frame_counter (clock) <= self->last_step + 1)
    return G_SOURCE_CONTINUE;
  step (self);
  if (self->next <= self->last)
    return G_SOURCE_CONTINUE;
  self->tick_id = 0;
  fill_later (self);
  return G_SOURCE_REMOVE;
}

static void
moved_cb (GtkAdjustment *adjustment, WbCells *self)
{
  if (g_hash_table_size (self->later) > 0)
    fill_view (self);
}

/** wb_cells_new: @view: stands in a scrolled window and outlives what is returned. Returns:
 * (transfer full): its cells, none yet. */
WbCells *
wb_cells_new (GtkColumnView *view, WbCellFill fill, gpointer data)
{
  WbCells *self = g_new0 (WbCells, 1);

  self->view = view;
  self->adjustment = g_object_ref (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view)));
  self->fill = fill;
  self->data = data;
  self->row_height = ROW_HEIGHT;
  self->bound = g_hash_table_new (NULL, NULL);
  self->later = g_hash_table_new (NULL, NULL);
  g_signal_connect (self->adjustment, "value-changed", G_CALLBACK (moved_cb), self);
  g_signal_connect (self->adjustment, "changed", G_CALLBACK (moved_cb), self);
  return self;
}

/** wb_cells_free: fills nothing any more. */
void
wb_cells_free (WbCells *self)
{
  g_clear_handle_id (&self->idle_id, g_source_remove);
  end_steps (self);
  g_signal_handlers_disconnect_by_data (self->adjustment, self);
  g_clear_object (&self->adjustment);
  g_clear_pointer (&self->bound, g_hash_table_unref);
  g_clear_pointer (&self->later, g_hash_table_unref);
  g_free (self);
}

/** wb_cells_bind: @item shows another object from now on. It is filled at once when it is in view,
 * else before it comes into view or when there is time. */
void
wb_cells_bind (WbCells *self, GtkListItem *item, guint column)
{
  g_hash_table_insert (self->bound, item, GUINT_TO_POINTER (column));
  look (self);
  if (is_in_view (self, item))
    {
      fill_cell (self, item);
      return;
    }
  g_hash_table_add (self->later, item);
  fill_later (self);
}

/** wb_cells_unbind: @item shows nothing any more. */
void
wb_cells_unbind (WbCells *self, GtkListItem *item)
{
  g_hash_table_remove (self->bound, item);
  g_hash_table_remove (self->later, item);
}

/** wb_cells_refill: fills the cells that show @object anew, as it has changed. */
void
wb_cells_refill (WbCells *self, gpointer object)
{
  GHashTableIter iter;
  gpointer       item;

  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    if (gtk_list_item_get_item (item) == object && !g_hash_table_contains (self->later, item))
      fill_cell (self, item);
}

/** wb_cells_refill_all: fills every cell anew, those in view first, from the top, a few rows a
 * frame: a screenful of new texts is more than one frame can take. */
void
wb_cells_refill_all (WbCells *self)
{
  GHashTableIter iter;
  gpointer       item;

  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    g_hash_table_add (self->later, item);
  g_clear_handle_id (&self->idle_id, g_source_remove);
  look (self);
  self->next = self->first;
  step (self);
  if (self->tick_id == 0 && self->next <= self->last)
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self->view), tick_cb, self, NULL);
}
