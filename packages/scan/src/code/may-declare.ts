import type { KnownDeclaration, KnownFramework, KnownSdk } from "../knowledge/knowledge-pack.ts"

/** Modules that clients of MCP servers are made with, whatever the framework. */
const MCP_MODULES = [
  "mcp",
  "@modelcontextprotocol",
  "langchain_mcp_adapters",
  "@langchain/mcp-adapters",
  "fastmcp",
  "crewai_tools",
  "mcpadapt",
  "@mastra/mcp",
  "@llamaindex/tools",
  "@genkit-ai/mcp",
  "genkitx-mcp",
  "haystack_integrations.tools.mcp",
  "dev.langchain4j.mcp",
  "mcp_use",
  "ModelContextProtocol",
  "io.modelcontextprotocol",
  "github.com/modelcontextprotocol/go-sdk",
  "github.com/mark3labs/mcp-go",
]
const SERVERS = /mcp|ModelContextProtocol/i
const DECLARED = /stdio|sse|http|url|command|endpoint|npx|uvx/i

type Test = (text: string) => boolean

/**
 * Answers the cheap question whether a text could declare an agent or a server: it imports a module that is known, and
 * has the words that a declaration by that module needs.
 */
export function mayDeclareBy(frameworks: readonly KnownFramework[]): Test {
  const sdks = frameworks.flatMap((framework) => framework.sdks)
  const tests = new Map<string, Test[]>(MCP_MODULES.map((module) => [module, []]))
  for (const sdk of sdks)
    for (const module of sdk.modules) tests.set(module, [...(tests.get(module) ?? []), couldDeclare(sdk)])
  const imports = importOf([...tests.keys()])
  return (text) => {
    const imported = new Set(Array.from(text.matchAll(imports), (match) => match[1] ?? ""))
    if (imported.size === 0) return false
    if (SERVERS.test(text) && DECLARED.test(text)) return true
    return [...imported].some((module) => tests.get(module)?.some((test) => test(text)))
  }
}

/** Longer names first: `langchain_community` is not `langchain`. */
function importOf(modules: readonly string[]): RegExp {
  const names = modules.toSorted((a, b) => b.length - a.length).map(escaped)
  const before = String.raw`(?:\b|\\n)(?:from|import|require|using)\b[ \t(]*(?:static[ \t]+|\w+[ \t]*=[ \t]*|\w+[ \t]+(?="))?["'\x60\\]*|^[ \t]*(?:\w+[ \t]+)?"`
  return new RegExp(String.raw`(?:${before})(${names.join("|")})(?![\w-])`, "gm")
}

function couldDeclare({ agents }: KnownSdk): Test {
  const tests = agents.map(wordsOf)
  return (text) => tests.some((test) => test(text))
}

/** Called, extended, or given another name; C# names the type before the variable. */
const USED = String.raw`(?=\s*[(\[<{]|\s+as\s|[ \t]*:[ \t]*\w|\s+\w+\s*=\s*(?:await\s+)?new\b)`

function wordsOf({ call, how, needs = [] }: KnownDeclaration): Test {
  const words = call.split(".").map(escaped).join(String.raw`\s*[?!]?\.\s*`)
  const name = new RegExp(String.raw`\b${words}\b${how === "subclass" ? "" : USED}`)
  return (text) => name.test(text) && needs.every((group) => group.some((word) => text.includes(word)))
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`)
}
