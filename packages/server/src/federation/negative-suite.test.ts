import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { proposeTerms, type WorkloadFaultCode } from "@tabard/control"
import { type JsonObject, systemClock, TRUST_FORMS, type TrustFields, type TrustForm } from "@tabard/core"
import { CompactSign, decodeJwt, SignJWT } from "jose"
import { readAssertion } from "./read-assertion.ts"
import { forge, issuerKey, mint, startIssuer } from "./testing/local-issuer.ts"
import {
  claimsOf,
  openWorkloadWorld,
  presentToken,
  trust,
  type WorkloadWorld,
  workloadToken,
} from "./testing/workload-world.ts"
import { verifyWorkload } from "./verify-workload.ts"

type Attack = (world: WorkloadWorld) => Promise<string> | string

const says = (changes: (now: number, world: WorkloadWorld) => JsonObject): Attack => {
  return (world) => workloadToken(world, changes(Math.floor(systemClock.now().getTime() / 1000), world))
}

/** Every attack of docs/standards on tokens of workloads; each is tried on each kind of issuer, over HTTP. */
const ATTACKS: Readonly<Record<string, readonly [WorkloadFaultCode, Attack]>> = {
  "RFC7523 §3 (1): of another issuer": [
    "issuer",
    says((_, { form }) =>
      form === "spiffe" ? { sub: "spiffe://evil.example/agents/notes" } : { iss: "https://evil.example" },
    ),
  ],
  "RFC7523 §3 (1): whose issuer has a slash more or less": [
    "issuer",
    says((_, { form, rule: { issuer } }) =>
      form === "spiffe"
        ? { sub: `${issuer}//agents/notes` }
        : { iss: issuer.endsWith("/") ? issuer.slice(0, -1) : `${issuer}/` },
    ),
  ],
  "RFC7523 §3 (2): without a subject": ["subject", says(() => ({ sub: undefined }))],
  "RFC7523 §3 (3): without an audience": ["audience", says(() => ({ aud: undefined }))],
  "RFC7523 §3 (3): for another audience": ["audience", says(() => ({ aud: "https://other.example" }))],
  "RFC7523 §3 (3): for somebody else besides": [
    "audience",
    says((_, { server }) => ({
      aud: [server.issuer, "https://other.example"],
    })),
  ],
  "RFC7523 §3 (4): without an end": ["expired", says(() => ({ exp: undefined }))],
  "RFC7523 §3 (4): whose end is text": ["expired", says((now) => ({ exp: String(now + 300) }))],
  "RFC7523 §3 (4): that is over": ["expired", says((now) => ({ iat: now - 300, exp: now - 1 }))],
  "RFC7523 §3 (5): that is not good yet": ["not_yet", says((now) => ({ nbf: now + 120 }))],
  "RFC7523 §3 (6): from the future": ["not_yet", says((now) => ({ iat: now + 120 }))],
  "RFC7523 §3 (6): that lives too long": [
    "life",
    says((now, { rule }) => ({ exp: now + rule.maxLifeSeconds + 10 })),
  ],
  "RFC7523 §3 (9): that nobody signed (alg none)": [
    "algorithm",
    (world) => forge({ alg: "none", kid: "key-1", typ: "JWT" }, claimsOf(world)),
  ],
  "RFC7523 §3 (9): signed by the public key as if it were a secret (HS256)": [
    "algorithm",
    (world) => {
      const secret = new TextEncoder().encode(JSON.stringify(world.signer.jwk))
      const said = JSON.parse(JSON.stringify(claimsOf(world)))
      return new SignJWT(said).setProtectedHeader({ alg: "HS256", kid: "key-1", typ: "JWT" }).sign(secret)
    },
  ],
  "RFC7523 §3 (9): signed by somebody else's key under the same id": [
    "signature",
    async (world) => mint(await issuerKey(world.signer.alg, "key-1"), { claims: claimsOf(world) }),
  ],
  "RFC7523 §3 (9): whose claims were changed after it was signed": [
    "signature",
    async (world) => {
      const [header, , signature] = (await workloadToken(world)).split(".")
      const claims = Buffer.from(JSON.stringify(claimsOf(world))).toString("base64url")
      return `${header}.${claims}.${signature}`
    },
  ],
  "RFC7515 §4.1.4: that names a key which the issuer does not have": [
    "key",
    async (world) => mint(world.signer, { header: { kid: "key-2" }, claims: claimsOf(world) }),
  ],
  "RFC7517 §4.5: that names a key of which the issuer has two": [
    "key",
    async (world) => {
      world.issuer.keys.push({
        ...(await issuerKey(world.signer.alg, "key-1")).jwk,
        use: world.signer.jwk["use"],
      })
      return workloadToken(world)
    },
  ],
  "RFC7517 §4.2: that is signed by a key for encryption": [
    "key",
    (world) => {
      world.issuer.keys = [{ ...world.signer.jwk, use: "enc" }]
      return workloadToken(world)
    },
  ],
  "RFC7517 §4.4: that is signed by a key for another algorithm": [
    "key",
    (world) => {
      world.issuer.keys = [{ ...world.signer.jwk, alg: "PS512" }]
      return workloadToken(world)
    },
  ],
  "RFC7515 §4.1.11: that demands an extension": [
    "header",
    async (world) => {
      const { privateKey, kid, alg } = world.signer
      const said = JSON.parse(JSON.stringify(claimsOf(world)))
      const header = { alg, kid, typ: "JWT", crit: ["x"], x: 1 }
      return new SignJWT(said).setProtectedHeader(header).sign(privateKey, { crit: { x: true } })
    },
  ],
  "RFC7519 §4: one of whose claims is there twice": [
    "malformed",
    async (world) => {
      const once = JSON.stringify(claimsOf(world))
      return signedText(world, once.replace("{", '{"sub":"somebody-else",'))
    },
  ],
  "RFC8725 §3.11: that is a JWT of another type": [
    "header",
    async (world) => mint(world.signer, { header: { typ: "at+jwt" }, claims: claimsOf(world) }),
  ],
  "whose subject begins as the rule's": [
    "condition",
    says((_, { rule }) => ({
      sub: `${String(rule.conditions[0]?.values[0]).replace(/\/$/, "")}-evil/x`,
      ...evil(rule.form),
    })),
  ],
  "whose claims are those of the rule in capitals": [
    "condition",
    says((_, { rule }) => ({
      sub: String(rule.conditions[0]?.values[0]).toUpperCase(),
      ...capitals(rule.form),
    })),
  ],
}

