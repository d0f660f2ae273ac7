import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { newId, type Organisation } from "@tabard/core"
import { atOnce, foundAgent, id, NOW, type OpenShelves } from "./shelves.contract.ts"
import type { Store } from "./transaction.ts"

/** What every Store promises of its transactions and snapshots. */
export function transactionContract(name: string, open: OpenShelves): void {
  describe(`a transaction in ${name}`, () => {
    it("keeps all of its changes, in every store that it touched", async () => {
      const { shelf } = await open()
      const agent = foundAgent()
      const version = await shelf.transact(async ({ agents, organisation }) => {
        await agents.insert(agent)
        return organisation.bumpVersion()
      })
      await shelf.snapshot(async ({ agents, organisation }) => {
        assert.deepEqual(await agents.find(agent.id), agent)
        assert.equal(await organisation.version(), version)
      })
    })

    it("keeps none of them where its work rejects, and rejects with the same error", async () => {
      const { shelf } = await open()
      const agent = foundAgent()
      const fault = new Error("the power went")
      const failing = shelf.transact(async ({ agents }) => {
        await agents.insert(agent)
        throw fault
      })
      await assert.rejects(failing, (error) => error === fault)
      assert.equal(await shelf.snapshot(({ agents }) => agents.find(agent.id)), undefined)
    })

    it("keeps none of them where a statement failed, even if the work went on", async () => {
      const { shelf } = await open()
      const [agent, other] = [foundAgent(), foundAgent()]
      await shelf.transact(({ agents }) => agents.insert(agent))
      const careless = shelf.transact(async ({ agents }) => {
        await agents.insert(other)
        await agents.insert(agent).catch(() => undefined)
        return "done"
      })
      await assert.rejects(careless)
      assert.equal(await shelf.snapshot(({ agents }) => agents.find(other.id)), undefined)
    })

    it("fails alone: what was submitted beside it is kept", async () => {
      const { shelf } = await open()
      const agents = Array.from({ length: 20 }, () => foundAgent())
      const settled = await Promise.allSettled(
        agents.map((agent, turn) =>
          shelf.transact(async (tx) => {
            await tx.agents.insert(agent)
            if (turn % 2 === 1) throw new Error("the power went")
          }),
        ),
      )
      for (const [turn, agent] of agents.entries()) {
        const found = await shelf.snapshot((tx) => tx.agents.find(agent.id))
        assert.equal(settled[turn]?.status, turn % 2 === 1 ? "rejected" : "fulfilled")
        assert.deepEqual(found, turn % 2 === 1 ? undefined : agent)
      }
    })

    it("sees its own changes", async () => {
      const { shelf } = await open()
      const agent = foundAgent()
      await shelf.transact(async ({ agents }) => {
        await agents.insert(agent)
        assert.deepEqual(await agents.find(agent.id), agent)
      })
    })

    it("loses no update of many that read and then write", async () => {
      const { shelf } = await open()
      await atOnce(() =>
        shelf.transact(async ({ organisation, agents }) => {
          const before = await organisation.version()
          await agents.list({ limit: 1 })
          assert.equal(await organisation.bumpVersion(), before + 1)
        }),
      )
      assert.equal(await shelf.snapshot(({ organisation }) => organisation.version()), 20)
    })

    it("lets no statement through once it is over", async () => {
      const { shelf } = await open()
      const agents = await shelf.transact(async (tx) => tx.agents)
      await assert.rejects(agents.insert(foundAgent()))
    })
  })

  describe(`a snapshot in ${name}`, () => {
    it("sees whatever a transaction answered before it began", async () => {
      const { shelf } = await open()
      await atOnce(async () => {
        const agent = foundAgent()
        await shelf.transact(({ agents }) => agents.insert(agent))
        assert.deepEqual(await shelf.snapshot(({ agents }) => agents.find(agent.id)), agent)
      })
    })

    it("does not change while it is read", async () => {
      const { shelf } = await open()
      await shelf.snapshot(async ({ organisation }) => {
        const before = await organisation.version()
        await shelf.transact((tx) => tx.organisation.bumpVersion())
        assert.equal(await organisation.version(), before)
      })
      assert.equal(await shelf.snapshot(({ organisation }) => organisation.version()), 1)
    })

    it("rejects an attempt to write", async () => {
      const { shelf } = await open()
      const agent = foundAgent()
      await assert.rejects(shelf.snapshot(({ agents }) => agents.insert(agent)))
      await assert.rejects(shelf.snapshot(({ organisation }) => organisation.bumpVersion()))
      assert.equal(await shelf.snapshot(({ agents }) => agents.find(agent.id)), undefined)
    })
  })
}

/** What every Store promises of its organisations. `store` may hold others already. */
export function storeContract(name: string, store: () => Store): void {
  describe(`the organisations of ${name}`, () => {
    it("are made once, however many ask at once", async () => {
      const slug = `org-${id("call").slice(4)}`
      const made = await atOnce(() => store().ensureOrganisation(slug, () => named(slug)))
      const [first] = made
      assert.ok(first)
      assert.deepEqual(new Set(made.map((one) => one.id)), new Set([first.id]))
      assert.deepEqual(await store().ensureOrganisation(slug, () => named(slug)), first)
      assert.deepEqual(
        (await store().organisations()).filter((one) => one.slug === slug),
        [first],
      )
    })

    it("have a shelf that takes nothing where there is no such organisation", async () => {
      const shelf = store().shelf(id("organisation"))
      await assert.rejects(shelf.transact(({ agents }) => agents.insert(foundAgent())))
      await assert.rejects(shelf.snapshot((tx) => tx.organisation.current()))
    })

    it("can be written to while the store is well", async () => {
      await store().ping()
    })

    it("know how far their schema has come", async () => {
      assert.ok(Number.isSafeInteger(await store().schemaStep()))
      assert.ok((await store().schemaStep()) > 0)
    })
  })
}

function named(slug: string): Organisation {
  return { id: newId("organisation", { now: () => NOW }), slug, name: slug, trustDomain: `${slug}.test` }
}
