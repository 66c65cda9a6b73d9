// SPDX-License-Identifier: GPL-3.0-or-later
// A real Vendure shop on 127.0.0.1 for the tests of its module, with a gate before it that loses answers when told to.
//
//   WAYBILL_VENDURE=FOLDER-WITH-NODE_MODULES node shop.js [--port N] [--database FILE]
//
// Prints one line of JSON when it is ready: the address of the gate (what a program connects to), the shop's own, an API key.
// Without --database all is in memory; with one, each change is saved to it, so that a shop that was killed comes back as it was.
// POST /gate {"lose": "settlePayment", "times": 1}  the next such operations are done, but their answers are lost
// POST /gate {"refuse": "settlePayment", "times": 1} the next such operations do not reach the shop: 503
// GET /gate                                         {"requests": how many came so far}
// With WAYBILL_EXCHANGES=FILE in the environment all that passes the gate is written there.
// The card says what it does by the metadata of a payment: {"decline": true}, {"failSettle": "words"}, {"slowRefund": true}.
'use strict';
process.env.VENDURE_DISABLE_TELEMETRY = 'true';
process.env.NODE_ENV = process.env.NODE_ENV || 'development';
const fs = require('fs');
const http = require('http');
const path = require('path');
const modules = path.join(process.env.WAYBILL_VENDURE || __dirname, 'node_modules');
const need = (name) => require(require.resolve(name, { paths: [modules] }));
const core = need('@vendure/core');
const { populate } = need('@vendure/core/cli');

const option = (name) => {
  const at = process.argv.indexOf('--' + name);
  return at < 0 ? undefined : process.argv[at + 1];
};
const database = option('database');
const isNew = !database || !fs.existsSync(database) || fs.statSync(database).size === 0;
const port = Number(option('port') || 0);

// ---- the ways to pay ----

const english = (value) => [{ languageCode: core.LanguageCode.en, value }];
const card = new core.PaymentMethodHandler({
  code: 'test-card',
  description: english('Held at checkout, taken later'),
  args: {},
  createPayment(ctx, order, amount, args, metadata) {
    if (metadata.decline)
      return { amount, state: 'Declined', errorMessage: 'Card declined', metadata: {} };
    return { amount, state: 'Authorized', transactionId: `card_${order.code}`, metadata };
  },
  settlePayment(ctx, order, payment) {
    if (payment.metadata.failSettle)
      return { success: false, state: 'Authorized', errorMessage: payment.metadata.failSettle };
    return { success: true, metadata: { taken: (payment.metadata.taken || 0) + 1 } }; // twice would show
  },
  cancelPayment: () => ({ success: true }),
  createRefund(ctx, input, amount, order, payment) {
    const state = payment.metadata.slowRefund ? 'Pending' : 'Settled';
    return { state, transactionId: `back_${payment.transactionId}_${amount}` };
  },
});
const transfer = new core.PaymentMethodHandler({
  code: 'test-transfer',
  description: english('Paid before anything is sent'),
  args: {},
  createPayment: (ctx, order, amount) =>
    ({ amount, state: 'Settled', transactionId: `transfer_${order.code}`, metadata: {} }),
  settlePayment: () => ({ success: true }),
});

// ---- the shop ----

const storage = database
  ? { type: 'sqljs', location: database, autoSave: true, ...(isNew ? {} : { database: fs.readFileSync(database) }) }
  : { type: 'sqljs', autoSave: false };
const config = core.mergeConfig(core.defaultConfig, {
  logger: new core.DefaultLogger({ level: core.LogLevel.Error }),
  apiOptions: { hostname: '127.0.0.1', port: 0, adminListQueryLimit: 1000 },
  authOptions: {
    tokenMethod: ['bearer', 'cookie', 'api-key'],
    superadminCredentials: { identifier: 'superadmin', password: 'superadmin' },
    cookieOptions: { secret: 'only-for-tests' },
    requireVerification: false,
  },
  dbConnectionOptions: { ...storage, synchronize: isNew, logging: false, entities: [], migrations: [] },
  paymentOptions: { paymentMethodHandlers: [card, transfer] },
  schedulerOptions: { runTasksInWorkerOnly: true },
  customFields: {},
  plugins: [core.DefaultJobQueuePlugin.init({ useDatabaseForBuffer: false })],
});
const goods = [
  'name,slug,description,assets,facets,optionGroups,optionValues,sku,price,taxCategory,stockOnHand,trackInventory,variantAssets,variantFacets',
  'Teapot,teapot,"Holds 1.2 l",,,glaze,celadon,TEAPOT-C,39.90,standard,200,true,,',
  ',,,,,,tenmoku,TEAPOT-T,42.50,standard,200,true,,',
  'Tea bowl,tea-bowl,"Thrown, not cast",,,,,BOWL-1,17.35,standard,500,true,,',
  'Sencha,sencha,"100 g, first flush",,,,,SENCHA-100,9.99,reduced,500,true,,',
  'Gift card,gift-card,"A code by mail",,,,,GIFT,25.00,zero,0,false,,',
];
const initial = {
  defaultLanguage: core.LanguageCode.en,
  defaultZone: 'Europe',
  countries: [['DE', 'Germany'], ['NL', 'Netherlands'], ['FR', 'France']].map(([code, name]) => ({ code, name, zone: 'Europe' })),
  taxRates: [{ name: 'Standard Tax', percentage: 19 }, { name: 'Reduced Tax', percentage: 7 }, { name: 'Zero Tax', percentage: 0 }],
  shippingMethods: [{ name: 'Standard Shipping', price: 490 }],
  paymentMethods: ['test-card', 'test-transfer'].map((code) => ({ name: code, handler: { code, arguments: [] } })),
  collections: [],
};

