/* SPDX-License-Identifier: GPL-3.0-or-later
 * Thousands of random orders whose money is captured by parcel, given back, let go and renewed in
 * any order, with answers that are lost on the way: nothing is ever taken or given too much, what
 * was authorised is captured or released to the last unit, and the ledger says what the gateway
 * says. */
#include "wb-charge-private.h"
#include "wb-test.h"

#include <string.h>

#define ORDERS    2400
#define A_BOOK    200
#define MOST_STEP 9

/* ---- a gateway that forgives nothing ---- */

typedef struct
{
  char  *ref;
  gint64 taken, back;
} Capture;

typedef struct
{
  char      *ref; /* of the payment, or of the last renewal */
  char       currency[4];
  gint64     promised; /* by the authorisation that lives now */
  gint64     of_this;  /* captured of that one */
  gint64     captured, refunded, let_go;
  gboolean   several, each, over; /* several captures; refunds are of one capture; it is closed */
  guint      renewals;
  GPtrArray *captures;
} Payment;

#define FAKE_TYPE_BANK (fake_bank_get_type ())
G_DECLARE_FINAL_TYPE (FakeBank, fake_bank, FAKE, BANK, GObject)

struct _FakeBank
{
  GObject     parent_instance;
  Payment    *payment;
  GHashTable *made; /* key → WbMovement */
  GRand      *chance;
  guint       number;
};

static void fake_bank_gateway_init (WbGatewayInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeBank,
                               fake_bank,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WB_TYPE_GATEWAY, fake_bank_gateway_init))

static void
fake_bank_class_init (FakeBankClass *klass)
{
}

static void
fake_bank_init (FakeBank *self)
{
  self->made =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) wb_movement_free);
}

static gint64
capturable (const Payment *payment)
{
  return payment->over ? 0 : payment->promised - payment->of_this;
}

/* Before it is done: the line is down; after: the answer is lost. */
static gboolean
trouble (FakeBank *self, gboolean after, GError **error)
{
  if (g_rand_int_range (self->chance, 0, 14) != 0)
    return FALSE;
  g_set_error (error, WB_ERROR, after ? WB_ERROR_UNSURE : WB_ERROR_UNAVAILABLE, "the line is bad");
  return TRUE;
}

static WbPayment *
bank_read (WbGateway *gateway, const char *ref, GCancellable *cancellable, GError **error)
{
  Payment   *held = FAKE_BANK (gateway)->payment;
  WbPayment *payment = wb_payment_new ();
  gint64     left = capturable (held);

  g_object_set (payment, "ref", ref, "currency", held->currency, "authorised", held->promised,
                "capturable", left, "captured", held->captured, "refunded", held->refunded,
                "multi-capture", held->several, "capture-before",
                left > 0 ? wb_now () + 86400 : (gint64) 0, "reauthorise",
                held->several && left > 0 ? WB_REAUTHORISE_NEW : NULL, "state",
                held->captured > 0 ? WB_PAYMENT_STATE_CAPTURED
                : held->over       ? WB_PAYMENT_STATE_CANCELLED
                                   : WB_PAYMENT_STATE_AUTHORISED,
                NULL);
  return payment;
}

static gboolean
keep (FakeBank *self, const WbMoneyAsk *ask, const char *ref, WbMovement *movement, GError **error)
{
  WbMovement *mine = g_new0 (WbMovement, 1);

  g_assert_false (g_hash_table_contains (self->made, ask->key)); /* never twice */
  mine->ref = g_strdup (ref);
  mine->amount = ask->amount;
  g_hash_table_insert (self->made, g_strdup (ask->key), mine);
  if (trouble (self, TRUE, error))
    return FALSE;
  movement->ref = g_strdup (ref);
  movement->amount = ask->amount;
  return TRUE;
}

static WbMovementFinding
bank_find (WbGateway        *gateway,
           const WbMoneyAsk *ask,
           WbMovement       *movement,
           GCancellable     *cancellable,
           GError          **error)
{
  const WbMovement *mine = g_hash_table_lookup (FAKE_BANK (gateway)->made, ask->key);

  if (mine == NULL)
    return WB_MOVEMENT_NOT_MADE;
  movement->ref = g_strdup (mine->ref);
  movement->amount = mine->amount;
  return WB_MOVEMENT_FOUND;
}

