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
