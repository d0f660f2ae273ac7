import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { newId, type User } from "@tabard/core"
import { actOnSignal } from "../signals/act-on-signal.ts"
import { type ControlWorld, openControlWorld } from "../testing/control-world.ts"
import { endSessionsOf, unbindPerson } from "./administer-access.ts"
import { answerDeviceSignIn, beginDeviceSignIn, redeemDeviceSignIn } from "./device-sign-in.ts"
import { deactivatePerson, reactivatePerson } from "./people.ts"
import { endAllSessions, sessionUser, startSession } from "./sessions.ts"

const ISSUER = "https://id.example"

type Ending = (world: ControlWorld, people: { ann: User; bob: User }) => Promise<unknown>

/** Every way in which all sessions of a person end, while the person stays or comes back. */
const ENDINGS: Readonly<Record<string, Ending>> = {
  "they end all of theirs": (world, { bob }) => endAllSessions(world, bob.id),
  "an administrator ends theirs": (world, { ann, bob }) => endSessionsOf(world, ann, bob.id),
  "they are nobody at their provider any more": (world, { ann, bob }) =>
    unbindPerson(world, ann, { person: bob.id, issuer: ISSUER }),
  "they are switched off, and on again": async (world, { ann, bob }) => {
    await deactivatePerson(world, ann, { person: bob.id, reason: "left" })
    await reactivatePerson(world, ann, bob.id)
  },
  "a signal of their provider's ends them": (world, { bob }) =>
    world.transact((tx) => {
      const actor = { kind: "system", id: newId("signalSource", world.clock) } as const
      const acting = { deps: world, tx, actor, cause: "session-revoked" }
      return actOnSignal(acting, { kind: "person", person: bob }, "live")
    }),
}

describe("the end of all sessions of a person", () => {
  for (const [what, end] of Object.entries(ENDINGS)) {
    it(`takes what a device has not fetched yet as well, and nothing of anybody else's, where ${what}`, async () => {
      await using world = await openControlWorld()
      const [ann, bob] = [await world.person("administrator"), await world.person("member")]
      await world.transact(({ bindings }) => bindings.bind({ issuer: ISSUER, subject: "bob" }, bob.id))
      const start = { user: bob, by: "a test", agent: null }
      const { token } = await world.transact((tx) => startSession(world, tx, start))
      const [agreed, other] = [await agreedDevice(world, bob), await agreedDevice(world, ann)]
      await end(world, { ann, bob })
      assert.equal(await sessionUser(world, token), undefined)
      assert.equal((await redeemDeviceSignIn(world, agreed)).kind, "over")
      assert.equal((await redeemDeviceSignIn(world, other)).kind, "session")
    })
  }
})

/** A device that its person said yes to: the code that it fetches its session by. */
async function agreedDevice(world: ControlWorld, person: User): Promise<string> {
  const { userCode, deviceCode } = await beginDeviceSignIn(world, "laptop")
  await answerDeviceSignIn(world, person, { userCode, agree: true })
  return deviceCode
}
