/* SPDX-License-Identifier: GPL-3.0-or-later
 * A spreadsheet of orders: what was detected or remembered of it, what would come in and what would
 * be kept aside; then it is imported. Whatever is changed is looked at anew at once. */
#include "wb-orders-import-window.h"

#include "wb-columns-group.h"
#include "wb-own-works.h"
#include "wb-preferences-window.h"
#include "wb-refusals.h"
#include "wb-resource.h"
#include "wb-text.h"
#include "wb-trouble.h"

#include <glib/gi18n-lib.h>

#define MOST_ORDERS 10 /* shown before they are imported */
#define MOST_ASIDES 50

struct _WbOrdersImportWindow
{
  WbFormWindow         parent_instance;
  GtkStack            *stack;
  AdwStatusPage       *error_page;
  AdwActionRow        *sum_row;
  GtkEditable         *currency_row;
  GtkEditable         *country_row;
  AdwComboRow         *dates_row;
  AdwComboRow         *decimal_row;
  AdwPreferencesGroup *aside_group;
  AdwPreferencesGroup *orders_group;
  WbColumnsGroup      *columns;
  AdwPreferencesGroup *done_group;
  GPtrArray           *aside_rows, *order_rows; /* borrowed */
  char                *path, *channel;
  char                *looked_at; /* what was wished when it was looked at last */
  WbOrdersPreview     *preview;
  gboolean             running, filling, asked, done; /* asked: a column was changed */
};

G_DEFINE_FINAL_TYPE (WbOrdersImportWindow, wb_orders_import_window, WB_TYPE_FORM_WINDOW)

static const char *const dates[] = { "unknown", "ymd", "dmy", "mdy" };
static const char *const decimals[] = { ".", "," };

/* What most of a file is about; asked for even where there is no column. */
static const char *const needed[] = { "number", "sku", "quantity", "price", NULL };

static void look (WbOrdersImportWindow *self);

/* ---- what the person wishes ---- */

static char *
typed (GtkEditable *row)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (row)));

  return *text != '\0' ? g_ascii_strup (text, -1) : NULL;
}

static WbOrdersFileWish *
make_wish (WbOrdersImportWindow *self)
{
  WbOrdersFileWish *wish = wb_orders_file_wish_new (self->path, self->channel);
  guint             date = adw_combo_row_get_selected (self->dates_row);

  if (self->preview == NULL)
    return wish;
  wish->currency = typed (self->currency_row);
  wish->country = typed (self->country_row);
  if (date > 0 && date < G_N_ELEMENTS (dates))
    wish->dates = g_strdup (dates[date]);
  wish->decimal = g_strdup (decimals[MIN (adw_combo_row_get_selected (self->decimal_row), 1)]);
  if (self->asked)
    wb_columns_group_take (self->columns, wish->columns);
  return wish;
}

/* A code that is being typed is not looked at before it is whole. */
static gboolean
is_whole (const WbOrdersFileWish *wish)
{
  return (wish->currency == NULL || wb_currency_is_valid (wish->currency)) &&
         (wish->country == NULL || strlen (wish->country) == 2);
}

/* What is typed wrong is told where it stands. */
static void
judge (WbOrdersImportWindow *self, const WbOrdersFileWish *wish)
{
  g_autofree char *currency = NULL, *country = NULL;

  if (wish->currency != NULL && !wb_currency_is_valid (wish->currency))
    currency = g_strdup_printf (_ ("“%s” is not a currency"), wish->currency);
  if (wish->country != NULL && strlen (wish->country) != 2)
    country = g_strdup_printf (_ ("“%s” is not a country's code of two letters"), wish->country);
  wb_trouble_in_row (ADW_PREFERENCES_ROW (self->currency_row), currency);
  wb_trouble_in_row (ADW_PREFERENCES_ROW (self->country_row), country);
}

static char *
sign (const WbOrdersFileWish *wish)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s %s %s %s", wish->currency, wish->country, wish->dates,
                          wish->decimal);
  for (guint i = 0; i < wb_orders_n_cells (); i++)
    g_string_append_printf (
        text, "\n%s", (const char *) g_hash_table_lookup (wish->columns, wb_orders_cell_id (i)));
  return g_string_free (text, FALSE);
}

