import { endAllSessions, endSession, listSessions } from "@tabard/control"
import { PROVIDER_PATH } from "../../sign-in/provider-door.ts"
import type { Handlers } from "../handler.ts"
import { type ApiServices, recordContext } from "../services.ts"

/** Where one is signed in oneself, and ending it. */
export function sessionHandlers(
  services: ApiServices,
): Pick<Handlers, "getSignInWays" | "listSessions" | "endSession" | "endAllSessions"> {
  const deps = { ...recordContext(services), ...services.shelf }
  const { provider } = services
  return {
    getSignInWays: async () => ({ provider: provider && { name: provider.name, path: PROVIDER_PATH } }),
    listSessions: async ({ user, session }) => {
      const items = (await listSessions(deps, user.id)).map(
        ({ id, createdAt, lastSeen, expiresAt, agent }) => ({
          id,
          startedAt: createdAt.toISOString(),
          lastSeen: lastSeen.toISOString(),
          expiresAt: expiresAt.toISOString(),
          agent,
          current: id === session,
        }),
      )
      return { items, next: null }
    },
    endSession: async ({ user }, { id }) => {
      await endSession(deps, id, user.id)
      return {}
    },
    endAllSessions: async (context) => {
      const ended = await endAllSessions(deps, context.user.id)
      context.setSession("", new Date(0))
      return { ended }
    },
  }
}
