import type { RecordContext } from "../audit/event/audit-event.ts"
import type { FindingKey, Sighting } from "./finding-store.ts"
import { type FindingStores, isSameWord, keyOf, settleFindings } from "./settle-findings.ts"

/** What a source says now, against what it said before. */
export interface Change {
  readonly says: readonly Sighting[]
  readonly takesBack: readonly Sighting[]
  /** What it said before and says again, word for word. */
  readonly again: readonly FindingKey[]
}

/** What is to be kept of a change, and whose findings are to be brought in line besides. */
export interface Said {
  readonly says: readonly Sighting[]
  readonly takesBack: readonly FindingKey[]
  readonly also?: readonly string[]
}

/** How much of a file's text goes into what is kept. */
const MAX_TEXT = 1_000

/** How many pieces of evidence are kept. */
const MAX_EVIDENCE = 20

/** Keeps what changed in a source's words, and brings the findings about their subjects in line. */
export async function sayFindings(
  deps: RecordContext,
  tx: FindingStores,
  source: string,
  { says, takesBack, also = [] }: Said,
): Promise<void> {
  await tx.findings.takeBack(source, takesBack)
  await tx.findings.say(says)
  const spokenOf = [...says, ...takesBack].map(({ subject }) => subject)
  await settleFindings(deps, tx, [...new Set([...spokenOf, ...also])])
}

/** Answers what a source says otherwise than before, what it no longer says, and what it says again. */
export function changeOf(before: readonly Sighting[], now: readonly Sighting[]): Change {
  const said = new Map(before.map((word) => [keyOf(word), word]))
  const says = now.filter((word) => {
    const earlier = said.get(keyOf(word))
    return !earlier || !isSameWord(earlier, word)
  })
  const [stays, changed] = [new Set(now.map(keyOf)), new Set(says.map(keyOf))]
  return {
    says,
    takesBack: before.filter((word) => !stays.has(keyOf(word))),
    again: now.filter((word) => !changed.has(keyOf(word))),
  }
}

/**
 * Answers a sighting of bounded size that every store can hold: what is kept of a report is never as long as a report could
 * make it, and has neither control characters nor halves of characters in it.
 */
export function bounded(sighting: Sighting): Sighting {
  const { message, evidence } = sighting
  return {
    ...sighting,
    message: plain(message),
    evidence: evidence.slice(0, MAX_EVIDENCE).map(({ path, line, what }) => ({
      path: plain(path),
      line,
      what: plain(what),
    })),
  }
}

function plain(text: string): string {
  return text
    .replaceAll(/\p{Cc}/gu, " ")
    .slice(0, MAX_TEXT)
    .toWellFormed()
}
