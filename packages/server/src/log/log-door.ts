// The log over HTTP, by https://c2sp.org/tlog-tiles: for auditors, with software that others wrote.
import { promisify } from "node:util"
import { gzip } from "node:zlib"
import { readers } from "@tabard/api"
import { Problem } from "@tabard/core"
import { parseTilePath, type TileAddress } from "@tabard/log"
import { type Context, Hono } from "hono"
import { assertMay } from "../api/assert-may.ts"
import { assertWithinScopes, type CallerDeps, callerOf } from "../api/caller.ts"
import { LogStoreFault } from "../record/s3/s3-objects.ts"
import type { ServedLog, ServedLogs } from "./served-logs.ts"

/** What the door stands before. */
export interface LogDoorDeps extends CallerDeps {
  readonly logs: ServedLogs
  readonly onFault: (error: unknown) => void
}

/** Tiles never change, but who may read them does: nobody between keeps them. */
const IMMUTABLE = "private, max-age=31536000, immutable"
const CHANGING = "private, no-cache"

const TEXT = "text/plain; charset=utf-8"
const BYTES = "application/octet-stream"

const compress = promisify(gzip)

/** What a path names below the address of one log. */
type Asked = "checkpoint" | "minimum-index" | "policy" | "vkey" | "witnessed-checkpoint" | TileAddress

/** Where whoever may read the whole record reads the log's files: `/log/…` the newest log's, `/log/2/…` the second's. */
export function logDoor(deps: LogDoorDeps): Hono {
  const door = new Hono()
  door.get("*", async (context) => {
    await assertReader(deps, context)
    const [number, asked] = askedIn(context)
    const log = asked && (await answered(deps, () => deps.logs.find(number)))
    const response = asked && log && (await answered(deps, () => answer(context, log, asked)))
    if (!response) throw new Problem("route_not_found", "this log has nothing under this address")
    return response
  })
  door.all("*", () => {
    throw new Problem("route_not_found", "the log is only read: ask with GET or HEAD")
  })
  return door
}

/** Only who sees the whole record: a log shows all of it or proves nothing. */
async function assertReader(deps: CallerDeps, { req }: Context): Promise<void> {
  const query = Object.keys(req.query())
  if (query.length > 0) throw new Problem("body_invalid", `nothing is known of ${query.join(", ")} here`)
  const caller = await callerOf(deps, req.raw)
  assertWithinScopes("readLog", caller)
  assertMay({ access: readers }, caller?.user)
}

/** Answers which log is meant, the newest where none is named, and what of it; nothing where it can be nothing of a log. */
function askedIn({ req }: Context): readonly [number: number | null, asked: Asked | undefined] {
  const [, number, path = ""] = /^\/log\/(?:([1-9]\d{0,8})\/)?(.{1,60})$/.exec(req.path) ?? []
  return [number === undefined ? null : Number(number), askedOf(path)]
}

function askedOf(path: string): Asked | undefined {
  switch (path) {
    case "checkpoint":
    case "minimum-index":
    case "policy":
    case "vkey":
    case "witnessed-checkpoint":
      return path
    default:
      return parseTilePath(path)
  }
}

async function answer(context: Context, log: ServedLog, asked: Asked): Promise<Response | undefined> {
  switch (asked) {
    case "vkey":
      return context.body(`${log.verifierKey}\n`, 200, headers(TEXT, CHANGING))
    case "policy":
      return context.body(await log.policy(), 200, headers(TEXT, CHANGING))
    case "minimum-index":
      return context.body(`${log.minimumIndex}\n`, 200, headers(TEXT, CHANGING))
    case "checkpoint":
      return checkpoint(context, log)
    case "witnessed-checkpoint":
      return log.witnessed === null ? undefined : context.body(log.witnessed, 200, headers(TEXT, CHANGING))
    default:
      return tile(context, log, asked)
  }
}

async function checkpoint(context: Context, log: ServedLog): Promise<Response | undefined> {
  const note = await log.files.checkpoint()
  if (note) return context.body(new Uint8Array(note), 200, headers(TEXT, CHANGING))
  if (!log.isPublished) return undefined
  throw new Problem(
    "log_unavailable",
    "the files of this log are out of this process's reach: ask the one that publishes, or keep them in a bucket",
  )
}

async function tile(context: Context, log: ServedLog, address: TileAddress): Promise<Response | undefined> {
  const bytes = await log.files.read(address, log.minimumIndex)
  if (!bytes) return undefined
  const always = headers(BYTES, IMMUTABLE)
  if (address.level !== "entries") return context.body(new Uint8Array(bytes), 200, always)

  const varying = { ...always, vary: "accept-encoding" }
  if (!takesGzip(context)) return context.body(new Uint8Array(bytes), 200, varying)
  return context.body(new Uint8Array(await compress(bytes)), 200, { ...varying, "content-encoding": "gzip" })
}

function takesGzip({ req }: Context): boolean {
  const wished = (req.header("accept-encoding") ?? "").toLowerCase().split(",", 20)
  return wished.some((one) => /^\s*gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*$).*)?$/.test(one))
}

function headers(type: string, cache: string): Record<string, string> {
  return { "content-type": type, "cache-control": cache }
}

/** A bucket that does not answer is a fault of ours, which whoever asks may come back after. */
async function answered<Answer>({ onFault }: LogDoorDeps, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask()
  } catch (cause) {
    if (!(cause instanceof LogStoreFault)) throw cause
    onFault(cause)
    throw new Problem("log_unavailable", "the log's files cannot be read now: try again", { cause })
  }
}
