import { Problem } from "@tabard/core"
import { PolicyInvalid, type PolicyText, type WrittenPolicy } from "@tabard/policy"
import { readOffers } from "../offered-guard-rails.ts"
import { type OwnTier, readTiers } from "../own-tiers.ts"
import { judgeKnown } from "../standards/declare-by-hand.ts"
import type { ToolCatalogue } from "../standards/tool-catalogue.ts"
import { readForbids, readTierForbids } from "../written/forbids.ts"
import { readSet } from "../written/read-set.ts"
import type { OrganisationFile } from "./organisation-schema.ts"
import {
  type OrganisationDocument,
  type OrganisationTexts,
  organisationDocuments,
} from "./read-organisation.ts"

/** What rules every agent, as files declare it. */
export interface DeclaredOrganisation {
  readonly documents: readonly OrganisationDocument[]
  readonly guardRails: readonly PolicyText[]
  readonly offered: readonly PolicyText[]
  readonly tiers: readonly OwnTier[]
  readonly sets: ReadonlyMap<string, readonly string[]>
}

/** A file that keeps the whole from being in force, and where; its place counts from one. */
export interface OrganisationFault {
  /** As the organisation's file names it; null for that file itself. */
  readonly file: string | null
  readonly line: number | null
  readonly column?: number
  readonly message: string
}

/** What an organisation's files come to, or everything that keeps them from being in force. */
export type VettedOrganisation =
  | { readonly declared: DeclaredOrganisation; readonly undefinedTools: readonly string[] }
  | { readonly faults: readonly OrganisationFault[] }

/** Holds what an organisation's files say against what may be in force, and against the tools that are known. */
export function declareOrganisation(
  organisation: OrganisationTexts,
  catalogue: ToolCatalogue,
): VettedOrganisation {
  const faults: OrganisationFault[] = []
  const unknown = new Set<string>()
  const from = <Result>(file: string | null, read: () => Result): Result | undefined => {
    try {
      return read()
    } catch (error) {
      faults.push(faultOf(file, error))
      return undefined
    }
  }
  for (const [file, read] of cedarIn(organisation))
    from(file, () => {
      for (const tool of judgeKnown(read(), catalogue)) unknown.add(tool)
    })
  const documents = organisationDocuments(organisation)
  const sourceOf = (kind: string): string => documents.find((each) => each.kind === kind)?.source ?? ""
  const guardRails = faults.length > 0 ? [] : from(null, () => readForbids(sourceOf("guard"), "own"))
  const offered = from(null, () => readOffers(sourceOf("offered")).policies)
  const tiers = from(null, () => readTiers(sourceOf("tier")))
  const sets = setsIn(documents).map(([name, text]) => {
    const values = from(fileOfSet(organisation.written, name), () => readSet(text))
    return [name, values ?? []] as const
  })
  if (faults.length > 0 || !guardRails || !offered || !tiers) return { faults }
  const declared = { documents, guardRails, offered, tiers, sets: new Map(sets) }
  return { declared, undefinedTools: [...unknown] }
}

/** Each file of Cedar by itself, so that what is wrong has its place there. */
function cedarIn({
  written,
  texts,
}: OrganisationTexts): readonly (readonly [file: string, read: () => readonly WrittenPolicy[]])[] {
  const textOf = (file: string): string => texts.get(file) ?? ""
  return [
    ...written.guardRails.map((file) => [file, () => readForbids(textOf(file), "own")] as const),
    ...Object.entries(written.tiers).flatMap(([tier, { forbids: file }]) =>
      file === undefined ? [] : [[file, () => readTierForbids(textOf(file), tier)] as const],
    ),
  ]
}

function setsIn(
  documents: readonly OrganisationDocument[],
): readonly (readonly [name: string, text: string])[] {
  return documents.flatMap(({ kind, subject, source }) =>
    kind === "set" ? [[subject, source] as const] : [],
  )
}

function fileOfSet({ sets }: OrganisationFile, name: string): string | null {
  const values = sets[name]
  return typeof values === "string" ? values : null
}

function faultOf(file: string | null, error: unknown): OrganisationFault {
  if (error instanceof PolicyInvalid) return { file, ...error.position, message: error.words }
  if (error instanceof Problem) return { file, line: null, message: error.message }
  throw error
}
