import { join } from "node:path"
import { Problem } from "@tabard/core"
import {
  type DeclaredOrganisation,
  declareOrganisation,
  filesNamed,
  manifestInvalid,
  type OrganisationDocument,
  type OrganisationFiles,
  organisationDocuments,
  organisationTexts,
  readOrganisation,
  type ToolCatalogue,
} from "@tabard/intent"
import { readBeside } from "./case-files.ts"
import { readBounded, UnusableFile } from "./read-bounded.ts"

/** What the file is called by which an organisation rules its agents, in the folder where a command runs. */
export const ORGANISATION_FILE = "tabard.organisation.yaml"

/** What the lock of that file is called, beside it. */
export const ORGANISATION_LOCK = "organisation.lock"

const LARGEST = 4 * 1024 * 1024

/**
 * Reads the organisation's file that lies here, with every file that it names; null where there is none.
 *
 * @throws {UnusableFile} where one of them cannot be read, or lies elsewhere
 */
export async function readTheOrganisation(cwd: string): Promise<OrganisationFiles | null> {
  const text = await readIfThere(join(cwd, ORGANISATION_FILE))
  if (text === null) return null
  const read = readOrganisation(text)
  const named = new Map<string, { file: string; text: string }>()
  const place = { cwd, file: join(cwd, ORGANISATION_FILE) }
  for (const file of "written" in read ? filesNamed(read.written) : [])
    named.set(file, { file, text: await readBeside(file, place, LARGEST) })
  const lock = await readIfThere(join(cwd, ORGANISATION_LOCK))
  return {
    file: ORGANISATION_FILE,
    text,
    named,
    lock: lock === null ? null : { file: ORGANISATION_LOCK, text: lock },
  }
}

/**
 * Answers what the organisation's files come to; undefined where there are none.
 *
 * @throws {UnusableFile} where they could not be in force: others would be
 */
export function declaredHere(
  files: OrganisationFiles | null,
  catalogue: ToolCatalogue,
): DeclaredOrganisation | undefined {
  if (!files) return undefined
  const read = readOrganisation(files.text)
  if ("problems" in read) throw unusable(files, manifestInvalid(read.problems).message)
  const vetted = declareOrganisation(organisationTexts(files, read.written), catalogue)
  if ("declared" in vetted) return vetted.declared
  const said = vetted.faults.map(({ file, line, message }) =>
    [file ?? files.file, ...(line === null ? [] : [`line ${line}`]), message].join(": "),
  )
  throw unusable(files, said.join("\n"))
}

/**
 * Answers the documents of the organisation's file that lies here, as a server takes them; undefined where there is none.
 *
 * @throws {UnusableFile | Problem} where they cannot be read
 */
export async function documentsHere(cwd: string): Promise<readonly OrganisationDocument[] | undefined> {
  const files = await readTheOrganisation(cwd)
  if (!files) return undefined
  const read = readOrganisation(files.text)
  if ("problems" in read)
    throw new Problem("policy_invalid", `${files.file}: ${manifestInvalid(read.problems).message}`)
  return organisationDocuments(organisationTexts(files, read.written))
}

function unusable({ file }: OrganisationFiles, why: string): UnusableFile {
  return new UnusableFile(`${file} could not be in force: ${why}`)
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readBounded(path, LARGEST)
  } catch (error) {
    if (error instanceof UnusableFile && error.message.includes("ENOENT")) return null
    throw error instanceof UnusableFile ? new UnusableFile(`${path}: ${error.message}`) : error
  }
}
