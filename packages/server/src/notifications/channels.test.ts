import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { rotateChannel } from "@tabard/control"
import { Webhook } from "standardwebhooks"
import { targetRules } from "./guard-address.ts"
import { postJson } from "./post-json.ts"
import { RETRY_AFTER_MS } from "./retry.ts"
import { type Received, startReceiver } from "./testing/receiver.ts"
import { openSendingWorld } from "./testing/sending-world.ts"

const HOSTILE = "<!channel> *bold* @here </b><script>x</script>\r\nBcc: all@acme.example \u202Eevil"

describe("a webhook", () => {
  it("is signed so that another's library verifies it, and not with another secret or a changed body", async () => {
    await using receiver = await startReceiver()
    await using world = await openSendingWorld()
    const { secret } = await world.channel({ url: receiver.url })
    await world.happen(null)
    await world.send()
    const [one] = receiver.received
    assert.ok(one && secret)
    const said = Object(verified(world, secret, one))
    assert.equal(said.type, "agents-found")
    assert.equal(said.data.title, "3 new agents were found")
    assert.equal(said.data.url, "https://tabard.acme.example/agents?state=discovered")
    assert.throws(() => verified(world, secret, { ...one, body: one.body.replace("3 new", "4 new") }))
    assert.throws(() => verified(world, `whsec_${Buffer.alloc(32).toString("base64")}`, one))
  })

  it("is signed with the old secret beside the new one for a day", async () => {
    await using receiver = await startReceiver()
    await using world = await openSendingWorld()
    const { secret: old, channel } = await world.channel({ url: receiver.url })
    const { secret: fresh } = await rotateChannel(world, await world.person(), channel.id)
    assert.ok(old && fresh && old !== fresh)
    await world.happen(null)
    await world.send()
    const [both] = receiver.received
    assert.ok(both)
    for (const secret of [old, fresh]) verified(world, secret, both)
    world.clock.advance(24 * 3600_000)
    await world.happen(null)
    await world.send()
    const [, after] = receiver.received
    assert.ok(after)
    verified(world, fresh, after)
    assert.throws(() => verified(world, old, after))
  })

  it("keeps its id from try to try, and comes once where it was taken", async () => {
    await using receiver = await startReceiver((response, turn) =>
      response.writeHead(turn === 1 ? 503 : 200).end(),
    )
    await using world = await openSendingWorld()
    const { channel } = await world.channel({ url: receiver.url })
    await world.happen(null)
    await world.send()
    assert.equal((await world.deliveries(channel.id))[0]?.said, "it answered 503")
    await world.send()
    assert.equal(receiver.received.length, 1, "not before its time")
    world.clock.advance(10_000)
    await world.send()
    await world.send()
    assert.equal(receiver.received.length, 2)
    const ids = receiver.received.map(({ headers }) => headers["webhook-id"])
    assert.equal(new Set(ids).size, 1)
    const [{ state, tries } = { state: "", tries: 0 }] = await world.deliveries(channel.id)
    assert.deepEqual([state, tries], ["sent", 2])
  })

  it("comes again under the same id where the process died before it could say that it was sent", async () => {
    await using receiver = await startReceiver()
    await using world = await openSendingWorld()
    const { channel } = await world.channel({ url: receiver.url })
    await world.happen(null)
    const claim = { now: world.clock.now(), until: new Date(world.clock.now().getTime() + 120_000), limit: 9 }
    const [taken] = await world.transact(({ deliveries }) => deliveries.claim(channel.id, claim))
    await world.send()
    assert.equal(receiver.received.length, 0, "another has it")
    world.clock.advance(120_000)
    await world.send()
    assert.deepEqual(
      receiver.received.map(({ headers }) => headers["webhook-id"]),
      [taken?.id],
    )
  })

  it("is sent once by two replicas", async () => {
    await using receiver = await startReceiver()
    await using world = await openSendingWorld()
    await world.channel({ url: receiver.url })
    for (let n = 0; n < 10; n++) await world.happen(null)
    await Promise.all([world.send(), world.send(), world.send()])
    assert.equal(receiver.received.length, 10)
  })

  it("is given up after its tries, shown as failed, and can be sent again", async () => {
    await using receiver = await startReceiver((response) => void response.writeHead(500).end("secret words"))
    await using world = await openSendingWorld()
    const { channel } = await world.channel({ url: receiver.url })
    await world.happen(null)
    for (let n = 0; n < 40; n++) {
      await world.send()
      world.clock.advance(3600_000)
    }
    const [one] = await world.deliveries(channel.id)
    assert.deepEqual([one?.state, one?.said], ["failed", "it answered 500"])
    assert.ok((one?.tries ?? 99) <= RETRY_AFTER_MS.length + 1)
    assert.ok(one)
    await world.transact(({ deliveries }) => deliveries.again(one.id, world.clock.now()))
    const before = receiver.received.length
    await world.send()
    assert.equal(receiver.received.length, before + 1)
  })

  it("costs a dead channel one try a while, and keeps no other waiting", async () => {
    await using well = await startReceiver()
    await using dead = await startReceiver((response) => void response.writeHead(500).end())
    await using world = await openSendingWorld()
    await world.channel({ url: dead.url })
    await world.channel({ url: well.url })
    for (let n = 0; n < 20; n++) await world.happen(null)
    await world.send()
    assert.deepEqual([dead.received.length, well.received.length], [20, 20])
    world.clock.advance(30_000)
    await world.send()
    assert.equal(dead.received.length, 20, "it rests")
    world.clock.advance(2 * 3600_000)
    await world.send()
    assert.equal(dead.received.length, 21, "one try tells whether it is there again")
  })
})

