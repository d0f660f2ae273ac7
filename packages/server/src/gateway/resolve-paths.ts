import { readlink, realpath } from "node:fs/promises"
import { basename, dirname, isAbsolute, join, resolve } from "node:path"
import type { Json, JsonObject, ToolVersion, Upstream } from "@tabard/core"

/** Paths of one call that are looked at; all paths of a call with more lead nowhere. */
const MAX_PATHS = 256

/** Where a path leads that cannot be told: no place at all, which no policy can take for a folder that it knows. */
const NOWHERE = ""

const UNTELLABLE = /^~|\0|(?:^|\/)\.\.(?:\/|$)/

/** The longest path that POSIX systems take. */
const MAX_LENGTH = 4096

/**
 * Answers where the path arguments of a call really lead, links followed: the real path of the deepest folder that
 * exists, and the rest as it stands. Only local stdio servers share our file system. A path that cannot be told leads
 * nowhere: left out, it would be judged by its spelling alone. It never rejects.
 */
export async function resolvePaths(
  { launch }: Upstream,
  tool: ToolVersion,
  args: JsonObject,
): Promise<ReadonlyMap<string, string>> {
  if (launch.transport !== "stdio") return new Map()
  const texts = [...new Set(pathTexts(tool, args))]
  if (texts.length > MAX_PATHS) return new Map(texts.map((text) => [text, NOWHERE]))
  const start = launch.roots[0]
  return new Map(await Promise.all(texts.map(async (text) => [text, await lead(text, start)] as const)))
}

function pathTexts(tool: ToolVersion, args: JsonObject): readonly string[] {
  return Object.entries(tool.roles)
    .filter(([, roles]) => roles.includes("path"))
    .flatMap(([argument]) => (Object.hasOwn(args, argument) ? textsOf(args[argument]) : []))
}

function textsOf(value: Json | undefined): readonly string[] {
  if (typeof value === "string") return [value]
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : []
}

/**
 * A relative path starts in the folder that the server is started in. `~` is a home of the server's own, and what `..`
 * leads to after a link differs from program to program: neither can be told.
 */
async function lead(text: string, start: string | undefined): Promise<string> {
  if (text === "" || text.length > MAX_LENGTH || UNTELLABLE.test(text)) return NOWHERE
  if (isAbsolute(text)) return realOrRest(resolve(text))
  return start === undefined ? NOWHERE : realOrRest(resolve(start, text))
}

async function realOrRest(path: string): Promise<string> {
  let rest = ""
  for (let folder = path; ; folder = dirname(folder)) {
    const real = await realOf(folder)
    if (real.kind === "real") return join(real.path, rest)
    if (real.kind === "unknown" || folder === dirname(folder)) return NOWHERE
    rest = join(basename(folder), rest)
  }
}

type Real = { readonly kind: "real"; readonly path: string } | { readonly kind: "absent" | "unknown" }

async function realOf(path: string): Promise<Real> {
  try {
    return { kind: "real", path: await realpath(path) }
  } catch (error) {
    // Absent may be gone up from; a loop of links or a folder that we may not read may lead anywhere.
    const absent = error instanceof Error && "code" in error && error.code === "ENOENT"
    return { kind: absent && !(await isLink(path)) ? "absent" : "unknown" }
  }
}

async function isLink(path: string): Promise<boolean> {
  try {
    await readlink(path)
    return true
  } catch {
    return false
  }
}
