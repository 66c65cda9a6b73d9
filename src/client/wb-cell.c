/* SPDX-License-Identifier: GPL-3.0-or-later
 * One line of text in a long list. A list view makes rows for two hundred of what it shows: what a
 * GtkInscription keeps for each cell, fonts and a layout of its own, is shared by all of a view. */
#include "wb-cell.h"

#include <adwaita.h>

#define NARROW   24   /* px: a column without a width of its own takes what is left, or is pulled */
#define DIM      0.55 /* as libadwaita dims a label; as a colour, for a group a cell costs dearly */
#define HARD_DIM 0.9  /* where contrasts are to be high */

struct _WbCell
{
  GtkWidget   parent_instance;
  char       *text;
  const char *style; /* (nullable) (static) */
  gboolean    at_end;
  gboolean    figures; /* all as wide */
};

/* What all cells of a view draw with. */
typedef struct
{
  PangoLayout   *layout;
  PangoAttrList *figures;
  guint          serial; /* of the context when the height was taken */
  int            height;
} Pen;

G_DEFINE_FINAL_TYPE (WbCell, wb_cell, GTK_TYPE_WIDGET)

static void
pen_free (gpointer data)
{
  Pen *pen = data;

  g_clear_object (&pen->layout);
  g_clear_pointer (&pen->figures, pango_attr_list_unref);
  g_free (pen);
}

static Pen *
pen_new (GtkWidget *view)
{
  Pen *pen = g_new0 (Pen, 1);

  pen->layout = pango_layout_new (gtk_widget_get_pango_context (view));
  pango_layout_set_ellipsize (pen->layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (pen->layout, TRUE);
  pen->figures = pango_attr_list_new ();
  pango_attr_list_insert (pen->figures, pango_attr_font_features_new ("tnum=1"));
  return pen;
}

/* The view's, or the cell's own as long as it stands in none. */
static Pen *
get_pen (WbCell *self)
{
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_COLUMN_VIEW);
  GObject   *holder = G_OBJECT (view != NULL ? view : GTK_WIDGET (self));
  Pen       *pen = g_object_get_data (holder, "wb-pen");

  if (pen == NULL)
    {
      pen = pen_new (GTK_WIDGET (holder));
      g_object_set_data_full (holder, "wb-pen", pen, pen_free);
    }
  return pen;
}

static int
get_height (Pen *pen)
{
  PangoContext *context = pango_layout_get_context (pen->layout);

  if (pen->height == 0 || pen->serial != pango_context_get_serial (context))
    {
      PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);

      pen->serial = pango_context_get_serial (context);
      pen->height = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics));
      pango_font_metrics_unref (metrics);
    }
  return pen->height;
}

static void
measure (GtkWidget     *widget,
         GtkOrientation orientation,
         int            for_size,
         int           *minimum,
         int           *natural,
         int           *minimum_baseline,
         int           *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = get_height (get_pen (WB_CELL (widget)));
  else
    {
      *minimum = 0;
      *natural = NARROW;
    }
}

static void
get_color (WbCell *self, GdkRGBA *color)
{
  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), color);
  if (g_strcmp0 (self->style, "dim-label") == 0)
    color->alpha *=
        adw_style_manager_get_high_contrast (adw_style_manager_get_default ()) ? HARD_DIM : DIM;
}

/* Where one begins to read, or at the other end; a line that is written the other way round is
 * drawn where it ends. */
static void
snapshot (GtkWidget *widget, GtkSnapshot *shot)
{
  WbCell        *self = WB_CELL (widget);
  Pen           *pen = get_pen (self);
  gboolean       right = self->at_end != (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL);
  int            width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  PangoRectangle line;
  GdkRGBA        color;

  if (self->text == NULL || *self->text == '\0' || width <= 0)
    return;
  get_color (self, &color);
  pango_layout_set_attributes (pen->layout, self->figures ? pen->figures : NULL);
  pango_layout_set_width (pen->layout, width * PANGO_SCALE);
  pango_layout_set_text (pen->layout, self->text, -1);
  pango_layout_get_pixel_extents (pen->layout, NULL, &line);
  gtk_snapshot_save (shot);
  gtk_snapshot_translate (shot,
                          &GRAPHENE_POINT_INIT ((float) ((right ? width - line.width : 0) - line.x),
                                                (float) ((height - line.height) / 2)));
  gtk_snapshot_append_layout (shot, pen->layout, &color);
  gtk_snapshot_restore (shot);
}

static void
wb_cell_finalize (GObject *object)
{
  g_free (WB_CELL (object)->text);
  G_OBJECT_CLASS (wb_cell_parent_class)->finalize (object);
}

static void
wb_cell_class_init (WbCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wb_cell_finalize;
  widget_class->measure = measure;
  widget_class->snapshot = snapshot;
  gtk_widget_class_set_css_name (widget_class, "label");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
wb_cell_init (WbCell *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

/** wb_cell_new: @align: 0: from where one begins to read, 1: from the other end; @figures: all as
 * wide. Returns: (transfer floating): a cell of one line; what does not fit ends in an ellipsis. */
GtkWidget *
wb_cell_new (float align, gboolean figures)
{
  WbCell *self = g_object_new (WB_TYPE_CELL, NULL);

  self->at_end = align > 0.5f;
  self->figures = figures;
  return GTK_WIDGET (self);
}

/* What dims is drawn so, everything else is a class of the style. */
static const char *
css_class_of (const char *style)
{
  return g_strcmp0 (style, "dim-label") == 0 ? NULL : style;
}

/** wb_cell_show: puts @text into @cell, from wb_cell_new(), in @style (nullable) (static). */
void
wb_cell_show (GtkWidget *cell, const char *text, const char *style)
{
  WbCell     *self = WB_CELL (cell);
  const char *before = css_class_of (self->style), *now = css_class_of (style);

  if (style == self->style && g_strcmp0 (text, self->text) == 0)
    return;
  if (g_strcmp0 (text, self->text) != 0)
    {
      g_free (self->text);
      self->text = g_strdup (text);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                      -1);
    }
  self->style = style;
  if (before != now && before != NULL)
    gtk_widget_remove_css_class (cell, before);
  if (before != now && now != NULL)
    gtk_widget_add_css_class (cell, now);
  gtk_widget_queue_draw (cell);
}

/** wb_cell_get_text: Returns: (transfer none) (nullable): what it shows. */
const char *
wb_cell_get_text (WbCell *self)
{
  return self->text;
}
