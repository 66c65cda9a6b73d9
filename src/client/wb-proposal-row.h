/* SPDX-License-Identifier: GPL-3.0-or-later
 * One product to be ordered: how many, changeable, and below it the arithmetic. */
#pragma once

#include "wb-reorder.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_PROPOSAL_ROW (wb_proposal_row_get_type ())
G_DECLARE_FINAL_TYPE (WbProposalRow, wb_proposal_row, WB, PROPOSAL_ROW, AdwExpanderRow)

GtkWidget *wb_proposal_row_new (const WbProposal *proposal);
gint64     wb_proposal_row_get_pieces (WbProposalRow *self);

G_END_DECLS
