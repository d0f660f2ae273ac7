import type { ServerSighting, SettingSighting } from "../configurations/observation.ts"
import type { ReadingContext } from "../configurations/read-configuration.ts"
import { readServer } from "../configurations/read-server.ts"
import type { ServerEntry } from "../configurations/server-entries.ts"
import { sweepValues, TooManyValues } from "../configurations/sweep-values.ts"
import { CredentialReader, type CredentialSighting } from "../credentials/credential-reader.ts"
import { readCommandLine } from "../credentials/read-arguments.ts"
import type { Document } from "../documents/document.ts"
import type { SourceAgent, SourceFile, SourceRead } from "../sources/source-reader.ts"

/** Enough to know a setting or a name by; cut only once its secrets are out. */
const LONGEST_SETTING = 300
const LONGEST_NAME = 200
/** No file written by people declares more. */
export const MOST_AGENTS = 200
/** Nor does it hold more secrets: it was made to make hiding them slow, and what it says is not worth the risk. */
const MOST_SECRETS = 500

/** A file that declares agents or servers, while it is read: no secret leaves it. */
export class DeclaredFile {
  readonly path: string
  readonly context: ReadingContext
  readonly #readers: CredentialReader[] = []
  #servers = 0

  constructor(file: SourceFile, context: ReadingContext) {
    this.path = file.path
    this.context = context
  }

  /** Answers a reader of credentials for one agent; what it hides is hidden in the whole file. */
  credentialReader(): CredentialReader {
    const reader = new CredentialReader(this.context.pack, this.context.fingerprint, this.path)
    this.#readers.push(reader)
    return reader
  }

  /** Answers what `entries` start or call, as many of them as a scan looks at in one file. */
  servers(
    entries: readonly ServerEntry[],
    document: Document,
    reader: CredentialReader,
  ): readonly ServerSighting[] {
    const { pack, limits } = this.context
    const room = Math.max(0, limits.servers - this.#servers)
    this.#servers += entries.length
    return entries.slice(0, room).map((entry) => readServer(entry, document, reader, pack))
  }

  /** Answers what was read, every secret of the file hidden; where nothing was declared, nothing is looked for. */
  read(
    agents: readonly SourceAgent[],
    servers: readonly ServerSighting[],
    documents: readonly Document[],
  ): SourceRead {
    if (agents.length === 0 && servers.length === 0) return NOTHING_DECLARED
    const rest = this.credentialReader()
    const unswept = documents.map((document) => sweep(document, rest, this.context)).find(Boolean)
    if (this.#holdsTooMany())
      return { ...NOTHING_DECLARED, shortfall: `it holds more than ${MOST_SECRETS} secrets` }
    const kept = agents.slice(0, MOST_AGENTS).map((agent) => this.#withoutSecrets(agent))
    const told = new Set(kept.flatMap(({ credentials }) => credentials.map(({ key }) => key)))
    return {
      agents: kept,
      servers: servers.map((server) => this.#finished(server)),
      credentials: this.#sightings(rest).filter(({ key }) => !told.has(key)),
      shortfall:
        agents.length > MOST_AGENTS ? `it declares more than ${MOST_AGENTS} agents` : this.#missed(unswept),
    }
  }

  #missed(unswept: string | undefined): string | undefined {
    const { servers } = this.context.limits
    return this.#servers > servers ? `it names more than ${servers} servers` : unswept
  }

  /** What was read where it stands; and what the sweep found besides, which would tell the same again. */
  #sightings(rest: CredentialReader): readonly CredentialSighting[] {
    const read = this.#readers.filter((reader) => reader !== rest).flatMap((reader) => reader.sightings())
    const known = new Set(read.map(({ key }) => key))
    return [...read, ...rest.sightings().filter(({ key }) => !known.has(key))]
  }

  #withoutSecrets(agent: SourceAgent): SourceAgent {
    return {
      ...agent,
      name: agent.name === null ? null : this.#safe(agent.name.trim(), LONGEST_NAME),
      what: this.#safe(agent.what, LONGEST_SETTING),
      settings: agent.settings.map((setting) => this.#setting(setting)),
      servers: agent.servers.map((server) => this.#finished(server)),
    }
  }

  #setting(setting: SettingSighting): SettingSighting {
    return { ...setting, value: this.#safe(setting.value, LONGEST_SETTING) }
  }

  #finished(server: ServerSighting): ServerSighting {
    return {
      ...server,
      name: this.#scrub(server.name),
      command: server.command && this.#scrub(server.command),
      args: server.args.map((argument) => this.#scrub(argument)),
      url: server.url && this.#scrub(server.url),
      location: { ...server.location, path: this.path },
    }
  }

  #safe(text: string, longest: number): string {
    const [reader] = this.#readers
    const value = { name: null, text, line: () => null }
    return this.#scrub(reader ? readCommandLine(value, reader) : text).slice(0, longest)
  }

  #scrub(text: string): string {
    return this.#readers.reduce((safe, reader) => reader.scrub(safe), text)
  }

  #holdsTooMany(): boolean {
    return this.#readers.reduce((count, reader) => count + countSecrets(reader), 0) > MOST_SECRETS
  }
}

/** What a file says that declares no agent and no server. */
export const NOTHING_DECLARED: SourceRead = { agents: [], servers: [], credentials: [], shortfall: undefined }

function countSecrets(reader: CredentialReader): number {
  return reader.sightings().filter(({ storedAs }) => storedAs === "plaintext").length
}

function sweep(document: Document, reader: CredentialReader, { limits }: ReadingContext): string | undefined {
  try {
    sweepValues(document, reader, limits)
    return undefined
  } catch (error) {
    if (error instanceof TooManyValues) return error.message
    throw error
  }
}
