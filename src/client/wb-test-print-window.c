/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sets a label printer right: prints a test label, asks what came out, changes the settings by it,
 * and prints again. */
#include "wb-test-print-window.h"

#include "wb-preferences-works.h"
#include "wb-refusals.h"
#include "wb-resource.h"

#include <glib/gi18n-lib.h>

#define DMM_PER_MM 10.0

struct _WbTestPrintWindow
{
  AdwWindow      parent_instance;
  GtkStack      *stack;
  GtkLabel      *said;
  GtkLabel      *failure;
  GtkWidget     *print;
  GtkWidget     *again;
  GtkWidget     *right;
  GtkSpinButton *ruler;
  GtkSpinButton *shift_x;
  GtkSpinButton *shift_y;
  AdwComboRow   *turned;
  GtkSwitch     *blank;
  AdwComboRow   *strength;
  WbWorkspace   *workspace;
  char          *document;
  gboolean       busy;
};

enum
{
  ADJUSTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbTestPrintWindow, wb_test_print_window, ADW_TYPE_WINDOW)

/* In the order of the lists in the .ui. */
static const gint64 turns[] = { 0, 90, 180, 270 };
enum
{
  STRENGTH_RIGHT,
  STRENGTH_FAINT,
  STRENGTH_SMEARED,
};

static void
show_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static gint64
read_mm (GtkSpinButton *spin)
{
  double dmm;

  gtk_spin_button_update (spin); /* what is typed counts, with or without Return */
  dmm = gtk_spin_button_get_value (spin) * DMM_PER_MM;
  return (gint64) (dmm + (dmm < 0 ? -0.5 : 0.5));
}

static WbTestFindings
read_findings (WbTestPrintWindow *self)
{
  guint strength = adw_combo_row_get_selected (self->strength);

  return (WbTestFindings){
    .ruler_dmm = read_mm (self->ruler),
    .shift_x = read_mm (self->shift_x),
    .shift_y = read_mm (self->shift_y),
    .turned = turns[MIN (adw_combo_row_get_selected (self->turned), G_N_ELEMENTS (turns) - 1)],
    .blank_labels = gtk_switch_get_active (self->blank),
    .faint = strength == STRENGTH_FAINT,
    .smeared = strength == STRENGTH_SMEARED,
  };
}

/* The next label is looked at anew. */
static void
clear_findings (WbTestPrintWindow *self)
{
  gtk_spin_button_set_value (self->ruler, 0);
  gtk_spin_button_set_value (self->shift_x, 0);
  gtk_spin_button_set_value (self->shift_y, 0);
  adw_combo_row_set_selected (self->turned, 0);
  gtk_switch_set_active (self->blank, FALSE);
  adw_combo_row_set_selected (self->strength, STRENGTH_RIGHT);
}

static void
set_busy (WbTestPrintWindow *self, gboolean busy)
{
  self->busy = busy;
  gtk_widget_set_sensitive (self->print, !busy);
  gtk_widget_set_sensitive (self->again, !busy);
  gtk_widget_set_sensitive (self->right, !busy);
}

static void
printed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbTestPrintWindow *self = WB_TEST_PRINT_WINDOW (source);
  g_autoptr (GError) error = NULL;
  g_autofree char   *outcome = wb_worker_finish (result, &error);
  g_autofree char   *words = outcome == NULL ? wb_error_words (error) : NULL;

  if (self->workspace == NULL)
    return;
  set_busy (self, FALSE);
  show_text (self->failure, words);
  if (user_data != NULL)
    g_signal_emit (self, signals[ADJUSTED], 0);
  if (outcome == NULL)
    return;
  show_text (self->said, outcome);
  clear_findings (self);
  gtk_stack_set_visible_child_name (self->stack, "ask");
}

static void
print_cb (GtkButton *button, WbTestPrintWindow *self)
{
  set_busy (self, TRUE);
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_print_test_work,
                       g_strdup (self->document), G_OBJECT (self), NULL, printed_cb, NULL);
}

static void
again_cb (GtkButton *button, WbTestPrintWindow *self)
{
  WbTestFindings findings = read_findings (self);

  set_busy (self, TRUE);
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_adjust_printer_work,
                       wb_adjust_ask_new (self->document, &findings), G_OBJECT (self), NULL,
                       printed_cb, self);
}

static void
right_cb (GtkButton *button, WbTestPrintWindow *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

static void
wb_test_print_window_dispose (GObject *object)
{
  WbTestPrintWindow *self = WB_TEST_PRINT_WINDOW (object);

  g_clear_object (&self->workspace);
  g_clear_pointer (&self->document, g_free);
  G_OBJECT_CLASS (wb_test_print_window_parent_class)->dispose (object);
}

static void
wb_test_print_window_class_init (WbTestPrintWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_test_print_window_dispose;

  /* The printer's settings are others than before. */
  signals[ADJUSTED] = g_signal_new ("adjusted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-test-print-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbTestPrintWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, WbTestPrintWindow, said);
  gtk_widget_class_bind_template_child (widget_class, WbTestPrintWindow, failure);
  gtk_widget_class_bind_template_child (widget_class, WbTestPrintWindow, print);
  gtk_widget_class_bind_template_child (widget_class, WbTestPrintWindow, again);
  gtk_widget_class_bind_template_child (widget_class, WbTestPrintWindow, right);
  gtk_widget_class_bind_template_child (widget_class, WbTestPrintWindow, ruler);
  gtk_widget_class_bind_template_child (widget_class, WbTestPrintWindow, shift_x);
  gtk_widget_class_bind_template_child (widget_class, WbTestPrintWindow, shift_y);
  gtk_widget_class_bind_template_child (widget_class, WbTestPrintWindow, turned);
  gtk_widget_class_bind_template_child (widget_class, WbTestPrintWindow, blank);
  gtk_widget_class_bind_template_child (widget_class, WbTestPrintWindow, strength);
  gtk_widget_class_bind_template_callback (widget_class, print_cb);
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
  gtk_widget_class_bind_template_callback (widget_class, right_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
wb_test_print_window_init (WbTestPrintWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_test_print_window_new: @document: WB_DOCUMENT_…, whose printer is set right. Returns:
 * (transfer none): a window above @parent, not yet shown. */
GtkWindow *
wb_test_print_window_new (GtkWindow *parent, WbWorkspace *workspace, const char *document)
{
  WbTestPrintWindow *self = g_object_new (WB_TYPE_TEST_PRINT_WINDOW, "transient-for", parent, NULL);

  self->workspace = g_object_ref (workspace);
  self->document = g_strdup (document);
  return GTK_WINDOW (self);
}
