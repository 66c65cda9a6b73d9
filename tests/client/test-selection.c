/* SPDX-License-Identifier: GPL-3.0-or-later
 * Choosing rows by their places: a million at once without making one, and what stays chosen when
 * the list changes. */
#include "wb-list-selection.h"

#define MANY 1000000u

/* A list that counts how often it was asked for a row. */
#define TEST_TYPE_LIST (test_list_get_type ())
G_DECLARE_FINAL_TYPE (TestList, test_list, TEST, LIST, GObject)

struct _TestList
{
  GObject parent_instance;
  guint   n;
  guint   made;
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TestList,
                               test_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *model)
{
  return G_TYPE_OBJECT;
}

static guint
get_n_items (GListModel *model)
{
  return TEST_LIST (model)->n;
}

static gpointer
get_item (GListModel *model, guint position)
{
  TEST_LIST (model)->made++;
  return position < TEST_LIST (model)->n ? g_object_new (G_TYPE_OBJECT, NULL) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
test_list_class_init (TestListClass *klass)
{
}

static void
test_list_init (TestList *self)
{
  self->n = MANY;
}

static void
test_all (void)
{
  g_autoptr (TestList)        list = g_object_new (TEST_TYPE_LIST, NULL);
  g_autoptr (WbListSelection) selection = wb_list_selection_new (G_LIST_MODEL (list));
  GtkSelectionModel          *model = GTK_SELECTION_MODEL (selection);

  g_assert_true (gtk_selection_model_select_all (model));
  g_assert_cmpuint (wb_list_selection_get_size (selection), ==, MANY);
  g_assert_true (gtk_selection_model_is_selected (model, MANY - 1));
  g_assert_true (gtk_selection_model_unselect_item (model, 7));
  g_assert_cmpuint (wb_list_selection_get_size (selection), ==, MANY - 1);
  g_assert_true (gtk_selection_model_select_item (model, 7, TRUE));
  g_assert_cmpuint (wb_list_selection_get_size (selection), ==, 1);
  g_assert_cmpuint (list->made, ==, 0);
}

static void
test_change (void)
{
  g_autoptr (TestList)        list = g_object_new (TEST_TYPE_LIST, NULL);
  g_autoptr (WbListSelection) selection = wb_list_selection_new (G_LIST_MODEL (list));
  GtkSelectionModel          *model = GTK_SELECTION_MODEL (selection);

  gtk_selection_model_select_range (model, 10, 5, TRUE);
  list->n += 2;
  g_list_model_items_changed (G_LIST_MODEL (list), 0, 0, 2);
  g_assert_false (gtk_selection_model_is_selected (model, 11));
  g_assert_true (gtk_selection_model_is_selected (model, 12));
  g_assert_true (gtk_selection_model_is_selected (model, 16));
  list->n -= 3;
  g_list_model_items_changed (G_LIST_MODEL (list), 12, 3, 0);
  g_assert_cmpuint (wb_list_selection_get_size (selection), ==, 2);
  g_assert_true (gtk_selection_model_is_selected (model, 12));
}

static void
count_cb (GtkSelectionModel *model, guint position, guint n, guint *told)
{
  *told += n;
}

/* Who listens hears of what is another than before, and of nothing else. */
static void
test_told (void)
{
  g_autoptr (TestList)        list = g_object_new (TEST_TYPE_LIST, NULL);
  g_autoptr (WbListSelection) selection = wb_list_selection_new (G_LIST_MODEL (list));
  GtkSelectionModel          *model = GTK_SELECTION_MODEL (selection);
  guint                       told = 0;

  g_signal_connect (model, "selection-changed", G_CALLBACK (count_cb), &told);
  gtk_selection_model_select_range (model, 100, 4, FALSE);
  g_assert_cmpuint (told, ==, 4);
  gtk_selection_model_select_range (model, 100, 4, FALSE);
  g_assert_cmpuint (told, ==, 4);
  gtk_selection_model_select_range (model, 102, 4, FALSE);
  g_assert_cmpuint (told, ==, 6);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client/selection/all", test_all);
  g_test_add_func ("/client/selection/change", test_change);
  g_test_add_func ("/client/selection/told", test_told);
  return g_test_run ();
}
