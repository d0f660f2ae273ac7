import { programName } from "../../launch/unwrap-launch.ts"
import { declarationKnowledge, type KnownProgram } from "../declaration-knowledge.ts"
import { type Command, shellCommands } from "./shell-commands.ts"

/** A client that a script starts to run without a person, and the arguments it gets. */
export interface HeadlessRun {
  readonly program: KnownProgram
  readonly args: readonly string[]
}

/** Wrappers within wrappers end here; real ones are two deep. */
const DEEPEST = 6
/** Options and their values may stand before a program's own command: `codex -m model exec`. */
const BEFORE_COMMAND = 5
const KEYWORDS = new Set([
  "if",
  "then",
  "elif",
  "else",
  "while",
  "until",
  "do",
  "!",
  "{",
  "time",
  "exec",
  "command",
])
const SHELLS = new Set(["bash", "sh", "zsh", "dash"])
/** Programs that start the command behind their own flags, and those of the flags that take a value. */
const WRAPPERS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["env", new Set(["-u", "--unset", "-C", "--chdir"])],
  ["sudo", new Set(["-u", "-g", "--user", "--group"])],
  ["nohup", new Set()],
  ["nice", new Set(["-n"])],
  ["stdbuf", new Set(["-o", "-e", "-i"])],
  ["setsid", new Set()],
  ["unbuffer", new Set()],
  ["xargs", new Set(["-I", "-n", "-P", "-L", "-d", "-a"])],
  ["timeout", new Set(["-k", "-s", "--kill-after", "--signal"])],
  ["gtimeout", new Set(["-k", "-s"])],
  ["retry", new Set()],
])
const RUNNERS = new Set([
  "npx",
  "bunx",
  "pnpx",
  "uvx",
  "pnpm dlx",
  "yarn dlx",
  "bun x",
  "npm exec",
  "npm x",
  "pipx run",
])
const RUNNER_VALUES = new Set(["-p", "--package", "--from", "--python", "--with"])

/** Answers the clients that a script runs without a person; installing one or naming it in a text is not running it. */
export function headlessRuns(script: string): readonly HeadlessRun[] {
  return shellCommands(script).flatMap((command) => headlessRun(command, 0))
}

function headlessRun(command: Command, depth: number): readonly HeadlessRun[] {
  const [first = "", ...rest] = withoutPrefix(command)
  const program = programName(first)
  if (depth >= DEEPEST || program === "") return []
  const flag = SHELLS.has(program) ? rest.findIndex((word) => /^-[a-z]*c$/.test(word)) : -1
  if (flag >= 0) return shellCommands(rest[flag + 1] ?? "").flatMap((inner) => headlessRun(inner, depth + 1))
  const values = WRAPPERS.get(program)
  if (values) return headlessRun(wrapped(program, rest, values), depth + 1)
  const fetched = fetchedProgram(program, rest)
  return fetched ? started(fetched.program, fetched.args) : started(knownProgram(program), rest)
}

/** Takes off keywords of the shell and variables that are set for one command. */
function withoutPrefix(command: Command): Command {
  const from = command.findIndex((word) => !KEYWORDS.has(word) && !/^[A-Za-z_]\w*=/.test(word))
  return from < 0 ? [] : command.slice(from)
}

function wrapped(program: string, rest: Command, values: ReadonlySet<string>): Command {
  const operands = withoutFlags(rest, values)
  return program.endsWith("timeout") ? operands.slice(1) : operands
}

function withoutFlags(words: Command, values: ReadonlySet<string>): Command {
  let at = 0
  while (at < words.length && (words[at] ?? "").startsWith("-")) at += values.has(words[at] ?? "") ? 2 : 1
  return words.slice(at)
}

function fetchedProgram(
  program: string,
  rest: Command,
): { readonly program: KnownProgram | undefined; readonly args: Command } | undefined {
  const two = `${program} ${rest[0] ?? ""}`
  const words = RUNNERS.has(program) ? rest : RUNNERS.has(two) ? rest.slice(1) : undefined
  if (!words) return undefined
  const [spec = "", ...args] = withoutFlags(words, RUNNER_VALUES)
  return { program: knownPackage(spec) ?? knownProgram(spec), args }
}

function knownPackage(spec: string): KnownProgram | undefined {
  const name = spec.replace(/(?<=.)@[^/]*$/, "").replace(/[[=<>].*$/, "")
  return declarationKnowledge().programs.find(({ packages }) => packages.includes(name))
}

function knownProgram(name: string): KnownProgram | undefined {
  return declarationKnowledge().programs.find(({ program }) => program === name)
}

function started(program: KnownProgram | undefined, args: Command): readonly HeadlessRun[] {
  if (!program) return []
  const starts =
    !isOwnCommand(program, args) && args.some((word) => program.starts?.includes(word.replace(/=.*$/s, "")))
  const says = args.slice(0, BEFORE_COMMAND).some((word) => program.words?.includes(word))
  return starts || says ? [{ program, args }] : []
}

/** A program's own commands (`mcp add`, `env init`) give the same options another meaning; a prompt is more than a word. */
function isOwnCommand({ within = [] }: KnownProgram, [first = ""]: Command): boolean {
  return /^[a-z][a-z-]*$/.test(first) && !within.includes(first)
}
