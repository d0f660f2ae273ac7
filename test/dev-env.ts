// npm run dev: all of Tabard in this process, in a temporary directory, with people, a machine and one agent at work.
// Everything is gone when it stops.
import { once } from "node:events"
import { parseArgs } from "node:util"
import { Problem } from "@tabard/core"
import { makeMachine } from "./world/machine.ts"
import { runTabard } from "./world/running-tabard.ts"
import { seed, seedPeople } from "./world/seed.ts"

const USAGE = "usage: npm run dev -- [--port N]     (default 7070; 0 takes a free one)"

try {
  const port = askedPort(process.argv.slice(2))
  if (port === undefined) console.log(USAGE)
  else await runUntilStopped(port)
} catch (error) {
  if (!(error instanceof Problem)) throw error
  console.error(error.message)
  process.exitCode = 1
}

async function runUntilStopped(port: number): Promise<void> {
  await using machine = await makeMachine()
  await using tabard = await runTabard({ scan: [machine.root], port })
  const { agent, task, credentialsFile } = await seed(tabard, machine)
  await seedPeople(tabard)

  console.log(`Tabard for development, with Ann's machine in ${machine.root}

  Sign in once    ${await tabard.server.signInLink()}
  An agent        ${tabard.server.publicUrl}/agents/${agent.id}
  Let it work     npm run example -- --credentials ${credentialsFile} --task ${task.id} --folder ${machine.notes}

Stop with Ctrl-C; everything is forgotten then.`)
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")])
}

/** Answers undefined where help was asked for. A port may stand by itself, too. */
function askedPort(args: readonly string[]): number | undefined {
  const { values, positionals } = parsed(args)
  if (values.help) return undefined
  const port = Number(values.port ?? positionals[0] ?? 7070)
  if (positionals.length <= 1 && Number.isInteger(port) && port >= 0 && port <= 65535) return port
  return misused("--port is a number from 0 to 65535")
}

function parsed(args: readonly string[]): {
  values: { port?: string | undefined; help?: boolean | undefined }
  positionals: string[]
} {
  const options = { port: { type: "string" }, help: { type: "boolean", short: "h" } } as const
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (error) {
    return misused(error instanceof Error ? error.message : "wrong arguments")
  }
}

function misused(words: string): never {
  console.error(`${words}\n${USAGE}`)
  process.exit(2)
}
