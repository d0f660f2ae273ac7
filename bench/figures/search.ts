import { setTimeout as wait } from "node:timers/promises"
import type { Figure } from "../figure.ts"
import type { Question } from "../world/large/questions.ts"
import type { LargeTabardReady } from "../world/large-organisation-process.ts"
import { askLargeOrganisations } from "./lists.ts"

/** What an answer may take, 19 times of 20. */
const LIMIT_MS = 50

/** How long what an older program made may take to be indexed, before the measurement gives up on it. */
const PATIENCE_MS = 10 * 60_000

/** Searches over a large organisation: frequent words and rare ones, several, none that there is, an id and its beginning. */
export const search: Figure = {
  name: "search",
  measure: (measuring) =>
    askLargeOrganisations(
      { name: "search", limitMs: LIMIT_MS, questionsOf: searchQuestions, until: isIndexed },
      measuring,
    ),
}

function searchQuestions({ ownAgent }: LargeTabardReady, as: Question["as"]): readonly Question[] {
  const asked: readonly (readonly [string, string])[] = [
    ["a name that 1,700 have", "invoices helper"],
    ["a word that every agent has", "helper"],
    ["a letter", "s"],
    ["a name of one", "machine-7"],
    ["two words that never meet", "invoices crash"],
    ["a frequent word and one that there is not", "helper zzz"],
    ["a server's name", "github-4"],
    ["an id", ownAgent],
    ["how many ids begin", "agt_01"],
    ["how many ids of findings begin", "fnd_01"],
  ]
  return asked.map(([name, text]) => ({ name, as, path: `/search?q=${encodeURIComponent(text)}` }))
}

/** What is gone through last is what is behind the gateway: once that is found, everything is. */
async function isIndexed({ publicUrl, cookies }: LargeTabardReady): Promise<void> {
  const until = Date.now() + PATIENCE_MS
  while (Date.now() < until) {
    const address = `${publicUrl}/api/v1/search?kinds=upstream&q=${LAST}`
    const response = await fetch(address, { headers: { cookie: cookies.administrator } })
    if (/"kind":"upstream"/.test(await response.text())) return
    await wait(500)
  }
  throw new Error("the organisation was not indexed in time")
}

/** Begins the name of a server behind the gateway. */
const LAST = "upstream"
