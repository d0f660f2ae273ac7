import { splitCommandLine } from "./split-command-line.ts"

/** What a command comes down to, once its launchers are taken off. */
export type Launch =
  | {
      readonly kind: "package"
      readonly from: "npm" | "pypi"
      readonly name: string
      readonly version: string | null
    }
  | { readonly kind: "image"; readonly name: string; readonly version: string | null }
  | { readonly kind: "source"; readonly url: string }
  | { readonly kind: "gateway"; readonly words: readonly string[] }
  | { readonly kind: "local"; readonly words: readonly string[] }

/** Wrappers within wrappers end here; real ones are two deep. */
const DEEPEST = 5
const SHELLS = new Set(["bash", "sh", "zsh", "dash", "fish", "pwsh", "powershell"])
const NPM_RUNNERS = new Set(["npx", "pnpx", "bunx"])
/** Packages that only run a file which lies here. */
const FILE_RUNNERS = new Set([
  "tsx",
  "ts-node",
  "ts-node-esm",
  "vite-node",
  "nodemon",
  "jiti",
  "esno",
  "fastmcp",
  "mcp",
])
const SCRIPT = /\.(?:[cm]?[jt]sx?|py)(?::\w+)?$/
/** Flags of package runners whose next word is their value. */
const RUNNER_VALUES = new Set([
  "--python",
  "--with",
  "-w",
  "--index-url",
  "--registry",
  "--cache",
  "--prefix",
  "-c",
  "--call",
])
/** Flags of `docker run` without a value; all others take the next word. */
const DOCKER_SWITCHES =
  /^(?:-[itdPq]+|--(?:rm|init|interactive|tty|detach|privileged|read-only|publish-all|quiet|no-healthcheck|sig-proxy|oom-kill-disable))$/

/** Answers what `words` really start: the package, image or source behind npx, uvx, docker, shells and wsl. */
export function unwrapLaunch(words: readonly string[], depth = 0): Launch {
  const [command = "", ...rest] = words
  const program = programName(command)
  const inner = depth < DEEPEST ? innerCommand(program, rest) : undefined
  if (inner && inner.length > 0) return unwrapLaunch(inner, depth + 1)
  return fetched(program, rest) ?? { kind: "local", words }
}

/** What a launcher fetches before it starts it, or undefined where it starts what is here. */
function fetched(program: string, rest: readonly string[]): Launch | undefined {
  const runner = packageRunner(program, rest)
  if (runner) return packageLaunch(runner.from, runner.words)
  return program === "docker" || program === "podman" ? containerLaunch(rest) : undefined
}

/** Answers the bare name of a program: without its folder, `.exe` or `.cmd`. */
export function programName(command: string): string {
  const name = command.split(/[\\/]/).at(-1) ?? ""
  return name.toLowerCase().replace(/\.(?:exe|cmd|bat|ps1)$/, "")
}

function innerCommand(program: string, rest: readonly string[]): readonly string[] | undefined {
  if (SHELLS.has(program)) return afterShellFlag(rest, /^(?:-[a-z]*c|-command)$/i)
  if (program === "cmd") return afterShellFlag(rest, /^\/[ck]$/i)
  if (program === "wsl")
    return splitIfOne(skipFlags(rest, new Set(["-d", "--distribution", "-u", "--user", "--cd"])))
  if (program === "env" || program === "sudo") return skipAssignments(skipFlags(rest, new Set(["-u", "-g"])))
  return undefined
}

function afterShellFlag(rest: readonly string[], flag: RegExp): readonly string[] | undefined {
  const at = rest.findIndex((word) => flag.test(word))
  return at < 0 ? undefined : lastCommand(splitIfOne(rest.slice(at + 1)))
}

function splitIfOne(words: readonly string[]): readonly string[] {
  return words.length === 1 ? splitCommandLine(words[0] ?? "") : words
}

/** In `cd here && exec run it` the last command is the one that stays. */
function lastCommand(words: readonly string[]): readonly string[] {
  const from = words.findLastIndex((word) => word === "&&" || word === ";" || word.endsWith(";"))
  const command = skipAssignments(words.slice(from + 1))
  return command[0] === "exec" ? command.slice(1) : command
}

