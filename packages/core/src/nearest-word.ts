/** How many letters may be otherwise in a word that was meant. */
const MOST_SLIPS = 2

/** Answers the word among those that are known that was probably meant, where one is but a slip or two away. */
export function nearestWord(word: string, known: Iterable<string>): string | undefined {
  let nearest: string | undefined
  let least = MOST_SLIPS + 1
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) >= least) continue
    const slips = slipsBetween(word.toLowerCase(), candidate.toLowerCase())
    if (slips < least) [nearest, least] = [candidate, slips]
  }
  return nearest
}

/** Levenshtein's distance: letters that are there, gone or others. */
function slipsBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (const [at, letter] of one.split("").entries()) {
    const last = row
    row = [at + 1]
    for (const [column, letterThere] of other.split("").entries()) {
      const changed = (last[column] ?? 0) + (letter === letterThere ? 0 : 1)
      row.push(Math.min((last[column + 1] ?? 0) + 1, (row[column] ?? 0) + 1, changed))
    }
  }
  return row.at(-1) ?? 0
}
