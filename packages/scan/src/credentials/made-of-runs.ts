/** A shorter run stands in a random text by chance. */
const SHORTEST_RUN = 4
/** Of the whole, and never all of it: a prefix such as `ghp_` stands before what was typed in its place. */
const MOSTLY = 0.6
/** How far apart stand the characters that follow one another: `abcd`, and `a1b2c3d4`. */
const STRIDES = [1, 2]
const KEYBOARD = ["qwertyuiop", "asdfghjkl", "zxcvbnm"].flatMap((row) => [...pairsOf(row)])
const BESIDE_ON_KEYBOARD: ReadonlySet<string> = new Set(KEYBOARD)
const WRAPS: ReadonlySet<string> = new Set(["90", "09"])
/** Nobody types a longer one. */
const LONGEST = 1_000
const PREFIX = /^(?:[a-z]{2,10}[-_])+/i

/** Answers whether a text is mostly runs of the alphabet, of digits or of one character: typed as an example, not drawn. */
export function isMadeOfRuns(text: string): boolean {
  if (text.length > LONGEST) return false
  const lower = text.replace(PREFIX, "").toLowerCase()
  const bare = lower.match(/[a-z0-9]/g) ?? []
  if (bare.length < SHORTEST_RUN * 2) return false
  const inRuns = new Set(STRIDES.flatMap((stride) => placesInRuns(bare, stride)))
  return inRuns.size >= bare.length * MOSTLY
}

function placesInRuns(characters: readonly string[], stride: number): readonly number[] {
  const places: number[] = []
  let start = 0
  for (let at = stride; at <= characters.length; at++) {
    if (follows(characters[at], characters[at - stride], stride)) continue
    // With a stride of two, two runs lie in one another, and each must be long.
    const length = at - start
    if (length >= SHORTEST_RUN * stride) places.push(...Array.from({ length }, (_, index) => start + index))
    start = at - stride + 1
  }
  return places
}

function follows(next = "", before = "", stride: number): boolean {
  if (next === "" || before === "") return false
  const step = next.charCodeAt(0) - before.charCodeAt(0)
  if (step === 1 || WRAPS.has(before + next)) return true
  return stride === 1 && (step === 0 || step === -1 || BESIDE_ON_KEYBOARD.has(before + next))
}

function* pairsOf(row: string): Generator<string> {
  for (let at = 1; at < row.length; at++) yield row.slice(at - 1, at + 1)
}
