import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Credential, Id, ObservedServer } from "@tabard/core"
import { atOnce, id, ids, later, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type {
  CredentialQuery,
  Observation,
  ObservationStore,
  ScanRecord,
  ScanResult,
  ServerQuery,
  Uses,
} from "./observation-store.ts"

/** What every ObservationStore promises. */
export function observationStoreContract(name: string, open: OpenShelves): void {
  describe(`observations kept in ${name}`, () => {
    it("answers the newest scans first that were recorded whole, and rejects an id that is taken", async () => {
      const { transact, snapshot } = (await open()).shelf
      const [first, second, half] = [
        scan({ finishedAt: NOW }),
        scan({ finishedAt: later(1), reporter: "desktop" }),
        scan({ finishedAt: later(2) }),
      ]
      for (const record of [second, first, half])
        await transact(({ observations }) => observations.insertScan(record))
      assert.deepEqual(await snapshot(({ observations }) => observations.listScans({ limit: 10 })), [])
      for (const { id } of [first, second])
        assert.equal(await transact(({ observations }) => observations.finishScan(id, RESULT)), true)
      assert.deepEqual(await snapshot(({ observations }) => observations.listScans({ limit: 10 })), [
        { ...second, result: RESULT },
        { ...first, result: RESULT },
      ])
      assert.deepEqual(await snapshot(({ observations }) => observations.listScans({ limit: 1 })), [
        { ...second, result: RESULT },
      ])
      assert.deepEqual(
        await snapshot(({ observations }) => observations.listScans({ limit: 10, after: second })),
        [{ ...first, result: RESULT }],
      )
      assert.deepEqual(
        await snapshot(({ observations }) => observations.listScans({ limit: 10, reporter: "desktop" })),
        [{ ...second, result: RESULT }],
      )
      assert.deepEqual(await snapshot(({ observations }) => observations.findScans([half.id, id("scan")])), [
        half,
      ])
      assert.deepEqual(await snapshot(({ observations }) => observations.newestScan("laptop")), NOW)
      assert.equal(await snapshot(({ observations }) => observations.newestScan("nobody")), undefined)
      await assert.rejects(transact(({ observations }) => observations.insertScan(scan({ id: first.id }))))
    })

    it("answers the newest scan that no enrolled reporter sent, however many were pushed since", async () => {
      const { shelf, stranger } = await open()
      const newestOwn = (from: typeof shelf) =>
        from.snapshot((tx) => tx.observations.listScans({ own: true, limit: 1 }))
      assert.deepEqual(await newestOwn(shelf), [])
      const [older, own] = [scan({ finishedAt: NOW }), scan({ finishedAt: later(1), reporter: "server one" })]
      const pushed = [later(2), later(3)].map((finishedAt) => scan({ finishedAt, reporter: id("reporter") }))
      await shelf.transact(async ({ observations }) => {
        for (const record of [own, older, ...pushed]) {
          await observations.insertScan(record)
          await observations.finishScan(record.id, RESULT)
        }
        await observations.insertScan(scan({ finishedAt: later(9) }))
      })
      assert.deepEqual(await newestOwn(shelf), [{ ...own, result: RESULT }])
      assert.deepEqual(await newestOwn(stranger), [])
    })

    it("lets exactly one of many finish a scan", async () => {
      const { shelf, stranger } = await open()
      const record = scan({})
      await shelf.transact(({ observations }) => observations.insertScan(record))
      const finish = ({ observations }: { observations: ObservationStore }) =>
        observations.finishScan(record.id, RESULT)
      assert.equal(await stranger.transact(finish), false)
      assert.equal(won(await atOnce(() => shelf.transact(finish))), 1)
    })

    it("answers what a key stands for to its reporter, and to another of the same machine, not to a stranger", async () => {
      const { transact, snapshot } = (await open()).shelf
      const mine = seen({ machine: "m1", digest: "d1" })
      const first = seen({ reporter: "earlier", machine: "m1", subject: "agt_0", firstSeen: later(-1) })
      await transact(({ observations }) => observations.put([mine, first]))
      const known = (name: string, machine: string | null, kind: Observation["kind"] = "agent") =>
        snapshot(({ observations }) => observations.known({ name, machine }, kind, ["claude-code", "cursor"]))
      const own = { digest: "d1", vanishedAt: null }
      assert.deepEqual(await known("laptop", null), new Map([["claude-code", { subject: "agt_1", own }]]))
      assert.deepEqual(await known("laptop", "m1"), new Map([["claude-code", { subject: "agt_1", own }]]))
      assert.deepEqual(
        await known("desktop", "m1"),
        new Map([["claude-code", { subject: "agt_0", own: null }]]),
      )
      assert.deepEqual(await known("desktop", "m2"), new Map())
      assert.deepEqual(await known("desktop", null), new Map())
      assert.deepEqual(await known("laptop", "m1", "server"), new Map())
    })

    it("keeps the word of the later scan where two are recorded at once", async () => {
      const { transact, snapshot } = (await open()).shelf
      const now = seen({ lastSeen: later(5), body: { version: "2" } })
      await transact(({ observations }) => observations.put([now]))
      await transact(({ observations }) => observations.put([seen({ lastSeen: later(4), digest: "old" })]))
      const sight = { reporter: "laptop", scan: id("scan"), at: later(4) }
      await transact(({ observations }) => observations.seeAgain(sight, "agent", ["claude-code"]))
      assert.deepEqual(await snapshot(({ observations }) => observations.of(["agt_1"])), [now])
    })

    it("keeps what a key of a reporter stands for, whatever a scan says", async () => {
      const { transact, snapshot } = (await open()).shelf
      await transact(({ observations }) => observations.put([seen({})]))
      await transact(({ observations }) => observations.put([seen({ subject: "agt_2", body: {} })]))
      assert.deepEqual(await snapshot(({ observations }) => observations.of(["agt_1", "agt_2"])), [
        seen({ body: {} }),
      ])
    })

    it("sees the same again: the time and the scan change, and nothing else of it", async () => {
      const { transact, snapshot } = (await open()).shelf
      const [one, other] = [server({}), server({})]
      const things = [
        seen({ kind: "server", subject: one.id, digest: "d1" }),
        seen({ kind: "server", key: "cursor", subject: other.id }),
        seen({ reporter: "desktop", kind: "server", subject: other.id }),
      ]
      await transact(async ({ observations }) => {
        await observations.put(things)
        await observations.putServers([one, other])
      })
      const sight = { reporter: "laptop", scan: id("scan"), at: later(9) }
      await transact(({ observations }) => observations.seeAgain(sight, "server", ["claude-code"]))
      const found = await snapshot(({ observations }) => observations.of([one.id, other.id]))
      const again = { ...(things[0] ?? assert.fail()), scan: sight.scan, lastSeen: later(9) }
      assert.deepEqual(new Set(found), new Set([again, things[1], things[2]]))
      assert.deepEqual(
        await snapshot(({ observations }) => observations.findServers([one.id, other.id])),
        [{ ...one, lastSeen: later(9) }, other].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      )
    })

    it("marks as vanished what a reporter saw before and not since, once, and takes it back when it is seen", async () => {
      const { transact, snapshot } = (await open()).shelf
      await transact(({ observations }) =>
        observations.put([
          seen({}),
          seen({ key: "cursor", subject: "agt_2", lastSeen: later(5) }),
          seen({ key: "zed", subject: "agt_3" }),
          seen({ reporter: "desktop", subject: "agt_1" }),
          seen({ kind: "server", subject: "srv_1" }),
        ]),
      )
      const which = { reporter: "laptop", kind: "agent", before: later(5) } as const
      const unseen = (after?: string) =>
        snapshot(({ observations }) =>
          observations.unseen({ ...which, limit: 10, ...(after !== undefined && { after }) }),
        )
      const vanish = () =>
        transact(({ observations }) => observations.vanish(which, ["claude-code", "cursor", "zed"]))
      const vanished = () =>
        snapshot(({ observations }) => observations.vanished(["agt_1", "agt_2", "agt_3"]))

      assert.deepEqual(
        (await unseen()).map(({ key }) => key),
        ["claude-code", "zed"],
      )
      assert.deepEqual(
        (await unseen("claude-code")).map(({ key }) => key),
        ["zed"],
      )
      assert.deepEqual((await vanish()).toSorted(), ["claude-code", "zed"])
      assert.deepEqual(await vanish(), [])
      assert.deepEqual(await unseen(), [])
      assert.deepEqual(await vanished(), new Map([["agt_3", later(5)]]))

      const sight = { reporter: "laptop", scan: id("scan"), at: later(4) }
      await transact(({ observations }) => observations.seeAgain(sight, "agent", ["zed"]))
      assert.deepEqual(await vanished(), new Map([["agt_3", later(5)]]))
      await transact(({ observations }) =>
        observations.seeAgain({ ...sight, at: later(6) }, "agent", ["zed"]),
      )
      assert.deepEqual(await vanished(), new Map())
    })

    it("moves all sightings of an agent to another, or one of them, and no server's", async () => {
      const { transact, snapshot } = (await open()).shelf
      const [from, to] = [id("agent"), id("agent")]
      await transact(({ observations }) =>
        observations.put([
          seen({ subject: from }),
          seen({ subject: from, key: "cursor" }),
          seen({ subject: from, kind: "server" }),
        ]),
      )
      const move = (sighting?: { reporter: string; key: string }) =>
        transact(({ observations }) => observations.reassign(from, to, sighting))
      assert.equal(await move({ reporter: "desktop", key: "cursor" }), 0)
      assert.equal(await move({ reporter: "laptop", key: "cursor" }), 1)
      assert.deepEqual(
        (await snapshot(({ observations }) => observations.of([to]))).map(({ key }) => key),
        ["cursor"],
      )
      assert.equal(await move(), 1)
      assert.deepEqual(
        (await snapshot(({ observations }) => observations.of([from]))).map(({ kind }) => kind),
        ["server"],
      )
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
      await transact(({ observations }) => observations.put([laptop, desktop]))
      await transact(({ observations }) => observations.put([again]))
      assert.deepEqual(await snapshot(({ observations }) => observations.of(["agt_1"])), [
        desktop,
        { ...again, firstSeen: NOW },
      ])
      await transact(({ observations }) => observations.put([late]))
      assert.deepEqual(await snapshot(({ observations }) => observations.of(["agt_1", "agt_2"])), [
        desktop,
        late,
      ])
      assert.deepEqual(await snapshot(({ observations }) => observations.of([])), [])
    })

    it("answers what is seen of the subjects that were asked for, and of no other", async () => {
      const { transact, snapshot } = (await open()).shelf
      const [asked, other] = [seen({}), seen({ key: "cursor", subject: "agt_2" })]
      for (const one of [asked, other]) await transact(({ observations }) => observations.put([one]))
      assert.deepEqual(await snapshot(({ observations }) => observations.of(["agt_1"])), [asked])
      const last = await snapshot(({ observations }) => observations.lastSeen(["agt_1"]))
      assert.deepEqual(last, new Map([["agt_1", NOW]]))
    })

    it("answers when each subject was last seen, by whomever", async () => {
      const { transact, snapshot } = (await open()).shelf
      await transact(async ({ observations }) => {
        await observations.put([
          seen({ reporter: "laptop", lastSeen: later(2) }),
          seen({ reporter: "desktop", lastSeen: later(1) }),
        ])
      })
      const last = await snapshot(({ observations }) => observations.lastSeen(["agt_1", "agt_2"]))
      assert.deepEqual(last, new Map([["agt_1", later(2)]]))
    })

    it("replaces a seen server and keeps when it was first seen; lists and finds in the order of ids", async () => {
      const { transact, snapshot } = (await open()).shelf
      const [a, b] = ids("server", 2).map((one) => server({ id: one })) as [ObservedServer, ObservedServer]
      const again = { ...a, name: "renamed", firstSeen: later(9), lastSeen: later(9) }
      for (const one of [b, a, again]) await transact(({ observations }) => observations.putServers([one]))
      const kept = { ...again, firstSeen: NOW }
      assert.deepEqual(await snapshot(({ observations }) => observations.listServers({ limit: 10 })), [
        kept,
        b,
      ])
      assert.deepEqual(await snapshot(({ observations }) => observations.listServers({ limit: 1 })), [kept])
      assert.deepEqual(await snapshot(({ observations }) => observations.findServers([b.id, id("server")])), [
        b,
      ])
    })

    it("replaces a seen credential and keeps when it was first seen; lists and finds in the order of ids", async () => {
      const { transact, snapshot } = (await open()).shelf
      const [a, b] = ids("credential", 2).map((one) => credential({ id: one })) as [Credential, Credential]
      const again = { ...a, locations: ["~/.zshrc"], firstSeen: later(9), lastSeen: later(9) }
      for (const one of [b, a, again])
        await transact(({ observations }) => observations.putCredentials([one]))
      const kept = { ...again, firstSeen: NOW }
      assert.deepEqual(await snapshot(({ observations }) => observations.listCredentials({ limit: 10 })), [
        kept,
        b,
      ])
      assert.deepEqual(await snapshot(({ observations }) => observations.listCredentials({ limit: 1 })), [
        kept,
      ])
      const found = await snapshot(({ observations }) =>
        observations.findCredentials([b.id, id("credential")]),
      )
      assert.deepEqual(found, [b])
    })

    it("lists seen things from an id on, and those that vanished apart from those that are there", async () => {
      const { transact, snapshot } = (await open()).shelf
      const [a, b] = ids("server", 2).map((one) => server({ id: one })) as [ObservedServer, ObservedServer]
      const held = credential({ fingerprint: "f1" })
      await transact(async ({ observations }) => {
        await observations.putServers([a, b])
        await observations.putCredentials([held, credential({ fingerprint: "f2" })])
        await observations.put([
          seen({ kind: "server", key: "a", subject: a.id }),
          seen({ kind: "server", key: "b", subject: b.id, lastSeen: later(1) }),
          seen({ kind: "credential", subject: held.id }),
        ])
        await observations.vanish({ reporter: "laptop", kind: "server", before: later(1) }, ["a", "b"])
        await observations.vanish({ reporter: "laptop", kind: "credential", before: later(1) }, [
          "claude-code",
        ])
      })
      await snapshot(async ({ observations }) => {
        assert.deepEqual(await observations.listServers({ limit: 9, after: a.id }), [b])
        assert.deepEqual(await observations.listServers({ limit: 9, vanished: true }), [a])
        assert.deepEqual(await observations.listServers({ limit: 9, vanished: false }), [b])
        assert.deepEqual(await observations.listCredentials({ limit: 9, vanished: true }), [held])
        const { kind, provider, storedAs } = held
        const plain = await observations.plaintextAmong([held.id, id("credential")])
        assert.deepEqual([...plain], storedAs === "plaintext" ? [held.id] : [])
        assert.equal((await observations.listCredentials({ limit: 9, kind, storedAs })).length, 2)
        assert.equal(
          (await observations.listCredentials({ limit: 9, ...(provider && { provider }) })).length,
          2,
        )
        for (const other of [{ kind: "x" }, { provider: "x" }, { storedAs: "keychain" }] as const)
          assert.deepEqual(await observations.listCredentials({ limit: 9, ...other }), [])
        assert.deepEqual(await observations.withFingerprints(["f1", "f3"]), [held])
        assert.equal(await observations.countPlaintextCredentials(), 1)
      })
    })

    it("lists servers by system, transport and flag, and credentials by whether agents share them", async () => {
      const { shelf, stranger } = await open()
      const [plain, piped] = [
        server({ system: "Wiki", transport: "http", flags: ["plain-http", "unpinned"] }),
        server({ system: "Shell", transport: "stdio", flags: ["un_inned"] }),
      ]
      const [own, shared] = [credential({ fingerprint: "f1" }), credential({ fingerprint: "f2" })]
      await shelf.transact(async ({ observations }) => {
        await observations.putServers([plain, piped])
        await observations.putCredentials([own, shared])
        for (const [key, held] of [
          ["one", [own.id, shared.id]],
          ["two", [shared.id]],
        ] as const) {
          const agent = id("agent")
          await observations.put([seen({ key, subject: agent })])
          await observations.link("laptop", [{ key, servers: [], credentials: held }])
          await observations.relink([agent])
        }
      })
      await shelf.snapshot(async ({ observations }) => {
        const servers = (asked: Omit<ServerQuery, "limit">) =>
          observations.listServers({ limit: 9, ...asked })
        assert.deepEqual(await servers({ system: "Wiki" }), [plain])
        assert.deepEqual(await servers({ transport: "stdio" }), [piped])
        assert.deepEqual(await servers({ flag: "unpinned" }), [plain])
        assert.deepEqual(await servers({ flag: "un_inned" }), [piped])
        for (const none of ["pinned", "%", "http"]) assert.deepEqual(await servers({ flag: none }), [])
        const credentials = (asked: Omit<CredentialQuery, "limit">) =>
          observations.listCredentials({ limit: 9, ...asked })
        assert.deepEqual(await credentials({ shared: true }), [shared])
        assert.deepEqual(await credentials({ shared: false }), [own])
        assert.deepEqual(await credentials({ shared: true, after: shared.id }), [])
      })
      await stranger.transact(({ observations }) => observations.putCredentials([shared]))
      const theirs = await stranger.snapshot(({ observations }) =>
        observations.listCredentials({ limit: 9, shared: true }),
      )
      assert.deepEqual(theirs, [])
    })

    it("says what an agent uses and holds by its sightings together, each in place of what it said before", async () => {
      const { transact, snapshot } = (await open()).shelf
      const [busy, idle] = [id("agent"), id("agent")]
      const [servers, credentials] = [ids("server", 3), ids("credential", 2)]
      const [s1, s2, s3] = servers as [Id<"server">, Id<"server">, Id<"server">]
      const say = (reporter: string, uses: Uses) =>
        transact(async ({ observations }) => {
          await observations.put([seen({ reporter, subject: busy, lastSeen: later(1) })])
          await observations.link(reporter, [{ key: "claude-code", ...uses }])
          await observations.relink([busy, idle])
        })
      const links = () => snapshot(({ observations }) => observations.linksOf([busy, idle]))
      const used = (uses: Uses) =>
        new Map([
          [busy, uses],
          [idle, { servers: [], credentials: [] }],
        ])

      await say("laptop", { servers: [s1, s2], credentials })
      await say("desktop", { servers: [s2, s2], credentials: [] })
      assert.deepEqual(await links(), used({ servers: [s1, s2], credentials }))
      await say("desktop", { servers: [s3], credentials: [] })
      assert.deepEqual(await links(), used({ servers, credentials }))
      assert.deepEqual(
        await snapshot(({ observations }) => observations.usersOf([s3, id("server")])).then((users) =>
          users.get(s3),
        ),
        [busy],
      )

      const vanish = (reporter: string) =>
        transact(async ({ observations }) => {
          await observations.vanish({ reporter, kind: "agent", before: later(2) }, ["claude-code"])
          await observations.relink([busy])
        })
      await vanish("laptop")
      assert.deepEqual(await links(), used({ servers: [s3], credentials: [] }))
      await vanish("desktop")
      assert.deepEqual(await links(), used({ servers, credentials }))
    })

    it("counts servers and agents of each system, the most used first", async () => {
      const { transact, snapshot } = (await open()).shelf
      const [one, two] = [id("agent"), id("agent")]
      const [a, b, c, d] = ["github", "github", "jira", null].map((system) => server({ system })) as [
        ObservedServer,
        ObservedServer,
        ObservedServer,
        ObservedServer,
      ]
      await transact(async ({ observations }) => {
        await observations.putServers([a, b, c, d])
        await observations.put([seen({ subject: one }), seen({ key: "cursor", subject: two })])
        await observations.link("laptop", [
          { key: "claude-code", servers: [a.id, b.id, d.id], credentials: [] },
          { key: "cursor", servers: [b.id], credentials: [] },
        ])
        await observations.relink([one, two])
      })
      assert.deepEqual(await snapshot(({ observations }) => observations.countSystems({ limit: 10 })), [
        { system: "github", servers: 2, agents: 2 },
        { system: "jira", servers: 1, agents: 0 },
      ])
      const after = { system: "github", agents: 2 }
      assert.deepEqual(
        await snapshot(({ observations }) => observations.countSystems({ limit: 10, after })),
        [{ system: "jira", servers: 1, agents: 0 }],
      )
    })

    it("shows nothing to another organisation, and lets it replace nothing", async () => {
      const { shelf, stranger } = await open()
      const [agent, mine] = [id("agent"), { server: server({}), credential: credential({}) }]
      const everything = async (observations: ObservationStore) => [
        await observations.listScans({ limit: 10 }),
        await observations.known({ name: "laptop", machine: null }, "agent", ["claude-code"]),
        await observations.unseen({ reporter: "laptop", kind: "agent", before: later(9), limit: 10 }),
        await observations.vanished(["agt_1"]),
        await observations.newestScan("laptop"),
        await observations.of(["agt_1"]),
        await observations.lastSeen(["agt_1"]),
        await observations.listServers({ limit: 10 }),
        await observations.findServers([mine.server.id]),
        await observations.listCredentials({ limit: 10 }),
        await observations.findCredentials([mine.credential.id]),
        await observations.linksOf([agent]),
      ]
      const nothing = [
        [],
        new Map(),
        [],
        new Map(),
        undefined,
        [],
        new Map(),
        [],
        [],
        [],
        [],
        new Map([[agent, { servers: [], credentials: [] }]]),
      ]
      const record = scan({})
      await shelf.transact(async ({ observations }) => {
        await observations.insertScan(record)
        await observations.finishScan(record.id, RESULT)
        await observations.put([seen({}), seen({ key: "mine", subject: agent })])
        await observations.putServers([mine.server])
        await observations.putCredentials([mine.credential])
        const uses = { servers: [mine.server.id], credentials: [mine.credential.id] }
        await observations.link("laptop", [{ key: "mine", ...uses }])
        await observations.relink([agent])
      })
      const before = await shelf.snapshot(({ observations }) => everything(observations))

      assert.deepEqual(await stranger.snapshot(({ observations }) => everything(observations)), nothing)
      await stranger.transact(async ({ observations }) => {
        await observations.put([seen({ body: { theirs: true } })])
        await observations.putServers([{ ...mine.server, name: "theirs" }])
        await observations.putCredentials([{ ...mine.credential, kind: "theirs" }])
        await observations.link("laptop", [{ key: "mine", servers: [], credentials: [] }])
        await observations.relink([agent])
        await observations.vanish({ reporter: "laptop", kind: "agent", before: later(9) }, ["mine"])
      })
      assert.deepEqual(await shelf.snapshot(({ observations }) => everything(observations)), before)
    })
  })
}

const RESULT: ScanResult = {
  agents: 3,
  servers: 5,
  credentials: 2,
  discovered: 1,
  changed: 4,
  vanished: 0,
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
    result: null,
    ...differs,
  }
}

const SCAN = id("scan")

function seen(differs: Partial<Observation>): Observation {
  return {
    reporter: "laptop",
    machine: null,
    kind: "agent",
    key: "claude-code",
    subject: "agt_1",
    scan: SCAN,
    body: { version: "1" },
    digest: null,
    firstSeen: NOW,
    lastSeen: NOW,
    vanishedAt: null,
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
