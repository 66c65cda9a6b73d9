/* SPDX-License-Identifier: GPL-3.0-or-later
 * Rules in a workspace: kept, tried on the open orders without touching them, and done when an
 * order comes in or changes. */
#include "wb-desk-private.h"
#include "wb-rules.h"

#include "wb-text.h"

#include <glib/gi18n-lib.h>

/** wb_rule_hit_free: frees @hit. */
void
wb_rule_hit_free (WbRuleHit *hit)
{
  g_free (hit->number);
  g_clear_pointer (&hit->did, g_ptr_array_unref);
  g_clear_pointer (&hit->by, g_ptr_array_unref);
  g_free (hit);
}

/* ---- what is kept with the order ---- */

static JsonNode *
wishes_of (WbOrder *order)
{
  const char *json = wb_record_get_text (order, WB_ORDER_WISHES);
  JsonNode   *node = json != NULL ? wb_json_parse (json, -1, "wishes", NULL) : NULL;

  return node != NULL ? node : wb_json_parse ("{}", -1, "wishes", NULL);
}

/**
 * wb_order_wishes:
 * @wishes: (out caller-allocates): clear with wb_rule_wishes_clear(); holds and tags are not in it,
 * they have been done
 *
 * What rules wish for the order. Returns: whether there is anything.
 */
gboolean
wb_order_wishes (WbOrder *order, WbRuleWishes *wishes)
{
  g_autoptr (JsonNode) node = wishes_of (order);
  WbJson               at = wb_json_root (node, "wishes");

  *wishes = (WbRuleWishes){ .package = g_strdup (wb_json_opt_string (&at, "package")),
                            .service = g_strdup (wb_json_opt_string (&at, "service")),
                            .note = g_strdup (wb_json_opt_string (&at, "note")),
                            .printer = g_strdup (wb_json_opt_string (&at, "printer")),
                            .signature = wb_json_bool (&at, "signature", FALSE) };
  if (!wb_json_opt_int (&at, "insured", 0, &wishes->insured, NULL))
    wishes->insured = 0;
  return wishes->package != NULL || wishes->service != NULL || wishes->note != NULL ||
         wishes->printer != NULL || wishes->signature || wishes->insured != 0;
}

static gboolean
was_held_by (JsonNode *wishes, gint64 rule_id)
{
  WbJson at = wb_json_root (wishes, "wishes"), list = wb_json_member (&at, "held");
  guint  n = wb_json_is_array (&list) ? json_array_get_length (json_node_get_array (list.node)) : 0;

  for (guint i = 0; i < n; i++)
    if (json_array_get_int_element (json_node_get_array (list.node), i) == rule_id)
      return TRUE;
  return FALSE;
}

static JsonNode *
held_by (JsonNode *before, gint64 rule_id)
{
  WbJson     at = wb_json_root (before, "wishes"), list = wb_json_member (&at, "held");
  JsonNode  *node = wb_json_is_array (&list) ? json_node_copy (list.node) : NULL;
  JsonArray *array;

  if (node == NULL)
    {
      node = json_node_new (JSON_NODE_ARRAY);
      json_node_take_array (node, json_array_new ());
    }
  array = json_node_get_array (node);
  if (rule_id != 0)
    json_array_add_int_element (array, rule_id);
  return node;
}

/* Holds the order, once for each rule: when a person lets it go, the same rule does not hold it
 * again. */
static gint64
hold (WbOrder *order, const WbRuleWishes *wishes, JsonNode *before)
{
  if (wishes->hold == NULL || wb_record_get_text (order, WB_ORDER_HOLD_REASON) != NULL ||
      was_held_by (before, wishes->hold_rule))
    return 0;
  wb_record_set_text (order, WB_ORDER_HOLD_REASON, wishes->hold);
  return wishes->hold_rule;
}

/**
 * wb_rules_touch:
 * @rules: (element-type WbRule)
 * @did: (out) (optional) (transfer full): what was done, for people; %NULL: nothing, or what was
 * done before already
 *
 * Does with the order's record what the rules want; the stage is to be derived afterwards. Tags are
 * added and never taken away; wishes are what the rules wish now.
 */
