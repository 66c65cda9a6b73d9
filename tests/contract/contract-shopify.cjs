// SPDX-License-Identifier: GPL-3.0-or-later
// Holds every document of the Shopify module, every set of variables it sends, and every answer of the practice shop
// against Shopify's published schema. Arguments: the schema, the folder of the documents, a file of exchanges.
"use strict";
const g = require("graphql");

const SCALARS = {
  Int: Number.isInteger,
  Float: (value) => typeof value === "number",
  Boolean: (value) => typeof value === "boolean",
  Decimal: (value) => typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value),
  Money: (value) => typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value),
  DateTime: (value) => typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value),
  ID: (value) => typeof value === "string" && value.startsWith("gid://"),
  BigInt: (value) => typeof value === "string" && /^-?\d+$/.test(value),
  UnsignedInt64: (value) => typeof value === "string" && /^\d+$/.test(value),
};

const [schemaPath, folder, exchangesPath] = process.argv.slice(2);
const { documentFaults, operationOf, variableFaults, replyFaults, check, documentsOf, checkDocuments, readExchanges, finish } =
  require("./graphql-judge.cjs")(schemaPath, folder, SCALARS);

// ---- the documents ----

const documents = documentsOf();
checkDocuments(documents);

// ---- what was sent and answered ----

const exchanges = readExchanges(exchangesPath);
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
finish("contract-shopify", `${documents.size} operations, ${exchanges.length} variable sets, ${replies} answers`);
