import type { KnowledgePack } from "../knowledge/knowledge-pack.ts"
import type { Launch } from "./unwrap-launch.ts"

/** A server from elsewhere: what is fetched and started, or the address that is called. */
interface FromElsewhere {
  readonly launch: Launch | null
  readonly url: string | null
}

/**
 * Answers whether whoever makes a server is nobody the catalogue knows: neither itself nor anything else of the same scope,
 * registry owner or host is in it. What is local, of this network, or named by a variable is not judged.
 */
export function isFromUnknownPublisher({ launch, url }: FromElsewhere, pack: KnowledgePack): boolean {
  const publisher = url === null ? launchPublisher(launch) : hostOf(url)
  return publisher !== undefined && !publishersOf(pack).has(publisher)
}

const publishers = new WeakMap<KnowledgePack, ReadonlySet<string>>()

function publishersOf(pack: KnowledgePack): ReadonlySet<string> {
  const known = publishers.get(pack) ?? readPublishers(pack)
  publishers.set(pack, known)
  return known
}

function readPublishers(pack: KnowledgePack): ReadonlySet<string> {
  const named = pack.servers.flatMap(({ match }) => match.map(publisherOf))
  const besides = pack.publishers.map((name) => (name.includes("://") ? hostOf(name) : name))
  return new Set([...named, ...besides].filter((name) => name !== undefined))
}

function launchPublisher(launch: Launch | null): string | undefined {
  switch (launch?.kind) {
    case "package":
    case "image":
      return nameIsVariable(launch.name) ? undefined : publisherOf(launch.name)
    case "source":
      return publisherOf(launch.url)
    case "gateway":
    case "local":
    case undefined:
      return undefined
  }
}

/** `@scope/name` is of its scope, `owner.name` and `owner/name` of their owner; a bare name is its own publisher. */
function publisherOf(name: string): string | undefined {
  const source = /(?:github\.com[/:]|^github:|gitlab\.com[/:])([^/]+)\//i.exec(name)?.[1]
  if (source) return `source ${source.toLowerCase()}`
  if (name.includes("://")) return hostOf(name)
  const owner = name.replace(/^docker\.io\//, "").replace(/\/[^/]*$/, "")
  return /^awslabs[-_.]/.test(owner) ? "awslabs" : owner
}

const HERE =
  /^(?:localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|\[|0\.0\.0\.0$|host\.docker\.internal$)/
const HERE_BY_NAME = /(?:^[^.]+|\.(?:local|localhost|internal|intranet|lan|corp|home|test|svc|cluster))$/
/** Beneath these anybody can have a name, so each name is somebody else. */
const SHARED =
  /(?:netlify|vercel|pages|workers|web|onrender|railway|run|fly|herokuapp|azurewebsites|cloudfront|amazonaws|github|gitlab|ngrok|ngrok-free|trycloudflare|deno|replit|repl|glitch|hf|smithery|firebaseapp)\.(?:app|dev|com|io|me|net|space|ai|co)$/

/** Answers the domain that an address belongs to, or undefined where it is of this network or not yet known. */
function hostOf(url: string): string | undefined {
  const host = /^(?:https?|wss?):\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]+)/i.exec(url)?.[1]?.toLowerCase()
  if (host === undefined || nameIsVariable(host) || HERE.test(host) || HERE_BY_NAME.test(host))
    return undefined
  const labels = host.split(".")
  if (SHARED.test(host)) return host
  return labels.slice(/^(?:co|com|org|net|gov|ac)$/.test(labels.at(-2) ?? "") ? -3 : -2).join(".")
}

function nameIsVariable(name: string): boolean {
  return /[${}<>[\]*%]/.test(name)
}