describe("a receiver that does not behave", () => {
  const rules = targetRules({ production: false, listed: [] })
  const post = (url: string, timeMs?: number) => postJson(rules, { url, headers: {}, body: "{}" }, timeMs)

  it("is left where it does not answer in time, or never ends its answer", async () => {
    await using silent = await startReceiver(() => undefined)
    await using trickling = await startReceiver((response) => {
      response.writeHead(200)
      response.write("a")
    })
    for (const { url } of [silent, trickling])
      assert.deepEqual(await post(url, 200), { kind: "unavailable", said: "it did not answer in time" })
  })

  it("is read no further than a little way", async () => {
    let written = 0
    await using endless = await startReceiver((response) => {
      const more = (): void => {
        while (!response.destroyed && written < 2 ** 30) {
          written += 2 ** 16
          if (!response.write(Buffer.alloc(2 ** 16))) return void response.once("drain", more)
        }
      }
      more()
    })
    assert.deepEqual(await post(endless.url), { kind: "sent" })
    assert.ok(written < 2 ** 26, `${written} bytes were written`)
  })

  it("leads nowhere else by a redirect", async () => {
    await using target = await startReceiver()
    await using receiver = await startReceiver((response) =>
      response.writeHead(307, { location: target.url }).end(),
    )
    assert.deepEqual(await post(receiver.url), {
      kind: "unavailable",
      said: "it answered 307: a redirect, which is not followed",
    })
    assert.equal(target.received.length, 0)
  })

  it("is told by our words alone, which hold nothing of its address", async () => {
    await using receiver = await startReceiver((response) => void response.socket?.destroy())
    for (const url of [
      receiver.url,
      "http://127.0.0.1:9/T0SECRET",
      "https://no-such-name.invalid/T0SECRET",
    ]) {
      const carried = await post(url)
      assert.equal(carried.kind, "unavailable")
      assert.doesNotMatch(JSON.stringify(carried), /T0SECRET|127\.0\.0\.1|invalid/)
    }
  })

  it("on loopback is closed in production", async () => {
    await using receiver = await startReceiver()
    const production = targetRules({ production: true, listed: [] })
    for (const url of [receiver.url, receiver.url.replace("127.0.0.1", "localhost")]) {
      const carried = await postJson(production, { url, headers: {}, body: "{}" })
      assert.deepEqual(carried, {
        kind: "unavailable",
        said: "its address is in a network that is not open: have the operator list it",
      })
    }
    assert.equal(receiver.received.length, 0)
  })
})

describe("a channel for Slack", () => {
  it("says names of strangers as plain text that calls nobody and reads no markup", async () => {
    await using receiver = await startReceiver()
    await using world = await openSendingWorld()
    const { secret } = await world.channel({ url: receiver.url, kind: "slack", kinds: ["role-changed"] })
    assert.equal(secret, null)
    const { id: by } = await world.person({ name: HOSTILE })
    await world.happen(null, { kind: "role-changed", details: { by } })
    await world.send()
    const [one] = receiver.received
    const said = JSON.parse(one?.body ?? "")
    assert.match(said.text, /&lt;!channel&gt;/)
    assert.doesNotMatch(said.text, /[<>\u202E\r\n]/)
    const [section, context] = said.blocks
    assert.equal(section.text.type, "plain_text")
    assert.equal(context.elements[0].text, "<https://tabard.acme.example/people|Open in Tabard>")
    assert.equal(one?.headers["webhook-signature"], undefined)
  })

  it("keeps its address sealed, and tells it in no row and no event", async () => {
    await using receiver = await startReceiver()
    await using world = await openSendingWorld()
    const { channel } = await world.channel({ url: receiver.url, kind: "slack" })
    await world.happen(null)
    await world.send()
    const kept = await world.snapshot(async ({ channels, outbox }) => [
      await channels.list(),
      (await outbox.list({ limit: 100 })).map(({ bytes }) => Buffer.from(bytes).toString("latin1")),
    ])
    assert.doesNotMatch(JSON.stringify(kept), /T0SECRET/)
    assert.doesNotMatch(Buffer.from(channel.sealed).toString("latin1"), /T0SECRET|whsec/)
    assert.throws(() => world.box.open("chn_another", channel.sealed))
  })
})

function verified(
  { clock }: { clock: { now(): Date } },
  secret: string,
  { headers, body }: Received,
): unknown {
  const sent = {
    "webhook-id": String(headers["webhook-id"]),
    "webhook-timestamp": String(headers["webhook-timestamp"]),
    "webhook-signature": String(headers["webhook-signature"]),
  }
  // The library goes by the wall clock; these tests by a clock of their own.
  const now = Date.now
  Date.now = () => clock.now().getTime()
  try {
    return new Webhook(secret).verify(body, sent)
  } finally {
    Date.now = now
  }
}
