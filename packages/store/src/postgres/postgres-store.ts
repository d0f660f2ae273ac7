import type { Shelf, Snapshot, Store, Transact } from "@tabard/control"
import type { Id, Organisation } from "@tabard/core"
import { POSTGRES, queriesOver } from "../database.ts"
import { schemaStep } from "../migrations/schema-step.ts"
import { allOrganisations, madeOrFound, organisationBySlug } from "../organisations.ts"
import type { RunStatement } from "../statement.ts"
import { transactionOver } from "../transaction.ts"
import { BEGIN, enter, type PostgresTransactions } from "./postgres-transactions.ts"

/** The store over one PostgreSQL database, which several processes may share. */
export class PostgresStore implements Store {
  readonly #transactions: PostgresTransactions
  readonly #resources: AsyncDisposable

  constructor(transactions: PostgresTransactions, resources: AsyncDisposable) {
    this.#transactions = transactions
    this.#resources = resources
  }

  shelf(organisation: Id<"organisation">): Shelf {
    const over = (run: RunStatement) =>
      transactionOver({ ...POSTGRES, db: queriesOver(POSTGRES, run), organisation })
    const transact: Transact = (work) =>
      this.#transactions.run({ begin: BEGIN.writing, organisation }, (run) => work(over(run)))
    const snapshot: Snapshot = (work) =>
      this.#transactions.run({ begin: BEGIN.reading, organisation }, (run) => work(over(run)))
    return { transact, snapshot }
  }

  async ensureOrganisation(slug: string, create: () => Organisation): Promise<Organisation> {
    const known = await this.#directory(BEGIN.reading, (run) =>
      organisationBySlug(queriesOver(POSTGRES, run), slug),
    )
    return (
      known ??
      this.#directory(BEGIN.writing, (run) =>
        madeOrFound(queriesOver(POSTGRES, run), slug, create, async (organisation) => {
          await run({ sql: enter(organisation), parameters: [] })
        }),
      )
    )
  }

  organisations(): Promise<readonly Organisation[]> {
    return this.#directory(BEGIN.reading, (run) => allOrganisations(queriesOver(POSTGRES, run)))
  }

  schemaStep(): Promise<number> {
    return this.#directory(BEGIN.reading, schemaStep)
  }

  async ping(): Promise<void> {
    await this.#directory(BEGIN.writing, (run) =>
      run({ sql: "update heartbeat set beats = beats + 1 where id = 1", parameters: [] }),
    )
  }

  /**
   * Answers whether the user that the store connects as stands above row-level security, so that only the queries
   * keep organisations apart. In production that is a reason not to start.
   */
  async bypassesRowSecurity(): Promise<boolean> {
    const { rows } = await this.#directory(BEGIN.reading, (run) =>
      run({
        sql: "select 1 from pg_roles where rolname = current_user and (rolsuper or rolbypassrls)",
        parameters: [],
      }),
    )
    return rows.length > 0
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources[Symbol.asyncDispose]()
  }

  #directory<Result>(
    begin: (typeof BEGIN)[keyof typeof BEGIN],
    work: (run: RunStatement) => Promise<Result>,
  ): Promise<Result> {
    return this.#transactions.run({ begin, organisation: null }, work)
  }
}
