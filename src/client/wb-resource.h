/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where the views are in the program's resources. */
#pragma once

#define WB_RESOURCE "/org/waybill/Waybill/ui/"