static gboolean
check (WbFormWindow *form)
{
  WbOrdersImportWindow        *self = WB_ORDERS_IMPORT_WINDOW (form);
  g_autoptr (WbOrdersFileWish) wish = NULL;
  g_autofree char             *signature = NULL;

  if (self->done)
    return TRUE;
  if (self->filling || self->preview == NULL)
    return FALSE;
  wish = make_wish (self);
  signature = sign (wish);
  judge (self, wish);
  if (g_strcmp0 (signature, self->looked_at) != 0 && is_whole (wish))
    look (self);
  return !self->running && is_whole (wish) && self->preview->problem == NULL &&
         self->preview->orders->len > 0;
}

/* ---- what the file looks like ---- */

static GtkWidget *
make_row (const char *title, const char *subtitle)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title-lines", 2,
                                 "subtitle-lines", 3, NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  return row;
}

static GtkWidget *
make_aside (const WbOrderAside *aside)
{
  g_autofree char *title = g_strdup_printf (_ ("Line %u"), aside->line);
  g_autofree char *reason = wb_tell_again (aside->reason);
  GtkWidget       *row = make_row (title, reason);

  if (!wb_text_is_empty (aside->raw))
    gtk_widget_set_tooltip_text (row, aside->raw);
  return row;
}

static void
fill_asides (AdwPreferencesGroup *group, GPtrArray *asides, GPtrArray *rows)
{
  for (guint i = 0; i < MIN (asides->len, MOST_ASIDES); i++)
    {
      GtkWidget *row = make_aside (asides->pdata[i]);

      adw_preferences_group_add (group, row);
      g_ptr_array_add (rows, row);
    }
}

static GtkWidget *
make_order (WbOrder *order)
{
  const char      *name = wb_record_get_text (order, WB_ORDER_CUSTOMER_NAME);
  gint64           items = wb_record_get_int (order, WB_ORDER_ITEM_COUNT);
  g_autofree char *number = g_strdup_printf ("#%s", wb_record_get_text (order, WB_ORDER_NUMBER));
  g_autofree char *money = wb_money_to_text (wb_money (
      wb_record_get_int (order, WB_ORDER_TOTAL), wb_record_get_text (order, WB_ORDER_CURRENCY)));
  g_autofree char *pieces =
      g_strdup_printf (ngettext ("%d piece", "%d pieces", (gulong) items), (int) items);
  g_autofree char *subtitle =
      g_strdup_printf ("%s · %s", wb_text_is_empty (name) ? _ ("Without a name") : name, pieces);
  GtkWidget *row = make_row (number, subtitle), *total = gtk_label_new (money);

  gtk_widget_add_css_class (total, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), total);
  return row;
}

static void
show_orders (WbOrdersImportWindow *self)
{
  const WbOrdersPreview *preview = self->preview;
  guint                  more = preview->orders->len - MIN (preview->orders->len, MOST_ORDERS);
  g_autofree char *rest = g_strdup_printf (ngettext ("and %u more", "and %u more", more), more);

  wb_preferences_group_clear (self->orders_group, self->order_rows);
  wb_preferences_group_clear (self->aside_group, self->aside_rows);
  for (guint i = 0; i < MIN (preview->orders->len, MOST_ORDERS); i++)
    g_ptr_array_add (self->order_rows, make_order (preview->orders->pdata[i]));
  if (more > 0)
    g_ptr_array_add (self->order_rows, make_row (rest, NULL));
  for (guint i = 0; i < self->order_rows->len; i++)
    adw_preferences_group_add (self->orders_group, self->order_rows->pdata[i]);
  fill_asides (self->aside_group, preview->asides, self->aside_rows);
  gtk_widget_set_visible (GTK_WIDGET (self->orders_group), self->order_rows->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->aside_group), self->aside_rows->len > 0);
}

