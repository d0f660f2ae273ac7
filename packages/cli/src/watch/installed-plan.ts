import { randomUUID } from "node:crypto"
import { lstat, mkdir, open, readFile, rename, rm } from "node:fs/promises"
import { dirname } from "node:path"
import { Problem } from "@tabard/core"
import type { PlannedFile, WatchPlan } from "./watch-plan.ts"

/** How the files of a plan stand on this machine. */
export type Standing = "absent" | "as planned" | "different"

/** Answers whether a plan's files are there, and are the plan's. */
export async function standingOf({ files }: WatchPlan): Promise<Standing> {
  const found = await Promise.all(
    files.map(({ path, encoding }) => readFile(path, encoding).catch(() => undefined)),
  )
  if (found.every((text) => text === undefined)) return "absent"
  return found.every((text, at) => text === files[at]?.text) ? "as planned" : "different"
}

/**
 * Writes the files of a plan, each whole or not at all, for their user alone.
 *
 * @throws {Problem} body_invalid, where one cannot be written or its place is taken by something that is no file
 */
export async function writePlan({ files }: WatchPlan): Promise<void> {
  for (const file of files) {
    const there = await lstat(file.path).catch(() => undefined)
    if (there && !there.isFile())
      throw new Problem("body_invalid", `${file.path} is no plain file, and is left as it is`)
  }
  for (const file of files) await writeWhole(file)
}

/** Takes the files of a plan away; those that are not there are gone already. */
export async function removePlan({ files }: WatchPlan): Promise<void> {
  for (const { path } of files) await rm(path, { force: true })
}

async function writeWhole({ path, text, encoding }: PlannedFile): Promise<void> {
  const draft = `${path}.${randomUUID()}`
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await using file = await open(draft, "wx", 0o600)
    await file.writeFile(text, encoding)
    await file.sync()
  } catch (cause) {
    throw new Problem("body_invalid", `${path} cannot be written`, { cause })
  }
  await rename(draft, path)
}
