/* SPDX-License-Identifier: GPL-3.0-or-later
 * A real Vendure shop for tests: started from the npm packages, asked behind our back, killed. */
#pragma once

#include "wb-json.h"

G_BEGIN_DECLS

#define VENDURE_RIG_USER     "superadmin"
#define VENDURE_RIG_PASSWORD "superadmin"

typedef struct
{
  GSubprocess *process;
  char        *folder; /* holds its database */
  char        *url;    /* of the gate that a program connects to */
  char        *own;    /* of the shop itself: not through the gate */
  char        *key;
  guint16      port;
} VendureRig;

const char *vendure_rig_lacks (void);
VendureRig *vendure_rig_new (void);
void        vendure_rig_free (VendureRig *self);
void        vendure_rig_kill (VendureRig *self);
void        vendure_rig_start (VendureRig *self);
void      vendure_rig_gate (VendureRig *self, const char *what, const char *operation, guint times);
char     *vendure_rig_run (VendureRig *self, const char *command, const char *input);
guint     vendure_rig_count (VendureRig *self);
JsonNode *vendure_rig_books (VendureRig *self);
JsonNode *vendure_rig_admin (VendureRig *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VendureRig, vendure_rig_free)

G_END_DECLS
