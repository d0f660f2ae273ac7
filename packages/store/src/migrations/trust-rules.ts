import type { ColumnTypes } from "./column-types.ts"

/** The table of rules by which workloads of outside issuers are agents. */
export function trustRuleTables({ text, integer, table, wall }: ColumnTypes): readonly string[] {
  return [
    `create table trust_rule (
      organisation ${text} not null references organisation (id), id ${text} not null, agent ${text} not null,
      instance ${text} not null, name ${text} not null, form ${text} not null, fields ${text} not null,
      issuer ${text} not null, audience ${text} not null, "keys" ${text} not null, conditions ${text} not null,
      one_time ${integer} not null, max_life ${integer} not null, made_by ${text} not null,
      made_at ${integer} not null, removed_at ${integer},
      primary key (organisation, id)
    )${table}`,
    "create unique index trust_rule_of_a_name on trust_rule (organisation, agent, name) where removed_at is null",
    "create index trust_rule_by_issuer on trust_rule (organisation, issuer, id) where removed_at is null",
    "create index trust_rule_by_agent on trust_rule (organisation, agent, id) where removed_at is null",
    ...wall("trust_rule"),
  ]
}
