/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the sub-commands of waybillctl share: the table of commands, what was typed, and the
 * workspace it is about. */
#pragma once

#include "wb-desk.h"
#include "wb-practice-session.h"

G_BEGIN_DECLS

/* Exit codes beyond those that follow from an error (wb_cli_exit_code()). */
#define WB_EXIT_OK     0
#define WB_EXIT_FAILED 1
#define WB_EXIT_USAGE  2
#define WB_EXIT_PERSON 4

typedef struct _WbCli WbCli;

/**
 * WbCliOption:
 * @name: without the dashes
 * @argument: (nullable): what it takes, for the help; %NULL: a switch
 * @help: one line, to be translated
 */
typedef struct
{
  const char *name;
  const char *argument;
  const char *help;
} WbCliOption;

#define WB_CLI_MOST_OPTIONS 18

/**
 * WbCommand: one sub-command.
 * @arguments: as the help shows them
 * @least: number of words it needs
 * @most: number of words it takes; %G_MAXUINT: any number
 * @run: does it; sets WbCli's exit code itself when that is neither 0 nor an error's
 */
typedef struct
{
  const char *name;
  const char *arguments;
  guint       least;
  guint       most;
  const char *summary;
  const char *details;
  gboolean (*run) (WbCli *cli, GError **error);
  WbCliOption options[WB_CLI_MOST_OPTIONS];
} WbCommand;

/**
 * WbCli:
 * @words: what was typed besides options, the command itself left out
 * @exit_code: 0 unless a command that did not fail has something to say by it
 */
struct _WbCli
{
  const WbCommand *command;
  GPtrArray       *words;
  GHashTable      *options; /* name → GPtrArray of values */
  gboolean         json;
  gboolean         quiet;
  int              exit_code;
  GCancellable    *cancellable;
  WbPractice      *practice;
  WbDesk          *desk;
};

/* The table of commands, one group a file (wb-commands.c lists them). */
extern const WbCommand        wb_commands_connect[];
extern const WbCommand        wb_commands_setup[], wb_commands_printing[];
extern const WbCommand        wb_commands_orders[], wb_commands_channels[];
extern const WbCommand        wb_commands_own[];
extern const WbCommand        wb_commands_rules[];
extern const WbCommand        wb_commands_stock[], wb_commands_buying[];
extern const WbCommand        wb_commands_waves[];
extern const WbCommand        wb_commands_merge[];
gboolean                      wb_cli_statuses (WbCli *self, GError **error);
gboolean                      wb_cli_listen (WbCli *self, GError **error);
gboolean                      wb_cli_pieces (WbCli *self, GError **error);
extern const WbCommand        wb_commands_ship[];
extern const WbCommand        wb_commands_paper[];
extern const WbCommand        wb_commands_documents[], wb_commands_evidence[];
extern const WbCommand        wb_commands_journal[];
extern const WbCommand        wb_commands_keep[];
extern const WbCommand        wb_commands_money[];
extern const WbCommand        wb_commands_charge[];
extern const WbCommand        wb_commands_doctor[];
extern const WbCommand        wb_commands_practice[];
extern const WbCommand *const wb_command_groups[];
extern const char *const      wb_command_group_titles[];
extern const WbCliOption      wb_cli_globals[];
const WbCommand              *wb_command_find (const char *name);

/* wb-cli-help.c */
void wb_cli_print_help (const WbCommand *command);
void wb_cli_print_version (gboolean json);

/* wb-cli-parse.c */
gboolean    wb_cli_parse (WbCli *self, char **arguments, GError **error);
const char *wb_cli_option (WbCli *self, const char *name);
GPtrArray  *wb_cli_values (WbCli *self, const char *name);
gboolean    wb_cli_has (WbCli *self, const char *name);
const char *wb_cli_word (WbCli *self, guint index);
gboolean wb_cli_number (WbCli *self, const char *name, gint64 least, gint64 *out, GError **error);

/* wb-cli-open.c */
char   *wb_cli_book_path (WbCli *self);
WbDesk *wb_cli_open (WbCli *self, GError **error);
WbDesk *wb_cli_open_second (WbCli *self, GError **error);
WbBook *wb_cli_book (WbCli *self, GError **error);
void    wb_cli_close (WbCli *self);

/* wb-cli-find.c */
WbOrder *wb_cli_find_order (WbCli *self, const char *word, GError **error);
WbConnection          *
wb_cli_find_connection (WbCli *self, const char *word, const char *kind, GError **error);
gboolean wb_cli_parse_id (const char *word, const char *what, gint64 *id, GError **error);

/* wb-cli-ask.c */
gboolean wb_cli_confirm (WbCli *self, const char *question, GError **error);
char   **wb_cli_read_secrets (WbCli *self, const char *const *names, GError **error);

/* wb-cli-say.c */
void wb_cli_say (WbCli *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void wb_cli_print_json (JsonNode *node);
void wb_cli_print_line (JsonNode *node);
int  wb_cli_exit_code (const GError *error);
void wb_cli_report (WbCli *self, const GError *error);

G_END_DECLS
