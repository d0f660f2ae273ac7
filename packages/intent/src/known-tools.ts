import type { ArgumentRole, EffectClass } from "@tabard/core"

/** What is known of a tool by reading its server's source: its effects, and what its arguments are for. */
export interface KnownTool {
  readonly effects: readonly EffectClass[]
  readonly roles: Readonly<Record<string, readonly ArgumentRole[]>>
}

const PATH: readonly ArgumentRole[] = ["target", "path"]
const CONTENT: readonly ArgumentRole[] = ["content"]
const READS_PATH: KnownTool = { effects: ["read"], roles: { path: PATH } }

/** Servers by package, tools by name. What stands here was read in the server's source; its own annotations were not asked. */
export const KNOWN_TOOLS: Readonly<Record<string, Readonly<Record<string, KnownTool>>>> = {
  "@modelcontextprotocol/server-filesystem": {
    read_file: READS_PATH,
    read_text_file: READS_PATH,
    read_media_file: READS_PATH,
    read_multiple_files: { effects: ["read"], roles: { paths: PATH } },
    list_directory: READS_PATH,
    list_directory_with_sizes: READS_PATH,
    directory_tree: READS_PATH,
    search_files: READS_PATH,
    get_file_info: READS_PATH,
    list_allowed_directories: { effects: ["read"], roles: {} },
    write_file: { effects: ["write"], roles: { path: PATH, content: CONTENT } },
    edit_file: { effects: ["write"], roles: { path: PATH, edits: CONTENT } },
    create_directory: { effects: ["write"], roles: { path: PATH } },
    move_file: { effects: ["write", "delete"], roles: { source: PATH, destination: PATH } },
  },
}

/** Answers what is known of a tool, or undefined for a package or tool that nobody has read. */
export function knownTool(packageName: string, tool: string): KnownTool | undefined {
  if (!Object.hasOwn(KNOWN_TOOLS, packageName)) return undefined
  const tools = KNOWN_TOOLS[packageName] ?? {}
  return Object.hasOwn(tools, tool) ? tools[tool] : undefined
}
