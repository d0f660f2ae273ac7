import type { SettingSighting } from "../../configurations/observation.ts"
import { serverEntries } from "../../configurations/server-entries.ts"
import type { Document } from "../../documents/document.ts"
import { asFields, asText, asTexts, type Fields, field } from "../../documents/fields.ts"
import { parseDocument } from "../../documents/parse-document.ts"
import type { SourceAgent, SourceReader } from "../../sources/source-reader.ts"
import { DeclaredFile } from "../declared-file.ts"
import { declaredList } from "../declared-settings.ts"
import { mapAt } from "../graph-nodes.ts"
import { WORKFLOW_GUARDS, WORKFLOW_SETTINGS } from "../workflow-settings.ts"
import { ciLevel } from "./ci-level.ts"
import { toolsSetting } from "./program-options.ts"
import { runToken } from "./run-token.ts"
import { readCredentials } from "./step-credentials.ts"
import { workflowTriggers } from "./workflow-triggers.ts"

const PLACE = /(?:^|[\\/])\.github[\\/]workflows[\\/](?:[^\\/]+[\\/])?([^\\/]+)\.md$/i
const FRONT = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---(?:\r?\n|$)/
/** What stands under `on` beside events. */
const NOT_EVENTS = new Set([
  "reaction",
  "roles",
  "bots",
  "stop-after",
  "manual-approval",
  "status-comment",
  "skip-if-match",
  "skip-if-no-match",
  "names",
])
const COMMANDS = new Set(["command", "slash_command"])

/** Reads the agentic workflows of `gh aw`: Markdown for the agent, and before it what starts and binds it. */
export const markdownWorkflowReader: SourceReader = {
  tellsTooLarge: false,
  wants: (path) => PLACE.test(path),
  mayDeclare: (text) => /^\uFEFF?---\r?\n/.test(text) && /^on\s*:/m.test(text),
  async read(source, context) {
    const file = new DeclaredFile(source, context)
    const front = FRONT.exec(source.text)?.[1]
    const document = parseDocument(`\n${front ?? ""}`, "yaml", context.limits.nesting)
    const fields = asFields(document.value)
    // Without a trigger it is a part that others include.
    if (!fields || field(fields, "on", "true") === undefined) return file.read([], [], [])
    return file.read([agentOf(fields, source.path, document, file)], [], [document])
  },
}

function agentOf(fields: Fields, path: string, document: Document, file: DeclaredFile): SourceAgent {
  const reader = file.credentialReader()
  for (const name of ["env", "secrets"])
    readCredentials(asFields(field(fields, name)) ?? {}, (key) => document.lineOf([name, key]), reader)
  const servers = serverEntries(document.value, { role: "servers", servers: [["mcp-servers"]] })
  const settings = settingsOf(fields)
  return {
    framework: "gha-other",
    name: asText(field(fields, "name")) ?? PLACE.exec(path)?.[1] ?? null,
    category: "production",
    line: 1,
    what: "agentic workflow in Markdown",
    confidence: "high",
    level: ciLevel(settings),
    settings,
    servers: file.servers(servers, document, reader),
    credentials: reader.sightings(),
  }
}

function settingsOf(fields: Fields): readonly SettingSighting[] {
  const on = asFields(field(fields, "on", "true"))
  const triggers = workflowTriggers(fields).filter(({ event }) => !NOT_EVENTS.has(event))
  const strangers = triggers.filter(({ event, fromStrangers }) => fromStrangers || COMMANDS.has(event))
  const roles = asTexts(field(fields, "roles") ?? field(on, "roles"))
  const isOpen = roles.includes("all")
  const guard = isOpen ? WORKFLOW_GUARDS.none : WORKFLOW_GUARDS.action
  return [
    ...triggers.map(({ event }) => told(WORKFLOW_SETTINGS.trigger, event)),
    ...strangers.map(({ event }) => told(WORKFLOW_SETTINGS.untrustedTrigger, event)),
    ...(strangers.length > 0 ? [told(WORKFLOW_SETTINGS.guard, guard)] : []),
    ...(isOpen ? [told(WORKFLOW_SETTINGS.guardOff, "roles: all")] : []),
    // Where nothing is said its token may only read.
    ...runToken({ permissions: field(fields, "permissions") ?? {} }, fields),
    ...toolsSetting(toolRules(mapAt(fields, "tools") ?? {})),
    ...declaredList("tools", Object.keys(mapAt(fields, "safe-outputs") ?? {})),
  ]
}

/** Tools are names; `bash` says which commands, and with `*` or nothing any. */
function toolRules(tools: Fields): readonly string[] {
  return Object.entries(tools).flatMap(([name, says]) => {
    if (name !== "bash") return [name]
    const commands = asTexts(says)
    if (says === true || says === null || commands.some((command) => /^:?\*$/.test(command))) return ["Bash"]
    return commands.map((command) => `Bash(${command})`)
  })
}

function told(setting: string, value: string): SettingSighting {
  return { setting, value, level: null }
}
