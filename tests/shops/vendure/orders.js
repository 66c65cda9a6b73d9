// SPDX-License-Identifier: GPL-3.0-or-later
// What customers and the shop's own people do at the Vendure shop of shop.js, and what its books say in the end.
//
//   node orders.js URL place < PLAN    orders by the shop API, as customers place them; prints one line of JSON each
//   node orders.js URL books           all orders, their payments, fulfilments and refunds, and the stock: one JSON
//   node orders.js URL gate < ORDER    "GATE lose|refuse|count TIMES OPERATION": see shop.js
//   node orders.js URL admin < QUERY   one GraphQL request as the shop's administrator; prints its data
//
// PLAN: a JSON list; of each {"lines": {"SKU": pieces}, "method": "test-card", "metadata": {}, "name": "…", "cart": false}
'use strict';
const fs = require('fs');
const [base, command] = process.argv.slice(2);

async function call(api, token, query, variables) {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const reply = await fetch(`${base}/${api}`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  const json = await reply.json();
  if (json.errors)
    throw new Error(JSON.stringify(json.errors));
  return { data: json.data, token: reply.headers.get('vendure-auth-token') || token };
}

const trouble = '... on ErrorResult { errorCode message }';

async function placeOne(one, number) {
  let token;
  const ask = async (query, variables) => {
    const got = await call('shop-api', token, query, variables);
    token = got.token;
    const field = Object.values(got.data)[0];
    if (field && field.errorCode === 'PAYMENT_DECLINED_ERROR')
      return { declined: true };
    if (field && field.errorCode)
      throw new Error(`${field.errorCode}: ${field.message}`);
    return field;
  };
  const found = await ask('{ products { items { variants { id sku } } } }');
  const variants = new Map(found.items.flatMap((product) => product.variants).map((one) => [one.sku, one.id]));
  const name = one.name || `Ines Großmann ${number}`;
  for (const [sku, pieces] of Object.entries(one.lines))
    await ask(`mutation($v: ID!, $n: Int!) { addItemToOrder(productVariantId: $v, quantity: $n) { __typename ${trouble} } }`,
      { v: variants.get(sku), n: pieces });
  if (one.cart)
    return { cart: true };
  await ask(`mutation($c: CreateCustomerInput!) { setCustomerForOrder(input: $c) { __typename ${trouble} } }`,
    { c: { firstName: name.split(' ')[0], lastName: name.split(' ').slice(1).join(' '), emailAddress: `ines${number}@example.org`, phoneNumber: '+49 30 555 01' } });
  await ask(`mutation($a: CreateAddressInput!) { setOrderShippingAddress(input: $a) { __typename ${trouble} } }`,
    { a: { fullName: name, company: 'Teehaus & Co', streetLine1: `Wilmersdorfer Str. ${number + 1}`, streetLine2: 'Hinterhaus', city: 'Berlin', postalCode: '10629', countryCode: 'DE', phoneNumber: '+49 30 555 01' } });
  const ways = await ask('{ eligibleShippingMethods { id } }');
  await ask(`mutation($m: [ID!]!) { setOrderShippingMethod(shippingMethodId: $m) { __typename ${trouble} } }`, { m: [ways[0].id] });
  if (one.coupon)
    await ask(`mutation($c: String!) { applyCouponCode(couponCode: $c) { __typename ${trouble} } }`, { c: one.coupon });
  await ask(`mutation { transitionOrderToState(state: "ArrangingPayment") { __typename ${trouble} } }`);
  const pay = `mutation($p: PaymentInput!) { addPaymentToOrder(input: $p) { __typename ... on Order { id code state totalWithTax } ${trouble} } }`;
  return ask(pay, { p: { method: one.method || 'test-card', metadata: one.metadata || {} } });
}

async function admin(query, variables) {
  const { token } = await call('admin-api', null, 'mutation { login(username: "superadmin", password: "superadmin") { __typename } }');
  return (await call('admin-api', token, query, variables)).data;
}

const books = `{
  orders(options: {take: 1000, sort: {id: ASC}}) { items {
    id code state active totalWithTax
    lines { id quantity orderPlacedQuantity productVariant { sku } }
    payments { id state amount transactionId metadata refunds { id total state reason } }
    fulfillments { id state method trackingCode lines { orderLineId quantity } }
    history(options: {take: 100}) { items { type data } } } }
  productVariants(options: {take: 100}) { items { id sku stockLevels { stockOnHand stockAllocated } } } }`;

async function main() {
  if (command === 'place') {
    const plan = JSON.parse(fs.readFileSync(0, 'utf8'));
    for (let i = 0; i < plan.length; i++)
      console.log(JSON.stringify(await placeOne(plan[i], i)));
  } else if (command === 'gate') {
    const [gate, what, times, operation] = fs.readFileSync(0, 'utf8').split(' ');
    const order = { method: 'POST', body: JSON.stringify({ [what]: operation, times: Number(times) }) };
    console.log(await (await fetch(`${gate}/gate`, what === 'count' ? {} : order)).text());
  } else if (command === 'books')
    console.log(JSON.stringify(await admin(books)));
  else
    console.log(JSON.stringify(await admin(fs.readFileSync(0, 'utf8'))));
}
main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
