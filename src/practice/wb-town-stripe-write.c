/* SPDX-License-Identifier: GPL-3.0-or-later
 * How the gateway writes its objects. */
#include "wb-town-stripe.h"

#include <string.h>

static void
write_currency (WbTownOut *out, const WbTownIntent *intent)
{
  g_autofree char *lower = g_ascii_strdown (intent->currency, -1);

  wb_town_out_string (out, "currency", lower);
}

static void
write_metadata (WbTownOut *out, GPtrArray *metadata)
{
  wb_town_out_begin_object (out, "metadata");
  for (guint i = 0; i < metadata->len; i++)
    {
      const WbTownPair *pair = g_ptr_array_index (metadata, i);

      wb_town_out_string (out, pair->name, pair->value);
    }
  wb_town_out_end_object (out);
}

static void
write_nulls (WbTownOut *out, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    wb_town_out_null (out, names[i]);
}

/* What is asked to be expanded below @prefix: "latest_charge.balance_transaction" is
 * "balance_transaction" below "latest_charge". */
static GStrv
below (const char *const *expand, const char *prefix)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gsize                    size = strlen (prefix);

  for (guint i = 0; expand != NULL && expand[i] != NULL; i++)
    if (strncmp (expand[i], prefix, size) == 0 &&
        (expand[i][size] == '.' || expand[i][size] == '\0'))
      g_strv_builder_add (builder, expand[i][size] == '.' ? expand[i] + size + 1 : "");
  return g_strv_builder_end (builder);
}

static void
write_last_error (WbTownOut *out, const WbTownIntent *intent)
{
  if (!intent->refused)
    {
      wb_town_out_null (out, "last_payment_error");
      return;
    }
  wb_town_out_begin_object (out, "last_payment_error");
  wb_town_out_string (out, "charge", intent->charge);
  wb_town_out_string (out, "code", "card_declined");
  wb_town_out_string (out, "decline_code", "generic_decline");
  wb_town_out_string (out, "message", "Your card was declined.");
  wb_town_out_string (out, "type", "card_error");
  wb_town_out_end_object (out);
}

static void
write_card_options (WbTownOut *out)
{
  wb_town_out_begin_object (out, "payment_method_options");
  wb_town_out_begin_object (out, "card");
  wb_town_out_null (out, "installments");
  wb_town_out_null (out, "mandate_options");
  wb_town_out_null (out, "network");
  wb_town_out_string (out, "request_three_d_secure", "automatic");
  wb_town_out_end_object (out);
  wb_town_out_end_object (out);
  wb_town_out_begin_array (out, "payment_method_types");
  wb_town_out_string (out, NULL, "card");
  wb_town_out_end_array (out);
}

/** wb_town_stripe_write_intent: a PaymentIntent; @expand (nullable) names what is to be whole. */
void
wb_town_stripe_write_intent (WbTown             *town,
                             WbTownOut          *out,
                             const char         *name,
                             const WbTownIntent *intent,
                             const char *const  *expand)
{
  static const char *const before[] = { "application", "application_fee_amount",
                                        "automatic_payment_methods", NULL };
  static const char *const after[] = { "next_action", "on_behalf_of", NULL };
  static const char *const last[] = { "processing",
                                      "receipt_email",
                                      "review",
                                      "setup_future_usage",
                                      "shipping",
                                      "source",
                                      "statement_descriptor",
                                      "statement_descriptor_suffix",
                                      NULL };
  g_auto (GStrv)           in_charge = below (expand, "latest_charge");
  gboolean                 open = strcmp (intent->status, "requires_capture") == 0;

  wb_town_out_begin_object (out, name);
  wb_town_out_string (out, "id", intent->id);
  wb_town_out_string (out, "object", "payment_intent");
  wb_town_out_int (out, "amount", intent->amount);
  wb_town_out_int (out, "amount_capturable", open ? wb_town_bank_left (intent) : 0);
  wb_town_out_begin_object (out, "amount_details");
  wb_town_out_begin_object (out, "tip");
  wb_town_out_end_object (out);
  wb_town_out_end_object (out);
  wb_town_out_int (out, "amount_received", intent->captured);
  write_nulls (out, before);
  if (intent->canceled_at != 0)
    wb_town_out_int (out, "canceled_at", intent->canceled_at);
  else
    wb_town_out_null (out, "canceled_at");
  wb_town_out_string (out, "cancellation_reason", intent->cancel_reason);
  wb_town_out_string (out, "capture_method", intent->automatic ? "automatic" : "manual");
  wb_town_out_format (out, "client_secret", "%s_secret_practice", intent->id);
  wb_town_out_string (out, "confirmation_method", "automatic");
  wb_town_out_int (out, "created", intent->created);
  write_currency (out, intent);
  wb_town_out_null (out, "customer");
  wb_town_out_format (out, "description", "Übungsladen - Order %" G_GINT64_FORMAT, intent->order);
  wb_town_out_null (out, "invoice");
  write_last_error (out, intent);
  if (in_charge[0] != NULL)
    wb_town_stripe_write_charge (town, out, "latest_charge", intent,
                                 (const char *const *) in_charge);
  else
    wb_town_out_string (out, "latest_charge", intent->charge);
  wb_town_out_bool (out, "livemode", FALSE);
  write_metadata (out, intent->metadata);
  write_nulls (out, after);
  wb_town_out_format (out, "payment_method", "pm_1%s", intent->id + 4);
  write_card_options (out);
  write_nulls (out, last);
  wb_town_out_string (out, "status", intent->status);
  wb_town_out_null (out, "transfer_data");
  wb_town_out_null (out, "transfer_group");
  wb_town_out_end_object (out);
}

