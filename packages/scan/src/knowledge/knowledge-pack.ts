import type { AutonomyLevel, EffectClass } from "@tabard/core"
import type { Severity } from "../report.ts"

/** The systems whose paths are known. */
export type OperatingSystem = "linux" | "macos" | "windows"

/** A file in which a client keeps servers or settings. */
export interface KnownFile {
  /** How its path ends, with `/` between names; one leading `*` stands for any beginning of the name. */
  readonly path: string
  /** `servers` files may be a bare map of servers. */
  readonly role: "servers" | "settings"
  readonly scope: "user" | "project"
  readonly format: "json" | "toml"
  /** Where it is beneath a home directory, if not at `path`. */
  readonly home?: Readonly<Record<OperatingSystem, readonly string[]>>
  /** Never at a fixed place in a home directory. */
  readonly elsewhere?: boolean
  /** Not by itself a sign of an agent: only where it holds servers or says how freely one acts. */
  readonly onlyIfItSpeaks?: boolean
}

/** A setting with one value, and the level each value gives. A value without a level is told, and decides nothing. */
export interface KnownSetting {
  readonly setting: readonly string[]
  readonly levels: Readonly<Record<string, AutonomyLevel>>
}

/** A program that runs agents on somebody's machine. */
export interface KnownClient {
  readonly id: string
  readonly name: string
  /** Folders in a home directory that show it is used there. */
  readonly presence: readonly string[]
  readonly default: { readonly level: AutonomyLevel; readonly says: string }
  readonly files: readonly KnownFile[]
  readonly autonomy: readonly KnownSetting[]
}

/** An MCP server that is known, by package, image, command or address. */
export interface KnownServer {
  readonly id: string
  readonly system: string | null
  readonly match: readonly string[]
  readonly capabilities: readonly EffectClass[]
}

/** The shape of one provider's secrets. */
export interface SecretShape {
  readonly id: string
  readonly provider: string | null
  /** Its first group, if it has one, is the secret; else all of it. */
  readonly pattern: RegExp
  readonly severity: Severity
  /** Words of which one must be in the name beside the value; none means the shape speaks for itself. */
  readonly near: readonly string[]
}

/** Everything that is known beforehand: data, with a version and a date. */
export interface KnowledgePack {
  readonly version: string
  readonly date: string
  readonly clients: readonly KnownClient[]
  readonly servers: readonly KnownServer[]
  readonly bridges: readonly string[]
  readonly shapes: readonly SecretShape[]
  readonly placeholders: readonly RegExp[]
  readonly notSecret: readonly RegExp[]
  readonly weakPasswords: ReadonlySet<string>
}
