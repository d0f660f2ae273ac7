import type { ApiTokenView } from "@tabard/api"
import { type ApiToken, makeApiToken, revokeApiToken } from "@tabard/control"
import { isId } from "@tabard/core"
import type { Handlers } from "../handler.ts"
import { type ApiServices, recordContext } from "../services.ts"
import { type Names, namesOf } from "../views/names.ts"

/** How many of the newest the list holds. */
const NEWEST = 1000

const DEFAULT_DAYS = 90

/** The ways that machines have into the API: made, listed and ended by people. */
export function apiTokenHandlers(
  services: ApiServices,
): Pick<Handlers, "listApiTokens" | "makeApiToken" | "revokeApiToken"> {
  const { shelf } = services
  const deps = { ...recordContext(services), transact: shelf.transact }
  return {
    listApiTokens: () =>
      shelf.snapshot(async (tx) => {
        const [found, names] = [await tx.apiTokens.list(NEWEST), await namesOf(tx, [])]
        return { items: found.map((one) => apiTokenView(one, names)), next: null }
      }),
    makeApiToken: async ({ user }, { purpose, role = "auditor", scopes, days = DEFAULT_DAYS }) => {
      const wish = { purpose, role, scopes: [...new Set(scopes)], days }
      const { token, made } = await makeApiToken(deps, user, wish)
      const names = await shelf.snapshot((tx) => namesOf(tx, []))
      return { ...apiTokenView(made, names), token }
    },
    revokeApiToken: async ({ user }, { id, reason }) => {
      await revokeApiToken(deps, user, { apiToken: isId("apiToken", id) ? id : undefined, reason })
      return {}
    },
  }
}

function apiTokenView(one: ApiToken, names: Names): ApiTokenView {
  return {
    id: one.id,
    purpose: one.purpose,
    role: one.role,
    scopes: one.scopes,
    madeBy: names.person(one.madeBy),
    madeAt: one.madeAt.toISOString(),
    expiresAt: one.expiresAt.toISOString(),
    lastUsedAt: one.lastUsedAt?.toISOString() ?? null,
    revokedAt: one.revoked?.at.toISOString() ?? null,
  }
}
