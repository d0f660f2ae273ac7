import { UsageError } from "../usage-error.ts"
import { formatOf, toldOptions } from "./told-options.ts"

const FORMATS = ["pretty", "json", "junit"] as const

/** How results can be written. */
export type CaseFormat = (typeof FORMATS)[number]

/** What `tabard policy test` was asked. */
export interface PolicyTestArguments {
  /** Files of cases and folders; none means the current folder. */
  readonly paths: readonly string[]
  readonly standards: string | null
  readonly tools: string | null
  /** Where to ask by what is in force; undefined for files alone. */
  readonly server: string | undefined
  readonly tokenFile: string | undefined
  readonly format: CaseFormat
}

const USAGE =
  "usage: tabard policy test [PATH…] [--tools FILE] [--standards FILE] [--server URL] [--token-file FILE] [--format pretty|json|junit] [--json]"

/** What `tabard policy test --help` says. */
export const POLICY_TEST_HELP: string = `${USAGE}

Asks the questions of tabard.cases.yaml and NAME.tabard.cases.yaml, and fails where an answer is not what the file says that it has to
be. It asks no server, unless --server says so, and reads nothing outside the current folder. docs/pipeline.md tells what a file of cases says; tabard schema cases
writes its JSON Schema.

  --tools FILE         what servers answer to tools/list; otherwise tabard.tools.json here
  --standards FILE     the organisation's tiers and sets; otherwise tabard.standards.yaml here, otherwise what ships
  --server URL         ask that server instead, by what is in force there: who is an agent's id, or a manifest that names it; calls alone
  --token-file FILE    the API token for --server (agents:read); otherwise TABARD_TOKEN
  --format pretty      for a person at a terminal (the default)
  --format json        everything, as tabard.policy-test/1; --json is the same
  --format junit       for test reports (JUnit XML)

Exit codes: 0 every answer is as it has to be, 1 one is not, 2 wrong arguments, standards or definitions, 3 no cases were found, or some
could not be asked: a file cannot be read, or what it names could not be put in force.
`

const OPTIONS = {
  standards: { type: "string" },
  tools: { type: "string" },
  server: { type: "string" },
  "token-file": { type: "string" },
  format: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const

/** Reads the arguments of `tabard policy test`; undefined asks for help. Throws a UsageError for what it does not know. */
export function parsePolicyTest(args: readonly string[]): PolicyTestArguments | undefined {
  const { values, positionals } = toldOptions(args, OPTIONS, usage)
  if (values.help === true) return undefined
  const { standards = null, tools = null } = values
  if ([...positionals, standards, tools, values.server, values["token-file"]].includes(""))
    throw usage("a name of a file is empty")
  return {
    paths: positionals,
    standards,
    tools,
    server: values.server,
    tokenFile: values["token-file"],
    format: formatOf(FORMATS, values, usage),
  }
}

function usage(message: string): UsageError {
  return new UsageError(`${message}\n${USAGE}`)
}
