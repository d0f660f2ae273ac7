import { resolve } from "node:path"
import { Secret } from "@tabard/core"
import { z } from "zod"

/** An OpenID provider, and what this Tabard is there. */
export interface ProviderConfig {
  readonly issuer: URL
  readonly clientId: string
  readonly secret:
    | { readonly kind: "value"; readonly value: Secret }
    | { readonly kind: "file"; readonly path: string }
  /** What people call it. */
  readonly name: string
  /** Which of its claims names a person's groups; null where teams are not kept by it. */
  readonly groupsClaim: string | null
  /** What is asked for besides `openid email profile`. */
  readonly scopes: readonly string[]
}

/** What the environment may say of it. */
export interface ProviderEnvironment {
  readonly TABARD_OIDC_ISSUER?: string | undefined
  readonly TABARD_OIDC_CLIENT_ID?: string | undefined
  readonly TABARD_OIDC_CLIENT_SECRET?: string | undefined
  readonly TABARD_OIDC_CLIENT_SECRET_FILE?: string | undefined
  readonly TABARD_OIDC_NAME?: string | undefined
  readonly TABARD_OIDC_GROUPS_CLAIM?: string | undefined
  readonly TABARD_OIDC_SCOPES?: string | undefined
}

/** How each of those is spelt. */
export const PROVIDER_ENVIRONMENT: {
  readonly [Name in keyof Required<ProviderEnvironment>]: z.ZodType<string | undefined>
} = {
  TABARD_OIDC_ISSUER: z
    .url()
    .max(500)
    .refine(isSafeIssuer, "an https:// address, or http:// on loopback")
    .optional(),
  TABARD_OIDC_CLIENT_ID: z.string().min(1).max(500).optional(),
  TABARD_OIDC_CLIENT_SECRET: z.string().min(1).max(2000).optional(),
  TABARD_OIDC_CLIENT_SECRET_FILE: z.string().min(1).optional(),
  TABARD_OIDC_NAME: z.string().trim().min(1).max(60).optional(),
  TABARD_OIDC_GROUPS_CLAIM: z.string().trim().min(1).max(200).optional(),
  TABARD_OIDC_SCOPES: z
    .string()
    .trim()
    .max(500)
    .regex(/^[\x21\x23-\x5B\x5D-\x7E]+( [\x21\x23-\x5B\x5D-\x7E]+)*$/, "scopes parted by one space each")
    .optional(),
}

/** Half a provider is none: whoever set part of it meant all. */
export function missingOfProvider(env: ProviderEnvironment): readonly string[] {
  const secrets = [env.TABARD_OIDC_CLIENT_SECRET, env.TABARD_OIDC_CLIENT_SECRET_FILE].filter(Boolean)
  const parts = [
    env.TABARD_OIDC_ISSUER,
    env.TABARD_OIDC_CLIENT_ID,
    env.TABARD_OIDC_NAME,
    env.TABARD_OIDC_GROUPS_CLAIM,
    env.TABARD_OIDC_SCOPES,
    ...secrets,
  ]
  const whole = env.TABARD_OIDC_ISSUER && env.TABARD_OIDC_CLIENT_ID && secrets.length === 1
  if (whole || !parts.some(Boolean)) return []
  return [
    "set TABARD_OIDC_ISSUER, TABARD_OIDC_CLIENT_ID and one of TABARD_OIDC_CLIENT_SECRET_FILE and TABARD_OIDC_CLIENT_SECRET, or none of them",
  ]
}

/** Answers the provider that the environment names, or null. */
export function providerIn(env: ProviderEnvironment, cwd: string): ProviderConfig | null {
  const { TABARD_OIDC_ISSUER: issuer, TABARD_OIDC_CLIENT_ID: clientId } = env
  if (!issuer || !clientId) return null
  const { TABARD_OIDC_CLIENT_SECRET: value, TABARD_OIDC_CLIENT_SECRET_FILE: file } = env
  return {
    issuer: new URL(issuer),
    clientId,
    secret: value
      ? { kind: "value", value: new Secret(value) }
      : { kind: "file", path: resolve(cwd, file ?? "") },
    name: env.TABARD_OIDC_NAME ?? new URL(issuer).hostname,
    groupsClaim: env.TABARD_OIDC_GROUPS_CLAIM ?? null,
    scopes: env.TABARD_OIDC_SCOPES?.split(" ") ?? [],
  }
}

const LOOPBACK: readonly string[] = ["127.0.0.1", "[::1]", "localhost"]

function isSafeIssuer(issuer: string): boolean {
  if (!URL.canParse(issuer)) return false
  const { protocol, hostname } = new URL(issuer)
  return protocol === "https:" || (protocol === "http:" && LOOPBACK.includes(hostname))
}
