/* SPDX-License-Identifier: GPL-3.0-or-later
 * Everything about one product: stock and where it lies, codes, customs, channels, what to buy,
 * what happened; and what can be done to it. */
#include "wb-product-detail.h"

#include "wb-customs-data-window.h"
#include "wb-detail.h"
#include "wb-kit-window.h"
#include "wb-order-facts.h"
#include "wb-product-facts.h"
#include "wb-product-window.h"
#include "wb-product-works.h"
#include "wb-resource.h"
#include "wb-stock-row.h"
#include "wb-stock-standing.h"
#include "wb-stock-window.h"
#include "wb-terms-window.h"
#include "wb-text.h"
#include "wb-trouble.h"
#include "wb-works.h"

#include <glib/gi18n-lib.h>

#define MOVEMENTS 20 /* shown at first, and more at each wish */

struct _WbProductDetail
{
  AdwBin             parent_instance;
  GtkStack          *stack;
  AdwStatusPage     *error_page;
  GtkWidget         *back_button;
  GtkScrolledWindow *scrolled;
  GtkLabel          *name, *sku, *doubt, *code_trouble;
  GtkLabel          *on_hand, *allocated, *available, *incoming;
  GtkWidget         *figures, *deeds, *levels_part, *parts_part, *reorder_part, *movements_part;
  GtkWidget         *no_listings, *more_button;
  GtkListBox        *levels, *parts, *about, *codes, *listings, *reorder, *movements;
  GtkEditable       *code;
  WbWorkspace       *workspace;
  WbProductFacts    *facts;
  gint64             product_id;
  guint              most;
  gboolean           running, again;
};

G_DEFINE_FINAL_TYPE (WbProductDetail, wb_product_detail, ADW_TYPE_BIN)

static void read_product (WbProductDetail *self);

/* ---- showing ---- */

static void
show_figure (GtkLabel *label, const char *title, gint64 pieces, const char *style)
{
  g_autofree char *number = g_strdup_printf ("%'d", (int) pieces);
  g_autofree char *markup = g_markup_printf_escaped (
      "<span size=\"x-large\">%s</span>\n<small>%s</small>", number, title);

  gtk_label_set_markup (label, markup);
  wb_widget_set_style (GTK_WIDGET (label), style);
}

static void
fill_figures (WbProductDetail *self)
{
  const WbStockFigures *figures = &self->facts->figures;
  guint                 states = self->facts->states;

  gtk_widget_set_visible (self->figures, figures->tracked);
  show_figure (self->on_hand, _ ("On hand"), figures->on_hand, NULL);
  show_figure (self->allocated, _ ("Allocated"), figures->allocated, NULL);
  show_figure (self->available, _ ("Available"), figures->available,
               states & (WB_STANDING_OUT | WB_STANDING_OVERSOLD) ? "error"
               : states & WB_STANDING_LOW                        ? "warning"
                                                                 : NULL);
  show_figure (self->incoming, _ ("Incoming"), figures->incoming, NULL);
}

static void
part_sentences (GString *text)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
}

/* What is amiss, one sentence each. */
static void
fill_doubt (WbProductDetail *self)
{
  const WbStockFigures *figures = &self->facts->figures;
  g_autoptr (GString)   text = g_string_new (NULL);

  if (!figures->tracked)
    g_string_append (text, _ ("Not under stock keeping: it never holds an order up."));
  if (figures->waiting > 0)
    {
      part_sentences (text);
      /* Translators: pieces */
      g_string_append_printf (text,
                              ngettext ("Orders wait for %'d piece.", "Orders wait for %'d pieces.",
                                        (gulong) figures->waiting),
                              (int) figures->waiting);
    }
  if (figures->expired > 0)
    {
      part_sentences (text);
      g_string_append_printf (text,
                              ngettext ("%'d piece may not be sold any more.",
                                        "%'d pieces may not be sold any more.",
                                        (gulong) figures->expired),
                              (int) figures->expired);
    }
  gtk_label_set_text (self->doubt, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->doubt), text->len > 0);
}

static void
remove_code_cb (GtkButton *button, WbProductDetail *self)
{
  wb_detail_work_undo (GTK_WIDGET (self), self->workspace, &wb_code_remove_work, &wb_code_add_work,
                       self->product_id, g_object_get_data (G_OBJECT (button), "code"),
                       g_object_get_data (G_OBJECT (button), "again"));
}

