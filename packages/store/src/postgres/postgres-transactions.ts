import type { Id } from "@tabard/core"
import { escapeLiteral, type Pool, type PoolClient } from "pg"
import type { RunStatement } from "../statement.ts"
import { StoreProblem } from "../store-problem.ts"
import { runUnit, type UnitWork } from "../unit.ts"
import { runnerOn } from "./connections.ts"
import { OneAfterAnother } from "./one-after-another.ts"
import { isConflict, postgresProblem, unreachable } from "./postgres-error.ts"
import { retrying } from "./retry.ts"

/** How a transaction is begun; what is written, is written as if it were alone. */
export const BEGIN = {
  writing: "begin isolation level serializable read write",
  reading: "begin isolation level repeatable read read only",
} as const

/** Which transaction: how it begins, and whose rows it may see; null sees the directory alone. */
interface Kind {
  readonly begin: (typeof BEGIN)[keyof typeof BEGIN]
  readonly organisation: Id<"organisation"> | null
}

/** PostgreSQL could not put a transaction in order with others. */
class Conflict extends Error {
  override readonly name = "Conflict"
}

/** Runs units as transactions of their own, again where PostgreSQL could not put them in order with others. */
export class PostgresTransactions {
  readonly #pool: Pool

  constructor(pool: Pool) {
    this.#pool = pool
  }

  /** Answers what `work` answers once it is durable, or rejects with none of its changes kept. */
  async run<Result>(kind: Kind, work: UnitWork<Result>): Promise<Result> {
    try {
      return await retrying(
        () => this.#once(kind, work),
        (error) => error instanceof Conflict,
      )
    } catch (error) {
      throw postgresProblem(error instanceof Conflict ? error.cause : error)
    }
  }

  async #once<Result>({ begin, organisation }: Kind, work: UnitWork<Result>): Promise<Result> {
    const client = await this.#connect()
    const watched = new ConflictWatch(client)
    try {
      await client.query(`${begin}; ${enter(organisation ?? "")}`)
      const result = await runUnit(work, watched.run).finally(() => watched.end())
      await commit(client)
      client.release()
      return result
    } catch (error) {
      await giveUp(client, error)
      throw watched.conflictIn(error)
    }
  }

  async #connect(): Promise<PoolClient> {
    try {
      return await this.#pool.connect()
    } catch (error) {
      throw unreachable(error)
    }
  }
}

/** The statement that says whose transaction this is, to the row-level security of each table. */
export function enter(organisation: string): string {
  return `select set_config('tabard.organisation', ${escapeLiteral(organisation)}, true)`
}

/** Notices a conflict even where the work made an error of its own of it. */
class ConflictWatch {
  readonly run: RunStatement
  readonly #statements: OneAfterAnother
  #conflict: unknown

  constructor(client: PoolClient) {
    this.#statements = new OneAfterAnother(runnerOn(client))
    this.run = async (statement) => {
      try {
        return await this.#statements.run(statement)
      } catch (error) {
        if (isConflict(error)) this.#conflict ??= error
        throw error
      }
    }
  }

  /** What waits still is not run any more. */
  end(): void {
    this.#statements.end()
  }

  conflictIn(error: unknown): unknown {
    const cause = this.#conflict ?? (isConflict(error) ? error : undefined)
    return cause === undefined ? error : new Conflict("transactions met", { cause })
  }
}

/** A transaction in which something failed answers a commit with a rollback, and without an error. */
async function commit(client: PoolClient): Promise<void> {
  const { command } = await client.query("commit")
  if (command !== "COMMIT") throw new StoreProblem("lost", "PostgreSQL rolled a transaction back.")
}

/** A connection that is not known to be clean is closed: the next transaction must not begin inside this one. */
async function giveUp(client: PoolClient, error: unknown): Promise<void> {
  if (error instanceof StoreProblem && error.code === "transaction_over") {
    client.release(true)
    return
  }
  try {
    await client.query("rollback")
    client.release()
  } catch {
    client.release(true)
  }
}
