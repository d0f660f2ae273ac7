import { MOST_DOMAINS, ROLES, type Role } from "@tabard/core"
import { z } from "zod"

/** Who is to come in, and as what. */
export interface NewPersonInput {
  readonly name: string
  readonly email: string
  readonly role: Role
}
export const NewPersonInput: z.ZodType<NewPersonInput> = z.strictObject({
  name: z.string().trim().min(1).max(200),
  email: z.email().max(254),
  role: z.enum(ROLES),
})

/** What a person is to be. */
export interface RoleInput {
  readonly id: string
  readonly role: Role
}
export const RoleInput: z.ZodType<RoleInput> = z.strictObject({
  id: z.string().max(80),
  role: z.enum(ROLES),
})

/** Whom a person is to answer to. */
export interface ManagerInput {
  readonly id: string
  /** Nobody, where it is null. */
  readonly manager: string | null
}
export const ManagerInput: z.ZodType<ManagerInput> = z.strictObject({
  id: z.string().max(80),
  manager: z.string().max(80).nullable(),
})

/** Whose addresses let them come in by the provider without an invitation. */
export interface SignInSettingsInput {
  readonly domains: readonly string[]
}
export const SignInSettingsInput: z.ZodType<SignInSettingsInput> = z.strictObject({
  domains: z.array(z.string().max(260)).max(MOST_DOMAINS),
})

/** Who a person is at an OpenID provider. */
export interface IdentityInput {
  readonly id: string
  readonly issuer: string
}
export const IdentityInput: z.ZodType<IdentityInput> = z.strictObject({
  id: z.string().max(80),
  issuer: z.string().min(1).max(2000),
})
