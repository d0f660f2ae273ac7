import type { EffectClass } from "../effect-class.ts"
import type { Id } from "../ids.ts"
import type { JsonObject } from "../json.ts"

/** An MCP server as it was seen in a configuration. */
export interface ObservedServer {
  readonly id: Id<"server">
  /** Stable across scans. */
  readonly key: string
  readonly name: string
  readonly transport: string
  readonly system: string | null
  readonly capabilities: readonly string[]
  readonly flags: readonly string[]
  readonly firstSeen: Date
  readonly lastSeen: Date
}

/** How the gateway reaches an upstream. */
export type UpstreamLaunch =
  | {
      readonly transport: "stdio"
      readonly command: string
      readonly args: readonly string[]
      readonly roots: readonly string[]
    }
  | { readonly transport: "http"; readonly url: string }

/** A server behind the gateway, as a person registered it. */
export interface Upstream {
  readonly id: Id<"server">
  /** The name in the gateway's address, `/mcp/<name>`. */
  readonly name: string
  readonly launch: UpstreamLaunch
  readonly registeredBy: Id<"user">
  readonly registeredAt: Date
}

/** What an argument is to a policy, whatever it is called. */
export const ARGUMENT_ROLES = ["target", "amount", "content", "code", "path"] as const

/** One role of an argument. */
export type ArgumentRole = (typeof ARGUMENT_ROLES)[number]

/** What a person said as they put a version in force after the tools were registered. */
export interface ToolReview {
  readonly by: Id<"user">
  readonly reason: string
  /** Whether its effects or roles are that person's word, or what was found out about the definition. */
  readonly corrected: boolean
}

/** A tool's definition as it was reviewed and pinned: another digest is another version, and another action. */
export interface ToolVersion {
  readonly id: Id<"toolVersion">
  readonly server: Id<"server">
  readonly name: string
  /** SHA-256 over the canonical definition, base64url. */
  readonly digest: string
  readonly definition: JsonObject
  readonly effects: readonly EffectClass[]
  readonly roles: Readonly<Record<string, readonly ArgumentRole[]>>
  readonly pinnedAt: Date
  /** Absent of what was pinned as its server was registered. */
  readonly review?: ToolReview
}
