import { Problem } from "@tabard/core"
import { agentsEnroll } from "./commands/agents-enroll.ts"
import { auditVerify } from "./commands/audit-verify.ts"
import { scanCommand } from "./commands/scan-command.ts"
import { up } from "./commands/up.ts"
import { machineSurroundings, type Surroundings } from "./surroundings.ts"
import { UsageError } from "./usage-error.ts"

/** A command: what follows its name, and what it runs in; answers the exit code. */
type Command = (args: readonly string[], surroundings: Surroundings) => Promise<number>

const COMMANDS: Readonly<Record<string, Command>> = {
  up,
  scan: scanCommand,
  "agents enroll": agentsEnroll,
  "audit verify": auditVerify,
}

const HELP = `tabard – identity and access control for AI agents

  tabard up                     start the server and its console
  tabard scan [PATH…]           which agents and MCP servers are here, with which keys, how freely
  tabard agents enroll          make a key for an adopted agent and enrol it by a one-time code
  tabard audit verify [DIR]     verify the log, without a server

Each says more with --help. Exit codes: 0 done, 1 failed or refused, 2 wrong arguments, 130 stopped.
`

const EXIT = { done: 0, failed: 1, usage: 2 } as const

/** Runs the command line, and answers its exit code. Errors say what to do next. */
export async function main(args: readonly string[], surroundings?: Surroundings): Promise<number> {
  if (!surroundings) {
    using machine = machineSurroundings()
    return await main(args, machine.surroundings)
  }
  const [name, command] = find(args)
  if (!command) return help(args, surroundings)
  try {
    return await command(args.slice(name.split(" ").length), surroundings)
  } catch (error) {
    return explain(error, surroundings)
  }
}

function find(args: readonly string[]): [string, Command | undefined] {
  const names = [args.slice(0, 2).join(" "), args[0] ?? ""]
  const name = names.find((each) => Object.hasOwn(COMMANDS, each)) ?? ""
  return [name, COMMANDS[name]]
}

function help([first]: readonly string[], { stdout, stderr }: Surroundings): number {
  if (first === undefined || first === "--help" || first === "-h" || first === "help") {
    stdout.write(HELP)
    return EXIT.done
  }
  stderr.write(`tabard has no command ${JSON.stringify(first)}.\n\n${HELP}`)
  return EXIT.usage
}

function explain(error: unknown, { stderr }: Surroundings): number {
  if (error instanceof UsageError) {
    stderr.write(`${error.message}\n`)
    return EXIT.usage
  }
  if (isTold(error)) {
    stderr.write(`${error.message}\n`)
    return EXIT.failed
  }
  throw error
}

/** Errors whose words are meant for whoever typed the command. */
function isTold(error: unknown): error is Error {
  return (
    error instanceof Problem || (error instanceof Error && ["StoreProblem", "Refused"].includes(error.name))
  )
}
