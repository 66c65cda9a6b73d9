/* SPDX-License-Identifier: GPL-3.0-or-later
 * The gateway's books. A payment is made from its order until something happens to it; then it is
 * kept. */
#include "wb-town-shop.h"
#include "wb-town-stripe.h"

#include <string.h>

#define KEY_LIFE  (24 * 3600)
#define SWEEP     1800 /* how long after the last moment an authorisation is still shown as open */
#define MAX_EVENT 20000

typedef struct
{
  char     *id;
  char     *type;
  char     *object;
  WbInstant when;
} Event;

struct _WbTownBank
{
  WbTown     *town;
  GHashTable *intents; /* of WbTownIntent, by id: all that were ever asked for */
  GHashTable *answers; /* of WbTownAnswer, by key */
  GPtrArray  *events;  /* of Event, oldest first */

  WbTownOddities *oddities;
  guint           strays;
};

static void
giveback_free (gpointer data)
{
  WbTownGiveback *refund = data;

  g_free (refund->id);
  g_free (refund->transaction);
  g_free (refund->reason);
  g_ptr_array_unref (refund->metadata);
  g_free (refund);
}

static void
take_free (gpointer data)
{
  WbTownTake *take = data;

  g_free (take->transaction);
  g_free (take);
}

static void
dispute_free (gpointer data)
{
  WbTownDispute *dispute = data;

  g_free (dispute->id);
  g_free (dispute);
}

static void
intent_free (gpointer data)
{
  WbTownIntent *intent = data;

  g_free (intent->id);
  g_free (intent->charge);
  g_free (intent->transaction);
  g_free (intent->currency);
  g_ptr_array_unref (intent->refunds);
  g_ptr_array_unref (intent->metadata);
  g_ptr_array_unref (intent->takes);
  g_ptr_array_unref (intent->disputes);
  g_free (intent);
}

static void
answer_free (gpointer data)
{
  WbTownAnswer *answer = data;

  g_free (answer->fingerprint);
  g_free (answer->body);
  g_free (answer);
}

static void
event_free (gpointer data)
{
  Event *event = data;

  g_free (event->id);
  g_free (event->type);
  g_free (event->object);
  g_free (event);
}

/** wb_town_bank_new: Returns: (transfer full): the gateway of that town. */
WbTownBank *
wb_town_bank_new (WbTown *town)
{
  WbTownBank *self = g_new0 (WbTownBank, 1);

  self->town = town;
  self->intents = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, intent_free);
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, answer_free);
  self->events = g_ptr_array_new_with_free_func (event_free);
  self->oddities = wb_town_oddities_new ();
  return self;
}

/** wb_town_bank_free: frees @self. */
void
wb_town_bank_free (WbTownBank *self)
{
  g_hash_table_unref (self->intents);
  g_hash_table_unref (self->answers);
  g_ptr_array_unref (self->events);
  wb_town_oddities_free (self->oddities);
  g_free (self);
}

static WbTownGiveback *
giveback_new (
    WbTownBank *self, WbTownIntent *intent, gint64 amount, const char *reason, gboolean money)
{
  WbTownGiveback *refund = g_new0 (WbTownGiveback, 1);

  refund->id = g_strdup_printf ("re_%s%u", intent->id + 3, intent->refunds->len);
  refund->transaction =
      money ? g_strdup_printf ("txn_%sR%u", intent->id + 3, intent->refunds->len) : NULL;
  refund->amount = amount;
  refund->reason = g_strdup (reason);
  refund->created = wb_town_clock (self->town);
  refund->metadata = wb_town_pairs_parse ("");
  g_ptr_array_add (intent->refunds, refund);
  return refund;
}

/** wb_town_bank_oddities: Returns: (transfer none): what was told to go otherwise than it should.
 */
WbTownOddities *
wb_town_bank_oddities (WbTownBank *self)
{
  return self->oddities;
}

