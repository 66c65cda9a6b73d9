/* SPDX-License-Identifier: GPL-3.0-or-later
 * Labels that are always turned or cut out like this, by whose word; it can be revoked. */
#include "wb-rule-row.h"

#include "wb-resource.h"

#include <glib/gi18n-lib.h>

struct _WbRuleRow
{
  AdwActionRow parent_instance;
  gint64       id;
};

enum
{
  REVOKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbRuleRow, wb_rule_row, ADW_TYPE_ACTION_ROW)

static void
revoke_cb (GtkButton *button, WbRuleRow *self)
{
  g_signal_emit (self, signals[REVOKED], 0);
}

static void
wb_rule_row_class_init (WbRuleRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  /* Labels like these are to be set aside again. */
  signals[REVOKED] = g_signal_new ("revoked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-rule-row.ui");
  gtk_widget_class_bind_template_callback (widget_class, revoke_cb);
}

static void
wb_rule_row_init (WbRuleRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_rule_row_new: Returns: (transfer floating): what @rule does, and whose word it is. */
GtkWidget *
wb_rule_row_new (WbLabelRule *rule)
{
  WbRuleRow       *self = g_object_new (WB_TYPE_RULE_ROW, NULL);
  g_autofree char *title = wb_label_rule_title (rule);
  g_autofree char *when =
      wb_instant_to_relative (wb_record_get_int (rule, WB_LABEL_RULE_CREATED_AT), wb_now ());
  /* Translators: what is done to a label (sentences); who accepted that, and when */
  g_autofree char *text =
      g_strdup_printf (_ ("%s By %s, %s."), wb_record_get_text (rule, WB_LABEL_RULE_WORDS),
                       wb_record_get_text (rule, WB_LABEL_RULE_ACTOR), when);

  self->id = wb_record_get_int (rule, WB_LABEL_RULE_ID);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), text);
  return GTK_WIDGET (self);
}

/** wb_rule_row_get_id: Returns: the rule's number. */
gint64
wb_rule_row_get_id (WbRuleRow *self)
{
  return self->id;
}
