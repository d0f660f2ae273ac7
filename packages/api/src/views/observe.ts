import { EFFECTS, type Effect } from "@tabard/core"
import { z } from "zod"

/** Whether an agent is observed, and its latest time in observe mode. */
export interface ObservingView {
  readonly agent: string
  /** While this is so, what its own bounds would stop is let through and kept. */
  readonly observing: boolean
  /** Null of an agent that never was. */
  readonly latest: {
    readonly startedAt: string
    readonly startedBy: { readonly id: string; readonly name: string }
    readonly reason: string
    /** Where it acted then; anywhere else its bounds are enforced. */
    readonly environment: string
    readonly endsAt: string
    readonly endedAt: string | null
    /** How many calls were let through. */
    readonly calls: number
  } | null
  /** Null of an agent that was never rehearsed. */
  readonly rehearsal: {
    readonly recordedAt: string
    readonly recordedBy: { readonly id: string; readonly name: string }
    readonly calls: number
    /** What ended it as a whole; empty where it counts, for the tools that are the same. */
    readonly endedBy: readonly ("tier" | "bounds")[]
    readonly tools: readonly { readonly server: string; readonly tool: string; readonly same: boolean }[]
  } | null
}

export const ObservingView: z.ZodType<ObservingView> = z.object({
  agent: z.string(),
  observing: z.boolean(),
  latest: z
    .object({
      startedAt: z.string(),
      startedBy: z.object({ id: z.string(), name: z.string() }),
      reason: z.string(),
      environment: z.string(),
      endsAt: z.string(),
      endedAt: z.string().nullable(),
      calls: z.number(),
    })
    .nullable(),
  rehearsal: z
    .object({
      recordedAt: z.string(),
      recordedBy: z.object({ id: z.string(), name: z.string() }),
      calls: z.number(),
      endedBy: z.array(z.enum(["tier", "bounds"])),
      tools: z.array(z.object({ server: z.string(), tool: z.string(), same: z.boolean() })),
    })
    .nullable(),
})

/** Calls that would be stopped for one reason. */
export interface StoppedCallsView {
  readonly server: { readonly id: string; readonly name: string }
  readonly tool: string
  readonly effect: Effect
  readonly code: string
  readonly reasons: readonly string[]
  /** What would be needed instead. */
  readonly words: string
  readonly calls: number
  /** How many of them may be answered otherwise, since not all of their arguments were kept. */
  readonly uncertain: number
  readonly latest: string
  /** The latest of them; arguments as JSON text, or null where none were kept. */
  readonly examples: readonly {
    readonly decision: string
    readonly at: string
    readonly arguments: string | null
  }[]
}

const StoppedCallsView: z.ZodType<StoppedCallsView> = z.object({
  server: z.object({ id: z.string(), name: z.string() }),
  tool: z.string(),
  effect: z.enum(EFFECTS),
  code: z.string(),
  reasons: z.array(z.string()),
  words: z.string(),
  calls: z.number(),
  uncertain: z.number(),
  latest: z.string(),
  examples: z.array(z.object({ decision: z.string(), at: z.string(), arguments: z.string().nullable() })),
})

/** What enforcing would have made of the calls that were observed. */
export interface EnforcingPreviewView {
  readonly calls: number
  readonly permitted: number
  readonly asked: number
  readonly denied: number
  readonly unjudged: number
  readonly stopped: readonly StoppedCallsView[]
}

export const EnforcingPreviewView: z.ZodType<EnforcingPreviewView> = z.object({
  calls: z.number(),
  permitted: z.number(),
  asked: z.number(),
  denied: z.number(),
  unjudged: z.number(),
  stopped: z.array(StoppedCallsView),
})

/** The smallest manifest that covers what was observed, for a person to put, or not. */
export interface ManifestSuggestionView {
  readonly manifest: string
  /** What it would change of the manifest in force. */
  readonly difference: readonly {
    readonly kind: "same" | "added" | "removed"
    readonly text: string
  }[]
  readonly sentences: readonly string[]
  /** What the manifest in force allows and nobody was seen to use, and when it last was. */
  readonly unused: readonly {
    readonly server: string
    readonly tool: string
    readonly lastUsed: string | null
  }[]
  readonly preview: EnforcingPreviewView
}

export const ManifestSuggestionView: z.ZodType<ManifestSuggestionView> = z.object({
  manifest: z.string(),
  difference: z.array(z.object({ kind: z.enum(["same", "added", "removed"]), text: z.string() })),
  sentences: z.array(z.string()),
  unused: z.array(z.object({ server: z.string(), tool: z.string(), lastUsed: z.string().nullable() })),
  preview: EnforcingPreviewView,
})

/** That an agent was rehearsed, under the bounds and with the tools of then. */
export interface RehearsalView {
  readonly agent: string
  readonly tier: string
  readonly bounds: string
  /** By the tool's action, the digest of the definition that was reviewed. */
  readonly tools: Readonly<Record<string, string>>
  readonly calls: number
  readonly recordedAt: string
}

export const RehearsalView: z.ZodType<RehearsalView> = z.object({
  agent: z.string(),
  tier: z.string(),
  bounds: z.string(),
  tools: z.record(z.string(), z.string()),
  calls: z.number(),
  recordedAt: z.string(),
})
