import type { Location, SeenAgent } from "../report.ts"

/** Answers what an agent is called where it has no name of its own. */
export function agentName({ name, client, framework }: SeenAgent): string {
  return name ?? client ?? framework ?? "unnamed agent"
}

/** Answers a place as people write it. */
export function placeName({ path, line }: Location): string {
  return line === null ? path : `${path}:${line}`
}

/** Answers a number and its noun. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`
}

/** What the categories of agents are called as headings. */
export const CATEGORY_TITLES: Readonly<Record<SeenAgent["category"], string>> = {
  local: "Local agents",
  production: "Production agents",
  chatbot: "Chatbots",
}
