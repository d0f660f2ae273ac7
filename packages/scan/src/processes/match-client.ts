import type { KnowledgePack, KnownClient } from "../knowledge/knowledge-pack.ts"
import { unwrapLaunch } from "../launch/unwrap-launch.ts"

/** A client that a running program is, and whether other programs are called the same. */
export interface MatchedClient {
  readonly client: KnownClient
  readonly isSure: boolean
  /** The file that runs, where its whole path is known. */
  readonly program: string | null
}

const INTERPRETER = /^(?:node|nodejs|bun|deno|python(?:\d(?:\.\d+)?)?|pypy\d?|ruby)$/
const PACKAGE = /[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/g
const BUNDLE = /^\/.*?\/([^/]+)\.app\/Contents\//
/** Flags of interpreters whose next word is their value. */
const INTERPRETER_VALUES: ReadonlySet<string> = new Set([
  "-r",
  "--require",
  "--import",
  "--loader",
  "-W",
  "-X",
])

/** Answers the client that runs as `command`, if it is a known one's: by its package, or by the name of its program. */
export function matchClient(command: readonly string[], pack: KnowledgePack): MatchedClient | undefined {
  const { names, packages, program } = identityOf(command)
  const sure = pack.clients.find(
    ({ processes = {} }) => has(processes.packages, packages) || has(processes.names, names),
  )
  if (sure) return { client: sure, isSure: true, program }
  const likely = pack.clients.find(({ processes = {} }) => has(processes.shared, names))
  return likely && { client: likely, isSure: false, program }
}

/** Answers the packages whose code a command runs, by launcher or by where its script lies. */
export function packagesOf(command: readonly string[]): readonly string[] {
  const launch = unwrapLaunch(command)
  const script = INTERPRETER.test(nameOf(command[0] ?? "")) ? scriptOf(command) : command[0]
  const installed = [...(script ?? "").matchAll(PACKAGE)].map(([, name = ""]) => name.replaceAll("\\", "/"))
  return launch.kind === "package" ? [launch.name, ...installed] : installed
}

interface Identity {
  readonly names: readonly string[]
  readonly packages: readonly string[]
  readonly program: string | null
}

function identityOf(command: readonly string[]): Identity {
  const packages = packagesOf(command)
  const first = command[0] ?? ""
  const bundle = BUNDLE.exec(command.slice(0, 4).join(" "))?.[1]
  if (bundle) return { names: [bundle], packages, program: null }
  const script = INTERPRETER.test(nameOf(first)) ? scriptOf(command) : first
  if (script === undefined) return { names: [], packages, program: null }
  return { names: [nameOf(script)], packages, program: isAbsolute(script) ? script : null }
}

/** What an interpreter is told to run: a file, or a module by its name. */
function scriptOf([, ...words]: readonly string[]): string | undefined {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ""
    if (word === "-m") return words[at + 1]
    if (word === "-c" || word === "-e" || word === "--eval") return undefined
    if (INTERPRETER_VALUES.has(word)) at++
    else if (!word.startsWith("-")) return word
  }
  return undefined
}

/** The case stays: `claude` and `Claude` are two programs. */
function nameOf(path: string): string {
  const name = path.split(/[\\/]/).at(-1) ?? ""
  return name.replace(/\.(?:exe|cmd|js|mjs|cjs|py)$/i, "")
}

function isAbsolute(path: string): boolean {
  return path.startsWith("/") || /^[A-Za-z]:[\\/]/.test(path)
}

function has(known: readonly string[] = [], some: readonly string[]): boolean {
  return some.some((name) => known.includes(name))
}
