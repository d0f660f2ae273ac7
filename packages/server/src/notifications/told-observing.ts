import type { JsonObject } from "@tabard/core"
import { plainLine } from "./plain-line.ts"

/** Who did what to which agent, in words. */
interface Observed {
  readonly agent: string
  readonly by: string
  readonly details: JsonObject
}

/** What became of an agent's bounds, by how it is told. */
const TITLES: Readonly<Record<string, (told: Observed) => string>> = {
  began: ({ agent, by, details }) =>
    `${by} has ${agent} observed${dayIn(details)}: what its bounds alone would stop is let through`,
  ending: ({ agent, details }) => `${agent} is enforced again${dayIn(details, "from")}`,
  over: ({ agent }) => `${agent} is enforced again: its time in observe mode is over`,
  ended: ({ agent, by }) => `${by} has the bounds of ${agent} enforced again`,
  rehearsed: ({ agent, by }) => `${by} recorded that ${agent} was rehearsed`,
}

/** Says that an agent is observed, soon is no more, or is no more, with what would have been stopped meanwhile. */
export function observedWords(told: Observed): { readonly title: string; readonly detail: string | null } {
  const { how } = told.details
  const title = typeof how === "string" ? TITLES[how]?.(told) : undefined
  return { title: title ?? `The bounds of ${told.agent} changed`, detail: digestWords(told.details) }
}

function digestWords({ how, calls, denied, asked, stopped }: JsonObject): string | null {
  if (typeof calls !== "number" || typeof denied !== "number" || typeof asked !== "number") return null
  if (how === "rehearsed") return null
  if (denied + asked === 0)
    return calls === 0
      ? "No call was observed, so nobody knows what its bounds would stop."
      : `None of its ${calls} calls would have been stopped.`
  const names = Array.isArray(stopped) ? stopped.map((name) => plainLine(String(name))).join(", ") : ""
  return `Of its ${calls} calls ${denied} would have been denied and ${asked} asked about: ${names}.`
}

function dayIn({ due }: JsonObject, word = "until"): string {
  return typeof due === "string" ? ` ${word} ${due.slice(0, 16).replace("T", " ")} UTC` : ""
}
