import { plaintextCredential } from "./plaintext-credential.ts"
import type { ScanRule } from "./rule.ts"
import { staleConfiguration } from "./stale-configuration.ts"
import { unpinnedMcpServer } from "./unpinned-mcp-server.ts"
import { unrestrictedAutonomy } from "./unrestricted-autonomy.ts"

/** All rules that need only what was seen, by their ids. */
export const SCAN_RULES: readonly ScanRule[] = [
  plaintextCredential,
  staleConfiguration,
  unpinnedMcpServer,
  unrestrictedAutonomy,
]
