import type { AutonomyLevel, CredentialStorage, EffectClass, Severity } from "@tabard/core"

export type { Severity } from "@tabard/core"

/** How a client speaks with an MCP server. */
export type Transport = "stdio" | "http" | "sse" | "ws"

/** A place that was read: a file, and the line where it is known. */
export interface Location {
  readonly path: string
  readonly line: number | null
}

/** A place, and what was seen there. It never quotes a secret. */
export interface Evidence extends Location {
  readonly what: string
}

/** One setting that decides how freely an agent acts; `source` is a file, or says that it is a client's default. */
export interface AutonomySetting {
  readonly setting: string
  readonly value: string
  readonly source: string
}

/** The level in force, and the settings that make it so. */
export interface Autonomy {
  readonly level: AutonomyLevel
  readonly effective: readonly AutonomySetting[]
}

/** Software that acts through a model, as it was seen. */
export interface SeenAgent {
  readonly key: string
  readonly name: string | null
  readonly category: "chatbot" | "local" | "production"
  readonly client: string | null
  readonly framework: string | null
  readonly locations: readonly Location[]
  readonly autonomy: Autonomy
  readonly mcpServers: readonly string[]
  readonly credentials: readonly string[]
  readonly confidence: "high" | "medium" | "low"
  readonly evidence: readonly Evidence[]
}

/** An MCP server that some client is told to use. Its arguments and URL hold no secret. */
export interface SeenMcpServer {
  readonly key: string
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
  readonly locations: readonly Location[]
}

/** A credential that was seen: its kind and place, and a keyed hash in the stead of its bytes. */
export interface SeenCredential {
  readonly key: string
  readonly kind: string
  readonly provider: string | null
  readonly storedAs: CredentialStorage
  readonly fingerprint: string | null
  readonly locations: readonly Location[]
}

/** Something to put right, by a rule that needs only what was seen. */
export interface SeenFinding {
  readonly rule: string
  readonly severity: Severity
  /** The key of the agent, server or credential it is about. */
  readonly subject: string
  readonly message: string
  readonly remediation: string
  /** Controls it speaks to, as framework:id. */
  readonly controls: readonly string[]
  readonly evidence: readonly Evidence[]
}

/** A place that could not be read, and why; what was there is unknown, not gone. */
export interface Unreadable {
  readonly path: string
  readonly reason: string
}

/** How far the scan saw. */
export interface Coverage {
  readonly clientsKnown: number
  readonly clientsChecked: number
  readonly filesRead: number
  readonly filesSkipped: number
  readonly knowledge: { readonly version: string; readonly date: string }
}

/** Everything one scan saw. No byte of a secret is in it. */
export interface ScanReport {
  readonly schema: "tabard.scan/1"
  readonly startedAt: string
  readonly finishedAt: string
  readonly host: string | null
  readonly roots: readonly string[]
  readonly agents: readonly SeenAgent[]
  readonly mcpServers: readonly SeenMcpServer[]
  readonly credentials: readonly SeenCredential[]
  readonly findings: readonly SeenFinding[]
  readonly unreadable: readonly Unreadable[]
  readonly coverage: Coverage
}
