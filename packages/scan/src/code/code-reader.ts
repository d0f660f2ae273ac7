import type { ReadingContext } from "../configurations/read-configuration.ts"
import { CredentialReader } from "../credentials/credential-reader.ts"
import type { KnownFramework } from "../knowledge/knowledge-pack.ts"
import { loadKnowledge } from "../knowledge/load-knowledge.ts"
import type { SourceFile, SourceRead, SourceReader } from "../sources/source-reader.ts"
import { codeKind, isOwnCode } from "./code-file.ts"
import { mayDeclareBy } from "./may-declare.ts"
import type { CodeFacts } from "./meaning/read-module.ts"
import { isInPackageOf } from "./own-package.ts"
import { sourceReadOf } from "./source-read-of.ts"
import { ParseThread } from "./worker/parse-thread.ts"

/** A file that is parsed in time takes a tenth of a second; the parser's own deadline comes before this one. */
const DEADLINE = 5_000

/** Answers the reader of source code: by syntax tree, in a thread that ends with the scan. */
export function codeReader(): SourceReader {
  const thread = new ParseThread(DEADLINE)
  return {
    tellsTooLarge: false,
    wants: (path, beneath) => codeKind(path) !== undefined && isOwnCode(beneath),
    mayDeclare: mayDeclareBy(loadKnowledge().frameworks),
    read: async ({ path, text }: SourceFile, context: ReadingContext): Promise<SourceRead> => {
      const facts = withoutFrameworks(await thread.parse(path, text), path, context.pack.frameworks)
      return sourceReadOf(facts, new CredentialReader(context.pack, context.fingerprint, path), {
        path,
        context,
      })
    },
    close: () => thread.close(),
  }
}

/** A framework's own code makes what its users will: it is not an agent of anybody. */
function withoutFrameworks(facts: CodeFacts, path: string, frameworks: readonly KnownFramework[]): CodeFacts {
  if (facts.agents.length === 0 || !path.endsWith(".py")) return facts
  const used = new Set(facts.agents.map(({ framework }) => framework))
  const own = frameworks.filter((framework) => used.has(framework.id) && isInPackageOf(path, framework))
  return { ...facts, agents: facts.agents.filter(({ framework }) => !own.some(({ id }) => id === framework)) }
}
