import type { Credential, CredentialStorage, Id, JsonObject, ObservedServer } from "@tabard/core"

/** One reading of a machine or a repository, as it begins to be recorded. */
export interface BegunScan {
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

/** A scan, and what it brought: null while it is being recorded, and where an older program recorded it. */
export interface ScanRecord extends BegunScan {
  readonly result: ScanResult | null
}

/** What a scan saw, and what is otherwise in the inventory since. */
export interface ScanResult {
  readonly agents: number
  readonly servers: number
  readonly credentials: number
  /** Agents that nobody knew. */
  readonly discovered: number
  /** Things that are new, changed or back; what was discovered is among them. */
  readonly changed: number
  readonly vanished: number
}

/** What kind of thing an observation is of. */
export type ObservedKind = "agent" | "server" | "credential"

/** Who looks, and the machine that somebody here vouched they look at; null where nobody did. */
export interface ScanSource {
  readonly name: string
  readonly machine: string | null
}

/** What one reporter last saw under one key. */
export interface Observation {
  readonly reporter: string
  /** The machine that the reporter was vouched to look at. */
  readonly machine: string | null
  readonly kind: ObservedKind
  readonly key: string
  /** The inventory's id for it. */
  readonly subject: string
  /** The last scan that saw it. */
  readonly scan: Id<"scan">
  /** As it was reported; no byte of a secret. */
  readonly body: JsonObject
  /** Tells one body from another; null where an older program kept it. */
  readonly digest: string | null
  readonly firstSeen: Date
  readonly lastSeen: Date
  /** When a scan that read its place no longer saw it; null while it is there. */
  readonly vanishedAt: Date | null
}

/** What a key stands for, and what this reporter saw under it before; null where only another reporter of the machine did. */
export interface KnownThing {
  readonly subject: string
  readonly own: Pick<Observation, "digest" | "vanishedAt"> | null
}

/** Which of a reporter's observations, all of one kind. */
export interface SightingQuery {
  readonly reporter: string
  readonly kind: ObservedKind
  /** Answers those last seen before this time. */
  readonly before: Date
  /** Answers those behind this key. */
  readonly after?: string
  readonly limit: number
}

/** A page of seen things, in the order of their ids. */
export interface SeenQuery<K extends "server" | "credential"> {
  readonly after?: Id<K>
  /** Only those that vanished, or only those that are there. */
  readonly vanished?: boolean
  readonly limit: number
}

/** A page of seen servers. */
export interface ServerQuery extends SeenQuery<"server"> {
  readonly system?: string
  readonly transport?: string
  /** One of the flags that they have. */
  readonly flag?: string
}

/** A page of seen credentials. */
export interface CredentialQuery extends SeenQuery<"credential"> {
  readonly kind?: string
  readonly provider?: string
  readonly storedAs?: CredentialStorage
  /** Only those that more than one agent uses, or only those that none or one does. */
  readonly shared?: boolean
}

/** Which scans are asked for, the newest first. */
export interface ScanQuery {
  readonly reporter?: string
  /** Only those that no enrolled reporter sent. */
  readonly own?: true
  /** Answers those behind this one. */
  readonly after?: Pick<ScanRecord, "id" | "finishedAt">
  /** 1 to 1,000. */
  readonly limit: number
}

/** What a sighting says that an agent uses and holds. */
export interface Uses {
  readonly servers: readonly Id<"server">[]
  readonly credentials: readonly Id<"credential">[]
}

/** Keeps what was seen, and what the inventory believes it to be. Each sentence is a test in observation-store.contract.ts. */
export interface ObservationStore {
  /** Keeps a scan that is being recorded. Rejects where the id is taken. */
  insertScan(scan: BegunScan): Promise<void>

  /** Says that a scan is recorded whole, and what it brought. Of any number of calls exactly one answers true. */
  finishScan(id: Id<"scan">, result: ScanResult): Promise<boolean>

  /** Answers the newest scans first; those that were not recorded whole are left out. */
  listScans(query: ScanQuery): Promise<readonly ScanRecord[]>

  /** Answers the scans of these ids, whole or not; one that is not here is left out. */
  findScans(ids: readonly Id<"scan">[]): Promise<readonly ScanRecord[]>

  /** Answers when the newest scan of this reporter that was recorded whole had ended. */
  newestScan(reporter: string): Promise<Date | undefined>

