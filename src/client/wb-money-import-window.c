/* SPDX-License-Identifier: GPL-3.0-or-later
 * Asks how a file is to be read, shows what was detected or remembered, and imports it. */
#include "wb-money-import-window.h"

#include "wb-columns-group.h"
#include "wb-file-import.h"
#include "wb-money-works.h"
#include "wb-refusals.h"
#include "wb-resource.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>

struct _WbMoneyImportWindow
{
  AdwWindow            parent_instance;
  GtkWidget           *import_button;
  GtkLabel            *problem, *outcome;
  AdwPreferencesGroup *file_group;
  WbColumnsGroup      *columns;
  AdwComboRow         *kind_row, *dates_row;
  GtkEditable         *sender_row, *currency_row, *days_row;
  WbWorkspace         *workspace;
  char                *path;
  WbFilePreview       *preview;
  gboolean             running, again, filling, done;
  gboolean             asked; /* the person has changed a column or a date */
};

G_DEFINE_FINAL_TYPE (WbMoneyImportWindow, wb_money_import_window, ADW_TYPE_WINDOW)

static const char *const kinds[] = { WB_STATEMENT_BANK, WB_STATEMENT_PAYOUT, WB_STATEMENT_CARRIER };
static const char *const dates[] = { "unknown", "ymd", "dmy", "mdy" };

static void look (WbMoneyImportWindow *self);

static void
say_problem (WbMoneyImportWindow *self, const char *text)
{
  g_autofree char *told = text != NULL ? wb_tell_again (text) : g_strdup ("");

  gtk_label_set_text (self->problem, told);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
  gtk_widget_set_sensitive (self->import_button, text == NULL && !self->done);
}

/* ---- what the person wishes ---- */

static WbFileWish *
make_wish (WbMoneyImportWindow *self)
{
  WbFileWish *wish = wb_file_wish_new (self->path);
  guint       date = adw_combo_row_get_selected (self->dates_row);
  const char *sender = gtk_editable_get_text (self->sender_row);

  if (self->preview == NULL)
    return wish;
  wish->kind = g_strdup (kinds[adw_combo_row_get_selected (self->kind_row)]);
  if (!wb_text_is_empty (sender))
    wish->sender = g_strdup (sender);
  wish->currency = g_ascii_strup (gtk_editable_get_text (self->currency_row), -1);
  wish->dispute_days =
      (guint) g_ascii_strtoull (gtk_editable_get_text (self->days_row), NULL, 10) % 3651;
  if (date > 0 && self->asked)
    wish->dates = g_strdup (dates[date]);
  if (self->asked && g_str_equal (wish->kind, self->preview->kind))
    wb_columns_group_take (self->columns, wish->columns);
  return wish;
}

/* ---- what the file looks like ---- */

static void
column_cb (WbColumnsGroup *columns, WbMoneyImportWindow *self)
{
  self->asked = TRUE;
  look (self);
}

static void
show_columns (WbMoneyImportWindow *self)
{
  const WbFilePreview *preview = self->preview;

  gtk_widget_set_visible (GTK_WIDGET (self->columns), preview->heads != NULL);
  if (preview->heads == NULL)
    return;
  wb_columns_group_begin (self->columns, preview->heads);
  for (guint i = 0; preview->cells[i] != NULL; i++)
    wb_columns_group_add (self->columns, preview->cells[i], wb_column_title (preview->cells[i]),
                          g_hash_table_lookup (preview->columns, preview->cells[i]), TRUE);
  wb_columns_group_end (self->columns);
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (self->columns),
      preview->remembered ? _ ("As remembered from an earlier file of this sender") : NULL);
}

static guint
place_in (const char *const *all, guint n, const char *one)
{
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (all[i], one) == 0)
      return i;
  return 0;
}

/* What a person has typed stays; what was not asked of them yet is filled in. */
static void
show_preview (WbMoneyImportWindow *self)
{
  const WbFilePreview *preview = self->preview;
  gboolean             csv = preview->heads != NULL;
  g_autofree char     *about =
      g_strdup_printf ("%s: %s, %s", preview->name, preview->format, preview->encoding);

  self->filling = TRUE;
  adw_preferences_group_set_description (self->file_group, about);
  adw_combo_row_set_selected (self->kind_row,
                              place_in (kinds, G_N_ELEMENTS (kinds), preview->kind));
  if (preview->sender != NULL && *gtk_editable_get_text (self->sender_row) == '\0')
    gtk_editable_set_text (self->sender_row, preview->sender);
  if (preview->currency != NULL && *gtk_editable_get_text (self->currency_row) == '\0')
    gtk_editable_set_text (self->currency_row, preview->currency);
  adw_combo_row_set_selected (
      self->dates_row,
      preview->dates_open ? 0 : place_in (dates, G_N_ELEMENTS (dates), preview->dates));
  gtk_widget_set_visible (GTK_WIDGET (self->currency_row),
                          csv && g_hash_table_lookup (preview->columns, "currency") == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->dates_row), csv);
  gtk_widget_set_visible (GTK_WIDGET (self->days_row),
                          g_str_equal (preview->kind, WB_STATEMENT_CARRIER));
  show_columns (self);
  self->filling = FALSE;
  say_problem (self, preview->problem);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbMoneyImportWindow *self = WB_MONEY_IMPORT_WINDOW (source);
  g_autoptr (GError)   error = NULL;
  WbFilePreview       *preview = wb_worker_finish (result, &error);

  self->running = FALSE;
  if (self->workspace == NULL)
    {
      g_clear_pointer (&preview, wb_file_preview_free);
      return;
    }
  if (preview == NULL)
    say_problem (self, error->message);
  else
    {
      g_clear_pointer (&self->preview, wb_file_preview_free);
      self->preview = preview;
      show_preview (self);
    }
  if (self->again)
    look (self);
}

