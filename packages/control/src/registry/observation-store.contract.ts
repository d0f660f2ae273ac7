import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Credential, ObservedServer } from "@tabard/core"
import { id, ids, later, NOW, type OpenShelves } from "../shelves.contract.ts"
import type { Observation, ObservationStore, ScanRecord } from "./observation-store.ts"

/** What every ObservationStore promises. */
export function observationStoreContract(name: string, open: OpenShelves): void {
  describe(`observations kept in ${name}`, () => {
    it("answers the newest scans first, and rejects an id that is taken", async () => {
      const { transact, snapshot } = (await open()).shelf
      const [first, second] = [scan({ finishedAt: NOW }), scan({ finishedAt: later(1) })]
      for (const record of [second, first])
        await transact(({ observations }) => observations.insertScan(record))
      assert.deepEqual(await snapshot(({ observations }) => observations.listScans(10)), [second, first])
      assert.deepEqual(await snapshot(({ observations }) => observations.listScans(1)), [second])
      await assert.rejects(transact(({ observations }) => observations.insertScan(scan({ id: first.id }))))
    })

    it("answers which subject a key stands for, whoever reported it", async () => {
      const { transact, snapshot } = (await open()).shelf
      await transact(({ observations }) => observations.put(seen({ reporter: "laptop", subject: "agt_1" })))
      const subjectOf = (kind: Observation["kind"], key: string) =>
        snapshot(({ observations }) => observations.subjectOf(kind, key))
      assert.equal(await subjectOf("agent", "claude-code"), "agt_1")
      assert.equal(await subjectOf("server", "claude-code"), undefined)
      assert.equal(await subjectOf("agent", "cursor"), undefined)
    })

    it("keeps what each reporter saw last, and the earliest first time", async () => {
      const { transact, snapshot } = (await open()).shelf
      const laptop = seen({ reporter: "laptop" })
      const desktop = seen({ reporter: "desktop", firstSeen: later(3) })
      const again = seen({
        reporter: "laptop",
        body: { version: "2" },
        firstSeen: later(5),
        lastSeen: later(5),
      })
      const late = { ...again, firstSeen: later(-5) }
      for (const one of [laptop, desktop, again]) await transact(({ observations }) => observations.put(one))
      assert.deepEqual(await snapshot(({ observations }) => observations.of(["agt_1"])), [
        desktop,
        { ...again, firstSeen: NOW },
      ])
      await transact(({ observations }) => observations.put(late))
      assert.deepEqual(await snapshot(({ observations }) => observations.of(["agt_1", "agt_2"])), [
        desktop,
        late,
      ])
      assert.deepEqual(await snapshot(({ observations }) => observations.of([])), [])
    })

    it("answers what is seen of the subjects that were asked for, and of no other", async () => {
      const { transact, snapshot } = (await open()).shelf
      const [asked, other] = [seen({}), seen({ key: "cursor", subject: "agt_2" })]
      for (const one of [asked, other]) await transact(({ observations }) => observations.put(one))
      assert.deepEqual(await snapshot(({ observations }) => observations.of(["agt_1"])), [asked])
      const last = await snapshot(({ observations }) => observations.lastSeen(["agt_1"]))
      assert.deepEqual(last, new Map([["agt_1", NOW]]))
    })

    it("answers when each subject was last seen, by whomever", async () => {
      const { transact, snapshot } = (await open()).shelf
      await transact(async ({ observations }) => {
        await observations.put(seen({ reporter: "laptop", lastSeen: later(2) }))
        await observations.put(seen({ reporter: "desktop", lastSeen: later(1) }))
      })
      const last = await snapshot(({ observations }) => observations.lastSeen(["agt_1", "agt_2"]))
      assert.deepEqual(last, new Map([["agt_1", later(2)]]))
    })

    it("replaces a seen server and keeps when it was first seen; lists and finds in the order of ids", async () => {
      const { transact, snapshot } = (await open()).shelf
      const [a, b] = ids("server", 2).map((one) => server({ id: one })) as [ObservedServer, ObservedServer]
      const again = { ...a, name: "renamed", firstSeen: later(9), lastSeen: later(9) }
      for (const one of [b, a, again]) await transact(({ observations }) => observations.putServer(one))
      const kept = { ...again, firstSeen: NOW }
      assert.deepEqual(await snapshot(({ observations }) => observations.listServers(10)), [kept, b])
      assert.deepEqual(await snapshot(({ observations }) => observations.listServers(1)), [kept])
      assert.deepEqual(await snapshot(({ observations }) => observations.findServers([b.id, id("server")])), [
        b,
      ])
    })

    it("replaces a seen credential and keeps when it was first seen; lists and finds in the order of ids", async () => {
      const { transact, snapshot } = (await open()).shelf
      const [a, b] = ids("credential", 2).map((one) => credential({ id: one })) as [Credential, Credential]
      const again = { ...a, locations: ["~/.zshrc"], firstSeen: later(9), lastSeen: later(9) }
      for (const one of [b, a, again]) await transact(({ observations }) => observations.putCredential(one))
      const kept = { ...again, firstSeen: NOW }
      assert.deepEqual(await snapshot(({ observations }) => observations.listCredentials(10)), [kept, b])
      assert.deepEqual(await snapshot(({ observations }) => observations.listCredentials(1)), [kept])
      const found = await snapshot(({ observations }) =>
        observations.findCredentials([b.id, id("credential")]),
      )
      assert.deepEqual(found, [b])
    })

    it("says what an agent uses and holds in place of what was said before", async () => {
      const { transact, snapshot } = (await open()).shelf
      const [busy, idle, other] = [id("agent"), id("agent"), id("agent")]
      const [servers, credentials] = [ids("server", 3), ids("credential", 2)]
      await transact(({ observations }) =>
        observations.link(busy, { servers: ids("server", 2), credentials }),
      )
      await transact(({ observations }) => observations.link(other, { servers: [], credentials }))
      await transact(({ observations }) =>
        observations.link(busy, { servers: [...servers, ...servers], credentials: [] }),
      )
      const links = await snapshot(({ observations }) => observations.linksOf([busy, idle, other]))
      assert.deepEqual(
        links,
        new Map([
          [busy, { servers, credentials: [] }],
          [idle, { servers: [], credentials: [] }],
          [other, { servers: [], credentials }],
        ]),
      )
    })

    it("shows nothing to another organisation, and lets it replace nothing", async () => {
      const { shelf, stranger } = await open()
      const [agent, mine] = [id("agent"), { server: server({}), credential: credential({}) }]
      const everything = async (observations: ObservationStore) => [
        await observations.listScans(10),
        await observations.subjectOf("agent", "claude-code"),
        await observations.of(["agt_1"]),
        await observations.lastSeen(["agt_1"]),
        await observations.listServers(10),
        await observations.findServers([mine.server.id]),
        await observations.listCredentials(10),
        await observations.findCredentials([mine.credential.id]),
        await observations.linksOf([agent]),
      ]
      const nothing = [
        [],
        undefined,
        [],
        new Map(),
        [],
        [],
        [],
        [],
        new Map([[agent, { servers: [], credentials: [] }]]),
      ]
      await shelf.transact(async ({ observations }) => {
        await observations.insertScan(scan({}))
        await observations.put(seen({}))
        await observations.putServer(mine.server)
        await observations.putCredential(mine.credential)
        await observations.link(agent, { servers: [mine.server.id], credentials: [mine.credential.id] })
      })
      const before = await shelf.snapshot(({ observations }) => everything(observations))

      assert.deepEqual(await stranger.snapshot(({ observations }) => everything(observations)), nothing)
      await stranger.transact(async ({ observations }) => {
        await observations.put(seen({ body: { theirs: true } }))
        await observations.putServer({ ...mine.server, name: "theirs" })
        await observations.putCredential({ ...mine.credential, kind: "theirs" })
        await observations.link(agent, { servers: [], credentials: [] })
      })
      assert.deepEqual(await shelf.snapshot(({ observations }) => everything(observations)), before)
    })
  })
}

