import type { Shelf, Snapshot, Store, Transact } from "@tabard/control"
import type { Id, Organisation } from "@tabard/core"
import { queriesOver, SQLITE } from "../database.ts"
import { allOrganisations, insertOrganisation, organisationBySlug } from "../organisations.ts"
import type { RunStatement } from "../statement.ts"
import { transactionOver } from "../transaction.ts"
import type { UnitWork } from "../unit.ts"
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
      transactionOver({ db: queriesOver(SQLITE, run), organisation, databaseTime: SQLITE.databaseTime })
    const transact: Transact = (work) => this.#commits.submit((run) => work(over(run)))
    const snapshot: Snapshot = (work) => this.#snapshots.run((run) => work(over(run)))
    return { transact, snapshot }
  }

  async ensureOrganisation(slug: string, create: () => Organisation): Promise<Organisation> {
    const known = await this.#snapshots.run((run) => organisationBySlug(queriesOver(SQLITE, run), slug))
    return known ?? this.#commits.submit(madeOrFound(slug, create))
  }

  organisations(): Promise<readonly Organisation[]> {
    return this.#snapshots.run((run) => allOrganisations(queriesOver(SQLITE, run)))
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

/** Units run one after another, so whoever comes second finds what the first has made. */
function madeOrFound(slug: string, create: () => Organisation): UnitWork<Organisation> {
  return async (run) => {
    const db = queriesOver(SQLITE, run)
    const known = await organisationBySlug(db, slug)
    if (known) return known
    const created = create()
    await insertOrganisation(db, created)
    return created
  }
}