static void
fill_codes (WbProductDetail *self)
{
  const char *own = wb_record_get_text (self->facts->product, WB_PRODUCT_BARCODE);

  wb_list_box_clear (self->codes);
  if (!wb_text_is_empty (own))
    gtk_list_box_append (self->codes, wb_stock_row_new (own, _ ("as the shop has it"), NULL, NULL));
  for (guint i = 0; i < self->facts->codes->len; i++)
    {
      gpointer         code = self->facts->codes->pdata[i];
      const char      *digits = wb_record_get_text (code, WB_BARCODE_CODE);
      gint64           pack = wb_record_get_int (code, WB_BARCODE_PACK);
      g_autofree char *kind = g_ascii_strup (wb_record_get_text (code, WB_BARCODE_KIND), -1);
      gboolean house = g_strcmp0 (wb_record_get_text (code, WB_BARCODE_KIND), WB_CODE_OWN) == 0;
      g_autofree char *value = pack > 1 ? g_strdup_printf ("%d ×", (int) pack) : NULL;
      /* Translators: digits of a barcode that is taken away */
      g_autofree char *name = g_strdup_printf (_ ("Remove the code %s"), digits);
      GtkWidget *row = wb_stock_row_new (digits, house ? _ ("the house’s own") : kind, value, NULL);
      GtkButton *button = wb_stock_row_add_button (WB_STOCK_ROW (row), "user-trash-symbolic", name);

      g_object_set_data_full (G_OBJECT (button), "code", g_strdup (digits), g_free);
      g_object_set_data_full (G_OBJECT (button), "again",
                              g_strdup_printf ("%s\t%d", digits, (int) pack), g_free);
      g_signal_connect_object (button, "clicked", G_CALLBACK (remove_code_cb), self, 0);
      gtk_list_box_append (self->codes, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->codes),
                          !wb_text_is_empty (own) || self->facts->codes->len > 0);
}

static void
allow (WbProductDetail *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean   kit = self->facts->parts->len > 0;

  gtk_widget_set_visible (self->deeds, !kit);
  gtk_widget_action_set_enabled (widget, "product.adjust", !kit);
  gtk_widget_action_set_enabled (widget, "product.receive", !kit);
  gtk_widget_action_set_enabled (widget, "product.count", !kit);
  gtk_widget_action_set_enabled (widget, "product.move", !kit && self->facts->figures.on_hand > 0);
  gtk_widget_action_set_enabled (widget, "product.track", !kit && !self->facts->figures.tracked);
  gtk_widget_action_set_enabled (widget, "product.untrack", !kit && self->facts->figures.tracked);
  gtk_widget_action_set_enabled (widget, "product.terms", !kit);
}

static void
fill (WbProductDetail *self)
{
  WbProductFacts *facts = self->facts;
  const char     *sku = wb_record_get_text (facts->product, WB_PRODUCT_SKU);

  gtk_label_set_text (self->name, wb_record_get_text (facts->product, WB_PRODUCT_NAME));
  gtk_label_set_text (self->sku, sku != NULL ? sku : _ ("No SKU"));
  allow (self);
  fill_doubt (self);
  fill_figures (self);
  wb_product_facts_fill_levels (facts, self->levels);
  gtk_widget_set_visible (self->levels_part, facts->figures.on_hand > 0 && facts->parts->len == 0);
  wb_product_facts_fill_parts (facts, self->parts);
  gtk_widget_set_visible (self->parts_part, facts->parts->len > 0);
  wb_product_facts_fill_about (facts, self->about);
  fill_codes (self);
  wb_product_facts_fill_listings (facts, self->listings, self->workspace);
  gtk_widget_set_visible (GTK_WIDGET (self->listings), facts->listings->len > 0);
  gtk_widget_set_visible (self->no_listings, facts->listings->len == 0);
  wb_product_facts_fill_reorder (facts, self->reorder);
  gtk_widget_set_visible (self->reorder_part, facts->proposal != NULL);
  wb_product_facts_fill_movements (facts, self->movements);
  gtk_widget_set_visible (self->movements_part, facts->movements->len > 0);
  gtk_widget_set_visible (self->more_button, facts->more);
}