/* Its parts that every payment has, with nothing in them. */
static WbTownIntent *
intent_new (const char *id, const char *currency, gint64 amount)
{
  WbTownIntent *intent = g_new0 (WbTownIntent, 1);

  intent->id = g_strdup (id);
  intent->charge = g_strconcat ("ch_", id + 3, NULL);
  intent->transaction = g_strconcat ("txn_", id + 3, NULL);
  intent->currency = g_strdup (currency);
  intent->amount = amount;
  intent->refunds = g_ptr_array_new_with_free_func (giveback_free);
  intent->takes = g_ptr_array_new_with_free_func (take_free);
  intent->disputes = g_ptr_array_new_with_free_func (dispute_free);
  return intent;
}

/* One capture more; its transaction is the payment's own for the first. */
static void
add_take (WbTownIntent *intent, gint64 amount, WbInstant when)
{
  WbTownTake *take = g_new0 (WbTownTake, 1);

  take->transaction = intent->takes->len == 0
                          ? g_strdup (intent->transaction)
                          : g_strdup_printf ("%sC%u", intent->transaction, intent->takes->len);
  take->amount = amount;
  take->when = when;
  g_ptr_array_add (intent->takes, take);
}

/* As it was when the order came in. */
static WbTownIntent *
intent_make (WbTownBank *self, guint index)
{
  g_autoptr (WbTownOrder) order = wb_town_order_make (self->town, index);
  WbTownIntent           *intent;
  g_autofree char        *form = NULL;

  if (order->card.amount == 0 || order->card.wallet)
    return NULL;
  intent = intent_new (order->transaction_id, order->currency, order->card.amount);
  intent->index = index;
  intent->order = order->id;
  intent->created = order->card.authorised;
  intent->capture_before = order->card.capture_before;
  intent->declines = order->card.declines;
  intent->automatic = order->card.captured;
  intent->status = order->card.captured ? "succeeded" : "requires_capture";
  intent->captured = order->card.captured ? intent->amount : 0;
  intent->captured_at = order->card.captured ? order->created + 4 : 0;
  if (order->card.captured)
    add_take (intent, intent->captured, intent->captured_at);
  form = g_strdup_printf ("order_id=%" G_GINT64_FORMAT "&site_url=practice", order->id);
  intent->metadata = wb_town_pairs_parse (form);
  for (guint i = 0; i < order->refunds->len; i++)
    {
      const WbTownRefund *refund = g_ptr_array_index (order->refunds, i);

      giveback_new (self, intent,
                    MIN (wb_town_minor_of (refund->amount, order->currency), intent->amount),
                    "requested_by_customer", TRUE)
          ->created = refund->created;
    }
  return intent;
}

/* What time alone does: an authorisation nobody captured is given up, a little after its last
 * moment. */
static void
let_time_pass (WbTownBank *self, WbTownIntent *intent)
{
  if (strcmp (intent->status, "requires_capture") != 0 ||
      wb_town_clock (self->town) < intent->capture_before + SWEEP)
    return;
  wb_town_bank_cancel (self, intent, "automatic");
  intent->canceled_at = intent->capture_before + SWEEP;
}

/** wb_town_bank_find: Returns: (transfer none) (nullable): the payment with that id, as time left
 * it. */
WbTownIntent *
wb_town_bank_find (WbTownBank *self, const char *id)
{
  WbTownIntent    *intent = g_hash_table_lookup (self->intents, id);
  g_autofree char *expected = NULL;
  guint64          index;

  if (intent == NULL && g_str_has_prefix (id, "pi_3Wb"))
    {
      index = g_ascii_strtoull (id + strlen ("pi_3Wb"), NULL, 10);
      if (index >= wb_town_shop_count (self->town->shop))
        return NULL;
      expected = wb_town_payment_id (self->town, (guint) index);
      intent = strcmp (expected, id) == 0 ? intent_make (self, (guint) index) : NULL;
      if (intent != NULL)
        g_hash_table_insert (self->intents, intent->id, intent);
    }
  if (intent != NULL)
    let_time_pass (self, intent);
  return intent;
}