static gboolean
bank_capture (WbGateway        *gateway,
              const WbMoneyAsk *ask,
              WbMovement       *movement,
              GCancellable     *cancellable,
              GError          **error)
{
  FakeBank *self = FAKE_BANK (gateway);
  Payment  *held = self->payment;
  Capture  *capture;

  if (trouble (self, FALSE, error))
    return FALSE;
  g_assert_cmpstr (ask->amount.currency, ==, held->currency);
  g_assert_cmpint (ask->amount.minor, >, 0);
  g_assert_cmpint (ask->amount.minor, <=, capturable (held));
  capture = g_new0 (Capture, 1);
  capture->ref = g_strdup_printf ("cap-%u", ++self->number);
  capture->taken = ask->amount.minor;
  g_ptr_array_add (held->captures, capture);
  held->captured += ask->amount.minor;
  held->of_this += ask->amount.minor;
  if (!held->several || capturable (held) == 0)
    {
      held->let_go += capturable (held);
      held->over = TRUE;
    }
  return keep (self, ask, capture->ref, movement, error);
}

static gboolean
bank_refund (WbGateway        *gateway,
             const WbMoneyAsk *ask,
             WbMovement       *movement,
             GCancellable     *cancellable,
             GError          **error)
{
  FakeBank        *self = FAKE_BANK (gateway);
  Payment         *held = self->payment;
  g_autofree char *ref = NULL;

  if (trouble (self, FALSE, error))
    return FALSE;
  g_assert_cmpint (ask->amount.minor, >, 0);
  g_assert_cmpint (ask->amount.minor, <=, held->captured - held->refunded);
  for (guint i = 0; held->each && i < held->captures->len; i++)
    {
      Capture *capture = held->captures->pdata[i];

      if (!g_str_equal (capture->ref, ask->payment_ref))
        continue;
      capture->back += ask->amount.minor;
      g_assert_cmpint (capture->back, <=, capture->taken);
    }
  held->refunded += ask->amount.minor;
  ref = g_strdup_printf ("ref-%u", ++self->number);
  return keep (self, ask, ref, movement, error);
}

static GPtrArray *
bank_list (WbGateway *gateway, const char *ref, GCancellable *cancellable, GError **error)
{
  Payment   *held = FAKE_BANK (gateway)->payment;
  GPtrArray *list =
      held->each ? g_ptr_array_new_with_free_func ((GDestroyNotify) wb_movement_free) : NULL;

  for (guint i = 0; list != NULL && i < held->captures->len; i++)
    {
      const Capture *capture = held->captures->pdata[i];
      WbMovement    *one = g_new0 (WbMovement, 1);

      one->ref = g_strdup (capture->ref);
      one->amount = wb_money (capture->taken - capture->back, held->currency);
      g_ptr_array_add (list, one);
    }
  return list;
}

static gboolean
bank_cancel (WbGateway *gateway, const WbMoneyAsk *ask, GCancellable *cancellable, GError **error)
{
  FakeBank *self = FAKE_BANK (gateway);

  if (trouble (self, FALSE, error))
    return FALSE;
  if (self->payment->over)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_ALREADY, "it is closed");
      return FALSE;
    }
  self->payment->let_go += capturable (self->payment);
  self->payment->over = TRUE;
  return !trouble (self, TRUE, error);
}

static gboolean
bank_renew (WbGateway        *gateway,
            const WbMoneyAsk *ask,
            WbRenewal        *renewal,
            GCancellable     *cancellable,
            GError          **error)
{
  FakeBank  *self = FAKE_BANK (gateway);
  Payment   *held = self->payment;
  WbMovement movement = { 0 };

  if (trouble (self, FALSE, error))
    return FALSE;
  g_assert_cmpint (ask->amount.minor, <=, capturable (held));
  if (held->renewals == 2)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_REFUSED, "it was renewed twice");
      return FALSE;
    }
  held->let_go += capturable (held);
  held->promised = ask->amount.minor;
  held->of_this = 0;
  g_free (held->ref);
  held->ref = g_strdup_printf ("auth-%u", ++self->number);
  held->renewals++;
  if (!keep (self, ask, held->ref, &movement, error))
    return FALSE;
  renewal->payment_ref = movement.ref;
  renewal->amount = movement.amount;
  renewal->capture_before = wb_now () + 86400;
  return TRUE;
}

