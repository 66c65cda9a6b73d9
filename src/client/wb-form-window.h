/* SPDX-License-Identifier: GPL-3.0-or-later
 * A window that is filled in and then acted on: a form below a head with Cancel and the act's own
 * button, and the place where it is said why the act failed. */
#pragma once

#include "wb-workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define WB_TYPE_FORM_WINDOW (wb_form_window_get_type ())
G_DECLARE_DERIVABLE_TYPE (WbFormWindow, wb_form_window, WB, FORM_WINDOW, AdwWindow)

/**
 * WbFormWindowClass:
 * @check: whether what is filled in can be acted on; it may name the act anew
 * @act: does it, by wb_form_window_run(); only called while @check says so
 * @done: @outcome is what the work made of it; says it in the window below and closes, unless the
 * form does better
 */
struct _WbFormWindowClass
{
  AdwWindowClass parent_class;

  gboolean (*check) (WbFormWindow *self);
  void (*act) (WbFormWindow *self);
  void (*done) (WbFormWindow *self, const char *outcome);
};

void         wb_form_window_class_set_view (WbFormWindowClass *klass, const char *resource);
WbWorkspace *wb_form_window_get_workspace (WbFormWindow *self);
void         wb_form_window_present (WbFormWindow *self, GtkWindow *parent, WbWorkspace *workspace);
void         wb_form_window_check (WbFormWindow *self);
void         wb_form_window_activate (WbFormWindow *self);
void         wb_form_window_set_act (WbFormWindow *self, const char *label, gboolean destructive);
void         wb_form_window_say (WbFormWindow *self, const GError *error);
void         wb_form_window_run (WbFormWindow *self, const WbWorkKind *kind, gpointer data);

G_END_DECLS
