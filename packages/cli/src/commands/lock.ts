import { randomUUID } from "node:crypto"
import { rename, writeFile } from "node:fs/promises"
import { relative, resolve } from "node:path"
import { parseArgs } from "node:util"
import { Problem, visibleText } from "@tabard/core"
import {
  checkManifest,
  type DeclaredOrganisation,
  declareAgent,
  lockAgent,
  lockOrganisation,
  type ManifestFile,
  manifestInvalid,
  type Standards,
  type ToolCatalogue,
  underOrganisation,
  writeLock,
  writeOrganisationLock,
} from "@tabard/intent"
import type { Surroundings } from "../surroundings.ts"
import { UsageError } from "../usage-error.ts"
import { LOCK_HELP } from "./check-help.ts"
import { readTheStandards, readTheTools } from "./check-terms.ts"
import { findManifests, lockBeside } from "./manifest-files.ts"
import {
  declaredHere,
  ORGANISATION_FILE,
  ORGANISATION_LOCK,
  readTheOrganisation,
} from "./organisation-files.ts"
import { UnusableFile } from "./read-bounded.ts"

/** `tabard lock`: pins what was reviewed of each agent, in the file beside its manifest. */
export async function lock(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const asked = parsed(args)
  const { cwd, stdout, stderr } = surroundings
  if (asked.help) {
    stdout.write(LOCK_HELP)
    return 0
  }
  const catalogue = await readTheTools(asked.tools, cwd)
  const stated = await readTheStandards(asked.standards, cwd)
  const { files, unreadable } = await findManifests(asked.paths, cwd)
  const organisation = await lockedOrganisation(catalogue, surroundings)
  if (organisation === null) return 1
  const standards = underOrganisation(stated, organisation.declared)
  for (const { path, reason } of unreadable)
    stderr.write(`${visibleText(path)} was not read: ${visibleText(reason)}\n`)
  const written = await Promise.all(
    files.map((file) => lockOne(file, { catalogue, standards }, surroundings)),
  )
  if (written.includes(false)) return 1
  return files.length === 0 || unreadable.length > 0 ? 3 : 0
}

/** What a manifest is pinned with. */
interface LockTerms {
  readonly catalogue: ToolCatalogue
  readonly standards: Standards
}

/** Pins what rules every agent, where that lies here; null where it could not be in force. */
async function lockedOrganisation(
  catalogue: ToolCatalogue,
  { cwd, stdout, stderr }: Surroundings,
): Promise<{ readonly declared: DeclaredOrganisation | undefined } | null> {
  try {
    const declared = declaredHere(await readTheOrganisation(cwd), catalogue)
    if (!declared) return { declared }
    await putInPlace(resolve(cwd, ORGANISATION_LOCK), writeOrganisationLock(lockOrganisation(declared)))
    stdout.write(`${ORGANISATION_LOCK} written: have it reviewed with ${ORGANISATION_FILE}.\n`)
    return { declared }
  } catch (error) {
    if (!(error instanceof UnusableFile)) throw error
    stderr.write(`${ORGANISATION_FILE} is not locked: ${visibleText(error.message)}\n`)
    return null
  }
}

async function lockOne(
  file: ManifestFile,
  terms: LockTerms,
  { cwd, stdout, stderr }: Surroundings,
): Promise<boolean> {
  try {
    const text = locked(file, terms)
    const path = lockBeside(resolve(cwd, file.file))
    await putInPlace(path, text)
    stdout.write(
      `${visibleText(relative(cwd, path))} written: have it reviewed with ${visibleText(file.file)}.\n`,
    )
    return true
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    for (const line of error.message.split("\n"))
      stderr.write(`${visibleText(file.file)} is not locked: ${visibleText(line)}\n`)
    return false
  }
}

/** Whatever stands there is replaced and never written through: a link may lead out of the repository. */
async function putInPlace(path: string, text: string): Promise<void> {
  const beside = `${path}.${randomUUID()}`
  await writeFile(beside, text, { flag: "wx" })
  await rename(beside, path)
}

function locked({ file, name, text, byHand }: ManifestFile, { catalogue, standards }: LockTerms): string {
  const { manifest, problems } = checkManifest(text)
  if (!manifest) throw manifestInvalid(problems)
  return writeLock(lockAgent(declareAgent({ file, name, manifest, byHand }, catalogue), catalogue, standards))
}

interface LockArguments {
  readonly paths: readonly string[]
  readonly tools: string | null
  readonly standards: string | null
  readonly help: boolean
}

function parsed(args: readonly string[]): LockArguments {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        tools: { type: "string" },
        standards: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
      allowPositionals: true,
    })
    const { tools = null, standards = null, help = false } = values
    return { paths: positionals, tools, standards, help }
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : "wrong arguments"}\n${LOCK_HELP}`)
  }
}
