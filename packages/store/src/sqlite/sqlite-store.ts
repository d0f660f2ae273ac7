import type { Shelf, Snapshot, Store, Transact } from "@tabard/control"
import type { Id, Organisation } from "@tabard/core"
import { queriesOver, SQLITE } from "../database.ts"
import { schemaStep } from "../migrations/schema-step.ts"
import { allOrganisations, madeOrFound, organisationBySlug } from "../organisations.ts"
import type { RunStatement } from "../statement.ts"
import { transactionOver } from "../transaction.ts"
import type { GroupCommit } from "./group-commit.ts"
import type { SnapshotPool } from "./snapshot-pool.ts"

/** The store over one SQLite file: one writer, many snapshots. */
export class SqliteStore implements Store {
  readonly #commits: GroupCommit
  readonly #snapshots: SnapshotPool
  readonly #resources: AsyncDisposable

  constructor(commits: GroupCommit, snapshots: SnapshotPool, resources: AsyncDisposable) {
    this.#commits = commits
    this.#snapshots = snapshots
    this.#resources = resources
  }

  shelf(organisation: Id<"organisation">): Shelf {
    const over = (run: RunStatement) =>
      transactionOver({ ...SQLITE, db: queriesOver(SQLITE, run), organisation })
    const transact: Transact = (work) => this.#commits.submit((run) => work(over(run)))
    const snapshot: Snapshot = (work) => this.#snapshots.run((run) => work(over(run)))
    return { transact, snapshot }
  }

  async ensureOrganisation(slug: string, create: () => Organisation): Promise<Organisation> {
    const known = await this.#snapshots.run((run) => organisationBySlug(queriesOver(SQLITE, run), slug))
    // Units run one after another, so whoever comes second finds what the first has made.
    return (
      known ??
      this.#commits.submit((run) => madeOrFound(queriesOver(SQLITE, run), slug, create, async () => {}))
    )
  }

  organisations(): Promise<readonly Organisation[]> {
    return this.#snapshots.run((run) => allOrganisations(queriesOver(SQLITE, run)))
  }

  schemaStep(): Promise<number> {
    return this.#snapshots.run(schemaStep)
  }

  async ping(): Promise<void> {
    await this.#commits.submit((run) =>
      run({ sql: "update heartbeat set beats = beats + 1 where id = 1", parameters: [] }),
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources[Symbol.asyncDispose]()
  }
}
