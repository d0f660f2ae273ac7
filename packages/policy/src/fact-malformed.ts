/** A fact about the circumstances that is of no type that policies know. Whatever would be judged by it is denied. */
export class FactMalformed extends Error {
  override readonly name = "FactMalformed"
}

/** Answers a text that Cedar could be told of. */
export function textOf(value: string): string {
  // Facts come from doors and stores: what the compiler promises is not what they once said.
  if (typeof value !== "string" || !value.isWellFormed()) throw new FactMalformed("a fact is no text")
  return value
}

/** Answers a number that both a double and a policy hold exactly. */
export function wholeNumberOf(value: number): number {
  if (!Number.isSafeInteger(value)) throw new FactMalformed("a fact is no whole number")
  // There is no negative zero in 64 bits.
  return value + 0
}
