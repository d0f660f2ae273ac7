/** Estimates how many bits it takes to guess `text`, from how evenly its characters are used. */
export function entropyBits(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  const length = [...counts.values()].reduce((sum, count) => sum + count, 0)
  let bits = 0
  for (const count of counts.values()) bits -= count * Math.log2(count / length)
  return bits
}

/** Answers how many of lower case, upper case and digits occur in `text`; words have one, tokens more. */
export function characterKinds(text: string): number {
  return [/[a-z]/, /[A-Z]/, /[0-9]/].filter((kind) => kind.test(text)).length
}
