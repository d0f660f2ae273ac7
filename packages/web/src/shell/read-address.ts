/** How each member of an address's search is read; what cannot be read answers undefined. */
export type AddressReaders<Search> = {
  readonly [Name in keyof Search]-?: (value: unknown) => Search[Name] | undefined
}

/** Reads the search of an address member by member; what it does not understand it leaves out. */
export function readAddress<Search>(
  readers: AddressReaders<Search>,
  raw: Readonly<Record<string, unknown>>,
): Search {
  const read = Object.entries<(value: unknown) => unknown>(readers).map(([name, reader]) => [
    name,
    reader(raw[name]),
  ])
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each member comes from its own reader
  return Object.fromEntries(read.filter(([, value]) => value !== undefined)) as Search
}

/** Reads one of the keys of a table of words. */
export function oneOf<Key extends string>(
  words: Readonly<Record<Key, unknown>>,
): (value: unknown) => Key | undefined {
  return (value) => keysOf(words).find((key) => key === value)
}

/** Reads a text that has the shape, up to the longest that is of use. */
export function textLike(shape: RegExp, longest = 200): (value: unknown) => string | undefined {
  return (value) => (typeof value === "string" && shape.test(value) ? value.slice(0, longest) : undefined)
}

/** Reads a switch: `yes`, and nothing else. */
export function yes(value: unknown): "yes" | undefined {
  return value === "yes" ? value : undefined
}

/** Answers the keys of a table of words in its order. */
export function keysOf<Key extends string>(words: Readonly<Record<Key, unknown>>): readonly Key[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the table is closed by its type
  return Object.keys(words) as Key[]
}
