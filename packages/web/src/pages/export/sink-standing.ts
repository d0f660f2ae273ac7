import type { SinkView } from "@tabard/api"
import type { IconName } from "../../components/icon.tsx"
import type { Tone } from "../../components/mark.tsx"
import { count } from "../../words/count.ts"

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

/** Answers what holds for an auditor: what is as it should be, and each thing that is not. */
export function evidenceOf({
  state,
  progress,
}: Pick<SinkView, "state" | "progress">): readonly SinkStandingWords[] {
  const { met, deadLetters, lastDay } = progress
  const share = shareInTime(lastDay)
  const isLate = lastDay.late * 20 > lastDay.entries
  const shown: SinkStandingWords[] = []
  if (share !== undefined) shown.push(isLate ? wrong(share) : { words: share, icon: "check", tone: "permit" })
  if (deadLetters > 0) shown.push(wrong(count(deadLetters, "dead letter")))
  const waits = !met && state === "running" && deadLetters === 0 && !isLate
  if (waits) shown.push(wrong("An entry waits for longer than five minutes"))
  return shown
}

function wrong(words: string): SinkStandingWords {
  return { words, icon: "warning", tone: "deny" }
}

/** Says of the last day how many entries came in time; undefined where there were none. */
function shareInTime({ entries, late }: SinkView["progress"]["lastDay"]): string | undefined {
  if (entries === 0) return undefined
  // Rounded down: what is not all is never said to be.
  const share = Math.floor(((entries - late) / entries) * 1000) / 10
  return `${share} % of the last day’s entries in time`
}
