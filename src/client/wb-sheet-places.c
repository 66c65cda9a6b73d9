/* SPDX-License-Identifier: GPL-3.0-or-later
 * A sheet of labels in small, on which the first free place is chosen: by a click, or by the arrow
 * keys, Home and End. What lies before it is taken as used. */
#include "wb-sheet-places.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define NATURAL 220
#define LEAST   120
#define USED    0.25f /* how much of the text's colour a used place has */
#define LINE    1.0f

struct _WbSheetPlaces
{
  GtkWidget            parent_instance;
  const WbSheetLayout *layout; /* static */
  guint                labels; /* to be put on it */
  guint                start;  /* from 1 */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbSheetPlaces, wb_sheet_places, GTK_TYPE_WIDGET)

static guint
count_places (WbSheetPlaces *self)
{
  return self->layout != NULL ? self->layout->columns * self->layout->rows : 0;
}

/* What a screen reader says of it. */
static void
tell (WbSheetPlaces *self)
{
  /* Translators: the first free place on a sheet of labels; how many places there are */
  g_autofree char *text = g_strdup_printf (_ ("Place %u of %u"), self->start, count_places (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 1.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, (double) count_places (self),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, (double) self->start,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}

static void
choose (WbSheetPlaces *self, guint start)
{
  if (start < 1 || start > count_places (self) || start == self->start)
    return;
  self->start = start;
  tell (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The sheet in the middle of the widget, as large as it can be. */
static graphene_rect_t
sheet_area (WbSheetPlaces *self, double *scale)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)) - 2 * LINE,
         height = gtk_widget_get_height (GTK_WIDGET (self)) - 2 * LINE;

  *scale = MIN (width / self->layout->width, height / self->layout->height);
  return GRAPHENE_RECT_INIT ((float) (LINE + (width - self->layout->width * *scale) / 2),
                             (float) (LINE + (height - self->layout->height * *scale) / 2),
                             (float) (self->layout->width * *scale),
                             (float) (self->layout->height * *scale));
}

/* A sheet of paper is not mirrored where people read from the right. */
static graphene_rect_t
place_area (WbSheetPlaces *self, guint place)
{
  const WbSheetLayout *layout = self->layout;
  double               scale;
  graphene_rect_t      sheet = sheet_area (self, &scale);

  return GRAPHENE_RECT_INIT (
      sheet.origin.x +
          (float) ((layout->left + layout->pitch_x * (place % layout->columns)) * scale) + LINE,
      sheet.origin.y +
          (float) ((layout->top + layout->pitch_y * (place / layout->columns)) * scale) + LINE,
      (float) (layout->label_width * scale) - 2 * LINE,
      (float) (layout->label_height * scale) - 2 * LINE);
}

static void
outline (GtkSnapshot *snapshot, const graphene_rect_t *area, float width, const GdkRGBA *colour)
{
  GskRoundedRect round;

  gsk_rounded_rect_init_from_rect (&round, area, 2);
  gtk_snapshot_append_border (snapshot, &round, (float[4]){ width, width, width, width },
                              (GdkRGBA[4]){ *colour, *colour, *colour, *colour });
}

static void
draw_number (WbSheetPlaces         *self,
             GtkSnapshot           *snapshot,
             const graphene_rect_t *area,
             guint                  number,
             const GdkRGBA         *colour)
{
  g_autofree char        *text = g_strdup_printf ("%u", number);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  int                     width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  if (width > area->size.width || height > area->size.height)
    return;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT (area->origin.x + (area->size.width - (float) width) / 2,
                                      area->origin.y + (area->size.height - (float) height) / 2));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

/* Used: grey; to be filled: in the accent's colour, numbered; free: an outline. */
static void
draw_place (WbSheetPlaces *self, GtkSnapshot *snapshot, guint place, const GdkRGBA *accent)
{
  graphene_rect_t area = place_area (self, place);
  guint           number = place + 2 - self->start; /* of the label there, from 1 */
  GdkRGBA         line, faint, white = { 1, 1, 1, 1 };

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &line);
  faint = line;
  faint.alpha *= USED;
  if (place + 1 < self->start)
    gtk_snapshot_append_color (snapshot, &faint, &area);
  else if (number <= self->labels)
    {
      gtk_snapshot_append_color (snapshot, accent, &area);
      draw_number (self, snapshot, &area, number, &white);
    }
  else
    outline (snapshot, &area, LINE, &faint);
  if (place + 1 == self->start && gtk_widget_has_focus (GTK_WIDGET (self)))
    outline (snapshot, &area, 2 * LINE, &line);
}

static void
snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WbSheetPlaces  *self = WB_SHEET_PLACES (widget);
  GdkRGBA         accent = { 0.21f, 0.52f, 0.89f, 1 }, line;
  graphene_rect_t sheet;
  double          scale;

  if (self->layout == NULL)
    return;
  gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), "accent_bg_color",
                                  &accent);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &line);
  line.alpha *= 0.5f;
  sheet = sheet_area (self, &scale);
  outline (snapshot, &sheet, LINE, &line);
  for (guint i = 0; i < count_places (self); i++)
    draw_place (self, snapshot, i, &accent);
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
  *minimum = LEAST;
  *natural = NATURAL;
}

static void
pressed_cb (GtkGestureClick *gesture, int n, double x, double y, WbSheetPlaces *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  for (guint i = 0; i < count_places (self); i++)
    {
      graphene_rect_t area = place_area (self, i);

      if (graphene_rect_contains_point (&area, &GRAPHENE_POINT_INIT ((float) x, (float) y)))
        choose (self, i + 1);
    }
}

static gboolean
key_cb (GtkEventControllerKey *keys,
        guint                  key,
        guint                  code,
        GdkModifierType        modifiers,
        WbSheetPlaces         *self)
{
  guint columns = self->layout != NULL ? self->layout->columns : 0;

  switch (key)
    {
    case GDK_KEY_Left:
      choose (self, self->start - 1);
      return TRUE;
    case GDK_KEY_Right:
      choose (self, self->start + 1);
      return TRUE;
    case GDK_KEY_Up:
      choose (self, self->start > columns ? self->start - columns : 0);
      return TRUE;
    case GDK_KEY_Down:
      choose (self, self->start + columns);
      return TRUE;
    case GDK_KEY_Home:
      choose (self, 1);
      return TRUE;
    case GDK_KEY_End:
      choose (self, count_places (self));
      return TRUE;
    default:
      return FALSE;
    }
}

static void
state_flags_changed (GtkWidget *widget, GtkStateFlags before)
{
  GTK_WIDGET_CLASS (wb_sheet_places_parent_class)->state_flags_changed (widget, before);
  gtk_widget_queue_draw (widget);
}

static void
wb_sheet_places_class_init (WbSheetPlacesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = snapshot;
  widget_class->measure = measure;
  widget_class->state_flags_changed = state_flags_changed;
  /* Another first place is chosen. */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "sheet-places");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SPIN_BUTTON);
}

static void
wb_sheet_places_init (WbSheetPlaces *self)
{
  GtkGesture         *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->start = 1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/** wb_sheet_places_set_layout: shows the sheet @layout, onto which @labels labels are put. */
void
wb_sheet_places_set_layout (WbSheetPlaces *self, const WbSheetLayout *layout, guint labels)
{
  self->layout = layout;
  self->labels = labels;
  self->start = MIN (self->start, count_places (self));
  tell (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

/** wb_sheet_places_get_start: Returns: the first free place, from 1. */
guint
wb_sheet_places_get_start (WbSheetPlaces *self)
{
  return self->start;
}
