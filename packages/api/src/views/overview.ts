import {
  AGENT_STATES,
  type AgentState,
  CATEGORIES,
  type Category,
  SEVERITIES,
  type Severity,
} from "@tabard/core"
import { z } from "zod"
import { EventView, LogProgress } from "./event.ts"
import { FindingView } from "./finding.ts"

/** One reading of machines and repositories. */
export interface ScanView {
  readonly id: string
  /** The enrolled reporter's id, or the process itself. */
  readonly reporter: string
  readonly roots: readonly string[]
  readonly startedAt: string
  readonly finishedAt: string
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[]
  readonly filesRead: number
  /** What it saw, and what is otherwise since; null where that was not kept. */
  readonly result: ScanResultView | null
}

/** What one scan brought. */
export interface ScanResultView {
  readonly agents: number
  readonly servers: number
  readonly credentials: number
  /** Agents that nobody knew. */
  readonly discovered: number
  /** Things that are new, changed or back; what was discovered is among them. */
  readonly changed: number
  readonly vanished: number
}

const ScanResultView: z.ZodType<ScanResultView> = z.object({
  agents: z.number(),
  servers: z.number(),
  credentials: z.number(),
  discovered: z.number(),
  changed: z.number(),
  vanished: z.number(),
})

export const ScanView: z.ZodType<ScanView> = z.object({
  id: z.string(),
  reporter: z.string(),
  roots: z.array(z.string()),
  startedAt: z.string(),
  finishedAt: z.string(),
  unreadable: z.array(z.object({ path: z.string(), reason: z.string() })),
  filesRead: z.number(),
  result: ScanResultView.nullable(),
})

/** How a scan that runs now is getting on. */
export interface ScanProgress {
  readonly running: boolean
  readonly filesSeen: number
  readonly filesRead: number
  readonly place: string | null
  /** Why the last scan failed as a whole, if it did. */
  readonly failed: string | null
}

export const ScanProgress: z.ZodType<ScanProgress> = z.object({
  running: z.boolean(),
  filesSeen: z.number(),
  filesRead: z.number(),
  place: z.string().nullable(),
  failed: z.string().nullable(),
})

/** Is anything wrong, what is waiting, what changed. */
export interface OverviewView {
  readonly agentsByState: Readonly<Partial<Record<AgentState, number>>>
  /** Agents that have not ended, by what they are. */
  readonly agentsByCategory: Readonly<Partial<Record<Category, number>>>
  readonly orphaned: number
  /** How many agents were found and then left, past the grace period. */
  readonly shadow: number
  readonly plaintextCredentials: number
  /** Open findings. */
  readonly findingsBySeverity: Readonly<Partial<Record<Severity, number>>>
  /** The first things to put right, at most five. */
  readonly worstFindings: readonly FindingView[]
  readonly pendingApprovals: number
  readonly lastScan: ScanView | null
  readonly scan: ScanProgress
  readonly log: LogProgress
  readonly recent: readonly EventView[]
}

export const OverviewView: z.ZodType<OverviewView> = z.object({
  agentsByState: z.partialRecord(z.enum(AGENT_STATES), z.number()),
  agentsByCategory: z.partialRecord(z.enum(CATEGORIES), z.number()),
  orphaned: z.number(),
  shadow: z.number(),
  plaintextCredentials: z.number(),
  findingsBySeverity: z.partialRecord(z.enum(SEVERITIES), z.number()),
  worstFindings: z.array(FindingView),
  pendingApprovals: z.number(),
  lastScan: ScanView.nullable(),
  scan: ScanProgress,
  log: LogProgress,
  recent: z.array(EventView),
})
