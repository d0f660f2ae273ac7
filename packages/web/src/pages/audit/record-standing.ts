import type { HealthView, LogView, SinkView } from "@tabard/api"
import type { IconName } from "../../components/icon.tsx"
import type { Tone } from "../../components/mark.tsx"
import { count } from "../../words/count.ts"

/** One answer about the record: in a few words, with what it rests on. */
export interface RecordAnswer {
  readonly words: string
  readonly icon: IconName
  readonly tone: Tone
  readonly rests: string
  /** As of when, where that matters. */
  readonly at?: string
}

/** Answers whether the record is whole, as the server sees it that keeps it. */
export function wholeness(log: LogView, { parts }: Pick<HealthView, "parts">): RecordAnswer {
  const health = parts.find(({ part }) => part === "record")
  if (!health) return { ...UNSURE, rests: "the server does not say how the record does" }
  // What fails is told in words above every page.
  if (health.status === "failing") return { ...UNSURE, rests: "what fails is told above" }
  if (health.status !== "ok") return { ...UNSURE, tone: "ask", rests: health.words }
  return { words: "Whole as the server sees it", icon: "proof", tone: "permit", rests: signedSaid(log) }
}

/** Answers whether somebody else than the log vouches for it. */
export function witnessing({ evidence, quorum, witnesses }: LogView): RecordAnswer {
  if (witnesses.some(({ trouble }) => trouble?.kind === "split-view"))
    return { ...UNWITNESSED, words: "A witness has seen another history" }
  const of = `of ${count(witnesses.length, "witness", "witnesses")}`
  if (evidence === "red") return { ...UNWITNESSED, rests: `no quorum ${of} within the hour` }
  if (evidence === "green")
    return {
      words: "Witnessed",
      icon: "active",
      tone: "permit",
      rests: `by a quorum ${of}`,
      ...(quorum && { at: quorum.at }),
    }
  const rests = witnesses.length === 0 ? "it rests on the log's own key" : "no quorum is asked for"
  return { words: "Not witnessed", icon: "nobody", tone: "calm", rests }
}

/** Answers whether the record has copies elsewhere that keep up with it. */
export function exporting(sinks: readonly Pick<SinkView, "state" | "progress">[]): RecordAnswer {
  const all = count(sinks.length, "sink")
  if (sinks.length === 0)
    return { words: "Not exported", icon: "leave", tone: "calm", rests: "it has no copy elsewhere" }
  const failing = sinks.filter(({ state, progress }) => state === "running" && !isWell(progress)).length
  const paused = sinks.filter(({ state }) => state === "paused").length
  if (failing > 0)
    return { words: "Export falls short", icon: "warning", tone: "deny", rests: `at ${failing} of ${all}` }
  if (paused === sinks.length)
    return { words: "Export is paused", icon: "pause", tone: "ask", rests: `at ${all}` }
  const rests =
    paused > 0 ? `to ${sinks.length - paused} of ${all} in time; paused at ${paused}` : `to ${all}, in time`
  return { words: "Exported", icon: "active", tone: "permit", rests }
}

const UNSURE = { words: "Not known to be whole", icon: "warning", tone: "deny" } as const
const UNWITNESSED = {
  words: "Not witnessed",
  icon: "warning",
  tone: "deny",
  rests: "do not rely on the log before it is explained",
} as const

function isWell({ met, standing }: SinkView["progress"]): boolean {
  return met && standing === "well"
}

function signedSaid({ published, sequenced }: LogView): string {
  const waiting = Math.max(0, sequenced - published)
  const signed = `${count(published, "entry", "entries")} signed`
  return waiting === 0 ? signed : `${signed}, ${count(waiting, "event")} on the way`
}
