/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is done to the stock of a product: adjusted with a reason, received, counted, moved. */
#include "wb-stock-window.h"

#include "wb-detail.h"
#include "wb-resource.h"
#include "wb-text.h"
#include "wb-toast.h"

#include <glib/gi18n-lib.h>

#define MOST_PIECES 1000000

struct _WbStockWindow
{
  WbFormWindow         parent_instance;
  AdwPreferencesGroup *group;
  AdwComboRow         *where;
  GtkEditable         *pieces, *bin, *lot, *expires, *to_bin, *reason;
  GtkLabel            *outcome;
  GtkWidget           *from; /* weak */
  WbDeedKind           kind;
  WbProduct           *product;
  GPtrArray           *levels; /* of WbStockLevel, as @where lists them; after the last: another */
  WbStockDeed         *deed;   /* that is being done */
};

G_DEFINE_FINAL_TYPE (WbStockWindow, wb_stock_window, WB_TYPE_FORM_WINDOW)

/* What each kind of deed asks for. */
static const struct
{
  const char *title;
  const char *pieces;
  const char *act;
  int         least;
  gboolean    reason; /* it needs one */
} kinds[WB_N_DEEDS] = {
  [WB_DEED_ADJUST] = { N_ ("Adjust stock"), N_ ("More (+) or fewer (−) pieces"), N_ ("_Adjust"),
                       -MOST_PIECES, TRUE },
  [WB_DEED_RECEIVE] = { N_ ("Receive goods"), N_ ("Pieces that came"), N_ ("_Receive"), 1, FALSE },
  [WB_DEED_COUNT] = { N_ ("Count"), N_ ("Pieces that lie there"), N_ ("_Post"), 0, FALSE },
  [WB_DEED_MOVE] = { N_ ("Move to another bin"), N_ ("Pieces"), N_ ("_Move"), 1, FALSE },
};

/* The level that is chosen; %NULL: another bin, or one not used yet. */
static WbStockLevel *
get_level (WbStockWindow *self)
{
  guint at = adw_combo_row_get_selected (self->where);

  return at < self->levels->len ? self->levels->pdata[at] : NULL;
}

static char *
dup_typed (GtkEditable *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (entry)));
}

static gboolean
read_pieces (WbStockWindow *self, gint64 *pieces)
{
  g_autofree char *text = dup_typed (self->pieces);
  const char      *digits = *text == '+' ? text + 1 : text;

  /* A minus sign as it is printed. */
  if (g_str_has_prefix (text, "\xe2\x88\x92"))
    {
      g_autofree char *own = g_strconcat ("-", text + 3, NULL);

      return g_ascii_string_to_signed (own, 10, kinds[self->kind].least, MOST_PIECES, pieces, NULL);
    }
  return g_ascii_string_to_signed (digits, 10, kinds[self->kind].least, MOST_PIECES, pieces, NULL);
}

static gint64
get_pieces (WbStockWindow *self)
{
  gint64 pieces = 0;

  return read_pieces (self, &pieces) ? pieces : 0;
}

static void
set_pieces (WbStockWindow *self, gint64 pieces)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, pieces);

  gtk_editable_set_text (self->pieces, text);
}

/* What should lie there; what is picked already does not. */
static gint64
get_expected (WbStockWindow *self)
{
  WbStockLevel *level = get_level (self);

  return level != NULL ? wb_record_get_int (level, WB_STOCK_LEVEL_ON_HAND) -
                             wb_record_get_int (level, WB_STOCK_LEVEL_PICKED)
                       : 0;
}

/* ---- what is asked ---- */

static void
show_difference (WbStockWindow *self)
{
  gint64           expected = get_expected (self), by = get_pieces (self) - expected;
  g_autofree char *text = NULL, *act = NULL;

  if (by == 0)
    {
      /* Translators: pieces */
      text = g_strdup_printf (_ ("The book has %'d there too: nothing changes."), (int) expected);
      act = g_strdup (_ ("_Post"));
    }
  else
    {
      /* Translators: pieces in the book, the difference that was counted */
      text = g_strdup_printf (_ ("The book has %'d there: the difference is %+d."), (int) expected,
                              (int) by);
      /* Translators: a button that posts the difference of a count */
      act = g_strdup_printf (_ ("_Post %+d"), (int) by);
    }
  gtk_label_set_text (self->outcome, text);
  wb_form_window_set_act (WB_FORM_WINDOW (self), act, FALSE);
}

