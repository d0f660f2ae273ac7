import { readFile, stat } from "node:fs/promises"
import { resolve } from "node:path"
import { isJsonObject, type Json, type JsonObject, Problem, visibleText } from "@tabard/core"
import type { Surroundings } from "../surroundings.ts"
import { askApi } from "./ask-api.ts"
import { serverAccess } from "./server-access.ts"

/** The largest file that the server reads, in bytes. */
const MAX_FILE_BYTES = 5 * 1024 * 1024

/** Which server is asked, where one is named, and where its API token lies. */
export interface AskedServer {
  readonly server: string | undefined
  readonly tokenFile: string | undefined
}

/** Writes what the server answers at a path as comma-separated values. */
export async function writeCsv(
  asked: AskedServer,
  path: string,
  surroundings: Surroundings,
): Promise<number> {
  const { server, token } = await serverAccess(surroundings, asked)
  const { csv } = await askApi({ server, token, path })
  if (typeof csv !== "string") throw new Problem("body_invalid", "the server answered no file")
  // A terminal obeys what a file only holds.
  surroundings.stdout.write(surroundings.stdout.isTTY ? csv.split(/\r?\n/).map(visibleText).join("\n") : csv)
  return 0
}

/** What is sent where. */
export interface CsvToSend {
  readonly path: string
  readonly file: string
  /** What is asked besides. */
  readonly wish: JsonObject
}

/** Sends a file, and answers what the server says of it. */
export async function sendCsv(
  asked: AskedServer,
  { path, file, wish }: CsvToSend,
  surroundings: Surroundings,
): Promise<JsonObject> {
  const { server, token } = await serverAccess(surroundings, asked)
  const csv = await readCsv(resolve(surroundings.cwd, file))
  return askApi({ server, token, path, body: { csv, ...wish } })
}

async function readCsv(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile()) throw new Problem("body_invalid", `there is no file ${path}`)
  if (found.size > MAX_FILE_BYTES)
    throw new Problem("body_invalid", `${path} is larger than ${MAX_FILE_BYTES} bytes`)
  return readFile(path, "utf8")
}

/** Answers the lines that change something or cannot be taken, by the member that names each, and the sum of all. */
export function linesOf(report: JsonObject, named: "name" | "email"): readonly string[] {
  const lines = Array.isArray(report["lines"]) ? report["lines"] : []
  const told = lines.flatMap((line: Json) => {
    if (!isJsonObject(line) || line["does"] === "nothing") return []
    const says = Array.isArray(line["says"]) ? line["says"].join("; ") : ""
    const what = [word(line["does"]), word(line[named])].filter((part) => part !== "").join(" ")
    return [visibleText(`line ${word(line["line"])}: ${what}: ${says}`)]
  })
  const count = (name: string): string => String(Number(report[name]))
  const sum = `${count("entered")} entered, ${count("changed")} changed, ${count("unchanged")} unchanged, ${count("refused")} refused`
  return [...told, report["applied"] === true ? sum : `${sum}; nothing was written: ${nextStep(report)}`]
}

function nextStep({ refused }: JsonObject): string {
  return Number(refused) > 0 ? "mend the lines that were refused first" : "--apply writes it"
}

function word(value: Json | undefined): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "?"
}
