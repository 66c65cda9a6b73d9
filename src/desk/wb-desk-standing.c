/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a person accepted for good: a carrier's labels of one shape are always turned or cut out
 * like this for one printer and its roll. Never for another shape, and never against a barcode that
 * does not come out. */
#include "wb-desk-private.h"

#include "wb-label-check.h"
#include "wb-label-document.h"
#include "wb-label-target.h"
#include "wb-printing.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#define NEAR_UM 2000 /* so far, in micrometres, the same label may lie elsewhere on the page */

static char *
shape_of (GBytes *bytes, const char *format, GError **error)
{
  g_autoptr (WbLabelDocument) document = wb_label_document_open (bytes, format, error);

  return document != NULL ? wb_label_document_shape (document, format) : NULL;
}

static const char *
media_of (WbPrinter *printer)
{
  const char *media = wb_record_get_text (printer, WB_PRINTER_MEDIA);

  return wb_text_is_empty (media) ? WB_MEDIA_4X6 : media;
}

/* Only a page that is too large or lies across can be accepted for good. */
static gboolean
is_about_size (GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const WbLabelFinding *finding = findings->pdata[i];

      if (finding->grave && !g_str_equal (finding->kind, "size") &&
          !g_str_equal (finding->kind, "unmeasured") && !g_str_equal (finding->kind, "pages"))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_near (const WbLabelChange *a, const WbLabelChange *b)
{
  return a->page == b->page && a->turn == b->turn && a->dpi == b->dpi && a->as_is == b->as_is &&
         abs (a->x - b->x) <= NEAR_UM && abs (a->y - b->y) <= NEAR_UM;
}

/* What would come out says what it should: the barcode is whole and carries the number. */
static gboolean
comes_out_right (GBytes              *bytes,
                 const char          *format,
                 const char          *tracking,
                 const WbLabelTarget *target,
                 const WbLabelChange *change)
{
  g_autoptr (GBytes)    picture = wb_label_preview (bytes, format, target, change, NULL);
  g_autoptr (GPtrArray) findings =
      picture != NULL ? wb_label_check (picture, WB_FORMAT_PNG, tracking, NULL) : NULL;
  g_autofree char *reason = findings != NULL ? wb_label_check_reason (findings) : NULL;

  return findings != NULL && reason == NULL;
}

static gboolean
is_rule_for (WbLabelRule *rule, WbPrinter *printer, const char *shape, const WbLabelAbout *about)
{
  return g_strcmp0 (wb_record_get_text (rule, WB_LABEL_RULE_CARRIER), about->carrier) == 0 &&
         g_strcmp0 (wb_record_get_text (rule, WB_LABEL_RULE_SERVICE), about->service) == 0 &&
         g_strcmp0 (wb_record_get_text (rule, WB_LABEL_RULE_SHAPE), shape) == 0 &&
         g_strcmp0 (wb_record_get_text (rule, WB_LABEL_RULE_PRINTER),
                    wb_record_get_text (printer, WB_PRINTER_TARGET)) == 0 &&
         g_strcmp0 (wb_record_get_text (rule, WB_LABEL_RULE_MEDIA), media_of (printer)) == 0;
}

static WbLabelRule *
find_rule (WbDesk *self, WbPrinter *printer, const char *shape, const WbLabelAbout *about)
{
  g_autoptr (GPtrArray) rules = wb_book_list_label_rules (self->book, NULL);

  for (guint i = 0; rules != NULL && i < rules->len; i++)
    if (is_rule_for (rules->pdata[i], printer, shape, about))
      return g_object_ref (rules->pdata[i]);
  return NULL;
}

/*
 * How a label just bought is to be turned or cut out by what somebody accepted for good. The rule
 * must be for this carrier, service, shape, printer and roll, its change must still be what is
 * proposed, and what comes out must pass every check.
 * @findings: what wb_label_check() found. Returns: (transfer full) (nullable): the rule; @change:
 * (out) then.
 */
WbLabelRule *
wb_desk_find_standing (
    WbDesk *self, GBytes *bytes, const WbLabelAbout *about, GPtrArray *findings, char **change)
{
  g_autoptr (WbPrinter)   printer = wb_book_get_printer (self->book, WB_DOCUMENT_LABEL, NULL);
  g_autofree char        *shape = shape_of (bytes, about->format, NULL);
  g_autoptr (WbLabelRule) rule = NULL;
  WbLabelTarget           target;
  WbLabelChange           kept, found;

  if (printer == NULL || shape == NULL || !is_about_size (findings) ||
      (rule = find_rule (self, printer, shape, about)) == NULL ||
      !wb_label_target_for (printer, 0, &target, NULL) ||
      !wb_label_change_parse (wb_record_get_text (rule, WB_LABEL_RULE_ACCEPTED_CHANGE), &kept,
                              NULL) ||
      !wb_label_propose (bytes, about->format, &target, &found, NULL, NULL) ||
      !is_near (&kept, &found) ||
      !comes_out_right (bytes, about->format, about->tracking, &target, &found))
    return NULL;
  *change = wb_label_change_to_text (&found);
  return g_steal_pointer (&rule);
}

static WbLabelRule *
make_rule (WbDesk *self, WbLabel *label, const char *change, GError **error)
{
  g_autoptr (WbPrinter)   printer = wb_book_get_printer (self->book, WB_DOCUMENT_LABEL, error);
  g_autoptr (WbLabelRule) rule = wb_label_rule_new ();
  g_autoptr (GBytes)      bytes =
      printer != NULL ? wb_book_get_document (
                                 self->book, wb_record_get_text (label, WB_LABEL_DOCUMENT), NULL, error)
                           : NULL;
  g_autofree char *shape =
      bytes != NULL ? shape_of (bytes, wb_record_get_text (label, WB_LABEL_FORMAT), error) : NULL;
  g_autofree char *proposed = NULL, *words = NULL;

  if (shape == NULL || !wb_desk_propose_label (self, wb_record_get_int (label, WB_LABEL_ID),
                                               &proposed, &words, error))
    return NULL;
  if (!g_str_equal (proposed, change))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "Only the change that is proposed can be accepted for good");
      return NULL;
    }
  wb_record_set_text (rule, WB_LABEL_RULE_CARRIER, wb_record_get_text (label, WB_LABEL_CARRIER));
  wb_record_set_text (rule, WB_LABEL_RULE_SERVICE, wb_record_get_text (label, WB_LABEL_SERVICE));
  wb_record_set_text (rule, WB_LABEL_RULE_PRINTER, wb_record_get_text (printer, WB_PRINTER_TARGET));
  wb_record_set_text (rule, WB_LABEL_RULE_MEDIA, media_of (printer));
  wb_record_set_text (rule, WB_LABEL_RULE_SHAPE, shape);
  wb_record_set_text (rule, WB_LABEL_RULE_ACCEPTED_CHANGE, change);
  wb_record_set_text (rule, WB_LABEL_RULE_WORDS, words);
  wb_record_set_text (rule, WB_LABEL_RULE_ACTOR, self->actor);
  wb_record_set_int (rule, WB_LABEL_RULE_CREATED_AT, wb_now ());
  return g_steal_pointer (&rule);
}

