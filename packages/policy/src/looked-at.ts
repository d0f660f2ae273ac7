import { linksOf } from "./entities.ts"
import type { PolicyBase } from "./policy-base.ts"
import type { Question } from "./question.ts"
import type { Door } from "./schema.ts"
import type { Slice } from "./slice-keeper.ts"

/** What policies look at that has to be found out first: whoever asks them of nothing else is spared the reading. */
export type LookedAt = Pick<Slice, "asksFacts" | "asksRead" | "asksRisk">

/** Answers what the policies that could speak at a door look at, of any link; who the links are is all that counts for it. */
export function lookedAt(
  base: PolicyBase,
  { door, ...asked }: Pick<Question, "links" | "organisation"> & { readonly door: Door },
): LookedAt {
  const action = base.schema.actions.get(door)
  const slices = action ? linksOf(asked).map((link) => base.slices.of(link, action)) : []
  return {
    asksFacts: slices.some((slice) => slice.asksFacts),
    asksRisk: slices.some((slice) => slice.asksRisk),
    asksRead: slices.some((slice) => slice.asksRead),
  }
}
