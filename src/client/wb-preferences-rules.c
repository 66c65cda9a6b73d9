/* SPDX-License-Identifier: GPL-3.0-or-later
 * Preferences: what is done with orders like these, in its order; tried before it is done. */
#include "wb-preferences-rules.h"

#include "wb-preferences-window.h"
#include "wb-preferences-works.h"
#include "wb-resource.h"
#include "wb-rule-hits.h"
#include "wb-rule-list-row.h"
#include "wb-rule-window.h"
#include "wb-rules-works.h"
#include "wb-toast.h"

#include <glib/gi18n-lib.h>

struct _WbPreferencesRules
{
  AdwPreferencesPage   parent_instance;
  AdwPreferencesGroup *rules;
  GtkWidget           *no_rules, *try_button, *apply_button, *try_group;
  WbRuleHits          *hits;
  GPtrArray           *rows; /* borrowed widgets */
  WbWorkspace         *workspace;
  gint64 focus; /* of which rule the row gets the focus when the list is there again */
};

G_DEFINE_FINAL_TYPE (WbPreferencesRules, wb_preferences_rules, ADW_TYPE_PREFERENCES_PAGE)

static void
run (WbPreferencesRules *self, const WbWorkKind *kind, gpointer data, GAsyncReadyCallback callback)
{
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), kind, data, G_OBJECT (self), NULL,
                       callback, NULL);
}

static GtkWindow *
window_of (WbPreferencesRules *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void fill (WbPreferencesRules *self);

/* What failed is said, and the rows show what is kept. */
static void
worked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbPreferencesRules *self = WB_PREFERENCES_RULES (source);
  g_autoptr (GError)  error = NULL;
  g_autofree char    *outcome = wb_worker_finish (result, &error);

  if (self->workspace == NULL)
    return;
  if (outcome == NULL)
    wb_toast_outcome (GTK_WIDGET (self), NULL, error);
  wb_workspace_look (self->workspace);
  fill (self);
}

/* ---- one rule ---- */

static void
add_cb (GtkButton *button, WbPreferencesRules *self)
{
  wb_rule_window_open (window_of (self), self->workspace, NULL);
}

static void
change_cb (WbRuleListRow *row, WbPreferencesRules *self)
{
  wb_rule_window_open (window_of (self), self->workspace, wb_rule_list_row_get_rule (row));
}

static void
switched_cb (WbRuleListRow *row, WbPreferencesRules *self)
{
  WbRule *rule = wb_record_copy (wb_rule_list_row_get_rule (row));

  wb_record_set_bool (rule, WB_RULE_ENABLED, wb_rule_list_row_is_on (row));
  run (self, &wb_save_record_work, rule, worked_cb);
}

static void
moved_cb (WbRuleListRow *row, guint to, WbPreferencesRules *self)
{
  self->focus = wb_record_get_int (wb_rule_list_row_get_rule (row), WB_RULE_ID);
  run (self, &wb_move_rule_work, wb_rule_move_new (self->focus, to), worked_cb);
}

/* It comes back at the place that it had. */
static void
undo_cb (AdwToast *toast, WbPreferencesRules *self)
{
  WbRule *rule = wb_record_copy (g_object_get_data (G_OBJECT (toast), "undo"));

  wb_record_set_int (rule, WB_RULE_ID, 0);
  if (self->workspace != NULL)
    run (self, &wb_save_record_work, g_steal_pointer (&rule), worked_cb);
  g_clear_object (&rule);
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbPreferencesRules *self = WB_PREFERENCES_RULES (source);
  g_autoptr (WbRule)  rule = user_data;
  g_autoptr (GError)  error = NULL;
  g_autofree char    *outcome = wb_worker_finish (result, &error);
  g_autofree char    *words = NULL;

  if (self->workspace == NULL)
    return;
  wb_workspace_look (self->workspace);
  fill (self);
  if (outcome == NULL)
    {
      wb_toast_outcome (GTK_WIDGET (self), NULL, error);
      return;
    }
  words = g_strdup_printf (_ ("The rule “%s” is removed; what it has done stays"),
                           wb_record_get_text (rule, WB_RULE_NAME));
  wb_toast_show_undo (GTK_WIDGET (self), words, G_OBJECT (self), G_CALLBACK (undo_cb),
                      g_steal_pointer (&rule), g_object_unref);
}

static void
remove_cb (WbRuleListRow *row, WbPreferencesRules *self)
{
  WbRule *rule = wb_rule_list_row_get_rule (row);

  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_remove_record_work,
                       g_object_ref (rule), G_OBJECT (self), NULL, removed_cb, g_object_ref (rule));
}

/* ---- all of them ---- */

static void
tried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbPreferencesRules   *self = WB_PREFERENCES_RULES (source);
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) hits = wb_worker_finish (result, &error);

  if (self->workspace == NULL)
    return;
  gtk_widget_set_sensitive (self->try_button, TRUE);
  if (hits != NULL)
    wb_rule_hits_show (self->hits, hits, NULL);
  else
    wb_rule_hits_say (self->hits, error->message);
}

