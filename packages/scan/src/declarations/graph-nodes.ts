import type { Path } from "../documents/document.ts"
import { asFields, type Fields, field } from "../documents/fields.ts"

/** A node of a drawn flow, and the way to it. */
export interface GraphNode {
  readonly fields: Fields
  readonly path: Path
}

/** Answers the items of a list that have fields, each with the way to it. */
export function nodesIn(list: unknown, path: Path): readonly GraphNode[] {
  const items: readonly unknown[] = Array.isArray(list) ? list : []
  return items.flatMap((item, index) => {
    const fields = asFields(item)
    return fields ? [{ fields, path: [...path, index] }] : []
  })
}

/** Answers a value, or each of a list of them: an export may hold one flow or many. */
export function oneOrMany(value: unknown): readonly GraphNode[] {
  const fields = asFields(value)
  return fields ? [{ fields, path: [] }] : nodesIn(value, [])
}

/** Answers the map at the end of `way` in a node, where all on it are maps. */
export function mapAt(fields: Fields | undefined, ...way: readonly string[]): Fields | undefined {
  return way.reduce<Fields | undefined>((at, name) => asFields(field(at, name)), fields)
}
