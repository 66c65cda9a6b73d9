/* SPDX-License-Identifier: GPL-3.0-or-later
 * A rule, new or to be changed: when, then, in words, and which open orders it would touch. */
#include "wb-rule-window.h"

#include "wb-preferences-works.h"
#include "wb-resource.h"
#include "wb-rule-hits.h"
#include "wb-rule-part-row.h"
#include "wb-rules-works.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>

#define SETTLE_MS 300 /* how long nothing is typed before the dry run begins */

struct _WbRuleWindow
{
  WbFormWindow         parent_instance;
  GtkEditable         *name;
  GtkSwitch           *enabled, *stop;
  AdwPreferencesGroup *when, *then;
  GtkLabel            *sentence;
  WbRuleHits          *hits;
  WbRule              *rule;  /* as it is kept */
  GPtrArray           *parts; /* of WbRulePartRow, not owned, in their order */
  WbRuleKnown          known;
  GCancellable        *trying;
  guint                settle_id;
  gboolean             filling;
};

G_DEFINE_FINAL_TYPE (WbRuleWindow, wb_rule_window, WB_TYPE_FORM_WINDOW)

static gboolean
counts (WbRulePartRow *row, gboolean is_action)
{
  return wb_rule_part_row_is_action (row) == is_action;
}

/* Returns: (transfer full): what is written; %NULL: something is wrong in it. */
static WbRule *
make_rule (WbRuleWindow *self)
{
  g_autoptr (WbRule) rule = wb_record_copy (self->rule);
  g_autofree char   *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
  guint              actions = 0;
  gboolean           good = TRUE;

  wb_record_set_text (rule, WB_RULE_NAME, name);
  wb_record_set_bool (rule, WB_RULE_ENABLED, gtk_switch_get_active (self->enabled));
  wb_record_set_bool (rule, WB_RULE_STOP, gtk_switch_get_active (self->stop));
  wb_record_set_text (rule, WB_RULE_CONDITIONS, "[]");
  wb_record_set_text (rule, WB_RULE_ACTIONS, "[]");
  for (guint i = 0; i < self->parts->len; i++)
    {
      good &= wb_rule_part_row_take (self->parts->pdata[i], rule, FALSE);
      actions += counts (self->parts->pdata[i], TRUE);
    }
  return good && actions > 0 ? g_steal_pointer (&rule) : NULL;
}

/* ---- the dry run ---- */

static void
tried_cb (GObject *source, GAsyncResult *result, gpointer name)
{
  WbRuleWindow         *self = WB_RULE_WINDOW (source);
  g_autofree char      *rule = name;
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) hits = wb_worker_finish (result, &error);

  if (wb_form_window_get_workspace (WB_FORM_WINDOW (self)) == NULL ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (hits != NULL)
    wb_rule_hits_show (self->hits, hits, rule);
  else
    wb_rule_hits_say (self->hits, error->message);
}

static gboolean
settled_cb (gpointer data)
{
  WbRuleWindow *self = data;
  WbRule       *rule = make_rule (self);
  WbWorkspace  *workspace = wb_form_window_get_workspace (WB_FORM_WINDOW (self));

  self->settle_id = 0;
  if (rule == NULL || workspace == NULL)
    {
      g_clear_object (&rule);
      return G_SOURCE_REMOVE;
    }
  if (wb_text_is_empty (wb_record_get_text (rule, WB_RULE_NAME)))
    wb_record_set_text (rule, WB_RULE_NAME, _ ("This rule"));
  wb_record_set_bool (rule, WB_RULE_ENABLED, TRUE);
  g_cancellable_cancel (self->trying);
  g_clear_object (&self->trying);
  self->trying = g_cancellable_new ();
  wb_worker_run_async (wb_workspace_get_worker (workspace), &wb_try_rules_work, rule,
                       G_OBJECT (self), self->trying, tried_cb,
                       g_strdup (wb_record_get_text (rule, WB_RULE_NAME)));
  return G_SOURCE_REMOVE;
}

