import type { ServerSighting, SettingSighting } from "../../configurations/observation.ts"
import type { Document } from "../../documents/document.ts"
import { asFields, asText, asTexts, field } from "../../documents/fields.ts"
import { parseDocument } from "../../documents/parse-document.ts"
import type { SourceAgent, SourceReader } from "../../sources/source-reader.ts"
import { readCredentials } from "../ci/step-credentials.ts"
import { declaredAgent } from "../declared-agent.ts"
import { DeclaredFile } from "../declared-file.ts"
import { declared } from "../declared-settings.ts"
import { nodesIn } from "../graph-nodes.ts"
import { endsInYaml, isIllustration } from "../places.ts"
import { serversOf } from "./compose-servers.ts"
import { type ComposeService, composeServices } from "./compose-services.ts"
import { knownImage } from "./container-images.ts"

const COMPOSE = /(?:^|[\\/])(?:docker-)?compose[^\\/]*\.ya?ml$/i

/** Reads the agents and MCP servers that compose starts; what builds agents is not one. */
export const composeReader: SourceReader = {
  tellsTooLarge: false,
  wants: (path, beneath) => endsInYaml(path) && COMPOSE.test(path) && !isIllustration(beneath),
  mayDeclare: (text) => /^services\s*:/m.test(text),
  async read(source, context) {
    const file = new DeclaredFile(source, context)
    const document = parseDocument(source.text, "yaml", context.limits.nesting)
    const services = composeServices(asFields(document.value) ?? {})
    const reader = file.credentialReader()
    const servers = services.flatMap((service) => file.servers(serversOf(service), document, reader))
    const gateways = services.filter(({ image }) => knownImage(image)?.kind === "gateway")
    const found = services.flatMap((service) => agentOf(service, gateways, document, file))
    const agents = withServers(found, services, servers)
    const used = new Set(agents.flatMap((agent) => agent.servers))
    return file.read(
      agents,
      servers.filter((server) => !used.has(server)),
      [document],
    )
  },
}

interface ComposeAgent {
  readonly agent: SourceAgent
  /** Whether it speaks to the gateway of its file. */
  readonly usesGateway: boolean
}

/** An image that is an agent; or a service that is given a model here and the tools of a gateway. */
function agentOf(
  service: ComposeService,
  gateways: readonly ComposeService[],
  document: Document,
  file: DeclaredFile,
): readonly ComposeAgent[] {
  const known = knownImage(service.image)
  const usesGateway = reachesGateway(service, gateways)
  const isAgent = known?.kind === "agent" || (known === undefined && service.hasModel && usesGateway)
  if (!isAgent) return []
  const reader = file.credentialReader()
  const line = (name: string): number | null => document.lineOf([...service.path, "environment", name])
  readCredentials(service.environment, (name) => line(name) ?? document.lineOf(service.path), reader)
  const agent = declaredAgent({
    framework: "docker-compose",
    name: service.name,
    category: "production",
    line: document.lineOf(service.path),
    what:
      known?.kind === "agent"
        ? `compose starts ${known.says}`
        : "service with a model and the tools of a gateway",
    confidence: known?.kind === "agent" ? "high" : "medium",
    settings: settingsOf(service),
    credentials: reader.sightings(),
  })
  return [{ agent, usesGateway }]
}

function reachesGateway(service: ComposeService, gateways: readonly ComposeService[]): boolean {
  const addresses = Object.values(service.environment).flatMap((value) => asText(value) ?? [])
  return gateways.some(
    ({ name }) => service.needs.includes(name) || addresses.some((address) => address.includes(`//${name}:`)),
  )
}

function settingsOf({ fields, image }: ComposeService): readonly SettingSighting[] {
  const short = asTexts(field(fields, "volumes"))
  const long = nodesIn(field(fields, "volumes"), []).flatMap(
    (volume) => asText(field(volume.fields, "source")) ?? [],
  )
  const socket = [...short, ...long].some((volume) => volume.includes("docker.sock"))
  return [
    ...(image === "" ? [] : [declared("image", image)]),
    ...(socket || field(fields, "use_api_socket") === true ? [declared("container", "docker socket")] : []),
    ...(field(fields, "privileged") === true ? [declared("container", "privileged")] : []),
    ...(field(fields, "network_mode") === "host" ? [declared("container", "host network")] : []),
  ]
}

function withServers(
  agents: readonly ComposeAgent[],
  services: readonly ComposeService[],
  servers: readonly ServerSighting[],
): readonly SourceAgent[] {
  const own = new Set(services.map(({ name }) => name))
  const behindGateway = servers.filter(({ name }) => !own.has(name))
  return agents.map(({ agent, usesGateway }) => (usesGateway ? { ...agent, servers: behindGateway } : agent))
}
