import type { ApiTokenView } from "@tabard/api"
import type { IconName } from "../../components/icon.tsx"
import type { Tone } from "../../components/mark.tsx"

const DAY_MS = 24 * 60 * 60 * 1000
const SOON_MS = 14 * DAY_MS

/** How a token stands, in a word with its drawing. */
export interface TokenStanding {
  readonly words: string
  readonly icon: IconName
  readonly tone: Tone
  /** Whether it still lets anybody in. */
  readonly live: boolean
}

/** Answers whether a token works, ends soon, or is over. */
export function tokenStanding(
  token: Pick<ApiTokenView, "expiresAt" | "revokedAt">,
  now: number,
): TokenStanding {
  if (token.revokedAt !== null) return { words: "Revoked", icon: "ended", tone: "faint", live: false }
  const left = new Date(token.expiresAt).getTime() - now
  if (!(left > 0)) return { words: "Expired", icon: "ended", tone: "faint", live: false }
  if (left < SOON_MS) return { words: "Ends soon", icon: "warning", tone: "ask", live: true }
  return { words: "Live", icon: "active", tone: "calm", live: true }
}