/** wb_town_bank_by_charge: Returns: (transfer none) (nullable): the payment that charge, or
 * transaction, belongs to. */
WbTownIntent *
wb_town_bank_by_charge (WbTownBank *self, const char *charge)
{
  const char      *token = strchr (charge, '_');
  g_autofree char *id = token != NULL ? g_strdup_printf ("pi_%.25s", token + 1) : NULL;

  return id != NULL ? wb_town_bank_find (self, id) : NULL;
}

/** wb_town_bank_overdue: whether its last moment has passed though nobody swept it up yet. */
gboolean
wb_town_bank_overdue (WbTownBank *self, const WbTownIntent *intent)
{
  return wb_town_clock (self->town) >= intent->capture_before;
}

/** wb_town_bank_left: what can still be captured of what was authorised. */
gint64
wb_town_bank_left (const WbTownIntent *intent)
{
  return strcmp (intent->status, "requires_capture") == 0 ? intent->amount - intent->captured : 0;
}

/** wb_town_bank_most: the most that can still be captured, beyond that where it is allowed. */
gint64
wb_town_bank_most (const WbTownIntent *intent)
{
  gint64 left = wb_town_bank_left (intent);

  return intent->most > intent->amount && left > 0 ? intent->most - intent->captured : left;
}

/** wb_town_bank_capture: takes @amount; unless @keep_rest, the rest is released, which the gateway
 * shows as a refund that never was money. */
void
wb_town_bank_capture (WbTownBank *self, WbTownIntent *intent, gint64 amount, gboolean keep_rest)
{
  intent->captured += amount;
  intent->captured_at = wb_town_clock (self->town);
  intent->captures++;
  add_take (intent, amount, intent->captured_at);
  if (keep_rest && intent->captured < intent->amount)
    return;
  intent->status = "succeeded";
  if (intent->captured > intent->amount)
    intent->amount = intent->captured;
  if (intent->captured < intent->amount)
    giveback_new (self, intent, intent->amount - intent->captured, NULL, FALSE);
}

/** wb_town_bank_stray: Returns: (transfer none): a payment captured just now that no order of the
 * shop knows: another till of the same account. */
WbTownIntent *
wb_town_bank_stray (WbTownBank *self, gint64 amount, const char *currency)
{
  g_autofree char *token = wb_town_token (self->town->seed, 83, self->strays, 15, 62);
  g_autofree char *id = g_strdup_printf ("pi_9Wb%07u%s", self->strays, token);
  WbTownIntent    *intent = intent_new (id, currency, amount);

  intent->index = G_MAXUINT / 2 + self->strays++;
  intent->created = wb_town_clock (self->town);
  intent->capture_before = intent->created;
  intent->automatic = TRUE;
  intent->status = "succeeded";
  intent->captured = amount;
  intent->captured_at = intent->created;
  intent->metadata = wb_town_pairs_parse ("");
  add_take (intent, amount, intent->created);
  g_hash_table_insert (self->intents, intent->id, intent);
  return intent;
}

/** wb_town_bank_cancel: gives the authorisation up; @reason is static or interned. */
void
wb_town_bank_cancel (WbTownBank *self, WbTownIntent *intent, const char *reason)
{
  intent->status = "canceled";
  intent->canceled_at = wb_town_clock (self->town);
  intent->cancel_reason = reason;
  giveback_new (self, intent, intent->amount - intent->captured, NULL, FALSE);
}

/** wb_town_bank_refund: gives @amount of what was captured back. Returns: (transfer none): the
 * refund. */
WbTownGiveback *
wb_town_bank_refund (WbTownBank *self, WbTownIntent *intent, gint64 amount, const char *reason)
{
  return giveback_new (self, intent, amount, reason, TRUE);
}

