import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Finding, FindingStanding, Id, Reporter } from "@tabard/core"
import { atOnce, id, later, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"
import type { FindingQuery, Sighting } from "./finding-store.ts"

const NOTHING_FOUND = { agents: 0, servers: 0, credentials: 0, discovered: 0, changed: 0, vanished: 0 }

/** What every FindingStore promises. */
export function findingStoreContract(name: string, open: OpenShelves): void {
  describe(`what sources say, kept in ${name}`, () => {
    it("is kept by source, rule and subject, and replaced by what the same source says later", async () => {
      const { shelf } = await open()
      const [first, other] = [said({ source: "a" }), said({ source: "b", severity: "low" })]
      await shelf.transact(({ findings }) => findings.say([first, other]))
      const now = { ...first, severity: "critical", message: "it is worse", evidence: [] } as const
      await shelf.transact(({ findings }) => findings.say([now]))
      assert.deepEqual(await saidOf(shelf, "a"), [now])
      assert.deepEqual(await saidOf(shelf, "b"), [other])
    })

    it("is forgotten by source, rule and subject, and what another says stays", async () => {
      const { shelf } = await open()
      const kept = [said({ rule: "second" }), said({ source: "b" })]
      await shelf.transact(({ findings }) => findings.say([said(), ...kept]))
      await shelf.transact(({ findings }) => findings.takeBack("a", [said()]))
      assert.deepEqual([...(await saidOf(shelf, "a")), ...(await saidOf(shelf, "b"))], kept)
    })

    it("is answered by source in the order of subject and rule, page by page, however much it is", async () => {
      const { shelf } = await open()
      const all = Array.from({ length: 1_100 }, (_, n) => said({ subject: `s${String(n).padStart(5, "0")}` }))
      await shelf.transact(({ findings }) => findings.say([...all, said({ source: "b", subject: "s" })]))
      const page = (after: Sighting | undefined) =>
        shelf.snapshot(({ findings }) => findings.saidBy("a", after, 1_000))
      const first = await page(undefined)
      assert.deepEqual([...first, ...(await page(first.at(-1)))], all)
    })

    it("counts for each rule with the gravest of its sources, the first by name of equals", async () => {
      const { shelf } = await open()
      const [grave, equal] = [
        said({ source: "c", severity: "high" }),
        said({ source: "d", severity: "high" }),
      ]
      const other = said({ rule: "second", severity: "low" })
      await shelf.transact(({ findings }) =>
        findings.say([equal, said({ severity: "low" }), other, grave, said({ subject: "elsewhere" })]),
      )
      assert.deepEqual(await shelf.snapshot(({ findings }) => findings.gravestOf(["s", "s"])), [grave, other])
    })

    it("moves to another subject, which keeps its own word where both have one", async () => {
      const { shelf } = await open()
      const own = said({ subject: "to", message: "own" })
      const moved = said({ subject: "from", rule: "second" })
      const findings = [finding({ subject: "from" }), finding({ subject: "from", rule: "second" })]
      const standing = finding({ subject: "to" })
      await shelf.transact(async (tx) => {
        await tx.findings.say([own, said({ subject: "from" }), moved])
        await tx.findings.insert([...findings, standing])
        await tx.findings.moveSubject("from", "to")
      })
      assert.deepEqual(await saidOf(shelf, "a", "to"), [own, { ...moved, subject: "to" }])
      assert.deepEqual(await saidOf(shelf, "a", "from"), [])
      assert.deepEqual(
        (await of(shelf, "to")).map((one) => one.id),
        [standing.id, findings[1]?.id],
      )
    })
  })

  describe(`findings kept in ${name}`, () => {
    it("come back as they were kept, in whatever state", async () => {
      const { shelf } = await open()
      const all = [
        finding({ rule: "a" }),
        finding({ rule: "b", standing: ACCEPTED }),
        finding({ rule: "c", standing: RESOLVED }),
      ]
      await shelf.transact(({ findings }) => findings.insert(all))
      assert.deepEqual(await of(shelf, "s"), all)
      for (const one of all) assert.deepEqual(await find(shelf, one.id), one)
    })

    it("are one for each rule and subject: of many at once exactly one is kept", async () => {
      const { shelf } = await open()
      const kept = await atOnce(() => shelf.transact(({ findings }) => findings.insert([finding()])))
      assert.equal(kept.flat().length, 1)
      assert.deepEqual(
        (await of(shelf, "s")).map((one) => one.id),
        kept.flat(),
      )
    })

    it("move out of one state once, however many try", async () => {
      const { shelf } = await open()
      const one = await inserted(shelf)
      const answers = await atOnce(() =>
        shelf.transact(({ findings }) => findings.move(one.id, "open", ACCEPTED)),
      )
      assert.equal(won(answers), 1)
      assert.deepEqual((await find(shelf, one.id))?.standing, ACCEPTED)
      assert.equal(await move(shelf, one.id, "accepted", ACCEPTED), false)
    })

    it("are counted when they come back after they were resolved, and only then", async () => {
      const { shelf } = await open()
      const one = await inserted(shelf)
      await move(shelf, one.id, "open", ACCEPTED)
      await move(shelf, one.id, "accepted", { kind: "open" })
      assert.equal((await find(shelf, one.id))?.reopened, 0)
      await move(shelf, one.id, "open", RESOLVED)
      await move(shelf, one.id, "resolved", { kind: "open" })
      assert.deepEqual(await find(shelf, one.id), { ...one, reopened: 1 })
    })

    it("say something else of their subject without another standing", async () => {
      const { shelf } = await open()
      const one = await inserted(shelf, { standing: ACCEPTED })
      const says = { severity: "critical", message: "worse", evidence: [], lastSeenAt: later(5) } as const
      await shelf.transact(({ findings }) => findings.describe({ id: one.id, ...says }))
      assert.deepEqual(await find(shelf, one.id), { ...one, ...says })
    })

    it("note when they were seen, but for what is resolved", async () => {
      const { shelf } = await open()
      const one = await inserted(shelf)
      const gone = await inserted(shelf, { rule: "gone", standing: RESOLVED })
      await shelf.transact(({ findings }) => findings.touch([one, gone], later(7)))
      assert.deepEqual((await find(shelf, one.id))?.lastSeenAt, later(7))
      assert.deepEqual((await find(shelf, gone.id))?.lastSeenAt, NOW)
    })

    it("are listed the worst first and page by page, by state, severity, rule and subject", async () => {
      const { shelf } = await open()
      const severities = ["low", "critical", "medium", "high", "critical"] as const
      const all = severities.map((severity, n) =>
        finding({ severity, subject: `s${n}`, id: `fnd_${n}`, rule: severity }),
      )
      await shelf.transact(({ findings }) => findings.insert(all))
      await move(shelf, "fnd_3", "open", RESOLVED)
      const listed = (query: Partial<FindingQuery>) =>
        shelf
          .snapshot(({ findings }) => findings.list({ now: NOW, limit: 10, ...query }))
          .then((found) => found.map((one) => one.id))

      assert.deepEqual(await listed({}), ["fnd_4", "fnd_1", "fnd_3", "fnd_2", "fnd_0"])
      assert.deepEqual(await listed({ limit: 2 }), ["fnd_4", "fnd_1"])
      const last = { id: "fnd_1", severity: "critical" } as const
      assert.deepEqual(await listed({ after: last }), ["fnd_3", "fnd_2", "fnd_0"])
      assert.deepEqual(await listed({ states: ["open", "accepted"] }), ["fnd_4", "fnd_1", "fnd_2", "fnd_0"])
      assert.deepEqual(await listed({ states: ["resolved"] }), ["fnd_3"])
      assert.deepEqual(await listed({ severity: "critical" }), ["fnd_4", "fnd_1"])
      assert.deepEqual(await listed({ rule: "low" }), ["fnd_0"])
      assert.deepEqual(await listed({ subjects: ["s2", "s3"] }), ["fnd_3", "fnd_2"])
      assert.deepEqual(await listed({ subjects: [] }), [])
    })

    it("are open again from the moment in which their acceptance ends", async () => {
      const { shelf } = await open()
      const one = await inserted(shelf, { standing: ACCEPTED })
      const at = (now: Date, state: "open" | "accepted") =>
        shelf.snapshot(({ findings }) => findings.list({ now, states: [state], limit: 10 }))
      assert.deepEqual([(await at(NOW, "open")).length, (await at(NOW, "accepted")).length], [0, 1])
      const end = ACCEPTED.until
      assert.deepEqual([(await at(end, "open")).length, (await at(end, "accepted")).length], [1, 0])
      const lapsed = (now: Date) => shelf.snapshot(({ findings }) => findings.lapsed(now, 10))
      assert.deepEqual(await lapsed(new Date(end.getTime() - 1)), [])
      assert.deepEqual(await lapsed(end), [one])
    })

    it("are counted by rule, severity and state while they stand", async () => {
      const { shelf } = await open()
      const standing = [
        finding({ subject: "1" }),
        finding({ subject: "2" }),
        finding({ subject: "3", severity: "low" }),
        finding({ subject: "4", standing: ACCEPTED }),
        finding({ subject: "5", standing: RESOLVED }),
      ]
      await shelf.transact(({ findings }) => findings.insert(standing))
      const count = (now: Date) => shelf.snapshot(({ findings }) => findings.count(now))
      const common = { rule: "rule", severity: "medium" } as const
      const low = { rule: "rule", severity: "low", state: "open", findings: 1 } as const
      assert.deepEqual(await count(NOW), [
        { ...common, state: "open", findings: 2 },
        { ...common, state: "accepted", findings: 1 },
        low,
      ])
      assert.deepEqual(await count(ACCEPTED.until), [{ ...common, state: "open", findings: 3 }, low])
    })

    it("refuse a state with what belongs to another", async () => {
      const { shelf } = await open()
      const until = new Date(Number.NaN)
      await assert.rejects(inserted(shelf, { standing: { ...ACCEPTED, until } }))
    })

    it("know where things were seen from, and when each source last finished", async () => {
      const { shelf } = await open()
      const scan = { roots: [], startedAt: NOW, unreadable: [], coverage: {} }
      await shelf.transact(async ({ observations }) => {
        for (const [reporter, finishedAt] of [
          ["a", NOW],
          ["b", later(2)],
          ["a", later(3)],
        ] as const) {
          const whole = { ...scan, id: id("scan"), reporter, finishedAt }
          await observations.insertScan(whole)
          await observations.finishScan(whole.id, NOTHING_FOUND)
        }
        await observations.insertScan({ ...scan, id: id("scan"), reporter: "a", finishedAt: later(9) })
      })
      const sources = (after: string, limit: number) =>
        shelf.snapshot(({ findings }) => findings.sources(after, limit))
      assert.deepEqual(await sources("", 10), [
        { source: "a", lastFinished: later(3), ...HEARD },
        { source: "b", lastFinished: later(2), ...HEARD },
      ])
      assert.deepEqual(await sources("", 1), [{ source: "a", lastFinished: later(3), ...HEARD }])
      assert.deepEqual(await sources("a", 10), [{ source: "b", lastFinished: later(2), ...HEARD }])
    })

    it("know which of the sources was revoked, and what of it was refused", async () => {
      const { shelf } = await open()
      const reporter = enrolledReporter()
      const whole = { id: id("scan"), reporter: reporter.id, finishedAt: NOW, roots: [], startedAt: NOW }
      await shelf.transact(async ({ observations, reporters }) => {
        await reporters.insert(reporter)
        await observations.insertScan({ ...whole, unreadable: [], coverage: {} })
        await observations.finishScan(whole.id, NOTHING_FOUND)
        await reporters.refuse(reporter.id, { at: later(5), why: "too long", toldBefore: NOW })
        await reporters.revoke(reporter.id, { by: BY, at: later(6) })
      })
      const refusal = { at: later(5), why: "too long" }
      assert.deepEqual(await shelf.snapshot(({ findings }) => findings.sources("", 10)), [
        { source: reporter.id, lastFinished: NOW, revoked: true, refusal },
      ])
    })

    it("know a reporter that no scan was ever heard of, since when it was enrolled", async () => {
      const { shelf, stranger } = await open()
      const reporter = enrolledReporter()
      await shelf.transact(({ reporters }) => reporters.insert(reporter))
      const ask = (from: Shelf, after: string): Promise<unknown> =>
        from.snapshot(({ findings }) => findings.sources(after, 10))
      const silent = { source: reporter.id, lastFinished: reporter.enrolledAt, ...HEARD }
      assert.deepEqual(await ask(shelf, ""), [silent])
      assert.deepEqual(await ask(shelf, reporter.id), [])
      assert.deepEqual(await ask(stranger, ""), [])
    })

    it("show nothing to another organisation, and are moved by none", async () => {
      const { shelf, stranger } = await open()
      const one = await inserted(shelf)
      await shelf.transact(({ findings }) => findings.say([said()]))
      assert.equal(await find(stranger, one.id), undefined)
      assert.equal(await move(stranger, one.id, "open", RESOLVED), false)
      await stranger.transact(async ({ findings }) => {
        await findings.takeBack("a", [said()])
        await findings.moveSubject("s", "t")
        await findings.touch([one], later(1))
      })
      assert.deepEqual(await of(stranger, "s"), [])
      assert.deepEqual(await stranger.snapshot(({ findings }) => findings.count(NOW)), [])
      assert.deepEqual([await of(shelf, "s"), await saidOf(shelf, "a")], [[one], [said()]])
    })
  })
}

const BY = id("user")
const ACCEPTED = { kind: "accepted", by: BY, at: NOW, reason: "known", until: later(60_000) } as const
const HEARD = { revoked: false, refusal: null } as const
const RESOLVED = { kind: "resolved", at: later(1) } as const

function said(differs: Partial<Sighting> = {}): Sighting {
  const evidence = [{ path: "/etc/x", line: 3, what: "it stands there" }]
  const says = { severity: "medium", message: "it is so", evidence } as const
  return { source: "a", rule: "rule", subject: "s", ...says, ...differs }
}

function finding(differs: Partial<Finding> = {}): Finding {
  const { rule, subject, severity, message, evidence } = said()
  const says = { rule, subject, severity, message, evidence }
  const times = { openedAt: NOW, lastSeenAt: NOW, reopened: 0 }
  return { id: id("finding"), ...says, standing: { kind: "open" }, ...times, ...differs }
}

async function inserted(shelf: Shelf, differs: Partial<Finding> = {}): Promise<Finding> {
  const one = finding(differs)
  await shelf.transact(({ findings }) => findings.insert([one]))
  return one
}

function enrolledReporter(): Reporter {
  const key = { kty: "OKP", crv: "Ed25519", x: "x" } as const
  const enrolled = { enrolledBy: BY, enrolledAt: NOW, revoked: null }
  return { id: id("reporter"), name: "laptop", jwk: key, thumbprint: "thumb", ...enrolled }
}

function find(shelf: Shelf, one: Id<"finding">): Promise<Finding | undefined> {
  return shelf.snapshot(({ findings }) => findings.find(one))
}

function of(shelf: Shelf, subject: string): Promise<readonly Finding[]> {
  return shelf.snapshot(({ findings }) => findings.of([subject]))
}

function move(
  shelf: Shelf,
  one: Id<"finding">,
  from: "open" | "accepted" | "resolved",
  to: FindingStanding,
): Promise<boolean> {
  return shelf.transact(({ findings }) => findings.move(one, from, to))
}

function saidOf(shelf: Shelf, source: string, subject = "s"): Promise<readonly Sighting[]> {
  return shelf.snapshot(({ findings }) => findings.saidOf(source, [subject]))
}
