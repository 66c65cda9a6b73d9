/* SPDX-License-Identifier: GPL-3.0-or-later
 * One line of a walk. It stays while the counts change, so what has the focus keeps it. */
#include "wb-pick-line-row.h"

#include "wb-resource.h"
#include "wb-text.h"
#include "wb-widget-name.h"

#include <glib/gi18n-lib.h>

#define NO_BREAK      "\302\240" /* a space at which no line ends */
#define LEFT_TO_RIGHT "\342\200\252"
#define RIGHT_TO_LEFT "\342\200\217"
#define AS_BEFORE     "\342\200\254"

struct _WbPickLineRow
{
  GtkListBoxRow     parent_instance;
  GtkWidget        *mark, *count_button, *back_button, *short_button;
  GtkLabel         *bin, *name, *details, *split, *left, *done;
  const WbPickLine *line; /* of the sheet, which outlives its rows */
  gint64            shown_picked, shown_missing, shown_wanted;
};

enum
{
  ASKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbPickLineRow, wb_pick_line_row, GTK_TYPE_LIST_BOX_ROW)

static void
count_cb (GtkButton *button, WbPickLineRow *self)
{
  g_signal_emit (self, signals[ASKED], 0, WB_PICK_ONE_MORE);
}

static void
back_cb (GtkButton *button, WbPickLineRow *self)
{
  g_signal_emit (self, signals[ASKED], 0, WB_PICK_ONE_BACK);
}

static void
short_cb (GtkButton *button, WbPickLineRow *self)
{
  g_signal_emit (self, signals[ASKED], 0, WB_PICK_NOT_THERE);
}

static gboolean
key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  WbPickLineRow *self = WB_PICK_LINE_ROW (widget);

  if (wb_pick_line_left (self->line) > 0)
    g_signal_emit (self, signals[ASKED], 0, WB_PICK_NOT_THERE);
  return TRUE;
}

