/* SPDX-License-Identifier: GPL-3.0-or-later
 * Preferences: what prints labels, slips and every other kind of paper, and what was accepted for
 * good. */
#include "wb-preferences-printing.h"

#include "wb-preferences-works.h"
#include "wb-printer-group.h"
#include "wb-printer-subpage.h"
#include "wb-resource.h"
#include "wb-rule-row.h"
#include "wb-set-aside-works.h"
#include "wb-toast.h"

#include <glib/gi18n-lib.h>

struct _WbPreferencesPrinting
{
  AdwPreferencesPage   parent_instance;
  WbPrinterGroup      *label;
  WbPrinterGroup      *slip;
  AdwPreferencesGroup *others;
  AdwPreferencesGroup *rules;
  GPtrArray           *kind_rows; /* of AdwActionRow, not owned */
  GPtrArray           *rule_rows; /* likewise */
  GPtrArray           *queues;    /* of WbDeskQueue; NULL: not yet read, or none */
  char                *trouble;   /* why there are none */
  WbWorkspace         *workspace;
};

G_DEFINE_FINAL_TYPE (WbPreferencesPrinting, wb_preferences_printing, ADW_TYPE_PREFERENCES_PAGE)

static gboolean
has_own_page (const WbDocumentKind *kind)
{
  return kind->stand_in != NULL;
}

/* Where a kind of paper is printed, in a line. */
static char *
where_text (WbPreferencesPrinting *self, const WbDocumentKind *kind)
{
  g_autoptr (WbPrinter) printer =
      wb_book_get_printer (wb_workspace_get_book (self->workspace), kind->id, NULL);

  if (printer == NULL)
    return g_strdup (_ ("Nowhere yet"));
  if (g_strcmp0 (wb_record_get_text (printer, WB_PRINTER_DOCUMENT), kind->id) == 0)
    return g_strdup (wb_record_get_text (printer, WB_PRINTER_TARGET));
  return g_strdup_printf (_ ("Where these are printed: %s"),
                          _ (wb_document_kind (kind->stand_in)->title));
}

static void
show_kinds (WbPreferencesPrinting *self)
{
  guint i = 0;

  for (const WbDocumentKind *kind = wb_document_kinds; kind->id != NULL; kind++)
    if (has_own_page (kind) && i < self->kind_rows->len)
      {
        g_autofree char *where = where_text (self, kind);

        adw_action_row_set_subtitle (self->kind_rows->pdata[i++], where);
      }
}

static void
kind_cb (AdwActionRow *row, WbPreferencesPrinting *self)
{
  const WbDocumentKind *kind = g_object_get_data (G_OBJECT (row), "kind");
  GtkWidget *window = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_WINDOW);

  if (window != NULL)
    adw_preferences_window_present_subpage (
        ADW_PREFERENCES_WINDOW (window),
        wb_printer_subpage_new (self->workspace, kind, self->queues, self->trouble));
}

static void
add_kinds (WbPreferencesPrinting *self)
{
  for (const WbDocumentKind *kind = wb_document_kinds; kind->id != NULL; kind++)
    {
      GtkWidget *row;

      if (!has_own_page (kind))
        continue;
      row = wb_kind_row_new (_ (kind->title));
      g_object_set_data (G_OBJECT (row), "kind", (gpointer) kind);
      g_signal_connect_object (row, "activated", G_CALLBACK (kind_cb), self, 0);
      adw_preferences_group_add (self->others, row);
      g_ptr_array_add (self->kind_rows, row);
    }
  show_kinds (self);
}

static void show_rules (WbPreferencesPrinting *self);

static void
revoked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbPreferencesPrinting *self = WB_PREFERENCES_PRINTING (source);
  g_autoptr (GError)     error = NULL;
  g_autofree char       *outcome = wb_worker_finish (result, &error);

  if (self->workspace == NULL)
    return;
  wb_toast_outcome (GTK_WIDGET (self), outcome, error);
  show_rules (self);
}

