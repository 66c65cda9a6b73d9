/* SPDX-License-Identifier: GPL-3.0-or-later
 * One condition or action of a rule that is being written. What is wrong in it is said below it, as
 * soon as somebody has typed in it. */
#include "wb-rule-part-row.h"

#include "wb-drop-down.h"
#include "wb-order-facts.h"
#include "wb-resource.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _WbRulePartRow
{
  AdwPreferencesRow  parent_instance;
  GtkDropDown       *left, *test;
  GtkEntry          *value;
  GtkMenuButton     *choose;
  GtkListBox        *names;
  GtkLabel          *error;
  GtkWidget         *value_box;
  const WbRuleKnown *known; /* of the window, which outlives its rows */
  gboolean           is_action, touched, filling;
};

enum
{
  CHANGED,
  REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbRulePartRow, wb_rule_part_row, ADW_TYPE_PREFERENCES_ROW)

static const char *
left_of (WbRulePartRow *self)
{
  guint i = gtk_drop_down_get_selected (self->left);

  if (i == GTK_INVALID_LIST_POSITION)
    i = 0;
  return self->is_action ? wb_rule_actions[i].id : wb_rule_fields[i].id;
}

static const char *
test_of (WbRulePartRow *self)
{
  guint i = gtk_drop_down_get_selected (self->left), k = gtk_drop_down_get_selected (self->test);

  return self->is_action || i == GTK_INVALID_LIST_POSITION || k == GTK_INVALID_LIST_POSITION
             ? NULL
             : wb_rule_fields[i].tests[k];
}

/* What is to be typed, by example. */
static const char *
hint_of (const char *left)
{
  static const struct
  {
    const char *id, *hint;
  } hints[] = {
    { "country", N_ ("DE, or AT, CH for one of several") },
    { "postcode", "10115" },
    { "weight", "2000" },
    { "value", "150.00" },
    { "items", "3" },
    { "insure", N_ ("goods, or an amount like 150.00") },
    { "hold", N_ ("why, for whoever sees it") },
    { "note", N_ ("what the packer is to know") },
    { "service", N_ ("the service’s name, or a part of it") },
    { "printer", N_ ("the station’s name") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (hints); i++)
    if (g_str_equal (hints[i].id, left))
      return _ (hints[i].hint);
  return "";
}

static char **
names_for (WbRulePartRow *self, const char *left)
{
  if (g_str_equal (left, "channel"))
    return self->known->channels;
  if (g_str_equal (left, "package"))
    return self->known->packages;
  return g_str_equal (left, "printer") ? self->known->stations : NULL;
}

static void
fill_names (WbRulePartRow *self, char **names)
{
  wb_list_box_clear (self->names);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      GtkWidget *label = gtk_label_new (names[i]);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_list_box_append (self->names, label);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->choose), names != NULL && names[0] != NULL);
}

static void
fill_tests (WbRulePartRow *self)
{
  const WbRuleField        *field = &wb_rule_fields[gtk_drop_down_get_selected (self->left)];
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  for (guint i = 0; field->tests[i] != NULL; i++)
    for (const WbRuleWord *word = wb_rule_tests; word->id != NULL; word++)
      if (g_str_equal (word->id, field->tests[i]))
        gtk_string_list_append (titles, _ (word->title));
  gtk_drop_down_set_model (self->test, G_LIST_MODEL (titles));
}

static void
show_kind (WbRulePartRow *self)
{
  const char *left = left_of (self);

  self->filling = TRUE;
  if (!self->is_action)
    fill_tests (self);
  fill_names (self, names_for (self, left));
  gtk_entry_set_placeholder_text (self->value, hint_of (left));
  gtk_widget_set_visible (self->value_box, !g_str_equal (left, "signature"));
  self->filling = FALSE;
}

