/** The way to a value: names of fields and places in lists. */
export type Path = readonly (string | number)[]

/** A configuration file as a value, and the lines its parts stand on. */
export interface Document {
  readonly value: unknown
  /** Answers the line (from 1) where the value at `path` stands, or null where the format does not tell. */
  lineOf(path: Path): number | null
}

/** A file that is not what its name says. The message quotes nothing of it: it may hold secrets. */
export class MalformedDocument extends Error {
  override readonly name = "MalformedDocument"
}
