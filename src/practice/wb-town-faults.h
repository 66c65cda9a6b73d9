/* SPDX-License-Identifier: GPL-3.0-or-later
 * Misbehaviour on demand: which request meets which fault. */
#pragma once

#include "wb-town-private.h"

G_BEGIN_DECLS

typedef enum
{
  WB_TOWN_FAULT_NONE,
  WB_TOWN_FAULT_DELAY,
  WB_TOWN_FAULT_LATE,
  WB_TOWN_FAULT_429,
  WB_TOWN_FAULT_500_BEFORE,
  WB_TOWN_FAULT_500_AFTER,
  WB_TOWN_FAULT_502_HTML,
  WB_TOWN_FAULT_503_HTML,
  WB_TOWN_FAULT_HTML,
  WB_TOWN_FAULT_CUT_BEFORE,
  WB_TOWN_FAULT_CUT_AFTER,
  WB_TOWN_FAULT_CUT_MID,
  WB_TOWN_FAULT_TRUNCATED,
  WB_TOWN_FAULT_DUPLICATE_ROWS,
  WB_TOWN_FAULT_REORDER_ROWS,
} WbTownFault;

WbTownFaults *wb_town_faults_new (void);
void          wb_town_faults_free (WbTownFaults *self);
gboolean      wb_town_faults_add (WbTownFaults *self, JsonNode *json, GError **error);
void          wb_town_faults_clear (WbTownFaults *self);
void          wb_town_faults_list (WbTownFaults *self, WbTownOut *out);
WbTownFault wb_town_faults_take (WbTownFaults *self, const WbTownRequest *request, guint *delay_ms);
const char *wb_town_fault_name (WbTownFault kind);
WbTownFault wb_town_fault_from_name (const char *name);
gboolean    wb_town_fault_skips_effect (WbTownFault kind);
void        wb_town_fault_apply (WbTownFault kind, WbTownRequest *request, WbTownReply *reply);

G_END_DECLS
