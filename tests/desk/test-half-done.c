/* SPDX-License-Identifier: GPL-3.0-or-later
 * A shop that stops half-way through a refund: the money is given back, the goods are not taken
 * into stock, and the answer is lost. What is missing is done, what was done is not done again. */
#include "wb-bench.h"
#include "wb-desk-private.h"
#include "wb-test.h"

/* ---- a shop that breaks off once ---- */

typedef struct
{
  GObject parent_instance;
  guint   asked, given, restocked, told;
} HalfShop;

typedef GObjectClass HalfShopClass;

static void  half_shop_iface_init (WbShopInterface *iface);
static GType half_shop_get_type (void);

G_DEFINE_TYPE_WITH_CODE (HalfShop,
                         half_shop,
                         G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (WB_TYPE_SHOP, half_shop_iface_init))

static void
half_shop_class_init (HalfShopClass *klass)
{
}

static void
half_shop_init (HalfShop *self)
{
}

static gboolean
half_refund (WbShop             *shop,
             const WbShopRefund *refund,
             char              **remote_id,
             GCancellable       *cancellable,
             GError            **error)
{
  HalfShop *self = (HalfShop *) shop;
  guint    *first = refund->money ? &self->given : &self->told;

  self->asked++;
  if (*first == 0)
    {
      (*first)++;
      g_set_error (error, WB_ERROR, WB_ERROR_UNSURE, "The line broke off");
      return FALSE;
    }
  self->restocked++;
  *remote_id = g_strdup ("R-1");
  return TRUE;
}

static WbFinding
half_find_refund (WbShop             *shop,
                  const WbShopRefund *refund,
                  char              **remote_id,
                  GCancellable       *cancellable,
                  GError            **error)
{
  HalfShop *self = (HalfShop *) shop;
  guint     first = refund->money ? self->given : self->told;

  if (first == 0)
    return WB_FINDING_NOT_DONE;
  *remote_id = g_strdup ("R-1");
  return self->restocked > 0 ? WB_FINDING_DONE : WB_FINDING_PARTLY;
}

static void
half_shop_iface_init (WbShopInterface *iface)
{
  iface->refund = half_refund;
  iface->find_refund = half_find_refund;
}

/* ---- */

typedef struct
{
  WbBench  *bench;
  WbDesk   *desk;
  HalfShop *shop;
  WbOrder  *order;
} Case;

static void
case_up (Case *self, gconstpointer kind)
{
  WbTownOptions      options = WB_TOWN_OPTIONS_INIT;
  g_autoptr (GArray) ready = NULL;
  gint64             channel;

  options.orders = 20;
  options.seed = 7;
  self->bench = wb_bench_new (&options);
  self->desk = wb_bench_open (self->bench->book);
  self->shop = g_object_new (half_shop_get_type (), NULL);
  ready = wb_bench_ready (self->desk, WB_CHARGE_AUTHORISED);
  g_assert_cmpuint (ready->len, >, 0);
  self->order =
      wb_book_get_order (wb_desk_get_book (self->desk), g_array_index (ready, gint64, 0), NULL);
  channel = wb_record_get_int (self->order, WB_ORDER_CHANNEL_ID);
  g_hash_table_insert (self->desk->modules, g_memdup2 (&channel, sizeof channel),
                       g_object_ref (self->shop));
}

static void
case_down (Case *self, gconstpointer kind)
{
  g_object_unref (self->order);
  g_object_unref (self->shop);
  g_object_unref (self->desk);
  wb_bench_free (self->bench);
}

static WbOperation *
plan (Case *self, const char *kind)
{
  g_autoptr (GError)   error = NULL;
  g_autofree char     *key = g_strdup_printf ("%s:half:1", kind);
  g_autoptr (JsonNode) request = wb_json_make (
      "s:way", "shop", "s:order", wb_record_get_text (self->order, WB_ORDER_REMOTE_ID), "s:group",
      "half", "i:amount", (gint64) 250, "s:currency",
      wb_record_get_text (self->order, WB_ORDER_CURRENCY), "s:reason", "broken", "b:restock", TRUE,
      NULL);
  WbOperation *operation = wb_journal_plan (
      wb_desk_get_journal (self->desk), kind, key, wb_record_get_int (self->order, WB_ORDER_ID), 0,
      wb_record_get_int (self->order, WB_ORDER_CHANNEL_ID), request, "somebody", &error);

  g_assert_no_error (error);
  return operation;
}

static void
test_rest (Case *self, gconstpointer kind)
{
  g_autoptr (WbOperation) operation = plan (self, kind);
  g_autoptr (GPtrArray)   entries = NULL;
  g_autoptr (GError)      error = NULL;
  gint64                  back = 0;
  gboolean                money = g_str_equal (kind, WB_OP_REFUND);

  wb_journal_settle (wb_desk_get_journal (self->desk), operation, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (wb_operation_is (operation, WB_OPERATION_DONE));
  g_assert_cmpuint (self->shop->asked, ==, 2);
  g_assert_cmpuint (self->shop->given, ==, money ? 1 : 0);
  g_assert_cmpuint (self->shop->told, ==, money ? 0 : 1);
  g_assert_cmpuint (self->shop->restocked, ==, 1);
  entries = wb_book_list_entries (wb_desk_get_book (self->desk),
                                  wb_record_get_int (self->order, WB_ORDER_ID), NULL);
  for (guint i = 0; i < entries->len; i++)
    if (g_str_equal (wb_record_get_text (entries->pdata[i], WB_ENTRY_KIND), WB_ENTRY_REFUNDED))
      back -= wb_record_get_int (entries->pdata[i], WB_ENTRY_AMOUNT);
  g_assert_cmpint (back, ==, money ? 250 : 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/half-done/refund", Case, WB_OP_REFUND, case_up, test_rest, case_down);
  g_test_add ("/half-done/tell-refund", Case, WB_OP_TELL_REFUND, case_up, test_rest, case_down);
  return g_test_run ();
}
