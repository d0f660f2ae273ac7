import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Id } from "@tabard/core"
import { atOnce, foundAgent, id, ids, later, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"
import type { Maintainer, MaintainingTeam } from "./maintainer-store.ts"

/** What every MaintainerStore promises. */
export function maintainerStoreContract(name: string, open: OpenShelves): void {
  describe(`maintainers kept in ${name}`, () => {
    it("answers who helps with each of many agents, in the order in which they came", async () => {
      const { shelf } = await open()
      const agents = ids("agent", 1_200)
      const two = agents.flatMap((agent) => [helping({ agent }), helping({ agent, addedAt: later(1) })])
      await shelf.transact(async ({ maintainers }) => {
        for (const one of [...two, helping({})].toReversed()) await maintainers.add(one)
      })
      assert.deepEqual(await shelf.snapshot(({ maintainers }) => maintainers.of(agents)), two)
      assert.deepEqual(await shelf.snapshot(({ maintainers }) => maintainers.of([])), [])
    })

    it("adds and removes a person once, however many ask", async () => {
      const { shelf } = await open()
      const one = helping({})
      const added = await atOnce(() => shelf.transact(({ maintainers }) => maintainers.add(one)))
      assert.equal(won(added), 1)
      const removed = await atOnce(() =>
        shelf.transact(({ maintainers }) => maintainers.remove(one.agent, one.user)),
      )
      assert.equal(won(removed), 1)
    })

    it("adds and removes a team once, and none that is not there", async () => {
      const { shelf } = await open()
      const one = maintaining({ team: await team(shelf) })
      const add = (two: MaintainingTeam) => shelf.transact(({ maintainers }) => maintainers.addTeam(two))
      assert.equal(won(await atOnce(() => add(one))), 1)
      assert.equal(await add(maintaining({})), false)
      await shelf.snapshot(async ({ maintainers }) => {
        assert.deepEqual(await maintainers.teamsOf([one.agent, id("agent")]), [one])
        assert.deepEqual(await maintainers.byTeams([one.team, id("team")]), [one])
      })
      const remove = () => shelf.transact(({ maintainers }) => maintainers.removeTeam(one.agent, one.team))
      assert.equal(won(await atOnce(remove)), 1)
      assert.deepEqual(await shelf.snapshot(({ maintainers }) => maintainers.teamsOf([one.agent])), [])
    })

    it("says who helps by themselves and who by a team, and of nobody who left it", async () => {
      const { shelf } = await open()
      const [ann, bob, mine, theirs] = [id("user"), id("user"), id("agent"), id("agent")]
      const web = await team(shelf)
      await shelf.transact(async ({ maintainers, teams }) => {
        await teams.join({ team: web, user: ann, joinedAt: NOW })
        await maintainers.addTeam(maintaining({ agent: mine, team: web }))
        await maintainers.add(helping({ agent: mine, user: ann }))
        await maintainers.add(helping({ agent: theirs, user: bob }))
      })
      const says = (who: Id<"user">) =>
        shelf.snapshot(async ({ maintainers }) => [
          await maintainers.helps(mine, who),
          await maintainers.helpedBy(who),
        ])
      assert.deepEqual(await says(ann), [true, [mine]])
      assert.deepEqual(await says(bob), [false, [theirs]])
      await shelf.transact(({ maintainers }) => maintainers.remove(mine, ann))
      assert.deepEqual(await says(ann), [true, [mine]], "the team still helps")
      await shelf.transact(({ teams }) => teams.leave(web, ann))
      assert.deepEqual(await says(ann), [false, []])
    })

    it("lets an agent be seen by who belongs to a team that helps with it, for as long as they do", async () => {
      const { shelf } = await open()
      const [ann, web, agent] = [id("user"), await team(shelf), foundAgent()]
      await shelf.transact(async ({ agents, maintainers, teams }) => {
        await agents.insert(agent)
        await agents.insert(foundAgent())
        await maintainers.addTeam(maintaining({ agent: agent.id, team: web }))
        await teams.join({ team: web, user: ann, joinedAt: NOW })
      })
      const seen = () => shelf.snapshot(({ agents }) => agents.list({ answeredBy: ann, limit: 10 }))
      assert.deepEqual(await seen(), [agent])
      await shelf.transact(({ teams }) => teams.leave(web, ann))
      assert.deepEqual(await seen(), [])
      await shelf.transact(({ teams }) => teams.join({ team: web, user: ann, joinedAt: NOW }))
      await shelf.transact(({ teams }) => teams.remove(web))
      assert.deepEqual(await seen(), [])
    })

    it("shows nothing to another organisation, and lets it remove nothing", async () => {
      const { shelf, stranger } = await open()
      const mine = helping({})
      const ours = maintaining({ team: await team(shelf) })
      await shelf.transact(async ({ maintainers }) => {
        await maintainers.add(mine)
        await maintainers.addTeam(ours)
      })
      await stranger.transact(async ({ maintainers }) => {
        assert.deepEqual(await maintainers.of([mine.agent]), [])
        assert.equal(await maintainers.remove(mine.agent, mine.user), false)
        assert.deepEqual(await maintainers.teamsOf([ours.agent]), [])
        assert.deepEqual(await maintainers.byTeams([ours.team]), [])
        assert.equal(await maintainers.removeTeam(ours.agent, ours.team), false)
        assert.equal(await maintainers.addTeam({ ...ours, agent: id("agent") }), false)
        assert.equal(await maintainers.helps(mine.agent, mine.user), false)
        assert.deepEqual(await maintainers.helpedBy(mine.user), [])
      })
      assert.deepEqual(await shelf.snapshot(({ maintainers }) => maintainers.of([mine.agent])), [mine])
    })
  })
}

function helping(differs: Partial<Maintainer>): Maintainer {
  return { agent: id("agent"), user: id("user"), addedBy: id("user"), addedAt: NOW, ...differs }
}

function maintaining(differs: Partial<MaintainingTeam>): MaintainingTeam {
  return { agent: id("agent"), team: id("team"), addedBy: id("user"), addedAt: NOW, ...differs }
}

async function team(shelf: Shelf): Promise<Id<"team">> {
  const one = { id: id("team"), name: "Web", externalName: null, keptBy: "people", lead: null } as const
  assert.equal(await shelf.transact(({ teams }) => teams.add({ ...one, createdAt: NOW })), true)
  return one.id
}
