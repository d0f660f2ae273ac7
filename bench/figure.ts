import type { Rules, Standing } from "./contest.ts"

/** One table of a figure. */
export interface Table {
  readonly title: string
  /** What the times of a row are, where they are not the median of the rounds with the least and the most. */
  readonly head?: string
  readonly standings: readonly Standing[]
  /** What the numbers do not say. */
  readonly notes?: readonly string[]
}

/** What a figure is measured with. */
export interface Measuring extends Rules {
  /** Leaves out what takes long. */
  readonly quick: boolean
  /** Says on stderr what is being done. */
  readonly say: (words: string) => void
}

/** One of the things that are measured. */
export interface Figure {
  readonly name: string
  readonly measure: (measuring: Measuring) => Promise<readonly Table[]>
}

/** How many other agents a figure is shown beside: the cost must not grow from the few to the many. */
export function crowds({ quick }: Pick<Measuring, "quick">): readonly number[] {
  return quick ? [10, 1_000] : [10, 10_000]
}
