import type { DeviceOperations } from "@tabard/api"
import { answerDeviceSignIn, findDeviceSignIn } from "@tabard/control"
import { assertInPerson } from "../assert-in-person.ts"
import type { Handlers } from "../handler.ts"
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
