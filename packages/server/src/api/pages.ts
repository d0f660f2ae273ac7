import { type PageQuery, USUAL_PAGE } from "@tabard/api"
import { type Id, isId, type Kind, Problem } from "@tabard/core"
import { z } from "zod"

/** The order of one list: how a cursor tells the place of an item in it. */
export interface ListOrder<Item, Place> {
  /** Stands in each of its cursors: one list's cursor is none of another's. */
  readonly list: string
  readonly placeOf: (item: Item) => Place
  /** Reads a place back from JSON. */
  readonly place: z.ZodType<Place>
}

/** From where on a list is read, and how far. */
export interface PageStart<Place> {
  readonly after?: Place
  readonly limit: number
}

/** Items of a list, and the cursor behind the last of them; null where there are no more. */
export interface PageOf<Item> {
  readonly items: readonly Item[]
  readonly next: string | null
}

/**
 * Answers the page of a list that a request asks for, read by `read`.
 *
 * @throws {Problem} body_invalid, where `after` is no cursor of this list
 */
export async function pageOf<Item, Place>(
  order: ListOrder<Item, Place>,
  { after, limit = USUAL_PAGE }: PageQuery,
  read: (from: PageStart<Place>) => Promise<readonly Item[]>,
): Promise<PageOf<Item>> {
  const items = await read({ limit, ...(after !== undefined && { after: placeIn(order, after) }) })
  const last = items.at(-1)
  const next = last !== undefined && items.length === limit ? cursorOf(order, last) : null
  return { items, next }
}

/** The order of a list whose items follow each other by their ids. */
export function byId<K extends Kind>(list: string, kind: K): ListOrder<{ readonly id: Id<K> }, Id<K>> {
  return { list, placeOf: ({ id }) => id, place: idPlace(kind) }
}

/** A thing by its name, and by its id among those of one name. */
export interface NamedThing<K extends Kind> {
  readonly id: Id<K>
  readonly name: string
}

/** The order of a list whose items follow each other by their names. */
export function byName<K extends Kind>(list: string, kind: K): ListOrder<NamedThing<K>, NamedThing<K>> {
  const place: z.ZodType<NamedThing<K>> = z.object({ id: idPlace(kind), name: NAME_PLACE })
  return { list, placeOf: ({ id, name }) => ({ id, name }), place }
}

/** An id, as a place names it. */
export function idPlace<K extends Kind>(kind: K): z.ZodType<Id<K>> {
  return z.custom<Id<K>>((text) => isId(kind, text))
}

/** A time, as a place names it. */
export const TIME_PLACE: z.ZodType<Date> = z.iso.datetime().transform((text) => new Date(text))

/** A name, as a place names it: what no column could hold is none. */
export const NAME_PLACE: z.ZodType<string> = z
  .string()
  .refine((text) => text.isWellFormed() && !text.includes("\0"))

function cursorOf<Item, Place>({ list, placeOf }: ListOrder<Item, Place>, item: Item): string {
  return Buffer.from(JSON.stringify([list, placeOf(item)])).toString("base64url")
}

function placeIn<Item, Place>({ list, place }: ListOrder<Item, Place>, cursor: string): Place {
  const read = z.tuple([z.literal(list), place]).safeParse(jsonIn(cursor))
  if (read.success) return read.data[1]
  throw new Problem(
    "body_invalid",
    "after is no cursor of this list: send what `next` said last, or leave it out to begin at the start",
  )
}

function jsonIn(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString())
  } catch {
    return undefined
  }
}