  /** Answers what each key stands for: what this reporter saw under it, else another one of the same machine, the first. */
  known(by: ScanSource, kind: ObservedKind, keys: readonly string[]): Promise<ReadonlyMap<string, KnownThing>>

  /**
   * Keeps what was seen now, which is there again; firstSeen is the earliest. What another reporter saw under the same key
   * stays, what was seen later stays, and what a key of this reporter stands for stays.
   */
  put(observations: readonly Observation[]): Promise<void>

  /** Says that this scan saw the same again, which is there again; what was seen later, or gone later, stays. */
  seeAgain(
    sight: { readonly reporter: string; readonly scan: Id<"scan">; readonly at: Date },
    kind: ObservedKind,
    keys: readonly string[],
  ): Promise<void>

  /** Answers what a reporter saw before and not since, in the order of keys; what vanished already is left out. */
  unseen(query: SightingQuery): Promise<readonly Observation[]>

  /** Marks as vanished what was not seen since `before`, and answers the keys that it marked. */
  vanish(
    which: Pick<SightingQuery, "reporter" | "kind" | "before">,
    keys: readonly string[],
  ): Promise<readonly string[]>

  /** Answers what is seen of each subject, by every reporter. */
  of(subjects: readonly string[]): Promise<readonly Observation[]>

  /** Answers when each of the subjects was last seen, by whomever; one that never was is absent. */
  lastSeen(subjects: readonly string[]): Promise<ReadonlyMap<string, Date>>

  /** Answers when the last sighting of each subject vanished; one that is still there for anybody is absent. */
  vanished(subjects: readonly string[]): Promise<ReadonlyMap<string, Date>>

  /** Says that what an agent was seen as is another agent: all of its sightings, or one. Answers how many moved. */
  reassign(
    from: Id<"agent">,
    to: Id<"agent">,
    sighting?: { readonly reporter: string; readonly key: string },
  ): Promise<number>

  /** Keeps seen MCP servers; a later one with the same id replaces it, keeping the earliest firstSeen. */
  putServers(servers: readonly ObservedServer[]): Promise<void>

  /** Answers the seen servers of these ids; one that is not here is left out. */
  findServers(ids: readonly Id<"server">[]): Promise<readonly ObservedServer[]>

  /** Answers seen servers in the order of their ids. */
  listServers(query: ServerQuery): Promise<readonly ObservedServer[]>

  /** Keeps seen credentials; a later one with the same id replaces it, keeping the earliest firstSeen. */
  putCredentials(credentials: readonly Credential[]): Promise<void>

  /** Answers the seen credentials of these ids; one that is not here is left out. */
  findCredentials(ids: readonly Id<"credential">[]): Promise<readonly Credential[]>

  /** Answers seen credentials in the order of their ids. */
  listCredentials(query: CredentialQuery): Promise<readonly Credential[]>

  /** Answers the credentials that have one of these fingerprints, whoever saw them. */
  withFingerprints(fingerprints: readonly string[]): Promise<readonly Credential[]>

  /**
   * Answers how many agents are seen to use servers of each system, the most first, equals by name, those behind `after`;
   * unknown systems are left out.
   */
  countSystems(query: {
    readonly after?: Pick<SystemUse, "system" | "agents">
    readonly limit: number
  }): Promise<readonly SystemUse[]>

  /** Answers how many seen credentials lie about in plain text, as far as they are still there. */
  countPlaintextCredentials(): Promise<number>

  /** Answers which of these credentials lie about in plain text. */
  plaintextAmong(ids: readonly Id<"credential">[]): Promise<ReadonlySet<Id<"credential">>>

  /** Says what a reporter saw of agents under these keys, in place of what it said before. */
  link(reporter: string, sightings: readonly ({ readonly key: string } & Uses)[]): Promise<void>

  /** Brings what these agents use and hold to what their sightings say together; vanished ones count where no other is left. */
  relink(agents: readonly Id<"agent">[]): Promise<void>

  /** Answers what each of the agents was seen to hold and use. */
  linksOf(agents: readonly Id<"agent">[]): Promise<ReadonlyMap<Id<"agent">, Uses>>

  /** Answers the agents that were seen to use or hold any of these. */
  usersOf(
    things: readonly (Id<"server"> | Id<"credential">)[],
  ): Promise<ReadonlyMap<string, readonly Id<"agent">[]>>
}

/** How far agents reach into one system. */
export interface SystemUse {
  readonly system: string
  readonly servers: number
  readonly agents: number
}
