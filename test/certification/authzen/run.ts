// npm run certify:authzen -- URL [--token-file FILE] [--ca FILE] [--json]
import { readFile } from "node:fs/promises"
import { parseArgs } from "node:util"
import { type Certification, certify } from "./certify.ts"

const USAGE = `usage: npm run certify:authzen -- URL [--token-file FILE | --token T] [--ca FILE] [--json]

Holds the decision point that calls itself URL against the AuthZEN 1.0 certification scenario: seven sub-levels. It has to
know the scenario's fixture; at Tabard, tabard authzen load-fixture makes the application that does.
It asks with the bearer token in FILE, else with that in AUTHZEN_TOKEN; --token shows it to every process of this machine.
Ends with 0 where every sub-level holds, with 1 where one does not, and with 2 where it could not be asked.`

process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        token: { type: "string" },
        "token-file": { type: "string" },
        ca: { type: "string" },
        json: { type: "boolean" },
      },
      allowPositionals: true,
    })
    const [url, ...others] = positionals
    if (url === undefined || others.length > 0 || !URL.canParse(url)) throw new Error(USAGE)
    const ca = values.ca === undefined ? undefined : await readFile(values.ca, "utf8")
    const certified = await certify({ url, token: await tokenOf(values), ca })
    process.stdout.write(values.json ? `${JSON.stringify(certified, null, 2)}\n` : toldOf(certified))
    return certified.levels.every(({ passed }) => passed) ? 0 : 1
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    return 2
  }
}

/** What is named in the arguments counts before what the environment holds. */
async function tokenOf(given: {
  readonly token?: string | undefined
  readonly "token-file"?: string | undefined
}): Promise<string | undefined> {
  const { token, "token-file": file } = given
  if (token !== undefined && file !== undefined) throw new Error(USAGE)
  if (file !== undefined) return (await readFile(file, "utf8")).trim()
  return token ?? process.env["AUTHZEN_TOKEN"]
}

function toldOf({ decisionPoint, levels, checks }: Certification): string {
  const failed = checks.filter(({ passed }) => !passed)
  const lines = [
    decisionPoint,
    ...levels.map(({ level, passed }) => `  ${passed ? "passed" : "FAILED"}  ${level}`),
    ...failed.map(({ clause, level, title, why }) => `\n${level} ${clause}: ${title}\n  ${why}`),
    `\n${levels.filter(({ passed }) => passed).length} of ${levels.length} sub-levels, ${checks.length - failed.length} of ${checks.length} checks`,
  ]
  return `${lines.join("\n")}\n`
}
