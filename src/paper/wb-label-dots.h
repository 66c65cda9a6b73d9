/* SPDX-License-Identifier: GPL-3.0-or-later
 * How many dots an inch a carrier's picture of a label has. */
#pragma once

#include "wb-png.h"

G_BEGIN_DECLS

double wb_label_picture_dpi (const WbPng *png);

G_END_DECLS