static void
revoke_cb (WbRuleRow *row, WbPreferencesPrinting *self)
{
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_revoke_rule_work,
                       wb_set_aside_wish_new (wb_rule_row_get_id (row)), G_OBJECT (self), NULL,
                       revoked_cb, NULL);
}

/* What is always turned or cut out; nothing is said where nothing was accepted. */
static void
show_rules (WbPreferencesPrinting *self)
{
  g_autoptr (GPtrArray) rules =
      wb_book_list_label_rules (wb_workspace_get_book (self->workspace), NULL);

  for (guint i = 0; i < self->rule_rows->len; i++)
    adw_preferences_group_remove (self->rules, self->rule_rows->pdata[i]);
  g_ptr_array_set_size (self->rule_rows, 0);
  for (guint i = 0; rules != NULL && i < rules->len; i++)
    {
      GtkWidget *row = wb_rule_row_new (rules->pdata[i]);

      g_signal_connect_object (row, "revoked", G_CALLBACK (revoke_cb), self, 0);
      adw_preferences_group_add (self->rules, row);
      g_ptr_array_add (self->rule_rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->rules), self->rule_rows->len > 0);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbPreferencesPrinting *self = WB_PREFERENCES_PRINTING (source);
  g_autoptr (GError)     error = NULL;
  g_autoptr (GPtrArray)  queues = wb_worker_finish (result, &error);

  if (self->workspace == NULL)
    return;
  self->queues = queues != NULL ? g_ptr_array_ref (queues) : NULL;
  self->trouble = queues == NULL ? g_strdup (error->message) : NULL;
  wb_printer_group_show_queues (self->label, queues, self->trouble);
  wb_printer_group_show_queues (self->slip, queues, self->trouble);
}

static void
changed_cb (WbWorkspace *workspace, WbPreferencesPrinting *self)
{
  show_kinds (self);
  show_rules (self);
}

static void
wb_preferences_printing_dispose (GObject *object)
{
  WbPreferencesPrinting *self = WB_PREFERENCES_PRINTING (object);

  g_clear_object (&self->workspace);
  g_clear_pointer (&self->queues, g_ptr_array_unref);
  g_clear_pointer (&self->trouble, g_free);
  g_clear_pointer (&self->kind_rows, g_ptr_array_unref);
  g_clear_pointer (&self->rule_rows, g_ptr_array_unref);
  G_OBJECT_CLASS (wb_preferences_printing_parent_class)->dispose (object);
}

static void
wb_preferences_printing_class_init (WbPreferencesPrintingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_preferences_printing_dispose;
  g_type_ensure (WB_TYPE_PRINTER_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WB_RESOURCE "wb-preferences-printing.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPreferencesPrinting, label);
  gtk_widget_class_bind_template_child (widget_class, WbPreferencesPrinting, slip);
  gtk_widget_class_bind_template_child (widget_class, WbPreferencesPrinting, others);
  gtk_widget_class_bind_template_child (widget_class, WbPreferencesPrinting, rules);
}

static void
wb_preferences_printing_init (WbPreferencesPrinting *self)
{
  self->kind_rows = g_ptr_array_new ();
  self->rule_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_preferences_printing_set_workspace: shows what prints for @workspace; once. */
void
wb_preferences_printing_set_workspace (WbPreferencesPrinting *self, WbWorkspace *workspace)
{
  g_set_object (&self->workspace, workspace);
  wb_printer_group_set_document (self->label, workspace, WB_DOCUMENT_LABEL);
  wb_printer_group_set_document (self->slip, workspace, WB_DOCUMENT_SLIP);
  add_kinds (self);
  show_rules (self);
  g_signal_connect_object (workspace, "changed", G_CALLBACK (changed_cb), self, 0);
  wb_worker_run_async (wb_workspace_get_worker (workspace), &wb_list_queues_work, NULL,
                       G_OBJECT (self), NULL, listed_cb, NULL);
}
