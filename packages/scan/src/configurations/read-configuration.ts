import { readSettings } from "../autonomy/read-settings.ts"
import { CredentialReader } from "../credentials/credential-reader.ts"
import type { Fingerprint } from "../credentials/fingerprint.ts"
import { readCommandLine } from "../credentials/read-arguments.ts"
import type { LintedSecret } from "../credentials/secretlint.ts"
import type { Document } from "../documents/document.ts"
import { asFields, field, fieldAt } from "../documents/fields.ts"
import { parseDocument } from "../documents/parse-document.ts"
import type { KnowledgePack } from "../knowledge/knowledge-pack.ts"
import type { ScanLimits } from "../limits.ts"
import type { RecognisedFile } from "../places/recognise.ts"
import type { Observation, ServerSighting, SettingSighting, SubAgentSighting } from "./observation.ts"
import { readServer } from "./read-server.ts"
import { serverEntries } from "./server-entries.ts"
import { EVERY_NAME, sweepValues, TooManyValues } from "./sweep-values.ts"

/** Enough of a setting to know it by; cut only once its secrets are out. */
const LONGEST_SETTING = 300

const MOST_SUB_AGENTS = 200
const NO_TOOLS: SettingSighting = { setting: "built in", value: "has no tools", level: "none" }

/** As long as a name is told; whoever writes the file chooses it. */
const LONGEST_NAME = 300

/** What reading a configuration needs besides the file. */
export interface ReadingContext {
  readonly pack: KnowledgePack
  readonly fingerprint: Fingerprint
  readonly limits: ScanLimits
}

/** What was read, and what of it could not be. */
export interface ConfigurationRead {
  /** Undefined where the file says nothing about an agent. */
  readonly observation: Observation | undefined
  readonly shortfall: string | undefined
}

/** Answers what one configuration says. Throws MalformedDocument where it cannot be read. No secret leaves this function. */
export function readConfiguration(
  file: RecognisedFile,
  text: string,
  context: ReadingContext,
  linted: readonly LintedSecret[] = [],
): ConfigurationRead {
  const { pack, limits } = context
  const document = parseDocument(text, file.known.format, limits.nesting)
  const reader = new CredentialReader(pack, context.fingerprint, file.path)
  const entries = serverEntries(document.value, file.known)
  const servers = entries.slice(0, limits.servers).map((entry) => readServer(entry, document, reader, pack))
  const tooMany = entries.length > limits.servers ? `it names more than ${limits.servers} servers` : undefined
  const unswept = sweep(document, reader, limits)
  reader.takeLinted(linted)
  const settings = readSettings(document.value, file.client).map((setting) => withoutSecrets(setting, reader))
  const speaks = servers.length > 0 || settings.length > 0 || isAgentAlone(file, document.value)
  const observation: Observation = {
    client: file.client,
    owner: file.owner,
    path: file.path,
    what: `configuration of ${file.client.name}`,
    confidence: file.known.path === ".mcp.json" ? "medium" : "high",
    servers: servers.map((server) => finished(server, file.path, reader)),
    credentials: reader.sightings(),
    settings,
    subAgents: readSubAgents(document.value, file, reader),
    stale: file.known.stale ?? file.client.discontinued,
  }
  return {
    observation: speaks ? observation : undefined,
    shortfall: tooMany ?? unswept ?? reader.shortfall(),
  }
}

function sweep(document: Document, reader: CredentialReader, limits: ScanLimits): string | undefined {
  try {
    sweepValues(document, reader, limits, EVERY_NAME)
    return undefined
  } catch (error) {
    if (error instanceof TooManyValues) return error.message
    throw error
  }
}

/** Most files show by being there that their client is used; some only by what they say. */
function isAgentAlone({ known }: RecognisedFile, value: unknown): boolean {
  const names = Object.keys(asFields(value) ?? {})
  const isOwn = known.holdsOneOf?.some((name) => names.includes(name)) ?? true
  return isOwn && !known.onlyIfItSpeaks && !isSchema(value)
}

/** A description of what such a file may say is named like one. */
function isSchema(value: unknown): boolean {
  const schema = field(asFields(value), "$schema")
  return typeof schema === "string" && /^https?:\/\/json-schema\.org\//.test(schema)
}

/** Permission lists quote command lines, and command lines hold secrets. */
function withoutSecrets(setting: SettingSighting, reader: CredentialReader): SettingSighting {
  const text = { name: null, text: setting.value, line: () => null }
  return { ...setting, value: reader.scrub(readCommandLine(text, reader)).slice(0, LONGEST_SETTING) }
}

/** Agents that the file names beside the client's own, each with what it says of itself. */
function readSubAgents(
  value: unknown,
  { client, known }: RecognisedFile,
  reader: CredentialReader,
): readonly SubAgentSighting[] {
  const named = Object.entries(asFields(known.subAgents && fieldAt(value, known.subAgents)) ?? {})
  return named.slice(0, MOST_SUB_AGENTS).map(([name, says]) => ({
    name: reader.scrub(reader.take({ name: null, text: name, line: () => null })).slice(0, LONGEST_SETTING),
    settings: client.agentsWithoutTools?.includes(name)
      ? [NO_TOOLS]
      : readSettings(says, client).map((setting) => withoutSecrets(setting, reader)),
  }))
}

/** A secret told once with its name may stand elsewhere without one: hide it there too, now that all is read. */
function finished(server: ServerSighting, path: string, reader: CredentialReader): ServerSighting {
  return {
    ...server,
    name: reader.scrub(server.name).slice(0, LONGEST_NAME),
    command: server.command && reader.scrub(server.command),
    args: server.args.map((argument) => reader.scrub(argument)),
    url: server.url && reader.scrub(server.url),
    location: { ...server.location, path },
  }
}
