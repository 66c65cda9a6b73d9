/* SPDX-License-Identifier: GPL-3.0-or-later
 * A rule among the others: in words, on or off, sooner or later. Alt with the arrows moves it,
 * Delete removes it, Return changes it. */
#include "wb-rule-list-row.h"

#include "wb-resource.h"
#include "wb-widget-name.h"

#include <glib/gi18n-lib.h>

struct _WbRuleListRow
{
  AdwActionRow parent_instance;
  GtkLabel    *number;
  GtkSwitch   *on;
  GtkWidget   *up, *down, *change, *remove;
  WbRule      *rule;
  guint        place, n;
};

enum
{
  SWITCHED,
  MOVED,
  CHANGE,
  REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbRuleListRow, wb_rule_list_row, ADW_TYPE_ACTION_ROW)

static void
move (WbRuleListRow *self, int by)
{
  int to = (int) self->place + by;

  if (to >= 0 && to < (int) self->n)
    g_signal_emit (self, signals[MOVED], 0, (guint) to);
}

static void
up_cb (GtkButton *button, WbRuleListRow *self)
{
  move (self, -1);
}

static void
down_cb (GtkButton *button, WbRuleListRow *self)
{
  move (self, 1);
}

static void
change_cb (GtkWidget *widget, WbRuleListRow *self)
{
  g_signal_emit (self, signals[CHANGE], 0);
}

static void
remove_cb (GtkButton *button, WbRuleListRow *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

static void
on_cb (GObject *object, GParamSpec *pspec, WbRuleListRow *self)
{
  if (self->rule != NULL)
    g_signal_emit (self, signals[SWITCHED], 0);
}

static gboolean
move_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  move (WB_RULE_LIST_ROW (widget), g_variant_get_int32 (args));
  return TRUE;
}

static gboolean
remove_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  g_signal_emit (widget, signals[REMOVE], 0);
  return TRUE;
}

static void
wb_rule_list_row_dispose (GObject *object)
{
  g_clear_object (&WB_RULE_LIST_ROW (object)->rule);
  G_OBJECT_CLASS (wb_rule_list_row_parent_class)->dispose (object);
}

static void
wb_rule_list_row_class_init (WbRuleListRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType           type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_rule_list_row_dispose;
  /* It is to be on or off: wb_rule_list_row_is_on(). */
  signals[SWITCHED] =
      g_signal_new ("switched", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /* It is to stand at another place: the place, 0: the first. */
  signals[MOVED] = g_signal_new ("moved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_UINT);
  signals[CHANGE] =
      g_signal_new ("change", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REMOVE] =
      g_signal_new ("remove", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-rule-list-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbRuleListRow, number);
  gtk_widget_class_bind_template_child (widget_class, WbRuleListRow, on);
  gtk_widget_class_bind_template_child (widget_class, WbRuleListRow, up);
  gtk_widget_class_bind_template_child (widget_class, WbRuleListRow, down);
  gtk_widget_class_bind_template_child (widget_class, WbRuleListRow, change);
  gtk_widget_class_bind_template_child (widget_class, WbRuleListRow, remove);
  gtk_widget_class_bind_template_callback (widget_class, up_cb);
  gtk_widget_class_bind_template_callback (widget_class, down_cb);
  gtk_widget_class_bind_template_callback (widget_class, change_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Up, GDK_ALT_MASK, move_key_cb, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Down, GDK_ALT_MASK, move_key_cb, "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, remove_key_cb, NULL);
}

static void
wb_rule_list_row_init (WbRuleListRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_rule_list_row_new: @place: from 0; @n: how many there are. Returns: (transfer floating): the
 * row of @rule. */
GtkWidget *
wb_rule_list_row_new (WbRule *rule, guint place, guint n)
{
  WbRuleListRow   *self = g_object_new (WB_TYPE_RULE_LIST_ROW, NULL);
  const char      *name = wb_record_get_text (rule, WB_RULE_NAME);
  g_autofree char *words = wb_rule_sentence (rule), *number = g_strdup_printf ("%u", place + 1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), words);
  gtk_label_set_text (self->number, number);
  gtk_switch_set_active (self->on, wb_record_get_bool (rule, WB_RULE_ENABLED));
  gtk_widget_set_sensitive (self->up, place > 0);
  gtk_widget_set_sensitive (self->down, place + 1 < n);
  wb_widget_name (GTK_WIDGET (self->on), _ ("“%s” is in force"), name);
  wb_widget_name (self->up, _ ("Look at “%s” sooner"), name);
  wb_widget_name (self->down, _ ("Look at “%s” later"), name);
  wb_widget_name (self->change, _ ("Change “%s”"), name);
  wb_widget_name (self->remove, _ ("Remove “%s”"), name);
  self->place = place;
  self->n = n;
  self->rule = g_object_ref (rule);
  return GTK_WIDGET (self);
}

/** wb_rule_list_row_get_rule: Returns: (transfer none): as it is kept. */
WbRule *
wb_rule_list_row_get_rule (WbRuleListRow *self)
{
  return self->rule;
}

/** wb_rule_list_row_get_place: Returns: where it stands, from 0. */
guint
wb_rule_list_row_get_place (WbRuleListRow *self)
{
  return self->place;
}

/** wb_rule_list_row_is_on: Returns: whether its switch is on. */
gboolean
wb_rule_list_row_is_on (WbRuleListRow *self)
{
  return gtk_switch_get_active (self->on);
}