static void
show_sum (WbOrdersImportWindow *self)
{
  const WbOrdersPreview *preview = self->preview;
  g_autofree char       *orders = g_strdup_printf (
            ngettext ("%u order", "%u orders", preview->orders->len), preview->orders->len);
  g_autofree char *rows =
      g_strdup_printf (ngettext ("%u row", "%u rows", preview->rows), preview->rows);
  g_autofree char *problem = preview->problem != NULL ? wb_tell_again (preview->problem) : NULL;
  /* Translators: how many orders, in how many rows of a file */
  g_autofree char *title = g_strdup_printf (_ ("%s in %s"), orders, rows);
  g_autofree char *about =
      preview->delimiter == '\t'
          /* Translators: a file's name, its encoding */
          ? g_strdup_printf (_ ("%s: %s, cells parted by tabs"), preview->name, preview->encoding)
          /* Translators: a file's name, its encoding, the sign that parts its cells */
          : g_strdup_printf (_ ("%s: %s, cells parted by “%c”"), preview->name, preview->encoding,
                             preview->delimiter);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->sum_row),
                                 problem != NULL ? problem : title);
  if (preview->problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->sum_row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->sum_row), "error");
  adw_action_row_set_subtitle (self->sum_row, about);
}

static guint
place_in (const char *const *all, guint n, const char *one)
{
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (all[i], one) == 0)
      return i;
  return 0;
}

static void
show_columns (WbOrdersImportWindow *self)
{
  wb_columns_group_begin (self->columns, self->preview->heads);
  for (guint i = 0; i < wb_orders_n_cells (); i++)
    {
      const char *cell = wb_orders_cell_id (i);

      wb_columns_group_add (self->columns, cell, wb_orders_cell_title (i),
                            g_hash_table_lookup (self->preview->columns, cell),
                            g_strv_contains (needed, cell));
    }
  wb_columns_group_end (self->columns);
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (self->columns),
      self->preview->remembered ? _ ("As remembered from an earlier file") : NULL);
}

/* What a person has typed or chosen stays; what was found the first time is filled in. */
static void
show_preview (WbOrdersImportWindow *self, gboolean first)
{
  const WbOrdersPreview       *preview = self->preview;
  g_autoptr (WbOrdersFileWish) wish = NULL;

  self->filling = TRUE;
  show_sum (self);
  show_orders (self);
  if (first)
    {
      gtk_editable_set_text (self->currency_row, preview->currency);
      adw_combo_row_set_selected (
          self->dates_row,
          preview->dates_open ? 0 : place_in (dates, G_N_ELEMENTS (dates), preview->dates));
      adw_combo_row_set_selected (self->decimal_row, preview->decimal == ',' ? 1 : 0);
      show_columns (self);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->currency_row),
                          g_hash_table_lookup (preview->columns, "currency") == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->country_row),
                          g_hash_table_lookup (preview->columns, "country") == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->dates_row),
                          g_hash_table_lookup (preview->columns, "placed") != NULL);
  self->filling = FALSE;
  if (!first)
    return;
  wish = make_wish (self);
  g_free (self->looked_at);
  self->looked_at = sign (wish);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbOrdersImportWindow *self = WB_ORDERS_IMPORT_WINDOW (source);
  g_autoptr (GError)    error = NULL;
  WbOrdersPreview      *preview = wb_worker_finish (result, &error);
  gboolean              first = self->preview == NULL;

  self->running = FALSE;
  if (wb_form_window_get_workspace (WB_FORM_WINDOW (self)) == NULL)
    {
      g_clear_pointer (&preview, wb_orders_preview_free);
      return;
    }
  if (preview == NULL)
    {
      wb_form_window_say (WB_FORM_WINDOW (self), first ? NULL : error);
      wb_trouble_in_page (self->error_page, error);
      if (first)
        gtk_stack_set_visible_child_name (self->stack, "unread");
      return;
    }
  wb_form_window_say (WB_FORM_WINDOW (self), NULL);
  g_clear_pointer (&self->preview, wb_orders_preview_free);
  self->preview = preview;
  show_preview (self, first);
  gtk_stack_set_visible_child_name (self->stack, "file");
  wb_form_window_check (WB_FORM_WINDOW (self));
}

/* One look at a time; what was changed meanwhile is seen by the check that follows it. */
static void
look (WbOrdersImportWindow *self)
{
  g_autoptr (WbOrdersFileWish) wish = NULL;

  if (self->running)
    return;
  self->running = TRUE;
  wish = make_wish (self);
  g_free (self->looked_at);
  self->looked_at = sign (wish);
  wb_worker_run_async (
      wb_workspace_get_worker (wb_form_window_get_workspace (WB_FORM_WINDOW (self))),
      &wb_orders_preview_work, g_steal_pointer (&wish), G_OBJECT (self), NULL, looked_cb, NULL);
}