void
wb_rules_touch (GPtrArray *rules, WbConnection *channel, WbOrder *order, char **did)
{
  WbRuleFacts           facts = { order, wb_record_get_text (channel, WB_CONNECTION_NAME) };
  g_auto (WbRuleWishes) wishes = { 0 };
  g_autoptr (JsonNode)  before = wishes_of (order), after = NULL;
  gint64                held;

  if ((rules->len == 0 && wb_record_get_text (order, WB_ORDER_WISHES) == NULL) ||
      wb_order_to_ship (order) == 0 || !wb_rules_wish (rules, &facts, &wishes, NULL))
    return;
  for (guint i = 0; i < wishes.tags->len; i++)
    wb_order_add_tag (order, wishes.tags->pdata[i]);
  held = hold (order, &wishes, before);
  after = wb_json_make ("s:package", wishes.package, "s:service", wishes.service, "s:note",
                        wishes.note, "s:printer", wishes.printer, "b:signature", wishes.signature,
                        "i:insured", wishes.insured, "o:held", held_by (before, held), NULL);
  wb_record_take_text (order, WB_ORDER_WISHES, wb_json_to_text (after));
  if (did != NULL && wishes.did->len > 0 && !json_node_equal (before, after))
    {
      g_ptr_array_add (wishes.did, NULL);
      *did = g_strjoinv ("\n", (char **) wishes.did->pdata);
    }
}

/* ---- kept ---- */

static gboolean
put_in_order (WbDesk *self, GPtrArray *rules, GError **error)
{
  for (guint i = 0; i < rules->len; i++)
    if (wb_record_set_int (rules->pdata[i], WB_RULE_POSITION, i + 1) &&
        !wb_book_save (self->book, rules->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
save (WbDesk *self, WbRule *rule, GError **error)
{
  g_autoptr (GPtrArray) all = wb_book_list_rules (self->book, error);

  if (all == NULL)
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    if (g_strcmp0 (wb_record_get_text (all->pdata[i], WB_RULE_NAME),
                   wb_record_get_text (rule, WB_RULE_NAME)) == 0 &&
        wb_record_get_int (all->pdata[i], WB_RULE_ID) != wb_record_get_int (rule, WB_RULE_ID))
      {
        g_set_error (error, WB_ERROR, WB_ERROR_ALREADY, _ ("There is a rule “%s” already"),
                     wb_record_get_text (rule, WB_RULE_NAME));
        return FALSE;
      }
  if (wb_record_get_int (rule, WB_RULE_POSITION) == 0)
    wb_record_set_int (rule, WB_RULE_POSITION, all->len + 1);
  if (wb_record_get_text (rule, WB_RULE_CONDITIONS) == NULL)
    wb_record_set_text (rule, WB_RULE_CONDITIONS, "[]");
  wb_record_set_int (rule, WB_RULE_CHANGED_AT, wb_now ());
  return wb_book_save (self->book, rule, error) &&
         wb_book_add_event (self->book, "rule", wb_record_get_int (rule, WB_RULE_ID), "saved",
                            self->actor, NULL, error);
}

/** wb_desk_save_rule: keeps @rule, a new one as the last; it is done with orders that come in or
 * change from now on (wb_desk_apply_rules() for those that are there). Quick. */
gboolean
wb_desk_save_rule (WbDesk *self, WbRule *rule, GError **error)
{
  if (!wb_rule_check (rule, error) || !wb_book_begin (self->book, error))
    return FALSE;
  if (save (self, rule, error))
    return wb_book_commit (self->book, error);
  wb_book_rollback (self->book);
  return FALSE;
}

static WbRule *
take_out (GPtrArray *rules, gint64 rule_id, GError **error)
{
  for (guint i = 0; i < rules->len; i++)
    if (wb_record_get_int (rules->pdata[i], WB_RULE_ID) == rule_id)
      return g_ptr_array_steal_index (rules, i);
  g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND, "There is no rule %" G_GINT64_FORMAT, rule_id);
  return NULL;
}

/** wb_desk_move_rule: @to: its new place, 0: the first. Quick. */
gboolean
wb_desk_move_rule (WbDesk *self, gint64 rule_id, guint to, GError **error)
{
  g_autoptr (GPtrArray) rules = NULL;
  WbRule               *rule;

  if (!wb_book_begin (self->book, error))
    return FALSE;
  rules = wb_book_list_rules (self->book, error);
  rule = rules != NULL ? take_out (rules, rule_id, error) : NULL;
  if (rule != NULL)
    {
      g_ptr_array_insert (rules, (gint) MIN (to, rules->len), rule);
      if (put_in_order (self, rules, error))
        return wb_book_commit (self->book, error);
    }
  wb_book_rollback (self->book);
  return FALSE;
}

/** wb_desk_remove_rule: what it has done stays. Quick. */
gboolean
wb_desk_remove_rule (WbDesk *self, gint64 rule_id, GError **error)
{
  if (!wb_book_begin (self->book, error))
    return FALSE;
  if (wb_book_delete_rule (self->book, rule_id, error) &&
      wb_book_add_event (self->book, "rule", rule_id, "removed", self->actor, NULL, error))
    return wb_book_commit (self->book, error);
  wb_book_rollback (self->book);
  return FALSE;
}

/* ---- tried and done ---- */

static const char *const open_stages[] = { WB_STAGE_WAITING, WB_STAGE_READY, WB_STAGE_HOLD,
                                           WB_STAGE_PARTIAL, NULL };

static void
replace (GPtrArray *rules, WbRule *draft)
{
  gint64 id = wb_record_get_int (draft, WB_RULE_ID);

  for (guint i = 0; i < rules->len; i++)
    if (id != 0 && wb_record_get_int (rules->pdata[i], WB_RULE_ID) == id)
      {
        g_object_unref (rules->pdata[i]);
        rules->pdata[i] = g_object_ref (draft);
        return;
      }
  g_ptr_array_add (rules, g_object_ref (draft));
}

/**
 * wb_desk_try_rules:
 * @draft: (nullable): a rule that is not kept yet, or an edit of one that is
 *
 * A dry run: which open orders each rule would touch, and what it would do. Nothing is changed.
 *
 * Returns: (transfer full) (element-type WbRuleHit): the orders that any rule touches.
 */
GPtrArray *
wb_desk_try_rules (WbDesk *self, WbRule *draft, GError **error)
{
  WbOrderQuery          query = { .stages = open_stages, .sort = "placed_at", .ascending = TRUE };
  g_autoptr (GPtrArray) rules = wb_book_list_rules (self->book, error);
  g_autoptr (GArray)    ids =
      rules != NULL ? wb_book_list_order_ids (self->book, &query, error) : NULL;
  g_autoptr (GPtrArray) hits = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_rule_hit_free);

  if (ids == NULL || (draft != NULL && !wb_rule_check (draft, error)))
    return NULL;
  if (draft != NULL)
    replace (rules, draft);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (WbOrder) order =
          wb_book_get_order (self->book, g_array_index (ids, gint64, i), error);
      g_autoptr (WbConnection) channel =
          order != NULL ? wb_book_get_connection (
                              self->book, wb_record_get_int (order, WB_ORDER_CHANNEL_ID), error)
                        : NULL;
      g_auto (WbRuleWishes) wishes = { 0 };
      WbRuleHit            *hit;

      if (channel == NULL ||
          !wb_rules_wish (rules,
                          &(WbRuleFacts){ order, wb_record_get_text (channel, WB_CONNECTION_NAME) },
                          &wishes, error))
        return NULL;
      if (wishes.did->len == 0)
        continue;
      hit = g_new0 (WbRuleHit, 1);
      hit->order_id = wb_record_get_int (order, WB_ORDER_ID);
      hit->number = g_strdup (wb_record_get_text (order, WB_ORDER_NUMBER));
      hit->did = g_steal_pointer (&wishes.did);
      hit->by = g_steal_pointer (&wishes.by);
      g_ptr_array_add (hits, hit);
    }
  return g_steal_pointer (&hits);
}