static void
tell (WbRulePartRow *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
left_cb (GObject *object, GParamSpec *pspec, WbRulePartRow *self)
{
  if (self->filling)
    return;
  show_kind (self);
  tell (self);
}

static void
test_cb (GObject *object, GParamSpec *pspec, WbRulePartRow *self)
{
  tell (self);
}

static void
typed_cb (GtkEditable *entry, WbRulePartRow *self)
{
  self->touched |= !self->filling;
  tell (self);
}

static void
remove_cb (GtkButton *button, WbRulePartRow *self)
{
  g_signal_emit (self, signals[REMOVED], 0);
}

/* Of several, one more; else that one. */
static void
name_cb (GtkListBox *box, GtkListBoxRow *row, WbRulePartRow *self)
{
  const char      *name = gtk_label_get_text (GTK_LABEL (gtk_list_box_row_get_child (row)));
  const char      *now = gtk_editable_get_text (GTK_EDITABLE (self->value)), *test = test_of (self);
  gboolean         several = g_strcmp0 (test, "one-of") == 0 || g_strcmp0 (test, "none-of") == 0;
  g_autofree char *more =
      several && *now != '\0' ? g_strdup_printf ("%s, %s", now, name) : g_strdup (name);

  gtk_editable_set_text (GTK_EDITABLE (self->value), more);
  gtk_menu_button_popdown (self->choose);
}

static void
wb_rule_part_row_class_init (WbRulePartRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  /* It says something else now. */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  /* It is not wanted any more. */
  signals[REMOVED] = g_signal_new ("removed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-rule-part-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbRulePartRow, left);
  gtk_widget_class_bind_template_child (widget_class, WbRulePartRow, test);
  gtk_widget_class_bind_template_child (widget_class, WbRulePartRow, value);
  gtk_widget_class_bind_template_child (widget_class, WbRulePartRow, choose);
  gtk_widget_class_bind_template_child (widget_class, WbRulePartRow, names);
  gtk_widget_class_bind_template_child (widget_class, WbRulePartRow, error);
  gtk_widget_class_bind_template_child (widget_class, WbRulePartRow, value_box);
  gtk_widget_class_bind_template_callback (widget_class, left_cb);
  gtk_widget_class_bind_template_callback (widget_class, test_cb);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_cb);
}

static void
wb_rule_part_row_init (WbRulePartRow *self)
{
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
fill_lefts (WbRulePartRow *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  if (self->is_action)
    for (const WbRuleWord *word = wb_rule_actions; word->id != NULL; word++)
      gtk_string_list_append (titles, _ (word->title));
  else
    for (const WbRuleField *field = wb_rule_fields; field->id != NULL; field++)
      gtk_string_list_append (titles, _ (field->title));
  gtk_drop_down_set_model (self->left, G_LIST_MODEL (titles));
  gtk_widget_set_visible (GTK_WIDGET (self->test), !self->is_action);
  wb_drop_down_set_label (self->left, self->is_action ? _ ("What is done") : _ ("What is asked"));
  wb_drop_down_set_label (self->test, _ ("How it is compared"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->value), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->is_action ? _ ("With what") : _ ("Compared with"), -1);
}

static void
choose (WbRulePartRow *self, const WbRulePart *part)
{
  for (guint i = 0; self->is_action && wb_rule_actions[i].id != NULL; i++)
    if (g_str_equal (wb_rule_actions[i].id, part->left))
      gtk_drop_down_set_selected (self->left, i);
  for (guint i = 0; !self->is_action && wb_rule_fields[i].id != NULL; i++)
    if (g_str_equal (wb_rule_fields[i].id, part->left))
      gtk_drop_down_set_selected (self->left, i);
}

static void
choose_test (WbRulePartRow *self, const WbRulePart *part)
{
  const WbRuleField *field = &wb_rule_fields[gtk_drop_down_get_selected (self->left)];

  for (guint i = 0; field->tests[i] != NULL; i++)
    if (g_strcmp0 (field->tests[i], part->test) == 0)
      gtk_drop_down_set_selected (self->test, i);
}

/** wb_rule_part_row_new: @part: (nullable): as it is kept; @known: must outlive it. Returns:
 * (transfer floating): a row for a condition or an action. */
GtkWidget *
wb_rule_part_row_new (gboolean is_action, const WbRulePart *part, const WbRuleKnown *known)
{
  WbRulePartRow *self = g_object_new (WB_TYPE_RULE_PART_ROW, NULL);

  self->known = known;
  self->is_action = is_action;
  fill_lefts (self);
  if (part != NULL)
    choose (self, part);
  show_kind (self);
  self->filling = TRUE;
  if (part != NULL && !is_action)
    choose_test (self, part);
  if (part != NULL && part->value != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->value), part->value);
  self->filling = FALSE;
  return GTK_WIDGET (self);
}

/** wb_rule_part_row_take: adds what it says to @rule. @say: say what is wrong even where nobody has
 * typed yet. Returns: whether nothing is wrong. */
gboolean
wb_rule_part_row_take (WbRulePartRow *self, WbRule *rule, gboolean say)
{
  g_autofree char *value =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->value))));
  const char        *left = left_of (self), *test = test_of (self);
  g_autoptr (GError) error = NULL;
  g_autofree char   *text = g_str_equal (left, "signature") || (self->is_action && *value == '\0')
                                ? g_strdup (left)
                            : self->is_action ? g_strdup_printf ("%s %s", left, value)
                                              : g_strdup_printf ("%s %s %s", left, test, value);
  gboolean           good = self->is_action ? wb_rule_add_action (rule, text, &error)
                                            : wb_rule_add_condition (rule, text, &error);

  say = !good && (say || self->touched);
  gtk_label_set_text (self->error, say ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), say);
  if (say)
    gtk_widget_add_css_class (GTK_WIDGET (self->value), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->value), "error");
  return good;
}

/** wb_rule_part_row_is_action: Returns: whether it is no condition. */
gboolean
wb_rule_part_row_is_action (WbRulePartRow *self)
{
  return self->is_action;
}
