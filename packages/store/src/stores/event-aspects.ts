import type { EventQuery } from "@tabard/control"
import { type RawBuilder, sql } from "kysely"

/** One thing that is asked of events. */
export interface EventAspect {
  /** Conditions of which one must hold, each served by an index that is in the order of arrival. */
  readonly served: readonly RawBuilder<boolean>[]
  /** The same as one condition that no index serves: of what another aspect has found, it leaves some out. */
  readonly unserved: RawBuilder<boolean>
  /** Whether it is of few events, however large the record is. */
  readonly few: boolean
}

const PEOPLE = ["actor_user", "owner_user", "served_user", "named_user"] as const

/** Answers what is asked of events, the most telling first. */
export function aspectsOf(query: EventQuery): readonly EventAspect[] {
  const { call, task, agent, person, tool, effect, type, types, place } = query
  return [
    when(place, (of) => ({ ...equal("place", of), unserved: sql<boolean>`place = ${of}` })),
    when(call, (of) => equal("call", of)),
    when(task, (of) => equal("task", of)),
    when(agent, (of) => equal("agent", of)),
    when(person, ofPerson),
    when(tool, (of) => ({ ...equal(of.includes("/") ? "tool" : "server", of), few: false })),
    when(effect, (of) => ({ ...equal("effect", of), few: false })),
    when(type, (of) => ofTypes([of])),
    when(types, ofTypes),
  ].flat()
}

function when<Value>(value: Value | undefined, aspect: (of: Value) => EventAspect): readonly EventAspect[] {
  return value === undefined ? [] : [aspect(value)]
}

/** No event is of none of the types that there are. */
const NONE = sql<boolean>`1 = 0`

function equal(column: string, value: string | number): EventAspect {
  const name = sql.ref(column)
  return {
    served: [sql<boolean>`${name} = ${value}`],
    unserved: sql<boolean>`coalesce(${name}, '') = ${value}`,
    few: true,
  }
}

function ofPerson(person: string): EventAspect {
  const columns = PEOPLE.map((column) => sql`coalesce(${sql.ref(column)}, '')`)
  return {
    served: PEOPLE.map((column) => sql<boolean>`${sql.ref(column)} = ${person}`),
    unserved: sql<boolean>`${person} in (${sql.join(columns)})`,
    few: false,
  }
}

function ofTypes(types: readonly string[]): EventAspect {
  if (types.length === 0) return { served: [NONE], unserved: NONE, few: false }
  return {
    served: types.map((type) => sql<boolean>`type = ${type}`),
    unserved: sql<boolean>`coalesce(type, '') in (${sql.join(types)})`,
    few: false,
  }
}
