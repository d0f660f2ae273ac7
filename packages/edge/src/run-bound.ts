import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { constants } from "node:os"
import { Duplex } from "node:stream"
import { boundSender, type Credentials, type Now, type Refused, type TokenOptions } from "@tabard/client"
import { isFinal, keepRenewed } from "./keep-renewed.ts"
import { networkCage } from "./network-cage.ts"
import { type SigningSocket, signingSocket } from "./signing-socket.ts"

/** A process, and what it is run with. */
export interface BoundRun {
  readonly credentials: Credentials
  /** Reads them anew, since their key may be rotated meanwhile. */
  readonly reread: () => Promise<Credentials>
  /** The file that they were read from: one that is shut off from the network cannot read it either. */
  readonly credentialsFile: string
  readonly command: readonly string[]
  readonly wish: Pick<TokenOptions, "task" | "scope" | "audience">
  readonly env: NodeJS.ProcessEnv
  /** Ends the process once the issuer gives its agent no token any more. */
  readonly stopOnRevoked: boolean
  /** The port on loopback where the process finds the door, in a network of its own that has nothing else. */
  readonly port?: number | undefined
  readonly now: Now
  /** Tells a person what they should know. */
  readonly say: (words: string) => void
  /** Calls back with each signal that this program gets and that is meant for the process. */
  readonly onSignal: (listener: (name: NodeJS.Signals) => void) => Disposable
}

/** How long a process has to end by itself once it was told to. */
const GRACE_MS = 10_000

/**
 * Runs a process that can act as the agent through a socket and an inherited descriptor, and answers its exit code, as a
 * shell counts it. Neither key nor token comes into its environment; both doors are gone with it.
 */
export async function runBound(run: BoundRun): Promise<number> {
  const { credentials, reread, wish, now } = run
  const sender = boundSender(credentials, { ...wish, reread, now })
  // Whoever cannot get a token is told before anything runs.
  await sender.tokens.token()
  const stopped = new AbortController()
  const onRefused = (refused: Refused): void => {
    if (run.stopOnRevoked && isFinal(refused) && !stopped.signal.aborted) stopped.abort(refused)
  }
  const resource = wish.audience ?? credentials.resource
  await using socket = await signingSocket({ sender, resource, port: run.port, onRefused })
  const child = start(run, socket.path)
  if (run.port === undefined) serveDescriptor(child, socket)
  const passing = run.onSignal((name) => send(run, child, name))
  stopped.signal.addEventListener("abort", () => endChild(run, child, stopped.signal.reason))
  const over = new AbortController()
  const renewing = keepRenewed({ tokens: sender.tokens, now, signal: over.signal, onRefused })
  try {
    const code = await exitOf(run, child)
    return stopped.signal.aborted ? 1 : code
  } finally {
    passing[Symbol.dispose]()
    over.abort()
    await renewing
  }
}

function start(run: BoundRun, socket: string): ChildProcess {
  const own = {
    TABARD_SOCKET: socket,
    ...(run.port === undefined ? { TABARD_FD: "3" } : addressAt(run.port)),
  }
  const [program = "", ...args] =
    run.port === undefined ? run.command : networkCage({ ...run, socket, port: run.port })
  return spawn(program, args, {
    env: { ...withoutOurs(run.env), ...own },
    stdio: ["inherit", "inherit", "inherit", "pipe"],
  })
}

function addressAt(port: number): Record<string, string> {
  return { TABARD_URL: `http://127.0.0.1:${port}` }
}

/** What this program was told, tokens and pins among it, is not the process's. */
function withoutOurs(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("TABARD_")))
}

function serveDescriptor({ stdio }: ChildProcess, socket: SigningSocket): void {
  const [, , , descriptor] = stdio
  if (descriptor instanceof Duplex) socket.serve(descriptor)
}

/** A cage passes no signals on: its inside hears them by name. */
function send({ port }: BoundRun, child: ChildProcess, name: NodeJS.Signals): void {
  const [, , , control] = child.stdio
  if (port !== undefined && control instanceof Duplex) control.write(`${name}\n`)
  else child.kill(name)
}

function endChild(run: BoundRun, child: ChildProcess, refused: Refused): void {
  run.say(`The agent gets no token any more (${refused.code}): ${refused.message} Its process is ended.`)
  send(run, child, "SIGTERM")
  const hard = setTimeout(() => child.kill("SIGKILL"), GRACE_MS)
  child.once("exit", () => clearTimeout(hard))
}

/** What a shell ends with where a program is not there. */
const NOT_FOUND = 127

async function exitOf({ say, command }: BoundRun, child: ChildProcess): Promise<number> {
  const ended = once(child, "exit").catch((error: unknown) => {
    say(`${command[0]} cannot be run: ${error instanceof Error ? error.message : "it did not begin"}`)
    return [NOT_FOUND]
  })
  const [code, signal]: (number | NodeJS.Signals | null)[] = await ended
  if (typeof code === "number") return code
  return typeof signal === "string" ? 128 + constants.signals[signal] : 1
}