static void
try_cb (GtkButton *button, WbPreferencesRules *self)
{
  gtk_widget_set_sensitive (self->try_button, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->hits), TRUE);
  wb_rule_hits_say (self->hits, "…");
  run (self, &wb_try_rules_work, NULL, tried_cb);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbPreferencesRules *self = WB_PREFERENCES_RULES (source);
  g_autoptr (GError)  error = NULL;
  g_autofree char    *outcome = wb_worker_finish (result, &error);

  if (self->workspace == NULL)
    return;
  gtk_widget_set_sensitive (self->apply_button, TRUE);
  wb_toast_outcome (GTK_WIDGET (self), outcome, error);
  wb_workspace_look (self->workspace);
}

static void
apply_cb (GtkButton *button, WbPreferencesRules *self)
{
  gtk_widget_set_sensitive (self->apply_button, FALSE);
  run (self, &wb_apply_rules_work, NULL, applied_cb);
}

static GtkWidget *
add_row (WbPreferencesRules *self, WbRule *rule, guint place, guint n)
{
  GtkWidget *row = wb_rule_list_row_new (rule, place, n);

  g_signal_connect_object (row, "switched", G_CALLBACK (switched_cb), self, 0);
  g_signal_connect_object (row, "moved", G_CALLBACK (moved_cb), self, 0);
  g_signal_connect_object (row, "change", G_CALLBACK (change_cb), self, 0);
  g_signal_connect_object (row, "remove", G_CALLBACK (remove_cb), self, 0);
  adw_preferences_group_add (self->rules, row);
  g_ptr_array_add (self->rows, row);
  return row;
}

/* Whether the rows show just these. */
static gboolean
is_shown (WbPreferencesRules *self, GPtrArray *rules)
{
  if (rules->len != self->rows->len)
    return FALSE;
  for (guint i = 0; i < rules->len; i++)
    {
      WbRule *shown = wb_rule_list_row_get_rule (self->rows->pdata[i]);

      if (wb_record_get_int (shown, WB_RULE_ID) !=
              wb_record_get_int (rules->pdata[i], WB_RULE_ID) ||
          wb_record_get_int (shown, WB_RULE_CHANGED_AT) !=
              wb_record_get_int (rules->pdata[i], WB_RULE_CHANGED_AT) ||
          wb_record_get_bool (rules->pdata[i], WB_RULE_ENABLED) !=
              wb_rule_list_row_is_on (self->rows->pdata[i]) ||
          g_strcmp0 (wb_record_get_text (shown, WB_RULE_ACTIONS),
                     wb_record_get_text (rules->pdata[i], WB_RULE_ACTIONS)) != 0 ||
          g_strcmp0 (wb_record_get_text (shown, WB_RULE_CONDITIONS),
                     wb_record_get_text (rules->pdata[i], WB_RULE_CONDITIONS)) != 0)
        return FALSE;
    }
  return TRUE;
}

static void
fill (WbPreferencesRules *self)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) rules =
      wb_book_list_rules (wb_workspace_get_book (self->workspace), &error);

  if (rules == NULL)
    {
      wb_toast_outcome (GTK_WIDGET (self), NULL, error);
      return;
    }
  if (!is_shown (self, rules))
    {
      wb_preferences_group_clear (self->rules, self->rows);
      for (guint i = 0; i < rules->len; i++)
        {
          GtkWidget *row = add_row (self, rules->pdata[i], i, rules->len);

          if (wb_record_get_int (rules->pdata[i], WB_RULE_ID) == self->focus)
            gtk_widget_grab_focus (row);
        }
    }
  self->focus = 0;
  gtk_widget_set_visible (self->no_rules, rules->len == 0);
  gtk_widget_set_visible (self->try_group, rules->len > 0);
}

static void
changed_cb (WbWorkspace *workspace, WbPreferencesRules *self)
{
  fill (self);
}

static void
wb_preferences_rules_dispose (GObject *object)
{
  WbPreferencesRules *self = WB_PREFERENCES_RULES (object);

  g_clear_object (&self->workspace);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (wb_preferences_rules_parent_class)->dispose (object);
}

static void
wb_preferences_rules_class_init (WbPreferencesRulesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_preferences_rules_dispose;
  g_type_ensure (WB_TYPE_RULE_HITS);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-preferences-rules.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPreferencesRules, rules);
  gtk_widget_class_bind_template_child (widget_class, WbPreferencesRules, no_rules);
  gtk_widget_class_bind_template_child (widget_class, WbPreferencesRules, try_button);
  gtk_widget_class_bind_template_child (widget_class, WbPreferencesRules, apply_button);
  gtk_widget_class_bind_template_child (widget_class, WbPreferencesRules, try_group);
  gtk_widget_class_bind_template_child (widget_class, WbPreferencesRules, hits);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, try_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
}

static void
wb_preferences_rules_init (WbPreferencesRules *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_preferences_rules_set_workspace: shows the rules of @workspace; once. */
void
wb_preferences_rules_set_workspace (WbPreferencesRules *self, WbWorkspace *workspace)
{
  g_set_object (&self->workspace, workspace);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (changed_cb), self, 0);
  fill (self);
}
