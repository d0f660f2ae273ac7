import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { newId, Secret, systemClock } from "@tabard/core"
import type { Parcel } from "./carrier.ts"
import { mailCarrier, type SmtpServer } from "./mail-carrier.ts"
import { missingOfMail, NOTIFICATION_ENVIRONMENT } from "./notification-config.ts"
import { readSmtpServer } from "./smtp-server.ts"
import { headersOf, type MailServer, partOf, startMailServer } from "./testing/mail-server.ts"
import { openSendingWorld, type SendingWorld } from "./testing/sending-world.ts"

const HOSTILE = "Eve\r\nBcc: all@acme.example\r\n\r\n<img src=https://evil.example/x> \u202E=cmd()"
const DAY = 24 * 3600_000

describe("a mail", () => {
  it("says what happened, where to look, why one gets it and where to change that, in text and in HTML", async () => {
    await using server = await startMailServer()
    await using world = await withMail(server)
    const ann = await world.person({ name: "Ann Ähre" })
    await world.happen(ann, { kind: "signed-in" })
    await world.send()
    const [mail] = server.received
    assert.ok(mail)
    assert.deepEqual([mail.from, mail.to], ["tabard@acme.example", [ann.email]])
    const headers = headersOf(mail)
    assert.ok(headers.includes("Subject: You signed in from a browser that you had not used before"))
    assert.ok(headers.includes("Auto-Submitted: auto-generated"))
    assert.ok(headers.some((line) => /^Message-ID: <dlv_[0-9a-f-]+@tabard\.acme\.example>$/.test(line)))
    for (const type of ["text/plain", "text/html"] as const) {
      const part = partOf(mail, type)
      assert.match(part, /https:\/\/tabard\.acme\.example\/account\?tab=sessions/)
      assert.match(part, /because somebody signed in as you/)
      assert.match(part, /https:\/\/tabard\.acme\.example\/account\?tab=notifications/)
      assert.match(part, /Nothing can be answered from this mail/)
    }
  })

  it("holds no header, no markup and nothing to fetch of whoever chose a name", async () => {
    await using server = await startMailServer()
    await using world = await withMail(server)
    const { id: by } = await world.person({ name: HOSTILE })
    const ann = await world.person({ name: HOSTILE })
    await world.happen(ann, { kind: "role-changed", details: { by } })
    await world.send()
    const [mail] = server.received
    assert.ok(mail)
    assert.deepEqual(mail.to, [ann.email])
    const headers = headersOf(mail)
    assert.deepEqual(
      headers.filter((line) => /^(bcc|cc):/i.test(line)),
      [],
    )
    assert.equal(headers.filter((line) => /^to:/i.test(line)).length, 1)
    const html = partOf(mail, "text/html")
    assert.match(html, /&lt;img src=https/)
    assert.doesNotMatch(html, /<(img|link|script|iframe|style)|url\(/i)
    assert.doesNotMatch(partOf(mail, "text/plain"), /\u202E/)
  })

  for (const email of [
    "a@acme.example, b@acme.example",
    "a@acme.example\r\nBcc: b@acme.example",
    "<a@acme.example>",
    "nobody",
  ]) {
    it(`is sent to no address such as ${JSON.stringify(email)}`, async () => {
      await using server = await startMailServer()
      await using world = await withMail(server)
      await world.happen(await world.person({ email }), { kind: "signed-in" })
      await world.send()
      const [one] = await world.deliveries("email")
      assert.deepEqual([one?.state, one?.said], ["failed", "the address is none that mail can be sent to"])
      assert.equal(server.received.length, 0)
    })
  }

  it("to somebody who was switched off meanwhile is not sent", async () => {
    await using server = await startMailServer()
    await using world = await withMail(server)
    const ann = await world.person()
    await world.happen(ann, { kind: "signed-in" })
    await world.transact(({ users }) => users.setActive(ann.id, false))
    await world.send()
    assert.equal(server.received.length, 0)
    assert.equal((await world.deliveries("email"))[0]?.state, "dropped")
  })

  it("about an agent that is theirs no more is not sent", async () => {
    await using server = await startMailServer()
    await using world = await withMail(server)
    const [ann, bob] = [await world.person({ role: "member" }), await world.person({ role: "member" })]
    for (const { id: owner } of [ann, bob]) {
      const agent = { id: newId("agent", world.clock), owner, mandate: null, createdAt: world.clock.now() }
      await world.transact(({ agents }) => agents.insert({ ...agent, state: "active" }))
      await world.happen(owner === ann.id ? ann : bob, { kind: "agent-stopped", agent: agent.id })
      if (owner === ann.id) continue
      await world.transact(({ agents }) => agents.handOver(agent.id, owner, ann.id, world.clock.now()))
    }
    await world.send()
    assert.deepEqual(
      server.received.map(({ to }) => to),
      [[ann.email]],
    )
  })

  it("that waited for days, as there was no server, is no news any more", async () => {
    await using server = await startMailServer()
    await using world = await withMail(server)
    await world.happen(await world.person(), { kind: "signed-in" })
    world.clock.advance(2 * DAY + 1)
    await world.send()
    assert.equal(server.received.length, 0)
    assert.equal((await world.deliveries("email"))[0]?.state, "dropped")
  })

  it("that the server refuses for good is given up at once, in words of ours alone", async () => {
    await using server = await startMailServer({ refuses: true })
    await using world = await withMail(server)
    await world.happen(await world.person(), { kind: "signed-in" })
    await world.send()
    const [one] = await world.deliveries("email")
    assert.deepEqual([one?.state, one?.said], ["failed", "the mail server refused it (550)"])
  })

  it("waits where the server is not there", async () => {
    const server = await startMailServer()
    await using world = await withMail(server)
    await server[Symbol.asyncDispose]()
    await world.happen(await world.person(), { kind: "signed-in" })
    await world.send()
    const [one] = await world.deliveries("email")
    assert.deepEqual([one?.state, one?.said], ["pending", "the mail server could not be reached"])
  })
})

describe("the day's mail", () => {
  it("goes out once, at the hour that the person chose, with counts, and only if there is something", async () => {
    await using server = await startMailServer()
    await using world = await withMail(server)
    const ann = await world.person()
    await world.person()
    await world.transact(({ choices }) => choices.put(ann.id, { kinds: {}, digestHour: 14 }))
    for (const count of [1, 2]) await world.happen(ann, { kind: "agents-found", details: { count } })
    await world.send()
    assert.equal(server.received.length, 0, "it is noon")
    world.clock.advance(2 * 3600_000)
    await Promise.all([world.send(), world.send()])
    const [mail, ...more] = server.received
    assert.ok(mail)
    assert.deepEqual(more, [])
    assert.ok(headersOf(mail).includes("Subject: 2 notifications from Tabard"))
    const part = partOf(mail, "text/plain")
    assert.match(part, /New agents \(2\)/)
    assert.match(part, /1 new agent was found/)
    assert.match(part, /2 new agents were found/)
    assert.match(part, /once a day/)
    world.clock.advance(DAY)
    await world.send()
    assert.equal(server.received.length, 1)
  })

  it("names fifty and counts the rest", async () => {
    await using server = await startMailServer()
    await using world = await withMail(server)
    const ann = await world.person()
    for (let n = 0; n < 60; n++) await world.happen(ann)
    world.clock.advance(DAY)
    await world.send()
    const part = partOf(server.received[0] ?? assert.fail(), "text/plain")
    assert.equal(part.match(/3 new agents were found/g)?.length, 50)
    assert.match(part, /and 10 more/)
  })
})

describe("the way to the mail server", () => {
  const parcel: Parcel = {
    id: newId("delivery", systemClock),
    told: [
      {
        id: newId("notification", systemClock),
        kind: "test",
        title: "A test",
        detail: null,
        path: "/",
        at: systemClock.now(),
      },
    ],
    digest: false,
    to: { name: "Ann", email: "ann@acme.example" },
  }
  const carry = (server: Partial<SmtpServer>) => {
    const whole = { host: "127.0.0.1", port: 25, secure: false, loopback: false, auth: null, ...server }
    const deps = { publicUrl: "https://tabard.acme.example", organisation: "Acme" }
    return mailCarrier(deps, { server: whole, from: "tabard@acme.example" }).carry(parcel)
  }
  const noTls = { kind: "unavailable", said: "the mail server offers no TLS that can be verified" }

  it("is TLS, or none: a server that offers none gets no mail, but on loopback", async () => {
    await using server = await startMailServer()
    assert.deepEqual(await carry({ port: server.port }), noTls)
    assert.equal(server.received.length, 0)
    assert.deepEqual(await carry({ port: server.port, loopback: true }), { kind: "sent" })
  })

  it("is no TLS with a certificate that nobody vouches for", async () => {
    await using server = await startMailServer({ starttls: true })
    assert.deepEqual(await carry({ port: server.port }), noTls)
    assert.equal(server.received.length, 0)
  })

  it("is read from an address that can switch nothing off", async () => {
    const read = (url: string) =>
      readSmtpServer({ url: { kind: "value", value: new Secret(url) }, from: "a@b.example" })
    assert.deepEqual(await read("smtps://me:p%40ss@mail.example"), {
      host: "mail.example",
      port: 465,
      secure: true,
      loopback: false,
      auth: { user: "me", pass: "p@ss" },
    })
    assert.equal((await read("smtp://[::1]:2525")).loopback, true)
    for (const url of [
      "smtp://mail.example/?tls.rejectUnauthorized=false",
      "smtp://mail.example/x",
      "smtp:///",
      "http://x",
    ])
      await assert.rejects(read(url), (error: Error) => !error.message.includes("mail.example"))
  })

  it("is set whole or not at all, from one address", () => {
    assert.deepEqual(missingOfMail({}), [])
    assert.deepEqual(missingOfMail({ TABARD_SMTP_URL: "smtp://x", TABARD_MAIL_FROM: "a@b.example" }), [])
    for (const half of [
      { TABARD_SMTP_URL: "smtp://x" },
      { TABARD_MAIL_FROM: "a@b.example" },
      { TABARD_SMTP_URL: "smtp://x", TABARD_SMTP_URL_FILE: "/x", TABARD_MAIL_FROM: "a@b.example" },
    ])
      assert.equal(missingOfMail(half).length, 1)
    const from = NOTIFICATION_ENVIRONMENT.TABARD_MAIL_FROM
    for (const one of ["a@b.example", "Tabard <a@b.example>"]) assert.ok(from.safeParse(one).success, one)
    for (const one of ["a@b.example, c@d.example", "Tabard", "A\r\nB: c <a@b.example>", "A <a@b> <c@d>"])
      assert.ok(!from.safeParse(one).success, one)
  })
})

function withMail({ url }: MailServer): Promise<SendingWorld> {
  return openSendingWorld({
    url: { kind: "value", value: new Secret(url) },
    from: "Tabard <tabard@acme.example>",
  })
}
