import type { Clock } from "@tabard/core"
import { type AdmissionTerms, checkFiles, underOrganisation } from "@tabard/intent"
import { agentImage, agentResource } from "@tabard/scan"
import type { AdmissionArguments } from "./admission-arguments.ts"
import { readTheStandards, readTheTools } from "./check-terms.ts"
import { findManifests } from "./manifest-files.ts"
import { declaredHere, readTheOrganisation } from "./organisation-files.ts"
import { UnusableFile } from "./read-bounded.ts"

/** How long what was read counts, in milliseconds. */
const FRESH_MS = 10_000

/** Answers what admission is judged by, read anew once it is ten seconds old. It rejects where anything of it cannot be read. */
export function freshTerms(
  asked: AdmissionArguments,
  { cwd, clock }: { readonly cwd: string; readonly clock: Clock },
): () => Promise<AdmissionTerms> {
  let kept: { readonly at: number; readonly terms: Promise<AdmissionTerms> } | undefined
  return async () => {
    const now = clock.now()
    if (!kept || Math.abs(now.getTime() - kept.at) >= FRESH_MS)
      kept = { at: now.getTime(), terms: readTerms(asked, cwd, now) }
    return { ...(await kept.terms), now }
  }
}

async function readTerms(
  { paths, standards: standardsFile, tools, failOn }: AdmissionArguments,
  cwd: string,
  now: Date,
): Promise<AdmissionTerms> {
  const catalogue = await readTheTools(tools, cwd)
  const declared = declaredHere(await readTheOrganisation(cwd), catalogue)
  const standards = underOrganisation(await readTheStandards(standardsFile, cwd), declared)
  const { files, unreadable } = await findManifests(paths, cwd)
  const [first] = unreadable
  if (first) throw new UnusableFile(`${first.path}: ${first.reason}`)
  const { reviewed } = checkFiles(files, { standards, catalogue, people: null, now, frozen: false })
  return { standards, reviewed, signs: { image: agentImage, resource: agentResource }, failOn, now }
}
