import type { Compilable, CompiledQuery, DialectAdapter, Kysely } from "kysely"
import type { Tables } from "./tables/tables.ts"

/** Stands for a value in a statement that is written before there is one. */
class Place {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

/**
 * Answers a way to run a statement that is written once for each kind of database, and afterwards only given its values: what
 * every token and every call asks takes as long to write as to run. Its values have the same members each time, and none of
 * them decides what is asked.
 */
export function compiledOnce<Values extends object, Row>(
  write: (db: Kysely<Tables>, values: Values) => Compilable<Row>,
): (db: Kysely<Tables>, values: Values) => Promise<readonly Row[]> {
  const written = new WeakMap<DialectAdapter, CompiledQuery<Row>>()
  return async (db, values) => {
    const { adapter } = db.getExecutor()
    const query = written.get(adapter) ?? write(db, placesOf(values)).compile()
    written.set(adapter, query)
    const parameters = query.parameters.map((one) =>
      one instanceof Place ? Reflect.get(values, one.name) : one,
    )
    const { rows } = await db.executeQuery<Row>({ ...query, parameters })
    return rows
  }
}

function placesOf<Values extends object>(values: Values): Values {
  const places = Object.keys(values).map((name) => [name, new Place(name)])
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the query builder passes values on without looking at them
  return Object.fromEntries(places) as Values
}
