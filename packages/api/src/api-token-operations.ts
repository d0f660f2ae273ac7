import { ROLES, type Role } from "@tabard/core"
import { z } from "zod"
import { stewards } from "./access-groups.ts"
import { Nothing, WithReason } from "./inputs.ts"
import type { Operation } from "./operation.ts"
import { list, post } from "./operation-makers.ts"
import { type Page, Paged, type PageQuery } from "./paging.ts"
import { SCOPES } from "./scopes.ts"
import { ApiTokenView, MadeApiTokenView } from "./views/api-token.ts"

/** What a token is made for. */
export interface ApiTokenWish {
  readonly purpose: string
  /** The most that it may be; `auditor` where nothing is said. */
  readonly role?: Role | undefined
  /** `read`, groups of operations, or operations by name. */
  readonly scopes: readonly string[]
  /** For how many days it works; 90 where nothing is said. */
  readonly days?: number | undefined
  /** The agents and servers that are to hold it, by their ids: by it none of them governs itself. */
  readonly heldBy?: readonly string[] | undefined
}

const ApiTokenWish: z.ZodType<ApiTokenWish> = z.strictObject({
  purpose: z.string().trim().min(1).max(200),
  role: z.enum(ROLES).optional(),
  scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length),
  days: z.number().int().min(1).max(365).optional(),
  heldBy: z
    .array(z.string().max(300))
    .max(20)
    .refine((ids) => new Set(ids).size === ids.length, "name each holder once")
    .optional(),
})

/** The ways that machines have into the API. */
export interface ApiTokenOperations {
  readonly listApiTokens: Operation<PageQuery, Page<ApiTokenView>>
  readonly makeApiToken: Operation<ApiTokenWish, MadeApiTokenView>
  readonly revokeApiToken: Operation<WithReason, Nothing>
}

export const API_TOKEN_OPERATIONS: ApiTokenOperations = {
  listApiTokens: list(
    "/api-tokens",
    stewards,
    "API tokens and when each was last used, the newest first",
    Paged,
    ApiTokenView,
  ),
  makeApiToken: post(
    "/api-tokens",
    stewards,
    "Makes an API token for a machine; its text is answered this once",
    ApiTokenWish,
    MadeApiTokenView,
  ),
  revokeApiToken: post(
    "/api-tokens/:id/revocation",
    stewards,
    "Ends an API token at once and for ever",
    WithReason,
    Nothing,
  ),
}
