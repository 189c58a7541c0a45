// An order taken by staff, as one writes it in Node: the session, the bar's log, one conditional
// put, the answer. It does less than ours: it folds only what this order needs, keeps no names,
// ends nothing that has run out, and has its secret from the environment.

import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import {
  BatchGetItemCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
} from "@aws-sdk/client-dynamodb";

const { SERVERLESSPRESSO_LOG_TABLE: logs, SERVERLESSPRESSO_STAFF_TABLE: staff } = process.env;
const secret = createHash("sha256").update(process.env.SESSION_SECRET).digest();
const key = createHmac("sha256", secret).update("sessions").digest();
const client = new DynamoDBClient({});

export async function handler(event) {
  const session = await signedIn(event.headers.authorization ?? "");
  if (!session) return answer(401, { code: "no_session" });
  const { command_id, drink: slug, options } = JSON.parse(event.body);
  const bar = event.rawPath.split("/")[3];
  const command = `${bar} ${session.a.person} ${command_id}`;
  if (await known(command)) return answer(409, { code: "command_reused" });
  const now = new Date();
  for (;;) {
    const state = fold(await entries(bar));
    if (!state.open) return answer(409, { code: "bar_closed" });
    const drink = state.menu.drinks.find((drink) => drink.slug === slug && drink.available);
    if (!drink) return answer(409, { code: "sold_out", field: "drink" });
    const order = {
      order: `${bar}.${id()}`,
      number: state.number + 1,
      drink: slug,
      drink_name: drink.name,
      options,
      option_names: [],
      seconds: drink.seconds,
      promised_at: later(now, drink.seconds),
      until: later(now, state.limits.start_seconds),
    };
    const entry = {
      bar,
      seq: state.seq + 1,
      at: now.toISOString(),
      by: { person: session.a.person, role: session.a.role },
      cause: command_id,
      digest: createHash("sha256").update(event.body).digest("base64url").slice(0, 22),
      events: [{ type: "OrderPlaced", ...order, person: null }],
    };
    if (await append(entry, command)) {
      const view = { bar, status: "placed", ...order, version: entry.seq, now: entry.at };
      return answer(201, view);
    }
  }
}

async function signedIn(authorization) {
  const [body, signature] = authorization.replace(/^Bearer /, "").split(".");
  const expected = createHmac("sha256", key).update(body).digest();
  const given = Buffer.from(signature ?? "", "base64url");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const session = JSON.parse(Buffer.from(body, "base64url"));
  if (session.x <= Date.now()) return null;
  const keys = [
    { kind: { S: "revoked" }, what: { S: session.i } },
    { kind: { S: "seal" }, what: { S: session.a.person } },
  ];
  const request = { RequestItems: { [staff]: { Keys: keys, ConsistentRead: true } } };
  const found = (await client.send(new BatchGetItemCommand(request))).Responses[staff];
  const stands = found.length === 1 && found[0].seal?.S === session.s;
  return stands ? session : null;
}

async function known(command) {
  const request = {
    TableName: logs,
    IndexName: "by-command",
    KeyConditionExpression: "command = :command",
    ExpressionAttributeValues: { ":command": { S: command } },
    Limit: 1,
  };
  return (await client.send(new QueryCommand(request))).Items.length > 0;
}

async function entries(bar) {
  const request = {
    TableName: logs,
    KeyConditionExpression: "bar = :bar",
    ExpressionAttributeValues: { ":bar": { S: bar } },
    ConsistentRead: true,
  };
  const { Items } = await client.send(new QueryCommand(request));
  return Items.map((item) => JSON.parse(item.body.S));
}

function fold(entries) {
  const state = { open: false, number: 0, seq: 0, menu: { drinks: [] }, limits: {} };
  for (const entry of entries) {
    state.seq = entry.seq;
    for (const event of entry.events) {
      if (event.menu) state.menu = event.menu;
      if (event.limits) Object.assign(state.limits, event.limits);
      if (event.type === "BarOpened") state.open = true;
      if (event.type === "BarClosed" || event.type === "BarPaused") state.open = false;
      if (event.type === "OrderPlaced") state.number = event.number;
    }
  }
  return state;
}

async function append(entry, command) {
  const request = {
    TableName: logs,
    Item: {
      bar: { S: entry.bar },
      seq: { N: String(entry.seq) },
      body: { S: JSON.stringify(entry) },
      command: { S: command },
    },
    ConditionExpression: "attribute_not_exists(seq)",
  };
  try {
    await client.send(new PutItemCommand(request));
    return true;
  } catch (error) {
    if (error.name === "ConditionalCheckFailedException") return false;
    throw error;
  }
}

function id() {
  const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  return Array.from(randomBytes(16), (byte) => letters[byte % 32]).join("");
}

function later(at, seconds) {
  return new Date(at.getTime() + seconds * 1000).toISOString();
}

function answer(statusCode, body) {
  const headers = { "content-type": "application/json", "cache-control": "no-store" };
  return { statusCode, headers, body: JSON.stringify(body), isBase64Encoded: false };
}
