import type { InvitationView } from "@tabard/api"
import {
  changeRole,
  deactivatePerson,
  erasePerson,
  inviteAgain,
  invitePerson,
  type OfferedInvitation,
  reactivatePerson,
} from "@tabard/control"
import { assertInPerson } from "../assert-in-person.ts"
import type { Handlers } from "../handler.ts"
import { type ApiServices, recordContext } from "../services.ts"

type Names =
  | "invitePerson"
  | "inviteAgain"
  | "changeRole"
  | "deactivatePerson"
  | "erasePerson"
  | "reactivatePerson"

/** What administrators do about people. */
export function peopleHandlers(services: ApiServices): Pick<Handlers, Names> {
  const deps = { ...recordContext(services), transact: services.shelf.transact }
  // The code is in the fragment, which no server and no log sees.
  const shown = ({ user, code, expiresAt }: OfferedInvitation): InvitationView => ({
    person: user.id,
    link: `${services.publicUrl}/sign-in#${code}`,
    expiresAt: expiresAt.toISOString(),
  })
  return {
    invitePerson: async (context, person) => {
      assertInPerson(context)
      return shown(await invitePerson(deps, context.user, person))
    },
    inviteAgain: async (context, { id }) => {
      assertInPerson(context)
      return shown(await inviteAgain(deps, context.user, id))
    },
    changeRole: async (context, { id, role }) => {
      assertInPerson(context)
      await changeRole(deps, context.user, { person: id, role })
      return {}
    },
    deactivatePerson: async ({ user }, { id, reason }) => {
      await deactivatePerson(deps, user, { person: id, reason })
      return {}
    },
    erasePerson: async ({ user }, { id, reason }) => {
      await erasePerson(deps, user, { person: id, reason })
      return {}
    },
    reactivatePerson: async ({ user }, { id }) => {
      await reactivatePerson(deps, user, id)
      return {}
    },
  }
}
