import { type ServerEntry, serverEntries } from "../../configurations/server-entries.ts"
import { parseDocument } from "../../documents/parse-document.ts"
import type { SourceReader } from "../../sources/source-reader.ts"
import { DeclaredFile } from "../declared-file.ts"
import { endsInYaml, isIllustration } from "../places.ts"

/** `mcp.json`, `mcp_servers_config.json`, `desktop-mcp.json`, …; what MCP Hub and LibreChat call theirs. */
const SERVER_FILE =
  /(?:^|[\\/])(?:\.?(?:\w+[-_.])?mcp(?:[-_.]?(?:client|config|servers?|settings)){0,2}(?:\.local)?\.jsonc?|mcphub[\\/]servers\.json|librechat\.ya?ml)$/i
const ONLY_SHOWN = /(?:example|sample|schema|template|test)[-_.\w]*\.jsonc?$/i
const PLACES = [["mcpServers"], ["servers"]]

/** Reads the MCP servers of files that are no known client's: somebody starts them, though the file does not say who. */
export const serverFileReader: SourceReader = {
  tellsTooLarge: false,
  leavesToClients: true,
  wants: (path, beneath) => SERVER_FILE.test(path) && !ONLY_SHOWN.test(path) && !isIllustration(beneath),
  mayDeclare: (text) => /servers"?\s*:/i.test(text),
  async read(source, context) {
    const file = new DeclaredFile(source, context)
    const format = endsInYaml(source.path) ? "yaml" : "json"
    const document = parseDocument(source.text, format, context.limits.nesting)
    const servers = file.servers(entriesOf(document.value), document, file.credentialReader())
    return file.read([], servers, [document])
  },
}

/** The map that most write; another is looked for only where that is not there. */
function entriesOf(value: unknown): readonly ServerEntry[] {
  const maps = PLACES.map((place) => serverEntries(value, { role: "settings", servers: [place] }))
  return maps.find((entries) => entries.length > 0) ?? []
}
