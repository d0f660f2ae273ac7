import type { SettingSighting } from "../../configurations/observation.ts"
import type { Document, Path } from "../../documents/document.ts"
import { asFields, asText, type Fields, field } from "../../documents/fields.ts"
import { parseDocument } from "../../documents/parse-document.ts"
import type { SourceAgent, SourceReader } from "../../sources/source-reader.ts"
import { declaredAgent } from "../declared-agent.ts"
import { DeclaredFile } from "../declared-file.ts"
import { declared } from "../declared-settings.ts"
import { mapAt } from "../graph-nodes.ts"

/** A component of a solution is a file without an ending in a folder of its own; a clone has `.mcs.yml` files. */
const COMPONENT = /(?:^|[\\/])botcomponents[\\/]([^\\/]+)[\\/]data$/
const CLONED = /\.mcs\.ya?ml$/i
const KINDS = new Map([
  ["GptComponentMetadata", "agent of Copilot Studio"],
  ["AgentDialog", "child agent of Copilot Studio"],
])
/** Components within an export of a whole agent lie this deep. */
const DEEPEST = 4
const MOST_LOOKED_AT = 20_000

/** Reads the agents in solutions and clones of Copilot Studio. */
export const copilotStudioReader: SourceReader = {
  tellsTooLarge: false,
  wants: (path) => COMPONENT.test(path) || CLONED.test(path),
  mayDeclare: (text) => [...KINDS.keys()].some((kind) => text.includes(kind)),
  async read(source, context) {
    const file = new DeclaredFile(source, context)
    const document = parseDocument(source.text, "yaml", context.limits.nesting)
    const agents = agentParts(document.value).map((part) => agentOf(part, document, source.path))
    return file.read(agents, [], [document])
  },
}

interface Part {
  readonly fields: Fields
  readonly path: Path
  readonly what: string
}

/** Answers the maps that are an agent's, in the file itself or among the components of an export. */
function agentParts(root: unknown): readonly Part[] {
  const parts: Part[] = []
  const open: { readonly value: unknown; readonly path: Path }[] = [{ value: root, path: [] }]
  for (let seen = 0; seen < MOST_LOOKED_AT; seen++) {
    const next = open.pop()
    if (!next) break
    const fields = asFields(next.value)
    const what = KINDS.get(asText(field(fields, "kind")) ?? "")
    if (fields && what) parts.push({ fields, path: next.path, what })
    else if (next.path.length < DEEPEST) open.push(...within(next.value, next.path))
  }
  return parts
}

function within(value: unknown, path: Path): readonly { readonly value: unknown; readonly path: Path }[] {
  if (Array.isArray(value))
    return value.map((item: unknown, index) => ({ value: item, path: [...path, index] }))
  return Object.entries(asFields(value) ?? {}).map(([name, item]) => ({ value: item, path: [...path, name] }))
}

function agentOf({ fields, path, what }: Part, document: Document, place: string): SourceAgent {
  const said = asText(field(fields, "displayName", "modelDisplayName"))
  return declaredAgent({
    framework: "copilot-studio",
    name: said ?? nameOfPlace(place),
    category: "chatbot",
    line: document.lineOf(path),
    what,
    settings: capabilities(mapAt(fields, "gptCapabilities")),
  })
}

/** `x_Name.gpt.default` is the agent `x_Name`, `x_Name.agent.Helper` a child of it; a cloned one goes by its folder. */
function nameOfPlace(path: string): string | null {
  const component = COMPONENT.exec(path)?.[1]
  if (component !== undefined) return /\.agent\.(.+)$/.exec(component)?.[1] ?? component.split(".")[0] ?? null
  const [folder, file = ""] = path.split(/[\\/]/).slice(-2)
  const own = file.replace(CLONED, "")
  return own === "agent" ? (folder ?? null) : own
}

function capabilities(can: Fields | undefined): readonly SettingSighting[] {
  return [
    ...(field(can, "webBrowsing") === true ? [declared("web", "web browsing")] : []),
    ...(field(can, "codeInterpreter") === true ? [declared("codeExecution", "code interpreter")] : []),
  ]
}
