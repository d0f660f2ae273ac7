import type { ServerSighting, SettingSighting } from "../configurations/observation.ts"
import type { ReadingContext } from "../configurations/read-configuration.ts"
import { readServer } from "../configurations/read-server.ts"
import type { CredentialReader, CredentialSighting } from "../credentials/credential-reader.ts"
import { namesSecret } from "../credentials/secret-names.ts"
import type { Document } from "../documents/document.ts"
import type { SourceAgent, SourceRead } from "../sources/source-reader.ts"
import type { CodeAgent, CodeFacts } from "./meaning/read-module.ts"

/** Answers what a file says as a report may have it: credentials are taken out by `reader`, and hidden wherever else they stand. */
export function sourceReadOf(
  facts: CodeFacts,
  reader: CredentialReader,
  { path, context }: { readonly path: string; readonly context: ReadingContext },
): SourceRead {
  takeTexts(facts, reader)
  for (const { name, line } of facts.variables) reader.refer("env-reference", name, line)
  const servers = readServers(facts, reader, { path, context })
  const credentials = reader.sightings()
  const agents = facts.agents.map((agent) => sourceAgent(agent, { facts, servers, credentials, reader }))
  const taken = new Set(agents.flatMap((agent) => agent.credentials))
  const own = new Set(facts.agents.flatMap((agent) => agent.servers))
  return {
    agents,
    servers: servers.filter((_, at) => !own.has(at)),
    credentials: credentials.filter((credential) => !taken.has(credential)),
    shortfall: reader.shortfall(),
  }
}

/** Names in code promise less than in a configuration: only a text that looks like a secret is taken for one. */
function takeTexts({ texts }: CodeFacts, reader: CredentialReader): void {
  for (const { name, text, line } of texts) {
    if (isDefaultLogin(text)) continue
    if (namesSecret(name)) reader.takeBare({ name: null, text, line: () => line })
    else reader.take({ name, text, line: () => line, byShapeOnly: true })
  }
}

/** `postgres://ai:ai@localhost/ai` opens a database that everybody may open who is on this machine already. */
function isDefaultLogin(text: string): boolean {
  const [, user, password, host = ""] = LOGIN.exec(text) ?? []
  return user !== undefined && (user === password || LOCAL_HOST.test(host))
}

const LOGIN = /^[a-z][a-z0-9+._-]{0,40}:\/\/([^:@/\s]{1,100}):([^@/\s]{1,200})@([^:/?#\s]{1,200})/i
const LOCAL_HOST = /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|host\.docker\.internal)$/i

function readServers(
  { servers }: CodeFacts,
  reader: CredentialReader,
  { path, context }: { readonly path: string; readonly context: ReadingContext },
): readonly ServerSighting[] {
  const read = servers.map(({ name, fields, line }) => {
    const document: Document = { value: fields, lineOf: () => line }
    return readServer({ name, fields, path: [] }, document, reader, context.pack)
  })
  return read.map((server) => ({
    ...server,
    command: server.command && reader.scrub(server.command),
    args: server.args.map((argument) => reader.scrub(argument)),
    url: server.url && reader.scrub(server.url),
    location: { ...server.location, path },
  }))
}

interface Around {
  readonly facts: CodeFacts
  readonly servers: readonly ServerSighting[]
  readonly credentials: readonly CredentialSighting[]
  readonly reader: CredentialReader
}

function sourceAgent(agent: CodeAgent, { facts, servers, credentials, reader }: Around): SourceAgent {
  const lines = new Set([
    ...agent.variables.flatMap((at) => facts.variables[at]?.line ?? []),
    ...agent.servers.flatMap((at) => facts.servers[at]?.line ?? []),
  ])
  const isOwn = ({ location }: CredentialSighting): boolean =>
    facts.agents.length === 1 || (location.line !== null && lines.has(location.line))
  return {
    framework: agent.framework,
    name: agent.name && safe(agent.name, reader),
    category: "production",
    line: agent.line,
    what: agent.what,
    confidence: agent.confidence,
    level: agent.level,
    settings: agent.settings.map((setting) => withoutSecrets(setting, reader)),
    servers: agent.servers.flatMap((at) => servers[at] ?? []),
    credentials: credentials.filter(isOwn),
  }
}

function withoutSecrets(setting: SettingSighting, reader: CredentialReader): SettingSighting {
  return { ...setting, value: safe(setting.value, reader) }
}

function safe(text: string, reader: CredentialReader): string {
  return reader.scrub(reader.take({ name: null, text, line: () => null }))
}
