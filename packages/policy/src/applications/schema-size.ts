import type { TypeJson } from "./value-type.ts"

/** The deepest that types of a schema hold each other. */
const DEEPEST = 50

/**
 * Answers how many members types hold, those of the types that they name included. Two lines that each name the one before twice
 * double it, so it is counted before anything is written out; what goes deeper than can be judged has no end.
 */
export function schemaSize(types: readonly TypeJson[], common: Readonly<Record<string, TypeJson>>): number {
  const known = new Map<string, number>()
  const sizeOf = (type: TypeJson, depth: number): number => {
    if (depth > DEEPEST) return Number.POSITIVE_INFINITY
    const members = [...Object.values(type.attributes ?? {}), ...(type.element ? [type.element] : [])]
    return members.reduce((size, member) => size + sizeOf(member, depth + 1), 1 + named(type, depth))
  }
  const named = ({ type: name }: TypeJson, depth: number): number => {
    const declared = Object.hasOwn(common, name) ? common[name] : undefined
    if (!declared) return 0
    const size = known.get(name) ?? sizeOf(declared, depth + 1)
    known.set(name, size)
    return size
  }
  return types.reduce((size, type) => size + sizeOf(type, 0), 0)
}

/** Texts and comments, in which no word declares anything. */
const TEXT_OR_COMMENT = /"(?:[^"\\]|\\.)*"|\/\/[^\n\r]*/gsu

/**
 * Answers how many names a schema's text declares, or more where an attribute is called like a keyword. Cedar follows types, kinds and
 * actions by its stack: a chain of ten thousand would end that, and with it all judging in this process.
 */
export function declaredNames(text: string): number {
  const plain = text.replace(TEXT_OR_COMMENT, " x ")
  const declarations = plain.match(/\b(?:type|entity|action)\b[^;{}[\]=]*/gu) ?? []
  return declarations.reduce((count, names) => count + names.split(",").length, 0)
}
