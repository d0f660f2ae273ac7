import type { SourceAgent, SourceReader } from "../../sources/source-reader.ts"
import { declarationKnowledge } from "../declaration-knowledge.ts"
import { declaredAgent } from "../declared-agent.ts"
import { DeclaredFile } from "../declared-file.ts"
import { isIllustration } from "../places.ts"

/** `resource name 'Provider/type@version' = {`, and what stands behind it up to the next resource. */
const RESOURCE = /^[ \t]*resource[ \t]+(\w+)[ \t]+'([\w./]+)@[^']*'[ \t]+(existing[ \t]+)?=/gm

/** The name of a resource stands at its beginning. */
const LONGEST_HEAD = 400

/** Reads the agents that Bicep makes in Azure AI Foundry; a project that could hold some is not one. */
export const bicepReader: SourceReader = {
  tellsTooLarge: false,
  wants: (path, beneath) => /\.bicep$/i.test(path) && !isIllustration(beneath),
  mayDeclare: (text) => /agent/i.test(text) && text.includes("resource"),
  async read(source, context) {
    const file = new DeclaredFile(source, context)
    return file.read(agentsIn(withoutComments(source.text)), [], [])
  },
}

function agentsIn(text: string): readonly SourceAgent[] {
  const { framework, types } = declarationKnowledge().azure
  let line = 1
  let counted = 0
  return [...text.matchAll(RESOURCE)].flatMap((match) => {
    const [whole, symbol = "", type = "", existing] = match
    line += text.slice(counted, match.index).split("\n").length - 1
    counted = match.index
    if (existing !== undefined || !types.includes(type.toLowerCase())) return []
    const body = text.slice(match.index + whole.length, match.index + whole.length + LONGEST_HEAD)
    return [
      declaredAgent({
        framework,
        name: /^[ \t]*name:[ \t]*'([^'$]+)'/m.exec(body)?.[1] ?? symbol,
        category: "production",
        line,
        what: "Bicep makes an agent of Azure AI Foundry",
      }),
    ]
  })
}

/** The lines stay where they were. */
function withoutComments(text: string): string {
  const long = text.replaceAll(/\/\*[\s\S]*?(?:\*\/|$)/g, (comment) => comment.replaceAll(/[^\n]/g, " "))
  return long.replaceAll(/^[ \t]*\/\/.*$/gm, "")
}