/* ---- reading ---- */

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbProductDetail           *self = WB_PRODUCT_DETAIL (source);
  g_autoptr (GError)         error = NULL;
  g_autoptr (WbProductFacts) facts = wb_worker_finish (result, &error);

  self->running = FALSE;
  if (self->workspace == NULL)
    return;
  if (self->again)
    {
      read_product (self);
      return;
    }
  if (facts == NULL)
    {
      wb_trouble_in_page (self->error_page, error);
      gtk_stack_set_visible_child_name (self->stack, "error");
      return;
    }
  g_clear_pointer (&self->facts, wb_product_facts_free);
  self->facts = g_steal_pointer (&facts);
  fill (self);
  gtk_stack_set_visible_child_name (self->stack, "product");
}

static void
read_product (WbProductDetail *self)
{
  self->again = self->running;
  if (self->running || self->product_id == 0)
    return;
  self->running = TRUE;
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_product_read_work,
                       wb_product_ask_new (self->product_id, self->most), G_OBJECT (self), NULL,
                       read_cb, NULL);
}

static void
more_cb (GtkButton *button, WbProductDetail *self)
{
  self->most += MOVEMENTS;
  read_product (self);
}

/* ---- barcodes ---- */

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbProductDetail   *self = WB_PRODUCT_DETAIL (source);
  g_autoptr (GError) error = NULL;
  g_autofree char   *outcome = wb_worker_finish (result, &error);

  if (self->workspace == NULL)
    return;
  wb_trouble_in_label (self->code_trouble, error);
  if (outcome == NULL)
    return;
  gtk_editable_set_text (self->code, "");
  wb_detail_toast (GTK_WIDGET (self), outcome);
  wb_workspace_look (self->workspace);
}

static void
add_code (WbProductDetail *self, const char *text)
{
  wb_worker_run_async (wb_workspace_get_worker (self->workspace), &wb_code_add_work,
                       wb_wish_new (self->product_id, text), G_OBJECT (self), NULL, added_cb, NULL);
}

static void
add_code_cb (GtkWidget *widget, WbProductDetail *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->code)));

  if (*text != '\0' && self->facts != NULL)
    add_code (self, text);
}

static void
make_code_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbProductDetail *self = WB_PRODUCT_DETAIL (widget);

  if (self->facts != NULL)
    add_code (self, NULL);
}

/* ---- what can be done ---- */

static const char *const deed_actions[WB_N_DEEDS] = {
  [WB_DEED_ADJUST] = "product.adjust",
  [WB_DEED_RECEIVE] = "product.receive",
  [WB_DEED_COUNT] = "product.count",
  [WB_DEED_MOVE] = "product.move",
};

static GtkWindow *
get_window (WbProductDetail *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static void
deed_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbProductDetail *self = WB_PRODUCT_DETAIL (widget);

  for (guint i = 0; self->facts != NULL && i < WB_N_DEEDS; i++)
    if (g_str_equal (name, deed_actions[i]))
      wb_stock_window_open (widget, self->workspace, self->facts, i);
}

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbProductDetail *self = WB_PRODUCT_DETAIL (widget);

  if (self->facts != NULL)
    wb_product_window_open (get_window (self), self->workspace, self->facts->product);
}

static void
customs_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbProductDetail *self = WB_PRODUCT_DETAIL (widget);

  if (self->facts != NULL)
    wb_customs_data_window_open_ids (get_window (self), self->workspace, &self->product_id, 1,
                                     NULL);
}

static void
terms_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbProductDetail *self = WB_PRODUCT_DETAIL (widget);

  if (self->facts != NULL)
    wb_terms_window_open (get_window (self), self->workspace, self->facts->product);
}

static void
kit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbProductDetail *self = WB_PRODUCT_DETAIL (widget);

  if (self->facts != NULL)
    wb_kit_window_open (get_window (self), self->workspace, self->facts->product);
}

static void
track_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbProductDetail  *self = WB_PRODUCT_DETAIL (widget);
  gboolean          on = g_str_equal (name, "product.track");
  const WbWorkKind *way = on ? &wb_product_track_work : &wb_product_untrack_work,
                   *back = on ? &wb_product_untrack_work : &wb_product_track_work;

  if (self->facts != NULL)
    wb_detail_work_undo (widget, self->workspace, way, back, self->product_id, NULL, NULL);
}

