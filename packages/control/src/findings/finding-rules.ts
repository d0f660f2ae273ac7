import type { RuleDescription } from "@tabard/core"
import { SCAN_RULES } from "@tabard/scan"
import { INVENTORY_RULES } from "./rules/inventory-rules.ts"

/** Every rule by its id; where a scan and the inventory share one, the scan's words stand for both. */
const RULES: ReadonlyMap<string, RuleDescription> = new Map(
  [...INVENTORY_RULES, ...SCAN_RULES].map((rule) => [rule.id, rule]),
)

/** Answers what a rule is, or undefined where there is no such rule: a word under it is nobody's. */
export function findingRule(id: string): RuleDescription | undefined {
  return RULES.get(id)
}

/** Answers every rule, by its id. */
export function findingRules(): readonly RuleDescription[] {
  return [...RULES.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1))
}