static void
show (WbRuleWindow *self)
{
  g_autoptr (WbRule) rule = make_rule (self);
  g_autofree char   *words = rule != NULL ? wb_rule_sentence (rule) : NULL;

  gtk_label_set_text (self->sentence,
                      words != NULL ? words : _ ("Say when, and at least one thing to do then."));
  g_clear_handle_id (&self->settle_id, g_source_remove);
  if (rule == NULL)
    wb_rule_hits_say (self->hits, _ ("Nothing to try yet."));
  else
    self->settle_id = g_timeout_add (SETTLE_MS, settled_cb, self);
}

/* ---- the parts ---- */

static void
changed (WbRuleWindow *self)
{
  if (self->filling)
    return;
  show (self);
  wb_form_window_check (WB_FORM_WINDOW (self));
}

static void
part_cb (WbRulePartRow *row, WbRuleWindow *self)
{
  changed (self);
}

static void
part_removed_cb (WbRulePartRow *row, WbRuleWindow *self)
{
  AdwPreferencesGroup *group = wb_rule_part_row_is_action (row) ? self->then : self->when;

  g_ptr_array_remove (self->parts, row);
  adw_preferences_group_remove (group, GTK_WIDGET (row));
  changed (self);
}

static GtkWidget *
add_part (WbRuleWindow *self, gboolean is_action, const WbRulePart *part)
{
  GtkWidget *row = wb_rule_part_row_new (is_action, part, &self->known);

  g_signal_connect_object (row, "changed", G_CALLBACK (part_cb), self, 0);
  g_signal_connect_object (row, "removed", G_CALLBACK (part_removed_cb), self, 0);
  adw_preferences_group_add (is_action ? self->then : self->when, row);
  g_ptr_array_add (self->parts, row);
  return row;
}

static void
add_condition_cb (GtkButton *button, WbRuleWindow *self)
{
  gtk_widget_child_focus (add_part (self, FALSE, NULL), GTK_DIR_TAB_FORWARD);
  changed (self);
}

static void
add_action_cb (GtkButton *button, WbRuleWindow *self)
{
  gtk_widget_child_focus (add_part (self, TRUE, NULL), GTK_DIR_TAB_FORWARD);
  changed (self);
}

static void
switched_cb (GObject *object, GParamSpec *pspec, WbRuleWindow *self)
{
  changed (self);
}

static void
name_cb (GtkEditable *entry, WbRuleWindow *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->name), "error");
  changed (self);
}

/* ---- the form ---- */

static gboolean
check (WbFormWindow *form)
{
  WbRuleWindow      *self = WB_RULE_WINDOW (form);
  g_autoptr (WbRule) rule = make_rule (self);

  return rule != NULL && wb_rule_check (rule, NULL);
}

static gboolean
is_taken (WbRuleWindow *self, WbRule *rule)
{
  WbBook *book = wb_workspace_get_book (wb_form_window_get_workspace (WB_FORM_WINDOW (self)));
  g_autoptr (GPtrArray) rules = wb_book_list_rules (book, NULL);

  for (guint i = 0; rules != NULL && i < rules->len; i++)
    if (g_strcmp0 (wb_record_get_text (rules->pdata[i], WB_RULE_NAME),
                   wb_record_get_text (rule, WB_RULE_NAME)) == 0 &&
        wb_record_get_int (rules->pdata[i], WB_RULE_ID) != wb_record_get_int (rule, WB_RULE_ID))
      return TRUE;
  return FALSE;
}

/* The engine refuses a name that there is; it is marked where it stands. */
static void
act (WbFormWindow *form)
{
  WbRuleWindow *self = WB_RULE_WINDOW (form);
  WbRule       *rule = make_rule (self);

  if (rule == NULL)
    return;
  if (is_taken (self, rule))
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->name), "error");
      gtk_widget_grab_focus (GTK_WIDGET (self->name));
    }
  wb_form_window_run (form, &wb_save_record_work, rule);
}

static void
wb_rule_window_dispose (GObject *object)
{
  WbRuleWindow *self = WB_RULE_WINDOW (object);

  g_clear_handle_id (&self->settle_id, g_source_remove);
  g_cancellable_cancel (self->trying);
  g_clear_object (&self->trying);
  g_clear_object (&self->rule);
  self->filling = TRUE;
  G_OBJECT_CLASS (wb_rule_window_parent_class)->dispose (object);
}

