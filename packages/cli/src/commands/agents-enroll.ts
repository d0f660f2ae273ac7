import { mkdir, open } from "node:fs/promises"
import { dirname, resolve } from "node:path"
import { parseArgs } from "node:util"
import { createKey, enrol, writeCredentials } from "@tabard/client"
import { Problem } from "@tabard/core"
import type { Surroundings } from "../surroundings.ts"
import { UsageError } from "../usage-error.ts"

const USAGE = `usage: tabard agents enroll --server URL --code CODE [--label NAME] [--out FILE]

Makes a key for an adopted agent, enrols its public half by the one-time code, and writes what the agent needs to get
tokens to FILE (0600). The private half never leaves this machine.`

/** What `tabard agents enroll` was asked. */
export interface EnrollOptions {
  readonly server: string
  readonly code: string
  readonly label: string | undefined
  readonly out: string | undefined
}

/** Reads the arguments; undefined asks for help. */
export function parseEnroll(args: readonly string[]): EnrollOptions | undefined {
  const options = {
    server: { type: "string" },
    code: { type: "string" },
    label: { type: "string" },
    out: { type: "string" },
    help: { type: "boolean" },
  } as const
  try {
    const { values } = parseArgs({ args: [...args], options })
    if (values.help) return undefined
    const { server, code, label, out } = values
    if (!server || !code || !URL.canParse(server))
      throw new UsageError(`--server and --code are needed\n${USAGE}`)
    return { server, code, label, out }
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${error instanceof Error ? error.message : "wrong arguments"}\n${USAGE}`)
  }
}

/** `tabard agents enroll`: a key is made here, and its public half enrolled. */
export async function agentsEnroll(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const options = parseEnroll(args)
  const { stdout, host, cwd, clock } = surroundings
  if (!options) {
    stdout.write(`${USAGE}\n`)
    return 0
  }
  const { server, code, label = host, out = ".tabard/agents/agent.json" } = options
  const path = resolve(cwd, out)
  const file = await reserve(path)
  try {
    const credentials = await enrol({ server, code, label, key: await createKey(), now: () => clock.now() })
    await file.writeFile(writeCredentials(credentials))
    await file.sync()
    stdout.write(
      `Enrolled ${credentials.instance} of ${credentials.agent}.\nIts key and addresses are in ${path}.\n`,
    )
    return 0
  } finally {
    await file.close()
  }
}

/** Reserved before the code is used up: a key that cannot be kept must not be enrolled. */
async function reserve(path: string): ReturnType<typeof open> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    return await open(path, "wx", 0o600)
  } catch (cause) {
    throw new Problem(
      "body_invalid",
      `${path} is there already or cannot be written; name another with --out`,
      { cause },
    )
  }
}
