/** Something that is wrong at a place of a text; line and column count from one. */
export interface LineProblem {
  readonly line: number
  readonly column: number
  readonly message: string
}

/** What stands before the words of a refusal: which policy, and where. */
const BEFORE_WORDS = /^.{0,200}?\bline \d{1,6}(?:, column \d{1,6})?: /

const PLACE = /\bline (\d{1,6})(?:, column (\d{1,6}))?/

/** Answers where a refusal says that a text is wrong, or nothing where it names no line. */
export function problemLines(error: unknown): readonly LineProblem[] {
  if (!(error instanceof Error)) return []
  const [, line, column = "1"] = PLACE.exec(error.message) ?? []
  if (line === undefined) return []
  return [{ line: Number(line), column: Number(column), message: error.message.replace(BEFORE_WORDS, "") }]
}

/** Answers how many characters stand before a place; the end of the line where the line is shorter, the end of the text where the text is. */
export function offsetOf(text: string, { line, column }: Pick<LineProblem, "line" | "column">): number {
  const lines = text.split("\n")
  const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0)
  return Math.min(before + Math.min(column - 1, lines[line - 1]?.length ?? 0), text.length)
}
