import { EFFECT_CLASSES } from "@tabard/core"
import type { ColumnTypes } from "./column-types.ts"

/** What calls were judged by, and what their tools were taken for. Of decisions of before neither is known. */
export function judgedCalls({ text, integer }: ColumnTypes): readonly string[] {
  return [
    `alter table decision add column judged ${text}`,
    // Each class is a bit, in the order of the classes.
    `alter table decision add column effects ${integer}`,
    "create index decision_judged on decision (organisation, at) where judged is not null",
    // Most calls read, and are found by time as soon.
    ...EFFECT_CLASSES.flatMap((effect, at) =>
      effect === "read"
        ? []
        : [
            `create index decision_to_${effect} on decision (organisation, at, id) where (effects & ${1 << at}) <> 0`,
          ],
    ),
  ]
}