function scan(differs: Partial<ScanRecord>): ScanRecord {
  return {
    id: id("scan"),
    reporter: "laptop",
    roots: ["/home/ada"],
    startedAt: NOW,
    finishedAt: NOW,
    unreadable: [{ path: "/home/ada/.ssh", reason: "EACCES" }],
    coverage: { files: 120, directories: 7 },
    ...differs,
  }
}

const SCAN = id("scan")

function seen(differs: Partial<Observation>): Observation {
  return {
    reporter: "laptop",
    kind: "agent",
    key: "claude-code",
    subject: "agt_1",
    scan: SCAN,
    body: { version: "1" },
    firstSeen: NOW,
    lastSeen: NOW,
    ...differs,
  }
}

function server(differs: Partial<ObservedServer>): ObservedServer {
  return {
    id: id("server"),
    key: "filesystem",
    name: "filesystem",
    transport: "stdio",
    system: null,
    capabilities: ["files:read"],
    flags: [],
    firstSeen: NOW,
    lastSeen: NOW,
    ...differs,
  }
}

function credential(differs: Partial<Credential>): Credential {
  return {
    id: id("credential"),
    key: "github",
    kind: "github-token",
    provider: "github",
    storedAs: "plaintext",
    fingerprint: null,
    locations: ["~/.env"],
    firstSeen: NOW,
    lastSeen: NOW,
    ...differs,
  }
}
