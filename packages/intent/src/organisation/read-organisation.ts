import { stringify } from "yaml"
import { type ManifestProblem } from "../reading/manifest-problem.ts"
import { schemaFaults } from "../reading/schema-words.ts"
import { readYaml } from "../reading/yaml-text.ts"
import { type OrganisationFile, OrganisationSchema } from "./organisation-schema.ts"

const LARGEST = 1_048_576

/** The organisation's file as it was read, or everything that keeps it from being read. */
export type ReadOrganisation =
  | { readonly written: OrganisationFile }
  | { readonly problems: readonly ManifestProblem[] }

/** Reads `tabard.organisation.yaml`. What is misspelt is told with its line: what is not understood is not in force. */
export function readOrganisation(text: string): ReadOrganisation {
  if (text.length > LARGEST) return { problems: [tooLong()] }
  const yaml = readYaml(text)
  const { value, problems } = yaml
  if (problems.length > 0) return { problems }
  const parsed = OrganisationSchema.safeParse(value, { reportInput: true })
  if (!parsed.success)
    return { problems: schemaFaults(parsed.error.issues).map((fault) => yaml.place(fault)) }
  return { written: parsed.data }
}

function tooLong(): ManifestProblem {
  const message = `it is longer than ${LARGEST} characters`
  return { path: [], line: 1, column: 1, message, next: "keep long sets in files of their own" }
}

/** Answers the files that the organisation's file names, each once. */
export function filesNamed({ guardRails, tiers, sets }: OrganisationFile): readonly string[] {
  const named = [
    ...guardRails,
    ...Object.values(tiers).flatMap(({ forbids }) => forbids ?? []),
    ...Object.values(sets).flatMap((set) => (typeof set === "string" ? set : [])),
  ]
  return [...new Set(named)]
}

/** What an organisation's file says, with the texts of the files that it names, by their names. */
export interface OrganisationTexts {
  readonly written: OrganisationFile
  readonly texts: ReadonlyMap<string, string>
}

/** A document as a server keeps it. */
export interface OrganisationDocument {
  readonly kind: "guard" | "offered" | "tier" | "set"
  readonly subject: string
  readonly source: string
}

/** Answers the documents that an organisation's file comes to. A kind of which it says nothing has none. */
export function organisationDocuments({
  written,
  texts,
}: OrganisationTexts): readonly OrganisationDocument[] {
  const { guardRails, offered, tiers, sets } = written
  const textOf = (name: string): string => texts.get(name) ?? ""
  return [
    ...(guardRails.length > 0 ? [own("guard", guardRails.map(textOf).join("\n"))] : []),
    ...(offered ? [own("offered", stringify({ "proven-identity": [], rehearsed: [], ...offered }))] : []),
    ...(Object.keys(tiers).length > 0 ? [own("tier", stringify({ tiers: tiersWith(tiers, textOf) }))] : []),
    ...Object.entries(sets).map(([subject, values]) => ({
      kind: "set" as const,
      subject,
      source: typeof values === "string" ? textOf(values) : values.map((value) => `${value}\n`).join(""),
    })),
  ]
}

function own(kind: "guard" | "offered" | "tier", source: string): OrganisationDocument {
  return { kind, subject: "own", source }
}

function tiersWith(
  tiers: OrganisationFile["tiers"],
  textOf: (name: string) => string,
): Readonly<Record<string, object>> {
  return Object.fromEntries(
    Object.entries(tiers).map(([name, { forbids, ...tier }]) => [
      name,
      forbids === undefined ? tier : { ...tier, forbids: textOf(forbids) },
    ]),
  )
}
