import { parentPort, workerData } from "node:worker_threads"
import { StoreProblem } from "../store-problem.ts"
import { lockForProcess } from "./process-lock.ts"
import { SqliteConnection } from "./sqlite-connection.ts"
import { damaged, notOurs, sqliteErrorFacts, sqliteProblem } from "./sqlite-error.ts"
import type { WriterAnswer, WriterOpened, WriterRequest, WriterStart } from "./writer-protocol.ts"

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only sqlite-writer.ts starts this thread
const { path } = workerData as WriterStart

serve()

/** Opens the database and answers requests one after another until the port is closed. */
function serve(): void {
  if (!parentPort) throw new Error("the writer runs as a thread")
  const port = parentPort
  const opened = tryToOpen()
  if ("code" in opened) {
    port.postMessage({ kind: "refused", ...opened } satisfies WriterOpened)
    return
  }
  port.on("message", (requests: readonly WriterRequest[] | null) => {
    if (requests) port.postMessage(requests.map((request) => answer(opened.connection, request)))
    else {
      opened[Symbol.dispose]()
      port.close()
    }
  })
  port.postMessage({ kind: "open" } satisfies WriterOpened)
}

type Opened = { readonly connection: SqliteConnection } & Disposable

function tryToOpen(): Opened | { code: StoreProblem["code"]; message: string } {
  try {
    return open()
  } catch (error) {
    const { code, message } =
      error instanceof StoreProblem ? error : sqliteProblem(path, sqliteErrorFacts(error))
    return { code, message }
  }
}

function open(): Opened {
  // Taken before the database is touched: a second process must not even replay a log that the first is writing.
  using undo = new DisposableStack()
  undo.use(lockForProcess(path))
  const connection = undo.adopt(new SqliteConnection(path, { readOnly: false }), (opened) => opened.close())
  assertSound(connection)
  assertOurs(connection)
  // Erasing a person means their words: SQLite would leave what was deleted in the file until something else is written there.
  connection.execute("pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on")
  const held = undo.move()
  return { connection, [Symbol.dispose]: () => held.dispose() }
}

/** A page that does not read as it was written is found now, not in the middle of a decision. */
function assertSound(connection: SqliteConnection): void {
  const { rows } = connection.run({ sql: "pragma quick_check(1)", parameters: [] })
  const [row] = rows
  const found = typeof row === "object" && row !== null && "quick_check" in row ? row.quick_check : undefined
  if (found !== "ok") throw damaged(path, typeof found === "string" ? found : "the check gave no answer")
}

/** Another program's database is left as it is. */
function assertOurs(connection: SqliteConnection): void {
  const { rows } = connection.run({
    sql: `select 1 from sqlite_schema where type = 'table' and not exists
      (select 1 from sqlite_schema where name = 'schema_migration') limit 1`,
    parameters: [],
  })
  if (rows.length > 0) throw notOurs(path)
}

function answer(connection: SqliteConnection, { id, before, statement }: WriterRequest): WriterAnswer {
  try {
    for (const sql of before) connection.run({ sql, parameters: [] })
    return { id, result: statement ? connection.run(statement) : { rows: [] } }
  } catch (error) {
    return { id, error: sqliteErrorFacts(error), inTransaction: connection.inTransaction }
  }
}
