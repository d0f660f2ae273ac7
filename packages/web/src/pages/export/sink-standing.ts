import type { SinkView } from "@tabard/api"
import type { IconName } from "../../components/icon.tsx"
import type { Tone } from "../../components/mark.tsx"

/** How a sink does, in a word with its drawing. */
export interface SinkStandingWords {
  readonly words: string
  readonly icon: IconName
  readonly tone: Tone
}

/** Answers how a sink does now. */
export function sinkStanding({ state, progress }: Pick<SinkView, "state" | "progress">): SinkStandingWords {
  const { standing, place, size, succeededAt } = progress
  if (state === "paused") return { words: "Paused", icon: "pause", tone: "ask" }
  if (standing === "held") return { words: "Needs a person", icon: "warning", tone: "deny" }
  if (standing === "later") return { words: "Trying again", icon: "warning", tone: "deny" }
  if (place < size) return { words: "Catching up", icon: "proposed", tone: "calm" }
  if (succeededAt === null) return { words: "Nothing carried yet", icon: "discovered", tone: "faint" }
  return { words: "Up to date", icon: "active", tone: "permit" }
}

/** Says of the last day how many entries came in time; undefined where there were none. */
export function inTime({ lastDay: { entries, late } }: SinkView["progress"]): string | undefined {
  if (entries === 0) return undefined
  // Rounded down: what is not all is never said to be.
  const share = Math.floor(((entries - late) / entries) * 1000) / 10
  return `${share} % of the last day’s entries in time`
}
