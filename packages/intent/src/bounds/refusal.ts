import { Problem } from "@tabard/core"

/** A bound that cannot be put in force: it could not be judged, and would be one in name only. */
export class Unjudgeable extends Problem {
  readonly what: string
  /** What to do next. */
  readonly next: string

  constructor(what: string, next: string) {
    super("manifest_invalid", `${what}; ${next}`)
    this.what = what
    this.next = next
  }
}
