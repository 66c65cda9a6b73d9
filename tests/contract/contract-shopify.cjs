// SPDX-License-Identifier: GPL-3.0-or-later
// Holds every document of the Shopify module, every set of variables it sends, and every answer of the practice shop
// against Shopify's published schema. Arguments: the schema, the folder of the documents, a file of exchanges.
"use strict";
const fs = require("fs");
const path = require("path");
const g = require("graphql");

const [schemaPath, folder, exchangesPath] = process.argv.slice(2);
const schema = g.buildSchema(fs.readFileSync(schemaPath, "utf8"), { assumeValid: true });

function load(name, seen = new Set()) {
  if (seen.has(name)) return "";
  seen.add(name);
  const text = fs.readFileSync(path.join(folder, name), "utf8");
  return [...text.matchAll(/^#import "(.*)"/gm)].map((found) => load(found[1], seen)).join("") + text;
}

// What is wrong with a document.
function documentFaults(text) {
  try {
    return g.validate(schema, g.parse(text)).map((error) => error.message);
  } catch (error) {
    return [error.message];
  }
}

const operationOf = (document) => document.definitions.find((one) => one.kind === "OperationDefinition");

// What is wrong with the variables of a valid document.
function variableFaults(document, variables) {
  const operation = operationOf(document);
  const known = new Set((operation.variableDefinitions || []).map((one) => one.variable.name.value));
  const strange = Object.keys(variables || {}).filter((name) => !known.has(name)).map((name) => `$${name} is not declared`);
  const read = g.getVariableValues(schema, operation.variableDefinitions || [], variables || {});
  return [...strange, ...(read.errors || []).map((error) => error.message)];
}

const SCALARS = {
  Int: Number.isInteger,
  Float: (value) => typeof value === "number",
  Boolean: (value) => typeof value === "boolean",
  Decimal: (value) => typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value),
  Money: (value) => typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value),
  DateTime: (value) => typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value),
  ID: (value) => typeof value === "string" && value.startsWith("gid://"),
  UnsignedInt64: (value) => typeof value === "string" && /^\d+$/.test(value),
};

// The fields a selection asks of an object, by the name they have in the answer.
function collect(set, document, variables, into = new Map()) {
  for (const one of set.selections) {
    const left = (one.directives || []).some((directive) => {
      const value = directive.arguments[0] && directive.arguments[0].value;
      const given = value && (value.kind === "Variable" ? variables[value.name.value] : value.value);
      return (directive.name.value === "include" && !given) || (directive.name.value === "skip" && given);
    });
    if (left) continue;
    if (one.kind === "Field") into.set(one.alias ? one.alias.value : one.name.value, one);
    else if (one.kind === "FragmentSpread")
      collect(document.definitions.find((d) => d.kind === "FragmentDefinition" && d.name.value === one.name.value).selectionSet,
        document, variables, into);
    else collect(one.selectionSet, document, variables, into);
  }
  return into;
}

// What is wrong with a value that should be of a type.
function* valueFaults(value, type, field, context, where) {
  if (g.isNonNullType(type)) {
    if (value === null || value === undefined) yield `${where}: is null and must not be`;
    else yield* valueFaults(value, type.ofType, field, context, where);
  } else if (value === null) return;
  else if (g.isListType(type)) {
    if (!Array.isArray(value)) yield `${where}: is no list`;
    else for (const one of value) yield* valueFaults(one, type.ofType, field, context, `${where}[]`);
  } else if (g.isEnumType(type)) {
    if (!type.getValue(value)) yield `${where}: ${JSON.stringify(value)} is no ${type.name}`;
  } else if (g.isScalarType(type)) {
    const fits = SCALARS[type.name] || ((one) => typeof one === "string");
    if (!fits(value)) yield `${where}: ${JSON.stringify(value)} is no ${type.name}`;
  } else yield* objectFaults(value, type, field.selectionSet, context, where);
}

function* objectFaults(value, type, set, context, where) {
  const wanted = collect(set, context.document, context.variables);
  if (typeof value !== "object" || Array.isArray(value)) return yield `${where}: is no object`;
  for (const name of Object.keys(value)) if (!wanted.has(name)) yield `${where}.${name}: was not asked for`;
  for (const [name, field] of wanted) {
    const known = type.getFields()[field.name.value];
    if (!(name in value)) yield `${where}.${name}: is missing`;
    else if (known) yield* valueFaults(value[name], known.type, field, context, `${where}.${name}`);
  }
}

