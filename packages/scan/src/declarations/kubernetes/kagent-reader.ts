import type { CredentialReader } from "../../credentials/credential-reader.ts"
import { asFields, asText, field, fieldAt } from "../../documents/fields.ts"
import type { SourceReader } from "../../sources/source-reader.ts"
import { providerOf } from "../declaration-knowledge.ts"
import { DeclaredFile } from "../declared-file.ts"
import { endsInYaml, isIllustration } from "../places.ts"
import { isKagentAgent, kagentAgent } from "./kagent-agents.ts"
import { kagentServer } from "./kagent-servers.ts"
import { type Resource, readManifests, resourcesIn } from "./manifests.ts"

/** Reads the agents and MCP servers that resources of kagent declare. */
export const kagentReader: SourceReader = {
  tellsTooLarge: false,
  wants: (path, beneath) => endsInYaml(path) && !isIllustration(beneath),
  mayDeclare: (text) =>
    text.includes("kagent.dev/") && /^[ \t]*(?:-[ \t]+)?apiVersion:[ \t]*["']?kagent\.dev\//m.test(text),
  async read(source, context) {
    const file = new DeclaredFile(source, context)
    const reader = file.credentialReader()
    const documents = readManifests(source.text, context.limits.nesting)
    const resources = resourcesIn(documents).filter(({ apiVersion }) => apiVersion.startsWith("kagent.dev/"))
    const servers = resources.flatMap((resource) => {
      const entry = kagentServer(resource, reader)
      return entry ? file.servers([entry], resource.document, reader) : []
    })
    const agents = resources.filter(isKagentAgent).map((resource) => kagentAgent(resource, servers))
    const used = new Set(agents.flatMap((agent) => agent.servers))
    for (const resource of resources.filter(({ kind }) => kind === "ModelConfig"))
      readModelKey(resource, reader)
    return file.read(
      agents,
      servers.filter((server) => !used.has(server)),
      documents,
    )
  },
}

function readModelKey({ fields, document, path }: Resource, reader: CredentialReader): void {
  const spec = asFields(field(fields, "spec"))
  const secret = asText(field(spec, "apiKeySecret", "apiKeySecretRef"))
  const provider = providerOf(asText(fieldAt(spec, ["provider"])) ?? "")
  if (secret !== undefined)
    reader.refer("helper", `secret/${secret}`, document.lineOf([...path, "spec"]), provider)
}
