/** What a client brings of its own, besides the servers that it is told to use. */
export type OwnTools = "shell and files" | "nothing"

/** Clients that edit files and run commands by themselves. */
const CODING: readonly string[] = `
  claude-code cursor cursor-cli vscode-copilot codex copilot-cli windsurf copilot-coding-agent
  gemini-cli cline roo-code kilo-code continue zed amazon-q kiro opencode goose aider amp junie
  jetbrains-ai warp trae antigravity openhands openclaw factory-droid augment qwen-code crush
  devin mistral-vibe kimi-cli qoder cortex-code codebuddy iflow forge grok-build`
  .trim()
  .split(/\s+/)

/** Clients that talk, and act through servers alone. */
const TALKING: readonly string[] = ["claude-desktop", "lm-studio", "ollama", "jan"]

const OWN_TOOLS: ReadonlyMap<string, OwnTools> = new Map([
  ...CODING.map((client) => [client, "shell and files"] as const),
  ...TALKING.map((client) => [client, "nothing"] as const),
])

/** Answers what a client can do by itself, or undefined where nobody looked. */
export function ownToolsOf(client: string): OwnTools | undefined {
  return OWN_TOOLS.get(client)
}
