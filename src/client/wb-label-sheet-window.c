/* SPDX-License-Identifier: GPL-3.0-or-later
 * Labels of chosen shipments onto sheets of paper: which sheet, from which place on, with marks to
 * cut along. */
#include "wb-label-sheet-window.h"

#include "wb-order-paper.h"
#include "wb-resource.h"
#include "wb-sheet-places.h"

#include <glib/gi18n-lib.h>

struct _WbLabelSheetWindow
{
  WbFormWindow   parent_instance;
  AdwComboRow   *layout;
  GtkSwitch     *marks;
  WbSheetPlaces *places;
  GtkLabel      *outlook;
  GArray        *shipments; /* of gint64 */
};

G_DEFINE_FINAL_TYPE (WbLabelSheetWindow, wb_label_sheet_window, WB_TYPE_FORM_WINDOW)

typedef struct
{
  const char *layout; /* static */
  guint       start;
  gboolean    marks;
  GArray     *shipments;
} Wish;

static void
wish_free (gpointer data)
{
  g_array_unref (((Wish *) data)->shipments);
  g_free (data);
}

static gpointer
run_print (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Wish            *wish = data;
  WbDesk          *desk = wb_job_get_desk (job, error);
  g_autofree char *outcome = NULL;

  if (desk == NULL ||
      !wb_desk_print_label_sheet (desk, wish->layout, wish->start, wish->marks,
                                  (const gint64 *) (gpointer) wish->shipments->data,
                                  wish->shipments->len, &outcome, cancellable, error))
    return NULL;
  return g_steal_pointer (&outcome);
}

static const WbWorkKind print_work = {
  .run = run_print,
  .free_data = wish_free,
  .free_result = g_free,
  .effect = TRUE,
};

static const WbSheetLayout *
chosen_layout (WbLabelSheetWindow *self)
{
  guint index = adw_combo_row_get_selected (self->layout);

  return index != GTK_INVALID_LIST_POSITION ? wb_sheet_get (index) : NULL;
}

static gboolean
check (WbFormWindow *form)
{
  WbLabelSheetWindow *self = WB_LABEL_SHEET_WINDOW (form);
  g_autofree char    *label = g_strdup_printf (
         ngettext ("_Print %u label", "_Print %u labels", self->shipments->len), self->shipments->len);

  wb_form_window_set_act (form, label, FALSE);
  return chosen_layout (self) != NULL;
}

static void
act (WbFormWindow *form)
{
  WbLabelSheetWindow *self = WB_LABEL_SHEET_WINDOW (form);
  Wish               *wish = g_new0 (Wish, 1);

  wish->layout = chosen_layout (self)->id;
  wish->start = wb_sheet_places_get_start (self->places);
  wish->marks = gtk_switch_get_active (self->marks);
  wish->shipments = g_array_ref (self->shipments);
  wb_form_window_run (form, &print_work, wish);
}

/* “From place 3 of 8 on: 2 sheets” */
static void
show_outlook (WbLabelSheetWindow *self)
{
  const WbSheetLayout *layout = chosen_layout (self);
  guint                places = layout != NULL ? layout->columns * layout->rows : 1;
  guint                start = wb_sheet_places_get_start (self->places);
  guint                sheets = (start - 1 + self->shipments->len + places - 1) / places;
  g_autofree char     *sheet_words =
      g_strdup_printf (ngettext ("%u sheet", "%u sheets", sheets), sheets);
  /* Translators: the first free place of a sheet of labels, how many it has; “2 sheets” */
  g_autofree char *text =
      g_strdup_printf (_ ("From place %u of %u on: %s"), start, places, sheet_words);

  gtk_label_set_text (self->outlook, text);
}

static void
place_cb (WbSheetPlaces *places, WbLabelSheetWindow *self)
{
  show_outlook (self);
}

static void
layout_cb (AdwComboRow *row, GParamSpec *pspec, WbLabelSheetWindow *self)
{
  if (self->shipments != NULL && chosen_layout (self) != NULL)
    wb_sheet_places_set_layout (self->places, chosen_layout (self), self->shipments->len);
}