static void
wb_rule_window_finalize (GObject *object)
{
  WbRuleWindow *self = WB_RULE_WINDOW (object);

  g_ptr_array_unref (self->parts);
  g_strfreev (self->known.channels);
  g_strfreev (self->known.packages);
  g_strfreev (self->known.stations);
  G_OBJECT_CLASS (wb_rule_window_parent_class)->finalize (object);
}

static void
wb_rule_window_class_init (WbRuleWindowClass *klass)
{
  GtkWidgetClass    *widget_class = GTK_WIDGET_CLASS (klass);
  WbFormWindowClass *form_class = WB_FORM_WINDOW_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_rule_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_rule_window_finalize;
  g_type_ensure (WB_TYPE_RULE_HITS);
  form_class->check = check;
  form_class->act = act;
  wb_form_window_class_set_view (form_class, WB_RESOURCE "wb-rule-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbRuleWindow, name);
  gtk_widget_class_bind_template_child (widget_class, WbRuleWindow, enabled);
  gtk_widget_class_bind_template_child (widget_class, WbRuleWindow, stop);
  gtk_widget_class_bind_template_child (widget_class, WbRuleWindow, when);
  gtk_widget_class_bind_template_child (widget_class, WbRuleWindow, then);
  gtk_widget_class_bind_template_child (widget_class, WbRuleWindow, sentence);
  gtk_widget_class_bind_template_child (widget_class, WbRuleWindow, hits);
  gtk_widget_class_bind_template_callback (widget_class, add_condition_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_action_cb);
  gtk_widget_class_bind_template_callback (widget_class, switched_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_cb);
}

static void
wb_rule_window_init (WbRuleWindow *self)
{
  self->parts = g_ptr_array_new ();
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* ---- opened ---- */

static char **
names_of (GPtrArray *records, guint field)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (GHashTable)   seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      const char *name = wb_record_get_text (records->pdata[i], field);

      if (name != NULL && g_hash_table_add (seen, (gpointer) name))
        g_strv_builder_add (names, name);
    }
  return g_strv_builder_end (names);
}

static void
learn (WbRuleWindow *self, WbBook *book)
{
  g_autoptr (GPtrArray) shops = wb_book_list_connections (book, WB_KIND_SHOP, NULL);
  g_autoptr (GPtrArray) packages = wb_book_list_packages (book, NULL);
  g_autoptr (GPtrArray) printers = wb_book_list_printers (book, NULL);

  self->known.channels = names_of (shops, WB_CONNECTION_NAME);
  self->known.packages = names_of (packages, WB_PACKAGE_NAME);
  self->known.stations = names_of (printers, WB_PRINTER_STATION);
}

static void
fill (WbRuleWindow *self)
{
  g_autoptr (GPtrArray) conditions = wb_rule_list_conditions (self->rule);
  g_autoptr (GPtrArray) actions = wb_rule_list_actions (self->rule);
  const char           *name = wb_record_get_text (self->rule, WB_RULE_NAME);

  gtk_editable_set_text (self->name, name != NULL ? name : "");
  gtk_switch_set_active (self->enabled, wb_record_get_bool (self->rule, WB_RULE_ENABLED));
  gtk_switch_set_active (self->stop, wb_record_get_bool (self->rule, WB_RULE_STOP));
  for (guint i = 0; i < conditions->len; i++)
    add_part (self, FALSE, conditions->pdata[i]);
  for (guint i = 0; i < actions->len; i++)
    add_part (self, TRUE, actions->pdata[i]);
}

/** wb_rule_window_open: @old: (nullable): what is changed. Returns: (transfer none): the window,
 * above @parent. */
GtkWindow *
wb_rule_window_open (GtkWindow *parent, WbWorkspace *workspace, WbRule *old)
{
  WbRuleWindow *self = g_object_new (WB_TYPE_RULE_WINDOW, NULL);

  self->rule = old != NULL ? wb_record_copy (old) : wb_rule_new ();
  learn (self, wb_workspace_get_book (workspace));
  if (old == NULL)
    {
      wb_record_set_bool (self->rule, WB_RULE_ENABLED, TRUE);
      add_part (self, FALSE, NULL);
      add_part (self, TRUE, NULL);
    }
  fill (self);
  self->filling = FALSE;
  wb_form_window_present (WB_FORM_WINDOW (self), parent, workspace);
  show (self);
  return GTK_WINDOW (self);
}
