import type { SignalSourceView, SignalStreamView } from "@tabard/api"
import type { IconName } from "../../components/icon.tsx"
import type { Tone } from "../../components/mark.tsx"

/** How a stream or a source does, in a word with its drawing. */
export interface SignalStandingWords {
  readonly words: string
  readonly icon: IconName
  readonly tone: Tone
}

type StreamFares = Pick<SignalStreamView, "status" | "method" | "failures" | "waiting" | "deliveredAt">

/** Answers how a stream does now. */
export function streamStanding(stream: StreamFares): SignalStandingWords {
  const { status, method, failures, waiting, deliveredAt } = stream
  if (status === "paused") return { words: "Paused", icon: "pause", tone: "ask" }
  if (status === "disabled") return { words: "Disabled", icon: "pause", tone: "faint" }
  if (failures > 0) return { words: "Trying again", icon: "warning", tone: "deny" }
  if (waiting > 0 && method === "poll")
    return { words: "Waits to be fetched", icon: "proposed", tone: "calm" }
  if (waiting > 0) return { words: "Delivering", icon: "proposed", tone: "calm" }
  if (deliveredAt === null) return { words: "Nothing told yet", icon: "discovered", tone: "faint" }
  return { words: "Up to date", icon: "active", tone: "permit" }
}

/** Answers how a source does now. */
export function sourceStanding({
  state,
  failures,
  receivedAt,
}: Pick<SignalSourceView, "state" | "failures" | "receivedAt">): SignalStandingWords {
  if (state === "paused") return { words: "Paused", icon: "pause", tone: "ask" }
  if (failures > 0) return { words: "Does not answer", icon: "warning", tone: "deny" }
  if (receivedAt === null) return { words: "Nothing heard yet", icon: "discovered", tone: "faint" }
  return { words: "Heard", icon: "active", tone: "permit" }
}
