// Lies that the real provider cannot be brought to tell: its answers are bent on their way.

import { SignJWT, decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair } from "jose";

export async function newKey(kid) {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), kid, alg: "RS256", use: "sig" };
  return { kid, privateKey, jwk };
}

const coded = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const now = () => Math.floor(Date.now() / 1000);

// What a token says instead, signed by the provider's own key.
const CLAIMS = {
  audience: () => ({ aud: "another-application" }),
  audiences: (claims) => ({ aud: [claims.aud, "another-application"] }),
  party: () => ({ azp: "another-application" }),
  issuer: () => ({ iss: "https://login.evil.example" }),
  expired: () => ({ iat: now() - 400, exp: now() - 300 }),
  future: () => ({ iat: now() + 3600, exp: now() + 7200 }),
  ahead: () => ({ nbf: now() + 3600 }),
  nonce: () => ({ nonce: "a-nonce-of-somebody-else" }),
  subject: () => ({ sub: "somebody-else" }),
};

async function token(before, { lie, secret, key }) {
  const claims = decodeJwt(before);
  const sign = (changed, kid, by, alg = "RS256") =>
    new SignJWT({ ...claims, ...changed }).setProtectedHeader({ alg, kid }).sign(by);
  if (CLAIMS[lie]) return sign(CLAIMS[lie](claims), key.kid, key.privateKey);
  switch (lie) {
    case "unsigned":
      return `${coded({ alg: "none" })}.${coded(claims)}.`;
    case "shared-secret":
      return sign({}, key.kid, new TextEncoder().encode(secret), "HS256");
    case "unknown-key":
      return sign({}, "of-nobody", (await newKey("of-nobody")).privateKey);
    case "forged":
      return sign({}, key.kid, (await newKey("forged")).privateKey);
    case "changed": {
      const [, , signature] = before.split(".");
      return `${coded(decodeProtectedHeader(before))}.${coded({ ...claims, sub: "root" })}.${signature}`;
    }
    case "access-token":
      return sign({ at_hash: "AAAAAAAAAAAAAAAAAAAAAA" }, key.kid, key.privateKey);
    default:
      return before;
  }
}

// A logout token as a provider sends it by itself, or one that is wrong in one thing.
export async function logoutToken({ lie, ...changed }, { issuer, client, key }) {
  const event = { "http://schemas.openid.net/event/backchannel-logout": {} };
  const claims = { iss: issuer, aud: client, iat: now(), jti: `jti-${Math.random()}`, events: event, ...changed };
  if (lie === "no-event") delete claims.events;
  const by = lie === "forged" ? (await newKey("forged")).privateKey : key.privateKey;
  const header = { alg: "RS256", kid: key.kid, typ: "logout+jwt" };
  if (lie === "unsigned") return `${coded({ alg: "none", typ: "logout+jwt" })}.${coded(claims)}.`;
  return new SignJWT(claims).setProtectedHeader(header).sign(by);
}

function json(answer, value) {
  return { ...answer, bytes: Buffer.from(JSON.stringify(value)) };
}

export async function forge(answer, context) {
  const { lie, path } = context;
  const discovery = path === "/.well-known/openid-configuration";
  if (path === "/token" && answer.status === 200) {
    const said = JSON.parse(answer.bytes);
    if (lie === "no-token") return json(answer, { ...said, id_token: undefined });
    if (lie === "nonsense") return { ...answer, bytes: Buffer.from("<html>no tokens here</html>") };
    return json(answer, { ...said, id_token: await token(said.id_token, context) });
  }
  if (path === "/me" && lie === "userinfo") {
    return json(answer, { ...JSON.parse(answer.bytes), sub: "somebody-else" });
  }
  if (discovery && lie === "other-issuer") {
    return json(answer, { ...JSON.parse(answer.bytes), issuer: "https://login.evil.example" });
  }
  if (discovery && lie === "internal") {
    return json(answer, { ...JSON.parse(answer.bytes), jwks_uri: "http://169.254.169.254/keys" });
  }
  if (discovery && lie === "leads-elsewhere") {
    return { status: 302, headers: { location: "http://127.0.0.1:9/" }, bytes: Buffer.alloc(0) };
  }
  if (discovery && lie === "large") {
    return { ...answer, bytes: Buffer.alloc(2_000_000, " ") };
  }
  const location = answer.headers.location;
  if (lie === "mixed-up" && location?.includes("code=")) {
    const url = new URL(location);
    url.searchParams.set("iss", "https://login.evil.example");
    return { ...answer, headers: { ...answer.headers, location: url.href } };
  }
  return answer;
}