static void
write_feature (WbTownOut *out, const char *name, const char *status)
{
  wb_town_out_begin_object (out, name);
  wb_town_out_string (out, "status", status);
  wb_town_out_end_object (out);
}

static void
write_card (WbTownOut *out, const WbTownIntent *intent)
{
  gboolean manual = !intent->automatic;

  wb_town_out_begin_object (out, "payment_method_details");
  wb_town_out_begin_object (out, "card");
  wb_town_out_int (out, "amount_authorized", intent->amount);
  wb_town_out_string (out, "brand", intent->index % 2 == 0 ? "visa" : "mastercard");
  if (manual)
    wb_town_out_int (out, "capture_before", intent->capture_before);
  wb_town_out_begin_object (out, "checks");
  wb_town_out_null (out, "address_line1_check");
  wb_town_out_string (out, "address_postal_code_check", "pass");
  wb_town_out_string (out, "cvc_check", "pass");
  wb_town_out_end_object (out);
  wb_town_out_string (out, "country", "DE");
  wb_town_out_int (out, "exp_month", 8);
  wb_town_out_int (out, "exp_year", 2031);
  write_feature (out, "extended_authorization", intent->extended ? "enabled" : "disabled");
  wb_town_out_string (out, "fingerprint", "AOB934RVNwzk6xtn");
  wb_town_out_string (out, "funding", "credit");
  write_feature (out, "incremental_authorization", "unavailable");
  wb_town_out_null (out, "installments");
  wb_town_out_string (out, "last4", intent->declines ? "0341" : "4242");
  wb_town_out_null (out, "mandate");
  write_feature (out, "multicapture", intent->several ? "available" : "unavailable");
  wb_town_out_string (out, "network", intent->index % 2 == 0 ? "visa" : "mastercard");
  wb_town_out_begin_object (out, "network_token");
  wb_town_out_bool (out, "used", FALSE);
  wb_town_out_end_object (out);
  wb_town_out_begin_object (out, "overcapture");
  wb_town_out_int (out, "maximum_amount_capturable", MAX (intent->amount, intent->most));
  wb_town_out_string (out, "status", intent->most > 0 ? "available" : "unavailable");
  wb_town_out_end_object (out);
  wb_town_out_null (out, "three_d_secure");
  wb_town_out_null (out, "wallet");
  wb_town_out_end_object (out);
  wb_town_out_string (out, "type", "card");
  wb_town_out_end_object (out);
}

static void
write_billing (WbTownOut *out)
{
  static const char *const address[] = { "city",        "country", "line1", "line2",
                                         "postal_code", "state",   NULL };
  static const char *const rest[] = { "email", "name", "phone", NULL };

  wb_town_out_begin_object (out, "billing_details");
  wb_town_out_begin_object (out, "address");
  write_nulls (out, address);
  wb_town_out_end_object (out);
  write_nulls (out, rest);
  wb_town_out_end_object (out);
}

static void
write_outcome (WbTownOut *out)
{
  wb_town_out_begin_object (out, "outcome");
  wb_town_out_string (out, "network_status", "approved_by_network");
  wb_town_out_null (out, "reason");
  wb_town_out_string (out, "risk_level", "normal");
  wb_town_out_int (out, "risk_score", 12);
  wb_town_out_string (out, "seller_message", "Payment complete.");
  wb_town_out_string (out, "type", "authorized");
  wb_town_out_end_object (out);
}