async function boot() {
  const app = await core.bootstrap(config);
  await app.get(core.JobQueueService).start();
  return app;
}

async function fill(folder) {
  const csv = path.join(folder, 'goods.csv');
  fs.writeFileSync(csv, goods.join('\n') + '\n');
  return populate(boot, initial, csv);
}

// ---- the gate ----

const orders = [];
let requests = 0;

// What was asked and answered, a line each, for the judge of the published schema.
function keep(asked, reply, answer) {
  const parts = [];
  reply.on('data', (part) => parts.push(part));
  reply.on('end', () => {
    const body = Buffer.concat(parts);
    fs.appendFileSync(process.env.WAYBILL_EXCHANGES,
      JSON.stringify({ asked: JSON.parse(asked), answered: JSON.parse(body.toString()) }) + '\n');
    answer.writeHead(reply.statusCode, reply.headers);
    answer.end(body);
  });
}

function gateFor(target) {
  return http.createServer((request, answer) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts);
      if (request.url === '/gate') {
        if (request.method === 'POST')
          orders.push(JSON.parse(body.toString()));
        answer.end(JSON.stringify({ requests }));
        return;
      }
      requests++;
      const text = body.toString();
      const hit = orders.find((one) => one.times > 0 && text.includes(one.lose || one.refuse));
      if (hit)
        hit.times--;
      if (hit && hit.refuse) {
        answer.writeHead(503, { 'content-type': 'text/plain' });
        answer.end('busy');
        return;
      }
      const headers = { ...request.headers, host: target.host };
      const on = http.request(target, { path: request.url, method: request.method, headers }, (reply) => {
        if (hit) {
          reply.resume();
          reply.on('end', () => request.socket.destroy());
          return;
        }
        if (process.env.WAYBILL_EXCHANGES && request.url === '/admin-api') {
          keep(text, reply, answer);
          return;
        }
        answer.writeHead(reply.statusCode, reply.headers);
        reply.pipe(answer);
      });
      on.on('error', () => request.socket.destroy());
      on.end(body);
    });
  });
}

async function apiKey(base) {
  const call = async (query, token) => {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
    const reply = await fetch(`${base}/admin-api`, { method: 'POST', headers, body: JSON.stringify({ query }) });
    const json = await reply.json();
    if (json.errors)
      throw new Error(JSON.stringify(json.errors));
    return { data: json.data, token: reply.headers.get('vendure-auth-token') };
  };
  const { token } = await call('mutation { login(username: "superadmin", password: "superadmin") { __typename } }');
  const { data } = await call('{ roles { items { id code } } }', token);
  const role = data.roles.items.find((one) => one.code === '__super_admin_role__').id;
  const made = await call(`mutation { createApiKey(input: {roleIds: ["${role}"],
    translations: [{languageCode: en, name: "Waybill"}]}) { apiKey } }`, token);
  return made.data.createApiKey.apiKey;
}

async function main() {
  const folder = fs.mkdtempSync(path.join(require('os').tmpdir(), 'vendure-'));
  const app = isNew ? await fill(folder) : await boot();
  fs.rmSync(folder, { recursive: true });
  const own = `http://127.0.0.1:${app.getHttpServer().address().port}`;
  const gate = gateFor(new URL(own));
  await new Promise((done) => gate.listen(port, '127.0.0.1', done));
  const key = await apiKey(own);
  console.log(JSON.stringify({ url: `http://127.0.0.1:${gate.address().port}`, own, key }));
  process.on('SIGTERM', () => process.exit(0));
  process.stdin.resume(); // whoever started it is gone: so is it
  process.stdin.on('end', () => process.exit(0));
}
main().catch((error) => {
  console.error(error);
  process.exit(1);
});