static WbMovementFinding
bank_find_renewal (WbGateway        *gateway,
                   const WbMoneyAsk *ask,
                   WbRenewal        *renewal,
                   GCancellable     *cancellable,
                   GError          **error)
{
  WbMovement        movement = { 0 };
  WbMovementFinding finding = bank_find (gateway, ask, &movement, cancellable, error);

  renewal->payment_ref = movement.ref;
  renewal->amount = movement.amount;
  renewal->capture_before = wb_now () + 86400;
  return finding;
}

static void
fake_bank_gateway_init (WbGatewayInterface *iface)
{
  iface->read_payment = bank_read;
  iface->capture = bank_capture;
  iface->find_capture = bank_find;
  iface->refund = bank_refund;
  iface->find_refund = bank_find;
  iface->list_refundable = bank_list;
  iface->cancel = bank_cancel;
  iface->reauthorise = bank_renew;
  iface->find_renewal = bank_find_renewal;
}

/* ---- a shop that only listens ---- */

#define FAKE_TYPE_SHOP (fake_shop_get_type ())
G_DECLARE_FINAL_TYPE (FakeShop, fake_shop, FAKE, SHOP, GObject)

struct _FakeShop
{
  GObject     parent_instance;
  WbOrder    *order;
  GHashTable *told;
  gint64      sum;
  FakeBank   *bank;
};

static void fake_shop_shop_init (WbShopInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeShop,
                               fake_shop,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WB_TYPE_SHOP, fake_shop_shop_init))

static void
fake_shop_class_init (FakeShopClass *klass)
{
}

static void
fake_shop_init (FakeShop *self)
{
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static gpointer
line_of (WbOrder *order, const char *ref)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);

  for (guint i = 0; i < lines->len; i++)
    if (g_strcmp0 (wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_REMOTE_ID), ref) == 0)
      return lines->pdata[i];
  g_assert_not_reached ();
}

static gboolean
shop_refund (WbShop             *shop,
             const WbShopRefund *refund,
             char              **remote_id,
             GCancellable       *cancellable,
             GError            **error)
{
  FakeShop *self = FAKE_SHOP (shop);
  gint64    lines = 0;

  if (trouble (self->bank, FALSE, error))
    return FALSE;
  g_assert_false (refund->money); /* the money has moved elsewhere */
  g_assert_true (g_hash_table_add (self->told, g_strdup (refund->key)));
  self->sum += refund->amount.minor;
  g_assert_cmpint (self->sum, <=, wb_record_get_int (self->order, WB_ORDER_TOTAL));
  for (guint i = 0; refund->line_refs[i] != NULL; i++)
    {
      gpointer line = line_of (self->order, refund->line_refs[i]);

      lines += refund->nets[i] + refund->taxes[i];
      if (refund->quantities[i] > 0)
        wb_record_set_int (
            line, WB_ORDER_LINE_CANCELLED,
            MIN (wb_record_get_int (line, WB_ORDER_LINE_QUANTITY),
                 wb_record_get_int (line, WB_ORDER_LINE_CANCELLED) + refund->quantities[i]));
    }
  g_assert_cmpint (lines, <=, refund->amount.minor);
  wb_record_set_int (self->order, WB_ORDER_REFUNDED_TOTAL, self->sum);
  if (trouble (self->bank, TRUE, error))
    return FALSE;
  *remote_id = g_strdup (refund->key);
  return TRUE;
}

static WbFinding
shop_find (WbShop             *shop,
           const WbShopRefund *refund,
           char              **remote_id,
           GCancellable       *cancellable,
           GError            **error)
{
  if (!g_hash_table_contains (FAKE_SHOP (shop)->told, refund->key))
    return WB_FINDING_NOT_DONE;
  *remote_id = g_strdup (refund->key);
  return WB_FINDING_DONE;
}

