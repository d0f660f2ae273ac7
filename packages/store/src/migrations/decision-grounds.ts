import type { ColumnTypes } from "./column-types.ts"

/** What explains a decision, and by what decisions are looked up. Of those of before, neither grounds nor policies are known. */
export function decisionGrounds({ text, integer, clustered, wall }: ColumnTypes): readonly string[] {
  const owned = `organisation ${text} not null references organisation (id)`
  return [
    `alter table decision add column on_behalf_of ${text}`,
    `alter table decision add column grounds ${text}`,
    "create index decision_by_task on decision (organisation, task, at, id) where task is not null",
    "create index decision_by_person on decision (organisation, on_behalf_of, at, id) where on_behalf_of is not null",
    // Most decisions permit, and are found by time as soon.
    "create index decision_refused on decision (organisation, effect, at, id) where effect <> 'permit'",
    "create index decision_refused_for on decision (organisation, code, at, id) where effect <> 'permit'",
    `create table decision_policy (
      ${owned}, policy ${text} not null, at ${integer} not null, decision ${text} not null,
      primary key (organisation, policy, at, decision)
    )${clustered}`,
    ...wall("decision_policy"),
  ]
}
