/* SPDX-License-Identifier: GPL-3.0-or-later
 * The sentences that the engine keeps in the book or says in an error, which both are in English,
 * as they are told in the person's language. */
#include "wb-refusals.h"

#include "wb-retell.h"

#include <glib/gi18n-lib.h>

/* As they stand where they are said, with %s for each number that has a length of its own there;
 * the more general ones last. */
static const char *const sentences[] = {
  /* labels that are set aside */
  N_ ("The label was set aside: %s Look at it, then accept it and print it anyway, or void it and "
      "buy another"),
  N_ ("No barcode on the label could be read, so the carrier may not be able to read one either."),
  N_ ("The barcode says “%s” and not the tracking number %s, which is on the label in words."),
  N_ ("The barcode says “%s”, not the tracking number %s: it may be another parcel's label."),
  N_ ("The tracking number %s is not on the label."),
  N_ ("The label is %.0f × %.0f mm and the roll in the printer %.0f × %.0f mm. It is never "
      "scaled."),
  N_ ("The label's picture of %u × %u dots does not say how large it is, and no label that is "
      "known has so many."),
  N_ ("The label is made for a printer of another resolution or for another roll, and its "
      "language cannot be scaled."),
  N_ ("The label cannot be used: %s."),

  /* insurance */
  N_ ("EasyPost insures in US dollars only; these goods are worth %s"),
  N_ ("These goods have no value that could be insured"),

  /* payments that forbid a parcel to leave */
  N_ ("The authorised payment of order %s has lapsed or was cancelled: shipping it would be "
      "shipping it unpaid. Ask the customer to pay again"),
  N_ ("Order %s is not paid: the payment was not completed. Ask the customer to pay"),
  N_ ("Order %s is in %s but its payment is in %s. Nothing is captured; a person has to look"),
  N_ ("Order %s leaves whole or not at all: its payment can be captured only once, and this "
      "channel captures complete orders. Pack all of it, or set “single_capture” of the channel to "
      "“last” or “first”"),
  N_ ("Order %s: its payment can be captured only as a whole, that is %s, but %s is due. Nothing "
      "is captured. Capture it in the shop by hand, or cancel it there and ask the customer to pay "
      "%s"),

  /* rows of files */
  N_ ("the row has more than 256 cells"),
  N_ ("its letters are not in the encoding of the file"),
  N_ ("the row is longer than 64 KiB; is a quotation mark left open?"),
  N_ ("the row has a zero byte in it"),
  N_ ("a quotation mark is left open until the end of the file"),
  N_ ("the row has no amount with a currency"),
  N_ ("the entry has no amount with a currency"),
  N_ ("it has no amount, neither in nor out"),
  N_ ("its amount is too large"),
  N_ ("it names no article"),
  N_ ("it has no order number"),
  N_ ("it has no SKU"),
  N_ ("the order waits, because line %u of the file cannot be read"),
  N_ ("line “%s” is in this order twice"),
  N_ ("another row of this order says another total than “%s”"),
  N_ ("another row of this order says another shipping cost than “%s”"),
  N_ ("“%s” is not a currency"),
  N_ ("“%s” is not a weight"),
  N_ ("“%s” is not a whole number of pieces"),
  N_ ("“%s” is not a country's code of two letters"),
  N_ ("“%s” is not a date (%s)"),
  N_ ("“%s” is not an amount: expected digits"),
  N_ ("“%s” is not an amount: its thousands are not in groups of three"),
  N_ ("“%s” is not an amount: thousands are parted behind the decimal sign"),
  N_ ("“%s” is not an amount: it has two decimal signs"),
  N_ ("“%s” is not an amount: %s"),
  N_ ("“%s” is no whole number for %s"),
  N_ ("“%s” is no day: write YYYY-MM-DD"),
  N_ ("“%s” is no cost that can be read: 12.50, with a currency in its column"),
  N_ ("“%s” is no product of this book, and the row has no name for it"),
  N_ ("“%s” is kept by lots: the row names none"),
  N_ ("“%s” is a kit: it has as many as its parts allow"),
  N_ ("line %u: %s"),

  /* files as a whole */
  N_ ("%s: the file is empty"),
  N_ ("%s: the file is larger than 256 MiB; is it a statement?"),
  N_ ("%s: this is no text: a CSV, camt.053 or OFX file is needed"),
  N_ ("%s: line 1: no columns are to be seen: a CSV, camt.053 or OFX file is needed"),
  N_ ("%s: there is no statement in it"),
  N_ ("%s: no column tells the currency: say which it is"),
  N_ ("%s: the dates in column “%s” may be read with the day or the month first: say which"),
  N_ ("%s is no table of orders: save it as CSV"),
  N_ ("%s has more than %u rows; import it in parts"),
  N_ ("%s, line %u: there is no column “%s” (for the %s); there are %s"),
  N_ ("%s, line %u: no column is said to be the %s; there are %s"),
  N_ ("%s: %s rows cannot be read and nothing was imported; the first is line %u: %s"),
  NULL,
};

/** wb_tell_again: @english: what the engine has kept or said. Returns: (transfer full): it in the
 * person's language, as far as it is known. */
char *
wb_tell_again (const char *english)
{
  char *told = wb_retell (sentences, english);

  return told != NULL ? told : g_strdup (english);
}

/** wb_label_dup_doubt: Returns: (transfer full) (nullable): why @label was set aside, in the
 * person's language; %NULL when it never was. */
char *
wb_label_dup_doubt (WbLabel *label)
{
  const char *kept = wb_record_get_text (label, WB_LABEL_QUARANTINE);

  return kept != NULL ? wb_tell_again (kept) : NULL;
}
