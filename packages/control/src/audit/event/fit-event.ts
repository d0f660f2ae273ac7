import { canonicalText, type Json } from "@tabard/core"
import { plainJson } from "./plain-texts.ts"

/** What a list may take of an event, so that everything else still has room beside it. */
const MOST_BYTES = 40 * 1024

/** What an event says of a list. */
export interface ListInEvent<Item> {
  /** As many as an event has room for, from the first. */
  readonly told: readonly Item[]
  /** How many there are besides: 0 where all are told. */
  readonly left: number
}

/** Answers how much of a list an event can hold, where strangers say how long it is and what stands in it. */
export function fitEvent<Item extends Json>(items: readonly Item[]): ListInEvent<Item> {
  let bytes = 0
  const tooMany = items.findIndex((item) => {
    bytes += Buffer.byteLength(canonicalText(plainJson(item))) + 1
    return bytes > MOST_BYTES
  })
  const told = tooMany < 0 ? items : items.slice(0, tooMany)
  return { told, left: items.length - told.length }
}
