import assert from "node:assert/strict"
import { createPublicKey, verify } from "node:crypto"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { SIGNAL_KINDS } from "@tabard/api"
import { addPerson } from "../world/people.ts"
import { type RunningTabard, runTabard, type SignedInPerson, signInFirst } from "../world/running-tabard.ts"
import { CAEP, RISC } from "../world/signal-transmitter.ts"
import { activeAgent, claimsIn, clientOf, eventIn, heldToken, startReceiver } from "../world/signal-world.ts"
import { until } from "../world/until.ts"

const SSF = "https://schemas.openid.net/secevent/ssf/event-type"
const PUSH = "urn:ietf:rfc:8935"
const POLL = "urn:ietf:rfc:8936"

type Configuration = Readonly<Record<string, unknown>> & { readonly stream_id: string }
type Sets = Readonly<Record<string, string>>

describe("signals that are transmitted", () => {
  let tabard: RunningTabard
  let ada: SignedInPerson
  let token: string
  let other: string

  before(async () => {
    tabard = await runTabard()
    ada = await signInFirst(tabard.server, "Ada")
    token = await receiverToken("ssf.manage")
    other = await receiverToken("ssf.manage")
  })
  after(() => tabard[Symbol.asyncDispose]())

  async function receiverToken(...scopes: string[]): Promise<string> {
    const wish = { purpose: "A receiver", role: "auditor", scopes, days: 1 } as const
    return (await ada.api.makeApiToken(wish)).token
  }

  const ask = (method: string, path: string, body?: unknown, proof = token): Promise<Response> =>
    fetch(`${tabard.server.publicUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${proof}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })

  async function makeStream(wish: object = {}, proof = token): Promise<Configuration> {
    const answer = await ask("POST", "/ssf/streams", wish, proof)
    assert.equal(answer.status, 201, await answer.clone().text())
    return Object(await answer.json())
  }

  async function remove({ stream_id: id }: Configuration, proof = token): Promise<void> {
    assert.equal((await ask("DELETE", `/ssf/streams?stream_id=${id}`, undefined, proof)).status, 204)
  }

  async function poll({ stream_id: id }: Configuration, asked: object = {}, proof = token): Promise<Sets> {
    const answer = await ask("POST", `/ssf/poll/${id}`, { returnImmediately: true, ...asked }, proof)
    assert.equal(answer.status, 200, await answer.clone().text())
    return Object(await answer.json()).sets
  }

  /** Fetches and acknowledges until nothing comes any more for a while that matches; answers the tokens in order. */
  async function fetchUntil(
    stream: Configuration,
    enough: (tokens: readonly string[]) => boolean,
  ): Promise<string[]> {
    const tokens: string[] = []
    let ack: readonly string[] = []
    await until(async () => {
      const sets = await poll(stream, { ack })
      ack = Object.keys(sets)
      tokens.push(...Object.values(sets))
      return enough(tokens)
    })
    await poll(stream, { ack, maxEvents: 0 })
    return tokens
  }

  it("CAEP Interop §2.3: describe the transmitter, to everybody", async () => {
    const answer = await fetch(`${tabard.server.publicUrl}/.well-known/ssf-configuration`)
    assert.equal(answer.status, 200)
    assert.match(answer.headers.get("content-type") ?? "", /^application\/json/)
    const issuer = tabard.server.publicUrl
    assert.deepEqual(await answer.json(), {
      spec_version: "1_0",
      issuer,
      jwks_uri: `${issuer}/ssf/jwks.json`,
      delivery_methods_supported: [PUSH, POLL],
      configuration_endpoint: `${issuer}/ssf/streams`,
      status_endpoint: `${issuer}/ssf/status`,
      add_subject_endpoint: `${issuer}/ssf/subjects/add`,
      remove_subject_endpoint: `${issuer}/ssf/subjects/remove`,
      verification_endpoint: `${issuer}/ssf/verification`,
      authorization_schemes: [{ spec_urn: "urn:ietf:rfc:6749" }, { spec_urn: "urn:ietf:rfc:6750" }],
      default_subjects: "ALL",
    })
  })

  it("CAEP Interop §2.6: publish an RSA key of 2,048 bits, and nothing of its private half", async () => {
    const { keys } = Object(await (await fetch(`${tabard.server.publicUrl}/ssf/jwks.json`)).json())
    assert.equal(keys.length, 1)
    assert.deepEqual(Object.keys(keys[0]).toSorted(), ["alg", "e", "kid", "kty", "n", "use"])
    assert.deepEqual([keys[0].kty, keys[0].alg], ["RSA", "RS256"])
    assert.equal(Buffer.from(keys[0].n, "base64url").length, 256)
  })

  it("SSF §8.1.1.1: make a stream that is pushed, or that is polled where nobody says how", async () => {
    const delivery = { method: PUSH, endpoint_url: "https://receiver.example/events" }
    const requested = [`${CAEP}/session-revoked`, "urn:of:nobody"]
    const pushed = await makeStream({ delivery, events_requested: requested, description: "The SIEM" })
    assert.equal(pushed["iss"], tabard.server.publicUrl)
    assert.equal(typeof pushed["aud"], "string")
    assert.deepEqual(pushed["events_requested"], requested)
    assert.deepEqual(pushed["events_delivered"], [`${CAEP}/session-revoked`])
    assert.deepEqual([pushed["delivery"], pushed["description"]], [delivery, "The SIEM"])
    const polled = await makeStream()
    const endpoint_url = `${tabard.server.publicUrl}/ssf/poll/${polled.stream_id}`
    assert.deepEqual(polled["delivery"], { method: POLL, endpoint_url })
    assert.deepEqual(polled["events_delivered"], polled["events_supported"])
    assert.equal(Object(polled["events_supported"]).length, SIGNAL_KINDS.length)
    assert.notEqual(polled.stream_id, pushed.stream_id)
    for (const one of [pushed, polled]) await remove(one)
  })

  it("SSF §8.1.1.1: answer 400 to what cannot be made a stream of", async () => {
    const wishes: readonly unknown[] = [
      [],
      "text",
      { events_requested: [] },
      { events_requested: ["urn:of:nobody"] },
      { delivery: { method: "urn:ietf:rfc:1" } },
      { delivery: { method: PUSH } },
      { delivery: { method: PUSH, endpoint_url: "ftp://receiver.example" } },
      { delivery: { method: PUSH, endpoint_url: "https://169.254.169.254/latest" } },
      { delivery: { method: PUSH, endpoint_url: "https://somebody:secret@receiver.example" } },
    ]
    for (const wish of wishes) {
      const answer = await ask("POST", "/ssf/streams", wish)
      assert.equal(answer.status, 400, JSON.stringify(wish))
    }
  })

  it("SSF §8.1.1.2: show a receiver its own streams and no other's, and an empty list where there are none", async () => {
    const stream = await makeStream()
    const mine = await ask("GET", `/ssf/streams?stream_id=${stream.stream_id}`)
    assert.deepEqual([mine.status, await mine.json()], [200, stream])
    assert.equal(mine.headers.get("cache-control"), "no-store")
    assert.deepEqual(await (await ask("GET", "/ssf/streams")).json(), [stream])
    assert.deepEqual(await (await ask("GET", "/ssf/streams", undefined, other)).json(), [])
    const id = `stream_id=${stream.stream_id}`
    const named = { stream_id: stream.stream_id }
    const theirs = [
      ask("GET", `/ssf/streams?${id}`, undefined, other),
      ask("DELETE", `/ssf/streams?${id}`, undefined, other),
      ask("PATCH", "/ssf/streams", named, other),
      ask("PUT", "/ssf/streams", named, other),
      ask("GET", `/ssf/status?${id}`, undefined, other),
      ask("POST", "/ssf/status", { ...named, status: "disabled" }, other),
      ask("POST", "/ssf/verification", named, other),
      ask("POST", "/ssf/subjects/add", { ...named, subject: { format: "email", email: "a@b.c" } }, other),
      ask("POST", "/ssf/subjects/remove", { ...named, subject: { format: "email", email: "a@b.c" } }, other),
      ask("POST", `/ssf/poll/${stream.stream_id}`, { returnImmediately: true }, other),
    ]
    for (const answer of await Promise.all(theirs)) assert.equal(answer.status, 404, answer.url)
    await remove(stream)
  })

  it("SSF §8.1.1.3: change what is named and nothing else, and refuse what is the transmitter's", async () => {
    const stream = await makeStream({ description: "Before" })
    const id = { stream_id: stream.stream_id }
    const answer = await ask("PATCH", "/ssf/streams", { ...stream, description: "After" })
    assert.deepEqual(await answer.json(), { ...stream, description: "After" })
    const fewer = [`${RISC}/account-disabled`]
    const narrowed = Object(
      await (await ask("PATCH", "/ssf/streams", { ...id, events_requested: fewer })).json(),
    )
    assert.deepEqual([narrowed.events_delivered, narrowed.description], [fewer, "After"])
    const ours = [
      { iss: "https://evil.example" },
      { aud: "me" },
      { events_delivered: [] },
      { events_supported: [] },
    ]
    for (const change of [...ours, { min_verification_interval: 0 }, { events_requested: [] }])
      assert.equal(
        (await ask("PATCH", "/ssf/streams", { ...id, ...change })).status,
        400,
        JSON.stringify(change),
      )
    assert.equal((await ask("PATCH", "/ssf/streams", { description: "x" })).status, 400)
    assert.equal((await ask("PATCH", "/ssf/streams", { stream_id: "of-nobody" })).status, 404)
    await remove(stream)
  })

  it("SSF §8.1.1.4: replace a stream: what is left out is as it is of a new one", async () => {
    const delivery = { method: PUSH, endpoint_url: "https://receiver.example/events" }
    const stream = await makeStream({ delivery, description: "Before" })
    const id = { stream_id: stream.stream_id }
    const replaced = Object(await (await ask("PUT", "/ssf/streams", id)).json())
    assert.equal(replaced.delivery.method, POLL)
    assert.equal(replaced.description, undefined)
    assert.deepEqual(replaced.events_delivered, replaced.events_supported)
    assert.equal((await ask("PUT", "/ssf/streams", { ...id, aud: "somebody else" })).status, 400)
    await remove(stream)
  })

  it("SSF §8.1.1.5: delete a stream, once", async () => {
    const { stream_id: id } = await makeStream()
    const gone = await ask("DELETE", `/ssf/streams?stream_id=${id}`)
    assert.deepEqual([gone.status, await gone.text()], [204, ""])
    assert.equal((await ask("DELETE", `/ssf/streams?stream_id=${id}`)).status, 404)
    assert.equal((await ask("DELETE", "/ssf/streams")).status, 400)
  })

  it("CAEP Interop §2.7.3: take a token in the header alone, one that is live, and that is enough", async () => {
    const url = `${tabard.server.publicUrl}/ssf/streams`
    const nobody = await fetch(url)
    assert.equal(nobody.status, 401)
    assert.match(nobody.headers.get("www-authenticate") ?? "", /^Bearer/)
    const unknown = await fetch(url, { headers: { authorization: "Bearer tbd_unknown" } })
    assert.equal(unknown.status, 401)
    assert.match(unknown.headers.get("www-authenticate") ?? "", /error="invalid_token"/)
    assert.equal((await fetch(`${url}?access_token=${token}`)).status, 401)
    assert.equal((await fetch(url, { headers: { cookie: ada.cookie() } })).status, 401)
    const reads = await receiverToken("ssf.read")
    assert.equal((await fetch(url, { headers: { authorization: `Bearer ${reads}` } })).status, 200)
    const refused = await ask("POST", "/ssf/streams", {}, reads)
    assert.equal(refused.status, 403)
    assert.match(refused.headers.get("www-authenticate") ?? "", /error="insufficient_scope"/)
    const elsewhere = await receiverToken("agents:read")
    assert.equal((await fetch(url, { headers: { authorization: `Bearer ${elsewhere}` } })).status, 403)
    const made = await ada.api.makeApiToken({ purpose: "x", role: "auditor", scopes: ["ssf.read"], days: 1 })
    await ada.api.revokeApiToken({ id: made.id, reason: "over" })
    assert.equal((await ask("GET", "/ssf/streams", undefined, made.token)).status, 401)
  })

  it("RFC8417 §2.2: are signed tokens of one event, without sub and exp", async () => {
    const stream = await makeStream()
    const agent = await activeAgent(tabard.server, ada.api)
    await ada.api.suspendAgent({ id: agent.id, reason: "a secret reason" })
    const tokens = await fetchUntil(stream, (all) =>
      all.some((one) => eventIn(one)[0].endsWith("account-disabled")),
    )
    const { keys } = Object(await (await fetch(`${tabard.server.publicUrl}/ssf/jwks.json`)).json())
    const key = createPublicKey({ key: keys[0], format: "jwk" })
    for (const one of tokens) {
      const [header = "", body = "", signature = ""] = one.split(".")
      assert.ok(verify("sha256", Buffer.from(`${header}.${body}`), key, Buffer.from(signature, "base64url")))
      const stated = JSON.parse(Buffer.from(header, "base64url").toString("utf8"))
      assert.deepEqual(stated, { alg: "RS256", kid: keys[0].kid, typ: "secevent+jwt" })
      const payload = claimsIn(one)
      assert.deepEqual([payload["iss"], payload["aud"]], [tabard.server.publicUrl, stream["aud"]])
      assert.deepEqual(
        ["sub", "exp"].filter((name) => name in payload),
        [],
      )
      assert.equal(Object.keys(Object(payload["events"])).length, 1)
      assert.match(String(payload["jti"]), /^sig_/)
      assert.match(String(payload["txn"]), /^evt_/)
      assert.ok(!JSON.stringify(payload).includes("a secret reason"))
      const [, said] = eventIn(one)
      assert.ok(Object(said["reason_admin"]).en.length > 0, "CAEP Interop §3.1: reason_admin is not empty")
    }
    await remove(stream)
  })

  it("tell of keys, suspensions, resumptions and people who left, by the names that CAEP and RISC have", async () => {
    const stream = await makeStream()
    const bob = await addPerson(tabard.server, "administrator")
    const agent = await activeAgent(tabard.server, clientOf(tabard.server, bob.cookie))
    await ada.api.suspendAgent({ id: agent.id, reason: "x" })
    await ada.api.resumeAgent({ id: agent.id, reason: "x" })
    await ada.api.deactivatePerson({ id: bob.user.id, reason: "left" })
    const tokens = await fetchUntil(stream, (all) => all.length >= 7)
    const about = tokens.map((one) => [eventIn(one)[0].split("/").at(-1), Object(claimsIn(one)["sub_id"])])
    const whole = { format: "uri", uri: agent.spiffe }
    const person = { format: "email", email: bob.user.email }
    assert.equal(about[0]?.[0], "credential-change")
    assert.match(about[0]?.[1].uri, new RegExp(`^${agent.spiffe}/instance/ins_`))
    assert.deepEqual(about.slice(1), [
      ["account-disabled", whole],
      ["session-revoked", whole],
      ["account-enabled", whole],
      ["account-disabled", person],
      ["session-revoked", person],
      ["session-revoked", whole],
    ])
    const [, created] = eventIn(tokens[0] ?? "")
    assert.deepEqual([created["change_type"], created["credential_type"]], ["create", "public-key"])
    assert.ok(Math.abs(Number(created["event_timestamp"]) - Date.now() / 1000) < 60)
    await remove(stream)
  })

  it("CAEP §3.8: tell that an agent's risk came into another band", async () => {
    const stream = await makeStream({ events_requested: [`${CAEP}/risk-level-change`] })
    const agent = await activeAgent(tabard.server, ada.api)
    const before = (await ada.api.getAgent({ id: agent.id })).risk?.band
    await tabard.server.organisation.shelf.transact((tx) =>
      tx.risks.put({ agent: agent.id, at: new Date(), score: 95, low: 95, high: 95, sides: null }),
    )
    await ada.api.suspendAgent({ id: agent.id, reason: "its risk is looked at anew" })
    const [token1 = ""] = await fetchUntil(stream, (all) => all.length > 0)
    const [, said] = eventIn(token1)
    assert.deepEqual(
      [said["principal"], said["previous_level"], said["current_level"]],
      ["AGENT", "HIGH", before === "medium" ? "MEDIUM" : "LOW"],
    )
    await remove(stream)
  })

  it("SSF §8.1.3: tell of no subject that was taken out, by whichever of its names, until it is added again", async () => {
    const stream = await makeStream({
      events_requested: [`${RISC}/account-disabled`],
      subject_format: "iss_sub",
    })
    const [one, two] = [await activeAgent(tabard.server, ada.api), await activeAgent(tabard.server, ada.api)]
    const named = { stream_id: stream.stream_id }
    const choose = async (act: string, subject: object): Promise<number> =>
      (await ask("POST", `/ssf/subjects/${act}`, { ...named, subject })).status
    assert.equal(await choose("remove", { format: "uri", uri: one.spiffe }), 204)
    assert.equal(await choose("remove", { format: "email", email: "nobody@example.test" }), 204)
    const stop = async (id: string): Promise<void> => {
      await ada.api.suspendAgent({ id, reason: "x" })
      await ada.api.resumeAgent({ id, reason: "x" })
    }
    await stop(one.id)
    await stop(two.id)
    const subjects = async (many: number): Promise<unknown[]> =>
      (await fetchUntil(stream, (all) => all.length >= many)).map((each) => claimsIn(each)["sub_id"])
    const iss = tabard.server.publicUrl
    assert.deepEqual(await subjects(1), [{ format: "iss_sub", iss, sub: two.spiffe }])
    assert.equal(await choose("add", { format: "uri", uri: one.spiffe }), 200)
    await stop(one.id)
    assert.deepEqual(await subjects(1), [{ format: "iss_sub", iss, sub: one.spiffe }])
    for (const wrong of [{}, { email: "a@b.c" }, "text"])
      assert.equal((await ask("POST", "/ssf/subjects/add", { ...named, subject: wrong })).status, 400)
    await remove(stream)
  })

  it("SSF §8.1.4: put a verification event into a stream, with the state that was sent, once in a while", async () => {
    const stream = await makeStream()
    const named = { stream_id: stream.stream_id }
    const answer = await ask("POST", "/ssf/verification", { ...named, state: "VGhpcw" })
    assert.deepEqual([answer.status, await answer.text()], [204, ""])
    assert.equal((await ask("POST", "/ssf/verification", named)).status, 429)
    const [verification = ""] = Object.values(await poll(stream))
    assert.deepEqual(eventIn(verification), [`${SSF}/verification`, { state: "VGhpcw" }])
    assert.deepEqual(claimsIn(verification)["sub_id"], { format: "opaque", id: stream.stream_id })
    await remove(stream)
  })

  it("SSF §8.1.2: hold what comes while a stream is paused, and nothing while it is disabled", async () => {
    const stream = await makeStream({ events_requested: [`${RISC}/account-disabled`] })
    const named = { stream_id: stream.stream_id }
    const status = async (to: string): Promise<void> => {
      const answer = await ask("POST", "/ssf/status", { ...named, status: to, reason: "maintenance" })
      assert.deepEqual(await answer.json(), { ...named, status: to, reason: "maintenance" })
      const read = await ask("GET", `/ssf/status?stream_id=${stream.stream_id}`)
      assert.deepEqual(await read.json(), { ...named, status: to, reason: "maintenance" })
    }
    const stopped = async (): Promise<string> => {
      const { id, spiffe } = await activeAgent(tabard.server, ada.api)
      await ada.api.suspendAgent({ id, reason: "x" })
      return spiffe
    }
    await status("paused")
    const held = await stopped()
    await until(async () => (await viewOf(stream)).waiting === 1)
    assert.deepEqual(await poll(stream), {})
    await status("enabled")
    const [first = ""] = Object.values(await poll(stream))
    assert.deepEqual(claimsIn(first)["sub_id"], { format: "uri", uri: held })
    await status("disabled")
    assert.equal((await viewOf(stream)).waiting, 0, "what waited is given up")
    const lost = await stopped()
    while ((await tabard.server.publish()) > 0);
    await status("enabled")
    const kept = await stopped()
    const tokens = await fetchUntil(stream, (all) => all.length > 0)
    assert.deepEqual(
      tokens.map((one) => Object(claimsIn(one)["sub_id"]).uri),
      [kept],
    )
    assert.notEqual(lost, kept)
    for (const wrong of ["off", 1, null])
      assert.equal((await ask("POST", "/ssf/status", { ...named, status: wrong })).status, 400)
    await remove(stream)
  })

  it("SSF §8.1.5: tell a receiver in the stream where somebody here paused it", async () => {
    const stream = await makeStream()
    await ada.api.setSignalStreamStatus({ id: stream.stream_id, status: "paused" })
    const [updated = ""] = Object.values(await poll(stream))
    assert.deepEqual(eventIn(updated), [`${SSF}/stream-updated`, { status: "paused" }])
    assert.deepEqual(claimsIn(updated)["sub_id"], { format: "opaque", id: stream.stream_id })
    await remove(stream)
  })

  it("RFC8936 §2.2: answer as many as are asked for, and tell whether there are more", async () => {
    const stream = await makeStream({ events_requested: [`${CAEP}/credential-change`] })
    for (let n = 0; n < 3; n++) await activeAgent(tabard.server, ada.api)
    await until(async () => (await viewOf(stream)).waiting === 3)
    const answer = async (asked: object): Promise<[number, unknown]> => {
      const response = await ask("POST", `/ssf/poll/${stream.stream_id}`, {
        returnImmediately: true,
        ...asked,
      })
      const { sets, moreAvailable } = Object(await response.json())
      return [Object.keys(sets).length, moreAvailable]
    }
    assert.deepEqual(await answer({ maxEvents: 2 }), [2, true])
    assert.deepEqual(await answer({ maxEvents: 3 }), [3, false])
    assert.deepEqual(await answer({ maxEvents: 0 }), [0, false])
    for (const wrong of [{ maxEvents: -1 }, { maxEvents: "2" }, { ack: "x" }, { setErrs: [] }, { ack: [1] }])
      assert.equal(
        (await ask("POST", `/ssf/poll/${stream.stream_id}`, wrong)).status,
        400,
        JSON.stringify(wrong),
      )
    await remove(stream)
  })

  it("RFC8936 §2.4: answer a signal again and again until it is acknowledged or refused, and then no more", async () => {
    const stream = await makeStream({ events_requested: [`${CAEP}/credential-change`] })
    await activeAgent(tabard.server, ada.api)
    await activeAgent(tabard.server, ada.api)
    await until(async () => Object.keys(await poll(stream)).length === 2)
    const [first = "", second = ""] = Object.keys(await poll(stream))
    assert.deepEqual(Object.keys(await poll(stream, { ack: [first] })), [second])
    assert.deepEqual(Object.keys(await poll(stream, { ack: [first, "of-nobody"] })), [second])
    const refusal = { err: "invalid_request", description: "it is not for us" }
    assert.deepEqual(await poll(stream, { setErrs: { [second]: refusal } }), {})
    const view = await viewOf(stream)
    assert.deepEqual([view.waiting, view.refused], [0, 1])
    const [event] = (await ada.api.listEvents({ type: "signal.undelivered" })).items
    assert.match(event?.sentence ?? "", /would not have a signal: invalid_request/)
    await remove(stream)
  })

  it("RFC8936 §2.2: hold a request until a signal comes, where it is not to be answered at once", async () => {
    const stream = await makeStream({ events_requested: [`${CAEP}/credential-change`] })
    const waiting = poll(stream, { returnImmediately: false })
    await activeAgent(tabard.server, ada.api)
    assert.equal(Object.keys(await waiting).length, 1)
    await remove(stream)
  })

  it("RFC8935 §2.1: are pushed as secevent+jwt, with the header that the receiver gave, and told to nobody else", async () => {
    await using receiver = await startReceiver()
    const delivery = {
      method: PUSH,
      endpoint_url: receiver.url,
      authorization_header: "Bearer c4nary-of-theirs",
    }
    const stream = await makeStream({ delivery, events_requested: [`${CAEP}/credential-change`] })
    assert.ok(!JSON.stringify(stream).includes("c4nary"))
    await activeAgent(tabard.server, ada.api)
    await until(() => receiver.taken.length === 1)
    const [request] = receiver.requests
    assert.equal(request?.headers["content-type"], "application/secevent+jwt")
    assert.equal(request?.headers["accept"], "application/json")
    assert.equal(request?.headers["authorization"], "Bearer c4nary-of-theirs")
    assert.deepEqual(Object.keys(Object(claimsIn(receiver.taken[0] ?? "")["events"])), [
      `${CAEP}/credential-change`,
    ])
    await until(async () => (await viewOf(stream)).waiting === 0)
    const shown = JSON.stringify([await viewOf(stream), await ada.api.listEvents({ limit: 500 })])
    assert.ok(!shown.includes("c4nary"))
    await remove(stream)
  })

  it("SSF §6.1.1: carry a header to no other address than the one that it was given for", async () => {
    await using receiver = await startReceiver()
    const delivery = {
      method: PUSH,
      endpoint_url: "https://receiver.example/events",
      authorization_header: "Bearer x",
    }
    const stream = await makeStream({ delivery, events_requested: [`${CAEP}/credential-change`] })
    const moved = { stream_id: stream.stream_id, delivery: { method: PUSH, endpoint_url: receiver.url } }
    assert.equal((await ask("PATCH", "/ssf/streams", moved)).status, 200)
    await activeAgent(tabard.server, ada.api)
    await until(() => receiver.taken.length === 1)
    assert.equal(receiver.requests[0]?.headers["authorization"], undefined)
    await remove(stream)
  })

  it("RFC8935 §2.4: set aside what a receiver will never take, and go on with the next", async () => {
    await using receiver = await startReceiver()
    receiver.answer = { status: 400, body: { err: "invalid_request", description: "it is malformed" } }
    const delivery = { method: PUSH, endpoint_url: receiver.url }
    const stream = await makeStream({ delivery, events_requested: [`${CAEP}/credential-change`] })
    await activeAgent(tabard.server, ada.api)
    await until(async () => (await viewOf(stream)).refused === 1)
    receiver.answer = { status: 202 }
    await activeAgent(tabard.server, ada.api)
    await until(() => receiver.taken.length === 1)
    await remove(stream)
  })

  it("RFC8935 §2.4: keep what a receiver refuses for what can be put right, and say why", async () => {
    await using receiver = await startReceiver()
    receiver.answer = { status: 400, body: { err: "invalid_key" } }
    const delivery = { method: PUSH, endpoint_url: receiver.url }
    const stream = await makeStream({ delivery, events_requested: [`${CAEP}/credential-change`] })
    await activeAgent(tabard.server, ada.api)
    await until(async () => (await viewOf(stream)).failures === 1)
    const view = await viewOf(stream)
    assert.deepEqual([view.waiting, view.refused, view.said], [1, 0, "it answered 400: invalid_key"])
    assert.ok(view.nextTryAt !== null)
    receiver.answer = { status: 202 }
    await ada.api.setSignalStreamStatus({ id: stream.stream_id, status: "paused" })
    await ada.api.setSignalStreamStatus({ id: stream.stream_id, status: "enabled" })
    await until(async () => (await viewOf(stream)).waiting === 0)
    assert.equal(receiver.taken.length, 3)
    await remove(stream)
  })

  it("answer 404 to what is nothing of theirs, and not with the console", async () => {
    for (const [method, path] of [
      ["GET", "/ssf/nothing"],
      ["PUT", "/ssf/status"],
    ] as const) {
      const answer = await ask(method, path)
      assert.equal(answer.status, 404, path)
    }
  })

  it("have no faults of ours", () => assert.deepEqual(tabard.faults, []))

  async function viewOf({ stream_id: id }: Configuration) {
    return ada.api.getSignalStream({ id })
  }
})

describe("signals and what stops", () => {
  it("lose nothing and keep their order where a receiver is down and the server is stopped meanwhile", async () => {
    const data = await mkdtemp(join(tmpdir(), "tabard-signals-"))
    const stopped: string[] = []
    let port = 0
    const run = async (work: (tabard: RunningTabard) => Promise<void>): Promise<void> => {
      await using tabard = await runTabard({ data, port })
      port = Number(new URL(tabard.server.publicUrl).port)
      await work(tabard)
    }
    await using place = await startReceiver()
    const receiverPort = Number(new URL(place.url).port)
    let cookie = ""
    await run(async (tabard) => {
      const ada = await signInFirst(tabard.server, "Ada")
      cookie = ada.cookie()
      const delivery = { method: "push", url: place.url } as const
      await ada.api.makeSignalStream({ name: "SIEM", types: ["account-disabled"], form: "uri", delivery })
      stopped.push(await stopOne(tabard, cookie))
      await until(() => place.taken.length === 1)
      await place[Symbol.asyncDispose]()
      stopped.push(await stopOne(tabard, cookie))
      const { items } = await ada.api.listSignalStreams({})
      await until(async () => ((await ada.api.getSignalStream({ id: items[0]?.id ?? "" })).failures ?? 0) > 0)
      stopped.push(await stopOne(tabard, cookie))
    })
    await using again = await startReceiver(receiverPort)
    await run(async (tabard) => {
      stopped.push(await stopOne(tabard, cookie))
      await until(() => place.taken.length + again.taken.length >= 4)
    })
    const taken = [...place.taken, ...again.taken]
    assert.deepEqual(
      taken.map((token) => Object(claimsIn(token)["sub_id"]).uri),
      stopped,
    )
    assert.equal(new Set(taken.map((token) => claimsIn(token)["jti"])).size, 4)
    await rm(data, { recursive: true, force: true })
  })

  async function stopOne(tabard: RunningTabard, cookie: string): Promise<string> {
    const api = clientOf(tabard.server, cookie)
    const { id, spiffe } = await activeAgent(tabard.server, api)
    await api.suspendAgent({ id, reason: "x" })
    return spiffe
  }
})

describe("signals between two servers", () => {
  for (const method of ["push", "poll"] as const)
    it(`end at one what another says, by ${method}`, async () => {
      await using here = await runTabard()
      await using there = await runTabard()
      const [ada, eve] = [await signInFirst(here.server, "Ada"), await signInFirst(there.server, "Eve")]
      const audience = "https://there.example"
      const wish = {
        name: "Here",
        issuer: here.server.publicUrl,
        audience,
        jwksUri: `${here.server.publicUrl}/ssf/jwks.json`,
      }
      const types = ["account-disabled", "session-revoked"] as const
      if (method === "push") {
        const source = await eve.api.makeSignalSource({ ...wish, delivery: { method } })
        const delivery = { method, url: source.url, authorization: `Bearer ${source.token}` } as const
        await ada.api.makeSignalStream({ name: "There", types, form: "iss_sub", audience, delivery })
      } else {
        const made = { purpose: "There", role: "auditor", scopes: ["ssf.manage"], days: 1 } as const
        const { token, id: receiver } = await ada.api.makeApiToken(made)
        const stream = { name: "There", types, form: "uri", audience, receiver } as const
        const { url } = await ada.api.makeSignalStream({ ...stream, delivery: { method } })
        await eve.api.makeSignalSource({
          ...wish,
          delivery: { method, url, authorization: `Bearer ${token}` },
        })
      }
      // The same person is somebody at both.
      const same = await addPerson(there.server, "administrator")
      const agent = await activeAgent(there.server, clientOf(there.server, same.cookie))
      const stands = await heldToken(agent)
      assert.equal(await stands(), true)
      await here.server.organisation.shelf.transact(({ users }) => users.insert(same.user))
      await ada.api.deactivatePerson({ id: same.user.id, reason: "left" })
      await until(async () => !(await stands()))
      const received = (await eve.api.listEvents({ type: "signal.received" })).items
      assert.ok(received.length > 0)
      assert.deepEqual([here.faults, there.faults], [[], []])
    })
})
