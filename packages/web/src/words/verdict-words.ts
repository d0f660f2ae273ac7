import type { CoverageView } from "@tabard/api"

/** What rules say of an agent and a tool; nothing where none speaks on it. */
export type CoverageVerdict = CoverageView["tools"][number]["verdict"] | "nothing"

/** How each is said. */
export const VERDICT_WORDS: Readonly<Record<CoverageVerdict, string>> = {
  permit: "permitted",
  ask: "asked first",
  deny: "kept from it",
  nothing: "under no rule",
}
