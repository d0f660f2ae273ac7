import type { FindingEvidence } from "@tabard/core"
import type { SeenAgent } from "../report.ts"

/** Answers whether an agent acts without asking anybody, because it was told so or does so by default. */
export function asksNobody({ autonomy: { level } }: SeenAgent): boolean {
  return level === "unrestricted" || level === "client_default_unrestricted"
}

/** Answers the settings that decide how freely an agent acts, as evidence. */
export function settingsAsEvidence({ autonomy }: SeenAgent): readonly FindingEvidence[] {
  return autonomy.effective.map(({ setting, value, source }) => ({
    path: source,
    line: null,
    what: `${setting}: ${value}`,
  }))
}
