import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client"

/** What a tool answered. */
export type ToolAnswer = Awaited<ReturnType<Client["callTool"]>>

/** An agent's hands: the official MCP client, talking to the gateway as the agent. */
export interface ConnectedAgent extends AsyncDisposable {
  tools(): Promise<readonly string[]>
  call(
    tool: string,
    args: Record<string, unknown>,
    options?: { handle?: string; onProgress?: (message: string) => void },
  ): Promise<ToolAnswer>
}

/** Connects to the server `notes` behind the gateway. */
export async function connectAgent(publicUrl: string, bound: typeof fetch): Promise<ConnectedAgent> {
  const client = new Client({ name: "test-agent", version: "1.0.0" })
  await client.connect(new StreamableHTTPClientTransport(new URL(`${publicUrl}/mcp/notes`), { fetch: bound }))
  return {
    tools: async () => (await client.listTools()).tools.map(({ name }) => name),
    call: (tool, args, { handle, onProgress } = {}) =>
      client.callTool(
        { name: tool, arguments: args, ...(handle && { _meta: { "tabard/approval": handle } }) },
        onProgress ? { onprogress: ({ message }) => onProgress(message ?? "") } : {},
      ),
    [Symbol.asyncDispose]: () => client.close(),
  }
}

/** The text that the agent's model would read. */
export function textOf({ content }: ToolAnswer): string {
  return content.map((part) => (part.type === "text" ? part.text : "")).join("\n")
}

/** What a program reads of a refusal. */
export function structured({ structuredContent }: ToolAnswer): Readonly<Record<string, unknown>> {
  return typeof structuredContent === "object" ? { ...structuredContent } : {}
}
