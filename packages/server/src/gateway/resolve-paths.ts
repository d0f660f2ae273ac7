import { readlink, realpath } from "node:fs/promises"
import { basename, dirname, isAbsolute, join, resolve } from "node:path"
import type { Json, JsonObject, ToolVersion, Upstream } from "@tabard/core"

/** Paths of one call that are looked at; a call with more has none resolved, and is judged without. */
const MAX_PATHS = 256

const UNTELLABLE = /^~|\0|(?:^|\/)\.\.(?:\/|$)/

/** The longest path that POSIX systems take. */
const MAX_LENGTH = 4096

/**
 * Answers where the path arguments of a call really lead, links followed: the real path of the deepest folder that
 * exists, and the rest as it stands. Only local stdio servers share our file system; a path that cannot be told is left
 * out, which a policy takes for the worst. It never rejects.
 */
export async function resolvePaths(
  server: Upstream,
  tool: ToolVersion,
  args: JsonObject,
): Promise<ReadonlyMap<string, string>> {
  const { launch } = server
  if (launch.transport !== "stdio") return new Map()
  const texts = [...new Set(pathTexts(tool, args))]
  if (texts.length > MAX_PATHS) return new Map()
  const resolved = await Promise.all(
    texts.map(async (text) => [text, await lead(text, launch.roots[0])] as const),
  )
  return new Map(resolved.flatMap(([text, path]) => (path === undefined ? [] : [[text, path] as const])))
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
async function lead(text: string, start: string | undefined): Promise<string | undefined> {
  if (text === "" || text.length > MAX_LENGTH || UNTELLABLE.test(text)) return undefined
  if (isAbsolute(text)) return realOrRest(resolve(text))
  return start === undefined ? undefined : realOrRest(resolve(start, text))
}

async function realOrRest(path: string): Promise<string | undefined> {
  let rest = ""
  for (let folder = path; ; folder = dirname(folder)) {
    const real = await realOf(folder)
    if (real.kind === "real") return join(real.path, rest)
    if (real.kind === "unknown" || folder === dirname(folder)) return undefined
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
