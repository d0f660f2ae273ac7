import { resolve } from "node:path"
import { Problem } from "@tabard/core"
import type { Surroundings } from "../surroundings.ts"
import { UsageError } from "../usage-error.ts"
import { askApi } from "./ask-api.ts"
import type { CheckArguments } from "./check-arguments.ts"
import { readBounded, UnusableFile } from "./read-bounded.ts"
import { serverAccess } from "./server-access.ts"

const LARGEST = 64 * 1024 * 1024

/** Answers who is in the directory, by address, and whether they are active; null where no directory was named. */
export async function knownPeople(
  { people, server, tokenFile }: Pick<CheckArguments, "people" | "server" | "tokenFile">,
  surroundings: Surroundings,
): Promise<ReadonlyMap<string, boolean> | null> {
  if (people !== null) return peopleIn(await readPeople(resolve(surroundings.cwd, people), people))
  if (server === null) return null
  const access = await serverAccess(surroundings, { server, tokenFile: tokenFile ?? undefined })
  const { csv } = await askApi({ ...access, path: "/people/export" })
  if (typeof csv !== "string") throw new Problem("body_invalid", "the server answered no file of people")
  return peopleIn(csv)
}

async function readPeople(path: string, said: string): Promise<string> {
  try {
    return await readBounded(path, LARGEST)
  } catch (error) {
    if (!(error instanceof UnusableFile)) throw error
    throw new UsageError(
      `--people ${JSON.stringify(said)} is of no use: ${error.message}. Write one with: tabard people export > FILE`,
    )
  }
}

/** Whoever stands in a file of people is active, unless a column of that name says no. */
function peopleIn(csv: string): ReadonlyMap<string, boolean> {
  const [head = [], ...lines] = cellsOf(csv)
  const columns = head.map((name) => name.trim().toLowerCase())
  const [email, active] = [columns.indexOf("email"), columns.indexOf("active")]
  if (email < 0) throw new UsageError("the file of people has no column email")
  return new Map(
    lines.flatMap((line) => {
      const address = line[email]?.trim().toLowerCase()
      const isActive = active < 0 || !/^(?:no|false|0)$/i.test(line[active]?.trim() ?? "")
      return address ? [[address, isActive] as const] : []
    }),
  )
}

/** Lines of comma-separated values (RFC 4180). */
function cellsOf(csv: string): readonly (readonly string[])[] {
  const text = csv.replace(/^\uFEFF/, "")
  const lines: string[][] = [[]]
  for (const [, quoted, plain = "", end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    lines.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end === undefined || end === "") break
    if (end !== ",") lines.push([])
  }
  return lines
}
