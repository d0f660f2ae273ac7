import type { CredentialReader } from "../credentials/credential-reader.ts"
import { readArguments, readCommandLine } from "../credentials/read-arguments.ts"
import { readUrl } from "../credentials/read-url.ts"
import type { Document, Path } from "../documents/document.ts"
import { asFields, asText, asTexts, type Fields, field } from "../documents/fields.ts"
import type { KnowledgePack, KnownServer } from "../knowledge/knowledge-pack.ts"
import { grantedFolders, isHomeOrRoot } from "../launch/granted-folders.ts"
import { isFromUnknownPublisher } from "../launch/known-publisher.ts"
import { matchCatalogue } from "../launch/match-catalogue.ts"
import { asksForEverything } from "../launch/scope-flags.ts"
import { splitCommandLine } from "../launch/split-command-line.ts"
import { supplyChainFlags } from "../launch/supply-chain-flags.ts"
import { type Launch, unwrapLaunch } from "../launch/unwrap-launch.ts"
import type { Transport } from "../report.ts"
import type { ServerSighting } from "./observation.ts"
import { readServerCredentials } from "./read-server-credentials.ts"
import type { ServerEntry } from "./server-entries.ts"

const URL_NAMES = ["url", "httpUrl", "serverUrl", "uri"]
const ALLOWS_UNASKED = ["autoApprove", "alwaysAllow", "trust", "alwaysAllowTools"]

/** Answers what one entry starts or calls, its credentials taken out and kept by `reader`. */
export function readServer(
  entry: ServerEntry,
  document: Document,
  reader: CredentialReader,
  pack: KnowledgePack,
): ServerSighting {
  const line = (...path: Path): number | null => document.lineOf([...entry.path, ...path])
  readServerCredentials(entry, document, reader)
  const [command, ...args] = readCommand(entry.fields, reader, line)
  const url = readAddress(entry.fields, reader, line)
  const launch = command ? unwrapLaunch(commandWords(command, args)) : null
  const target = url ?? (launch && bridgedAddress(launch, args))
  const known = matchCatalogue({ launch, url: target }, pack)
  const flags = [
    ...supplyChainFlags(launch, target),
    ...ownFlags(entry.fields, args, launch, pack),
    ...originFlags({ command: command ?? null, args, launch, target }, known, pack),
  ]
  return {
    name: reader.take({ name: null, text: entry.name, line: () => line() }),
    transport: transportOf(entry.fields, url),
    command: command || null,
    args,
    url,
    enabled: isEnabled(entry.fields) && Boolean(command || url),
    ...catalogued(known),
    flags: flagsOf(flags),
    isLocalCode: launch?.kind === "local",
    location: { path: "", line: line() },
  }
}

function catalogued(
  known: KnownServer | null,
): Pick<ServerSighting, "catalogue" | "system" | "capabilities"> {
  return known
    ? { catalogue: known.id, system: known.system, capabilities: known.capabilities }
    : { catalogue: null, system: null, capabilities: [] }
}

function flagsOf(flags: readonly string[]): readonly string[] {
  return [...new Set(flags)].toSorted()
}

function readCommand(
  fields: Fields,
  reader: CredentialReader,
  line: (...path: Path) => number | null,
): readonly string[] {
  const name = Object.hasOwn(fields, "command") ? "command" : "cmd"
  const [command = "", ...more] = asTexts(field(fields, name))
  const rest = asTexts(field(fields, "args", "arguments"))
  const words = [...more, ...rest].map((text) => ({
    name: null,
    text,
    line: () => line("args") ?? line(name),
  }))
  const first = { name: null, text: command, line: () => line(name) }
  return [readCommandLine(first, reader), ...readArguments(words, reader)]
}

function readAddress(
  fields: Fields,
  reader: CredentialReader,
  line: (...path: Path) => number | null,
): string | null {
  const text = asText(field(fields, ...URL_NAMES))
  return text
    ? readUrl(
        { name: null, text, line: () => URL_NAMES.map((name) => line(name)).find(Boolean) ?? null },
        reader,
      )
    : null
}

/** Some put the whole line into `command`; a path with a blank in it is still one word. */
function commandWords(command: string, args: readonly string[]): readonly string[] {
  const isLine = args.length === 0 && /^[\w.-]+\s/.test(command)
  return isLine ? splitCommandLine(command) : [command, ...args]
}

/** A bridge hides the true server: its address is among the arguments. */
function bridgedAddress(launch: Launch, args: readonly string[]): string | null {
  if (launch.kind === "gateway" || launch.kind === "source") return null
  const words = args.flatMap((argument) => splitCommandLine(argument))
  return words.find((word) => /^https?:\/\//.test(word)) ?? null
}

function transportOf(fields: Fields, url: string | null): Transport {
  const said = asText(field(fields, "type", "transport"))?.toLowerCase() ?? ""
  if (said === "sse" || said === "ws" || said === "stdio") return said
  if (said.includes("http")) return "http"
  if (url === null) return "stdio"
  if (/^wss?:/i.test(url)) return "ws"
  return /\/sse\/?(?:$|\?)/.test(url) ? "sse" : "http"
}

function isEnabled(fields: Fields): boolean {
  return field(fields, "disabled") !== true && field(fields, "enabled") !== false
}

function ownFlags(
  fields: Fields,
  args: readonly string[],
  launch: Launch | null,
  pack: KnowledgePack,
): readonly string[] {
  const flags: string[] = []
  if (launch?.kind === "package" && pack.bridges.includes(launch.name)) flags.push("bridge")
  if (asksForEverything(fields, args)) flags.push("administrator-scope")
  if (/--net(?:work)?[= ]host/.test(args.join(" "))) flags.push("host-network")
  if (ALLOWS_UNASKED.some((name) => allows(field(fields, name)))) flags.push("auto-approved")
  if (field(fields, "default_tools_approval_mode") === "approve") flags.push("auto-approved")
  if (asText(field(fields, "headersHelper"))) flags.push("helper-command")
  return flags
}

interface Started {
  readonly command: string | null
  readonly args: readonly string[]
  readonly launch: Launch | null
  readonly target: string | null
}

/** What is told by whom a server comes from, and by what of this machine it is given. */
function originFlags(
  { command, args, launch, target }: Started,
  known: KnownServer | null,
  pack: KnowledgePack,
): readonly string[] {
  const isBridge = launch?.kind === "package" && pack.bridges.includes(launch.name)
  const unknown = (known === null || isBridge) && isFromUnknownPublisher({ launch, url: target }, pack)
  const wide = grantedFolders(command, args, launch).some(isHomeOrRoot)
  return [...(unknown ? ["unknown-publisher"] : []), ...(wide ? ["home-or-root"] : [])]
}

function allows(value: unknown): boolean {
  return (
    value === true ||
    (Array.isArray(value) && value.length > 0) ||
    Object.keys(asFields(value) ?? {}).length > 0
  )
}
