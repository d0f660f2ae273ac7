const numbers = new Intl.NumberFormat("en")

/** Says a number with its word: `1 token`, `2 tokens`, `1,024 entries`. */
export function count(many: number, one: string, more = `${one}s`): string {
  return `${numbers.format(many)} ${many === 1 ? one : more}`
}

/** Writes a number the way people read it. */
export function grouped(many: number): string {
  return numbers.format(many)
}

/** Joins phrases as a sentence does: `a, b and c`. */
export function listed(phrases: readonly string[]): string {
  if (phrases.length < 2) return phrases[0] ?? ""
  return `${phrases.slice(0, -1).join(", ")} and ${phrases.at(-1) ?? ""}`
}
