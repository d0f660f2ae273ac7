import assert from "node:assert/strict"
import { randomBytes } from "node:crypto"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { postgresMissing, startPostgresCluster } from "@tabard/store/testing"
import { freePort } from "../world/free-port.ts"
import { rawRequest } from "../world/raw-request.ts"
import { type RunningTabard, runTabard, type SignedInPerson, signInFirst } from "../world/running-tabard.ts"
import { AUDIENCE, CAEP, type SignalTransmitter, startTransmitter } from "../world/signal-transmitter.ts"
import { activeAgent, claimsIn, heldToken, startReceiver } from "../world/signal-world.ts"
import { until } from "../world/until.ts"

/** How many signals are sent, one after another. How soon each acts is a figure: npm run bench, revocation. */
const SENT = 3

describe("signals where two replicas serve one organisation", { skip: postgresMissing() }, () => {
  const stack = new AsyncDisposableStack()
  let one: RunningTabard
  let other: RunningTabard
  let ada: SignedInPerson
  let idp: SignalTransmitter

  before(async () => {
    const store = await stack.use(await startPostgresCluster()).createDatabase()
    const folder = await mkdtemp(join(tmpdir(), "tabard-replicas-"))
    stack.defer(() => rm(folder, { recursive: true, force: true }))
    const kek = join(folder, "kek")
    await writeFile(kek, randomBytes(32).toString("base64"), { mode: 0o600 })
    const env = { TABARD_KEK_FILE: kek }
    // One address for both, as behind a balancer: an agent's token is for that.
    const port = await freePort()
    one = stack.use(await runTabard({ store, env, port }))
    const publicUrl = one.server.publicUrl
    other = stack.use(await runTabard({ store, env, publicUrl, roles: ["control", "issuer", "gateway"] }))
    ada = await signInFirst(one.server, "Ada")
    idp = stack.use(await startTransmitter())
  })
  after(() => stack.disposeAsync())

  it("end at one what was heard by the other", async () => {
    const { issuer, jwksUri } = idp
    const wish = { name: "The provider", issuer, jwksUri, audience: AUDIENCE }
    const { url, token } = await ada.api.makeSignalSource({ ...wish, delivery: { method: "push" } })
    const agent = await activeAgent(one.server, ada.api)
    for (let n = 0; n < SENT; n++) {
      const stands = await heldToken(agent)
      assert.equal(await stands(), true)
      const body = idp.token({ [`${CAEP}/session-revoked`]: {} }, { format: "uri", uri: agent.spiffe })
      // By the other replica, under the name that both have.
      const answer = await rawRequest(other.server.address, {
        method: "POST",
        path: new URL(url).pathname,
        body,
        headers: {
          host: new URL(one.server.publicUrl).host,
          "content-type": "application/secevent+jwt",
          authorization: `Bearer ${token}`,
        },
      })
      assert.equal(answer.status, 202, answer.text)
      await until(async () => !(await stands()))
    }
  })

  it("tell a receiver each signal once, although both look at the record", async () => {
    await using receiver = await startReceiver()
    const delivery = { method: "push", url: receiver.url } as const
    await ada.api.makeSignalStream({ name: "SIEM", types: ["account-disabled"], form: "uri", delivery })
    const stopped: string[] = []
    for (let n = 0; n < 6; n++) {
      const { id, spiffe } = await activeAgent(one.server, ada.api)
      await ada.api.suspendAgent({ id, reason: "x" })
      stopped.push(spiffe)
    }
    await until(() => receiver.taken.length >= stopped.length)
    const told = receiver.taken.map((each) => Object(claimsIn(each)["sub_id"]).uri)
    assert.deepEqual(told, stopped)
    assert.deepEqual([one.faults, other.faults], [[], []])
  })
})