static WbOrder *
shop_fetch (WbShop *shop, const char *ref, GBytes **raw, GCancellable *cancellable, GError **error)
{
  return wb_record_copy (FAKE_SHOP (shop)->order);
}

static void
fake_shop_shop_init (WbShopInterface *iface)
{
  iface->refund = shop_refund;
  iface->find_refund = shop_find;
  iface->fetch_order = shop_fetch;
}

/* ---- one house ---- */

typedef struct
{
  char     *folder;
  WbDesk   *desk;
  WbBook   *book;
  FakeBank *bank;
  FakeShop *shop;
  GRand    *chance;
  gint64    channel, gateway, id;
  guint     number, parcels;
} House;

static gint64
connect_to (House *house, const char *kind, const char *provider, gint64 gateway)
{
  g_autoptr (WbConnection) one = wb_connection_new ();

  g_object_set (one, "kind", kind, "provider", provider, "name", kind, "base-url", "http://x",
                "enabled", TRUE, NULL);
  if (gateway != 0)
    g_object_set (one, "capturer", WB_CAPTURER_GATEWAY, "gateway-id", gateway, NULL);
  g_assert_true (wb_book_save (house->book, one, NULL));
  return wb_record_get_int (one, WB_CONNECTION_ID);
}

static void
house_up (House *house, GRand *chance)
{
  static const char *const none[] = { NULL };
  g_autoptr (WbSecrets)    secrets = wb_secrets_new_fixed (none);
  g_autofree char         *path = NULL;
  g_autoptr (GError)       error = NULL;

  house->chance = chance;
  house->folder = wb_test_temp_folder ();
  path = g_build_filename (house->folder, "book.waybill", NULL);
  house->desk = wb_desk_open (path, secrets, "tester", &error);
  g_assert_no_error (error);
  house->book = wb_desk_get_book (house->desk);
  house->bank = g_object_new (FAKE_TYPE_BANK, NULL);
  house->bank->chance = chance;
  house->shop = g_object_new (FAKE_TYPE_SHOP, NULL);
  house->shop->bank = house->bank;
  house->gateway = connect_to (house, WB_KIND_GATEWAY, "stripe", 0);
  house->channel = connect_to (house, WB_KIND_SHOP, "woocommerce", house->gateway);
  g_hash_table_insert (house->desk->modules, g_memdup2 (&house->gateway, sizeof (gint64)),
                       g_object_ref (house->bank));
  g_hash_table_insert (house->desk->modules, g_memdup2 (&house->channel, sizeof (gint64)),
                       g_object_ref (house->shop));
}

static void
house_down (House *house)
{
  g_hash_table_unref (house->bank->made);
  g_hash_table_unref (house->shop->told);
  g_clear_object (&house->desk);
  g_clear_object (&house->bank);
  g_clear_object (&house->shop);
  wb_test_remove_folder (house->folder);
  g_clear_pointer (&house->folder, g_free);
}

static gint32
dice (House *house, gint32 from, gint32 below)
{
  return g_rand_int_range (house->chance, from, below);
}

static void
add_line (WbOrder *order, const char *kind, guint place, gint64 pieces, gint64 net, gint64 tax)
{
  WbOrderLine     *line = wb_order_line_new ();
  g_autofree char *ref = g_strdup_printf ("%u", place + 1);

  g_object_set (line, "kind", kind, "remote-id", ref, "position", (gint64) place, "name", "thing",
                "quantity", pieces, "total", net, "tax", tax, "needs-shipping",
                g_str_equal (kind, WB_LINE_ITEM), NULL);
  wb_record_add (order, WB_ORDER_LINES, line);
}

static const char *const currencies[] = { "EUR", "JPY", "KWD", "USD", "BHD", "KRW" };

