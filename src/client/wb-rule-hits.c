/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a dry run of the rules found: which open orders they would touch, and how. */
#include "wb-rule-hits.h"

#include "wb-order-facts.h"
#include "wb-resource.h"

#include <glib/gi18n-lib.h>

#define MOST_ROWS 30

struct _WbRuleHits
{
  AdwPreferencesGroup parent_instance;
  GtkLabel           *count;
  GtkListBox         *list;
};

G_DEFINE_FINAL_TYPE (WbRuleHits, wb_rule_hits, ADW_TYPE_PREFERENCES_GROUP)

static void
wb_rule_hits_class_init (WbRuleHitsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-rule-hits.ui");
  gtk_widget_class_bind_template_child (widget_class, WbRuleHits, count);
  gtk_widget_class_bind_template_child (widget_class, WbRuleHits, list);
}

static void
wb_rule_hits_init (WbRuleHits *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_rule_hits_say: shows no orders, but @text. */
void
wb_rule_hits_say (WbRuleHits *self, const char *text)
{
  wb_list_box_clear (self->list);
  gtk_widget_set_visible (GTK_WIDGET (self->list), FALSE);
  gtk_label_set_text (self->count, text);
}

/* What @rule, or any of them, does with the order; %NULL: nothing. */
static char *
did_text (const WbRuleHit *hit, const char *rule)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < hit->did->len; i++)
    if (rule == NULL || g_strcmp0 (hit->by->pdata[i], rule) == 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "",
                              (const char *) hit->did->pdata[i]);
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static GtkWidget *
row_of (const WbRuleHit *hit, const char *did)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *title = g_strdup_printf ("#%s", hit->number);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), did);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 4);
  return row;
}

/** wb_rule_hits_show: @hits: (element-type WbRuleHit); @rule: (nullable): only what this one does.
 */
void
wb_rule_hits_show (WbRuleHits *self, GPtrArray *hits, const char *rule)
{
  guint            n = 0;
  g_autofree char *text = NULL;

  wb_list_box_clear (self->list);
  for (guint i = 0; i < hits->len; i++)
    {
      g_autofree char *did = did_text (hits->pdata[i], rule);

      if (did != NULL && ++n <= MOST_ROWS)
        gtk_list_box_append (self->list, row_of (hits->pdata[i], did));
    }
  text = n == 0 ? g_strdup (_ ("No open order would be touched."))
                : g_strdup_printf (ngettext ("%u open order would be touched:",
                                             "%u open orders would be touched:", n),
                                   n);
  gtk_label_set_text (self->count, text);
  gtk_widget_set_visible (GTK_WIDGET (self->list), n > 0);
}