static void
show_outcome (WbStockWindow *self)
{
  WbStockLevel    *level = get_level (self);
  gint64           there = level != NULL ? wb_record_get_int (level, WB_STOCK_LEVEL_ON_HAND) : 0;
  g_autofree char *text = NULL;

  if (self->kind == WB_DEED_COUNT)
    {
      show_difference (self);
      return;
    }
  if (self->kind == WB_DEED_MOVE || get_pieces (self) == 0)
    text = g_strdup_printf (_ ("%'d lie there."), (int) get_expected (self));
  else
    /* Translators: pieces in a bin, before and after */
    text = g_strdup_printf (_ ("There: %'d, then %'d."), (int) there,
                            (int) (there + get_pieces (self)));
  gtk_label_set_text (self->outcome, text);
}

static gboolean
is_date_fine (WbStockWindow *self)
{
  g_autofree char *day = dup_typed (self->expires);

  return *day == '\0' || wb_date_is_valid (day);
}

static gboolean
check (WbFormWindow *form)
{
  WbStockWindow *self = WB_STOCK_WINDOW (form);
  gboolean       another = get_level (self) == NULL;
  gboolean       lots = wb_record_get_bool (self->product, WB_PRODUCT_LOTS) && another;
  gint64         pieces = 0;

  gtk_widget_set_visible (GTK_WIDGET (self->bin), another);
  gtk_widget_set_visible (GTK_WIDGET (self->lot), lots);
  gtk_widget_set_visible (GTK_WIDGET (self->expires), lots);
  show_outcome (self);
  if (!read_pieces (self, &pieces))
    return FALSE;
  if (kinds[self->kind].reason && wb_text_is_empty (gtk_editable_get_text (self->reason)))
    return FALSE;
  if (lots && (wb_text_is_empty (gtk_editable_get_text (self->lot)) || !is_date_fine (self)))
    return FALSE;
  if (self->kind == WB_DEED_MOVE)
    return !another && !wb_text_is_empty (gtk_editable_get_text (self->to_bin));
  return self->kind == WB_DEED_COUNT || pieces != 0;
}

/* Counting begins with what the book has: a person changes it to what lies there. */
static void
where_cb (AdwComboRow *row, GParamSpec *pspec, WbStockWindow *self)
{
  if (self->product == NULL)
    return;
  if (self->kind == WB_DEED_COUNT || self->kind == WB_DEED_MOVE)
    set_pieces (self, get_expected (self));
  wb_form_window_check (WB_FORM_WINDOW (self));
}

static WbStockDeed *
make_deed (WbStockWindow *self)
{
  WbStockLevel *level = get_level (self);
  WbStockDeed  *deed =
      wb_stock_deed_new (self->kind, wb_record_get_int (self->product, WB_PRODUCT_ID));
  g_autofree char *lot = dup_typed (self->lot), *expires = dup_typed (self->expires),
                  *reason = dup_typed (self->reason);

  deed->pieces = get_pieces (self);
  deed->reason = *reason != '\0' ? g_steal_pointer (&reason) : NULL;
  deed->to_bin = dup_typed (self->to_bin);
  if (level != NULL)
    {
      deed->location_id = wb_record_get_int (level, WB_STOCK_LEVEL_LOCATION_ID);
      deed->lot_id = wb_record_get_int (level, WB_STOCK_LEVEL_LOT_ID);
      deed->bin = g_strdup (wb_record_get_text (level, WB_STOCK_LEVEL_BIN));
      return deed;
    }
  deed->bin = dup_typed (self->bin);
  if (gtk_widget_get_visible (GTK_WIDGET (self->lot)) && *lot != '\0')
    {
      deed->lot = g_steal_pointer (&lot);
      deed->expires = *expires != '\0' ? g_steal_pointer (&expires) : NULL;
    }
  return deed;
}

static void
act (WbFormWindow *form)
{
  WbStockWindow *self = WB_STOCK_WINDOW (form);

  g_clear_pointer (&self->deed, wb_stock_deed_unref);
  self->deed = make_deed (self);
  wb_form_window_run (form, &wb_stock_deed_work, wb_stock_deed_ref (self->deed));
}

/* ---- taking it back ---- */

typedef struct
{
  WbWorkspace *workspace;
  WbStockDeed *deed;
} Back;

static void
back_free (gpointer data)
{
  Back *back = data;

  g_object_unref (back->workspace);
  wb_stock_deed_unref (back->deed);
  g_free (back);
}

static void
back_cb (AdwToast *toast, GtkWidget *from)
{
  const Back *back = g_object_get_data (G_OBJECT (toast), "undo");

  wb_detail_work (from, back->workspace, &wb_stock_deed_work, wb_stock_deed_ref (back->deed));
}

static void
done (WbFormWindow *form, const char *outcome)
{
  WbStockWindow *self = WB_STOCK_WINDOW (form);

  if (self->from == NULL || self->deed->counter == NULL)
    {
      WB_FORM_WINDOW_CLASS (wb_stock_window_parent_class)->done (form, outcome);
      return;
    }
  wb_toast_show_undo (self->from, outcome, G_OBJECT (self->from), G_CALLBACK (back_cb),
                      g_memdup2 (&(Back){ g_object_ref (wb_form_window_get_workspace (form)),
                                          wb_stock_deed_ref (self->deed->counter) },
                                 sizeof (Back)),
                      back_free);
  gtk_window_close (GTK_WINDOW (self));
}

