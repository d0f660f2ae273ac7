import { ROLES, type Role } from "@tabard/core"
import { z } from "zod"
import { PersonView } from "./person.ts"

/** A machine's way into the API, without what it proves itself by. */
export interface ApiTokenView {
  readonly id: string
  readonly purpose: string
  readonly role: Role
  readonly scopes: readonly string[]
  readonly madeBy: PersonView
  readonly madeAt: string
  readonly expiresAt: string
  /** To the minute; null where it was never used. */
  readonly lastUsedAt: string | null
  readonly revokedAt: string | null
}

const token = {
  id: z.string(),
  purpose: z.string(),
  role: z.enum(ROLES),
  scopes: z.array(z.string()),
  madeBy: PersonView,
  madeAt: z.string(),
  expiresAt: z.string(),
  lastUsedAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
}

export const ApiTokenView: z.ZodType<ApiTokenView> = z.object(token)

/** A token as it is made: `token` is shown this once. */
export interface MadeApiTokenView extends ApiTokenView {
  readonly token: string
}

export const MadeApiTokenView: z.ZodType<MadeApiTokenView> = z.object({ ...token, token: z.string() })
