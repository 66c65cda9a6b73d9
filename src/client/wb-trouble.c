/* SPDX-License-Identifier: GPL-3.0-or-later
 * An error where it is shown, in words for people. */
#include "wb-trouble.h"

#include "wb-desk.h"
#include "wb-refusals.h"
#include "wb-text.h"

#define TITLE "wb-trouble-title" /* of a row, as it is without trouble */

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

/** wb_trouble_at: marks @field, which is typed into, and has it read out; @why: (nullable): nothing
 * is wrong with what stands there. The words are shown beside it by the caller. */
void
wb_trouble_at (GtkWidget *field, const char *why)
{
  GtkAccessible *heard = GTK_ACCESSIBLE (field);

  if (why != NULL)
    {
      gtk_widget_add_css_class (field, "error");
      gtk_accessible_update_property (heard, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, why, -1);
      gtk_accessible_update_state (heard, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE,
                                   -1);
      return;
    }
  gtk_widget_remove_css_class (field, "error");
  gtk_accessible_reset_property (heard, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
  gtk_accessible_reset_state (heard, GTK_ACCESSIBLE_STATE_INVALID);
}

/** wb_trouble_in_row: says behind the title of @row, which is typed into, what is wrong with what
 * stands there; @why: (nullable): nothing is. */
void
wb_trouble_in_row (AdwPreferencesRow *row, const char *why)
{
  const char      *title = g_object_get_data (G_OBJECT (row), TITLE);
  g_autofree char *told = NULL;

  if (title == NULL)
    {
      g_object_set_data_full (G_OBJECT (row), TITLE, g_strdup (adw_preferences_row_get_title (row)),
                              g_free);
      title = g_object_get_data (G_OBJECT (row), TITLE);
    }
  told = why != NULL ? g_strdup_printf ("%s: %s", title, why) : g_strdup (title);
  adw_preferences_row_set_use_markup (row, FALSE);
  adw_preferences_row_set_title (row, told);
  wb_trouble_at (GTK_WIDGET (row), why);
}
