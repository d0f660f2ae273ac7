import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { ManualClock } from "@tabard/core"
import { targetRules } from "../notifications/guard-address.ts"
import { KeysUnavailable } from "./fetch-document.ts"
import type { KeysOf } from "./find-keys.ts"
import { KEYS_COOL_MS, KEYS_FRESH_MS, KEYS_LAST_MS, KEYS_PAUSE_MS, OutsideKeys } from "./outside-keys.ts"
import { issuerKey, type LocalIssuer, startIssuer } from "./testing/local-issuer.ts"

const KEY = await issuerKey("ES256", "one")

describe("the keys of an issuer", () => {
  it("are found by its discovery document, and remembered for five minutes", async () => {
    await using world = await open()
    const { keys, source, issuer, clock } = world
    for (let time = 0; time < 3; time++) assert.deepEqual(await keys.keysOf(source), [KEY.jwk])
    assert.deepEqual(issuer.asked, ["/.well-known/openid-configuration", "/jwks"])
    clock.advance(KEYS_FRESH_MS)
    await keys.keysOf(source)
    assert.equal(issuer.asked.length, 4)
  })

  it("are asked for once by however many wait for them", async () => {
    await using world = await open()
    await Promise.all(Array.from({ length: 20 }, () => world.keys.keysOf(world.source)))
    assert.equal(world.issuer.asked.length, 2)
  })

  it("count on for a quarter of an hour where it cannot be asked, and then no longer", async () => {
    await using world = await open()
    const { keys, source, issuer, clock } = world
    await keys.keysOf(source)
    issuer.answer = (_, response) => Boolean(response.writeHead(503).end())
    clock.advance(KEYS_LAST_MS - 1)
    assert.deepEqual(await keys.keysOf(source), [KEY.jwk])
    clock.advance(1)
    await assert.rejects(keys.keysOf(source), KeysUnavailable)
  })

  it("are not asked for at each request where it cannot be asked: once in ten seconds, until it can", async () => {
    await using world = await open()
    const { keys, source, issuer, clock } = world
    issuer.answer = (_, response) => Boolean(response.writeHead(503).end())
    for (let request = 0; request < 5; request++) await assert.rejects(keys.keysOf(source), /answers 503/)
    assert.equal(issuer.asked.length, 1)
    clock.advance(KEYS_PAUSE_MS - 1)
    await assert.rejects(keys.keysOf(source), KeysUnavailable)
    assert.equal(issuer.asked.length, 1)
    clock.advance(1)
    await assert.rejects(keys.keysOf(source), KeysUnavailable)
    assert.equal(issuer.asked.length, 2)
    issuer.answer = null
    clock.advance(KEYS_PAUSE_MS)
    assert.deepEqual(await keys.keysOf(source), [KEY.jwk])
  })

  it("are waited for by nobody because another issuer cannot be asked", async () => {
    await using world = await open()
    await using other = await startIssuer([KEY])
    world.issuer.answer = (_, response) => Boolean(response.writeHead(503).end())
    await assert.rejects(world.keys.keysOf(world.source), KeysUnavailable)
    assert.deepEqual(await world.keys.keysOf({ ...world.source, issuer: other.url }), [KEY.jwk])
  })

  it("are discovered over https alone, but on loopback outside production", async () => {
    await using world = await open()
    const plain: KeysOf = { ...world.source, issuer: "http://issuer.example" }
    await assert.rejects(world.keys.keysOf(plain), /https/)
    const address = { kind: "address", url: "http://issuer.example/jwks" } as const
    await assert.rejects(world.keys.keysOf({ ...plain, keys: address }), /https/)
    const strict = new OutsideKeys({
      rules: targetRules({ production: true, listed: ["127.0.0.0/8"] }),
      clock: world.clock,
    })
    await assert.rejects(strict.keysOf(world.source), /https/)
    assert.deepEqual(world.issuer.asked, [])
    assert.deepEqual(await world.keys.keysOf(world.source), [KEY.jwk])
  })

  it("are asked for anew for an unknown key, and not again for half a minute", async () => {
    await using world = await open()
    const { keys, source, issuer, clock } = world
    await keys.keysOf(source)
    assert.equal(await keys.newKeysOf(source), undefined)
    clock.advance(KEYS_COOL_MS)
    issuer.keys = []
    await assert.rejects(keys.newKeysOf(source), KeysUnavailable)
    assert.equal(await keys.newKeysOf(source), undefined)
    assert.equal(issuer.asked.length, 4)
  })

  it("that a person put in are asked of nobody", async () => {
    await using world = await open()
    const source: KeysOf = { ...world.source, keys: { kind: "inline", keys: [KEY.jwk] } }
    assert.deepEqual(await world.keys.keysOf(source), [KEY.jwk])
    assert.equal(await world.keys.newKeysOf(source), undefined)
    assert.deepEqual(world.issuer.asked, [])
  })

  const refusals: Readonly<Record<string, (world: World) => void>> = {
    "its discovery document is another issuer's": ({ issuer }) =>
      document(issuer, { issuer: `${issuer.url}/`, jwks_uri: issuer.jwksUrl }),
    "its discovery document names no keys": ({ issuer }) => document(issuer, { issuer: issuer.url }),
    "its discovery document leads to plain http elsewhere": ({ issuer }) =>
      document(issuer, { issuer: issuer.url, jwks_uri: "http://keys.example/jwks" }),
    "its discovery document leads to where the machine's own secrets are": ({ issuer }) =>
      document(issuer, { issuer: issuer.url, jwks_uri: "https://169.254.169.254/latest" }),
    "it redirects": ({ issuer }) => {
      issuer.answer = (_, response) =>
        Boolean(response.writeHead(302, { location: `${issuer.url}/jwks` }).end())
    },
    "it answers more than is read": ({ issuer }) => {
      issuer.answer = (_, response) => Boolean(response.writeHead(200).end("x".repeat(300_000)))
    },
    "it answers no JSON": ({ issuer }) => {
      issuer.answer = (_, response) => Boolean(response.writeHead(200).end("<html>"))
    },
    "it answers one name twice": ({ issuer }) => {
      issuer.answer = (_, response) => Boolean(response.writeHead(200).end('{"issuer":"a","issuer":"b"}'))
    },
    "it has more keys than anybody has": ({ issuer }) => {
      issuer.keys = Array.from({ length: 101 }, () => KEY.jwk)
    },
  }
  for (const [why, spoil] of Object.entries(refusals)) {
    it(`cannot be had where ${why}`, async () => {
      await using world = await open()
      spoil(world)
      await assert.rejects(world.keys.keysOf(world.source), KeysUnavailable)
    })
  }

  it("of an issuer in a network that the operator did not list are not asked for", async () => {
    await using world = await open()
    const keys = new OutsideKeys({ rules: targetRules({ production: true, listed: [] }), clock: world.clock })
    await assert.rejects(keys.keysOf(world.source), KeysUnavailable)
    assert.deepEqual(world.issuer.asked, [])
  })
})

interface World extends AsyncDisposable {
  readonly issuer: LocalIssuer
  readonly keys: OutsideKeys
  readonly clock: ManualClock
  readonly source: KeysOf
}

async function open(): Promise<World> {
  const issuer = await startIssuer([KEY])
  const clock = new ManualClock("2026-11-01T12:00:00.000Z")
  const keys = new OutsideKeys({ rules: targetRules({ production: false, listed: [] }), clock })
  const source: KeysOf = { form: "openid", issuer: issuer.url, keys: { kind: "discovery" } }
  return { issuer, keys, clock, source, [Symbol.asyncDispose]: () => issuer[Symbol.asyncDispose]() }
}

function document(issuer: LocalIssuer, said: object): void {
  issuer.answer = (path, response) =>
    path.includes("openid-configuration") && Boolean(response.writeHead(200).end(JSON.stringify(said)))
}