/* Writes down what the rules did, in the transaction in which they did it. */
gboolean
wb_rules_note (WbBook *book, gint64 order_id, const char *did, GError **error)
{
  g_autoptr (JsonNode) detail = did != NULL ? wb_json_make ("s:did", did, NULL) : NULL;

  return did == NULL ||
         wb_book_add_event (book, "order", order_id, "ruled", "rules", detail, error);
}

static gboolean
apply_in (WbDesk *self, gint64 order_id, GPtrArray *rules, GError **error)
{
  g_autoptr (WbOrder)      order = wb_book_get_order (self->book, order_id, error);
  g_autoptr (WbConnection) channel =
      order != NULL ? wb_book_get_connection (self->book,
                                              wb_record_get_int (order, WB_ORDER_CHANNEL_ID), error)
                    : NULL;
  g_autofree char *did = NULL;

  if (channel == NULL)
    return FALSE;
  wb_rules_touch (rules, channel, order, &did);
  wb_record_set_text (order, WB_ORDER_STAGE, wb_order_derive_stage (order));
  return wb_book_update_order_head (self->book, order, error) &&
         wb_rules_note (self->book, order_id, did, error);
}

/** wb_desk_apply_rules: does the rules with an order that is there already; 0: with all that are
 * open. Quick for one. */
gboolean
wb_desk_apply_rules (WbDesk *self, gint64 order_id, GError **error)
{
  WbOrderQuery          query = { .stages = open_stages };
  g_autoptr (GPtrArray) rules = wb_book_list_rules (self->book, error);
  g_autoptr (GArray)    ids = NULL;

  if (rules == NULL)
    return FALSE;
  if (order_id != 0)
    {
      ids = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_array_append_val (ids, order_id);
    }
  else if ((ids = wb_book_list_order_ids (self->book, &query, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      if (!wb_book_begin (self->book, error))
        return FALSE;
      if (!apply_in (self, g_array_index (ids, gint64, i), rules, error))
        {
          wb_book_rollback (self->book);
          return FALSE;
        }
      if (!wb_book_commit (self->book, error))
        return FALSE;
    }
  return TRUE;
}