static void
column_cb (WbColumnsGroup *columns, WbOrdersImportWindow *self)
{
  self->asked = TRUE;
  wb_form_window_check (WB_FORM_WINDOW (self));
}

/* ---- importing ---- */

static void
act (WbFormWindow *form)
{
  WbOrdersImportWindow *self = WB_ORDERS_IMPORT_WINDOW (form);

  if (self->done)
    gtk_window_close (GTK_WINDOW (form));
  else
    wb_form_window_run (form, &wb_orders_import_work, make_wish (self));
}

/* What is left out is told with its lines, as long as the window stands there. */
static void
done (WbFormWindow *form, const char *outcome)
{
  WbOrdersImportWindow *self = WB_ORDERS_IMPORT_WINDOW (form);
  guint                 n = self->preview->asides->len;
  g_autofree char      *left =
      g_strdup_printf (ngettext ("%u row was kept aside", "%u rows were kept aside", n), n);

  self->done = TRUE;
  adw_preferences_group_add (self->done_group, make_row (outcome, n > 0 ? left : NULL));
  fill_asides (self->done_group, self->preview->asides, self->aside_rows);
  gtk_stack_set_visible_child_name (self->stack, "done");
  wb_form_window_set_act (form, _ ("_Close"), FALSE);
  wb_form_window_check (form);
}

/* ---- the class ---- */

static void
wb_orders_import_window_dispose (GObject *object)
{
  WbOrdersImportWindow *self = WB_ORDERS_IMPORT_WINDOW (object);

  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->channel, g_free);
  g_clear_pointer (&self->looked_at, g_free);
  g_clear_pointer (&self->preview, wb_orders_preview_free);
  g_clear_pointer (&self->aside_rows, g_ptr_array_unref);
  g_clear_pointer (&self->order_rows, g_ptr_array_unref);
  G_OBJECT_CLASS (wb_orders_import_window_parent_class)->dispose (object);
}

static void
wb_orders_import_window_class_init (WbOrdersImportWindowClass *klass)
{
  GtkWidgetClass    *widget_class = GTK_WIDGET_CLASS (klass);
  WbFormWindowClass *form_class = WB_FORM_WINDOW_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_orders_import_window_dispose;
  form_class->check = check;
  form_class->act = act;
  form_class->done = done;
  g_type_ensure (WB_TYPE_COLUMNS_GROUP);
  wb_form_window_class_set_view (form_class, WB_RESOURCE "wb-orders-import-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbOrdersImportWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, WbOrdersImportWindow, error_page);
  gtk_widget_class_bind_template_child (widget_class, WbOrdersImportWindow, sum_row);
  gtk_widget_class_bind_template_child (widget_class, WbOrdersImportWindow, currency_row);
  gtk_widget_class_bind_template_child (widget_class, WbOrdersImportWindow, country_row);
  gtk_widget_class_bind_template_child (widget_class, WbOrdersImportWindow, dates_row);
  gtk_widget_class_bind_template_child (widget_class, WbOrdersImportWindow, decimal_row);
  gtk_widget_class_bind_template_child (widget_class, WbOrdersImportWindow, aside_group);
  gtk_widget_class_bind_template_child (widget_class, WbOrdersImportWindow, orders_group);
  gtk_widget_class_bind_template_child (widget_class, WbOrdersImportWindow, columns);
  gtk_widget_class_bind_template_child (widget_class, WbOrdersImportWindow, done_group);
  gtk_widget_class_bind_template_callback (widget_class, column_cb);
}

static void
wb_orders_import_window_init (WbOrdersImportWindow *self)
{
  self->aside_rows = g_ptr_array_new ();
  self->order_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_orders_import_window_present: looks at the file at @path, whose orders go into @channel (its
 * name), and asks. Returns: (transfer none): the window, above @parent. */
GtkWindow *
wb_orders_import_window_present (GtkWindow   *parent,
                                 WbWorkspace *workspace,
                                 const char  *path,
                                 const char  *channel)
{
  WbOrdersImportWindow *self = g_object_new (WB_TYPE_ORDERS_IMPORT_WINDOW, NULL);

  self->path = g_strdup (path);
  self->channel = g_strdup (channel);
  wb_form_window_set_act (WB_FORM_WINDOW (self), _ ("_Import"), FALSE);
  wb_form_window_present (WB_FORM_WINDOW (self), parent, workspace);
  look (self);
  return GTK_WINDOW (self);
}