/** wb_town_bank_refunded: what the charge calls refunded: money given back and the released rest.
 */
gint64
wb_town_bank_refunded (const WbTownIntent *intent)
{
  gint64 sum = 0;

  for (guint i = 0; i < intent->refunds->len; i++)
    sum += ((WbTownGiveback *) g_ptr_array_index (intent->refunds, i))->amount;
  return sum;
}

/** wb_town_bank_refundable: what can still be given back: what was captured, less what was. */
gint64
wb_town_bank_refundable (const WbTownIntent *intent)
{
  gint64 sum = intent->captured;

  for (guint i = 0; i < intent->refunds->len; i++)
    {
      const WbTownGiveback *refund = g_ptr_array_index (intent->refunds, i);

      sum -= refund->transaction != NULL ? refund->amount : 0;
    }
  return sum;
}

/** wb_town_bank_take_fee: what the gateway keeps of one capture: 1.5 % and 25 cents (or 30 yen). */
gint64
wb_town_bank_take_fee (const WbTownIntent *intent, gint64 amount)
{
  return (amount * 15 + 500) / 1000 + (strcmp (intent->currency, "JPY") == 0 ? 30 : 25);
}

/** wb_town_bank_fee: what the gateway keeps of all that was captured. */
gint64
wb_town_bank_fee (const WbTownIntent *intent)
{
  gint64 sum = 0;

  for (guint i = 0; i < intent->takes->len; i++)
    sum += wb_town_bank_take_fee (
        intent, ((const WbTownTake *) g_ptr_array_index (intent->takes, i))->amount);
  return sum;
}

/** wb_town_bank_event: notes that something happened, for the list of events. */
void
wb_town_bank_event (WbTownBank *self, const char *type, const char *object_json)
{
  Event           *event = g_new0 (Event, 1);
  g_autofree char *token = wb_town_token (self->town->seed, 73, self->events->len, 14, 62);

  event->id = g_strdup_printf ("evt_3Wb%07uE%s", self->events->len, token);
  event->type = g_strdup (type);
  event->object = g_strdup (object_json);
  event->when = wb_town_clock (self->town);
  g_ptr_array_add (self->events, event);
  if (self->events->len > MAX_EVENT)
    g_ptr_array_remove_index (self->events, 0);
}

static void
write_event (WbTownOut *out, const Event *event)
{
  wb_town_out_begin_object (out, NULL);
  wb_town_out_string (out, "id", event->id);
  wb_town_out_string (out, "object", "event");
  wb_town_out_string (out, "api_version", "2023-08-16");
  wb_town_out_int (out, "created", event->when);
  wb_town_out_begin_object (out, "data");
  wb_town_out_raw (out, "object", event->object);
  wb_town_out_end_object (out);
  wb_town_out_bool (out, "livemode", FALSE);
  wb_town_out_int (out, "pending_webhooks", 0);
  wb_town_out_begin_object (out, "request");
  wb_town_out_null (out, "id");
  wb_town_out_null (out, "idempotency_key");
  wb_town_out_end_object (out);
  wb_town_out_string (out, "type", event->type);
  wb_town_out_end_object (out);
}

static gint64
number_of (WbTownRequest *request, const char *name, gint64 fallback)
{
  const char *text = wb_town_pairs_get (request->query, name);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : fallback;
}

/* "types[]", as often as it is given, or "type"; neither wants all. */
static gboolean
type_fits (WbTownRequest *request, const char *type)
{
  const char *one = wb_town_pairs_get (request->query, "type");
  gboolean    any = FALSE;

  for (guint i = 0; i < request->query->len; i++)
    {
      const WbTownPair *pair = g_ptr_array_index (request->query, i);

      if (!g_str_has_prefix (pair->name, "types["))
        continue;
      any = TRUE;
      if (strcmp (pair->value, type) == 0)
        return TRUE;
    }
  return !any && (one == NULL || strcmp (one, type) == 0);
}

