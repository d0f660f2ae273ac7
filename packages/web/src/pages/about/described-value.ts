import { DATA_CLASS_WORDS, ENVIRONMENT_WORDS } from "../../words/about-words.ts"
import { CATEGORY_WORDS } from "../../words/agent-words.ts"
import { dayOf } from "../../words/time.ts"

const ONE_WORD: Readonly<Record<string, string>> = {
  ...ENVIRONMENT_WORDS,
  ...DATA_CLASS_WORDS,
  ...Object.fromEntries(Object.entries(CATEGORY_WORDS).map(([name, { label }]) => [name, label])),
}
const CLOSED: ReadonlySet<string> = new Set(["category", "environment", "dataClasses"])
const DAYS: ReadonlySet<string> = new Set(["lastReview", "nextReview"])

/** Says the value of what people state, in words; names of their own are left as they are. */
export function describedValue(name: string, value: unknown): string {
  if (Array.isArray(value))
    return value.length === 0 ? "None" : value.map((one) => wordOf(name, one)).join(", ")
  return wordOf(name, value)
}

function wordOf(name: string, value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value)
  if (DAYS.has(name)) return dayOf(text)
  return CLOSED.has(name) ? (ONE_WORD[text] ?? text) : text
}
