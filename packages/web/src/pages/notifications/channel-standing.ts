import type { ChannelView } from "@tabard/api"
import type { IconName } from "../../components/icon.tsx"
import type { Tone } from "../../components/mark.tsx"

/** How a channel does, in a word with its drawing. */
export interface ChannelStanding {
  readonly words: string
  readonly icon: IconName
  readonly tone: Tone
}

/** Answers how a channel has done lately. */
export function channelStanding(
  { failures, restsUntil, workedAt }: Pick<ChannelView, "failures" | "restsUntil" | "workedAt">,
  now: number,
): ChannelStanding {
  if (restsUntil !== null && Date.parse(restsUntil) > now)
    return { words: "Resting", icon: "pause", tone: "deny" }
  if (failures > 0) return { words: "Failing", icon: "warning", tone: "deny" }
  if (workedAt !== null) return { words: "Works", icon: "active", tone: "permit" }
  return { words: "Not tried yet", icon: "discovered", tone: "faint" }
}
