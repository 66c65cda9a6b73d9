/* SPDX-License-Identifier: GPL-3.0-or-later
 * One row of a run: waiting, at work, done, or refused with its reason and its remedy. */
#include "wb-batch-line.h"

#include "wb-resource.h"

#include <glib/gi18n-lib.h>

struct _WbBatchLine
{
  AdwBin      parent_instance;
  GtkStack   *mark;
  GtkImage   *icon;
  GtkSpinner *spinner;
  GtkLabel   *title;
  GtkLabel   *text;
  GtkLabel   *advice;
  GtkLabel   *state;
  const char *style; /* static */
};

G_DEFINE_FINAL_TYPE (WbBatchLine, wb_batch_line, ADW_TYPE_BIN)

static const struct
{
  const char *icon;
  const char *style;
  const char *spoken;
} looks[] = {
  [WB_BATCH_ROW_WAITING] = { "content-loading-symbolic", "dim-label", N_ ("waiting") },
  [WB_BATCH_ROW_RUNNING] = { NULL, NULL, N_ ("at work") },
  [WB_BATCH_ROW_DONE] = { "object-select-symbolic", "success", N_ ("done") },
  [WB_BATCH_ROW_REFUSED] = { "dialog-error-symbolic", "error", N_ ("refused") },
  [WB_BATCH_ROW_STOPPED] = { "media-playback-stop-symbolic", "dim-label", N_ ("not begun") },
};

static void
wb_batch_line_class_init (WbBatchLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-batch-line.ui");
  gtk_widget_class_bind_template_child (widget_class, WbBatchLine, mark);
  gtk_widget_class_bind_template_child (widget_class, WbBatchLine, icon);
  gtk_widget_class_bind_template_child (widget_class, WbBatchLine, spinner);
  gtk_widget_class_bind_template_child (widget_class, WbBatchLine, title);
  gtk_widget_class_bind_template_child (widget_class, WbBatchLine, text);
  gtk_widget_class_bind_template_child (widget_class, WbBatchLine, advice);
  gtk_widget_class_bind_template_child (widget_class, WbBatchLine, state);
}

static void
wb_batch_line_init (WbBatchLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_batch_line_new: Returns: (transfer floating): a line that shows nothing yet. */
GtkWidget *
wb_batch_line_new (void)
{
  return g_object_new (WB_TYPE_BATCH_LINE, NULL);
}

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
show_look (WbBatchLine *self, WbBatchRowState state)
{
  if (self->style != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->icon), self->style);
  self->style = looks[state].style;
  if (self->style != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->icon), self->style);
  if (looks[state].icon != NULL)
    gtk_image_set_from_icon_name (self->icon, looks[state].icon);
  gtk_stack_set_visible_child (self->mark, state == WB_BATCH_ROW_RUNNING
                                               ? GTK_WIDGET (self->spinner)
                                               : GTK_WIDGET (self->icon));
  gtk_spinner_set_spinning (self->spinner, state == WB_BATCH_ROW_RUNNING);
  gtk_label_set_text (self->state, _ (looks[state].spoken));
}

/**
 * wb_batch_line_show:
 * @spoken: (nullable): what is said of it; %NULL: as of @state
 * @text, @advice: (nullable): what is the matter, and what to do
 *
 * Shows how a row stands.
 */
void
wb_batch_line_show (WbBatchLine    *self,
                    WbBatchRowState state,
                    const char     *spoken,
                    const char     *title,
                    const char     *text,
                    const char     *advice)
{
  gtk_label_set_text (self->title, title);
  set_text (self->text, text);
  set_text (self->advice, advice);
  show_look (self, state);
  if (spoken != NULL)
    gtk_label_set_text (self->state, spoken);
}
