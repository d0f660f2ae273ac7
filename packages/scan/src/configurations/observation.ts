import type { AutonomyLevel, EffectClass } from "@tabard/core"
import type { CredentialSighting } from "../credentials/credential-reader.ts"
import type { KnownClient } from "../knowledge/knowledge-pack.ts"
import type { Location, Transport } from "../report.ts"

/** Whose configuration it is: the person whose home was read, or a project where no home was. */
export interface ConfigurationOwner {
  readonly kind: "home" | "project"
  readonly path: string
}

/** An MCP server as one configuration names it; it holds no secret. */
export interface ServerSighting {
  readonly name: string
  readonly transport: Transport
  readonly command: string | null
  readonly args: readonly string[]
  readonly url: string | null
  readonly enabled: boolean
  readonly catalogue: string | null
  readonly system: string | null
  readonly capabilities: readonly EffectClass[]
  readonly flags: readonly string[]
  /** Whether what it runs depends on the folder it is run in, so that equal words mean two servers in two folders. */
  readonly isLocalCode: boolean
  readonly location: Location
}

/** A setting that says how freely an agent acts, and the level it gives, where it gives one. */
export interface SettingSighting {
  readonly setting: string
  readonly value: string
  readonly level: AutonomyLevel | null
}

/** An agent that a configuration names beside the client's own. */
export interface SubAgentSighting {
  readonly name: string
  /** What it says of itself; empty where it goes by what the client's own agent may do. */
  readonly settings: readonly SettingSighting[]
}

/** What one configuration said. No secret is left in it. */
export interface Observation {
  readonly client: KnownClient
  readonly owner: ConfigurationOwner
  readonly path: string
  readonly what: string
  readonly confidence: "high" | "medium"
  readonly servers: readonly ServerSighting[]
  readonly credentials: readonly CredentialSighting[]
  readonly settings: readonly SettingSighting[]
  readonly subAgents: readonly SubAgentSighting[]
  /** A running program, and no file: `likely` where other programs are called the same. */
  readonly running?: "surely" | "likely"
  /** Left behind by a client, or a version of it, that is no more. */
  readonly stale?: boolean | undefined
}
