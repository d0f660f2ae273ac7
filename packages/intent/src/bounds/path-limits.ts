import { quote } from "@tabard/policy"
import { type ArgumentAt, onValue } from "./argument-at.ts"
import { type Condition, NEVER, setOf } from "./condition.ts"
import { itemOf } from "./number-limits.ts"
import { Unjudgeable } from "./refusal.ts"
import type { NamedTexts } from "./texts-of.ts"
import { canonicalPath } from "./value-limits.ts"

/** Writes the folders that hold a path. */
export function underCondition(
  { tool, name, path, shape }: ArgumentAt,
  { texts, words }: NamedTexts,
): Condition {
  if (itemOf(shape).kind !== "path")
    throw new Unjudgeable(
      `the argument ${name} of ${tool.name} cannot be held to a folder: it is not registered as a path`,
      "have the argument's role corrected, or hold it to a pattern",
    )
  const folders = texts.map(canonicalPath)
  const [only] = folders
  if (only === undefined) return { cedar: NEVER, words: `under ${words}` }
  return folders.length === 1
    ? { cedar: onValue(path, (value) => `${value}.under.contains(${quote(only)})`), words: `under ${only}` }
    : {
        cedar: onValue(path, (value) => `${value}.under.containsAny(${setOf(folders)})`),
        words: `under ${words}`,
      }
}