static void
look (WbMoneyImportWindow *self)
{
  self->again = self->running;
  if (self->running || self->done)
    return;
  self->running = TRUE;
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_money_preview_work,
                       make_wish (self), G_OBJECT (self), NULL, looked_cb, NULL);
}

static void
changed_cb (gpointer widget, gpointer pspec, WbMoneyImportWindow *self)
{
  if (self->filling || self->workspace == NULL)
    return;
  if (widget == self->dates_row)
    self->asked = TRUE;
  look (self);
}

static void
typed_cb (GtkEditable *editable, WbMoneyImportWindow *self)
{
  changed_cb (editable, NULL, self);
}

/* ---- importing ---- */

static char *
tell (const WbFileImport *done)
{
  const WbImportResult *sum = &done->sum;
  GString              *text = g_string_new (NULL);

  g_string_append_printf (
      text, _ ("%d rows: %d new, %d known already; %d matched, %d to be matched by a person."),
      (int) sum->rows, (int) sum->added, (int) sum->known, (int) sum->matched, (int) sum->open);
  if (sum->adjustments > 0)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text,
                              ngettext ("%d bill differs from its label’s price.",
                                        "%d bills differ from their labels’ prices.",
                                        (gulong) sum->adjustments),
                              (int) sum->adjustments);
    }
  for (guint i = 0; i < done->asides->len; i++)
    {
      const WbAside   *aside = done->asides->pdata[i];
      g_autofree char *reason = wb_tell_again (aside->reason);

      g_string_append_c (text, '\n');
      /* Translators: the name of a file, the number of a line, what is wrong with it */
      g_string_append_printf (text, _ ("%s, line %u was set aside: %s"), done->name, aside->line,
                              reason);
    }
  return g_string_free (text, FALSE);
}

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbMoneyImportWindow *self = WB_MONEY_IMPORT_WINDOW (source);
  g_autoptr (GError)   error = NULL;
  WbFileImport        *done = wb_worker_finish (result, &error);
  g_autofree char     *text = done != NULL ? tell (done) : NULL;

  self->running = FALSE;
  g_clear_pointer (&done, wb_money_import_free);
  if (self->workspace == NULL)
    return;
  if (text == NULL)
    {
      say_problem (self, error->message);
      return;
    }
  self->done = TRUE;
  say_problem (self, NULL);
  gtk_label_set_text (self->outcome, text);
  gtk_widget_set_visible (GTK_WIDGET (self->outcome), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->columns), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->file_group), FALSE);
  wb_workspace_look (self->workspace);
}

static void
import_cb (GtkButton *button, WbMoneyImportWindow *self)
{
  if (self->running || self->done || self->preview == NULL)
    return;
  self->running = TRUE;
  gtk_widget_set_sensitive (self->import_button, FALSE);
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_money_import_work,
                       make_wish (self), G_OBJECT (self), NULL, imported_cb, NULL);
}

static void
wb_money_import_window_dispose (GObject *object)
{
  WbMoneyImportWindow *self = WB_MONEY_IMPORT_WINDOW (object);

  g_clear_object (&self->workspace);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->preview, wb_file_preview_free);
  G_OBJECT_CLASS (wb_money_import_window_parent_class)->dispose (object);
}

static void
wb_money_import_window_class_init (WbMoneyImportWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_money_import_window_dispose;
  g_type_ensure (WB_TYPE_COLUMNS_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               WB_RESOURCE "wb-money-import-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbMoneyImportWindow, import_button);
  gtk_widget_class_bind_template_child (widget_class, WbMoneyImportWindow, problem);
  gtk_widget_class_bind_template_child (widget_class, WbMoneyImportWindow, outcome);
  gtk_widget_class_bind_template_child (widget_class, WbMoneyImportWindow, file_group);
  gtk_widget_class_bind_template_child (widget_class, WbMoneyImportWindow, columns);
  gtk_widget_class_bind_template_child (widget_class, WbMoneyImportWindow, kind_row);
  gtk_widget_class_bind_template_child (widget_class, WbMoneyImportWindow, dates_row);
  gtk_widget_class_bind_template_child (widget_class, WbMoneyImportWindow, sender_row);
  gtk_widget_class_bind_template_child (widget_class, WbMoneyImportWindow, currency_row);
  gtk_widget_class_bind_template_child (widget_class, WbMoneyImportWindow, days_row);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, column_cb);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, import_cb);
}

static void
wb_money_import_window_init (WbMoneyImportWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_money_import_window_present: looks at the file at @path and asks. */
void
wb_money_import_window_present (GtkWindow *parent, WbWorkspace *workspace, const char *path)
{
  WbMoneyImportWindow *self =
      g_object_new (WB_TYPE_MONEY_IMPORT_WINDOW, "transient-for", parent, NULL);

  self->workspace = g_object_ref (workspace);
  self->path = g_strdup (path);
  look (self);
  gtk_window_present (GTK_WINDOW (self));
}
