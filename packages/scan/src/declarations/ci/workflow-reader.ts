import { asFields, field, fieldAt } from "../../documents/fields.ts"
import { parseDocument } from "../../documents/parse-document.ts"
import type { SourceReader } from "../../sources/source-reader.ts"
import { declarationKnowledge } from "../declaration-knowledge.ts"
import { DeclaredFile } from "../declared-file.ts"
import { endsInYaml, isIllustration } from "../places.ts"
import { readCompositeAction, readWorkflow } from "./read-workflow.ts"
import { looksLikeTriggers } from "./workflow-triggers.ts"

const WORKFLOW_FOLDER = /(?:^|[\\/])\.(?:github|gitea|forgejo)[\\/](?:workflows|actions)[\\/]/
/** A lock file is made from a workflow in Markdown beside it, which is the one that people write. */
const MADE_BY_GH_AW = /^#.*\bgh[- ]aw\b/m

/** Reads GitHub workflows and composite actions, where they act and where such a file stands alone. */
export const workflowReader: SourceReader = {
  tellsTooLarge: false,
  wants: (path, beneath) => endsInYaml(path) && (WORKFLOW_FOLDER.test(path) || !isIllustration(beneath)),
  mayDeclare: (text) => /^["']?(?:jobs|runs)["']?[ \t]*:/m.test(text) && namesAgent(text),
  async read(source, context) {
    const file = new DeclaredFile(source, context)
    if (MADE_BY_GH_AW.test(source.text.slice(0, 4_000))) return file.read([], [], [])
    const document = parseDocument(source.text, "yaml", context.limits.nesting)
    const fields = asFields(document.value)
    const isWorkflow =
      asFields(field(fields, "jobs")) !== undefined && looksLikeTriggers(field(fields, "on", "true"))
    // A published action stands at the root of its repository; it runs where others use it.
    const isComposite =
      WORKFLOW_FOLDER.test(source.path) && fieldAt(fields, ["runs", "using"]) === "composite"
    if (isWorkflow) return file.read(readWorkflow(document, file), [], [document])
    return file.read(isComposite ? readCompositeAction(document, file) : [], [], [document])
  },
}

let names: RegExp | undefined

/** Answers, without parsing, whether a text names any action or client that runs by itself. */
export function namesAgent(text: string): boolean {
  names ??= namesOfAgents()
  return names.test(text)
}

function namesOfAgents(): RegExp {
  const { actions, programs } = declarationKnowledge()
  const places = actions.flatMap((action) => [...action.repositories, ...action.names])
  const words = programs.flatMap(({ program, packages }) => [program, ...packages])
  const escaped = [...places, ...words].map((name) => name.replaceAll(/[.*+?^${}()|[\]\\/]/g, "\\$&"))
  // In a quoted text a line begins behind a line break that is written out.
  return new RegExp(`(?:(?<![\\w-])|(?<=\\\\[nrt]))(?:${escaped.join("|")})(?![\\w])`, "i")
}
