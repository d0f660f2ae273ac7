/** Which agents of the list are picked: these, or all that the filters show. */
export type Picked = { readonly kind: "some"; readonly ids: ReadonlySet<string> } | { readonly kind: "all" }

/** Nobody is picked. */
export const NONE_PICKED: Picked = { kind: "some", ids: new Set() }

/** As many ids as an address holds that can still be sent to somebody. */
export const MOST_IN_ADDRESS = 50

const ID = /^agt_[0-9a-f-]{1,70}$/

/** Reads who is picked out of an address. */
export function readPicked(text: string | undefined): Picked {
  if (text === "all") return { kind: "all" }
  const ids = (text ?? "").split(",").filter((id) => ID.test(id))
  return { kind: "some", ids: new Set(ids.slice(0, MOST_IN_ADDRESS)) }
}

/** Writes who is picked into an address; undefined where nobody is, or more than an address should hold. */
export function writePicked(picked: Picked): string | undefined {
  if (picked.kind === "all") return "all"
  const { size } = picked.ids
  return size === 0 || size > MOST_IN_ADDRESS ? undefined : [...picked.ids].join(",")
}

/** Whether an agent that is shown is picked. */
export function isPicked(picked: Picked, id: string): boolean {
  return picked.kind === "all" || picked.ids.has(id)
}

/** Answers who of those that are shown is picked, in their order: what is not seen is acted on by nobody. */
export function pickedAmong<One extends { readonly id: string }>(
  picked: Picked,
  shown: readonly One[],
): readonly One[] {
  return picked.kind === "all" ? shown : shown.filter(({ id }) => picked.ids.has(id))
}

/** Picks one more, or lets it go; out of all, the others stay. */
export function toggled(picked: Picked, id: string, shown: readonly string[]): Picked {
  const ids = new Set(picked.kind === "all" ? shown : picked.ids)
  if (!ids.delete(id)) ids.add(id)
  return { kind: "some", ids }
}

/** Picks everything from one row to another, whichever stands first. */
export function extended(
  picked: Picked,
  { from, to }: { readonly from: string; readonly to: string },
  shown: readonly string[],
): Picked {
  const ends = [shown.indexOf(from), shown.indexOf(to)].toSorted((a, b) => a - b)
  const [first = -1, last = -1] = ends
  if (picked.kind === "all" || first < 0) return toggled(picked, to, shown)
  return { kind: "some", ids: new Set([...picked.ids, ...shown.slice(first, last + 1)]) }
}
