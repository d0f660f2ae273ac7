import { spawnSync } from "node:child_process"
import { Problem, visibleText } from "@tabard/core"
import { runBound } from "@tabard/edge"
import type { Surroundings } from "../surroundings.ts"
import { agentCredentials } from "./agent-credentials.ts"
import { parseRun, RUN_USAGE } from "./run-arguments.ts"
import { sayingWho } from "./saying-who.ts"

/** `tabard run`: a process that can act as an agent, and holds neither its key nor its token. */
export async function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { stdout, stderr, env, clock } = surroundings
  const options = parseRun(args)
  if (!options) {
    stdout.write(`${RUN_USAGE}\n`)
    return 0
  }
  const { which, ...asked } = options
  if (asked.port !== undefined) assertCage()
  const { credentials, path } = await agentCredentials(surroundings, which)
  return await runBound({
    ...asked,
    credentials,
    credentialsFile: path,
    reread: async () => (await agentCredentials(surroundings, { agent: undefined, file: path })).credentials,
    env,
    now: () => clock.now(),
    say: (words) => void stderr.write(`tabard: ${visibleText(words)}\n`),
    onSignal: signalsFor(process.stdin.isTTY),
  }).catch((error: unknown) => sayingWho(error, credentials))
}

const PASSED: readonly NodeJS.Signals[] = ["SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2"]
const TYPED: readonly NodeJS.Signals[] = ["SIGINT", "SIGQUIT"]

/** What is typed at a terminal reaches the process by itself: passed on, it would hear it twice. */
function signalsFor(atTerminal: boolean): (listener: (name: NodeJS.Signals) => void) => Disposable {
  return (listener) => {
    const heard = [...PASSED, ...TYPED].map((name) => {
      const hear = (): void => (atTerminal && TYPED.includes(name) ? undefined : listener(name))
      process.on(name, hear)
      return { name, hear }
    })
    return { [Symbol.dispose]: () => heard.forEach(({ name, hear }) => void process.off(name, hear)) }
  }
}

/** A port outside a network of its own could be used by every process and page of this machine. */
function assertCage(): void {
  const tried = spawnSync("bwrap", ["--unshare-net", "--dev-bind", "/", "/", "true"], { encoding: "utf8" })
  if (tried.status === 0) return
  const why = tried.error ? "it is not installed" : visibleText(tried.stderr).slice(0, 200)
  throw new Problem(
    "body_invalid",
    `--port needs bubblewrap, and ${why}: use the socket (without --port), or install bubblewrap where namespaces are allowed`,
  )
}
