/** The thread that makes one Parquet file of the rows that it is handed as JSON. */
import { parentPort, workerData } from "node:worker_threads"
import { isJsonObject, parseLossless } from "@tabard/core"
import { parquetFile } from "./parquet-file.ts"

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parquetInThread alone starts this file, and types what it gives
const rows = (workerData as readonly string[]).map(parseLossless).filter(isJsonObject)
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
parentPort?.postMessage(parquetFile(rows))
