import type { ApiTokenView } from "@tabard/api"
import { type ApiToken, makeApiToken, revokeApiToken } from "@tabard/control"
import { isId } from "@tabard/core"
import { z } from "zod"
import { assertInPerson } from "../assert-in-person.ts"
import type { Handlers } from "../handler.ts"
import { idPlace, type ListOrder, pageOf, TIME_PLACE } from "../pages.ts"
import { type ApiServices, recordContext } from "../services.ts"
import { tokenFingerprint } from "../token-fingerprint.ts"
import { type Names, namesOf } from "../views/names.ts"

const DEFAULT_DAYS = 90

/** The ways that machines have into the API: made, listed and ended by people. */
export function apiTokenHandlers(
  services: ApiServices,
): Pick<Handlers, "listApiTokens" | "makeApiToken" | "revokeApiToken"> {
  const { shelf } = services
  const deps = {
    ...recordContext(services),
    transact: shelf.transact,
    fingerprint: tokenFingerprint(services),
  }
  return {
    listApiTokens: (_, asked) =>
      shelf.snapshot(async (tx) => {
        const { items, next } = await pageOf(API_TOKENS, asked, (from) => tx.apiTokens.list(from))
        const names = await namesOf(tx, { people: items.map(({ madeBy }) => madeBy) })
        return { items: items.map((one) => apiTokenView(one, names)), next }
      }),
    makeApiToken: async (context, { purpose, role = "auditor", scopes, days = DEFAULT_DAYS, heldBy }) => {
      assertInPerson(context)
      const wish = { purpose, role, scopes: [...new Set(scopes)], days, heldBy }
      const { token, made } = await makeApiToken(deps, context.user, wish)
      const names = await shelf.snapshot((tx) => namesOf(tx, { people: [made.madeBy] }))
      return { ...apiTokenView(made, names), token }
    },
    revokeApiToken: async ({ user }, { id, reason }) => {
      await revokeApiToken(deps, user, { apiToken: isId("apiToken", id) ? id : undefined, reason })
      return {}
    },
  }
}

const API_TOKENS: ListOrder<ApiToken, Pick<ApiToken, "id" | "madeAt">> = {
  list: "api-tokens",
  placeOf: ({ id, madeAt }) => ({ id, madeAt }),
  place: z.object({ id: idPlace("apiToken"), madeAt: TIME_PLACE }),
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