/* Events reach back 30 days only. */
static gboolean
event_fits (WbTownBank *self, WbTownRequest *request, const Event *event)
{
  return type_fits (request, event->type) &&
         event->when >= number_of (request, "created[gte]", 0) &&
         event->when > number_of (request, "created[gt]", 0) &&
         event->when >= wb_town_clock (self->town) - 30 * 86400;
}

/** wb_town_bank_write_events: the list the request asks for, newest first; or with a path of one
 * event, that one. */
void
wb_town_bank_write_events (WbTownBank *self, WbTownRequest *request, WbTownOut *out)
{
  const char *after = wb_town_pairs_get (request->query, "starting_after");
  gint64      limit = CLAMP (number_of (request, "limit", 10), 1, 100);
  gboolean    begun = after == NULL;
  gboolean    more = FALSE;

  wb_town_out_begin_object (out, NULL);
  wb_town_out_string (out, "object", "list");
  wb_town_out_string (out, "url", "/v1/events");
  wb_town_out_begin_array (out, "data");
  for (guint i = self->events->len; i > 0 && !more; i--)
    {
      const Event *event = g_ptr_array_index (self->events, i - 1);

      if (begun && event_fits (self, request, event))
        {
          if (limit-- > 0)
            write_event (out, event);
          else
            more = TRUE;
        }
      begun = begun || strcmp (event->id, after) == 0;
    }
  wb_town_out_end_array (out);
  wb_town_out_bool (out, "has_more", more);
  wb_town_out_end_object (out);
}

/** wb_town_bank_write_event: writes the event called @id; FALSE when there is none. */
gboolean
wb_town_bank_write_event (WbTownBank *self, const char *id, WbTownOut *out)
{
  for (guint i = 0; i < self->events->len; i++)
    if (strcmp (((Event *) g_ptr_array_index (self->events, i))->id, id) == 0)
      {
        write_event (out, g_ptr_array_index (self->events, i));
        return TRUE;
      }
  return FALSE;
}

static gint
compare_intents (gconstpointer a, gconstpointer b)
{
  const WbTownIntent *first = *(WbTownIntent *const *) a;
  const WbTownIntent *second = *(WbTownIntent *const *) b;

  return (first->index > second->index) - (first->index < second->index);
}

/** wb_town_bank_foreach: calls @func for every payment ever asked for, in the order of their
 * orders. */
void
wb_town_bank_foreach (WbTownBank *self, GFunc func, gpointer data)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  GHashTableIter        iter;
  gpointer              intent;

  g_hash_table_iter_init (&iter, self->intents);
  while (g_hash_table_iter_next (&iter, NULL, &intent))
    g_ptr_array_add (all, intent);
  g_ptr_array_sort (all, compare_intents);
  g_ptr_array_foreach (all, func, data);
}

/** wb_town_bank_answer: Returns: (transfer none) (nullable): what was answered under @key in the
 * last 24 hours. */
WbTownAnswer *
wb_town_bank_answer (WbTownBank *self, const char *key)
{
  WbTownAnswer *answer = g_hash_table_lookup (self->answers, key);

  if (answer != NULL && answer->when <= wb_town_clock (self->town) - KEY_LIFE)
    {
      g_hash_table_remove (self->answers, key);
      return NULL;
    }
  return answer;
}

/** wb_town_bank_keep: keeps an answer under its key. */
void
wb_town_bank_keep (
    WbTownBank *self, const char *key, const char *fingerprint, guint status, const char *body)
{
  WbTownAnswer *answer = g_new0 (WbTownAnswer, 1);

  answer->fingerprint = g_strdup (fingerprint);
  answer->status = status;
  answer->body = g_strdup (body);
  answer->when = wb_town_clock (self->town);
  g_hash_table_replace (self->answers, g_strdup (key), answer);
}