function replyFaults(document, variables, data) {
  const operation = operationOf(document);
  const root = operation.operation === "mutation" ? schema.getMutationType() : schema.getQueryType();
  return [...objectFaults(data, root, operation.selectionSet, { document, variables: variables || {} }, "data")];
}

let count = 0;
let bad = 0;
function check(name, faults) {
  const all = [...new Set(faults)];
  console.log(`${all.length ? "not ok" : "ok"} ${++count} ${name}`);
  for (const fault of all.slice(0, 40)) console.log(`# ${fault}`);
  bad += all.length;
}

// ---- the documents ----

const names = fs.readdirSync(folder).filter((name) => name.endsWith(".graphql")).sort();
const documents = new Map();
for (const name of names) {
  const text = load(name);
  if (/^(query|mutation) /m.test(fs.readFileSync(path.join(folder, name), "utf8"))) documents.set(name, text);
}
check(`${documents.size} documents are valid`,
  [...documents].flatMap(([name, text]) => documentFaults(text).map((fault) => `${name}: ${fault}`)));

// ---- what was sent and answered ----

const exchanges = fs.readFileSync(exchangesPath, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));
const sent = new Set();
const faults = { documents: [], variables: [], replies: [], bulk: [] };
let replies = 0;
const parsed = new Map();
for (const { asked, answered } of exchanges) {
  if (!parsed.has(asked.query)) {
    faults.documents.push(...documentFaults(asked.query));
    parsed.set(asked.query, g.parse(asked.query));
  }
  const document = parsed.get(asked.query);
  sent.add(operationOf(document).name.value);
  if (asked.operationName !== operationOf(document).name.value) faults.documents.push(`${asked.operationName} is not the name`);
  faults.variables.push(...variableFaults(document, asked.variables).map((fault) => `${asked.operationName}: ${fault}`));
  if (asked.operationName === "BulkRun") faults.bulk.push(...documentFaults(asked.variables.query));
  if (answered.data) {
    replies++;
    faults.replies.push(...replyFaults(document, asked.variables, answered.data).map((fault) => `${asked.operationName} ${fault}`));
  }
}
check("every document was sent as it stands", [...faults.documents,
  ...[...documents.values()].map((text) => operationOf(g.parse(text)).name.value)
    .filter((name) => !sent.has(name) && name !== "BulkOrders").map((name) => `${name} was never sent`)]);
check(`${exchanges.length} sets of variables fit their types`, faults.variables);
check("the query of the file is valid", faults.bulk);
check(`${replies} answers of the practice shop fit what was asked`, faults.replies);

// ---- and a fault would be seen ----

const text = documents.get("order.graphql");
const good = exchanges.find((one) => one.asked.operationName === "Order" && one.answered.data && one.answered.data.order);
const spoilt = JSON.parse(JSON.stringify(good.answered.data));
spoilt.order.displayFinancialStatus = "NEARLY_PAID";
delete spoilt.order.name;
spoilt.order.totalPriceSet.presentmentMoney.amount = 12.5;
const seen = [
  documentFaults(text.replace("displayFinancialStatus", "financialState")).length > 0 || "a field that is not there",
  documentFaults(text.replace("$id: ID!", "$id: Int!")).length > 0 || "a variable of the wrong type",
  variableFaults(g.parse(text), { ...good.asked.variables, lines: "many" }).length > 0 || "a value of the wrong type",
  variableFaults(g.parse(text), {}).length > 0 || "variables left out",
  variableFaults(g.parse(documents.get("set-stock.graphql")), { key: "k", input: { name: "available", reason: "correction",
    quantities: [{ inventoryItemId: "gid://1", locationId: "gid://2", quantity: 1, ignoreCompareQuantity: true }] } }).length > 0
    || "an input field that is not there",
  replyFaults(g.parse(text), good.asked.variables, spoilt).length === 3 || "three faults in an answer",
];
check("what is spoilt is caught", seen.filter((one) => one !== true).map((one) => `not seen: ${one}`));
console.log(`1..${count}`);
console.log(`# contract-shopify: ${documents.size} operations, ${exchanges.length} variable sets, ${replies} answers, ${bad} faults`);
process.exit(bad ? 1 : 0);
