/* SPDX-License-Identifier: GPL-3.0-or-later
 * Text on paper: styles, layouts that are laid out once and used again, and a list of what no font
 * could show. */
#include "wb-typeset.h"

#include "wb-glyphs.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>
#include <hb-ot.h>
#include <string.h>

/* The first of these that is installed; what it lacks is taken from other fonts, sign by sign. */
#define FAMILIES "Noto Sans,Cantarell,DejaVu Sans,Sans"

/* More than this many kept texts are not a page's own words any more. */
#define MAX_KEPT 512

static const struct
{
  double      size; /* points */
  PangoWeight weight;
  double      grey; /* 0 black, 1 white */
  gboolean    accented;
} styles[WB_N_STYLES] = {
  [WB_STYLE_TITLE] = { 20, PANGO_WEIGHT_SEMIBOLD, 0.1, TRUE },
  [WB_STYLE_SENDER] = { 14, PANGO_WEIGHT_BOLD, 0.1, TRUE },
  [WB_STYLE_ADDRESS] = { 11, PANGO_WEIGHT_NORMAL, 0.05 },
  [WB_STYLE_BODY] = { 9.5, PANGO_WEIGHT_NORMAL, 0.1 },
  [WB_STYLE_STRONG] = { 9.5, PANGO_WEIGHT_BOLD, 0.05 },
  [WB_STYLE_SMALL] = { 8, PANGO_WEIGHT_NORMAL, 0.38 },
  [WB_STYLE_HEADING] = { 8, PANGO_WEIGHT_SEMIBOLD, 0.3, TRUE },
  [WB_STYLE_FINE] = { 5.8, PANGO_WEIGHT_NORMAL, 0.2 },
  [WB_STYLE_MARK] = { 84, PANGO_WEIGHT_BOLD, 0.92 },
};

/* Dots for each point of a sign that is a picture: 288 an inch. */
#define PICTURE_SCALE 4

struct _WbTypeset
{
  PangoContext         *context;
  PangoFontDescription *fonts[WB_N_STYLES];
  GPtrArray            *pool; /* PangoLayout; the first @used ones belong to the page being set */
  guint                 used;
  GHashTable           *kept; /* words that come again on every page → PangoLayout */
  GPtrArray            *warnings;
  gboolean              mirrored;
  gboolean              has_accent;
  double                accent[3]; /* of titles and headings */
};