/* GTK 4.8 leaves a button without life whose action is that of a grandparent: it asks for it when
 * it is clicked. */
static void
back_cb (GtkButton *button, WbProductDetail *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "split.back", NULL);
}

/* ---- the widget itself ---- */

static void
root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wb_product_detail_parent_class)->root (widget);
  wb_detail_bind_back (widget, WB_PRODUCT_DETAIL (widget)->back_button);
}

static void
wb_product_detail_dispose (GObject *object)
{
  WbProductDetail *self = WB_PRODUCT_DETAIL (object);

  g_clear_object (&self->workspace);
  g_clear_pointer (&self->facts, wb_product_facts_free);
  G_OBJECT_CLASS (wb_product_detail_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char *name;
    gsize       offset;
  } children[] = {
#define CHILD(name) { #name, G_STRUCT_OFFSET (WbProductDetail, name) }
    CHILD (stack),       CHILD (error_page),  CHILD (back_button),  CHILD (scrolled),
    CHILD (name),        CHILD (sku),         CHILD (doubt),        CHILD (code_trouble),
    CHILD (on_hand),     CHILD (allocated),   CHILD (available),    CHILD (incoming),
    CHILD (figures),     CHILD (deeds),       CHILD (levels_part),  CHILD (parts_part),
    CHILD (no_listings), CHILD (more_button), CHILD (reorder_part), CHILD (movements_part),
    CHILD (levels),      CHILD (parts),       CHILD (about),        CHILD (codes),
    CHILD (listings),    CHILD (reorder),     CHILD (movements),    CHILD (code),
#undef CHILD
  };

  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    gtk_widget_class_bind_template_child_full (widget_class, children[i].name, FALSE,
                                               (gssize) children[i].offset);
}

static void
wb_product_detail_class_init (WbProductDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_product_detail_dispose;
  widget_class->root = root;
  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-product-detail.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, more_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_code_cb);
  for (guint i = 0; i < WB_N_DEEDS; i++)
    gtk_widget_class_install_action (widget_class, deed_actions[i], NULL, deed_action);
  gtk_widget_class_install_action (widget_class, "product.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "product.customs", NULL, customs_action);
  gtk_widget_class_install_action (widget_class, "product.terms", NULL, terms_action);
  gtk_widget_class_install_action (widget_class, "product.kit", NULL, kit_action);
  gtk_widget_class_install_action (widget_class, "product.make-code", NULL, make_code_action);
  gtk_widget_class_install_action (widget_class, "product.track", NULL, track_action);
  gtk_widget_class_install_action (widget_class, "product.untrack", NULL, track_action);
}

static void
wb_product_detail_init (WbProductDetail *self)
{
  self->most = MOVEMENTS;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** wb_product_detail_set_workspace: where products are read from; once. */
void
wb_product_detail_set_workspace (WbProductDetail *self, WbWorkspace *workspace)
{
  g_set_object (&self->workspace, workspace);
}

/** wb_product_detail_show: shows the product @product_id; 0: none. */
void
wb_product_detail_show (WbProductDetail *self, gint64 product_id)
{
  if (product_id == self->product_id)
    return;
  self->product_id = product_id;
  self->most = MOVEMENTS;
  g_clear_pointer (&self->facts, wb_product_facts_free);
  gtk_editable_set_text (self->code, "");
  wb_trouble_in_label (self->code_trouble, NULL);
  gtk_stack_set_visible_child_name (self->stack, product_id != 0 ? "loading" : "nothing");
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
  read_product (self);
}

/** wb_product_detail_refresh: reads the product again. */
void
wb_product_detail_refresh (WbProductDetail *self)
{
  read_product (self);
}

/** wb_product_detail_act: asks for what @kind needs, as its button does. */
void
wb_product_detail_act (WbProductDetail *self, WbDeedKind kind)
{
  gtk_widget_activate_action (GTK_WIDGET (self), deed_actions[kind], NULL);
}

/** wb_product_detail_edit: as its button does. */
void
wb_product_detail_edit (WbProductDetail *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "product.edit", NULL);
}
