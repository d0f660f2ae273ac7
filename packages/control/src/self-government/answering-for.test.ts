import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type Id, newId } from "@tabard/core"
import { type ControlWorld, openControlWorld } from "../testing/control-world.ts"
import { answeringFor } from "./answering-for.ts"

/** How policies may spell that a team is asked. */
const SPELT = [
  '@ask("team:Payments") forbid (principal, action, resource);',
  '@ask ( "team:Payments" )\nforbid (principal, action, resource);',
  '@say("ask") @ask("2 of owner | team:payments") forbid (principal, action, resource);',
  String.raw`@say("not @ask(\"team:Other\")") @ask("te\u{61}m:Payments") forbid (principal, action, resource);`,
  '@ requestable("team:Payments") permit (principal, action, resource);',
]

describe("whom policies name to be asked about an agent", () => {
  for (const text of SPELT)
    it(`is known however it is spelt: ${text}`, async () => {
      await using world = await openControlWorld()
      const agent = await world.agent()
      const [team] = [await named(world, "Payments"), await named(world, "Other")]
      await world.transact(({ policies }) =>
        policies.put({
          id: newId("policySet", world.clock),
          kind: "guard",
          subject: "own",
          version: 1,
          author: "ann",
          source: null,
          policies: [{ id: "own/1", text }],
          createdAt: world.clock.now(),
        }),
      )
      assert.deepEqual(await world.snapshot((tx) => answeringFor(tx, agent.id)), [team])
    })
})

async function named(world: ControlWorld, name: string): Promise<Id<"team">> {
  const id = newId("team", world.clock)
  const team = { id, name, externalName: null, keptBy: "people", lead: null } as const
  await world.transact(({ teams }) => teams.add({ ...team, createdAt: world.clock.now() }))
  return id
}