describe("a token of an outside workload", () => {
  for (const form of TRUST_FORMS) {
    it(`is worth a token of the agent's install, bound to the key that the request proves: ${form}`, async () => {
      await using world = await openWorkloadWorld(form)
      const { status, body } = await presentToken(world, await workloadToken(world))
      assert.equal(status, 200, JSON.stringify(body))
      const { sub, instance, agent } = decodeJwt(String(body["access_token"]))
      assert.equal(sub, `spiffe://acme.example/agent/${world.agent.id}/instance/${world.rule.instance}`)
      assert.deepEqual([instance, agent, body["token_type"]], [world.rule.instance, world.agent.id, "DPoP"])
      assert.deepEqual(world.faults, [])
    })

    it(`RFC7523 §3 (7): counts once, of many at once: ${form}`, async () => {
      await using world = await openWorkloadWorld(form)
      const token = await workloadToken(world)
      const all = await Promise.all(Array.from({ length: 5 }, () => presentToken(world, token)))
      assert.deepEqual(all.map(({ status }) => status).toSorted(), [200, 400, 400, 400, 400])
    })

    describe(`is refused: ${form}`, () => {
      let world: WorkloadWorld
      before(async () => {
        world = await openWorkloadWorld(form)
      })
      after(() => world[Symbol.asyncDispose]())
      for (const [attack, [code, make]] of Object.entries(ATTACKS)) {
        it(attack, async () => {
          world.forgetKeys()
          world.issuer.keys = [world.signer.jwk]
          const token = await make(world)
          assert.ok((await codesOf(world, token)).includes(code), JSON.stringify(await codesOf(world, token)))
          const { status, body } = await presentToken(world, token)
          assert.deepEqual([status, body["error"]], [400, "invalid_grant"], JSON.stringify(body))
          const live = await world.shelf.snapshot(({ tokens }) =>
            tokens.live(world.agent.id, systemClock.now()),
          )
          assert.deepEqual([live, world.faults], [[], []])
        })
      }
    })
  }

  it("without an id counts once as well, by what was signed", async () => {
    await using world = await openWorkloadWorld("gcp")
    const token = await workloadToken(world, { jti: undefined })
    assert.equal((await presentToken(world, token)).status, 200)
    assert.equal((await presentToken(world, token)).body["error"], "invalid_grant")
  })

  it("counts again where the rule says so, as for a file that a pod reads for an hour", async () => {
    await using world = await openWorkloadWorld("kubernetes", { oneTime: false })
    const token = await workloadToken(world)
    for (let time = 0; time < 2; time++) assert.equal((await presentToken(world, token)).status, 200)
  })

  it("signed by EdDSA is refused for a JWT-SVID, and taken from an OpenID issuer", async () => {
    for (const [form, wanted] of [
      ["spiffe", 400],
      ["openid", 200],
    ] as const) {
      await using world = await openWorkloadWorld(form)
      const key = await issuerKey("EdDSA", "ed", form === "spiffe" ? { use: "jwt-svid" } : {})
      world.issuer.keys.push(key.jwk)
      const token = await mint(key, { claims: claimsOf(world) })
      assert.equal((await presentToken(world, token)).status, wanted, form)
    }
  })

  it("is refused where its key is one of certificates, which a SPIFFE bundle holds besides", async () => {
    await using world = await openWorkloadWorld("spiffe")
    world.issuer.keys = [{ ...world.signer.jwk, use: "x509-svid" }]
    assert.equal((await presentToken(world, await workloadToken(world))).body["error"], "invalid_grant")
  })

  it("is refused by the bundle of another trust domain, also where both are trusted", async () => {
    await using world = await openWorkloadWorld("spiffe")
    const theirs = await issuerKey("ES256", "key-1", { use: "jwt-svid" })
    await using bundle = await startIssuer([theirs])
    const fields: TrustFields = { form: "spiffe", spiffeId: "spiffe://other.example/agents/notes" }
    const keys = { kind: "address", url: bundle.jwksUrl } as const
    const terms = proposeTerms({ fields, audience: world.server.issuer, keys })
    await trust(world, fields, terms)
    const own = await mint(theirs, { claims: claimsOf(world, { sub: fields.spiffeId }) })
    const forged = await mint(theirs, { claims: claimsOf(world) })
    assert.equal((await presentToken(world, own)).status, 200)
    assert.equal((await presentToken(world, forged)).body["error"], "invalid_grant")
  })

  it("of a weak key is refused", async () => {
    await using world = await openWorkloadWorld("gcp")
    world.issuer.keys = [{ kty: "RSA", kid: "key-1", e: "AQAB", n: "x".repeat(171) }]
    assert.equal((await presentToken(world, await workloadToken(world))).body["error"], "invalid_grant")
  })
})

