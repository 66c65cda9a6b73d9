/* SPDX-License-Identifier: GPL-3.0-or-later
 * One product to be ordered: how many, changeable, and below it the arithmetic. */
#include "wb-proposal-row.h"

#include "wb-fact-row.h"
#include "wb-resource.h"

#include <glib/gi18n-lib.h>

struct _WbProposalRow
{
  AdwExpanderRow parent_instance;
  GtkSpinButton *pieces;
};

G_DEFINE_FINAL_TYPE (WbProposalRow, wb_proposal_row, ADW_TYPE_EXPANDER_ROW)

static void
wb_proposal_row_class_init (WbProposalRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, WB_RESOURCE "wb-proposal-row.ui");
  gtk_widget_class_bind_template_child (widget_class, WbProposalRow, pieces);
}

static void
wb_proposal_row_init (WbProposalRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* “12 there and coming, 2.5 a day”: the rest is below. */
static char *
describe (const WbProposal *proposal)
{
  if (proposal->forecast.rate <= 0)
    /* Translators: pieces */
    return g_strdup_printf (_ ("%'d there and coming"), (int) proposal->position);
  /* Translators: pieces there and coming; pieces wanted a day; for how many days they do */
  return g_strdup_printf (_ ("%'d there and coming, %.1f a day: %d days"), (int) proposal->position,
                          proposal->forecast.rate,
                          (int) MAX (0, (double) proposal->position / proposal->forecast.rate));
}

/** wb_proposal_row_new: Returns: (transfer floating): the row of @proposal, with as many pieces as
 * it says. */
GtkWidget *
wb_proposal_row_new (const WbProposal *proposal)
{
  WbProposalRow   *self = g_object_new (WB_TYPE_PROPOSAL_ROW, NULL);
  const char      *name = wb_record_get_text (proposal->product, WB_PRODUCT_NAME);
  g_autofree char *title = g_markup_escape_text (name, -1);
  g_autofree char *about = describe (proposal);
  /* Translators: the name of a product */
  g_autofree char *spoken = g_strdup_printf (_ ("Pieces of %s to order"), name);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), about);
  gtk_spin_button_set_value (self->pieces, (double) proposal->quantity);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->pieces), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken, -1);
  for (guint i = 0; i < proposal->lines->len; i++)
    {
      const WbReorderLine *line = proposal->lines->pdata[i];

      adw_expander_row_add_row (ADW_EXPANDER_ROW (self),
                                wb_fact_row_new (line->what, line->value, NULL));
    }
  return GTK_WIDGET (self);
}

/** wb_proposal_row_get_pieces: Returns: how many are to be ordered; 0: none. */
gint64
wb_proposal_row_get_pieces (WbProposalRow *self)
{
  gtk_spin_button_update (self->pieces);
  return gtk_spin_button_get_value_as_int (self->pieces);
}
