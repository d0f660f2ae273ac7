import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Reporter } from "@tabard/core"
import { atOnce, id, later, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"
import type { ReportAdmission, ReporterEnrolment, ReportTurn } from "./reporter-store.ts"

/** What every ReporterStore promises. */
export function reporterStoreContract(name: string, open: OpenShelves): void {
  describe(`reporters kept in ${name}`, () => {
    it("gives an enrolment to exactly one of many takers, and it is gone", async () => {
      const { shelf } = await open()
      const offered = await offer(shelf, enrolment())
      const taken = await atOnce(() => take(shelf, offered.codeHash, NOW))
      assert.deepEqual(
        taken.filter((one) => one !== undefined),
        [offered],
      )
      assert.equal(await take(shelf, offered.codeHash, NOW), undefined)
    })

    it("gives nobody an enrolment that has expired, and rejects a hash that is taken", async () => {
      const { shelf } = await open()
      const offered = await offer(shelf, enrolment({ expiresAt: later(1) }))
      await assert.rejects(offer(shelf, enrolment({ codeHash: offered.codeHash })))
      assert.equal(await take(shelf, offered.codeHash, later(1)), undefined)
      assert.deepEqual(await take(shelf, offered.codeHash, NOW), offered)
    })

    it("keeps one reporter of a key, also where the one before is revoked", async () => {
      const { shelf } = await open()
      const kept = await atOnce(() => insert(shelf, reporter({ thumbprint: "same" })))
      assert.equal(won(kept), 1)
      const [first] = await list(shelf)
      await revoke(shelf, first?.id ?? assert.fail())
      assert.equal(await insert(shelf, reporter({ thumbprint: "same" })), false)
      assert.equal((await list(shelf)).length, 1)
    })

    it("answers who holds a key, and nobody once they are revoked", async () => {
      const { shelf } = await open()
      const one = await enrolled(shelf)
      assert.deepEqual(await holder(shelf, one.thumbprint), one)
      const revoked = await atOnce(() => revoke(shelf, one.id))
      assert.deepEqual(
        revoked.filter((each) => each !== undefined),
        [{ ...one, revoked: { by: BY, at: later(1) } }],
      )
      assert.equal(await holder(shelf, one.thumbprint), undefined)
      assert.equal(await holder(shelf, "nobody's"), undefined)
    })

    it("answers reporters and what they sent, revoked ones too, the last enrolled first", async () => {
      const { shelf } = await open()
      const old = await enrolled(shelf)
      const young = await enrolled(shelf, { enrolledAt: later(5) })
      await revoke(shelf, old.id)
      const report = { scan: id("scan"), at: later(7), agents: 3, unreadable: 1 }
      await shelf.transact(({ reporters }) => reporters.finish(young.id, report, 0))
      const none = { reports: 0, lastReport: null, refused: 0, lastRefusal: null }
      assert.deepEqual(await list(shelf), [
        { ...young, ...none, reports: 1, lastReport: report },
        { ...old, ...none, revoked: { by: BY, at: later(1) } },
      ])
      const behind = await shelf.snapshot(({ reporters }) => reporters.list({ limit: 1, after: young }))
      assert.deepEqual(
        behind.map((one) => one.id),
        [old.id],
      )
    })

    it("answers the reporters of these ids, revoked ones too, and leaves out who is not here", async () => {
      const { shelf, stranger } = await open()
      const [one, other] = [await enrolled(shelf), await enrolled(shelf)]
      await revoke(shelf, one.id)
      const ask = (from: Shelf): Promise<readonly Reporter[]> =>
        from.snapshot(({ reporters }) => reporters.of([one.id, id("reporter")]))
      assert.deepEqual(await ask(shelf), [{ ...one, revoked: { by: BY, at: later(1) } }])
      assert.deepEqual(await ask(stranger), [])
      assert.deepEqual(await shelf.snapshot(({ reporters }) => reporters.of([])), [])
      assert.deepEqual(await holder(shelf, other.thumbprint), other)
    })

    it("gives exactly one of many a turn, and nobody the next before it is over", async () => {
      const { shelf } = await open()
      const { id: one } = await enrolled(shelf)
      const asked = await atOnce(() => admit(shelf, one, turn(0)))
      assert.equal(asked.filter((each) => each?.kind === "admitted").length, 1)
      assert.deepEqual(await admit(shelf, one, turn(59_999)), { kind: "wait", until: later(60_000) })
      assert.deepEqual(await admit(shelf, one, turn(60_000)), { kind: "admitted" })
      await finish(shelf, one)
      assert.deepEqual(await admit(shelf, one, turn(60_001)), { kind: "admitted" })
    })

    it("gives turns no faster than the pace, and as many at once as it says after a rest", async () => {
      const { shelf } = await open()
      const { id: one } = await enrolled(shelf)
      const send = async (ms: number): Promise<ReportAdmission | undefined> => {
        const answer = await admit(shelf, one, turn(ms))
        if (answer?.kind === "admitted") await finish(shelf, one)
        return answer
      }
      for (const ms of [0, 1, 2]) assert.deepEqual(await send(ms), { kind: "admitted" })
      assert.deepEqual(await send(3), { kind: "wait", until: later(1000) })
      assert.deepEqual(await send(999), { kind: "wait", until: later(1000) })
      assert.deepEqual(await send(1000), { kind: "admitted" })
      assert.equal((await send(1001))?.kind, "wait")
      for (const ms of [9000, 9001, 9002]) assert.deepEqual(await send(ms), { kind: "admitted" })
      assert.equal((await send(9003))?.kind, "wait")
    })

    it("puts off what comes next by as much as it is told", async () => {
      const { shelf } = await open()
      const { id: one } = await enrolled(shelf)
      assert.deepEqual(await admit(shelf, one, turn(0)), { kind: "admitted" })
      await finish(shelf, one, 10_000)
      assert.deepEqual(await admit(shelf, one, turn(1)), { kind: "wait", until: later(9_000) })
      assert.deepEqual(await admit(shelf, one, turn(9_000)), { kind: "admitted" })
    })

    it("gives no turn to a revoked reporter, nor to one that never was", async () => {
      const { shelf } = await open()
      const { id: one } = await enrolled(shelf)
      await revoke(shelf, one)
      assert.equal(await admit(shelf, one, turn(0)), undefined)
      assert.equal(await admit(shelf, id("reporter"), turn(0)), undefined)
    })

    it("counts every refusal, ends the turn, and lets one of many tell of it", async () => {
      const { shelf } = await open()
      const { id: one } = await enrolled(shelf)
      await admit(shelf, one, turn(0))
      const refusal = { at: later(2), why: "report_invalid", toldBefore: later(-1000) }
      const told = await atOnce(() => shelf.transact(({ reporters }) => reporters.refuse(one, refusal)))
      assert.equal(won(told), 1)
      const [kept] = await list(shelf)
      assert.equal(kept?.refused, 20)
      assert.deepEqual(kept?.lastRefusal, { at: later(2), why: "report_invalid" })
      assert.deepEqual(await admit(shelf, one, turn(3)), { kind: "admitted" })
      const again = { ...refusal, at: later(5000), toldBefore: later(3) }
      assert.equal(await shelf.transact(({ reporters }) => reporters.refuse(one, again)), true)
    })

    it("answers under which keys a reporter saw something, and no other reporter's", async () => {
      const { shelf } = await open()
      const [one, other] = [id("reporter"), id("reporter")]
      await shelf.transact(async ({ observations }) => {
        for (const [reporter, kind, key] of [
          [one, "agent", "a"],
          [one, "server", "s"],
          [other, "agent", "b"],
        ] as const) {
          const times = { firstSeen: NOW, lastSeen: NOW, vanishedAt: null }
          const seen = { machine: null, subject: id(kind), scan: id("scan"), body: {}, digest: null }
          await observations.put([{ reporter, kind, key, ...seen, ...times }])
        }
      })
      assert.deepEqual(await shelf.snapshot(({ reporters }) => reporters.seenKeys(one, "agent")), ["a"])
    })

    it("shows nothing to another organisation, and lets it take, revoke and send nothing", async () => {
      const { shelf, stranger } = await open()
      const one = await enrolled(shelf, { thumbprint: "same" })
      const offered = await offer(shelf, enrolment())
      assert.deepEqual(await list(stranger), [])
      assert.equal(await holder(stranger, "same"), undefined)
      assert.equal(await revoke(stranger, one.id), undefined)
      assert.equal(await admit(stranger, one.id, turn(0)), undefined)
      assert.equal(await take(stranger, offered.codeHash, NOW), undefined)
      assert.equal(await insert(stranger, reporter({ thumbprint: "same" })), true)
      assert.deepEqual(await holder(shelf, "same"), one)
    })
  })
}

const BY = id("user")

/** A turn of a minute at a pace of one a second, three after a rest. */
function turn(ms: number): ReportTurn {
  return { now: later(ms), until: later(ms + 60_000), pace: { every: 1000, burst: 3 } }
}

async function offer(shelf: Shelf, offered: ReporterEnrolment): Promise<ReporterEnrolment> {
  await shelf.transact(({ reporters }) => reporters.offerEnrolment(offered))
  return offered
}

function take(shelf: Shelf, codeHash: string, now: Date): Promise<ReporterEnrolment | undefined> {
  return shelf.transact(({ reporters }) => reporters.takeEnrolment(codeHash, now))
}

async function enrolled(shelf: Shelf, differs: Partial<Reporter> = {}): Promise<Reporter> {
  const one = reporter(differs)
  assert.equal(await insert(shelf, one), true)
  return one
}

function insert(shelf: Shelf, one: Reporter): Promise<boolean> {
  return shelf.transact(({ reporters }) => reporters.insert(one))
}

function list(
  shelf: Shelf,
): Promise<readonly (Reporter & { refused: number; lastRefusal: object | null })[]> {
  return shelf.snapshot(({ reporters }) => reporters.list({ limit: 100 }))
}

function holder(shelf: Shelf, thumbprint: string): Promise<Reporter | undefined> {
  return shelf.snapshot(({ reporters }) => reporters.holderOf(thumbprint))
}

function revoke(shelf: Shelf, one: Reporter["id"]): Promise<Reporter | undefined> {
  return shelf.transact(({ reporters }) => reporters.revoke(one, { by: BY, at: later(1) }))
}

function admit(shelf: Shelf, one: Reporter["id"], asked: ReportTurn): Promise<ReportAdmission | undefined> {
  return shelf.transact(({ reporters }) => reporters.admit(one, asked))
}

function finish(shelf: Shelf, one: Reporter["id"], putOff = 0): Promise<void> {
  const report = { scan: id("scan"), at: NOW, agents: 0, unreadable: 0 }
  return shelf.transact(({ reporters }) => reporters.finish(one, report, putOff))
}

function enrolment(differs: Partial<ReporterEnrolment> = {}): ReporterEnrolment {
  return {
    codeHash: `hash of ${id("call")}`,
    name: "ada's laptop",
    createdBy: BY,
    expiresAt: later(60_000),
    ...differs,
  }
}

function reporter(differs: Partial<Reporter> = {}): Reporter {
  return {
    id: id("reporter"),
    name: "ada's laptop",
    jwk: { kty: "EC", crv: "P-256", x: "x", y: "y" },
    thumbprint: `print of ${id("call")}`,
    enrolledBy: BY,
    enrolledAt: NOW,
    revoked: null,
    ...differs,
  }
}
