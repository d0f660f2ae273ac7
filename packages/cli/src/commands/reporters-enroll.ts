import { randomUUID } from "node:crypto"
import { lstat, rename } from "node:fs/promises"
import { parseArgs } from "node:util"
import { createKey, enrolReporter, Refused, type ReporterCredentials, writeReporter } from "@tabard/client"
import { Problem, visibleText } from "@tabard/core"
import type { Surroundings } from "../surroundings.ts"
import { UsageError } from "../usage-error.ts"
import { reporterFile, serverOrigin } from "./reporter-file.ts"
import { reserveFile } from "./reserve-file.ts"

const USAGE = `usage: tabard reporters enroll URL CODE [--replace]

Makes a key for this machine and enrols its public half at the server by the one-time code that an administrator made, so
that tabard scan --push URL may send what it sees. The private half never leaves this machine; it is kept for its user
alone (0600) in the settings folder. --replace puts a new key in the place of one that is there, e.g. a revoked one.`

/** How long a server may take to answer, in milliseconds. */
const PATIENCE_MS = 30_000

/** What `tabard reporters enroll` was asked. */
export interface ReporterEnrollOptions {
  readonly server: string
  readonly code: string
  readonly replace: boolean
}

/** Reads the arguments; undefined asks for help. */
export function parseReporterEnroll(args: readonly string[]): ReporterEnrollOptions | undefined {
  const options = { replace: { type: "boolean" }, help: { type: "boolean", short: "h" } } as const
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    if (values.help) return undefined
    const [server, code, ...more] = positionals
    if (!server || !code || more.length > 0) throw new UsageError(`URL and CODE are needed\n${USAGE}`)
    return { server, code, replace: values.replace ?? false }
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${error instanceof Error ? error.message : "wrong arguments"}\n${USAGE}`)
  }
}

/** `tabard reporters enroll`: a key is made here, and its public half enrolled. */
export async function reportersEnroll(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const options = parseReporterEnroll(args)
  const { stdout } = surroundings
  if (!options) {
    stdout.write(`${USAGE}\n`)
    return 0
  }
  const origin = serverOrigin(options.server)
  const path = reporterFile(surroundings, origin)
  await assertFree(path, options)
  // Written beside it first: a key that cannot be kept must not be enrolled, and the one before stays until this one is.
  const draft = `${path}.${randomUUID()}`
  await using file = await reserveFile(draft)
  const credentials = await enrolAt(origin, options, surroundings)
  await file.keep(writeReporter(credentials))
  await rename(draft, path)
  const { name, reporter } = credentials
  stdout.write(
    `Enrolled this machine at ${origin} as ${visibleText(name)} (${visibleText(reporter)}).\nIts key is in ${path}.\nNext: tabard scan --push ${origin}\n`,
  )
  return 0
}

async function assertFree(path: string, { replace }: ReporterEnrollOptions): Promise<void> {
  if (replace || !(await lstat(path).catch(() => undefined))) return
  throw new Problem(
    "body_invalid",
    `this machine is enrolled there already (${path}); add --replace to enrol anew`,
  )
}

async function enrolAt(
  origin: string,
  { code }: ReporterEnrollOptions,
  { clock }: Surroundings,
): Promise<ReporterCredentials> {
  const patient: typeof fetch = (url, init) =>
    fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) })
  try {
    const key = await createKey()
    return await enrolReporter({ server: origin, code, key, fetch: patient, now: () => clock.now() })
  } catch (cause) {
    if (cause instanceof Refused) throw cause
    throw new Problem("body_invalid", `no Tabard answers at ${origin}; look at the address`, { cause })
  }
}
