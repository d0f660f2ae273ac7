import assert from "node:assert/strict"
import { generateKeyPairSync } from "node:crypto"
import { after, before, describe, it } from "node:test"
import type { ShownSignalSourceView } from "@tabard/api"
import { addPerson, newSession } from "../world/people.ts"
import { type RunningTabard, runTabard, type SignedInPerson, signInFirst } from "../world/running-tabard.ts"
import {
  AUDIENCE,
  CAEP,
  RISC,
  type SetWish,
  type SignalTransmitter,
  startTransmitter,
} from "../world/signal-transmitter.ts"
import { activeAgent, clientOf, heldToken } from "../world/signal-world.ts"
import { until } from "../world/until.ts"

const REVOKED = { [`${CAEP}/session-revoked`]: { reason_admin: { en: "Stolen laptop" } } }

describe("signals that are received", () => {
  let tabard: RunningTabard
  let ada: SignedInPerson
  let idp: SignalTransmitter
  let source: ShownSignalSourceView

  before(async () => {
    tabard = await runTabard()
    ada = await signInFirst(tabard.server, "Ada")
    idp = await startTransmitter()
    const { issuer, jwksUri } = idp
    const wish = { name: "The provider", issuer, jwksUri, audience: AUDIENCE }
    source = await ada.api.makeSignalSource({ ...wish, delivery: { method: "push" } })
  })
  after(async () => {
    await idp[Symbol.asyncDispose]()
    await tabard[Symbol.asyncDispose]()
  })

  const push = (token: string, differs: { proof?: string; type?: string } = {}): Promise<Response> =>
    fetch(source.url, {
      method: "POST",
      body: token,
      headers: {
        "content-type": differs.type ?? "application/secevent+jwt",
        authorization: differs.proof ?? `Bearer ${source.token}`,
      },
    })

  it("RFC8935 §2.2: end an agent's tokens before they are answered with 202 and nothing in it", async () => {
    const agent = await activeAgent(tabard.server, ada.api)
    const stands = await heldToken(agent)
    assert.equal(await stands(), true)
    const answer = await push(idp.token(REVOKED, { format: "uri", uri: agent.spiffe }))
    assert.equal(answer.status, 202)
    assert.equal(await answer.text(), "")
    assert.equal(await stands(), false)
    assert.equal((await ada.api.getAgent({ id: agent.id })).state, "active")
    const again = await heldToken(agent)
    assert.equal(await again(), true, "the agent may ask for another")
  })

  it("quarantine an agent whose account is disabled, and give nothing back", async () => {
    const agent = await activeAgent(tabard.server, ada.api)
    const stands = await heldToken(agent)
    const subject = { format: "iss_sub", iss: idp.issuer, sub: agent.spiffe }
    assert.equal((await push(idp.token({ [`${RISC}/account-disabled`]: {} }, subject))).status, 202)
    assert.equal(await stands(), false)
    assert.equal((await ada.api.getAgent({ id: agent.id })).state, "quarantined")
    assert.equal((await push(idp.token({ [`${RISC}/account-enabled`]: {} }, subject))).status, 202)
    assert.equal((await ada.api.getAgent({ id: agent.id })).state, "quarantined")
  })

  it("end a person's sessions, and the tokens of the agents that they own", async () => {
    const bob = await addPerson(tabard.server, "administrator")
    const agent = await activeAgent(tabard.server, clientOf(tabard.server, bob.cookie))
    const stands = await heldToken(agent)
    const signedIn = async (): Promise<boolean> => {
      const url = `${tabard.server.publicUrl}/api/v1/session`
      return (await fetch(url, { headers: { cookie: bob.cookie } })).ok
    }
    assert.deepEqual([await stands(), await signedIn()], [true, true])
    const user = { format: "email", email: bob.user.email.toUpperCase() }
    const subject = { format: "complex", user, tenant: { format: "opaque", id: "t" } }
    assert.equal((await push(idp.token(REVOKED, subject))).status, 202)
    assert.deepEqual([await stands(), await signedIn()], [false, false])
    assert.ok(await newSession(tabard.server, bob.user), "they may sign in anew")
  })

  it("CAEP Interop §2.5: know a person by email, and by issuer and subject", async () => {
    const eve = await addPerson(tabard.server, "member")
    const identity = { issuer: "https://login.example", subject: "eve-1" }
    await tabard.server.organisation.shelf.transact(({ bindings }) => bindings.bind(identity, eve.user.id))
    const received = async (subject: object): Promise<unknown> => {
      const { jti } = { jti: `known-${Math.random()}` }
      await push(idp.token(REVOKED, subject, { claims: { jti } }))
      return (await eventOf(jti))["outcome"]
    }
    assert.equal(await received({ format: "email", email: eve.user.email }), "ended")
    assert.equal(await received({ format: "iss_sub", iss: identity.issuer, sub: identity.subject }), "ended")
    assert.equal(
      await received({ format: "iss_sub", iss: idp.issuer, sub: identity.subject }),
      "unknown-subject",
    )
    const several = (email: string) => ({
      format: "aliases",
      identifiers: [
        { format: "email", email: eve.user.email },
        { format: "email", email },
      ],
    })
    const other = await addPerson(tabard.server, "member")
    assert.equal(await received(several("nobody@example.test")), "ended")
    assert.equal(await received(several(other.user.email)), "unknown-subject")
  })

  it("CAEP §3.3: end what is live where a credential was revoked or deleted, and only then", async () => {
    const agent = await activeAgent(tabard.server, ada.api)
    const outcomes = []
    for (const change_type of ["create", "update", "revoke", "delete"]) {
      const jti = `change-${change_type}`
      const said = { [`${CAEP}/credential-change`]: { credential_type: "x509", change_type } }
      await push(idp.token(said, { format: "uri", uri: agent.spiffe }, { claims: { jti } }))
      outcomes.push((await eventOf(jti))["outcome"])
    }
    assert.deepEqual(outcomes, ["nothing", "nothing", "ended", "ended"])
  })

  it("SSF §9.3: take a signal of a subject that is nobody's here, and record that it was ignored", async () => {
    for (const subject of [
      { format: "uri", uri: "spiffe://elsewhere.example/agent/agt_1" },
      { format: "uri", uri: `spiffe://${tabard.server.organisation.organisation.trustDomain}/agent/agt_1` },
      { format: "phone_number", phone_number: "+12065550100" },
      {
        format: "complex",
        user: { format: "complex", user: { format: "email", email: "ada@example.test" } },
      },
      { format: "of-no-standard" },
      {},
    ]) {
      const jti = `nobody-${JSON.stringify(subject).slice(0, 60)}`
      assert.equal((await push(idp.token(REVOKED, subject, { claims: { jti } }))).status, 202)
      assert.equal((await eventOf(jti))["outcome"], "unknown-subject")
    }
  })

  it("RFC8935 §2: take a signal that is sent again as taken, and act on it once", async () => {
    const agent = await activeAgent(tabard.server, ada.api)
    const token = idp.token(REVOKED, { format: "uri", uri: agent.spiffe }, { claims: { jti: "once" } })
    assert.equal((await push(token)).status, 202)
    const stands = await heldToken(agent)
    const answers = await Promise.all(Array.from({ length: 8 }, () => push(token)))
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([202]))
    assert.equal(await stands(), true, "a replay revokes nothing")
    assert.equal((await eventsOf("signal.received")).filter((one) => jtiOf(one) === "once").length, 1)
  })

  const STRANGER = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey
  const REFUSED: readonly (readonly [clause: string, wish: SetWish, err: string])[] = [
    ["SSF §4.1.6: another issuer", { claims: { iss: "https://evil.example" } }, "invalid_issuer"],
    ["SSF §4.1.6: an issuer with a slash more", { claims: { iss: "+/" } }, "invalid_issuer"],
    ["SSF §4.1.8: another audience", { claims: { aud: "https://other.example" } }, "invalid_audience"],
    ["SSF §4.1.8: no audience among several", { claims: { aud: ["a", "b"] } }, "invalid_audience"],
    ["RFC8417 §2.2: no audience", { without: ["aud"] }, "invalid_request"],
    ["RFC8417 §2.2: no iss", { without: ["iss"] }, "invalid_request"],
    ["RFC8417 §2.2: no iat", { without: ["iat"] }, "invalid_request"],
    ["RFC8417 §2.2: no jti", { without: ["jti"] }, "invalid_request"],
    ["RFC8417 §2.2: no events", { without: ["events"] }, "invalid_request"],
    ["SSF §4.1.1: no typ", { without: ["typ"] }, "invalid_request"],
    ["SSF §4.1.1: another typ", { header: { typ: "JWT" } }, "invalid_request"],
    ["SSF §4.1.1: the typ of an access token", { header: { typ: "at+jwt" } }, "invalid_request"],
    ["CAEP Interop §2.6: alg none", { header: { alg: "none" } }, "invalid_request"],
    ["CAEP Interop §2.6: HS256 with the public key", { header: { alg: "HS256" } }, "invalid_request"],
    ["CAEP Interop §2.6: PS256", { header: { alg: "PS256" } }, "invalid_request"],
    [
      "RFC7515 §4.1.11: a critical header that is not known",
      { header: { crit: ["exp"] } },
      "invalid_request",
    ],
    ["RFC7515 §4.1.4: no kid", { without: ["kid"] }, "invalid_request"],
    ["SSF §4.1.4: an unknown kid", { header: { kid: "of-nobody" } }, "invalid_key"],
    ["SSF §4.1.4: a stranger's signature", { key: STRANGER }, "invalid_key"],
    ["SSF §4.1.2: sub", { claims: { sub: "somebody" } }, "invalid_request"],
    ["SSF §4.1.2: sub that is null", { claims: { sub: null } }, "invalid_request"],
    ["SSF §4.1.7: exp", { claims: { exp: 4_000_000_000 } }, "invalid_request"],
    ["SSF §3.1: no sub_id", { without: ["sub_id"] }, "invalid_request"],
    ["SSF §3.1: sub_id that is text", { claims: { sub_id: "ada@example.test" } }, "invalid_request"],
    [
      "CAEP Interop §2.8.1: two events",
      { claims: { events: { ...REVOKED, "urn:x": {} } } },
      "invalid_request",
    ],
    ["CAEP Interop §2.8.1: no event", { claims: { events: {} } }, "invalid_request"],
    ["RFC8417 §2.2: an event that is no object", { claims: { events: { "urn:x": "y" } } }, "invalid_request"],
    ["SSF §4.1: iat of last year", { claims: { iat: 1_600_000_000 } }, "invalid_request"],
    ["SSF §4.1: iat in the future", { claims: { iat: 4_000_000_000 } }, "invalid_request"],
    ["SSF §4.1: iat as text", { claims: { iat: "1600000000" } }, "invalid_request"],
    ["RFC8935 §2: more than is read", { claims: { padding: "x".repeat(70_000) } }, "invalid_request"],
  ]
  for (const [clause, wish, err] of REFUSED)
    it(`are refused: ${clause}`, async () => {
      const agent = await activeAgent(tabard.server, ada.api)
      const stands = await heldToken(agent)
      const claims = wish.claims?.["iss"] === "+/" ? { iss: `${idp.issuer}/` } : wish.claims
      const token = idp.token(
        REVOKED,
        { format: "uri", uri: agent.spiffe },
        { ...wish, ...(claims && { claims }) },
      )
      const answer = await push(token)
      assert.equal(answer.status, 400)
      const said = Object(await answer.json())
      assert.equal(said.err, err, said.description)
      assert.equal(typeof said.description, "string")
      assert.equal(await stands(), true)
    })

  it("RFC8935 §2.3: are refused where the body is no token, or not said to be one", async () => {
    for (const body of ["", "no token", "a.b.c", `${idp.token(REVOKED, {})}.more`]) {
      const answer = await push(body)
      assert.equal(answer.status, 400, body)
      assert.equal(Object(await answer.json()).err, "invalid_request")
    }
    const answer = await push(idp.token(REVOKED, {}), { type: "application/jwt" })
    assert.equal(Object(await answer.json()).err, "invalid_request")
  })

  it("RFC8935 §2.3: are refused to whoever does not hold the source's token", async () => {
    const token = idp.token(REVOKED, { format: "email", email: "ada@example.test" })
    for (const proof of ["", "Bearer ", "Bearer wrong", `Basic ${source.token}`, `DPoP ${source.token}`]) {
      const answer = await push(token, { proof })
      assert.equal(answer.status, 401, proof)
      assert.equal(Object(await answer.json()).err, "authentication_failed")
      assert.match(answer.headers.get("www-authenticate") ?? "", /^Bearer/)
    }
    const last = source.url.endsWith("0") ? "1" : "0"
    const elsewhere = await fetch(`${source.url.slice(0, -1)}${last}`, {
      method: "POST",
      body: token,
      headers: { "content-type": "application/secevent+jwt", authorization: `Bearer ${source.token}` },
    })
    assert.equal(elsewhere.status, 401)
    assert.equal((await fetch(`${source.url}?access_token=${source.token}`, { method: "POST" })).status, 401)
  })

  it("SSF §4.1.4: have unknown keys looked for once in a minute, however often they are named", async () => {
    const before = idp.keysAsked()
    for (let n = 0; n < 5; n++) await push(idp.token(REVOKED, {}, { header: { kid: `unknown ${n}` } }))
    assert.ok(idp.keysAsked() - before <= 1)
  })

  it("are recorded, believed or not, without saying who a stranger is", async () => {
    const jti = "recorded"
    await push(idp.token(REVOKED, { format: "email", email: "stranger@example.test" }, { claims: { jti } }))
    const received = await eventsOf("signal.received")
    assert.ok(received.some((one) => jtiOf(one) === jti))
    assert.ok(!JSON.stringify(received).includes("stranger@example.test"))
    assert.ok((await eventsOf("signal.refused")).length > 0)
    const view = await ada.api.getSignalSource({ id: source.id })
    assert.ok(view.received > 10 && view.refused > 20 && view.receivedAt !== null)
    assert.deepEqual(tabard.faults, [])
  })

  it("wait while their source is paused, and are refused once it was removed", async () => {
    const { issuer, jwksUri } = idp
    const wish = {
      name: "Another",
      issuer,
      jwksUri,
      audience: AUDIENCE,
      delivery: { method: "push" } as const,
    }
    const another = await ada.api.makeSignalSource(wish)
    const send = () =>
      fetch(another.url, {
        method: "POST",
        body: idp.token(REVOKED, {}),
        headers: { "content-type": "application/secevent+jwt", authorization: `Bearer ${another.token}` },
      })
    await ada.api.setSignalSourceState({ id: another.id, state: "paused" })
    const held = await send()
    assert.deepEqual([held.status, held.headers.get("retry-after")], [503, "30"])
    await ada.api.setSignalSourceState({ id: another.id, state: "running" })
    assert.equal((await send()).status, 202)
    await ada.api.removeSignalSource({ id: another.id })
    assert.equal((await send()).status, 401)
  })

  it("RFC8936 §2.4: are fetched too, acted on, and acknowledged; what is not believed is said so", async () => {
    await using other = await startTransmitter()
    const agent = await activeAgent(tabard.server, ada.api)
    const stands = await heldToken(agent)
    const { issuer, jwksUri, pollUrl: url } = other
    const delivery = { method: "poll", url, authorization: "Bearer ours" } as const
    const wish = { name: "Polled", issuer, jwksUri, audience: AUDIENCE, delivery }
    const polled = await ada.api.makeSignalSource(wish)
    await until(() => other.proofs().length > 0)
    const subject = { format: "uri", uri: agent.spiffe }
    other.queue("bad", other.token(REVOKED, subject, { claims: { jti: "bad", exp: 1 } }))
    other.queue("good", other.token(REVOKED, subject, { claims: { jti: "good" } }))
    await until(async () => !(await stands()))
    await until(() => other.acknowledged().includes("good") && other.refused()["bad"] !== undefined)
    assert.equal(other.refused()["bad"]?.err, "invalid_request")
    assert.ok(other.proofs().every((proof) => proof === "Bearer ours"))
    await ada.api.removeSignalSource({ id: polled.id })
  })

  it("tell why a source cannot be asked, and leave it alone for longer each time", async () => {
    const { issuer, jwksUri } = idp
    const delivery = { method: "poll", url: "http://127.0.0.1:9/poll" } as const
    const wish = { name: "Silent", issuer, jwksUri, audience: AUDIENCE, delivery }
    const { id } = await ada.api.makeSignalSource(wish)
    await until(async () => (await ada.api.getSignalSource({ id })).failures > 0)
    const view = await ada.api.getSignalSource({ id })
    assert.ok(view.said !== null && view.nextTryAt !== null)
    await ada.api.removeSignalSource({ id })
  })

  async function eventsOf(type: string): Promise<readonly Record<string, unknown>[]> {
    const { items } = await ada.api.listEvents({ type, limit: 500 })
    return Promise.all(items.map(async ({ id }) => Object((await ada.api.getEvent({ id })).body)))
  }

  async function eventOf(jti: string): Promise<Record<string, unknown>> {
    const found = (await eventsOf("signal.received")).find((one) => jtiOf(one) === jti)
    assert.ok(found, `nothing was recorded of ${jti}`)
    return found
  }
})

function jtiOf(event: Record<string, unknown>): unknown {
  return Object(event["data"])["jti"]
}
