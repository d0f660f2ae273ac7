import type { FindingEvidence } from "@tabard/core"
import { CLIENT_DEFAULT } from "../autonomy/effective-autonomy.ts"
import type { SeenAgent } from "../report.ts"

/** Answers whether an agent acts without asking anybody, because it was told so or does so by default. */
export function asksNobody({ autonomy: { level } }: SeenAgent): boolean {
  return level === "unrestricted" || level === "client_default_unrestricted"
}

/** Answers whether nobody said how freely an agent acts, so that its client's default is in force. */
export function actsByDefault({ autonomy }: SeenAgent): boolean {
  return autonomy.effective.some(({ setting }) => setting === CLIENT_DEFAULT)
}

/** Answers the settings that decide how freely an agent acts, as evidence. */
export function settingsAsEvidence({ autonomy }: SeenAgent): readonly FindingEvidence[] {
  return autonomy.effective.map(({ setting, value, source }) => ({
    path: source,
    line: null,
    what: `${setting}: ${value}`,
  }))
}
