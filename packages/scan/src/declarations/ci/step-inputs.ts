import type { ServerSighting, SettingSighting } from "../../configurations/observation.ts"
import { serverEntries } from "../../configurations/server-entries.ts"
import type { CredentialReader } from "../../credentials/credential-reader.ts"
import type { Document } from "../../documents/document.ts"
import { asFields, asText, asTexts, type Fields, field, fieldAt } from "../../documents/fields.ts"
import { parseDocument } from "../../documents/parse-document.ts"
import { declarationKnowledge, type KnownAction } from "../declaration-knowledge.ts"
import type { DeclaredFile } from "../declared-file.ts"
import { inputText } from "./input-text.ts"
import { modeSetting, programOptions, splitRules, toolsSetting } from "./program-options.ts"
import { shellCommands } from "./shell-commands.ts"

/** What the inputs of a step grant, and the documents among them. */
export interface StepInputs {
  readonly settings: readonly SettingSighting[]
  /** JSON that may name servers. */
  readonly documents: readonly string[]
}

/** Answers what an action's inputs say of how freely its agent acts. */
export function actionInputs(action: KnownAction, step: Fields): StepInputs {
  const inputs = asFields(field(step, "with")) ?? {}
  const lines = [
    ...optionLines(action.arguments ?? {}, inputs),
    ...optionLines(action.environment ?? {}, asFields(field(step, "env")) ?? {}),
  ]
  const tools = (action.tools ?? []).flatMap((input) => splitRules(inputText(field(inputs, input))))
  const documents = (action.documents ?? []).map((input) => inputText(field(inputs, input)))
  return {
    settings: [
      ...lines.flatMap(({ settings }) => settings),
      ...toolsSetting(tools),
      ...modeInputs(action, inputs),
      ...documents.flatMap(grantsOf),
    ],
    documents: [...documents, ...lines.flatMap((line) => line.documents)].filter((text) => text !== ""),
  }
}

/** Inputs that are command lines, over several lines or as a JSON list. */
function optionLines(programs: Readonly<Record<string, string>>, values: Fields): readonly StepInputs[] {
  return Object.entries(programs).flatMap(([input, name]) => {
    const program = declarationKnowledge().programs.find((known) => known.program === name)
    const text = inputText(field(values, input))
    return program && text ? [programOptions(program, optionWords(text))] : []
  })
}

function optionWords(text: string): readonly string[] {
  const list = text.trimStart().startsWith("[") ? asTexts(jsonOf(text)?.value) : []
  return list.length > 0 ? list : shellCommands(text).flat()
}

function modeInputs(action: KnownAction, inputs: Fields): readonly SettingSighting[] {
  return Object.entries(action.modes ?? {}).flatMap(([input, levels]) => {
    const value = inputText(field(inputs, input))
    return value === "" ? [] : [modeSetting(input, value, levels)]
  })
}

/** Settings that are handed over as JSON may allow tools, or everything. */
function grantsOf(text: string): readonly SettingSighting[] {
  const value = jsonOf(text)?.value
  const allowed = [
    ...asTexts(fieldAt(value, ["permissions", "allow"])),
    ...asTexts(fieldAt(value, ["tools", "allowed"])),
    ...asTexts(fieldAt(value, ["tools", "core"])),
    ...asTexts(fieldAt(value, ["coreTools"])),
    ...asTexts(fieldAt(value, ["autoAccept"])),
  ]
  const mode = asText(fieldAt(value, ["permissions", "defaultMode"]))
  const claude = declarationKnowledge().programs.find(({ program }) => program === "claude")
  const levels = claude?.modes?.["--permission-mode"] ?? {}
  return [...toolsSetting(allowed), ...(mode ? [modeSetting("defaultMode", mode, levels)] : [])]
}

/** Answers the servers that JSON in an input names; they stand in the line of the input. */
export function serversIn(
  texts: readonly string[],
  line: number | null,
  reader: CredentialReader,
  file: DeclaredFile,
): readonly ServerSighting[] {
  return texts.flatMap((text) => {
    const document = jsonOf(text)
    if (!document) return []
    const here = { value: document.value, lineOf: () => line }
    return file.servers(serverEntries(document.value, { role: "servers" }), here, reader)
  })
}

/** A value that an expression fills in at run time; one within quotes is text already. */
const FILLED_IN = /(?<=[:,[]\s{0,20})\$\{\{[^{}\n]{0,500}\}\}/g

/** A path, or an expression that is filled in at run time, is no JSON and says nothing here. */
function jsonOf(text: string): Document | undefined {
  if (!text.trimStart().startsWith("{") && !text.trimStart().startsWith("[")) return undefined
  try {
    return parseDocument(text.replaceAll(FILLED_IN, "null"), "json", 32)
  } catch {
    return undefined
  }
}
