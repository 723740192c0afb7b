// A real OpenID Connect provider (npm oidc-provider) with people to sign in as, behind a proxy that lies when it is told to.
//
//   node provider.mjs PORT CLIENT SECRET REDIRECT
//
// Whoever types a mail address as login is the person of that address. POST /test/lie takes the name of a lie,
// POST /test/people claims by login (null: removed), POST /test/rotate makes new keys, POST /test/settings other settings.

import http from "node:http";
import Provider from "oidc-provider";
import MemoryAdapter from "../../node_modules/oidc-provider/lib/adapters/memory_adapter.js";
import { forge, logoutToken, newKey } from "./forge.mjs";

const [port, client, secret, redirect] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const desk = new URL(redirect).origin;

const people = new Map();
let keys = [await newKey("first")];
let settings = { idTokenSeconds: 3600, refresh: true };
let lie = "";
let serve = build();

function build() {
  const provider = new Provider(issuer, {
    adapter: MemoryAdapter,
    clients: [
      {
        client_id: client,
        client_secret: secret,
        redirect_uris: [redirect],
        post_logout_redirect_uris: [`${desk}/sign-in`],
        backchannel_logout_uri: `${desk}/sign-out/by-provider`,
        backchannel_logout_session_required: true,
        grant_types: ["authorization_code", "refresh_token"],
        response_types: ["code"],
      },
    ],
    jwks: { keys: keys.map((key) => key.jwk) },
    cookies: { keys: ["only for tests"] },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "groups"] },
    features: { backchannelLogout: { enabled: true }, rpInitiatedLogout: { enabled: true } },
    issueRefreshToken: () => settings.refresh,
    ttl: { IdToken: () => settings.idTokenSeconds },
    async findAccount(_, login) {
      const said = people.get(login);
      if (said === null) return undefined;
      const claims = { sub: login, email: login, email_verified: true, name: nameOf(login), ...said };
      return { accountId: login, claims: async () => claims };
    },
  });
  return provider.callback();
}

function nameOf(login) {
  const words = login.split("@")[0].split(".");
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" ");
}

async function read(stream) {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

const inner = http.createServer((request, answer) => serve(request, answer));
await new Promise((ready) => inner.listen(0, "127.0.0.1", ready));

async function command(name, body) {
  switch (name) {
    case "lie":
      lie = body;
      break;
    case "people":
      for (const [login, claims] of Object.entries(JSON.parse(body))) people.set(login, claims);
      break;
    case "rotate":
      keys = [await newKey(`key-${Date.now()}`)];
      serve = build();
      break;
    case "settings":
      settings = { ...settings, ...JSON.parse(body) };
      break;
    case "logout-token":
      return logoutToken(JSON.parse(body), { issuer, client, key: keys[0] });
    default:
      throw new Error(`no command ${name}`);
  }
}

// Passes a request on to the real provider and bends its answer.
async function pass(request, body) {
  const answer = await new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port: inner.address().port, path: request.url };
    const { method, headers } = request;
    http.request({ ...options, method, headers }, resolve).on("error", reject).end(body);
  });
  const bytes = await read(answer);
  const context = { lie, path: request.url.split("?")[0], issuer, secret, key: keys[0] };
  return forge({ status: answer.statusCode, headers: answer.headers, bytes }, context);
}

http
  .createServer(async (request, answer) => {
    try {
      const body = await read(request);
      if (request.url.startsWith("/test/")) {
        const said = await command(request.url.slice("/test/".length), body.toString());
        return answer.writeHead(said ? 200 : 204).end(said);
      }
      const { status, headers, bytes } = await pass(request, body);
      const { "transfer-encoding": _, ...others } = headers;
      answer.writeHead(status, { ...others, "content-length": bytes.length }).end(bytes);
    } catch (error) {
      console.error(error);
      answer.writeHead(500).end(String(error));
    }
  })
  .listen(Number(port), "127.0.0.1");
