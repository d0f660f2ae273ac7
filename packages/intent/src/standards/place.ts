/** Where something stands in a file, counted from one. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** A way to a value inside a document: members by name, items by number. */
export type ValuePath = readonly (string | number)[]

/** Answers where a value stands, or the nearest one around it that does; undefined where nothing is known of places. */
export type PlaceOf = (path: ValuePath) => Place | undefined
