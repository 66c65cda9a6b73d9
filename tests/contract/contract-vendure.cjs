// SPDX-License-Identifier: GPL-3.0-or-later
// Holds every document of the Vendure module and every set of variables it sent to a real server against
// Vendure's published schema. Arguments: the schema, the folder of the documents, a file of exchanges.
"use strict";
const g = require("graphql");

const SCALARS = {
  Int: Number.isInteger,
  Float: (value) => typeof value === "number",
  Boolean: (value) => typeof value === "boolean",
  Money: Number.isInteger,
  DateTime: (value) => typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value),
  ID: (value) => typeof value === "string",
  JSON: () => true,
};

const [schemaPath, folder, exchangesPath] = process.argv.slice(2);
const { documentFaults, operationOf, variableFaults, check, documentsOf, checkDocuments, readExchanges, finish } =
  require("./graphql-judge.cjs")(schemaPath, folder, SCALARS);

const documents = documentsOf();
checkDocuments(documents);

const exchanges = readExchanges(exchangesPath);
const sent = new Set();
const faults = { documents: [], variables: [] };
for (const { asked } of exchanges) {
  const wrong = documentFaults(asked.query);
  faults.documents.push(...wrong);
  if (wrong.length)
    continue;
  const document = g.parse(asked.query);
  sent.add(asked.operationName);
  if (asked.operationName !== operationOf(document).name.value) faults.documents.push(`${asked.operationName} is not the name`);
  faults.variables.push(...variableFaults(document, asked.variables).map((fault) => `${asked.operationName}: ${fault}`));
}
// More unfinished orders than one page holds: no test has as many.
const never = new Set(["Standing"]);
check("every document was sent as it stands", [...faults.documents,
  ...[...documents.values()].map((text) => operationOf(g.parse(text)).name.value)
    .filter((name) => !sent.has(name) && !never.has(name)).map((name) => `${name} was never sent`)]);
check(`${exchanges.length} sets of variables fit their types`, faults.variables);

// ---- and a fault would be seen ----

const text = documents.get("order.graphql");
const seen = [
  documentFaults(text.replace("totalWithTax", "grandTotal")).length > 0 || "a field that is not there",
  documentFaults(text.replace("$id: ID!", "$id: Int!")).length > 0 || "a variable of the wrong type",
  variableFaults(g.parse(text), {}).length > 0 || "variables left out",
  variableFaults(g.parse(documents.get("set-stock.graphql")), { input: [{ id: "1", stockLevels: [{ location: "1" }] }] }).length > 0
    || "an input field that is not there",
];
check("what is spoilt is caught", seen.filter((one) => one !== true).map((one) => `not seen: ${one}`));
finish("contract-vendure", `${documents.size} operations, ${exchanges.length} variable sets`);