static void
wb_pick_line_row_class_init (WbPickLineRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  /* Something was asked of it: a WbPickAct. */
  signals[ASKED] = g_signal_new ("asked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-pick-line-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPickLineRow, mark);
  gtk_widget_class_bind_template_child (widget_class, WbPickLineRow, count_button);
  gtk_widget_class_bind_template_child (widget_class, WbPickLineRow, back_button);
  gtk_widget_class_bind_template_child (widget_class, WbPickLineRow, short_button);
  gtk_widget_class_bind_template_child (widget_class, WbPickLineRow, bin);
  gtk_widget_class_bind_template_child (widget_class, WbPickLineRow, name);
  gtk_widget_class_bind_template_child (widget_class, WbPickLineRow, details);
  gtk_widget_class_bind_template_child (widget_class, WbPickLineRow, split);
  gtk_widget_class_bind_template_child (widget_class, WbPickLineRow, left);
  gtk_widget_class_bind_template_child (widget_class, WbPickLineRow, done);
  gtk_widget_class_bind_template_callback (widget_class, count_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, short_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_minus, GDK_CONTROL_MASK, key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Subtract, GDK_CONTROL_MASK, key_cb, NULL);
}

static void
wb_pick_line_row_init (WbPickLineRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* What one order wants, in words that stay on one line. */
static char *
words_of (const WbPickPart *part)
{
  int                 wanted = (int) part->wanted;
  g_autofree char    *number = g_strdup_printf ("#%s", part->number);
  g_autofree char    *whole = g_strdup_printf (LEFT_TO_RIGHT "%s" AS_BEFORE, number);
  g_autoptr (GString) text = g_string_new (NULL);

  if (part->tote != NULL)
    /* Translators: an order's number, pieces for it, the tote they go into */
    g_string_printf (text, _ ("#%s × %d → tote %s"), part->number, wanted, part->tote);
  else
    /* Translators: an order's number, pieces for it */
    g_string_printf (text, _ ("#%s × %d"), part->number, wanted);
  if (wb_pick_part_left (part) == 0)
    g_string_append (text, part->missing > 0 ? " ✗" : " ✓");
  g_string_replace (text, " ", NO_BREAK, 0);
  /* “#” stays before its number where one writes from the right. */
  g_string_replace (text, number, whole, 1);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
split_of (const WbPickLine *line)
{
  gboolean            from_right = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL;
  g_autoptr (GString) text = g_string_new (from_right ? RIGHT_TO_LEFT : NULL);
  gboolean            some = FALSE;

  for (guint i = 0; i < line->parts->len; i++)
    {
      const WbPickPart *part = line->parts->pdata[i];
      g_autofree char  *words = part->out ? NULL : words_of (part);

      if (words != NULL)
        g_string_append_printf (text, "%s%s", some ? "   " : "", words);
      some |= words != NULL;
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
details_of (const WbPickLine *line)
{
  gboolean sku = line->sku != NULL && *line->sku != '\0',
           options = line->options != NULL && *line->options != '\0';

  return g_strdup_printf ("%s%s%s", sku ? line->sku : "", sku && options ? " · " : "",
                          options ? line->options : "");
}

static void
set_style (GtkWidget *widget, const char *style, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, style);
  else
    gtk_widget_remove_css_class (widget, style);
}

/* What those hear who do not see it. */
static void
name_row (WbPickLineRow *self)
{
  int              picked = (int) self->shown_picked, wanted = (int) self->shown_wanted;
  int              missing = (int) self->shown_missing;
  g_autofree char *said =
      missing > 0
          /* Translators: what it is, pieces that are fetched, pieces wanted, pieces not there */
          ? g_strdup_printf (_ ("%s: %d of %d are fetched, %d not there"), self->line->name, picked,
                             wanted, missing)
          /* Translators: what it is, pieces that are fetched, pieces that are wanted */
          : g_strdup_printf (_ ("%s: %d of %d are fetched"), self->line->name, picked, wanted);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
}

static void
show_counts (WbPickLineRow *self)
{
  gint64           left = wb_pick_line_left (self->line);
  g_autofree char *big = g_strdup_printf ("%d", (int) left);
  g_autofree char *split = split_of (self->line);
  g_autofree char *done =
      self->shown_missing > 0
          /* Translators: pieces that are fetched, pieces that are wanted, pieces not there */
          ? g_strdup_printf (_ ("%d / %d, %d not there"), (int) self->shown_picked,
                             (int) self->shown_wanted, (int) self->shown_missing)
          : wb_text_isolate (
                g_strdup_printf ("%d / %d", (int) self->shown_picked, (int) self->shown_wanted));

  gtk_label_set_text (self->left, left > 0 ? big : "");
  gtk_label_set_text (self->done, done);
  gtk_label_set_text (self->split, split);
  gtk_widget_set_visible (GTK_WIDGET (self->left), left > 0);
  gtk_widget_set_visible (self->mark, left == 0);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->mark), self->shown_missing > 0
                                                            ? "dialog-warning-symbolic"
                                                            : "object-select-symbolic");
  set_style (self->mark, "success", self->shown_missing == 0);
  set_style (self->mark, "warning", self->shown_missing > 0);
  set_style (GTK_WIDGET (self->name), "dim-label", left == 0);
  set_style (GTK_WIDGET (self->bin), "dim-label", left == 0);
  gtk_widget_set_sensitive (self->count_button, left > 0);
  gtk_widget_set_sensitive (self->short_button, left > 0);
  gtk_widget_set_sensitive (self->back_button, self->shown_picked > 0);
}

/** wb_pick_line_row_show: shows how its line stands now, if that has changed. */
void
wb_pick_line_row_show (WbPickLineRow *self)
{
  gint64 picked = wb_pick_line_picked (self->line), missing = wb_pick_line_missing (self->line),
         wanted = wb_pick_line_wanted (self->line);

  if (self->shown_picked == picked && self->shown_missing == missing &&
      self->shown_wanted == wanted)
    return;
  self->shown_picked = picked;
  self->shown_missing = missing;
  self->shown_wanted = wanted;
  gtk_widget_set_visible (GTK_WIDGET (self), wanted > 0);
  show_counts (self);
  name_row (self);
}

/** wb_pick_line_row_new: @line must outlive it. Returns: (transfer floating): the row of @line. */
GtkWidget *
wb_pick_line_row_new (const WbPickLine *line)
{
  WbPickLineRow   *self = g_object_new (WB_TYPE_PICK_LINE_ROW, NULL);
  g_autofree char *details = details_of (line);

  self->line = line;
  self->shown_picked = self->shown_missing = self->shown_wanted = -1;
  gtk_label_set_text (self->bin, *line->bin != '\0' ? line->bin : "–");
  gtk_label_set_text (self->name, line->name);
  gtk_label_set_text (self->details, details);
  gtk_widget_set_visible (GTK_WIDGET (self->details), *details != '\0');
  wb_widget_name (self->count_button, _ ("Count one of %s without a scan"), line->name);
  wb_widget_name (self->back_button, _ ("Put one of %s back"), line->name);
  wb_widget_name (self->short_button, _ ("%s is not there"), line->name);
  wb_pick_line_row_show (self);
  return GTK_WIDGET (self);
}

/** wb_pick_line_row_has: Returns: whether the pick is a part of its line. */
gboolean
wb_pick_line_row_has (WbPickLineRow *self, gint64 pick_id)
{
  for (guint i = 0; i < self->line->parts->len; i++)
    if (((WbPickPart *) self->line->parts->pdata[i])->pick_id == pick_id)
      return TRUE;
  return FALSE;
}

/** wb_pick_line_row_picks: Returns: (transfer full) (element-type gint64): the picks that @act is
 * about: those that still want a piece, first come first served; for one back, those that have one,
 * the last served first. */
GArray *
wb_pick_line_row_picks (WbPickLineRow *self, WbPickAct act)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < self->line->parts->len; i++)
    {
      const WbPickPart *part = self->line->parts->pdata[i];

      if (part->out)
        continue;
      if (act == WB_PICK_ONE_BACK && part->picked > 0)
        g_array_prepend_val (ids, part->pick_id);
      else if (act != WB_PICK_ONE_BACK && wb_pick_part_left (part) > 0)
        g_array_append_val (ids, part->pick_id);
    }
  return ids;
}

/** wb_pick_line_row_missing: Returns: (transfer full): what it means that the rest of its line is
 * not there, for people. */
char *
wb_pick_line_row_missing (WbPickLineRow *self)
{
  /* Translators: pieces, what it is */
  return g_strdup_printf (_ ("%d × %s wait for stock"), (int) wb_pick_line_left (self->line),
                          self->line->name);
}
