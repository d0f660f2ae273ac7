/** One line of two texts that are laid beside each other. */
export interface ComparedLine {
  readonly kind: "same" | "added" | "removed"
  readonly text: string
}

/** Beyond so many pairs of lines, what differs is told as one piece: nobody reads more, and it would cost a second. */
const MOST_PAIRS = 1_000_000

/** Answers what is otherwise in `after` than in `before`, line by line. */
export function compareTexts(before: string, after: string): readonly ComparedLine[] {
  const was = linesOf(before)
  const is = linesOf(after)
  const start = commonStart(was, is)
  const end = commonStart(was.slice(start).toReversed(), is.slice(start).toReversed())
  return [
    ...was.slice(0, start).map(same),
    ...middle(was.slice(start, was.length - end), is.slice(start, is.length - end)),
    ...was.slice(was.length - end).map(same),
  ]
}

function linesOf(text: string): readonly string[] {
  return text === "" ? [] : text.replace(/\n$/, "").split("\n")
}

function commonStart(was: readonly string[], is: readonly string[]): number {
  const differs = was.findIndex((line, at) => line !== is[at])
  return differs === -1 ? was.length : differs
}

function middle(was: readonly string[], is: readonly string[]): readonly ComparedLine[] {
  if (was.length * is.length > MOST_PAIRS) return [...was.map(removed), ...is.map(added)]
  const common = longestCommon(was, is)
  const lines: ComparedLine[] = []
  let [i, j] = [0, 0]
  while (i < was.length || j < is.length) {
    const [old, now] = [was[i], is[j]]
    if (old !== undefined && old === now) {
      lines.push(same(old))
      i++
      j++
    } else if (
      old !== undefined &&
      (now === undefined || lengthAt(common, i + 1, j) >= lengthAt(common, i, j + 1))
    ) {
      lines.push(removed(old))
      i++
    } else if (now !== undefined) {
      lines.push(added(now))
      j++
    }
  }
  return lines
}

/** How many lines are common to what is left of both, from each pair of places on. */
function longestCommon(was: readonly string[], is: readonly string[]): readonly Uint32Array[] {
  const table = Array.from({ length: was.length + 1 }, () => new Uint32Array(is.length + 1))
  for (let i = was.length - 1; i >= 0; i--) {
    const row = table[i] ?? new Uint32Array()
    for (let j = is.length - 1; j >= 0; j--)
      row[j] =
        was[i] === is[j]
          ? lengthAt(table, i + 1, j + 1) + 1
          : Math.max(lengthAt(table, i + 1, j), lengthAt(table, i, j + 1))
  }
  return table
}

function lengthAt(table: readonly Uint32Array[], i: number, j: number): number {
  return table[i]?.[j] ?? 0
}

function same(text: string): ComparedLine {
  return { kind: "same", text }
}

function added(text: string): ComparedLine {
  return { kind: "added", text }
}

function removed(text: string): ComparedLine {
  return { kind: "removed", text }
}
