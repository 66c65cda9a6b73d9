/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the tests share: skipping with a reason, temporary folders, contract files. */
#pragma once

#include "wb-error.h"

G_BEGIN_DECLS

void  wb_test_skip (const char *reason);
char *wb_test_contract (const char *relative);
char *wb_test_temp_folder (void);
void  wb_test_remove_folder (const char *path);

/* Fails the test with the error's words when @error is set. */
#define wb_test_no_error(error) g_assert_no_error (error)

G_END_DECLS
