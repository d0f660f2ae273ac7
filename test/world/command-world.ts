import { mkdir, rename, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { writeCredentials } from "@tabard/client"
import { type GovernedAgent, governAgent } from "./governed-agent.ts"
import { type RunningTabard, runTabard, type SignedInPerson, signInFirst } from "./running-tabard.ts"
import { makeShiftingServer } from "./shifting-server.ts"
import { type Ended, startTabard, temporaryDirectory } from "./tabard-process.ts"

/** A Tabard with a server behind its gateway, its administrator, and a folder in which commands are run. */
export interface CommandWorld extends AsyncDisposable {
  readonly tabard: RunningTabard
  readonly ann: SignedInPerson
  readonly cwd: string
  /** Runs a command in the folder, and answers how it ended. */
  run(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ended>
  /** Lets an agent act, with its credentials where commands look for them by this name. */
  agentNamed(name: string): Promise<GovernedAgent>
  /** Keeps an API token of the administrator's in a file of the folder. */
  keepToken(name: string, scopes: readonly string[]): Promise<void>
}

/** Starts it. */
export async function openCommandWorld(): Promise<CommandWorld> {
  await using starting = new AsyncDisposableStack()
  const tabard = starting.use(await runTabard())
  const upstream = starting.use(await makeShiftingServer())
  const ann = await signInFirst(tabard.server, "Ann")
  await ann.api.registerServer({ name: "notes", launch: upstream.launch })
  const cwd = starting.use(await temporaryDirectory()).path
  const agents = join(cwd, ".tabard/agents")
  await mkdir(agents, { recursive: true })
  const resources = starting.move()
  return {
    tabard,
    ann,
    cwd,
    run: async (args, env = {}) => {
      await using running = startTabard(args, { cwd, env })
      return await running.ended()
    },
    agentNamed: async (name) => {
      const agent = await governAgent(tabard.server, ann.api)
      const path = join(agents, `${name}.json`)
      // Whole or not there: a command may be looking.
      await writeFile(`${path}.made`, writeCredentials(agent.credentials), { mode: 0o600 })
      await rename(`${path}.made`, path)
      return agent
    },
    keepToken: async (name, scopes) => {
      const { token } = await ann.api.makeApiToken({ purpose: name, role: "administrator", scopes, days: 1 })
      await writeFile(join(cwd, name), token, { mode: 0o600 })
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}