/**
 * wb_desk_accept_always:
 * @change: as wb_desk_propose_label() gave it and somebody saw it in wb_desk_preview_label()
 *
 * Accepts the label as wb_desk_accept_label() does and, from now on, every label of the same
 * carrier, service and page shape for the same printer and roll, as long as the same change is
 * what would be proposed and its barcode comes out whole. ZPL has no shape: %WB_ERROR_INVALID.
 */
gboolean
wb_desk_accept_always (WbDesk *self, gint64 label_id, const char *change, GError **error)
{
  g_autoptr (WbLabel)     label = wb_book_get_label (self->book, label_id, error);
  g_autoptr (WbLabelRule) rule = label != NULL ? make_rule (self, label, change, error) : NULL;

  return rule != NULL && wb_desk_accept_label (self, label_id, change, error) &&
         wb_book_save (self->book, rule, error);
}

/** wb_desk_revoke_rule: labels like these are set aside again from now on; those printed stay as
 * they are. %WB_ERROR_NOT_FOUND. */
gboolean
wb_desk_revoke_rule (WbDesk *self, gint64 rule_id, GError **error)
{
  g_autoptr (GPtrArray) rules = wb_book_list_label_rules (self->book, error);

  for (guint i = 0; rules != NULL && i < rules->len; i++)
    if (wb_record_get_int (rules->pdata[i], WB_LABEL_RULE_ID) == rule_id)
      {
        wb_record_set_text (rules->pdata[i], WB_LABEL_RULE_REVOKED_BY, self->actor);
        wb_record_set_int (rules->pdata[i], WB_LABEL_RULE_REVOKED_AT, wb_now ());
        return wb_book_save (self->book, rules->pdata[i], error);
      }
  if (rules != NULL)
    g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND, "It was revoked already");
  return FALSE;
}

/** wb_label_rule_title: Returns: (transfer full): which labels a rule is for, in a line for people.
 */
char *
wb_label_rule_title (WbLabelRule *rule)
{
  /* Translators: carrier, service, the name of a printer */
  return g_strdup_printf (_ ("%s %s on %s"), wb_record_get_text (rule, WB_LABEL_RULE_CARRIER),
                          wb_record_get_text (rule, WB_LABEL_RULE_SERVICE),
                          wb_record_get_text (rule, WB_LABEL_RULE_PRINTER));
}
