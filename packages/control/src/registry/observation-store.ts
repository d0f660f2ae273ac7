import type { Credential, Id, JsonObject, ObservedServer } from "@tabard/core"

/** One finished reading of a machine or a repository. */
export interface ScanRecord {
  readonly id: Id<"scan">
  /** The enrolled reporter, or the process itself. */
  readonly reporter: string
  readonly roots: readonly string[]
  readonly startedAt: Date
  readonly finishedAt: Date
  /** What could not be read. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[]
  /** How much was read: numbers by name. */
  readonly coverage: JsonObject
}

/** What kind of thing an observation is of. */
export type ObservedKind = "agent" | "server" | "credential"

/** What one reporter last saw under one key. */
export interface Observation {
  readonly reporter: string
  readonly kind: ObservedKind
  readonly key: string
  /** The inventory's id for it. */
  readonly subject: string
  readonly scan: Id<"scan">
  /** As it was reported; no byte of a secret. */
  readonly body: JsonObject
  readonly firstSeen: Date
  readonly lastSeen: Date
}

/** Keeps what was seen, and what the inventory believes it to be. Each sentence is a test in observation-store.contract.ts. */
export interface ObservationStore {
  /** Rejects where the id is taken. */
  insertScan(scan: ScanRecord): Promise<void>

  /** Answers the newest scans first. */
  listScans(limit: number): Promise<readonly ScanRecord[]>

  /** Answers which subject a key stands for, whoever reported it. */
  subjectOf(kind: ObservedKind, key: string): Promise<string | undefined>

  /** Keeps what this reporter saw now; what another reporter saw under the same key stays, and firstSeen is the earliest. */
  put(observation: Observation): Promise<void>

  /** Answers what is seen of each subject, by every reporter. */
  of(subjects: readonly string[]): Promise<readonly Observation[]>

  /** Keeps a seen MCP server; a later one with the same id replaces it, keeping the earliest firstSeen. */
  putServer(server: ObservedServer): Promise<void>

  /** Answers when each of the subjects was last seen, by whomever; one that never was is absent. */
  lastSeen(subjects: readonly string[]): Promise<ReadonlyMap<string, Date>>

  /** Answers the seen servers of these ids; one that is not here is left out. */
  findServers(ids: readonly Id<"server">[]): Promise<readonly ObservedServer[]>

  /** Answers the seen credentials of these ids; one that is not here is left out. */
  findCredentials(ids: readonly Id<"credential">[]): Promise<readonly Credential[]>

  /** Answers seen servers in the order of their ids. */
  listServers(limit: number): Promise<readonly ObservedServer[]>

  /** Keeps a seen credential; a later one with the same id replaces it, keeping the earliest firstSeen. */
  putCredential(credential: Credential): Promise<void>

  /** Answers seen credentials in the order of their ids. */
  listCredentials(limit: number): Promise<readonly Credential[]>

  /**
   * Answers how many agents answer to nobody (neither dismissed nor retired, and without an owner) and how many seen
   * credentials lie about in plain text.
   */
  countTroubles(): Promise<{ readonly orphaned: number; readonly plaintextCredentials: number }>

  /** Says that an agent holds these credentials and uses these servers, in place of what was said before. */
  link(
    agent: Id<"agent">,
    uses: { servers: readonly Id<"server">[]; credentials: readonly Id<"credential">[] },
  ): Promise<void>

  /** Answers what each of the agents was seen to hold and use. */
  linksOf(
    agents: readonly Id<"agent">[],
  ): Promise<
    ReadonlyMap<Id<"agent">, { servers: readonly Id<"server">[]; credentials: readonly Id<"credential">[] }>
  >
}