/** wb_typeset_new: Returns: (transfer full): a typesetter. One thread at a time. */
WbTypeset *
wb_typeset_new (void)
{
  WbTypeset            *self = g_new0 (WbTypeset, 1);
  cairo_font_options_t *options = cairo_font_options_create ();

  self->context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (self->context, options);
  cairo_font_options_destroy (options);
  pango_context_set_round_glyph_positions (self->context, FALSE);
  pango_context_set_base_dir (self->context, PANGO_DIRECTION_WEAK_LTR);
  for (guint i = 0; i < WB_N_STYLES; i++)
    {
      self->fonts[i] = pango_font_description_from_string (FAMILIES);
      pango_font_description_set_absolute_size (self->fonts[i], styles[i].size * PANGO_SCALE);
      pango_font_description_set_weight (self->fonts[i], styles[i].weight);
    }
  self->pool = g_ptr_array_new_with_free_func (g_object_unref);
  self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->warnings = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
wb_typeset_free (WbTypeset *self)
{
  for (guint i = 0; i < WB_N_STYLES; i++)
    pango_font_description_free (self->fonts[i]);
  g_ptr_array_unref (self->pool);
  g_hash_table_unref (self->kept);
  g_ptr_array_unref (self->warnings);
  g_object_unref (self->context);
  g_free (self);
}

/**
 * wb_typeset_begin:
 * @language: (nullable): what the page's Han characters are to look like (“ja”, “zh-tw”); %NULL:
 * the user's language
 * @mirrored: whether the page is read from the right
 *
 * Begins a page's texts: the layouts given out before are used again.
 */
void
wb_typeset_begin (WbTypeset *self, const char *language, gboolean mirrored)
{
  PangoLanguage *wanted =
      language != NULL ? pango_language_from_string (language) : pango_language_get_default ();

  if (pango_context_get_language (self->context) != wanted)
    pango_context_set_language (self->context, wanted);
  self->mirrored = mirrored;
  self->used = 0;
}

/** wb_typeset_set_accent: the colour of title, sender and headings, 0 to 1 each; %NULL: their grey.
 */
void
wb_typeset_set_accent (WbTypeset *self, const double rgb[3])
{
  self->has_accent = rgb != NULL;
  for (guint i = 0; rgb != NULL && i < G_N_ELEMENTS (self->accent); i++)
    self->accent[i] = rgb[i];
}

static void
set_colour (WbTypeset *self, cairo_t *cr, WbTypeStyle style)
{
  double grey = styles[style].grey;

  if (self->has_accent && styles[style].accented)
    cairo_set_source_rgb (cr, self->accent[0], self->accent[1], self->accent[2]);
  else
    cairo_set_source_rgb (cr, grey, grey, grey);
}

static void
apply (WbTypeset   *self,
       PangoLayout *layout,
       WbTypeStyle  style,
       double       width,
       guint        max_lines,
       const char  *text)
{
  pango_layout_set_font_description (layout, self->fonts[style]);
  pango_layout_set_width (layout, width > 0 ? (int) (width * PANGO_SCALE) : -1);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_ellipsize (layout, max_lines > 0 ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  /* A positive height is one for the whole text, not for each of its paragraphs. */
  pango_layout_set_height (
      layout, max_lines > 0 ? (int) (max_lines * styles[style].size * 1.5 * PANGO_SCALE) : -1);
}

static PangoLayout *
new_layout (WbTypeset *self)
{
  PangoLayout *layout = pango_layout_new (self->context);

  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  return layout;
}

/** wb_typeset_warn: adds @warning, a sentence for people, to the list unless it is there. */
void
wb_typeset_warn (WbTypeset *self, const char *warning)
{
  if (!g_ptr_array_find_with_equal_func (self->warnings, warning, g_str_equal, NULL))
    g_ptr_array_add (self->warnings, g_strdup (warning));
}

/* Says once which text has signs that no font on this machine can show, which signs they are, and
 * what to install. */
static void
check_glyphs (WbTypeset *self, PangoLayout *layout, const char *text)
{
  g_autofree char *line = NULL, *signs = NULL, *packages = NULL, *warning = NULL;

  if (pango_layout_get_unknown_glyphs_count (layout) == 0)
    return;
  line = wb_text_one_line (text);
  wb_glyphs_missing (layout, &signs, &packages);
  warning =
      packages != NULL
          /* Translators: a text of the paper, such as an article's name; the characters; a package
           */
          ? g_strdup_printf (_ ("No font on this computer can show every character of “%s”: %s. "
                                "They come out as boxes; install the fonts %s and print it again."),
                             line, signs, packages)
          /* Translators: a text of the paper, such as an article's name; the characters */
          : g_strdup_printf (_ ("No font on this computer can show every character of “%s”: %s. "
                                "They come out as boxes."),
                             line, signs);
  wb_typeset_warn (self, warning);
}

/**
 * wb_typeset_set:
 * @width: points to wrap at; 0: one line however long
 * @max_lines: at most so many lines, the rest becomes “…”; 0: as many as it takes
 *
 * Returns: (transfer none): @text laid out, good until the next wb_typeset_begin().
 */
PangoLayout *
wb_typeset_set (WbTypeset *self, WbTypeStyle style, double width, guint max_lines, const char *text)
{
  g_autofree char *valid = NULL;
  PangoLayout     *layout;

  if (self->used == self->pool->len)
    g_ptr_array_add (self->pool, new_layout (self));
  layout = self->pool->pdata[self->used++];
  if (!g_utf8_validate (text, -1, NULL))
    text = valid = g_utf8_make_valid (text, -1);
  apply (self, layout, style, width, max_lines, text);
  check_glyphs (self, layout, text);
  return layout;
}

/* Style, width to a hundredth of a point and number of lines as bytes, then the text: made for each
 * text of each page, so it is not printed. */
static char *
kept_key (WbTypeStyle style, double width, guint max_lines, const char *text)
{
  gsize  length = strlen (text) + 1;
  guint  hundredths = (guint) (width * 100 + 0.5);
  char  *key = g_malloc (length + 5);
  guint8 head[] = { (guint8) (style + 1), (guint8) (max_lines + 1),
                    (guint8) (hundredths & 0x7f) | 0x80, (guint8) (hundredths >> 7 & 0x7f) | 0x80,
                    (guint8) (hundredths >> 14 & 0x7f) | 0x80 };

  memcpy (key, head, sizeof head);
  memcpy (key + sizeof head, text, length);
  return key;
}

/**
 * wb_typeset_keep:
 * Like wb_typeset_set() for words that come again on every page, or every slip: they are laid out
 * once.
 *
 * Returns: (transfer none): good as long as the typesetter.
 */
PangoLayout *
wb_typeset_keep (
    WbTypeset *self, WbTypeStyle style, double width, guint max_lines, const char *text)
{
  g_autofree char *key = kept_key (style, width, max_lines, text);
  PangoLayout     *layout = g_hash_table_lookup (self->kept, key);

  if (layout != NULL)
    return layout;
  if (g_hash_table_size (self->kept) >= MAX_KEPT || !g_utf8_validate (text, -1, NULL))
    return wb_typeset_set (self, style, width, max_lines, text);
  layout = new_layout (self);
  apply (self, layout, style, width, max_lines, text);
  check_glyphs (self, layout, text);
  g_hash_table_insert (self->kept, g_steal_pointer (&key), layout);
  return layout;
}

/* Whether a run's signs are pictures (emoji) and no outlines. */
static gboolean
is_picture (PangoLayoutRun *run)
{
  hb_face_t *face = hb_font_get_face (pango_font_get_hb_font (run->item->analysis.font));

  return hb_ot_color_has_png (face) || hb_ot_color_has_layers (face) || hb_ot_color_has_svg (face);
}

/* Whether any run of @layout is; most texts cannot and are not asked. */
static gboolean
has_pictures (PangoLayout *layout)
{
  g_autoptr (PangoLayoutIter) iter = NULL;

  for (const char *p = pango_layout_get_text (layout); (guint8) *p < 0xe2; p++)
    if (*p == '\0')
      return FALSE;
  iter = pango_layout_get_iter (layout);
  do
    {
      PangoLayoutRun *run = pango_layout_iter_get_run_readonly (iter);

      if (run != NULL && is_picture (run))
        return TRUE;
    }
  while (pango_layout_iter_next_run (iter));
  return FALSE;
}

/* Paints a run as an image: cairo would do so at 72 dots an inch, which is a blur on paper. */
static void
show_picture (cairo_t *cr, PangoLayoutRun *run, double x, double baseline)
{
  PangoRectangle   ink;
  cairo_surface_t *surface;
  cairo_t         *picture;
  int              left, top;

  pango_glyph_string_extents (run->glyphs, run->item->analysis.font, &ink, NULL);
  pango_extents_to_pixels (&ink, NULL);
  left = ink.x - 1;
  top = ink.y - 1;
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (ink.width + 2) * PICTURE_SCALE,
                                        (ink.height + 2) * PICTURE_SCALE);
  picture = cairo_create (surface);
  cairo_scale (picture, PICTURE_SCALE, PICTURE_SCALE);
  cairo_move_to (picture, -left, -top);
  pango_cairo_show_glyph_string (picture, run->item->analysis.font, run->glyphs);
  cairo_destroy (picture);
  cairo_save (cr);
  cairo_translate (cr, x + left, baseline + top);
  cairo_scale (cr, 1.0 / PICTURE_SCALE, 1.0 / PICTURE_SCALE);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_surface_destroy (surface);
}

/* Draws @layout run by run. */
static void
show_runs (cairo_t *cr, PangoLayout *layout, double x, double y)
{
  g_autoptr (PangoLayoutIter) iter = pango_layout_get_iter (layout);

  do
    {
      PangoLayoutRun *run = pango_layout_iter_get_run_readonly (iter);
      PangoRectangle  box;
      double          left, baseline;

      if (run == NULL)
        continue;
      pango_layout_iter_get_run_extents (iter, NULL, &box);
      left = x + pango_units_to_double (box.x);
      baseline = y + pango_units_to_double (pango_layout_iter_get_baseline (iter));
      if (is_picture (run))
        show_picture (cr, run, left, baseline);
      else
        {
          cairo_move_to (cr, left, baseline);
          pango_cairo_show_glyph_item (cr, pango_layout_get_text (layout), run);
        }
    }
  while (pango_layout_iter_next_run (iter));
}

/**
 * wb_typeset_draw:
 * @x: left edge of a box as it is on a page read from the left; a mirrored page mirrors what is
 * inside only
 *
 * Draws @layout with its top at @y. As a block it stands at @side of the box; inside it each
 * paragraph keeps its own direction.
 */
void
wb_typeset_draw (WbTypeset   *self,
                 cairo_t     *cr,
                 WbTypeStyle  style,
                 PangoLayout *layout,
                 double       x,
                 double       y,
                 double       width,
                 WbSide       side)
{
  PangoRectangle box;
  double         left, wide;

  if (self->mirrored && side != WB_SIDE_CENTER)
    side = side == WB_SIDE_START ? WB_SIDE_END : WB_SIDE_START;
  pango_layout_get_extents (layout, NULL, &box);
  left = pango_units_to_double (box.x);
  wide = pango_units_to_double (box.width);
  if (side == WB_SIDE_END)
    left -= width - wide;
  else if (side == WB_SIDE_CENTER)
    left -= (width - wide) / 2;
  set_colour (self, cr, style);
  if (has_pictures (layout))
    show_runs (cr, layout, x - left, y);
  else
    {
      cairo_move_to (cr, x - left, y);
      pango_cairo_show_layout (cr, layout);
    }
}

/** wb_typeset_dup_warnings: Returns: (transfer full): what could not be shown so far; empty when
 * all could. */
char **
wb_typeset_dup_warnings (WbTypeset *self)
{
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();

  for (guint i = 0; i < self->warnings->len; i++)
    g_strv_builder_add (list, self->warnings->pdata[i]);
  return g_strv_builder_end (list);
}

/** wb_text_is_right_to_left: whether the first letter of @text is of a script that is read from the
 * right. */
gboolean
wb_text_is_right_to_left (const char *text)
{
  while (*text != '\0' && !g_unichar_isalpha (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  switch (g_unichar_get_script (g_utf8_get_char (text)))
    {
    case G_UNICODE_SCRIPT_ARABIC:
    case G_UNICODE_SCRIPT_HEBREW:
    case G_UNICODE_SCRIPT_NKO:
    case G_UNICODE_SCRIPT_SYRIAC:
    case G_UNICODE_SCRIPT_THAANA:
      return TRUE;
    default:
      return FALSE;
    }
}

/** wb_layout_width: Returns: points from the leftmost to the rightmost sign's edge. */
double
wb_layout_width (PangoLayout *layout)
{
  PangoRectangle box;

  pango_layout_get_extents (layout, NULL, &box);
  return pango_units_to_double (box.width);
}

/** wb_layout_height: Returns: points from top to bottom, all lines. */
double
wb_layout_height (PangoLayout *layout)
{
  PangoRectangle box;

  pango_layout_get_extents (layout, NULL, &box);
  return pango_units_to_double (box.height);
}
