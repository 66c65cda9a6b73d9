/* SPDX-License-Identifier: GPL-3.0-or-later
 * A vendor on loopback that answers by script and remembers what it heard. For what a well-behaved
 * town would never say. */
#pragma once

#include "wb-json.h"

G_BEGIN_DECLS

typedef struct _VendorDouble VendorDouble;

/* One request as it arrived. Headers are NULL when absent. */
typedef struct
{
  char *method;
  char *path;
  char *query; /* as sent, still encoded */
  char *body;
  char *type;
  char *authorization;
  char *key;
  char *version;
} Heard;

VendorDouble *vendor_double_new (void);
void          vendor_double_free (VendorDouble *self);
char         *vendor_double_url (VendorDouble *self, const char *path);
void          vendor_double_say (
             VendorDouble *self, const char *method, const char *path, guint status, const char *json);
void  vendor_double_bytes (VendorDouble *self, const char *path, const char *type, GBytes *bytes);
void  vendor_double_cut (VendorDouble *self, const char *method, const char *path);
void  vendor_double_replayed (VendorDouble *self);
guint vendor_double_count (VendorDouble *self, const char *method, const char *path);
const Heard *vendor_double_last (VendorDouble *self, const char *method, const char *path);
char        *vendor_double_field (const Heard *heard, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VendorDouble, vendor_double_free)

G_END_DECLS