/* Lines with discounts and odd taxes, a shipping cost, and a total that may differ by a little. */
static void
make_order (House *house)
{
  g_autoptr (WbOrder)   order = wb_order_new ();
  g_auto (WbSyncResult) result = { 0 };
  g_autofree char      *number = g_strdup_printf ("%u", ++house->number);
  g_autofree char      *ref = g_strdup_printf ("pay-%u", house->number);
  const char           *currency = currencies[dice (house, 0, G_N_ELEMENTS (currencies))];
  guint                 lines = (guint) dice (house, 1, 4);
  gint64                total = 0;
  g_autoptr (GError)    error = NULL;

  for (guint i = 0; i < lines; i++)
    {
      gint64 pieces = dice (house, 1, 6), net = dice (house, 0, 30000);
      gint64 tax = dice (house, 0, 4) == 0 ? 0 : net * dice (house, 1, 26) / 100;

      add_line (order, WB_LINE_ITEM, i, pieces, net, tax);
      total += net + tax;
    }
  if (dice (house, 0, 3) > 0)
    {
      gint64 net = dice (house, 1, 1500);

      add_line (order, WB_LINE_SHIPPING, lines, 1, net, net / 5);
      total += net + net / 5;
    }
  total += dice (house, -2, 3);
  total = MAX (total, 5);
  g_object_set (order, "channel-id", house->channel, "remote-id", number, "number", number,
                "remote-status", "processing", "shop-state", WB_SHOP_OPEN, "currency", currency,
                "total", total, "payment-ref", ref, "payment-method", "stripe", "paid-at",
                (gint64) 0, "placed-at", wb_now (), NULL);
  g_clear_object (&house->shop->order);
  house->shop->order = wb_record_copy (order);
  house->shop->sum = 0;
  g_assert_true (wb_desk_import_order (house->desk, order, NULL, &result, &error));
  g_assert_no_error (error);
  house->id = wb_record_get_int (order, WB_ORDER_ID);
  house->bank->payment = g_new0 (Payment, 1);
  house->bank->payment->ref = g_strdup (ref);
  g_strlcpy (house->bank->payment->currency, currency, 4);
  house->bank->payment->promised = total;
  house->bank->payment->several = dice (house, 0, 3) > 0;
  house->bank->payment->each = dice (house, 0, 2) == 0;
  house->bank->payment->captures = g_ptr_array_new ();
}

static void
payment_clear (House *house)
{
  Payment *payment = house->bank->payment;

  for (guint i = 0; i < payment->captures->len; i++)
    g_free (((Capture *) payment->captures->pdata[i])->ref);
  g_ptr_array_set_free_func (payment->captures, g_free);
  g_ptr_array_unref (payment->captures);
  g_free (payment->ref);
  g_clear_pointer (&house->bank->payment, g_free);
}

static void
recover (House *house)
{
  for (guint i = 0; i < 40; i++)
    if (wb_desk_recover (house->desk, NULL, NULL, NULL, NULL))
      return;
}

/* ---- the steps ---- */

static void
mark (House *house, const gint64 *ids, const gint64 *quantities, guint n)
{
  g_autoptr (WbOrder) order = wb_book_get_order (house->book, house->id, NULL);

  for (guint i = 0; i < n; i++)
    {
      WbOrderLine *line = wb_order_find_line (order, ids[i]);

      wb_record_set_int (line, WB_ORDER_LINE_SHIPPED,
                         wb_record_get_int (line, WB_ORDER_LINE_SHIPPED) + quantities[i]);
    }
  wb_record_set_text (order, WB_ORDER_STAGE, wb_order_derive_stage (order));
  g_assert_true (wb_book_update_order (house->book, order, NULL));
}

