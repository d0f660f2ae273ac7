import { CREDENTIAL_STORAGES, REPLACEMENT_WAYS, type Replacement } from "@tabard/core"
import { z } from "zod"

/** An agent by its name of today. */
interface NamedAgent {
  readonly id: string
  readonly name: string
}

/** Where and when one reporter saw a thing. */
export interface SeenAtView {
  readonly reporter: string
  readonly locations: readonly { readonly path: string; readonly line: number | null }[]
  readonly firstSeen: string
  readonly lastSeen: string
  readonly vanishedAt: string | null
}

/** What is told of everything that was seen. */
interface SeenThingView {
  readonly id: string
  /** Some of the agents that use it, and how many there are. */
  readonly agents: readonly NamedAgent[]
  readonly agentCount: number
  readonly seen: readonly SeenAtView[]
  readonly firstSeen: string
  readonly lastSeen: string
  /** When the last of its sightings vanished; null while it is there for anybody. */
  readonly vanishedAt: string | null
}

const seenThing = {
  id: z.string(),
  agents: z.array(z.object({ id: z.string(), name: z.string() })),
  agentCount: z.number(),
  seen: z.array(
    z.object({
      reporter: z.string(),
      locations: z.array(z.object({ path: z.string(), line: z.number().nullable() })),
      firstSeen: z.string(),
      lastSeen: z.string(),
      vanishedAt: z.string().nullable(),
    }),
  ),
  firstSeen: z.string(),
  lastSeen: z.string(),
  vanishedAt: z.string().nullable(),
}

/** An MCP server of the inventory. */
export interface ObservedServerView extends SeenThingView {
  readonly name: string
  readonly transport: string
  readonly command: string | null
  readonly args: readonly string[]
  readonly url: string | null
  readonly enabled: boolean
  /** Its id in the catalogue of known servers. */
  readonly catalogue: string | null
  readonly system: string | null
  /** The effect classes that its tools have, as far as the catalogue knows. */
  readonly capabilities: readonly string[]
  readonly flags: readonly string[]
  /** Its tools, where the same program is behind the gateway and they were reviewed there; null where nobody knows them. */
  readonly tools: readonly { readonly name: string; readonly effects: readonly string[] }[] | null
}

export const ObservedServerView: z.ZodType<ObservedServerView> = z.object({
  ...seenThing,
  name: z.string(),
  transport: z.string(),
  command: z.string().nullable(),
  args: z.array(z.string()),
  url: z.string().nullable(),
  enabled: z.boolean(),
  catalogue: z.string().nullable(),
  system: z.string().nullable(),
  capabilities: z.array(z.string()),
  flags: z.array(z.string()),
  tools: z.array(z.object({ name: z.string(), effects: z.array(z.string()) })).nullable(),
})

/** A credential of the inventory: kind, places and a keyed hash, never its bytes. */
export interface CredentialView extends SeenThingView {
  readonly kind: string
  readonly provider: string | null
  readonly storedAs: "plaintext" | "env-reference" | "keychain" | "helper"
  readonly fingerprint: string | null
  /** Other credentials of the same bytes, which other reporters saw. */
  readonly sameAs: readonly string[]
  /** What would take its place; null where it is kept already, or not there any more. */
  readonly replacement: Replacement | null
}

export const CredentialView: z.ZodType<CredentialView> = z.object({
  ...seenThing,
  kind: z.string(),
  provider: z.string().nullable(),
  storedAs: z.enum(CREDENTIAL_STORAGES),
  fingerprint: z.string().nullable(),
  sameAs: z.array(z.string()),
  replacement: z.object({ way: z.enum(REPLACEMENT_WAYS), words: z.string() }).nullable(),
})

/** A system that agents reach through the servers that they use. */
export interface ResourceView {
  readonly system: string
  /** How much harm lies in it; null where the catalogue does not say. */
  readonly sensitivity: string | null
  readonly servers: number
  readonly agents: number
}

export const ResourceView: z.ZodType<ResourceView> = z.object({
  system: z.string(),
  sensitivity: z.string().nullable(),
  servers: z.number(),
  agents: z.number(),
})

/** A tool of the inventory, as its definition was reviewed and pinned. */
export interface ReviewedToolView {
  readonly id: string
  readonly name: string
  readonly server: { readonly id: string; readonly name: string }
  readonly effects: readonly string[]
  readonly pinnedAt: string
}

export const ReviewedToolView: z.ZodType<ReviewedToolView> = z.object({
  id: z.string(),
  name: z.string(),
  server: z.object({ id: z.string(), name: z.string() }),
  effects: z.array(z.string()),
  pinnedAt: z.string(),
})
