import { realpath, stat } from "node:fs/promises"
import { tmpdir } from "node:os"
import { basename, dirname, isAbsolute, sep } from "node:path"

/** What a sandboxed program is, and what it may see and write. */
export interface SandboxView {
  readonly program: string
  readonly args: readonly string[]
  /** The only folders that it may write. */
  readonly roots: readonly string[]
  readonly path: string
  /** The home directory of whoever runs the gateway: never shown. */
  readonly home: string
}

/** What nearly every program needs to start; absent ones are passed over. */
const SYSTEM = ["/usr", "/lib", "/lib64", "/bin", "/sbin", "/etc/ssl", "/etc/alternatives"]

const NOBODY = "65534"

/** No namespace shared, no capability, nobody's name, no variable; a home and a /tmp that are gone afterwards. */
const ISOLATION: readonly (readonly string[])[] = [
  ["--unshare-all", "--die-with-parent", "--new-session"],
  ["--cap-drop", "ALL", "--uid", NOBODY, "--gid", NOBODY, "--clearenv"],
  ["--setenv", "HOME", "/tmp/home", "--setenv", "LANG", "C.UTF-8"],
  ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--dir", "/tmp/home"],
]

/** Programs whose first argument is the real program. */
const INTERPRETER = /^(?:node|deno|bun|python[\d.]*|ruby|perl|sh|bash)$/

/**
 * Answers the arguments under which bubblewrap runs a program without network, as nobody, with its own /tmp, a
 * read-only view of the system and of its own program, and write access to its roots alone.
 */
export async function bubblewrapArguments(view: SandboxView): Promise<readonly string[]> {
  const script = scriptOf(view)
  const programs = await Promise.all(
    [view.program, process.execPath, ...(script ? [script] : [])].map((file) => shownFor(file, view.home)),
  )
  return [
    ...ISOLATION,
    ["--setenv", "PATH", view.path],
    ...SYSTEM.map((path) => ["--ro-bind-try", path, path]),
    ...[...new Set(programs.flat())].map((path) => ["--ro-bind", path, path]),
    ...view.roots.map((root) => ["--bind", root, root]),
    ["--chdir", view.roots[0] ?? "/tmp/home", "--", view.program, ...view.args],
  ].flat()
}

function scriptOf({ program, args }: SandboxView): string | undefined {
  if (!INTERPRETER.test(basename(program))) return undefined
  const first = args.find((argument) => !argument.startsWith("-"))
  return first !== undefined && isAbsolute(first) ? first : undefined
}

/** The program's own folder, as it is called and as it really is; or the file alone, where the folder shows too much. */
async function shownFor(file: string, home: string): Promise<readonly string[]> {
  const real = await realpath(file)
  if (!(await stat(real)).isFile()) return []
  return [file, real].map((path) => {
    const folder = programFolder(path)
    return showsTooMuch(folder, home) ? path : folder
  })
}

/** What is installed by npm finds its dependencies in the outermost node_modules. */
function programFolder(file: string): string {
  const installed = file.indexOf(`${sep}node_modules${sep}`)
  return installed === -1 ? dirname(file) : `${file.slice(0, installed)}${sep}node_modules`
}

function showsTooMuch(folder: string, home: string): boolean {
  return [home, tmpdir(), "/home/x", "/etc/x", "/var/x", "/root/x"].some(
    (kept) => folder === "/" || kept === folder || kept.startsWith(`${folder}${sep}`),
  )
}