/* A parcel leaves with some (or all) of what is to ship, captured as the plan says. */
static void
step_ship (House *house, gboolean all)
{
  g_autoptr (WbOrder)      order = wb_book_get_order (house->book, house->id, NULL);
  g_autoptr (WbConnection) channel = wb_book_get_connection (house->book, house->channel, NULL);
  g_autoptr (WbPayment)    payment = NULL;
  g_auto (WbCapturePlan)   plan = { 0 };
  GPtrArray               *lines = wb_record_get_many (order, WB_ORDER_LINES);
  gint64                   ids[8], quantities[8];
  guint                    n = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      gint64 left = wb_order_line_to_ship (lines->pdata[i]);
      gint64 now = all ? left : dice (house, 0, (gint32) left + 1);

      if (now <= 0)
        continue;
      ids[n] = wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_ID);
      quantities[n++] = now;
    }
  payment = n > 0 ? wb_desk_read_payment (house->desk, order, channel, NULL, NULL) : NULL;
  if (payment == NULL || !wb_desk_note_payment (house->desk, order, payment, NULL) ||
      !wb_capture_plan_make (order, channel, payment, ids, quantities, n, &plan, NULL))
    return;
  if (plan.amount > 0)
    {
      g_autofree char     *key = g_strdup_printf ("capture:P-%u:1", ++house->parcels);
      g_autoptr (JsonNode) request =
          wb_json_make ("s:payment", plan.payment_ref, "i:amount", plan.amount, "s:currency",
                        plan.currency, "s:reference", key, NULL);
      g_autoptr (WbOperation) operation =
          wb_journal_plan (house->desk->journal, WB_OP_CAPTURE, key, house->id, 0, plan.gateway_id,
                           request, "t", NULL);

      for (guint i = 0; i < 40 && !wb_operation_is (operation, WB_OPERATION_DONE); i++)
        wb_journal_settle (house->desk->journal, operation, NULL, NULL);
      g_assert_true (wb_operation_is (operation, WB_OPERATION_DONE));
    }
  mark (house, ids, quantities, n);
}

static void
step_refund (House *house)
{
  g_autoptr (WbOrder)   order = wb_book_get_order (house->book, house->id, NULL);
  GPtrArray            *lines = wb_record_get_many (order, WB_ORDER_LINES);
  g_autoptr (GPtrArray) operations = wb_book_list_operations_of (house->book, house->id, 0, NULL);
  g_autofree char      *id = g_strdup_printf ("w-%u", ++house->parcels);
  gint64                ids[8], quantities[8];
  WbRefundAsk           ask = {
              .order_id = house->id, .line_ids = ids, .quantities = quantities, .id = id, .reason = "any"
  };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < lines->len && dice (house, 0, 2) == 0; i++)
    {
      gint64 line_id = wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_ID);
      gint64 left = wb_refund_left_of_line (order, line_id, operations);

      if (!g_str_equal (wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_KIND), WB_LINE_ITEM))
        continue;
      ids[ask.n] = line_id;
      quantities[ask.n++] = dice (house, 0, (gint32) left + 2); /* at times one too many */
    }
  ask.shipping = dice (house, 0, 4) == 0;
  ask.all = dice (house, 0, 8) == 0;
  ask.amount = dice (house, 0, 2) == 0 ? dice (house, 0, 4000) : 0;
  wb_desk_refund (house->desk, &ask, NULL, NULL, &error);
  recover (house);
}

static void
step_cancel (House *house)
{
  g_autoptr (WbOrder)   now = wb_book_get_order (house->book, house->id, NULL);
  GPtrArray            *lines = wb_record_get_many (now, WB_ORDER_LINES);
  g_auto (WbSyncResult) result = { 0 };
  g_autoptr (WbOrder)   order = NULL;

  for (guint i = 0; i < lines->len; i++)
    {
      gint64   left = wb_order_line_to_ship (lines->pdata[i]);
      gpointer line = line_of (house->shop->order,
                               wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_REMOTE_ID));

      if (left > 0)
        wb_record_set_int (line, WB_ORDER_LINE_CANCELLED,
                           wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_CANCELLED) +
                               dice (house, 0, (gint32) left + 1));
    }
  order = wb_record_copy (house->shop->order);
  g_assert_true (wb_desk_import_order (house->desk, order, NULL, &result, NULL));
}

static void
step (House *house)
{
  switch (dice (house, 0, 8))
    {
    case 0:
    case 1:
      step_refund (house);
      break;
    case 2:
      wb_desk_release_rest (house->desk, house->id, NULL, NULL, NULL);
      break;
    case 3:
      wb_desk_renew (house->desk, house->id, NULL, NULL, NULL);
      break;
    case 4:
      step_cancel (house);
      break;
    default:
      step_ship (house, FALSE);
      break;
    }
  recover (house);
}

