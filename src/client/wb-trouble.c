/* SPDX-License-Identifier: GPL-3.0-or-later
 * An error where it is shown, in words for people. */
#include "wb-trouble.h"

#include "wb-desk.h"
#include "wb-text.h"

/* Returns: (transfer full): what happened, and below it what to do. */
static char *
describe (const GError *error)
{
  g_autofree char *words = wb_error_words (error);
  g_autofree char *advice = wb_error_advice (error);

  return g_strdup_printf ("%s%s%s", words, wb_text_is_empty (advice) ? "" : "\n",
                          wb_text_is_empty (advice) ? "" : advice);
}

/** wb_trouble_in_page: says in @page, which stands in place of a list or a detail, why that cannot
 * be shown and what to do. */
void
wb_trouble_in_page (AdwStatusPage *page, const GError *error)
{
  g_autofree char *text = describe (error);
  g_autofree char *safe = g_markup_escape_text (text, -1); /* a description is read as markup */

  adw_status_page_set_description (page, safe);
}

/** wb_trouble_in_label: says in @label what happened and what to do; @error: (nullable): there is
 * no trouble, and the label goes. */
void
wb_trouble_in_label (GtkLabel *label, const GError *error)
{
  g_autofree char *text = error != NULL ? describe (error) : NULL;

  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}
