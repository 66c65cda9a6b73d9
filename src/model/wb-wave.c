/* SPDX-License-Identifier: GPL-3.0-or-later
 * Waves, picks and evidence. */
#include "wb-wave.h"

WB_DEFINE_RECORD (WbWave, wb_wave, WB_WAVE, "wave", WB_WAVE_FIELDS)
WB_DEFINE_RECORD (WbWaveOrder, wb_wave_order, WB_WAVE_ORDER, "wave_order", WB_WAVE_ORDER_FIELDS)
WB_DEFINE_RECORD (WbPick, wb_pick, WB_PICK, "pick", WB_PICK_FIELDS)
WB_DEFINE_RECORD (WbEvidence, wb_evidence, WB_EVIDENCE, "evidence", WB_EVIDENCE_FIELDS)