/* ---- what must be true ---- */

static gint64
sum_of (House *house, const char *kind)
{
  g_autoptr (GPtrArray) entries = wb_book_list_entries (house->book, house->id, NULL);
  gint64                sum = 0;

  for (guint i = 0; i < entries->len; i++)
    if (g_str_equal (wb_record_get_text (entries->pdata[i], WB_ENTRY_KIND), kind))
      sum += wb_record_get_int (entries->pdata[i], WB_ENTRY_AMOUNT);
  return sum;
}

static void
check (House *house)
{
  const Payment        *held = house->bank->payment;
  g_autoptr (WbOrder)   order = wb_book_get_order (house->book, house->id, NULL);
  g_autoptr (GPtrArray) planned =
      wb_book_list_operations (house->book, WB_OPERATION_PLANNED, 0, NULL);
  g_autoptr (GPtrArray) unsure =
      wb_book_list_operations (house->book, WB_OPERATION_UNSURE, 0, NULL);

  g_assert_cmpuint (planned->len + unsure->len, ==, 0);
  g_assert_cmpint (sum_of (house, WB_ENTRY_CAPTURED), ==, held->captured);
  g_assert_cmpint (sum_of (house, WB_ENTRY_REFUNDED), ==, -held->refunded);
  g_assert_cmpint (house->shop->sum, ==, held->refunded);
  g_assert_cmpint (held->refunded, <=, held->captured);
  g_assert_cmpint (held->captured, <=, wb_record_get_int (order, WB_ORDER_TOTAL));
  g_assert_cmpint (wb_record_get_int (order, WB_ORDER_CHARGE_REFUNDED), ==, held->refunded);
  g_assert_null (wb_record_get_text (order, WB_ORDER_HOLD_REASON));
}

/* Whatever happened before: the rest leaves, what is due is taken, what is left is let go. */
static void
finish (House *house)
{
  step_ship (house, TRUE);
  for (guint i = 0; i < 40 && capturable (house->bank->payment) > 0; i++)
    if (!wb_desk_capture_rest (house->desk, house->id, NULL, NULL))
      {
        recover (house);
        wb_desk_release_rest (house->desk, house->id, NULL, NULL, NULL);
        recover (house);
      }
  for (guint i = 0; i < 40; i++)
    if (wb_desk_refresh_payment (house->desk, house->id, NULL, NULL))
      break;
  g_assert_cmpint (capturable (house->bank->payment), ==, 0);
  g_assert_cmpint (sum_of (house, WB_ENTRY_AUTHORISED), ==,
                   sum_of (house, WB_ENTRY_CAPTURED) + sum_of (house, WB_ENTRY_RELEASED));
  g_assert_cmpint (sum_of (house, WB_ENTRY_RELEASED), ==, house->bank->payment->let_go);
}

static void
test_any_order (void)
{
  g_autoptr (GRand) chance = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  gint64            captured = 0, refunded = 0;

  for (guint book = 0; book < ORDERS / A_BOOK; book++)
    {
      House house = { 0 };

      house_up (&house, chance);
      for (guint i = 0; i < A_BOOK; i++)
        {
          guint steps = (guint) dice (&house, 1, MOST_STEP);

          make_order (&house);
          for (guint k = 0; k < steps; k++)
            {
              step (&house);
              check (&house);
            }
          finish (&house);
          check (&house);
          captured += house.bank->payment->captures->len;
          refunded += house.bank->payment->refunded > 0;
          payment_clear (&house);
        }
      house_down (&house);
    }
  g_test_message ("%d orders: %" G_GINT64_FORMAT " captures, %" G_GINT64_FORMAT
                  " orders with refunds; every unit accounted for",
                  ORDERS, captured, refunded);
  g_assert_cmpint (refunded, >, ORDERS / 10);
}

int
main (int argc, char **argv)
{
  /* Every step is synced: where there is a file system in memory, the books lie there. */
  if (g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR))
    g_setenv ("TMPDIR", "/dev/shm", FALSE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/money/any-order", test_any_order);
  return g_test_run ();
}