function skipAssignments(words: readonly string[]): readonly string[] {
  const from = words.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word))
  return from < 0 ? [] : words.slice(from)
}

function skipFlags(words: readonly string[], withValue: ReadonlySet<string>): readonly string[] {
  let at = 0
  while (at < words.length && (words[at] ?? "").startsWith("-")) {
    const word = words[at] ?? ""
    at += withValue.has(word) ? 2 : 1
    if (word === "--" || word === "-e" || word === "--exec") break
  }
  return words.slice(at)
}

interface PackageRunner {
  readonly from: "npm" | "pypi"
  readonly words: readonly string[]
}

function packageRunner(program: string, rest: readonly string[]): PackageRunner | undefined {
  if (NPM_RUNNERS.has(program)) return { from: "npm", words: rest }
  if (program === "uvx") return { from: "pypi", words: rest }
  const line = `${program} ${rest[0] ?? ""} ${rest[1] ?? ""}`
  if (/^(?:pnpm|yarn) dlx |^npm (?:exec|x) |^bun x /.test(line)) return { from: "npm", words: rest.slice(1) }
  if (line.startsWith("uv tool run")) return { from: "pypi", words: rest.slice(2) }
  if (line.startsWith("pipx run ")) return { from: "pypi", words: rest.slice(1) }
  return undefined
}

function packageLaunch(from: "npm" | "pypi", words: readonly string[]): Launch | undefined {
  const spec = namedPackage(words) ?? skipFlags(words, RUNNER_VALUES)[0]
  if (!spec) return undefined
  if (/^(?:git\+|https?:\/\/|github:)/.test(spec)) return { kind: "source", url: spec }
  if (runsScript(spec, words)) return { kind: "local", words }
  const version = from === "npm" ? /^(.+)@([^@/]+)$/.exec(spec) : /^([^@=<>~!\s]+)(?:@|==)(.+)$/.exec(spec)
  return { kind: "package", from, name: bareName(version?.[1] ?? spec), version: version?.[2] ?? null }
}

function runsScript(spec: string, words: readonly string[]): boolean {
  return (
    FILE_RUNNERS.has(bareName(spec)) && words.slice(words.indexOf(spec)).some((word) => SCRIPT.test(word))
  )
}

function namedPackage(words: readonly string[]): string | undefined {
  const joined = words.find((word) => /^(?:--package|--from)=/.test(word))
  if (joined) return joined.slice(joined.indexOf("=") + 1)
  const at = words.findIndex((word) => word === "-p" || word === "--package" || word === "--from")
  return at < 0 ? undefined : words[at + 1]
}

/** `name[extra]>=1` is `name`. */
function bareName(spec: string): string {
  return spec.replace(/[[<>=~!].*$/, "")
}

function containerLaunch(rest: readonly string[]): Launch | undefined {
  if (rest[0] === "mcp" && rest[1] === "gateway") return { kind: "gateway", words: ["docker", ...rest] }
  const words = rest[0] === "container" ? rest.slice(1) : rest
  if (words[0] !== "run") return undefined
  const image = firstOperand(words.slice(1))
  return image === undefined ? undefined : imageLaunch(image)
}

function firstOperand(words: readonly string[]): string | undefined {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ""
    if (!word.startsWith("-")) return word
    if (!word.includes("=") && !DOCKER_SWITCHES.test(word)) at++
  }
  return undefined
}

function imageLaunch(image: string): Launch {
  const digest = image.indexOf("@")
  if (digest > 0)
    return { kind: "image", name: withoutTag(image.slice(0, digest)), version: image.slice(digest + 1) }
  const name = withoutTag(image)
  return { kind: "image", name, version: image.length > name.length ? image.slice(name.length + 1) : null }
}

function withoutTag(image: string): string {
  const colon = image.lastIndexOf(":")
  return colon > image.lastIndexOf("/") ? image.slice(0, colon) : image
}
