import type { AboutView, LogProgress, Page, ResourceView, ScanProgress } from "@tabard/api"
import type { Certifier, FindingCount, RecordContext, RecordGate, Shelf, TraceContext } from "@tabard/control"
import type { Clock, Id, JsonObject, Organisation, Upstream } from "@tabard/core"
import type { OutsideKeys } from "../federation/outside-keys.ts"
import type { HealthPart } from "../health/health-part.ts"
import type { KeyEncryptionKey } from "../keys/key-encryption-key.ts"
import type { ServedLogs } from "../log/served-logs.ts"
import type { NotificationWays } from "../notifications/ways-to-tell.ts"
import type { ProvableLog } from "../record/provable-log.ts"
import type { OpenIdProvider } from "../sign-in/open-id-provider.ts"
import type { SignalWays } from "../signals/open-signals.ts"
import type { ExportWays } from "../sinks/export-ways.ts"
import type { ChangeFeed } from "./changes/change-feed.ts"
import type { StandingMemo } from "./standing-memo.ts"
import type { StandingCounts } from "./views/standing-counts.ts"

/** What the API's handlers call on. */
export interface ApiServices {
  readonly organisation: Organisation
  /** What whoever asks may see and touch. */
  readonly shelf: Shelf
  /** All of it, for what is about things that nobody owns yet. */
  readonly wholeShelf: Shelf
  readonly clock: Clock
  /** The API token that these services are for, where one asks. */
  readonly via?: Id<"apiToken">
  /** The trace that the request belongs to, where its caller names one. */
  readonly trace?: TraceContext | undefined
  /** The address that people and agents use. */
  readonly publicUrl: string
  /** Folders of our own, which no server behind the gateway may reach. */
  readonly ownFolders: readonly string[]
  readonly scans: {
    start(): Promise<ScanProgress>
    progress(): ScanProgress
  }
  readonly changes: Pick<ChangeFeed, "listen">
  /** What was counted of the whole organisation, or of what a member sees, while it still holds. */
  readonly standing: {
    readonly overview: StandingMemo<StandingCounts>
    readonly findings: StandingMemo<readonly FindingCount[]>
    readonly systems: StandingMemo<Page<ResourceView>>
  }
  /** By what people are told. */
  readonly ways: NotificationWays
  /** The keys of outside issuers whose workloads are agents. */
  readonly outsideKeys: OutsideKeys
  /** By what the record is exported. */
  readonly exporting: ExportWays
  /** By what signals are told and heard. */
  readonly signals: SignalWays & {
    /** Tells that the server is to stop: whoever waits for a signal is answered. */
    readonly stopping: AbortSignal
  }
  /** The OpenID provider that people sign in by, where there is one. */
  readonly provider: OpenIdProvider | null
  /** Asked before anything of consequence is done. */
  readonly record: RecordGate
  /** What is watched, for whoever asks how the installation does. */
  readonly health: readonly HealthPart[]
  readonly log: {
    view(): Promise<LogProgress>
    logAt(place: number | null): Promise<ProvableLog>
  }
  /** The logs, for who reads their files. */
  readonly logs: ServedLogs
  /** What the server's own keys are sealed under. */
  readonly encryption: KeyEncryptionKey
  /** What reporters make fingerprints under; null where this process does not play the scanner. */
  readonly fingerprintKey: Uint8Array | null
  /** Asks a server that is not registered yet what it offers. */
  readonly listTools: (server: Upstream) => Promise<readonly JsonObject[]>
  /** What signs certificates of retirement; null where another process plays the issuer. */
  readonly certifier: Certifier | null
  /** Hears of faults of ours that no answer tells whole, for the operator's log. */
  readonly onFault: (error: unknown) => void
  /** What runs here. */
  readonly installation: {
    readonly facts: Omit<AboutView, "schema" | "issuer">
    schema(): Promise<number>
  }
  readonly issuer: { readonly issuer: string; readonly tokenEndpoint: string; readonly resource: string }
}

/** What every use case is called with. */
export function recordContext({ organisation, clock, via, trace }: ApiServices): RecordContext {
  return { organisation, clock, via, trace, door: "api" }
}
