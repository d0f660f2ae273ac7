import type { OfferView } from "@tabard/api"
import { count, listed } from "../../words/count.ts"

/** Says what goes over with an agent besides its tasks: what proves itself as it, and who acts for it; undefined where nothing does. */
export function broughtWords({
  keys,
  trustRules,
  clients,
  delegations,
}: OfferView["brings"]): string | undefined {
  const parts = [
    { many: keys, word: "enrolled key" },
    { many: trustRules, word: "trust rule" },
    { many: clients, word: "signed-in client" },
    { many: delegations, word: "delegation" },
  ].filter(({ many }) => many > 0)
  if (parts.length === 0) return undefined
  const all = listed(parts.map(({ many, word }) => count(many, word)))
  const isOne = parts.length === 1 && parts[0]?.many === 1
  return `${all} ${isOne ? "comes" : "come"} with it and ${isOne ? "goes" : "go"} on working.`
}