static void
wb_label_sheet_window_finalize (GObject *object)
{
  g_clear_pointer (&WB_LABEL_SHEET_WINDOW (object)->shipments, g_array_unref);
  G_OBJECT_CLASS (wb_label_sheet_window_parent_class)->finalize (object);
}

static void
wb_label_sheet_window_class_init (WbLabelSheetWindowClass *klass)
{
  GtkWidgetClass    *widget_class = GTK_WIDGET_CLASS (klass);
  WbFormWindowClass *form_class = WB_FORM_WINDOW_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wb_label_sheet_window_finalize;
  form_class->check = check;
  form_class->act = act;
  g_type_ensure (WB_TYPE_SHEET_PLACES);
  wb_form_window_class_set_view (form_class, WB_RESOURCE "wb-label-sheet-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbLabelSheetWindow, layout);
  gtk_widget_class_bind_template_child (widget_class, WbLabelSheetWindow, marks);
  gtk_widget_class_bind_template_child (widget_class, WbLabelSheetWindow, places);
  gtk_widget_class_bind_template_child (widget_class, WbLabelSheetWindow, outlook);
  gtk_widget_class_bind_template_callback (widget_class, layout_cb);
  gtk_widget_class_bind_template_callback (widget_class, place_cb);
}

/* “A4, 4 labels of 105 × 149 mm” */
static char *
title_of (const WbSheetLayout *layout)
{
  guint n = layout->columns * layout->rows;

  /* Translators: a kind of label sheet: A4 or Letter, how many labels, their size in millimetres */
  return g_strdup_printf (
      ngettext ("%s, %u label of %.0f × %.0f mm", "%s, %u labels of %.0f × %.0f mm", n),
      g_str_has_prefix (layout->id, "letter") ? _ ("Letter") : "A4", n,
      layout->label_width / 72 * 25.4, layout->label_height / 72 * 25.4);
}

static void
wb_label_sheet_window_init (WbLabelSheetWindow *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; wb_sheet_get (i) != NULL; i++)
    {
      g_autofree char *title = title_of (wb_sheet_get (i));

      gtk_string_list_append (titles, title);
    }
  adw_combo_row_set_model (self->layout, G_LIST_MODEL (titles));
}

/* The first sheet of the paper usual here that has more than one place. */
static guint
usual_layout (WbWorkspace *workspace)
{
  g_autoptr (GPtrArray) origins = wb_book_list_origins (wb_workspace_get_book (workspace), NULL);
  const char           *country = origins != NULL && origins->len > 0
                                      ? wb_record_get_text (origins->pdata[0], WB_ORIGIN_COUNTRY)
                                      : NULL;
  const char           *paper =
      g_str_equal (wb_paper_size (NULL, country), WB_PAPER_LETTER) ? "letter" : "a4";

  for (guint i = 0; wb_sheet_get (i) != NULL; i++)
    if (g_str_has_prefix (wb_sheet_get (i)->id, paper) &&
        wb_sheet_get (i)->columns * wb_sheet_get (i)->rows > 1)
      return i;
  return 0;
}

/** wb_label_sheet_window_open: @shipments: (element-type gint64): in the order of their places;
 * kept. Returns: (transfer none): the window, above @parent. */
GtkWindow *
wb_label_sheet_window_open (GtkWindow *parent, WbWorkspace *workspace, GArray *shipments)
{
  WbLabelSheetWindow *self = g_object_new (WB_TYPE_LABEL_SHEET_WINDOW, NULL);

  self->shipments = g_array_ref (shipments);
  adw_combo_row_set_selected (self->layout, usual_layout (workspace));
  layout_cb (self->layout, NULL, self);
  wb_form_window_present (WB_FORM_WINDOW (self), parent, workspace);
  gtk_widget_grab_focus (GTK_WIDGET (self->places));
  return GTK_WINDOW (self);
}
