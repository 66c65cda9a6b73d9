/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which characters no font can show, and which fonts would: by script, as Debian names their
 * packages. */
#include "wb-glyphs.h"

#include <string.h>

#define MOST_SIGNS 12

/* Scripts that fonts-noto-core has not; all others of living use it has. */
static const GUnicodeScript cjk[] = { G_UNICODE_SCRIPT_HAN, G_UNICODE_SCRIPT_HIRAGANA,
                                      G_UNICODE_SCRIPT_KATAKANA, G_UNICODE_SCRIPT_HANGUL,
                                      G_UNICODE_SCRIPT_BOPOMOFO };

/* Pictures: the blocks where emoji live. */
static gboolean
is_emoji (gunichar sign)
{
  return (sign >= 0x1f000 && sign <= 0x1faff) || (sign >= 0x2600 && sign <= 0x27bf);
}

/** wb_glyphs_package: Returns: (transfer none) (nullable): the package whose fonts show @sign;
 * %NULL where none does (private use, not assigned). */
const char *
wb_glyphs_package (gunichar sign)
{
  GUnicodeType   type = g_unichar_type (sign);
  GUnicodeScript script = g_unichar_get_script (sign);

  if (type == G_UNICODE_PRIVATE_USE || type == G_UNICODE_UNASSIGNED || type == G_UNICODE_SURROGATE)
    return NULL;
  if (is_emoji (sign))
    return "fonts-noto-color-emoji";
  for (guint i = 0; i < G_N_ELEMENTS (cjk); i++)
    if (cjk[i] == script)
      return "fonts-noto-cjk";
  if (script == G_UNICODE_SCRIPT_COMMON && sign >= 0x3000 && sign <= 0x33ff)
    return "fonts-noto-cjk";
  return "fonts-noto-core";
}

static void
add_sign (GString *signs, guint *n, gunichar sign)
{
  if ((*n)++ >= MOST_SIGNS)
    return;
  if (signs->len > 0)
    g_string_append (signs, ", ");
  g_string_append_printf (signs, "U+%04X", sign);
  if (g_unichar_isgraph (sign) && g_unichar_type (sign) != G_UNICODE_PRIVATE_USE)
    {
      g_string_append (signs, " ");
      g_string_append_unichar (signs, sign);
    }
}

/* Each character of a run that has no glyph, once. */
static void
walk_run (PangoLayoutRun *run, const char *text, GHashTable *seen, GPtrArray *order)
{
  for (int i = 0; i < run->glyphs->num_glyphs; i++)
    if (run->glyphs->glyphs[i].glyph & PANGO_GLYPH_UNKNOWN_FLAG)
      {
        gunichar sign = g_utf8_get_char (text + run->item->offset + run->glyphs->log_clusters[i]);

        if (g_hash_table_add (seen, GUINT_TO_POINTER (sign)))
          g_ptr_array_add (order, GUINT_TO_POINTER (sign));
      }
}

/**
 * wb_glyphs_missing:
 * @signs: (out): “U+0B95 க, U+F0123”, at most a dozen
 * @packages: (out) (nullable): “fonts-noto-core”, several joined by commas; %NULL when no font has
 * any of them
 */
void
wb_glyphs_missing (PangoLayout *layout, char **signs, char **packages)
{
  g_autoptr (PangoLayoutIter) iter = pango_layout_get_iter (layout);
  g_autoptr (GHashTable)      seen = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray)       order = g_ptr_array_new ();
  g_autoptr (GString)         text = g_string_new (NULL), names = g_string_new (NULL);
  guint                       n = 0;

  do
    {
      PangoLayoutRun *run = pango_layout_iter_get_run_readonly (iter);

      if (run != NULL)
        walk_run (run, pango_layout_get_text (layout), seen, order);
    }
  while (pango_layout_iter_next_run (iter));
  for (guint i = 0; i < order->len; i++)
    {
      gunichar    sign = GPOINTER_TO_UINT (order->pdata[i]);
      const char *package = wb_glyphs_package (sign);

      add_sign (text, &n, sign);
      if (package != NULL && strstr (names->str, package) == NULL)
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", package);
    }
  if (n > MOST_SIGNS)
    g_string_append (text, ", …");
  *signs = g_strdup (text->str);
  *packages = names->len > 0 ? g_strdup (names->str) : NULL;
}