/** Which checks a token fails. */
async function codesOf(
  { outsideKeys, rule }: WorkloadWorld,
  token: string,
): Promise<readonly WorkloadFaultCode[]> {
  const read = readAssertion(token)
  if (!read) return ["malformed"]
  return (await verifyWorkload({ outsideKeys, clock: systemClock }, rule, read)).map(({ code }) => code)
}

/** Where the subject is not what a rule of this form pins, the claim that is begins alike. */
function evil(form: TrustForm): JsonObject {
  if (form === "github-actions") return { repository: "acme/app-evil", repository_id: "74011" }
  return form === "entra" ? { oid: "9b2b1f6e-7f0a-4d8a-8f63-2c1d5a6f7b10x" } : {}
}

function capitals(form: TrustForm): JsonObject {
  if (form === "github-actions")
    return { environment: "PRODUCTION", sub: "repo:acme@65/app@7401:environment:PRODUCTION" }
  if (form === "entra") return { oid: "9B2B1F6E-7F0A-4D8A-8F63-2C1D5A6F7B10" }
  return form === "gcp" ? { sub: "104029292853099978293X" } : {}
}

/** Signs text that no library would write. */
async function signedText({ signer }: WorkloadWorld, payload: string): Promise<string> {
  return new CompactSign(new TextEncoder().encode(payload))
    .setProtectedHeader({ alg: signer.alg, kid: signer.kid, typ: "JWT" })
    .sign(signer.privateKey)
}
