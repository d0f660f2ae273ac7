import { MAX_BUNDLE_BYTES } from "./entry-bundle.ts"
import { MalformedRecord } from "./log-errors.ts"
import { readBody } from "./read-body.ts"
import { assertTilePath, parseMinimumIndex, type TileReader } from "./tile-store.ts"

const MAX_NOTE_BYTES = 1_000_000
const TIMEOUT_MS = 30_000
const PAUSES_MS: readonly number[] = [250, 500, 1000]

/** Where a log is served, and what asks for it. */
export interface HttpLog {
  /** What `checkpoint` and `tile/…` are appended to. */
  readonly url: string
  /** Sent to this log alone, and never along a redirect. */
  readonly token?: string
  /** Whether the newest checkpoint that a quorum has cosigned is read in the place of the newest, where the server has one. */
  readonly witnessed?: boolean
  readonly fetch: typeof globalThis.fetch
  /** Waits between tries. */
  readonly pause: (milliseconds: number) => Promise<void>
  readonly signal?: AbortSignal
}

/** The log cannot be read: what its server or the way to it says, which is no word about the log itself. */
export class UnreadableLog extends Error {
  override readonly name = "UnreadableLog"
}

/**
 * Reads a log over HTTP, as https://c2sp.org/tlog-tiles lays it out. What a server answers with 5xx or
 * 429, or does not answer in time, is asked for again a few times.
 */
export function httpTileReader(log: HttpLog): TileReader {
  return {
    async read(path) {
      assertTilePath(path)
      return get(log, path, MAX_BUNDLE_BYTES)
    },
    async readCheckpoint() {
      const witnessed = log.witnessed ? await get(log, "witnessed-checkpoint", MAX_NOTE_BYTES) : undefined
      return witnessed ?? get(log, "checkpoint", MAX_NOTE_BYTES)
    },
    readMinimumIndex: async () => parseMinimumIndex(await get(log, "minimum-index", MAX_NOTE_BYTES)),
  }
}

async function get(log: HttpLog, path: string, limit: number): Promise<Uint8Array | undefined> {
  const url = `${log.url.replace(/\/+$/, "")}/${path}`
  let answer = await ask(log, url, limit)
  for (const pause of PAUSES_MS) {
    if (!(answer instanceof UnreadableLog) || log.signal?.aborted) break
    await log.pause(pause)
    answer = await ask(log, url, limit)
  }
  if (answer instanceof UnreadableLog) throw answer
  return answer
}

/** Answers what is worth asking again as a value, and throws what is not. */
async function ask(
  log: HttpLog,
  url: string,
  limit: number,
): Promise<Uint8Array | undefined | UnreadableLog> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  const signal = log.signal ? AbortSignal.any([timeout, log.signal]) : timeout
  try {
    const headers = log.token === undefined ? {} : { authorization: `Bearer ${log.token}` }
    const response = await log.fetch(url, { headers, signal, redirect: "error" })
    if (response.ok) return await readBody(response, url, limit)
    await response.body?.cancel()
    return refusal(url, response.status)
  } catch (cause) {
    if (cause instanceof MalformedRecord || cause instanceof UnreadableLog) throw cause
    return new UnreadableLog(`${url} cannot be read`, { cause })
  }
}

function refusal(url: string, status: number): UnreadableLog | undefined {
  if (status === 404 || status === 410) return undefined
  if (status >= 500 || status === 429) return new UnreadableLog(`${url} answers ${status}`)
  if (status === 401 || status === 403) {
    throw new UnreadableLog(`${url} answers ${status}; give a token that may read the log`)
  }
  throw new UnreadableLog(`${url} answers ${status}; check the address of the log`)
}
