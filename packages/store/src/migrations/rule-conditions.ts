import type { ColumnTypes } from "./column-types.ts"

/** From where and when what a trust rule lets in counts. What programs of before made is bounded by nothing of its own. */
export function ruleConditions({ text }: ColumnTypes): readonly string[] {
  return [`alter table trust_rule add column counts ${text} not null default '{"networks":[],"hours":[]}'`]
}
