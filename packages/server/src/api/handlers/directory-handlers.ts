import type { DirectoryOperations, PersonDetail } from "@tabard/api"
import { endSessionsOf, putSignInSettings, setManager, unbindPerson } from "@tabard/control"
import type { User } from "@tabard/core"
import { assertInPerson } from "../assert-in-person.ts"
import { given } from "../given.ts"
import type { Handlers } from "../handler.ts"
import { byName, pageOf } from "../pages.ts"
import { type ApiServices, recordContext } from "../services.ts"
import { directoryPeople, personDetail } from "../views/directory-views.ts"

const PEOPLE = byName("people", "user")

/** What the directory knows of people, and what administrators do about it. */
export function directoryHandlers(
  services: ApiServices,
): Pick<Handlers, keyof DirectoryOperations | "listPeople"> {
  const { shelf, clock } = services
  const deps = { ...recordContext(services), transact: shelf.transact }
  const detail = (by: User, id: string): Promise<PersonDetail> =>
    shelf.snapshot((tx) => personDetail(tx, { by, now: clock.now() }, id))
  return {
    listPeople: (_, { role, active, ...asked }) =>
      shelf.snapshot(async (tx) => {
        const { items, next } = await pageOf(PEOPLE, asked, (from) =>
          tx.users.page({ ...given({ role, active }), ...from }),
        )
        return { items: await directoryPeople(tx, items), next }
      }),
    getPerson: ({ user }, { id }) => detail(user, id),
    setManager: async ({ user }, { id, manager }) => {
      await setManager(deps, user, { person: id, manager })
      return detail(user, id)
    },
    unbindPerson: async (context, { id, issuer }) => {
      assertInPerson(context)
      const { user } = context
      await unbindPerson(deps, user, { person: id, issuer })
      return detail(user, id)
    },
    getSignInSettings: () => shelf.snapshot(({ organisation }) => organisation.signInSettings()),
    putSignInSettings: async (context, settings) => {
      assertInPerson(context)
      return putSignInSettings(deps, context.user, settings)
    },
    endSessionsOf: async ({ user }, { id }) => ({ ended: await endSessionsOf(deps, user, id) }),
  }
}
