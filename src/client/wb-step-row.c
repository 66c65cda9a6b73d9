/* SPDX-License-Identifier: GPL-3.0-or-later
 * One step of shipping: waiting, at work, done with its time, or stopped with its reason and
 * remedy. */
#include "wb-step-row.h"

#include "wb-resource.h"

#include <glib/gi18n-lib.h>

struct _WbStepRow
{
  GtkListBoxRow parent_instance;
  GtkStack     *mark;
  GtkImage     *icon;
  GtkSpinner   *spinner;
  GtkLabel     *title;
  GtkLabel     *text;
  GtkLabel     *advice;
  GtkLabel     *code;
  GtkLabel     *time;
  WbStep        step;
  WbStepState   state;
  gint64        began; /* monotonic */
};

G_DEFINE_FINAL_TYPE (WbStepRow, wb_step_row, GTK_TYPE_LIST_BOX_ROW)

static const struct
{
  const char *icon;
  const char *style;
  const char *spoken;
} looks[] = {
  [WB_STEP_WAITING] = { "content-loading-symbolic", "dim-label", N_ ("waiting") },
  [WB_STEP_RUNNING] = { NULL, NULL, N_ ("at work") },
  [WB_STEP_DONE] = { "object-select-symbolic", "success", N_ ("done") },
  [WB_STEP_SKIPPED] = { "go-next-symbolic", "dim-label", N_ ("not needed") },
  [WB_STEP_FAILED] = { "dialog-error-symbolic", "error", N_ ("failed") },
  [WB_STEP_UNSURE] = { "dialog-question-symbolic", "warning", N_ ("not sure") },
};

static void
wb_step_row_class_init (WbStepRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-step-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbStepRow, mark);
  gtk_widget_class_bind_template_child (widget_class, WbStepRow, icon);
  gtk_widget_class_bind_template_child (widget_class, WbStepRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, WbStepRow, title);
  gtk_widget_class_bind_template_child (widget_class, WbStepRow, text);
  gtk_widget_class_bind_template_child (widget_class, WbStepRow, advice);
  gtk_widget_class_bind_template_child (widget_class, WbStepRow, code);
  gtk_widget_class_bind_template_child (widget_class, WbStepRow, time);
}

static void
wb_step_row_init (WbStepRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

/** wb_step_row_new: Returns: (transfer floating): the row of @step, waiting. */
GtkWidget *
wb_step_row_new (WbStep step)
{
  WbStepRow *self = g_object_new (WB_TYPE_STEP_ROW, NULL);

  self->step = step;
  gtk_label_set_text (self->title, wb_step_title (step));
  wb_step_row_set_state (self, WB_STEP_WAITING, NULL);
  return GTK_WIDGET (self);
}

static void
show_time (WbStepRow *self, WbStepState state)
{
  g_autofree char *text = NULL;
  gint64           tenths = (g_get_monotonic_time () - self->began) / (G_TIME_SPAN_SECOND / 10);

  if (state == WB_STEP_RUNNING)
    self->began = g_get_monotonic_time ();
  else if (self->began != 0 && state == WB_STEP_DONE)
    /* Translators: how long a step took, seconds and tenths */
    text = g_strdup_printf (_ ("%d.%d s"), (int) (tenths / 10), (int) (tenths % 10));
  set_text (self->time, text);
}

/** wb_step_row_set_state: @text: (nullable): what was done, or why not. */
void
wb_step_row_set_state (WbStepRow *self, WbStepState state, const char *text)
{
  g_autofree char *spoken =
      g_strdup_printf ("%s: %s", wb_step_title (self->step), _ (looks[state].spoken));

  if (looks[self->state].style != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->icon), looks[self->state].style);
  if (looks[state].style != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->icon), looks[state].style);
  if (looks[state].icon != NULL)
    gtk_image_set_from_icon_name (self->icon, looks[state].icon);
  gtk_stack_set_visible_child (self->mark, state == WB_STEP_RUNNING ? GTK_WIDGET (self->spinner)
                                                                    : GTK_WIDGET (self->icon));
  gtk_spinner_set_spinning (self->spinner, state == WB_STEP_RUNNING);
  show_time (self, state);
  self->state = state;
  set_text (self->text, text);
  if (state != WB_STEP_FAILED && state != WB_STEP_UNSURE)
    wb_step_row_set_advice (self, NULL, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

/** wb_step_row_get_state: Returns: how far it is. */
WbStepState
wb_step_row_get_state (WbStepRow *self)
{
  return self->state;
}

/** wb_step_row_set_advice: @advice: (nullable): what a person can do about it; @code: (nullable):
 * the other side's own words, in small print. */
void
wb_step_row_set_advice (WbStepRow *self, const char *advice, const char *code)
{
  set_text (self->advice, advice);
  set_text (self->code, code);
}
