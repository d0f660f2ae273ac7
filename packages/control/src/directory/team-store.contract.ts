import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { TEAM_KEEPERS, type Team } from "@tabard/core"
import { atOnce, id, later, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"
import type { TeamMember } from "./team-store.ts"

/** What every TeamStore promises. */
export function teamStoreContract(name: string, open: OpenShelves): void {
  describe(`teams kept in ${name}`, () => {
    it("finds and lists what was added, by name", async () => {
      const { shelf } = await open()
      const web = await added(shelf, team({ name: "Web", lead: id("user") }))
      const ops = await added(shelf, team({ name: "Ops", externalName: "g-1", keptBy: "provider" }))
      await shelf.snapshot(async ({ teams }) => {
        assert.deepEqual(await teams.find(web.id), web)
        assert.deepEqual(await teams.list(), [ops, web])
        assert.deepEqual(await teams.page({ limit: 1 }), [ops])
        assert.deepEqual(await teams.page({ limit: 10, after: ops }), [web])
        assert.equal(await teams.find(id("team")), undefined)
      })
    })

    it("adds no team whose name is taken in other letters, nor whose external name is", async () => {
      const { shelf } = await open()
      await added(shelf, team({ name: "Größe", externalName: "g-1" }))
      const add = (one: Team) => shelf.transact(({ teams }) => teams.add(one))
      assert.equal(await add(team({ name: "GRÖSSE".replace("SS", "ß") })), false)
      assert.equal(await add(team({ name: "Other", externalName: "g-1" })), false)
      assert.equal(await add(team({ name: "Other", externalName: "G-1" })), true)
      assert.equal(won(await atOnce(() => add(team({ name: "Once" })))), 1)
    })

    it("changes a team, and nothing where a name is another's or the team is gone", async () => {
      const { shelf } = await open()
      const web = await added(shelf, team({ name: "Web" }))
      const ops = await added(shelf, team({ name: "Ops", externalName: "g-1" }))
      const change = (next: Team) => shelf.transact(({ teams }) => teams.change(next))
      assert.equal(await change({ ...web, name: "oPS" }), false)
      assert.equal(await change({ ...web, externalName: "g-1" }), false)
      assert.equal(await change(team({ name: "Nowhere" })), false)
      assert.equal(await change({ ...web, name: "WEB", keptBy: "provider", externalName: "g-2" }), true)
      assert.equal(await change(ops), true, "what it is already called is its own")
      const [, renamed] = await shelf.snapshot(({ teams }) => teams.list())
      assert.deepEqual(renamed, { ...web, name: "WEB", keptBy: "provider", externalName: "g-2" })
    })

    it("takes each person in and out once, into teams that are there", async () => {
      const { shelf } = await open()
      const web = await added(shelf, team({}))
      const one = member(web)
      const join = (who: TeamMember) => shelf.transact(({ teams }) => teams.join(who))
      assert.equal(won(await atOnce(() => join(one))), 1)
      assert.equal(await join(member(team({}))), false, "that team is not there")
      const out = await atOnce(() => shelf.transact(({ teams }) => teams.leave(web.id, one.user)))
      assert.equal(won(out), 1)
    })

    it("takes many in at once, and leaves who is in already", async () => {
      const { shelf } = await open()
      const web = await added(shelf, team({}))
      const many = Array.from({ length: 1_200 }, () => member(web))
      const [first = member(web)] = many
      await shelf.transact(({ teams }) => teams.join(first))
      await shelf.transact(({ teams }) => teams.joinAll(many.map((one) => ({ ...one, joinedAt: later(1) }))))
      const members = await shelf.snapshot(({ teams }) => teams.membersOf([web.id]))
      assert.deepEqual([members.length, members[0]], [1_200, first])
    })

    it("says which of many are in, and takes many out at once", async () => {
      const { shelf, stranger } = await open()
      const web = await added(shelf, team({ keptBy: "scim" }))
      const many = Array.from({ length: 1_200 }, () => member(web))
      const people = many.map(({ user }) => user)
      await shelf.transact(({ teams }) => teams.joinAll(many))
      const asked = [...people, id("user")]
      const among = (of: Shelf) => of.snapshot(({ teams }) => teams.among(web.id, asked))
      assert.deepEqual([...(await among(shelf))].toSorted(), people.toSorted())
      assert.equal((await among(stranger)).size, 0)
      await stranger.transact(({ teams }) => teams.leaveAll(web.id, asked))
      await shelf.transact(({ teams }) => teams.leaveAll(web.id, asked.slice(1)))
      assert.deepEqual([...(await among(shelf))], people.slice(0, 1))
    })

    it("keeps by whom a team is kept", async () => {
      const { shelf } = await open()
      for (const keptBy of TEAM_KEEPERS) {
        const one = await added(shelf, team({ name: keptBy, keptBy, externalName: keptBy }))
        assert.deepEqual(await shelf.snapshot(({ teams }) => teams.find(one.id)), one)
      }
      const one = await added(shelf, team({ name: "Handed over" }))
      for (const keptBy of ["scim", "people"] as const) {
        await shelf.transact(({ teams }) => teams.change({ ...one, keptBy }))
        assert.deepEqual(await shelf.snapshot(({ teams }) => teams.find(one.id)), { ...one, keptBy })
      }
    })

    it("answers who belongs to many teams, and the teams of many people", async () => {
      const { shelf } = await open()
      const web = await added(shelf, team({ name: "Web" }))
      const ops = await added(shelf, team({ name: "Ops" }))
      const first = member(web)
      const second = { ...member(web), joinedAt: later(1) }
      const also = { ...first, team: ops.id }
      await shelf.transact(async ({ teams }) => {
        for (const one of [second, first, also]) await teams.join(one)
      })
      await shelf.snapshot(async ({ teams }) => {
        assert.deepEqual(await teams.membersOf([web.id]), [first, second])
        assert.deepEqual(await teams.membersOf([]), [])
        const of = await teams.teamsOf([first.user, second.user, id("user")])
        assert.deepEqual([...(of.get(first.user) ?? [])], [ops, web])
        assert.deepEqual([...(of.get(second.user) ?? [])], [web])
        assert.equal(of.size, 2)
      })
    })

    it("removes a team once, with its members and all that it helped with", async () => {
      const { shelf } = await open()
      const web = await added(shelf, team({}))
      const ops = await added(shelf, team({ name: "Ops" }))
      const agent = id("agent")
      await shelf.transact(async ({ teams, maintainers }) => {
        for (const one of [web, ops]) {
          await teams.join(member(one))
          await maintainers.addTeam({ agent, team: one.id, addedBy: id("user"), addedAt: NOW })
        }
      })
      assert.equal(won(await atOnce(() => shelf.transact(({ teams }) => teams.remove(web.id)))), 1)
      await shelf.snapshot(async ({ teams, maintainers }) => {
        assert.deepEqual(await teams.list(), [ops])
        assert.deepEqual(await teams.membersOf([web.id]), [])
        assert.equal((await teams.membersOf([ops.id])).length, 1)
        assert.deepEqual(
          (await maintainers.teamsOf([agent])).map(({ team: one }) => one),
          [ops.id],
        )
      })
    })

    it("shows nothing to another organisation, and lets it change nothing", async () => {
      const { shelf, stranger } = await open()
      const web = await added(shelf, team({ name: "Web", externalName: "g-1" }))
      const one = member(web)
      await shelf.transact(({ teams }) => teams.join(one))
      await stranger.transact(async ({ teams }) => {
        assert.equal(await teams.find(web.id), undefined)
        assert.deepEqual(await teams.list(), [])
        assert.deepEqual(await teams.page({ limit: 10 }), [])
        assert.deepEqual(await teams.membersOf([web.id]), [])
        assert.equal((await teams.teamsOf([one.user])).size, 0)
        assert.equal(await teams.change({ ...web, name: "Theirs" }), false)
        assert.equal(await teams.leave(web.id, one.user), false)
        assert.equal(await teams.join({ ...one, user: id("user") }), false)
        assert.equal(await teams.remove(web.id), false)
        assert.equal(await teams.add(team({ name: "Web", externalName: "g-1" })), true)
      })
      assert.deepEqual(await shelf.snapshot(({ teams }) => teams.membersOf([web.id])), [one])
    })
  })
}

async function added(shelf: Shelf, one: Team): Promise<Team> {
  assert.equal(await shelf.transact(({ teams }) => teams.add(one)), true)
  return one
}

function team(differs: Partial<Team>): Team {
  const base = { name: "Web", externalName: null, keptBy: "people", lead: null, createdAt: NOW } as const
  return { id: id("team"), ...base, ...differs }
}

function member({ id: of }: Pick<Team, "id">): TeamMember {
  return { team: of, user: id("user"), joinedAt: NOW }
}