/* ---- the window itself ---- */

static void
wb_stock_window_dispose (GObject *object)
{
  WbStockWindow *self = WB_STOCK_WINDOW (object);

  g_clear_weak_pointer (&self->from);
  g_clear_object (&self->product);
  g_clear_pointer (&self->levels, g_ptr_array_unref);
  g_clear_pointer (&self->deed, wb_stock_deed_unref);
  G_OBJECT_CLASS (wb_stock_window_parent_class)->dispose (object);
}

static void
wb_stock_window_class_init (WbStockWindowClass *klass)
{
  GtkWidgetClass    *widget_class = GTK_WIDGET_CLASS (klass);
  WbFormWindowClass *form_class = WB_FORM_WINDOW_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_stock_window_dispose;
  form_class->check = check;
  form_class->act = act;
  form_class->done = done;
  wb_form_window_class_set_view (form_class, WB_RESOURCE "wb-stock-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WbStockWindow, group);
  gtk_widget_class_bind_template_child (widget_class, WbStockWindow, where);
  gtk_widget_class_bind_template_child (widget_class, WbStockWindow, pieces);
  gtk_widget_class_bind_template_child (widget_class, WbStockWindow, bin);
  gtk_widget_class_bind_template_child (widget_class, WbStockWindow, lot);
  gtk_widget_class_bind_template_child (widget_class, WbStockWindow, expires);
  gtk_widget_class_bind_template_child (widget_class, WbStockWindow, to_bin);
  gtk_widget_class_bind_template_child (widget_class, WbStockWindow, reason);
  gtk_widget_class_bind_template_child (widget_class, WbStockWindow, outcome);
  gtk_widget_class_bind_template_callback (widget_class, where_cb);
}

static void
wb_stock_window_init (WbStockWindow *self)
{
  self->levels = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Goods may always come to another bin; only what lies somewhere can be moved. */
static void
fill_where (WbStockWindow *self, WbProductFacts *facts)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < facts->levels->len; i++)
    {
      gpointer         level = facts->levels->pdata[i];
      gint64           pieces = wb_record_get_int (level, WB_STOCK_LEVEL_ON_HAND);
      g_autofree char *where = wb_level_text (facts, level);
      /* Translators: a bin, and how many lie there */
      g_autofree char *name = g_strdup_printf (_ ("%s: %'d"), where, (int) pieces);

      if (pieces == 0 && facts->levels->len > 1)
        continue;
      gtk_string_list_append (names, name);
      g_ptr_array_add (self->levels, g_object_ref (level));
    }
  if (self->kind != WB_DEED_MOVE)
    gtk_string_list_append (names, _ ("Another bin"));
  adw_combo_row_set_model (self->where, G_LIST_MODEL (names));
  gtk_widget_set_visible (GTK_WIDGET (self->where), self->levels->len > 0);
}

/** wb_stock_window_open: @from: in whose window what came of it is told; @facts: of the product, as
 * they are now. Returns: (transfer none): the window, above that of @from. */
GtkWindow *
wb_stock_window_open (GtkWidget      *from,
                      WbWorkspace    *workspace,
                      WbProductFacts *facts,
                      WbDeedKind      kind)
{
  WbStockWindow   *self = g_object_new (WB_TYPE_STOCK_WINDOW, NULL);
  const char      *bin = wb_record_get_text (facts->product, WB_PRODUCT_BIN);
  g_autofree char *name =
      g_markup_escape_text (wb_record_get_text (facts->product, WB_PRODUCT_NAME), -1);

  self->kind = kind;
  fill_where (self, facts);
  self->product = g_object_ref (facts->product);
  gtk_window_set_title (GTK_WINDOW (self), _ (kinds[kind].title));
  adw_preferences_group_set_title (self->group, name);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->pieces), _ (kinds[kind].pieces));
  if (kind == WB_DEED_COUNT || kind == WB_DEED_MOVE)
    set_pieces (self, get_expected (self));
  gtk_editable_set_text (self->bin, bin != NULL ? bin : "");
  gtk_widget_set_visible (GTK_WIDGET (self->to_bin), kind == WB_DEED_MOVE);
  wb_form_window_set_act (WB_FORM_WINDOW (self), _ (kinds[kind].act), FALSE);
  g_set_weak_pointer (&self->from, from);
  wb_form_window_present (WB_FORM_WINDOW (self), GTK_WINDOW (gtk_widget_get_root (from)),
                          workspace);
  gtk_widget_grab_focus (GTK_WIDGET (self->pieces));
  return GTK_WINDOW (self);
}
