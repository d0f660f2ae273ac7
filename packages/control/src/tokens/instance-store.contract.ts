import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Instance } from "@tabard/core"
import { atOnce, id, later, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"
import type { Enrolment, InstanceStore, KeyRotation } from "./instance-store.ts"

/** What every InstanceStore promises. */
export function instanceStoreContract(name: string, open: OpenShelves): void {
  describe(`instances kept in ${name}`, () => {
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

    it("gives nobody an enrolment that has expired or was never offered", async () => {
      const { shelf } = await open()
      const offered = await offer(shelf, enrolment({ expiresAt: later(1) }))
      assert.equal(await take(shelf, offered.codeHash, later(1)), undefined)
      assert.equal(await take(shelf, "never offered", NOW), undefined)
      assert.deepEqual(await take(shelf, offered.codeHash, NOW), offered)
    })

    it("withdraws the enrolments for one agent, or of one person, and leaves the others", async () => {
      const { shelf, stranger } = await open()
      const [agent, createdBy] = [id("agent"), id("user")]
      const forAgent = await offer(shelf, enrolment({ agent }))
      const byPerson = await offer(shelf, enrolment({ createdBy }))
      const untouched = await offer(shelf, enrolment())
      const withdraw = (from: Shelf, of: Parameters<InstanceStore["withdrawEnrolments"]>[0]) =>
        from.transact(({ instances }) => instances.withdrawEnrolments(of))

      for (const which of [{ agent }, { createdBy }]) {
        assert.equal(await withdraw(stranger, which), 0)
        assert.equal(await withdraw(shelf, which), 1)
      }
      for (const { codeHash } of [forAgent, byPerson])
        assert.equal(await take(shelf, codeHash, NOW), undefined)
      assert.deepEqual(await take(shelf, untouched.codeHash, NOW), untouched)
    })

    it("rejects an enrolment whose code's hash is taken", async () => {
      const { shelf } = await open()
      const { codeHash } = await offer(shelf, enrolment())
      await assert.rejects(offer(shelf, enrolment({ codeHash })))
    })

    it("keeps one instance of a key: of many with one thumbprint exactly one is kept", async () => {
      const { shelf } = await open()
      const agent = id("agent")
      const kept = await atOnce(() => insert(shelf, instance({ agent, thumbprint: "same" })))
      assert.equal(won(kept), 1)
      assert.equal((await of(shelf, agent)).length, 1)
    })

    it("does not keep a key again that was revoked", async () => {
      const { shelf } = await open()
      const first = instance({ thumbprint: "same" })
      await insert(shelf, first)
      await shelf.transact(({ instances }) => instances.revoke(first.id, later(1)))
      const again = instance({ thumbprint: "same" })
      assert.equal(await insert(shelf, again), false)
      assert.equal(await shelf.snapshot(({ instances }) => instances.find(again.id)), undefined)
    })

    it("keeps any number of instances without a key, and finds them as they are", async () => {
      const { shelf } = await open()
      const agent = id("agent")
      const keyless = { agent, kind: "federated", jwk: null, thumbprint: null } as const
      const both = [instance(keyless), instance({ ...keyless, kind: "client", enrolledAt: later(1) })]
      for (const one of both) assert.equal(await insert(shelf, one), true)
      assert.deepEqual(await of(shelf, agent), both)
    })

    it("remembers when a live instance was last used", async () => {
      const { shelf } = await open()
      const [used, revoked] = [instance(), instance({ revokedAt: NOW })]
      for (const one of [used, revoked]) await insert(shelf, one)
      const lastUse = async ({ id: of }: Instance) => {
        await shelf.transact(({ instances }) => instances.markUsed(of, later(5)))
        return (await shelf.snapshot(({ instances }) => instances.find(of)))?.lastUsedAt
      }
      assert.deepEqual(await lastUse(used), later(5))
      assert.equal(await lastUse(revoked), null)
    })

    it("rotates a key: of many from one key exactly one wins, and both are found until they end", async () => {
      const { shelf } = await open()
      const one = instance({ thumbprint: "first" })
      await insert(shelf, one)
      const rotations = [1, 2, 3].map((count) => rotation("first", `next ${count}`))
      const won = await Promise.all(rotations.map((each) => rotate(shelf, one.id, each)))
      assert.equal(won.filter(Boolean).length, 1)
      const winner = rotations[won.indexOf(true)]
      assert.deepEqual(await shelf.snapshot(({ instances }) => instances.find(one.id)), {
        ...one,
        ...winner?.to,
        keyStorage: "tpm",
        rotatedAt: NOW,
        earlierKey: { jwk: one.jwk, thumbprint: "first", endsAt: later(600_000) },
      })
    })

    it("rotates no instance that is revoked or unknown, nor to a key that is known, nor back", async () => {
      const { shelf, stranger } = await open()
      const [one, revoked] = [instance({ thumbprint: "a" }), instance({ thumbprint: "b", revokedAt: NOW })]
      for (const kept of [one, revoked]) await insert(shelf, kept)
      assert.equal(await rotate(stranger, one.id, rotation("a", "c")), false)
      assert.equal(await rotate(shelf, revoked.id, rotation("b", "c")), false)
      assert.equal(await rotate(shelf, id("instance"), rotation("a", "c")), false)
      assert.equal(await rotate(shelf, one.id, rotation("a", "b")), false)
      assert.deepEqual(await of(shelf, one.agent), [one])
      assert.equal(await rotate(shelf, one.id, rotation("a", "c")), true)
      assert.equal(await rotate(shelf, one.id, rotation("c", "a")), false)
    })

    it("does not keep a key again that another took the place of", async () => {
      const { shelf } = await open()
      const one = instance({ thumbprint: "a" })
      await insert(shelf, one)
      await rotate(shelf, one.id, rotation("a", "b"))
      await rotate(shelf, one.id, rotation("b", "c"))
      for (const thumbprint of ["a", "b", "c"])
        assert.equal(await insert(shelf, instance({ thumbprint })), false, thumbprint)
    })

    it("finds an instance, a revoked one with when it was revoked", async () => {
      const { shelf } = await open()
      const one = instance()
      await insert(shelf, one)
      const find = () => shelf.snapshot(({ instances }) => instances.find(one.id))
      assert.deepEqual(await find(), one)
      await shelf.transact(({ instances }) => instances.revoke(one.id, later(1)))
      assert.deepEqual(await find(), { ...one, revokedAt: later(1) })
      assert.equal(await shelf.snapshot(({ instances }) => instances.find(id("instance"))), undefined)
    })

    it("answers an agent's instances, revoked ones too, oldest first", async () => {
      const { shelf } = await open()
      const agent = id("agent")
      const young = instance({ agent, enrolledAt: later(1) })
      const old = instance({ agent, revokedAt: later(2) })
      for (const one of [young, old, instance()]) await insert(shelf, one)
      assert.deepEqual(await of(shelf, agent), [old, young])
    })

    it("counts the instances of many agents that are not revoked", async () => {
      const { shelf, stranger } = await open()
      const [one, other] = [id("agent"), id("agent")]
      await insert(shelf, instance({ agent: one }))
      await insert(shelf, instance({ agent: other }))
      await insert(shelf, instance({ agent: other, revokedAt: NOW }))
      await insert(shelf, instance())
      const count = (from: Shelf, agents: readonly (typeof one)[]) =>
        from.snapshot(({ instances }) => instances.countLive(agents))
      assert.equal(await count(shelf, [one, other]), 2)
      assert.equal(await count(shelf, [one]), 1)
      assert.equal(await count(shelf, []), 0)
      assert.equal(await count(stranger, [one, other]), 0)
    })

    it("revokes a live instance once, and no other", async () => {
      const { shelf } = await open()
      const [one, other] = [instance(), instance()]
      for (const kept of [one, other]) await insert(shelf, kept)
      const revoked = await atOnce(() => shelf.transact(({ instances }) => instances.revoke(one.id, NOW)))
      assert.equal(won(revoked), 1)
      assert.equal(await shelf.transact(({ instances }) => instances.revoke(id("instance"), NOW)), false)
      assert.deepEqual(await of(shelf, other.agent), [other])
    })

    it("revokes every live instance of an agent, withdraws its enrolments, and leaves other agents alone", async () => {
      const { shelf } = await open()
      const agent = id("agent")
      const earlier = instance({ agent, revokedAt: NOW })
      const other = instance()
      for (const one of [earlier, other, instance({ agent }), instance({ agent })]) await insert(shelf, one)
      const withdrawn = await offer(shelf, enrolment({ agent }))
      const untouched = await offer(shelf, enrolment())

      assert.equal(await shelf.transact(({ instances }) => instances.revokeAll(agent, later(1))), 2)
      const times = (await of(shelf, agent)).map(({ revokedAt }) => revokedAt)
      assert.equal(times.filter((at) => at?.getTime() === later(1).getTime()).length, 2)
      assert.equal(times.filter((at) => at?.getTime() === NOW.getTime()).length, 1)
      assert.deepEqual(await of(shelf, other.agent), [other])
      assert.equal(await take(shelf, withdrawn.codeHash, NOW), undefined)
      assert.deepEqual(await take(shelf, untouched.codeHash, NOW), untouched)
    })

    it("shows nothing to another organisation, and lets it take and revoke nothing", async () => {
      const { shelf, stranger } = await open()
      const one = instance({ thumbprint: "same" })
      await insert(shelf, one)
      const offered = await offer(shelf, enrolment({ agent: one.agent }))
      await stranger.transact(async ({ instances }) => {
        assert.equal(await instances.find(one.id), undefined)
        assert.deepEqual(await instances.of(one.agent), [])
        assert.equal(await instances.revoke(one.id, NOW), false)
        assert.equal(await instances.revokeAll(one.agent, NOW), 0)
        assert.equal(await instances.takeEnrolment(offered.codeHash, NOW), undefined)
        assert.equal(await instances.insert(instance({ thumbprint: "same" })), true)
      })
      assert.deepEqual(await of(shelf, one.agent), [one])
      assert.deepEqual(await take(shelf, offered.codeHash, NOW), offered)
    })
  })
}

async function offer(shelf: Shelf, offered: Enrolment): Promise<Enrolment> {
  await shelf.transact(({ instances }) => instances.offerEnrolment(offered))
  return offered
}

function take(shelf: Shelf, codeHash: string, now: Date): Promise<Enrolment | undefined> {
  return shelf.transact(({ instances }) => instances.takeEnrolment(codeHash, now))
}

function insert(shelf: Shelf, one: Instance): Promise<boolean> {
  return shelf.transact(({ instances }) => instances.insert(one))
}

function rotate(shelf: Shelf, one: Instance["id"], asked: KeyRotation): Promise<boolean> {
  return shelf.transact(({ instances }) => instances.rotate(one, asked))
}

function rotation(from: string, thumbprint: string): KeyRotation {
  const to = { jwk: { kty: "EC", crv: "P-256", x: thumbprint, y: "y" }, thumbprint } as const
  return { from, to, keyStorage: "tpm", at: NOW, endsAt: later(600_000) }
}

function of(shelf: Shelf, agent: Instance["agent"]): Promise<readonly Instance[]> {
  return shelf.snapshot(({ instances }) => instances.of(agent))
}

function enrolment(differs: Partial<Enrolment> = {}): Enrolment {
  return {
    codeHash: `hash of ${id("call")}`,
    agent: id("agent"),
    createdBy: id("user"),
    expiresAt: later(60_000),
    ...differs,
  }
}

function instance(differs: Partial<Instance> = {}): Instance {
  return {
    id: id("instance"),
    agent: id("agent"),
    kind: "key",
    label: "ada's laptop",
    jwk: { kty: "EC", crv: "P-256", x: "x", y: "y" },
    thumbprint: `print of ${id("call")}`,
    enrolledAt: NOW,
    lastUsedAt: null,
    revokedAt: null,
    ...differs,
  }
}
