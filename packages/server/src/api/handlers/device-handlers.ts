import type { DeviceOperations } from "@tabard/api"
import { answerDeviceSignIn, findDeviceSignIn } from "@tabard/control"
import { Problem } from "@tabard/core"
import type { Handlers, SignedIn } from "../handler.ts"
import { type ApiServices, recordContext } from "../services.ts"

/** Devices that ask to be signed in, and people's answers. */
export function deviceHandlers(services: ApiServices): Pick<Handlers, keyof DeviceOperations> {
  const deps = { ...recordContext(services), transact: services.shelf.transact }
  return {
    checkDeviceSignIn: async (context, { userCode }) => {
      assertInPerson(context)
      const { machine, expiresAt } = await findDeviceSignIn(deps, userCode)
      return { machine, expiresAt: expiresAt.toISOString() }
    },
    answerDeviceSignIn: async (context, answer) => {
      assertInPerson(context)
      await answerDeviceSignIn(deps, context.user, answer)
      return {}
    },
  }
}

/** A machine's token must not make itself a session. */
function assertInPerson({ session }: SignedIn): void {
  if (!session) throw new Problem("not_allowed", "a person does that, signed in")
}
