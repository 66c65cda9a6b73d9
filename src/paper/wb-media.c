/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sizes of paper and labels by their PWG 5101.1 names. */
#include "wb-media.h"

#include <cups/cups.h>
#include <cups/pwg.h>
#include <math.h>

/* libcups counts in hundredths of a millimetre. */
#define UNITS_PER_MM 100.0

/**
 * wb_media_size:
 * @media: a PWG name, of the list or self-describing (“oe_label_4x6in”)
 *
 * Returns: whether the size is known; the outputs are untouched otherwise.
 */
gboolean
wb_media_size (const char *media, double *width_mm, double *height_mm)
{
  const pwg_media_t *found = media != NULL ? pwgMediaForPWG (media) : NULL;

  if (found == NULL || found->width <= 0 || found->length <= 0)
    return FALSE;
  *width_mm = found->width / UNITS_PER_MM;
  *height_mm = found->length / UNITS_PER_MM;
  return TRUE;
}

/** wb_media_name: Returns: (transfer full): the PWG name of a sheet of this size, a self-describing
 * one if none is listed. */
char *
wb_media_name (double width_mm, double height_mm)
{
  const pwg_media_t *found = pwgMediaForSize ((int) lround (width_mm * UNITS_PER_MM),
                                              (int) lround (height_mm * UNITS_PER_MM));

  return g_strdup (found != NULL ? found->pwg : "");
}

/** wb_media_fits: whether two sizes are the same sheet, the same way up. */
gboolean
wb_media_fits (double width_mm, double height_mm, double other_width_mm, double other_height_mm)
{
  return fabs (width_mm - other_width_mm) <= WB_MEDIA_TOLERANCE_MM &&
         fabs (height_mm - other_height_mm) <= WB_MEDIA_TOLERANCE_MM;
}

/* The size of “custom_min_25x25mm” and its like in @supported. */
static gboolean
find_custom (const char *const *supported, const char *prefix, double *width_mm, double *height_mm)
{
  for (guint i = 0; supported[i] != NULL; i++)
    if (g_str_has_prefix (supported[i], prefix))
      return wb_media_size (supported[i], width_mm, height_mm);
  return FALSE;
}

/**
 * wb_media_is_supported:
 * @supported: what a queue says of itself, with custom_min_… and custom_max_… for a range
 *
 * By name, by exactly the same size under another name, or within the range.
 */
gboolean
wb_media_is_supported (const char *media, const char *const *supported)
{
  double width, height, min_width, min_height, max_width, max_height, other_width, other_height;

  if (g_strv_contains (supported, media))
    return TRUE;
  if (!wb_media_size (media, &width, &height))
    return FALSE;
  for (guint i = 0; supported[i] != NULL; i++)
    if (!g_str_has_prefix (supported[i], "custom_") &&
        wb_media_size (supported[i], &other_width, &other_height) &&
        fabs (width - other_width) < 0.02 && fabs (height - other_height) < 0.02)
      return TRUE;
  return find_custom (supported, "custom_min_", &min_width, &min_height) &&
         find_custom (supported, "custom_max_", &max_width, &max_height) && width >= min_width &&
         width <= max_width && height >= min_height && height <= max_height;
}
