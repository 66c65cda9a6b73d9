/* SPDX-License-Identifier: GPL-3.0-or-later
 * Misbehaviour on demand: which request meets which fault. */
#pragma once

#include "wb-town-private.h"

G_BEGIN_DECLS

typedef enum
{
  WB_FAULT_NONE,
  WB_FAULT_DELAY,
  WB_FAULT_429,
  WB_FAULT_500_BEFORE,
  WB_FAULT_500_AFTER,
  WB_FAULT_503_HTML,
  WB_FAULT_HTML,
  WB_FAULT_CUT_BEFORE,
  WB_FAULT_CUT_AFTER,
  WB_FAULT_CUT_MID,
  WB_FAULT_TRUNCATED,
  WB_FAULT_DUPLICATE_ROWS,
} WbFaultKind;

WbTownFaults *wb_town_faults_new  (void);
void          wb_town_faults_free (WbTownFaults *self);
gboolean      wb_town_faults_add  (WbTownFaults *self, JsonNode *json, GError **error);
void          wb_town_faults_clear (WbTownFaults *self);
void          wb_town_faults_list (WbTownFaults *self, WbTownOut *out);
WbFaultKind   wb_town_faults_take (WbTownFaults *self, const WbTownRequest *request, guint *delay_ms);
const char   *wb_fault_name       (WbFaultKind kind);
WbFaultKind   wb_fault_from_name  (const char *name);
gboolean      wb_fault_skips_effect (WbFaultKind kind);
void          wb_fault_apply      (WbFaultKind kind, WbTownRequest *request, WbTownReply *reply);

G_END_DECLS
