import type { OwnSessionView } from "@tabard/api"
import { endAllSessions, endSession, listSessions, type Session } from "@tabard/control"
import { z } from "zod"
import { PROVIDER_PATH } from "../../sign-in/provider-door.ts"
import type { Handlers } from "../handler.ts"
import { idPlace, type ListOrder, pageOf, TIME_PLACE } from "../pages.ts"
import { type ApiServices, recordContext } from "../services.ts"

/** Where one is signed in oneself, and ending it. */
export function sessionHandlers(
  services: ApiServices,
): Pick<Handlers, "getSignInWays" | "listSessions" | "endSession" | "endAllSessions"> {
  const deps = { ...recordContext(services), ...services.shelf }
  const { provider } = services
  return {
    getSignInWays: async () => ({ provider: provider && { name: provider.name, path: PROVIDER_PATH } }),
    listSessions: async ({ user, session }, asked) => {
      const { items, next } = await pageOf(SESSIONS, asked, (from) => listSessions(deps, user.id, from))
      return { items: items.map((one) => sessionView(one, one.id === session)), next }
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

const SESSIONS: ListOrder<Session, Pick<Session, "id" | "createdAt">> = {
  list: "sessions",
  placeOf: ({ id, createdAt }) => ({ id, createdAt }),
  place: z.object({ id: idPlace("session"), createdAt: TIME_PLACE }),
}

function sessionView(
  { id, createdAt, lastSeen, expiresAt, agent }: Session,
  current: boolean,
): OwnSessionView {
  return {
    id,
    startedAt: createdAt.toISOString(),
    lastSeen: lastSeen.toISOString(),
    expiresAt: expiresAt.toISOString(),
    agent,
    current,
  }
}