/** wb_town_stripe_write_charge: a charge; its balance transaction is there once it has been
 * captured. */
void
wb_town_stripe_write_charge (WbTown             *town,
                             WbTownOut          *out,
                             const char         *name,
                             const WbTownIntent *intent,
                             const char *const  *expand)
{
  static const char *const failure[] = { "failure_balance_transaction", "failure_code",
                                         "failure_message", NULL };
  static const char *const late[] = { "receipt_email", "receipt_number", "receipt_url", NULL };
  static const char *const last[] = {
    "review", "shipping", "source_transfer", "statement_descriptor", "statement_descriptor_suffix",
    NULL
  };
  gint64         refunded = wb_town_bank_refunded (intent);
  g_auto (GStrv) in_transaction = below (expand, "balance_transaction");

  wb_town_out_begin_object (out, name);
  wb_town_out_string (out, "id", intent->charge);
  wb_town_out_string (out, "object", "charge");
  wb_town_out_int (out, "amount", intent->amount);
  wb_town_out_int (out, "amount_captured", intent->captured);
  wb_town_out_int (out, "amount_refunded", refunded);
  wb_town_out_null (out, "application");
  wb_town_out_null (out, "application_fee");
  wb_town_out_null (out, "application_fee_amount");
  if (intent->captured == 0)
    wb_town_out_null (out, "balance_transaction");
  else if (in_transaction[0] != NULL)
    wb_town_stripe_write_transaction (town, out, "balance_transaction", intent, NULL);
  else
    wb_town_out_string (out, "balance_transaction", intent->transaction);
  write_billing (out);
  wb_town_out_string (out, "calculated_statement_descriptor", "UEBUNGSLADEN");
  wb_town_out_bool (out, "captured", intent->captured > 0);
  wb_town_out_int (out, "created", intent->created);
  write_currency (out, intent);
  wb_town_out_null (out, "customer");
  wb_town_out_format (out, "description", "Übungsladen - Order %" G_GINT64_FORMAT, intent->order);
  wb_town_out_bool (out, "disputed", intent->disputes->len > 0);
  write_nulls (out, failure);
  wb_town_out_begin_object (out, "fraud_details");
  wb_town_out_end_object (out);
  wb_town_out_null (out, "invoice");
  wb_town_out_bool (out, "livemode", FALSE);
  write_metadata (out, intent->metadata);
  wb_town_out_null (out, "on_behalf_of");
  write_outcome (out);
  wb_town_out_bool (out, "paid", TRUE);
  wb_town_out_string (out, "payment_intent", intent->id);
  wb_town_out_format (out, "payment_method", "pm_1%s", intent->id + 4);
  write_card (out, intent);
  write_nulls (out, late);
  wb_town_out_bool (out, "refunded", refunded == intent->amount);
  write_nulls (out, last);
  wb_town_out_string (out, "status", "succeeded");
  wb_town_out_null (out, "transfer_data");
  wb_town_out_null (out, "transfer_group");
  wb_town_out_end_object (out);
}

/** wb_town_stripe_write_refund: a refund. */
void
wb_town_stripe_write_refund (WbTown               *town,
                             WbTownOut            *out,
                             const char           *name,
                             const WbTownIntent   *intent,
                             const WbTownGiveback *refund,
                             const char *const    *expand)
{
  g_auto (GStrv) in_transaction = below (expand, "balance_transaction");

  wb_town_out_begin_object (out, name);
  wb_town_out_string (out, "id", refund->id);
  wb_town_out_string (out, "object", "refund");
  wb_town_out_int (out, "amount", refund->amount);
  if (refund->transaction != NULL && in_transaction[0] != NULL)
    wb_town_stripe_write_transaction (town, out, "balance_transaction", intent, refund);
  else
    wb_town_out_string (out, "balance_transaction", refund->transaction);
  wb_town_out_string (out, "charge", intent->charge);
  wb_town_out_int (out, "created", refund->created);
  write_currency (out, intent);
  write_metadata (out, refund->metadata);
  wb_town_out_string (out, "payment_intent", intent->id);
  wb_town_out_string (out, "reason", refund->reason);
  wb_town_out_null (out, "receipt_number");
  wb_town_out_null (out, "source_transfer_reversal");
  wb_town_out_string (out, "status", "succeeded");
  wb_town_out_null (out, "transfer_reversal");
  wb_town_out_end_object (out);
}
