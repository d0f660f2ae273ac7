import { ROLES, type Role } from "@tabard/core"
import { z } from "zod"

/** A person, as little of them as a page needs. */
export interface PersonView {
  readonly id: string
  readonly name: string
}

export const PersonView: z.ZodType<PersonView> = z.object({ id: z.string(), name: z.string() })

/** Who is signed in, and where. */
export interface SessionView {
  readonly user: PersonView & { readonly email: string; readonly role: Role }
  readonly organisation: { readonly slug: string; readonly name: string }
}

export const SessionView: z.ZodType<SessionView> = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string(), role: z.enum(ROLES) }),
  organisation: z.object({ slug: z.string(), name: z.string() }),
})
