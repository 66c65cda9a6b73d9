// SPDX-License-Identifier: GPL-3.0-or-later
// The judge of GraphQL: documents, variables and answers held against a published schema by graphql-js.
"use strict";
const fs = require("fs");
const path = require("path");
const g = require("graphql");

// A judge of one schema, for the documents of one folder. SCALARS: what the values of a vendor's own types look like.
module.exports = function judge(schemaPath, folder, SCALARS) {
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

  // All documents of the folder that are an operation, by their file's name.
  function documentsOf() {
    const documents = new Map();
    for (const name of fs.readdirSync(folder).filter((one) => one.endsWith(".graphql")).sort())
      if (/^(query|mutation) /m.test(fs.readFileSync(path.join(folder, name), "utf8"))) documents.set(name, load(name));
    return documents;
  }

  function checkDocuments(documents) {
    check(`${documents.size} documents are valid`,
      [...documents].flatMap(([name, text]) => documentFaults(text).map((fault) => `${name}: ${fault}`)));
  }

  // Reads what was sent and answered, a line of JSON each.
  const readExchanges = (file) => fs.readFileSync(file, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));

  function finish(name, rest) {
    console.log(`1..${count}`);
    console.log(`# ${name}: ${rest}, ${bad} faults`);
    process.exit(bad ? 1 : 0);
  }

  return { load, documentFaults, operationOf, variableFaults, replyFaults, check, documentsOf, checkDocuments, readExchanges, finish };
};
